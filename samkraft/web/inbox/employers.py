"""What waits about employers and invitations: to be in touch, to confirm what an employer says, who has not answered."""

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkraft.people.queries import employer_inboxes
from samkraft.values.context import Context
from samkraft.web.inbox.item import Item


def items(by: Context, today: date) -> list[Item]:
    """One item for each thing to do."""
    group = _("Arbetsgivare")
    found = [
        Item(_("Hör av dig till {name}").format(name=name), _("Du skrev att ni skulle höras"),
             reverse("employers:employer", args=[employer_id]), group, due_date=day)
        for employer_id, name, day in employer_inboxes.to_contact(by, today)
    ]  # fmt: skip
    found += [
        Item(_("{name}: arbetsgivaren har svarat").format(name=name or _("Namn saknas")),
             _("Bekräfta svaret, så kommer det in i planen"), reverse("employers:person", args=[person_id]), group,
             since_date=day, person_id=str(person_id))
        for _invitation, person_id, name, day in employer_inboxes.to_confirm(by)
    ]  # fmt: skip
    found += [
        Item(_("{name} har inte valt någon tid").format(name=name or _("Namn saknas")),
             _("Ring, eller bjud in igen"), reverse("invitations:person", args=[person_id]), _("Deltagare"),
             due_date=day, person_id=str(person_id))
        for person_id, name, day in employer_inboxes.unanswered(by, timezone.now())
    ]  # fmt: skip
    return found


def number(by: Context, today: date) -> int:
    """How many: the same conditions, counted in one statement."""
    return employer_inboxes.number(by, today, timezone.now())
