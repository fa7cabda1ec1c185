"""What was done, in words. A deed without words of its own is shown by its code: never hidden."""

from django.utils.translation import gettext

from samkraft.values.wording import phrase

DEEDS = {
    "appropriation.open": phrase("öppnade ett anslag"),
    "area.added": phrase("lade upp ett sekretessområde"),
    "area.decision_recorded": phrase("antecknade ett beslut om sekretessområden"),
    "audit.listed": phrase("läste händelseloggen"),
    "audit.opened": phrase("öppnade en händelse"),
    "budget.register": phrase("registrerade en budget"),
    "decision.register": phrase("registrerade ett beslut"),
    "document.receive": phrase("lade in ett dokument"),
    "draft.begin": phrase("började läsa in ett beslut"),
    "draft.change": phrase("ändrade ett utkast"),
    "draft.discard": phrase("slängde ett utkast"),
    "duty.plan": phrase("planerade en uppgift"),
    "figure.note": phrase("antecknade en siffra"),
    "fund.establish": phrase("lade upp en satsning"),
    "installation.begun": phrase("började: första administratören"),
    "key.decide": phrase("beslutade en fördelningsnyckel"),
    "matter.open": phrase("öppnade ett ärende"),
    "membership.chosen": phrase("började arbeta i en roll"),
    "membership.ended": phrase("avslutade en roll"),
    "membership.given": phrase("gav en roll"),
    "membership.prolonged": phrase("förlängde en roll"),
    "organisation.added": phrase("lade upp en organisation"),
    "organisation.changed": phrase("ändrade en organisation"),
    "person.chose": phrase("valde språk eller färger"),
    "person.chose_password": phrase("valde lösenord"),
    "person.deactivated": phrase("stängde ett konto"),
    "person.invited": phrase("lade upp en person"),
    "person.sent_link": phrase("skickade en länk"),
    "person.reactivated": phrase("öppnade ett konto igen"),
    "proposal.register": phrase("registrerade ett förslag"),
    "request.ask": phrase("äskade medel"),
    "use.note": phrase("antecknade en användning"),
    "voucher.post": phrase("bokförde en verifikation"),
}


def deed(action: str) -> str:
    """`membership.given` as "gav en roll"."""
    return gettext(DEEDS[action]) if action in DEEDS else action
