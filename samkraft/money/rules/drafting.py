"""From a split or from proposed requests to the points of a proposal, in the words that such points have. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from samkraft.money.rules.points import Support, Verb
from samkraft.money.rules.posting import ItemDraft, PointDraft
from samkraft.values import kronor
from samkraft.values.refusal import Reason, Refused
from samkraft.values.wording import phrase

NO_KEY = Reason(
    "no_key",
    phrase("{fund} har ingen fördelningsnyckel som gäller {year}."),
    phrase("Registrera en nyckel för den tiden först."),
)
NO_BUDGET = Reason(
    "no_budget",
    phrase("{fund} har ingen budget för {year}, eller en vars storlek är okänd."),
    phrase("Registrera fullmäktiges budget först."),
)
ALL_GIVEN = Reason(
    "all_given",
    phrase("Hela budgeten för {fund} {year} är redan fördelad."),
    phrase("Öppna årets ärenden om något ska ändras."),
)
NOTHING_PROPOSED = Reason(
    "nothing_proposed",
    phrase("Inget äskande för {fund} {year} har ett föreslaget belopp som inte redan är med i ett ärende."),
    phrase("Föreslå belopp för minst ett äskande först."),
)
OVER_BUDGET = Reason(
    "over_budget",
    phrase("De föreslagna beloppen är tillsammans {proposed}, men bara {left} är kvar av budgeten."),
    phrase("Sänk något belopp, eller registrera en höjd budget."),
)


@dataclass(frozen=True, slots=True)
class Share:
    """What one receiver is to get, in öre. `request_id` and `purpose` when it answers a request."""

    receiver_id: UUID
    receiver_name: str
    amount_ore: int
    purpose: str = ""
    request_id: UUID | None = None


def points(
    shares: Sequence[Share],
    *,
    decider_name: str,
    decider_id: UUID,
    fund_id: UUID,
    fund_name: str,
    year: int,
    appropriation: str,
) -> list[PointDraft]:
    """One numbered point for each receiver. Who decides gives itself money in so many words."""
    return [
        PointDraft(
            number=str(number),
            verb=Verb.ALLOCATES,
            text=_sentence(share, decider_name, decider_id, fund_name, year),
            items=(
                ItemDraft(
                    receiver_id=share.receiver_id,
                    amount_ore=share.amount_ore,
                    year=year,
                    purpose=share.purpose[:300],
                    fund_id=fund_id,
                    appropriation=appropriation,
                    support=Support.FRAME,
                    request_id=share.request_id,
                ),
            ),
        )
        for number, share in enumerate((share for share in shares if share.amount_ore > 0), start=1)
    ]


def _sentence(share: Share, decider_name: str, decider_id: UUID, fund_name: str, year: int) -> str:
    receiver = "sig själv" if share.receiver_id == decider_id else share.receiver_name.lower()
    amount = kronor.in_words(share.amount_ore).removesuffix("kr") + "kronor"
    purpose = f" till {share.purpose}" if share.purpose else ""
    return f"{decider_name} tilldelar {receiver} {amount} år {year} för {fund_name}{purpose}."


def refuse_over(shares: Sequence[Share], left_ore: int | None) -> None:
    """Refuse more than what is left of a budget that is known."""
    proposed = sum(share.amount_ore for share in shares)
    if left_ore is not None and proposed > left_ore:
        raise Refused(OVER_BUDGET, proposed=kronor.in_words(proposed), left=kronor.in_words(left_ore))
