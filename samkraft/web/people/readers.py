"""Who will read what one is about to write, said beside the field where it is written."""

from django.utils.translation import gettext as _

from samkraft.people.rules.audience import ANSWERS, How
from samkraft.people.rules.categories import Category
from samkraft.people.rules.contents import categories_of


def hint(kind: str, field: str) -> str:
    """A sentence for the field of a kind; empty where the form says it already or nothing needs to be said."""
    answer = ANSWERS.get(f"{kind}.{field}")
    if answer is None:
        return ""
    if answer.how is How.BESIDE:
        return _(
            "Lämnas inte ut av sig själv om det rör hälsa, ersättning eller familj. Andra ser då bara att det hänt."
        )
    if answer.how is not How.OWN_WORDS:
        return ""
    if Category.ENROLMENT in categories_of(kind):
        return _("Läses av alla myndigheter som vet om deltagandet. Skriv inget om hälsa eller ersättning här.")
    if Category.PLAN in categories_of(kind):
        return _("Läses av dem som planen lämnas till. Skriv om hälsa och ersättning i kartläggningen i stället.")
    if Category.EDUCATION in categories_of(kind):
        return _("Läses av dem som personen låter veta om utbildning. Skriv inget om hälsa eller ersättning här.")
    return _("Läses av alla myndigheter som har kontaktuppgifterna.")
