"""Parts of the frame that are the same for the same person page after page: made once by their template, then kept.

What a kept part is made of is `shell`, which is its key, whole; and two things that differ each time and are put in
afterwards: the guard against forged forms and the page's own address. A kept part reads nothing else.
"""

import re
from collections import OrderedDict
from threading import Lock
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import escape

register = template.Library()

AT_MOST = 2_000  # parts of a few kilobytes
_HOLES = {"guard": "\x00guard\x00", "address": "\x00address\x00"}
_HOLE = re.compile("\x00(guard|address)\x00")
_kept: "OrderedDict[tuple[Any, ...], list[str]]" = OrderedDict()
_lock = Lock()


@register.tag
def kept(parser: Parser, token: Token) -> "Kept":
    """`{% kept "name" %}…{% endkept %}`; `{% kept "name" of %}` for a part that is also made of one thing more.

    Inside it the page's own address is `address`. Where the one thing more is None, the part is not kept.
    """
    words = token.split_contents()[1:]
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(words[0].strip("\"'"), [parser.compile_filter(word) for word in words[1:]], nodes)


class Kept(template.Node):
    """The tag's node. Without a shell (a page about a fault) nothing is kept."""

    def __init__(self, name: str, of: list[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.of, self.nodelist = name, of, nodelist

    def render(self, context: template.Context) -> str:
        """The part, with what differs each time put in."""
        shell, request = context.get("shell"), context.get("request")
        address = escape(request.get_full_path()) if request is not None else ""
        of = [one.resolve(context) for one in self.of]
        if shell is None or request is None or None in of:
            with context.push(address=address):
                return str(self.nodelist.render(context))
        key = (self.name, shell.likeness(), *of)
        pieces = _kept.get(key)
        if pieces is None:
            with context.push(csrf_token=_HOLES["guard"], address=_HOLES["address"]):
                pieces = _HOLE.split(str(self.nodelist.render(context)))
            with _lock:
                _kept[key] = pieces
                while len(_kept) > AT_MOST:
                    _kept.popitem(last=False)
        if len(pieces) == 1:
            return pieces[0]
        put_in = {"guard": str(context.get("csrf_token", "")), "address": address}
        return "".join(put_in[piece] if place % 2 else piece for place, piece in enumerate(pieces))
