"""A client of JobTech's JobSearch: pages of a hundred, one after the other, with patience and an end to it.

The service lets one page through two thousand hits of a search at most. Beyond that the search goes on from the oldest day
that has been read; what has come twice counts once. What cannot be had is told, so that nothing is taken for gone.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from samkraft.offer.rules import vacancies as rules
from samkraft.offer.rules.vacancies import VacancyDraft
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

log = logging.getLogger(__name__)

PAGE = 100
MOST_OFFSET = 2_000
MOST_PAGES = 500
LARGEST_ANSWER = 20 * 1024 * 1024
TIMEOUT_S = (5, 30)  # to connect, to wait for more bytes
TRIES = 5
LONGEST_WAIT_S = 60.0
_AGAIN = {429, 500, 502, 503, 504}

NO_ANSWER = Reason(
    "vacancies_no_answer",
    phrase("Tjänsten svarar inte ({what}). Den gamla kopian gäller så länge."),
    phrase("Försök igen senare. Nästa gång klockan gör det är i natt."),
)
REFUSED_US = Reason(
    "vacancies_refused_us",
    phrase("Tjänsten säger nej ({what})."),
    phrase("Kontrollera adress, nyckel och sökning i SAMKRAFT_VACANCIES."),
)


@dataclass(frozen=True, slots=True)
class Source:
    """Where to ask, for what, and in which version of the taxonomy the labels are."""

    address: str
    query: Mapping[str, str]
    taxonomy_version: int
    key: str = ""


@dataclass(slots=True)
class Fetched:
    """What came. `is_whole`: every hit of the search was had; `unread`: hits that could not be understood."""

    found: dict[str, VacancyDraft] = field(default_factory=dict)
    unread: int = 0
    is_whole: bool = True


def fetch(source: Source, *, wait: Callable[[float], None] = time.sleep) -> Fetched:
    """Everything that the search gives. Raises Refused when the service does not answer, or says no."""
    fetched = Fetched()
    with requests.Session() as session:
        session.headers.update({"accept": "application/json", **({"api-key": source.key} if source.key else {})})
        session.max_redirects = 3
        before = ""
        for _round in range(MOST_PAGES):
            oldest, reached_end = _through(session, source, before, fetched, wait)
            if reached_end:
                return fetched
            if not oldest or oldest == before:  # more hits within one moment than may be paged through
                break
            before = oldest
    fetched.is_whole = False
    return fetched


def _through(
    session: requests.Session, source: Source, before: str, fetched: Fetched, wait: Callable[[float], None]
) -> tuple[str, bool]:
    """Page through one search, the newest first. Gives the oldest moment read, and whether the end was reached."""
    oldest = ""
    for offset in range(0, MOST_OFFSET + 1, PAGE):
        said = {**source.query, "sort": "pubdate-desc", "limit": str(PAGE), "offset": str(offset)}
        if before:
            said["published-before"] = before
        total, hits = rules.hits(_ask(session, source.address.rstrip("/") + "/search", said, wait))
        for hit in hits:
            oldest = str(hit.get("publication_date") or oldest)[:19]
            _keep(hit, fetched)
        if not hits or offset + len(hits) >= total:
            return oldest, True
    return oldest, False


def _keep(hit: Mapping[str, Any], fetched: Fetched) -> None:
    try:
        draft = rules.read(hit)
    except Refused as refusal:
        fetched.unread += 1
        fetched.is_whole = False  # it may be one that we know: not to be taken for gone
        log.warning("%s", refusal.reason.code)
        return
    fetched.found[draft.source_id] = draft


def _ask(session: requests.Session, address: str, said: Mapping[str, str], wait: Callable[[float], None]) -> Any:
    """One page. Tries again with longer and longer waits, or as long as the service asks for."""
    what = ""
    for number, pause in enumerate(_pauses()):
        try:
            with session.get(address, params=dict(said), timeout=TIMEOUT_S, stream=True) as answer:
                if answer.status_code == 200:
                    return _json(answer)
                what, asked = str(answer.status_code), answer.headers.get("Retry-After", "")
                if answer.status_code not in _AGAIN:
                    raise Refused(REFUSED_US, what=what)
                pause = float(asked) if asked.isdigit() else pause
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            what = type(error).__name__
        except requests.RequestException as error:
            raise Refused(REFUSED_US, what=type(error).__name__) from error
        if number + 1 < TRIES:
            wait(min(pause, LONGEST_WAIT_S))
    raise Refused(NO_ANSWER, what=what)


def _pauses() -> Iterator[float]:
    return (2.0**number for number in range(TRIES))


def _json(answer: requests.Response) -> Any:
    """The body as JSON; no more of it is taken in than an answer can be long."""
    body = bytearray()
    for part in answer.iter_content(64 * 1024):
        body += part
        if len(body) > LARGEST_ANSWER:
            raise Refused(rules.NOT_AN_ANSWER)
    try:
        return json.loads(body)
    except ValueError:
        raise Refused(rules.NOT_AN_ANSWER) from None
