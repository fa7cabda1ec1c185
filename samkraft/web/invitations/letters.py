"""The words that go out: an e-mail or a letter with a personal link, and nothing that tells which authority, or why."""

from typing import Any
from uuid import UUID

import qrcode
import qrcode.image.svg
from django.conf import settings
from django.contrib import messages
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samkraft.audit.actions import transactions
from samkraft.people.actions import invitations as actions
from samkraft.people.queries import invitations
from samkraft.people.rules import invitations as rules
from samkraft.people.rules.invitations import Sent
from samkraft.values.refusal import Refused
from samkraft.web import days


def send(request: Any, invitation_id: UUID, *, is_reminder: bool = False) -> str:
    """Make a link, e-mail it to the address that the own area knows, and say so. Raises Refused where there is none."""
    with transactions.read(request.by):
        now = timezone.now()
        row = invitations.one(request.by, invitation_id, now=now)
        name, email, is_protected = invitations.way_to(request.by, row.person_id, now=now)
    if is_protected:
        raise Refused(rules.NOT_BY_EMAIL)
    if not email:
        raise Refused(rules.NO_EMAIL)
    token = actions.send(by=request.by, invitation_id=invitation_id, sent=Sent.EMAIL, is_reminder=is_reminder)
    address = settings.SITE_URL + reverse("invitations:choose", args=[token])
    post(email, name, address, until=days.full(timezone.localdate(row.answer_until)))
    if settings.DEMO:
        messages.info(request, _("Demo: {link}").format(link=address))
    return _("Länken är skickad.")


def post(email: str, name: str, address: str, *, until: str) -> None:
    """The e-mail with a link to choose a time. It cannot fail what has been done."""
    text = _(
        "Hej {name}!\n\nDu är välkommen på ett möte. Välj själv en tid som passar dig, senast {until}:\n\n{link}\n\nLänken är "
        "bara din. Skicka den inte vidare. Passar ingen tid, eller har du frågor: svara den som du har pratat med.\n"
    )
    mail.send_mail(
        _("Välj en tid"), text.format(name=name, until=until, link=address), None, [email], fail_silently=True
    )


def remind_of_time(email: str, name: str, *, when: str, place: str) -> None:
    """The e-mail about the time that was chosen: time and place, no link and no authority."""
    text = _(
        "Hej {name}!\n\nDu har en tid {when}.\nPlats: {place}\n\nKan du inte komma? Använd länken som du fick förut och välj "
        "en annan tid.\n"
    )
    mail.send_mail(
        _("Påminnelse om din tid"), text.format(name=name, when=when, place=place), None, [email], fail_silently=True
    )


def picture_of(address: str) -> SafeString:
    """The address as a picture that a phone can read, drawn in black on white."""
    made = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, box_size=10, border=2)
    return mark_safe(made.to_string(encoding="unicode"))  # noqa: S308 # nosec B308 B703: made of our own address
