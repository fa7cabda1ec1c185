"""Every page's way in: who asks, as what, and what is refused.

`page` marks a view with what it needs; a test fails for each route whose view is not marked. The middleware finds the
membership that the person acts in, and refuses forms that were opened in another one.
"""

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse

from samkraft.audit.actions import reads, transactions
from samkraft.audit.actions import refusals as refused
from samkraft.partners.queries import memberships
from samkraft.partners.rules import access
from samkraft.partners.rules.roles import ROLES, Permission, Role, may
from samkraft.people.rules import secrecy
from samkraft.values.context import Context
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase
from samkraft.web import errors, refusals

View = Callable[..., HttpResponse]
SESSION_KEY = "membership"
FORM_FIELD = "membership"
PARTY_KEY = "party"
_NOBODY = UUID(int=0)

PUBLIC = Context(
    actor_id=_NOBODY,
    actor_name="",
    membership_id=_NOBODY,
    role=Role.PUBLIC.value,
    organisation_id=_NOBODY,
    area_id=_NOBODY,
    purpose=ROLES[Role.PUBLIC].purpose,
)

FOREIGN_CONTEXT = Reason(
    "other_context",
    phrase("Formuläret öppnades av någon annan, eller i en roll som du inte har längre."),
    phrase("Öppna sidan på nytt. Inget har sparats."),
)
OTHER_CONTEXT = Reason(
    "other_context",
    phrase("Formuläret öppnades när du arbetade som {then}. Nu arbetar du som {now}."),
    phrase("Byt tillbaka uppe till höger, eller öppna sidan på nytt. Inget har sparats."),
)


class ActingMiddleware:
    """Puts `by` (a context or None) and `memberships` on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.memberships = _vouched_for(request)
        request.acting = chosen(request)
        request.by = request.acting.context() if request.acting else None
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refusal_page(request, exception) if isinstance(exception, Refused) else None


def _vouched_for(request: Any) -> list[memberships.MembershipRow]:
    """The memberships that hold today. Whoever came in through a party's own sign-in acts for that party only."""
    if not request.user.is_authenticated:
        return []
    party = request.session.get(PARTY_KEY)
    if request.account is not None:
        found: list[memberships.MembershipRow] = request.account.acting(party or "")
        return found
    if party:
        return memberships.of_number(user_id=request.user.id, organisation_number=party)
    return memberships.of_user(request.user.id)


def chosen(request: Any) -> memberships.MembershipRow | None:
    """The membership that the person acts in: the one chosen in this session, or the only one there is."""
    wanted = request.session.get(SESSION_KEY)
    for row in request.memberships:
        if str(row.id) == wanted or len(request.memberships) == 1:
            return row
    return None


def page(*, needs: Permission | None = None, public: bool = False) -> Callable[[View], View]:
    """Mark a view. `needs` is a permission of the role; `public` pages show what anybody may see.

    A page that is neither is for anyone who has signed in and chosen a membership. Reading runs in a read-only
    transaction with the context set; a form that is sent runs its action first, outside of it.
    """

    def mark(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.by is None and public:
                request.by = PUBLIC
            if request.by is None:
                return _who_are_you(request)
            with refusals.meeting() as met:
                try:
                    if needs is not None:
                        access.require(request.by, needs)
                    if request.method in {"GET", "HEAD"}:
                        return _read(request, view, args, kwargs)
                    _refuse_other_context(request)
                    response = view(request, *args, **kwargs)
                except Refused as refusal:
                    response = refusal_page(request, refusal)
            _write_down(request, met)
            return response

        guarded.page_needs = needs  # type: ignore[attr-defined]  # read by `opens`, and by the test of every route
        guarded.page_public = public  # type: ignore[attr-defined]  # read by the same test
        return guarded

    return mark


def for_anybody(view: View) -> View:
    """Mark a page that is the same for whoever looks, signed in or not: it is read as nobody in particular."""

    @page(public=True)
    @functools.wraps(view)
    def shown(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.by = PUBLIC
        return view(request, *args, **kwargs)

    return shown


def opens(role: str, path: str) -> bool:
    """Whether a page of ours opens for a role, so that nobody is shown a way to a refusal. False for no page at all."""
    try:
        view = resolve(path.partition("?")[0]).func
    except Resolver404:
        return False
    needs = getattr(view, "page_needs", None)
    return needs is None or may(role, needs)


def _read(request: Any, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponse:
    """Make the page in a read-only transaction; then write down what the view has put in `request.reads`."""
    request.reads = []
    with transactions.read(request.by) as is_outermost:
        request.is_reading = True
        try:
            response = view(request, *args, **kwargs)
            response = response.render() if hasattr(response, "render") else response
        finally:
            request.is_reading = False
        if request.reads and is_outermost:
            reads.record(by=request.by, reads=request.reads, ends_reading=True)
    if request.reads and not is_outermost:
        reads.record(by=request.by, reads=request.reads)
    return response


def _write_down(request: Any, met: list[Refused]) -> None:
    """What was tried and refused: every form, and every page that the role may not see. Nothing of strangers."""
    reading = request.method in {"GET", "HEAD"}
    reasons = [one.reason.code for one in met if not reading or one.reason.code == access.NOT_ALLOWED.code]
    if reasons and request.by is not PUBLIC:
        refused.record(
            by=request.by,
            route=request.resolver_match.view_name,
            address=request.path,
            method=request.method,
            reasons=reasons,
        )


def _who_are_you(request: Any) -> HttpResponse:
    if not request.user.is_authenticated and request.method == "POST":
        return errors.signed_out(request)  # the session ended while the form was open: what was typed is shown
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
    return redirect(f"{reverse('choose_membership')}?next={request.get_full_path()}")


def _refuse_other_context(request: Any) -> None:
    """A form carries the membership that it was opened in."""
    sent = request.POST.get(FORM_FIELD, "")
    if request.by is PUBLIC or sent == str(request.by.membership_id):
        return
    then = next((row for row in request.memberships if str(row.id) == sent), None)
    if then is None:
        raise Refused(FOREIGN_CONTEXT)
    raise Refused(
        OTHER_CONTEXT,
        then=f"{then.role_name}, {then.organisation_name}",
        now=f"{request.acting.role_name}, {request.acting.organisation_name}",
    )


def refusal_page(request: Any, refusal: Exception) -> HttpResponse:
    """A whole page that says why not and what to do instead. 403 for who you are, 409 for what the case allows."""
    assert isinstance(refusal, Refused)
    status = 403 if refusal.reason.code == access.NOT_ALLOWED.code else 409
    # The same for whoever is hidden and for nobody: it follows from the role alone whether the way is shown.
    emergency = reverse("people:emergency") if refusal.reason is secrecy.NOT_FOUND and request.by else ""
    context = {
        "refusal": refusals.explain(refusal),
        "typed": errors.typed(request),
        "emergency_url": emergency if emergency and opens(request.by.role, emergency) else "",
        "back_url": _came_from(request) if status == 409 else "",
    }
    return render(request, "errors/refused.html", context, status=status)


def _came_from(request: Any) -> str:
    """The page that the form or the link stood on, if the browser says so and it is ours and another than this one."""
    came = urlsplit(request.META.get("HTTP_REFERER", ""))
    is_same = request.method in {"GET", "HEAD"} and came.path == request.path
    if is_same or came.netloc != request.get_host() or not came.path.startswith("/"):
        return ""
    return f"{came.path}?{came.query}" if came.query else came.path
