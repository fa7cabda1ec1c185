"""What may be written into a plan: whose step it is, what it may point at, and that nothing waits on itself."""

from collections.abc import Collection, Iterable
from uuid import UUID

from samkraft.partners.rules.roles import Role
from samkraft.people.rules.categories import Category, Release, release_of
from samkraft.people.rules.contents.choices import LIFE_AREA_CATEGORY, LifeArea, Outcome, StepState
from samkraft.people.rules.contents.plans import Step
from samkraft.people.rules.held import Held, latest
from samkraft.people.rules.plans import Plan
from samkraft.values.refusal import Reason
from samkraft.values.wording import phrase

BODY_WITHOUT_ROLE = Reason(
    "plan_body_without_role",
    phrase("{body} har ingen roll i den här insatsen och kan inte ha egna steg i planen."),
    phrase("Be den som leder insatsen att lägga till parten, eller skriv ett eget steg som väntar på den."),
)
NOT_YOUR_PART = Reason(
    "plan_not_your_part",
    phrase("Varje part skriver sina egna steg. Det här steget hör till en annan part."),
    phrase("Skriv ett eget steg och ange vem det väntar på."),
)
UNKNOWN_LINK = Reason(
    "plan_unknown_link",
    phrase("Det som fältet {field} pekar på finns inte."),
    phrase("Ladda om sidan och välj igen."),
)
TELLS_OF_HIDDEN = Reason(
    "plan_tells_of_hidden",
    phrase("Det här lämnas ut till de andra parterna. Då får det inte peka på något som bara lämnas ut ett i taget."),
    phrase("Ta bort kopplingen i fältet {field}, eller välj samma slag av uppgift som det du pekar på."),
)
CIRCULAR = Reason(
    "plan_steps_wait_on_each_other",
    phrase("Stegen väntar på varandra i en ring: {titles}."),
    phrase("Ta bort ett av beroendena."),
)
NO_WORK_STEP = Reason(
    "plan_without_work_step",
    phrase("Planen har inget steg som är riktat mot arbete."),
    phrase("Lägg till ett, eller skriv varför det inte går än."),
)

NOT_PART_OF_PLAN = Reason(
    "plan_not_part_of_it",
    phrase("Det där är varken ett behov, ett mål eller ett steg."),
    phrase("Ladda om sidan och välj igen."),
)

PROGRAMME_OF_ANOTHER = Reason(
    "plan_programme_of_another",
    phrase("Bara en arbetsförmedlare kan skriva in ett programbeslut."),
    phrase("Lämna fältet tomt. Arbetsförmedlaren skriver beslutet i sitt eget steg."),
)


def why_not_programme(step: Step, role: str) -> Reason | None:
    """None when the step carries no programme decision, or is written by who decides about programmes."""
    return None if step.programme is None or role == Role.EMPLOYMENT_OFFICER else PROGRAMME_OF_ANOTHER


def why_not_work_oriented(plan: Plan) -> Reason | None:
    """None when a step is directed at work, or when the goal is sickness compensation; else a question to answer."""
    if any(step.content.work_oriented and step.content.state is not StepState.DROPPED for step in plan.steps):
        return None
    aims = {goal.content.aim for goal in plan.goals}
    return None if aims == {Outcome.SICKNESS_COMPENSATION} else NO_WORK_STEP


def why_not_step(step: Step, *, own_area_id: UUID, writing_areas: Collection[UUID]) -> Reason | None:
    """None when an area may write the step: it is its own, and the area may have steps in the initiative's plans."""
    if step.body_area_id not in writing_areas:
        return BODY_WITHOUT_ROLE
    return None if step.body_area_id == own_area_id else NOT_YOUR_PART


def category_of_need(life_area: LifeArea, writable: Collection[Category]) -> Category:
    """Where a need is kept unless somebody chooses: what it tells of is handed over one at a time, so it is too.

    Who does not write that category keeps it in the plan, and has been told who reads that.
    """
    reveals = LIFE_AREA_CATEGORY[life_area]
    return reveals if release_of(reveals) is Release.PER_ITEM and reveals in writable else Category.PLAN


def why_not_link(
    contributions: Iterable[Held], links: Iterable[UUID], category: str, *, kinds: Collection[str] = ()
) -> Reason | None:
    """None when something of the category may point at these lineages.

    What is released as it is written may not point at what is released item by item: the link in the copy would tell the
    receiver that something is there. A link to what the area does not hold is refused as what does not exist.
    """
    held = {one.lineage: one for one in latest(contributions, *kinds)}
    for link in links:
        if link not in held:
            return UNKNOWN_LINK
        standing = release_of(held[link].category) is Release.STANDING
        if release_of(category) is Release.STANDING and not standing:
            return TELLS_OF_HIDDEN
        if not standing and held[link].category != category:
            return TELLS_OF_HIDDEN
    return None


def ring(plan: Plan, lineage: UUID, depends_on: Iterable[UUID]) -> tuple[str, ...]:
    """The titles of the steps that would wait on each other in a ring; empty when there is none."""
    links = {step.held.lineage: step.depends_on for step in plan.steps} | {lineage: tuple(depends_on)}
    titles = {step.held.lineage: step.content.title for step in plan.steps}
    path: list[UUID] = []

    def leads_back(one: UUID) -> bool:
        path.append(one)
        for other in links.get(one, ()):
            if other == lineage or (other not in path and leads_back(other)):
                return True
        path.pop()
        return False

    return tuple(titles.get(one, "–") for one in path) if leads_back(lineage) else ()
