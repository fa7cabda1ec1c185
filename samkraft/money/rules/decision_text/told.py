"""A sentence with details in it, that can still be translated: the text in Swedish, with its template kept."""

from typing import Any


class Told(str):
    """Swedish text made from a marked template. `template` and `details` let a page say it in another language."""

    __slots__ = ("details", "template")
    template: str
    details: dict[str, Any]

    def __new__(cls, template: str, **details: Any) -> "Told":
        told = super().__new__(cls, template.format(**details))
        told.template = template
        told.details = details
        return told
