"""What is said when a one-time link has been sent, also where no letter can leave."""

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from samkraft.partners.actions import invitations


def tell(request: Any, sent: str) -> None:
    """Say that the letter is sent, or that it reaches nobody yet and what to do about it."""
    if invitations.reach_people():
        messages.success(request, sent)
        return
    messages.warning(
        request,
        _(
            "Kontot finns, men härifrån skickas ingen e-post, så länken har inte nått personen. "
            "Be den som sköter driften att ställa in e-post (samkraft doctor säger hur). Skicka sedan en ny länk."
        ),
    )
