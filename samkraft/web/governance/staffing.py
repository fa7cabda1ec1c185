"""Staff that the parties have promised against staff that is there: a picture, a table, and one post with its people."""

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkraft.audit.actions import transactions
from samkraft.initiatives.actions import staffing as actions
from samkraft.initiatives.queries import staffing as queries
from samkraft.initiatives.queries.staffing import PostRow, Staffing
from samkraft.initiatives.rules import staffing as rules
from samkraft.partners.queries import colleagues
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import day_in_stockholm
from samkraft.web import acting, days, figures
from samkraft.web.acting import page
from samkraft.web.date_fields import SwedishDateField
from samkraft.web.governance import frames, staffing_picture
from samkraft.web.number_fields import WholeNumberField

FIELDS = {
    rules.NOT_A_SHARE.code: "percent",
    rules.NOT_THE_ROLE.code: "who",
    rules.TWICE.code: "who",
    rules.OVER_PROMISE.code: "start_date",
    rules.NO_LINE_MANAGER.code: "line_manager",
    rules.NO_ASSIGNMENT_LEAD.code: "assignment_lead",
}


class FillForm(forms.Form):
    """Who fills a post, and who leads them."""

    who = forms.ChoiceField(label=gettext_lazy("Vem?"))
    percent = WholeNumberField(label=gettext_lazy("Procent av heltid"), min_value=0, max_value=100)
    line_manager = forms.CharField(
        label=gettext_lazy("Chef hos arbetsgivaren"), max_length=200, required=False,
        help_text=gettext_lazy("Har arbetsledningen: arbetstid, lön, ledighet."),
    )  # fmt: skip
    assignment_lead = forms.ChoiceField(
        label=gettext_lazy("Leder uppdraget"), help_text=gettext_lazy("Har uppdragsansvaret i insatsen.")
    )
    start_date = SwedishDateField(label=gettext_lazy("Första dag"))
    last_day = SwedishDateField(
        label=gettext_lazy("Sista dag"), help_text=gettext_lazy("Lämna tomt om ingen är bestämd."), required=False
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], leads: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", _("Välj …")), *people]
        self.fields["assignment_lead"].choices = [("", _("Välj …")), *leads]


class EndForm(forms.Form):
    """The last day on a post."""

    last_day = SwedishDateField(label=gettext_lazy("Sista dag"))


@page(needs=Permission.SEE_STEERING)
def show(request: Any, code: str) -> HttpResponse:
    """Everybody who is promised, month by month."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    found = queries.of_initiative(row.id, today=today)
    employer_url = reverse("employers:time")
    promise_url = reverse("governance:promise", args=[code])
    context = {
        "promise_url": promise_url if acting.opens(request.by.role, promise_url) else "",
        "has_time": row.start_date is not None and row.last_day is not None,
        "found": found,
        "pictures": staffing_picture.draw_both(found.total, today=today) if found else [],
        "posts": [_post(code, one, today) for one in found.posts] if found else [],
        "months": _months(found) if found else [],
        "vacancies": [
            {
                "title": post.title,
                "employer": post.employer_name,
                "vacant": people(vacant),
                "url": reverse("governance:post", args=[code, post.id]),
            }
            for post, vacant in (found.vacancies if found else [])
        ],
        "lead": _lead(found, today) if found else "",
        "employer_url": employer_url if acting.opens(request.by.role, employer_url) else "",
    }
    return frames.draw(request, "governance/staffing.html", row, "staffing", context, (_("Bemanning"), ""))


@page(needs=Permission.SEE_STEERING)
def post(request: Any, code: str, promise_id: UUID) -> HttpResponse:
    """One post: who fills it and who leads them, month by month; a form for whoever leads the initiative."""
    row, today = frames.initiative(request, code), day_in_stockholm(timezone.now())
    with transactions.read(request.by):
        found = queries.post(promise_id, today=today)
        if found is None:
            raise Http404
        people = colleagues.in_role(found.role, on=today)
        leads = colleagues.having(Permission.MANAGE_STEERING, on=today)
    form = FillForm(
        request.POST or None, initial={"percent": 100, "start_date": today},
        people=[(str(one.membership_id), f"{one.name}, {one.organisation_name}") for one in people],
        leads=[(str(one.membership_id), one.name) for one in leads],
    )  # fmt: skip

    def save(data: dict[str, Any]) -> None:
        actions.fill(
            by=request.by, promise_id=promise_id, membership_id=UUID(data["who"]), percent=data["percent"],
            line_manager=data["line_manager"], assignment_lead_id=UUID(data["assignment_lead"]),
            start_date=data["start_date"], last_day=data["last_day"],
        )  # fmt: skip

    staff = reverse("governance:staffing", args=[code])
    return frames.edit(
        request, row, "staffing", form, save, heading=found.title, said=_("Posten är tillsatt."),
        back=reverse("governance:post", args=[code, promise_id]), fields=FIELDS, template="governance/post.html",
        more={
            "post": _post(code, found, today), "places": found.places, "today": today,
            "months": [_month(one) for one in found.months],
            "may_promise": may(request.by.role, Permission.MANAGE_GOALS),
        },
        crumbs=((_("Bemanning"), staff),),
    )  # fmt: skip


@page(needs=Permission.MANAGE_STEERING)
def end(request: Any, code: str, place_id: UUID) -> HttpResponse:
    """Somebody leaves a post."""
    row = frames.initiative(request, code)
    with transactions.read(request.by):
        place = queries.place(place_id)
    if place is None:
        raise Http404
    back = reverse("governance:post", args=[code, place.promise_id])
    return frames.edit(
        request, row, "staffing", EndForm(request.POST or None),
        lambda data: actions.end(by=request.by, place_id=place_id, last_day=data["last_day"]),
        heading=_("%(name)s slutar på posten") % {"name": place.name}, said=_("Sista dagen är antecknad."), back=back,
        fields={rules.ENDED_ALREADY.code: "last_day", rules.HAD_BEGUN.code: "last_day"},
        crumbs=((_("Bemanning"), reverse("governance:staffing", args=[code])),),
    )  # fmt: skip


def people(many: Fraction) -> str:
    """So many full-time people: whole as they are, parts with a decimal."""
    return figures.number(int(many)) if many.denominator == 1 else figures.decimal(float(many), 1)


def _lead(found: Staffing, today: date) -> str:
    if found.now is None or found.now.filled is None:
        return _("Insatsen har inte börjat, eller är slut.")
    return _("%(filled)s av %(promised)s tjänster är tillsatta i %(month)s") % {
        "filled": people(found.now.filled), "promised": figures.number(found.now.promised),
        "month": days.month(today),
    }  # fmt: skip


def _post(code: str, one: PostRow, today: date) -> dict[str, Any]:
    now = next((month for month in one.months if month.first == today.replace(day=1)), None)
    vacant = now.vacant if now and now.vacant else None
    return {
        "id": one.id,
        "url": reverse("governance:post", args=[code, one.id]),
        "title": one.title,
        "employer": one.employer_name,
        "heads": one.heads,
        "lasts": one.lasts,
        "promised": figures.number(one.promised_months),
        "due": figures.number(one.due_months),
        "filled": people(one.filled_months),
        "now": people(now.filled) if now and now.filled is not None else "–",
        "vacant": people(vacant) if vacant else "",
        "places": one.places,
    }


def _months(found: Staffing) -> list[dict[str, str]]:
    return [_month(one) for one in found.total]


def _month(one: rules.Month) -> dict[str, str]:
    return {
        "name": days.month(one.first),
        "promised": figures.number(one.promised),
        "filled": "–" if one.filled is None else people(one.filled),
        "vacant": "–" if one.vacant is None else people(one.vacant),
    }
