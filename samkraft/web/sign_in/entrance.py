"""The first page for someone who is not signed in: the ways in, and in the demo whom to be."""

from typing import Any

from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from samkraft.partners.actions import memberships as choosing
from samkraft.partners.queries import memberships
from samkraft.web import acting
from samkraft.web.sign_in import demo_people, onwards

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_safe
def show(request: Any) -> HttpResponse:
    """The ways in. Whoever is signed in already goes on, except in the demo, where this is where roles are changed."""
    if request.user.is_authenticated and not settings.DEMO:
        return redirect("home")
    return render(
        request,
        "sign_in/entrance.html",
        {
            "columns": demo_people.columns() if settings.DEMO else [],
            "services": services(request),
            "next": onwards.asked_for(request),
        },
    )


@require_POST
def sign_in_to_demo(request: Any) -> HttpResponse:
    """Be one of the demo's invented people, without a password. Does not exist outside the demo."""
    if not settings.DEMO:
        raise Http404
    email = request.POST.get("person", "")
    offered = {demo_people.address(name) for _heading, names in demo_people.GROUPS for name in names}
    held = memberships.of_people([email]).get(email, []) if email in offered else []
    if not held:
        raise Http404
    target = onwards.asked_for(request)
    if request.user.is_authenticated:
        auth.logout(request)
    user = auth.get_user_model().objects.get(id=held[0].user_id)
    auth.login(request, user, backend=BACKEND)
    if len(held) > 1:
        return redirect("choose_membership")
    choosing.choose(user_id=user.id, membership_id=held[0].id)
    request.session[acting.SESSION_KEY] = str(held[0].id)
    return redirect(target or "home")


def services(request: Any) -> list[dict[str, str]]:
    """The parties' own sign-in services that this installation knows."""
    return [
        {"name": provider.name, "url": provider.get_login_url(request, process="login")}
        for provider in get_adapter().list_providers(request)
    ]
