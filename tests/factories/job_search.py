"""A service on this machine that answers as JobSearch does: pages of hits, the newest first, and what it is told to go wrong."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from samkraft.operations.vacancies.job_search import Source


def hit(source_id: str, *, published: str = "2026-11-01T08:00:00") -> dict[str, Any]:
    """One hit, after the published schema; what we do not read is there too."""
    return {
        "relevance": 0.0,
        "id": source_id,
        "external_id": None,
        "webpage_url": f"https://arbetsformedlingen.se/platsbanken/annonser/{source_id}",
        "headline": "Kock till skolkök",
        "application_deadline": "2026-12-01T23:59:59",
        "number_of_vacancies": 2,
        "description": {"text": "Ring vår Kontaktperson.", "conditions": "Heltid"},
        "employment_type": {"concept_id": "PFZr_Syz_cUq", "label": "Vanlig anställning"},
        "scope_of_work": {"min": 50, "max": 100},
        "employer": {
            "name": "Skolkök AB",
            "organization_number": "5560360793",
            "workplace": "Skolan",
            "email": "x@y.z",
        },
        "experience_required": False,
        "driving_license_required": False,
        "occupation": {"concept_id": "7wdX_4rv_33z", "label": "Kock, storhushåll", "legacy_ams_taxonomy_id": "5772"},
        "occupation_group": {"concept_id": "jZN8_M1K_8Ay", "label": "Kockar och kallskänkor"},
        "occupation_field": {"concept_id": "ScKy_FHB_7wT", "label": "Hotell, restaurang, storhushåll"},
        "workplace_address": {"municipality": "Malmö", "municipality_concept_id": "oYPt_yRA_Smm", "city": "Malmö"},
        "must_have": {
            "skills": [{"concept_id": "aB1c_2dE_f3G", "label": "Specialkost", "weight": 10}],
            "languages": [{"concept_id": "zSLA_vw2_FXN", "label": "Svenska", "weight": 10}],
            "work_experiences": [],
        },
        "nice_to_have": {
            "skills": [{"concept_id": "hI4j_5kL_m6N", "label": "Truckkort", "weight": 5}],
            "languages": [],
        },
        "application_contacts": [{"name": "Kontaktperson", "email": "x@y.z"}],
        "publication_date": published,
        "removed": False,
    }


@dataclass
class Service:
    """What it has, what it was asked, and the answers that come before it behaves: a status, and a wait in seconds or none."""

    hits: list[dict[str, Any]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    troubles: list[tuple[int, str]] = field(default_factory=list)
    body: bytes | None = None
    address: str = ""

    def fill(self, many: int) -> None:
        """So many hits, a minute between each."""
        first = datetime(2026, 11, 20, 12)
        self.hits = [
            hit(str(1000 + n), published=(first - timedelta(minutes=n)).isoformat()) for n in range(many)
        ]  # fmt: skip

    def source(self, **more: Any) -> Source:
        """How it is configured."""
        return Source(self.address, {"municipality": "oYPt_yRA_Smm"}, 22, **more)


@contextmanager
def running() -> Iterator[Service]:
    """The service, on a port of its own."""
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            service.asked.append(said | {"path": urlsplit(self.path).path})
            service.keys.append(self.headers.get("api-key", ""))
            if service.troubles:
                status, wait = service.troubles.pop(0)
                self.send_response(status)
                if wait:
                    self.send_header("Retry-After", wait)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            offset, limit = int(said["offset"]), int(said["limit"])
            if offset > 2000 or limit > 100:
                self.send_error(400)
                return
            before = said.get("published-before", "9")
            there = [one for one in service.hits if one["publication_date"] <= before]
            page = {"total": {"value": len(there)}, "positions": len(there), "hits": there[offset : offset + limit]}
            body = json.dumps(page).encode() if service.body is None else service.body
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
