"""Sign out."""

from typing import Any

from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST


@require_POST
def sign_out(request: Any) -> HttpResponse:
    """Forget the session. What was typed and not saved is gone; what was saved as a draft stays."""
    auth.logout(request)
    return redirect("sign_in")
