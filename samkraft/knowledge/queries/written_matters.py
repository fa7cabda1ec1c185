"""A matter's written text (tjänsteskrivelse), drafted from its latest proposal, and what reading it again gives."""

from dataclasses import dataclass
from uuid import UUID

from samkraft.knowledge.rules import written_matter as rules
from samkraft.knowledge.rules.documents import plain_text
from samkraft.knowledge.rules.documents.parts import Document
from samkraft.money.queries import letters
from samkraft.money.rules import point_sentences
from samkraft.money.rules.point_sentences import Differs
from samkraft.partners.queries import organisations
from samkraft.values.context import Context


@dataclass(frozen=True, slots=True)
class Drafted:
    """The document, and the points that do not read back to what is stored (none: all of them do)."""

    matter_id: UUID
    case_number: str
    title: str
    points: int
    document: Document
    differs: tuple[Differs, ...]


def of_matter(*, by: Context, matter_id: UUID) -> Drafted | None:
    """The draft; None for a matter without a proposal."""
    letter = letters.of_matter(by=by, matter_id=matter_id)
    if letter is None:
        return None
    city = organisations.by_code("malmo")
    document = rules.compose(letter, city=city.name if city else "Malmö stad")
    differs = point_sentences.differences(plain_text.write(document), letter.points, letter.decider)
    return Drafted(letter.matter_id, letter.case_number, letter.title, len(letter.points), document, tuple(differs))
