"""A letter to the person when the way they sign in has changed, so that nobody else changes it in silence."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from samkraft.partners.queries import people
from samkraft.values.period import STOCKHOLM
from samkraft.values.wording import phrase

# What the sign-in library says has happened, in our words. What is not here is not told.
CHANGES = {
    "mfa/email/totp_activated": phrase("Inloggning med kod från en app har lagts till."),
    "mfa/email/totp_deactivated": phrase("Inloggning med kod från en app har tagits bort."),
    "mfa/email/webauthn_added": phrase("En nyckel har lagts till."),
    "mfa/email/webauthn_removed": phrase("En nyckel har tagits bort."),
    "mfa/email/recovery_codes_generated": phrase("Nya reservkoder har tagits fram. De gamla gäller inte längre."),
    "account/email/password_changed": phrase("Lösenordet har bytts."),
    "account/email/password_set": phrase("Ett lösenord har valts."),
}
SUBJECT = phrase("Ditt sätt att logga in i Samkraft har ändrats")
LETTER = phrase(
    "Hej {name}!\n\n{what} Det gjordes {when}.\n\n"
    "Var det du behöver du inte göra något. Var det inte du: logga in och ta bort det som är fel, byt lösenord, och säg "
    "till den som ger behörigheter hos dig.\n\n{link}\n"
)

_log = logging.getLogger(__name__)


def tell(change: str, *, user_id: object, name: str, email: str) -> None:
    """Send the letter in the person's own language. A mail server that does not answer is logged: the change is made."""
    if change not in CHANGES:
        return
    language, _scheme = people.choices_of(user_id)  # type: ignore[arg-type]  # the library's user is ours: a UUID
    with translation.override(language):
        when = date_format(timezone.now().astimezone(STOCKHOLM), "j F Y H:i")
        text = gettext(LETTER).format(
            name=name, what=gettext(CHANGES[change]), when=when, link=settings.SITE_URL + reverse("account")
        )
        try:
            mail.send_mail(gettext(SUBJECT), text, None, [email])
        except (OSError, SMTPException):
            _log.exception("the letter about a changed sign-in was not sent")
