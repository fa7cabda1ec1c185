"""A personal link by e-mail or as a picture on a letter."""

from typing import Any
from uuid import UUID

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from samkraft.people.actions import invitation_letters


def send(request: Any, invitation_id: UUID, *, is_reminder: bool = False) -> str:
    """E-mail a link, and say so. Raises Refused where there is no way to."""
    address = invitation_letters.send(
        by=request.by, invitation_id=invitation_id, page=page_of("{token}"), is_reminder=is_reminder
    )
    if settings.DEMO:
        messages.info(request, _("Demo: {link}").format(link=address))
    return _("Länken är skickad.")


def page_of(token: str) -> str:
    """The whole address behind a token."""
    return settings.SITE_URL + reverse("invitations:choose", args=["T"]).replace("/T/", f"/{token}/")


def picture_of(address: str) -> str:
    """The address as a picture that a phone can read, drawn in black on white."""
    made = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=10, border=2)
    return mark_safe(made.to_string(encoding="unicode"))  # noqa: S308 - made of our own address
