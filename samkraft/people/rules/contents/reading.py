"""Between JSON and the frozen contents: reads strictly, and writes what is filled in, in one form only."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import Field, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from samkraft.people.rules.contents import reasons
from samkraft.people.rules.contents.fields import LONGEST, Rule, When, Writing
from samkraft.values.period import STOCKHOLM
from samkraft.values.refusal import Refused

FAR_AHEAD_YEARS = 5  # a plan that looks further ahead than this is a typing error
_OLDEST_DAY = date(1900, 1, 1)
# Control characters, halves of characters, and marks that change the direction of what follows, and so can make a text read
# as something else. A text of several lines may have its line breaks and tabs.
_NO_TEXT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_NO_LINES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
Reader = Callable[[Any, date | None], Any]
"""From a value in JSON, and today where days are held against it, to what the content holds."""
_TRUTH = {True: True, False: False, "true": True, "false": False}


def read_fields(shape: type, found: Mapping[str, Any], today: date | None) -> Any:
    """A content of the shape from JSON. Raises Refused naming the first field that is wrong.

    With `today`, days are also held against it: what has happened may not lie ahead, and nothing very far ahead.
    """
    if not isinstance(found, Mapping):
        raise Refused(reasons.NOT_UNDERSTOOD, field=shape.__name__)
    wanted = _declared(shape)
    for name in found:
        if name not in wanted:
            raise Refused(reasons.UNKNOWN_FIELD, name=str(name)[:50])
    filled = {}
    for key, (declared, _, rule, read) in wanted.items():
        value = found.get(key)
        if _is_empty(value):
            if _is_required(declared):
                raise Refused(reasons.MISSING, field=rule.label)
            continue
        filled[declared.name] = read(value, today)
    content = shape(**filled)
    check = getattr(content, "check", None)
    if check is not None:
        check()
    return content


def write_fields(content: Any) -> dict[str, Any]:
    """The content as JSON, without what is not filled in."""
    written = {
        key: _written(value)
        for key, (declared, _, _, _) in _declared(content.__class__).items()
        if not _is_empty(value := getattr(content, declared.name))
    }
    return written


def label_of(shape: type, name: str) -> str:
    """The Swedish label of a field, by its name in JSON or in Python."""
    for key, (declared, _, rule, _) in _declared(shape).items():
        if name in (key, declared.name):
            return rule.label
    raise KeyError(name)


def required_of(shape: type) -> tuple[str, ...]:
    """The names in JSON of the fields that must be filled in."""
    return tuple(key for key, (declared, _, _, _) in _declared(shape).items() if _is_required(declared))


def keys_of(shape: type) -> tuple[str, ...]:
    """The names in JSON of all fields, in the order in which they are declared."""
    return tuple(_declared(shape))


@cache
def _declared(shape: Any) -> dict[str, tuple[Field[Any], Any, Rule, Reader]]:
    hints = get_type_hints(shape)
    found = {}
    for declared in fields(shape):
        rule: Rule = declared.metadata["rule"]
        hint = hints[declared.name]
        found[rule.key or declared.name] = (declared, hint, rule, _reader(hint, rule))
    return found


def _is_required(declared: Field[Any]) -> bool:
    return declared.default is NO_DEFAULT and declared.default_factory is NO_DEFAULT


def _is_empty(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ((), [], {})


def _written(value: Any) -> Any:
    if isinstance(value, bool | int):
        return value
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if is_dataclass(value):
        return write_fields(value)
    return str(value)


def _reader(kind: Any, rule: Rule) -> Reader:
    """How a field of the type is read: found out once for each field, since contents are read all the time."""
    if get_origin(kind) is UnionType:
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is tuple:
        # Of a list, `most` counts the items and not their signs.
        inside = _reader(get_args(kind)[0], replace(rule, most=LONGEST[rule.writing]))
        return partial(_several, inside, rule)
    if get_origin(kind) is not None:
        return partial(_answers if get_args(kind)[1] is str else _whole, rule)
    if is_dataclass(kind):
        return partial(_part, kind, rule)
    return partial(_READERS[_family(kind)], kind, rule)


def _several(inside: Reader, rule: Rule, value: Any, today: date | None) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    if len(value) > rule.most:
        raise Refused(reasons.TOO_MANY, field=rule.label, most=rule.most)
    return tuple(inside(item, today) for item in value if not _is_empty(item))


def _part(kind: type, rule: Rule, value: Any, today: date | None) -> Any:
    if not isinstance(value, Mapping):
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    return read_fields(kind, value, today)


def _family(kind: type) -> type:
    return StrEnum if issubclass(kind, StrEnum) else kind


def _text(_: type, rule: Rule, value: Any, __: date | None) -> str:
    if not isinstance(value, str):
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
    if (_NO_LINES if rule.writing is Writing.TEXT else _NO_TEXT).search(text):
        raise Refused(reasons.NOT_TEXT, field=rule.label)
    if len(text) > rule.most and rule.form == "":
        raise Refused(reasons.TOO_LONG, field=rule.label, most=rule.most)
    if rule.writing is Writing.NAME and not any(sign.isalpha() for sign in text):
        raise Refused(reasons.NO_LETTERS, field=rule.label)
    if rule.form and not re.fullmatch(rule.form, text):
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    return text


def _day(_: type, rule: Rule, value: Any, today: date | None) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _is_day(value)
    except ValueError:
        raise Refused(reasons.NOT_A_DAY, field=rule.label) from None
    hold_against(day, rule, today)
    return day


def _is_day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError


def hold_against(day: date, rule: Rule, today: date | None) -> None:
    """Raise Refused when the day lies where no such day can lie."""
    if day < _OLDEST_DAY:
        raise Refused(reasons.LONG_AGO, field=rule.label, date=day.isoformat())
    if today is None:
        return
    if rule.when is When.PAST and day > today:
        raise Refused(reasons.NOT_YET, field=rule.label, date=day.isoformat())
    latest = date(today.year + FAR_AHEAD_YEARS, 12, 31)
    if day > latest:
        raise Refused(reasons.FAR_AHEAD, field=rule.label, date=day.isoformat(), latest=latest.isoformat())


def _instant(_: type, rule: Rule, value: Any, today: date | None) -> datetime:
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(instant, datetime) or instant.tzinfo is None:
            raise ValueError
        # One form: whole minutes in Swedish time, so that the same instant is never written in two ways.
        local = instant.astimezone(STOCKHOLM).replace(second=0, microsecond=0)
    except (ValueError, OverflowError):
        raise Refused(reasons.NOT_A_DAY, field=rule.label) from None
    hold_against(local.date(), rule, today)
    return local


def _choice(kind: type, rule: Rule, value: Any, _: date | None) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label) from None


def _truth(_: type, rule: Rule, value: Any, __: date | None) -> bool:
    if not isinstance(value, bool | str) or value not in _TRUTH:
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    return _TRUTH[value]


def _number(_: type, rule: Rule, value: Any, __: date | None) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value.strip(), re.ASCII):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    if not rule.least <= value <= rule.most:
        raise Refused(reasons.OUT_OF_RANGE, field=rule.label, least=rule.least, most=rule.most)
    return value


def _id(_: type, rule: Rule, value: Any, __: date | None) -> UUID:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label) from None


def _answers(rule: Rule, value: Any, _: date | None) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    if len(value) > rule.most:
        raise Refused(reasons.TOO_MANY, field=rule.label, most=rule.most)
    line = Rule(rule.label)
    return {_text(str, line, name, None): _text(str, line, answer, None) for name, answer in value.items()}


def _whole(rule: Rule, value: Any, _: date | None) -> dict[str, Any]:
    """A frozen part, as it was worked out by a fold."""
    if not isinstance(value, Mapping):
        raise Refused(reasons.NOT_UNDERSTOOD, field=rule.label)
    return dict(value)


_READERS: dict[type, Any] = {
    str: _text,
    date: _day,
    datetime: _instant,
    StrEnum: _choice,
    bool: _truth,
    int: _number,
    UUID: _id,
}


def declared_of(shape: type) -> dict[str, tuple[Any, Rule, bool]]:
    """For whoever makes a form: name in JSON → the type, what is said about it, and whether it must be filled in."""
    return {key: (hint, rule, _is_required(declared)) for key, (declared, hint, rule, _) in _declared(shape).items()}
