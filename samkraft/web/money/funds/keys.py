"""A fund's allocation key: its versions, its arithmetic, a new version, and a proposal made by it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samkraft.audit.actions import transactions
from samkraft.money.actions import drafting
from samkraft.money.actions import keys as actions
from samkraft.money.queries import keys as queries
from samkraft.money.queries.keys import KeyPage, Split
from samkraft.money.rules import allocation
from samkraft.partners.queries import organisations
from samkraft.partners.rules.roles import Permission, may
from samkraft.values.period import Period, date
from samkraft.values.refusal import Refused
from samkraft.web import afterwards, figures, refusals, shell
from samkraft.web.acting import page
from samkraft.web.amount_fields import ShareField
from samkraft.web.money.space import INSIDE, Space
from samkraft.web.number_fields import YearField

_SHARE = "andel-"


class KeyForm(forms.Form):
    """A new version: for which years, and each body's share."""

    first_year = YearField(label=gettext_lazy("Gäller från och med år"), min_value=1990, max_value=2199)
    last_year = YearField(
        label=gettext_lazy("Till och med år"),
        help_text=gettext_lazy("Mandatperiodens sista år. Lämna tomt om det inte är bestämt."),
        min_value=1990,
        max_value=2199,
        required=False,
    )
    decided_in = forms.CharField(
        label=gettext_lazy("Beslutad i"),
        help_text=gettext_lazy("Diarienummer, till exempel STK-2024-291."),
        max_length=200,
    )
    source = forms.CharField(label=gettext_lazy("Var står det?"), max_length=500, required=False)

    def __init__(self, *args: Any, bodies: list[organisations.OrganisationRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = bodies
        for name in ("first_year", "last_year"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        for body in bodies:
            self.fields[_SHARE + body.code] = ShareField(label=body.name, required=False)

    def share_fields(self) -> list[Any]:
        """The fields for shares."""
        return [self[_SHARE + body.code] for body in self.bodies]

    def clean(self) -> dict[str, Any]:
        """The years in order. The sum of the shares is the key's own rule."""
        data = super().clean() or {}
        first, last = data.get("first_year"), data.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Det sista året kan inte komma före det första."))
        return data

    def shares(self) -> list[tuple[Any, int]]:
        """(body, hundredths of a percent) for those with a share."""
        return [
            (body.id, self.cleaned_data[_SHARE + body.code])
            for body in self.bodies
            if self.cleaned_data.get(_SHARE + body.code)
        ]


class SplitForm(forms.Form):
    """Which matter the proposal belongs to."""

    case_number = forms.CharField(
        label=gettext_lazy("Diarienummer"), help_text=gettext_lazy("Till exempel STK-2026-118."), max_length=60
    )
    title = forms.CharField(label=gettext_lazy("Ärendets namn"), max_length=300, required=False)


@page(needs=Permission.SEE_MONEY)
def show(request: Any, code: str) -> HttpResponse:
    """The key with its arithmetic."""
    return show_answer(request, INSIDE, code)


def show_answer(request: Any, space: Space, code: str, *, failed: tuple[int, SplitForm] | None = None) -> HttpResponse:
    """The key page in either space. `failed` is a proposal that was refused: its year and its form."""
    key = queries.page(by=request.by, code=code)
    if key is None:
        raise Http404
    may_manage = not space.is_public and may(request.by.role, Permission.MANAGE_FUNDS)
    frame = shell.of(request)
    frame.crumbs = _crumbs(space, key, "")
    context = {
        "shell": frame, "layout": space.layout, "space": space, "key": key,
        "versions": [(version, _merged(version.splits, space)) for version in key.versions],
        "may_manage": may_manage,
        "splittable": [
            (year, failed[1] if failed and failed[0] == year.year else SplitForm(prefix=str(year.year)))
            for year in key.splittable
        ] if may_manage else [],
        "failed": failed[1] if failed else None,
        "own": [] if space.is_public else _own(request, code),
    }  # fmt: skip
    return render(request, "money/funds/key.html", context, status=422 if failed else 200)


def _own(request: Any, code: str) -> list[queries.Expected]:
    """What the reader's own body can expect of this fund."""
    expected = queries.expected_of(by=request.by, organisation_id=request.by.organisation_id)
    return [row for row in expected if row.fund_code == code]


@page(needs=Permission.MANAGE_FUNDS)
def new(request: Any, code: str) -> HttpResponse:
    """A new version of the key."""
    with transactions.read(request.by):
        key = queries.page(by=request.by, code=code)
        if key is None:
            raise Http404
        bodies = [row for row in organisations.listed() if row.holds_frame]
    latest = key.versions[0] if key.versions else None
    order = {body.code: place for place, (body, _share) in enumerate(latest.shares)} if latest else {}
    bodies.sort(key=lambda row: (order.get(row.code, len(order)), row.name))
    form = KeyForm(request.POST or None, bodies=bodies, initial=_initial(latest))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            end = date(data["last_year"] + 1, 1, 1) if data["last_year"] else None
            valid = Period(date(data["first_year"], 1, 1), end)
            actions.decide(
                by=request.by, fund_id=key.fund_id, valid=valid, shares=form.shares(),
                decided_in=data["decided_in"], source=data["source"],
            )  # fmt: skip
        except Refused as refusal:
            fields = {actions.OVERLAPS.code: "first_year"}
            refusals.put_in(form, refusal, fields)
        else:
            messages.success(request, _("Nyckeln är registrerad."))
            return afterwards.to("money:key", code)
    with transactions.read(request.by):
        frame = shell.of(request)
    frame.crumbs = _crumbs(INSIDE, key, _("Ny version"))
    context = {"shell": frame, "key": key, "form": form}
    return render(request, "money/funds/key_new.html", context, status=422 if form.errors else 200)


@require_POST
@page(needs=Permission.MANAGE_FUNDS)
def propose(request: Any, code: str, year: int) -> HttpResponse:
    """Make a proposal that splits what is left of the year by the key."""
    with transactions.read(request.by):
        key = queries.page(by=request.by, code=code)
    if key is None:
        raise Http404
    form = SplitForm(request.POST, prefix=str(year))
    if form.is_valid():
        try:
            drafting.propose_by_key(
                by=request.by, fund_id=key.fund_id, year=year, case_number=form.cleaned_data["case_number"],
                title=form.cleaned_data["title"],
            )  # fmt: skip
        except Refused as refusal:
            refusals.put_in(form, refusal)
        else:
            messages.success(
                request, _("Förslaget är registrerat. Inga pengar har flyttats: det gör först ett beslut.")
            )
            return afterwards.to("money:matters")
    with transactions.read(request.by):
        return show_answer(request, INSIDE, code, failed=(year, form))


def _initial(latest: Any) -> dict[str, Any]:
    if latest is None:
        return {}
    first = latest.last_day.year + 1 if latest.last_day else None
    return {"first_year": first, "last_year": first + 3 if first else None} | {
        _SHARE + body.code: share for body, share in latest.shares
    }


def _crumbs(space: Space, key: KeyPage, last: str) -> list[dict[str, str]]:
    trail = [
        {"label": _("Medel"), "url": space.url("home")},
        {"label": _("Satsningar"), "url": space.url("funds")},
        {"label": key.fund_name, "url": space.url("fund", key.fund_code)},
        {"label": _("Nyckel"), "url": space.url("key", key.fund_code) if last else ""},
    ]
    return [*trail, {"label": last, "url": ""}] if last else trail


def _merged(splits: Sequence[Split], space: Space) -> list[dict[str, Any]]:
    """The years' splits; expected years that rest on the same sum are shown as one."""
    shown: list[dict[str, Any]] = []
    for split in splits:
        before = shown[-1] if shown else None
        if (
            before
            and split.is_expected
            and before["split"].is_expected
            and before["split"].base_year == split.base_year
        ):
            before["last_year"] = split.year
        else:
            shown.append({**split_words(split, space), "last_year": split.year})
    return shown


def split_words(split: Split, space: Space) -> dict[str, Any]:
    """A year's split as words: the arithmetic of each row, and what the remainder rule did."""
    moved = [step for step in split.steps if step.extra_ore]
    return {
        "split": split,
        "rows": [
            {
                "step": step,
                "share": figures.percent(step.share / allocation.WHOLE),
                "exact": _exact(step.exact_ore_times_whole),
                "url": space.url("body", step.body.code, ar=split.year),
            }
            for step in split.steps
        ],
        "rounding": _("Alla produkter går jämnt ut. Inget behövde avrundas.")
        if not moved
        else _(
            "Varje del avrundas nedåt till hela kronor. De kronor som blir över går till dem med störst rest: %(names)s."
        )
        % {"names": ", ".join(step.body.name for step in moved)},
    }


def _exact(ore_times_whole: int) -> str:
    """The product before rounding, with öre when there are any."""
    ore, rest = divmod(ore_times_whole, allocation.WHOLE)
    whole, fraction = divmod(ore, 100)
    if not fraction and not rest:
        return figures.amount(ore)
    return figures.decimal(whole + (fraction + rest / allocation.WHOLE) / 100, 4 if rest else 2)
