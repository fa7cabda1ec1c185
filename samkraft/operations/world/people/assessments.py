"""The joint assessment: each body's items, what is handed over one by one, the conclusion, and who sees it otherwise."""

from datetime import date
from typing import Any

from samkraft.operations.world.people import beginnings
from samkraft.operations.world.people.casework import Casework
from samkraft.operations.world.people.deeds import Ref, Release
from samkraft.operations.world.people.parties import CARE, SOCIAL
from samkraft.people.rules.contents.choices import LIFE_AREA_CATEGORY, LifeArea

HELD_BACK = "OSL 26 kap. 5 §"
SENSITIVE = {"health", "care_plan", "social_situation", "income_source", "benefit_case"}


def assess(case: Casework) -> None:
    """Two to four items from each body of the core, those who are called in with their own; then the conclusion."""
    day = case.course.enrolled_on
    assert day is not None
    written = [
        name
        for area in (*case.way.core, *(area for area, _ in case.way.called_in))
        if area in case.knowing
        for name in _items_of(case, area, day)
    ]
    _conclude(case, written, case.later(day, 24, 40))


def _items_of(case: Casework, area: str, day: date) -> list[str]:
    draw = case.draw
    fitting = [one for one in case.way.items if one[0] == area and _is_so(case, one[1])]
    schooling = case.way.schooling.get(case.profile.education) if area == case.home else None
    chosen = [(area, "education", schooling, "samtal med deltagaren")] if schooling else []
    names = []
    for number, (_, life_area, text, source) in enumerate(
        [*chosen, *draw.sample(fitting, min(len(fitting), draw.randint(2, 4)))]
    ):
        name, when = f"item:{area}:{number}", case.later(day, 3, 24)
        if case.is_over(when):
            continue
        content: dict[str, Any] = {
            "life_area": life_area,
            "text": text,
            "source": source,
            "earlier": draw.random() < 0.2,
        }
        held_back = area == SOCIAL and life_area == "family" and draw.random() < 0.05
        case.write(when, area, name, "assessment_item", content, withheld_ground=HELD_BACK if held_back else "")
        names.append((name, when, LIFE_AREA_CATEGORY[LifeArea(life_area)].value))
        if draw.random() < 0.03:
            correction = {"about": Ref(name), "text": draw.choice(case.way.corrections)}
            category = LIFE_AREA_CATEGORY[LifeArea(life_area)].value
            later = case.later(when, 2, 12)
            case.write(later, area, f"{name}:wrong", "correction", correction, category=category, voice="participant")
    _hand_over(case, area, names)
    return [name for name, _, category in names if category not in SENSITIVE]


def _is_so(case: Casework, life_area: str) -> bool:
    """Whether such an item fits the person at all."""
    if life_area == "income":
        return case.profile.has_assistance or not case.profile.has_sick_pay
    if life_area == "language":
        return case.profile.naming.language != "svenska"
    return True


def _hand_over(case: Casework, area: str, names: list[tuple[str, date, str]]) -> None:
    """What is sensitive goes one by one, to the lead's area only, when the person has agreed to it; care more often."""
    to_area = case.lead.area
    sensitive = [one for one in names if one[2] in SENSITIVE]
    if not sensitive or to_area == area or to_area not in case.knowing:
        return
    if case.draw.random() > (0.85 if area == CARE else 0.35):
        return
    when = max(day for _, day, _ in sensitive)
    consents: dict[str, str] = {}
    for name, _, category in sensitive[:2]:
        if category not in consents:
            consents[category] = beginnings.give(case, when, area, to_area, (category,))
        case.deeds.append(Release(case.at(when), case.actor(area), name, consents[category], to_area))


def _conclude(case: Casework, written: list[str], day: date) -> None:
    if not written or len(case.core) < 2 or case.is_over(day) or case.draw.random() < 0.1:
        return
    lead = case.lead
    own = [Ref(name) for name in written if name.startswith(f"item:{lead.area}:")]
    bodies = [case.setting.areas[area] for area in case.core]
    content = {"text": case.way.conclusion, "rests_on": own, "bodies": bodies}
    case.write(day, lead.area, "conclusion", "conclusion", content, by=lead)
    others = [area for area in case.core if area != lead.area]
    if others and case.draw.random() < 0.06:
        area = case.draw.choice(others)
        said = {"about": Ref("conclusion"), "text": case.draw.choice(case.way.dissents)}
        case.write(case.later(day, 1, 5), area, "dissent", "dissent", said, category="plan")
