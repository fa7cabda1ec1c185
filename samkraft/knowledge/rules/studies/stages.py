"""Where a study is: a fold over its events. Nothing is stored as truth, and nothing is taken back."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from samkraft.knowledge.rules.studies import registrations
from samkraft.knowledge.rules.studies.registrations import Registration
from samkraft.values.period import day_in_stockholm
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase


class Kind(StrEnum):
    """What happens to a study, in the order in which it can happen."""

    REGISTERED = "registered"
    LIST_PUBLISHED = "list_published"
    DRAWN = "drawn"
    FROZEN = "frozen"
    ESTIMATED = "estimated"
    PUBLISHED = "published"


KIND_NAMES = {
    Kind.REGISTERED: phrase("Registrerad"),
    Kind.LIST_PUBLISHED: phrase("Lista och regel publicerade"),
    Kind.DRAWN: phrase("Lotten dragen"),
    Kind.FROZEN: phrase("Fryst"),
    Kind.ESTIMATED: phrase("Skattad"),
    Kind.PUBLISHED: phrase("Publicerad"),
}
ORDER = tuple(Kind)

NO_SUCH_STUDY = Reason("no_such_study", phrase("Studien finns inte."), phrase("Gå till listan över studier."))
FROZEN_ALREADY = Reason(
    "study_frozen",
    phrase("Studien är fryst. Varken registrering, lista eller lott ändras efter det."),
    phrase("Vill du ändra något: registrera en ny studie. Den här står kvar som den är."),
)
SOMEBODY_ELSE = Reason(
    "study_somebody_else",
    phrase("Någon annan hann före. Studien har gått vidare medan sidan var öppen."),
    phrase("Ladda om sidan och läs vad som har hänt."),
)
NOT_YET = Reason(
    "study_not_yet",
    phrase("Det går inte än. Först kommer: {step}."),
    phrase("Stegen görs i ordning. Följ raden överst på studiens sida."),
)
DONE_ALREADY = Reason(
    "study_done_already",
    phrase("Det är redan gjort: {step}."),
    phrase("En ny lista eller en ny dragning kräver en ny registrering."),
)
LIST_OTHER_SIZE = Reason(
    "study_list_other_size",
    phrase("Listan har {women} kvinnor och {men} män. Det räcker inte till {places} platser, hälften till var grupp."),
    phrase("Registrera en ny version med färre platser, eller läs in en längre lista."),
)
LIST_CHANGED = Reason(
    "study_list_changed",
    phrase("Listan är inte den som publicerades: någon har tagits bort från den."),
    phrase("Registrera en ny version av studien, läs in listan på nytt och publicera den. Dra sedan med ett nytt frö."),
)
SEED_IN_THE_FUTURE = Reason(
    "study_seed_in_the_future", phrase("Fröet kan inte ha blivit känt efter nu."), phrase("Ändra tiden.")
)
TOO_EARLY = Reason(
    "study_too_early",
    phrase("Uppföljningen är inte över förrän {date}. Ingen ser efter innan dess."),
    phrase("Vänta. Den som ser efter i förtid frestas att sluta när det ser bra ut."),
)
ALREADY_ESTIMATED = Reason(
    "study_estimated",
    phrase("Studien är redan skattad, en gång, som den registrerades."),
    phrase("Publicera resultatet."),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. place: from 1. version: which registration it is about. digest: over all events so far."""

    place: int
    version: int
    kind: Kind
    content: Mapping[str, Any]
    digest: str
    at: datetime
    by: str
    id: Any = None


@dataclass(frozen=True, slots=True)
class Study:
    """A study as its events tell it. registration: the latest. registration_id: that event's, which a call list names."""

    events: tuple[Event, ...]

    def last(self, kind: Kind) -> Event | None:
        """The latest event of a kind, of the registration that holds; None when it has not happened."""
        return next((one for one in reversed(self.events) if one.kind is kind and one.version == self.version), None)

    @property
    def version(self) -> int:
        """The registration that holds."""
        return max((one.version for one in self.events), default=0)

    @property
    def registered(self) -> Event:
        """The registration that holds, as it happened."""
        found = self.last(Kind.REGISTERED)
        assert found is not None
        return found

    @property
    def registration(self) -> Registration:
        """What was promised."""
        return registrations.from_json(self.registered.content)

    @property
    def stage(self) -> Kind:
        """How far it has come."""
        return max((one.kind for one in self.events if one.version == self.version), key=ORDER.index)

    @property
    def is_published(self) -> bool:
        """Whether its results may be read by all who see results."""
        return self.last(Kind.PUBLISHED) is not None

    @property
    def follow_up_date(self) -> date | None:
        """The day of the follow-up: so long after the lot as was promised."""
        drawn = self.last(Kind.DRAWN)
        if drawn is None:
            return None
        return day_in_stockholm(drawn.at) + timedelta(days=self.registration.horizon_days)


def why_not(study: Study, kind: Kind) -> tuple[Reason, str] | None:
    """None when a step can be taken now; else why not, and the name of the step that it is about."""
    frozen = study.last(Kind.FROZEN)
    if kind in (Kind.REGISTERED, Kind.LIST_PUBLISHED, Kind.DRAWN) and frozen is not None:
        return FROZEN_ALREADY, ""
    if kind is Kind.REGISTERED:
        return None
    if study.last(kind) is not None:
        if kind is Kind.FROZEN:
            return FROZEN_ALREADY, ""
        return (ALREADY_ESTIMATED, "") if kind is Kind.ESTIMATED else (DONE_ALREADY, KIND_NAMES[kind])
    before = ORDER[ORDER.index(kind) - 1]
    return None if study.last(before) is not None else (NOT_YET, KIND_NAMES[before])


def digest(before: str, kind: Kind, version: int, content: Mapping[str, Any]) -> str:
    """What stands for all that has happened to a study: the digest of the one before and what came."""
    text = json.dumps(
        [before, kind.value, version, _as_kept(content)], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _as_kept(value: Any) -> Any:
    """As the database gives it back: it knows no minus before nought."""
    if isinstance(value, Mapping):
        return {name: _as_kept(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_as_kept(one) for one in value]
    return value + 0.0 if isinstance(value, float) else value


def first_broken(events: Sequence[Event]) -> int | None:
    """The place of the first event whose digest does not follow from those before; None when the whole trail holds."""
    before = ""
    for one in events:
        before = digest(before, one.kind, one.version, one.content)
        if before != one.digest:
            return one.place
    return None
