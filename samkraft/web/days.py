"""Days and times as people read them, in Swedish time: `23 feb`, `torsdag 11 mars`, `v. 14`, `10.00`."""

from datetime import date, datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samkraft.values.wording import days_in_words
from samkraft.web.figures import HARD_SPACE, unknown

_SHORT_MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")


def short(day: date | None) -> str:
    """`23 feb`: where the year is plain from the page."""
    if day is None:
        return unknown()
    day = _in_sweden(day)
    if _language() == "sv":
        return f"{day.day}{HARD_SPACE}{_SHORT_MONTHS[day.month - 1]}"
    return _hard(format_date(day, "d MMM", locale="en"))


def dated(day: date | None) -> str:
    """`23 feb 2024`: in tables and under facts."""
    return unknown() if day is None else f"{short(day)}{HARD_SPACE}{_in_sweden(day).year}"


def full(day: date | None) -> str:
    """`23 februari 2024`: in running text and on documents."""
    return unknown() if day is None else _hard(format_date(_in_sweden(day), "d MMMM y", locale=_language()))


def in_text(text: str) -> str:
    """Words that were stored with a day in figures, with the day as it is said."""
    return days_in_words(text, full)


def month(day: date | None) -> str:
    """`februari 2024`."""
    return unknown() if day is None else _hard(format_date(_in_sweden(day), "LLLL y", locale=_language()))


def short_month(day: date) -> str:
    """`feb 2026`: where there is little room."""
    if _language() == "sv":
        return f"{_SHORT_MONTHS[day.month - 1]}{HARD_SPACE}{day.year}"
    return _hard(format_date(day, "MMM y", locale="en"))


def with_weekday(day: date | None) -> str:
    """`torsdag 11 mars`."""
    return unknown() if day is None else format_date(_in_sweden(day), "EEEE d\u00a0MMMM", locale=_language())


def short_weekday(day: date) -> str:
    """`tors`: on a form, where there is little room."""
    return format_date(_in_sweden(day), "EEE", locale=_language())


def week(day: date | None) -> str:
    """ISO week: `v. 14`. It never breaks over two lines."""
    if day is None:
        return unknown()
    # Translators: week number.
    return _("v. %(week)d").replace(" ", HARD_SPACE) % {"week": _in_sweden(day).isocalendar().week}


def clock(moment: datetime | None) -> str:
    """`10.00`, in Swedish time."""
    if moment is None:
        return unknown()
    return f"{timezone.localtime(moment):%H.%M}" if _language() == "sv" else f"{timezone.localtime(moment):%H:%M}"


def moment(instant: datetime | None) -> str:
    """`23 feb 2024 kl. 10.00`."""
    if instant is None:
        return unknown()
    return _("%(day)s kl. %(clock)s") % {"day": dated(instant), "clock": clock(instant)}


def _in_sweden(day: date) -> date:
    """The calendar day of an instant as it is in Sweden; a plain day is itself."""
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _language() -> str:
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def _hard(text: str) -> str:
    return text.replace(" ", HARD_SPACE)
