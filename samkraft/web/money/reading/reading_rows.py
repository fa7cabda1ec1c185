"""Put one row of a decision text right by hand: who gets the money, how much, which years, from where."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.money.actions import drafts as actions
from samkraft.money.queries import drafts as queries
from samkraft.money.queries.drafts import DraftPage
from samkraft.money.rules.points import GIVES_DUTY, SUPPORT_LABELS, Support
from samkraft.money.rules.registration import registration
from samkraft.money.rules.registration.registration import PointRows, Row
from samkraft.partners.queries import matching
from samkraft.partners.rules.roles import Permission
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, figures, refusals
from samkraft.web.acting import page
from samkraft.web.money import crumbs
from samkraft.web.money.reading import reading
from samkraft.web.money.reading.reading_row_forms import POINT_PAYS, Choices, DueForm, RowForm


@page(needs=Permission.REGISTER_DECISIONS)
def row(request: Any, draft_id: UUID, key: str) -> HttpResponse:
    """The form for one row. POST saves it, searches for receivers, or removes the row."""
    if request.method != "POST":
        return _render(request, draft_id, key)
    if "remove" in request.POST:
        return _run(request, draft_id, key, actions.remove_row, key=key)
    if "find" in request.POST:
        return _render(request, draft_id, key, posted=True)
    with transactions.read(request.by):
        shown = _page(request, draft_id)
        point, found = _row_of(shown, key)
        form = RowForm(request.POST, choices=_choices(request, shown, found))
    due = DueForm(request.POST) if point.verb in GIVES_DUTY else None
    if not form.is_valid() or (due and not due.is_valid()):
        return _render(request, draft_id, key, form=form, due=due, status=422)
    if due and (due.cleaned_data["due"] != point.due or _binding(due) != point.binding):
        try:
            version = actions.edit_point(
                by=request.by, draft_id=draft_id, version=reading.version_in(request), number=point.number,
                due=due.cleaned_data["due"], binding=_binding(due),
            )  # fmt: skip
        except Refused as refusal:
            return _render(request, draft_id, key, form=form, due=due, problem=refusal, status=409)
        if not _says_anything(form.cleaned_data, found):
            return _back(draft_id)
        return _run(
            request,
            draft_id,
            key,
            actions.edit_row,
            form=form,
            due=due,
            version=version,
            key=key,
            values=_values(form.cleaned_data),
        )
    return _run(
        request, draft_id, key, actions.edit_row, form=form, due=due, key=key, values=_values(form.cleaned_data)
    )


def _binding(due: DueForm) -> bool | None:
    return {"yes": True, "no": False}.get(due.cleaned_data["binding"])


def _says_anything(data: dict[str, Any], found: Row) -> bool:
    """Whether the row itself was changed, and not only its point."""
    return data.get("receiver", "") != str(found.receiver_id or "") or data["amount"] != found.amount_ore


def _values(data: dict[str, Any]) -> dict[str, Any]:
    source = data.get("source", "")
    return {
        "receiver": data.get("receiver", ""),
        "amount_ore": data["amount"],
        "years": data["years"],
        "fund": data["fund"],
        "appropriation": "" if source.startswith(POINT_PAYS) or source == registration.OWN_FRAME else source,
        "paid_by": source.removeprefix(POINT_PAYS) if source.startswith(POINT_PAYS) else "",
        "support": data["support"],
        "purpose": data["purpose"].strip(),
        "contract": data["contract"].strip(),
    }


def _run(
    request: Any,
    draft_id: UUID,
    shown_key: str,
    run: Any,
    *,
    form: Any = None,
    due: Any = None,
    version: int | None = None,
    **values: Any,
) -> HttpResponse:
    try:
        run(
            by=request.by,
            draft_id=draft_id,
            version=reading.version_in(request) if version is None else version,
            **values,
        )
    except Refused as refusal:
        return _render(request, draft_id, shown_key, form=form, due=due, problem=refusal, status=409)
    return _back(draft_id)


def _back(draft_id: UUID) -> HttpResponse:
    return afterwards.at(f"{reverse('money:draft', args=[draft_id])}#punkter")


def _render(
    request: Any,
    draft_id: UUID,
    key: str,
    *,
    form: RowForm | None = None,
    due: DueForm | None = None,
    posted: bool = False,
    problem: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    """The form: what the text says, or what was typed. After a conflict the next try is made from what holds now."""
    with transactions.read(request.by):
        shown = _page(request, draft_id)
        point, found = _row_of(shown, key)
        choices = _choices(request, shown, found)
        if posted:
            form = RowForm(initial={name: request.POST.get(name, "") for name in RowForm.base_fields}, choices=choices)
        elif form is None:
            form = RowForm(initial=_initial(found), choices=choices)
        if form.is_bound:
            form.data = {**form.data.dict(), "version": shown.version}
        form.initial["version"] = shown.version
        if due is None and point.verb in GIVES_DUTY:
            due = DueForm(initial={"due": point.due, "binding": {True: "yes", False: "no"}.get(point.binding, "")})
        frame = crumbs.frame(
            request,
            (_("Läs in beslut"), reverse("money:read_in")),
            (shown.now.case_number or shown.now.title or _("Utkast"), reverse("money:draft", args=[draft_id])),
            (_("Punkt %(number)s") % {"number": point.number}, ""),
        )
        context = {
            "shell": frame, "page": shown, "point": point, "row": found, "form": form, "due": due, "key": key,
            "problem": str(refusals.explain(problem)) if problem else "",
            "searched": form["search"].value() or "",
            "is_new": found.is_added and not found.is_edited,
            "others": [
                (shown.names.get(each.receiver_id, each.words) if each.receiver_id else each.words, each.key)
                for each in point.rows
                if each.key != key
            ],
            "new_url": reverse("money:draft_row", args=[draft_id, _new_key(point)]),
        }  # fmt: skip
        return render(request, "money/draft_row.html", context, status=status)


def _page(request: Any, draft_id: UUID) -> DraftPage:
    found = queries.page(by=request.by, draft_id=draft_id)
    if found is None:
        raise Refused(actions.NO_DRAFT)
    return found


def _row_of(shown: DraftPage, key: str) -> tuple[PointRows, Row]:
    """The row, or a new one for the point when the key names none."""
    number, _dot, place = key.rpartition(".")
    for point in shown.now.points:
        if point.number == number:
            known = next((each for each in point.rows if each.key == key), None)
            return point, known or Row(key=key, point=number, is_added=place.startswith("n"))
    raise Refused(actions.NO_DRAFT)


def _new_key(point: PointRows) -> str:
    """The key of the next row to be added to the point."""
    taken = {row.key for row in point.rows}
    return next(key for key in (f"{point.number}.n{place}" for place in range(1, 1000)) if key not in taken)


def _initial(found: Row) -> dict[str, Any]:
    source = f"{POINT_PAYS}{found.paid_by}" if found.paid_by else found.appropriation
    return {
        "receiver": str(found.receiver_id or ""),
        "search": "" if found.receiver_id else found.words,
        "amount": figures.amount(found.amount_ore) if found.amount_ore is not None else "",
        "years": ", ".join(map(str, found.years)),
        "fund": str(found.fund_id or ""),
        "source": registration.OWN_FRAME if source == "" else source or "",
        "support": found.support.value if found.support else "",
        "purpose": found.purpose,
        "contract": found.contract,
    }


def _choices(request: Any, shown: DraftPage, found: Row) -> Choices:
    """Receivers are searched for on the server; the present one and those alike are always among them."""
    words = request.POST.get("search", "") if request.method == "POST" else found.words
    chosen = {request.POST.get("receiver", ""), str(found.receiver_id or "")} - {""}
    alike = matching.match([words or found.words]) if (words or found.words).strip() else {}
    ids = {UUID(one) for one in chosen if _is_uuid(one)} | {
        key for match in alike.values() for key in (*match.suggestions, *([match.id] if match.id else []))
    }
    hits = matching.search(words) if words.strip() else []
    listed = {one.id: one for one in [*matching.choices(ids).values(), *hits]}
    body = shown.names.get(shown.now.decider_id, "") if shown.now.decider_id else ""
    payers = [point for point in shown.now.points if point.posts and point.number != found.point]
    return Choices(
        receivers=[(str(one.id), f"{one.name} ({_(one.kind_name)})") for one in listed.values()],
        funds=[("", _("Välj …")), *((str(fund.id), fund.name) for fund in shown.known.funds)],
        sources=[
            ("", _("Välj …")),
            *((name, name) for name in shown.known.appropriations),
            (registration.OWN_FRAME, _("%(body)s, egen ram") % {"body": body} if body else _("Egen ram")),
            *(
                (f"{POINT_PAYS}{point.number}", _("Pengarna i punkt %(number)s") % {"number": point.number})
                for point in payers
            ),
        ],
        supports=[
            ("", _("Framgår av mottagaren")),
            *((kind.value, _(SUPPORT_LABELS[kind]).capitalize()) for kind in Support),
        ],
    )


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
