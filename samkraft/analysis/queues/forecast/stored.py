"""Keeps a forecast as it was when it was made: a file that is written once, with a digest that covers the one before."""

import hashlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

ALREADY = Reason("forecast_already_stored", phrase("Prognosen {name} finns redan och skrivs inte över."))
FIRST = "0" * 64


def store(forecast: dict[str, Any], folder: Path, *, at: datetime) -> Path:
    """Write the forecast to a new file that nobody may write to. Raises Refused when one from the same second exists."""
    folder.mkdir(parents=True, exist_ok=True)
    before = sorted(folder.glob("forecast-*.json"))
    previous = json.loads(before[-1].read_text(encoding="utf-8"))["digest"] if before else FIRST
    content = {"made_at": at.isoformat(), "previous": previous, "forecast": forecast}
    path = folder / f"forecast-{at:%Y%m%dT%H%M%S}.json"
    text = json.dumps({**content, "digest": digest(content)}, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    except FileExistsError:
        raise Refused(ALREADY, name=path.name) from None
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def digest(content: dict[str, Any]) -> str:
    """SHA-256 of the content in one fixed form."""
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def altered(folder: Path) -> list[str]:
    """The names of forecasts that are not as they were stored, or whose predecessor is gone or changed."""
    wrong, previous = [], FIRST
    for path in sorted(folder.glob("forecast-*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            told = content.pop("digest")
        except (ValueError, KeyError):
            wrong.append(path.name)
            continue
        if told != digest(content) or content.get("previous") != previous:
            wrong.append(path.name)
        previous = told
    return wrong
