"""Choose as what one works: at sign-in for whoever has several roles, and in the bar's menu at any time."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from samkraft.partners.actions import memberships as choosing
from samkraft.partners.rules.memberships import NOT_YOURS
from samkraft.values.refusal import Refused
from samkraft.web import acting
from samkraft.web.sign_in import onwards


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Any) -> HttpResponse:
    """Show the roles that the person has today; a POST with one of them acts in it from now on."""
    if request.method == "POST":
        return _act(request)
    context = {
        "memberships": request.memberships,
        "acting_id": request.acting.id if request.acting else None,
        "next": onwards.asked_for(request),
    }
    return render(request, "sign_in/choose_membership.html", context)


def _act(request: Any) -> HttpResponse:
    try:
        membership_id = UUID(request.POST.get("choose", ""))
        if all(row.id != membership_id for row in request.memberships):
            raise Refused(NOT_YOURS)  # also one that the party's own sign-in does not vouch for
        chosen = choosing.choose(user_id=request.user.id, membership_id=membership_id)
    except ValueError:
        return redirect("choose_membership")
    except Refused as refusal:
        return acting.refusal_page(request, refusal)
    request.session[acting.SESSION_KEY] = str(chosen.id)
    return redirect(onwards.asked_for(request) or "home")
