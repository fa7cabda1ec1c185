"""Contents in the one form in which they are stored, made without reading them first: there are a million of them.

A test holds this against `people.rules.contents`, which is what the actions use.
"""

from typing import Any

from samkraft.partners.rules.organisations import swedish_sort_key
from samkraft.people.rules import contents, naming
from samkraft.people.rules.contents.choices import LIFE_AREA_CATEGORY

# What is stored where nothing is said.
DEFAULTS: dict[str, dict[str, Any]] = {
    "card": {"interpreter": False, "partner_participates": False},
    "assessment_item": {"earlier": False},
    "education_level": {"is_foreign": False},
    "contact_made": {"by_participant": False},
    "message": {"from_participant": False, "waits_on": "none"},
    "step": {"work_oriented": False, "order": "sequence", "state": "planned"},
}
_ONLY = {
    kind: next(iter(allowed)).value for kind in contents.KINDS if len(allowed := contents.categories_of(kind)) == 1
}
_BY_LIFE_AREA = {area.value: category.value for area, category in LIFE_AREA_CATEGORY.items()}


def stored(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """The content as it is stored: what is empty left out, what is not said filled in."""
    said = {name: value for name, value in content.items() if value not in ("", None, [], {})}
    return {**DEFAULTS[kind], **said} if kind in DEFAULTS else said


def category_of(kind: str, content: dict[str, Any], asked: str | None) -> str:
    """The category that follows, or the one that whoever writes has said."""
    if kind == "assessment_item":
        return _BY_LIFE_AREA[content["life_area"]]
    return _ONLY.get(kind) or str(asked or contents.USUAL.get(kind))


def with_search(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """A card also carries what it is sorted and found by."""
    if kind != "card":
        return content
    given, family = content["given_name"], content["family_name"]
    return content | {
        "_sort_key": swedish_sort_key(f"{family} {given}")[:320],
        "_search": sorted(naming.tokens(f"{given} {family}")),
    }
