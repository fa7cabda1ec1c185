"""Those who lead decide the theory of change on its page, with day and reason; versions before stay as they were."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samkraft.audit.actions import transactions
from samkraft.audit.models import Event
from samkraft.initiatives.actions import theories
from samkraft.initiatives.queries import theories as asked
from samkraft.initiatives.rules.theory import Item, Level, TargetKind
from samkraft.knowledge.actions import bindings
from samkraft.knowledge.models import Binding
from samkraft.partners.rules.roles import Role
from samkraft.values.period import day_in_stockholm
from tests.factories import initiatives, refusals, signed_in
from tests.factories.initiatives import Led
from tests.factories.partners import Member

pytestmark = pytest.mark.django_db
TODAY = day_in_stockholm(timezone.now())
PAGE = "/laget/kraften/forandringsteori/"
FIRST = (
    Item("plan", Level.PERFORMANCE, "Får en gemensam plan", TargetKind.SHARE, 0.65, ("deltagare",)),
    Item("deltagare", Level.RESULT, "Deltagare", TargetKind.COUNT, 5600),
)


def _signed_in(client: Client, led: Led) -> dict[str, str]:
    by = led.by
    signed_in.sign_in(client, Member(by.actor_id, by.membership_id, by.organisation_id, by.area_id, by.actor_name, by))
    return {"membership": str(by.membership_id)}


def _form(base: int, *items: Item, **more: object) -> dict[str, object]:
    """What the page sends for these parts, and nothing new."""
    sent: dict[str, object] = {
        "base": base,
        "seen": base,
        "decided_date": TODAY.isoformat(),
        "source": "",
        "reason": "",
    }
    for one in items:
        target = "" if one.target is None else f"{one.target * (100 if one.target_kind is TargetKind.SHARE else 1):g}"
        sent |= {
            f"text_{one.code}": one.text, f"level_{one.code}": one.level.value, f"kind_{one.code}": one.target_kind.value,
            f"target_{one.code}": target.replace(".", ","), f"leads_{one.code}": list(one.leads_to),
        }  # fmt: skip
    for number in range(1, (4 if base else 9)):
        sent |= {
            f"text_ny-{number}": "",
            f"level_ny-{number}": "activity",
            f"kind_ny-{number}": "none",
            f"target_ny-{number}": "",
        }
    return sent | more


def test_a_leader_decides_the_first_version_and_then_another_with_its_reason(client: Client) -> None:
    led = initiatives.led("kraften")
    form = _signed_in(client, led)
    assert "Besluta en förändringsteori" in signed_in.html(client, PAGE)
    assert signed_in.html(client, f"{PAGE}ny/").count("theory-part") == 8
    first = _form(0) | {
        "text_ny-1": "Gemensamma möten", "leads_ny-1": ["ny-2"], "text_ny-2": "Fler i arbete", "level_ny-2": "result",
        "kind_ny-2": "count", "target_ny-2": "2 500",
    }  # fmt: skip
    assert client.post(f"{PAGE}ny/", form | first).status_code == 303
    held = asked.latest(led.initiative_id)
    assert held is not None
    assert [(one.code, one.target, one.leads_to) for one in held.items] == [
        ("gemensamma-moten", None, ("fler-i-arbete",)), ("fler-i-arbete", 2500.0, ())
    ]  # fmt: skip
    bindings.bind(by=led.by, initiative_id=led.initiative_id, item="fler-i-arbete", indicator="to_work_or_studies")
    more = _form(1, *held.items) | {"kind_fler-i-arbete": "share", "target_fler-i-arbete": "44,5"}
    without = client.post(f"{PAGE}ny/", form | more)
    assert without.status_code == 422
    assert "Det står inte varför" in without.content.decode()
    assert 'value="44,5"' in without.content.decode(), "nothing typed is lost"
    wrong = client.post(f"{PAGE}ny/", form | more | {"reason": "Nytt", "target_fler-i-arbete": ""})
    assert wrong.status_code == 422
    assert "mellan 0 och 100" in wrong.content.decode()
    assert client.post(f"{PAGE}ny/", form | more | {"reason": "Andelen säger mer"}).status_code == 303
    page = signed_in.html(client, PAGE)
    for words in ("Andelen säger mer", "Ändrad", "Den första.", "Version 1", "44,5 %"):
        assert words in page.replace("\u00a0", " "), words
    assert Binding.objects.get().item == "fler-i-arbete", "what measures a part goes on measuring it"
    assert asked.versions(led.initiative_id)[1].items == held.items
    with transactions.read(led.by):
        assert Event.objects.filter(action="theory.decide").count() == 2


def test_what_cannot_be_decided_is_refused_and_the_second_of_two_is_told(client: Client) -> None:
    led = initiatives.led("kraften")
    decide = {"by": led.by, "initiative_id": led.initiative_id, "items": FIRST, "reason": "Därför"}
    assert refusals.code_of(theories.decide, **decide, decided_date=TODAY + timedelta(1)) == "theory_decided_ahead"
    theories.decide(**decide)  # type: ignore[arg-type]  # the table gives what is asked for
    assert refusals.code_of(theories.decide, **decide) == "theory_nothing_changed"
    changed = {**decide, "items": FIRST[1:]}
    same = client.post(f"{PAGE}ny/", _signed_in(client, led) | _form(1, *FIRST, reason="Därför"))
    assert "Ingenting är ändrat" in same.content.decode()
    early = TODAY - timedelta(days=3)
    assert refusals.code_of(theories.decide, **changed, decided_date=early) == "theory_decided_before_last"
    assert refusals.code_of(theories.decide, **{**changed, "reason": " "}) == "theory_without_reason"
    assert refusals.code_of(theories.decide, **changed, seen=0) == "theory_changed_meanwhile"
    form = _signed_in(client, led)
    opened = _form(1, *FIRST) | {"text_plan": "Får snart en plan", "reason": "Tydligare"}
    theories.decide(**{**decide, "items": (*FIRST, Item("ny", Level.LONG_TERM, "Färre utan arbete"))})  # type: ignore[arg-type]  # as above
    late = client.post(f"{PAGE}ny/", form | opened)
    page = late.content.decode()
    assert late.status_code == 422
    assert "beslutade version 2 efter att du öppnade sidan" in page
    assert "Färre utan arbete" in page, "what is new stands on the page"
    assert 'value="Får snart en plan"' in page
    assert client.post(f"{PAGE}ny/", form | opened | {"seen": 2}).status_code == 303
    held = asked.latest(led.initiative_id)
    assert held is not None
    assert [one.text for one in held.items] == ["Får snart en plan", "Deltagare"]
    signed_in.as_role(client, Role.STEERING_GROUP)
    assert "Besluta en ny version" not in signed_in.html(client, PAGE)
    assert client.get(f"{PAGE}ny/").status_code == 403
    other = signed_in.as_role(client, Role.SUBPROJECT_LEADER, "gvn")
    assert "Besluta en ny version" not in signed_in.html(client, PAGE)
    sent = client.post(f"{PAGE}ny/", {**_form(3, *held.items), "membership": str(other.membership_id), "reason": "x"})
    assert sent.status_code == 422
    assert "varken ägare till eller part" in sent.content.decode()
