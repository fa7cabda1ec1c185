"""What an address asks for, read so that nothing in it can break a page."""

import re

from django.http import HttpRequest

_YEAR = re.compile(r"(19[9]\d|20\d\d|21\d\d)", re.ASCII)


def read(request: HttpRequest) -> int | None:
    """The year in `?ar=`; None when there is none that can be one."""
    match = _YEAR.fullmatch(request.GET.get("ar", ""))
    return int(match[1]) if match else None
