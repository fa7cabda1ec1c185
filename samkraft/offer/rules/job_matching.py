"""Whether a job suits a wish, with the reason for each yes and each no. Knows a wish, never whose it is.

Words are compared by their beginnings, since Swedish writes words together: "kök" meets "köksbiträde". A word that is
not met is no reason against: who wants to work in a kitchen may want something else too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Point(StrEnum):
    """What is compared."""

    OCCUPATION = "occupation"
    SKILLS = "skills"
    SCOPE = "scope"
    EXPERIENCE = "experience"
    LICENCE = "licence"
    LANGUAGE = "language"


# Words that say what somebody does rather than in what, and endings that carry no meaning of their own.
_EMPTY_WORDS = (
    "jag vill kan ha ett en att och eller i på med som för till av inom helst gärna få jobb jobba arbete arbeta "
    "arbetar yrke mål det den de är har inte mer bli blir min mitt mina kommer tid heltid deltid nära där också "
    "vara fast anställning praktik plats utbildning andra någon något varje dag timmar vecka hem hel hela klara "
    "orka orkar prata svenska familj "
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
# What a word of a goal also means among occupations, by its beginning: written down, so that anybody can see why.
RELATED: dict[str, tuple[str, ...]] = {
    "barn": ("förskol", "barnsköt", "elevassist"), "mat": ("kök", "kock", "servering", "restaurang"),
    "laga": ("kök", "kock"), "kök": ("kock", "restaurang", "måltid"), "städ": ("lokalvård", "hotellstäd"),
    "äldre": ("hemtjänst", "vårdbiträd", "undersköt", "omsorg"), "vård": ("undersköt", "hemtjänst", "omsorg"),
    "bilar": ("rekond", "chauff", "mekanik", "verkstad"), "bil": ("rekond", "chauff", "mekanik"),
    "köra": ("chauff", "förare", "distribution"), "lager": ("plock", "truck", "terminal"), "butik": ("kassa", "säljare"),
    "sälja": ("butik", "säljare", "kundtjänst"), "kontor": ("administr", "kundtjänst", "reception"),
    "trädg": ("park", "odling", "anlägg"), "bygga": ("bygg", "snickar", "anlägg"), "natur": ("park", "trädg"),
    "sy": ("sömn", "textil"), "skruv": ("verkstad", "mekanik", "montör"), "datorer": ("support", "it"),
    "hotel": ("frukost", "reception"), "baka": ("bagar", "bageri", "kondit"),
}  # fmt: skip
_LEAST = 3
_STEM = 5


@dataclass(frozen=True, slots=True)
class JobWish:
    """What is looked for, in words: of the goal and the steps, of what the person can, and how much the person can work."""

    goal: str
    can: str = ""
    languages: frozenset[str] = frozenset()
    hours_a_week: int | None = None
    has_experience: bool = False
    has_licence: bool | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job, advertised or told of: what it is called, what it asks for, and how much of full time it is."""

    key: str
    words: str
    needed: tuple[str, ...]
    scope_from: int | None
    scope_to: int | None
    needs_experience: bool
    needs_licence: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one point came to. `word` is what met, or what is missing."""

    point: Point
    is_met: bool
    word: str = ""


@dataclass(frozen=True, slots=True)
class JobMatch:
    """A job with its verdicts. It fits when it is in the direction of the goal and nothing speaks against it."""

    job: Job
    verdicts: tuple[Verdict, ...]

    @property
    def fits(self) -> bool:
        """Whether every point is met."""
        return all(one.is_met for one in self.verdicts)

    @property
    def in_direction(self) -> bool:
        """Whether the goal's words meet the job's."""
        return any(one.point is Point.OCCUPATION and one.is_met for one in self.verdicts)

    @property
    def against(self) -> int:
        """How many points speak against."""
        return sum(not one.is_met for one in self.verdicts)


def stems(text: str, *, of_goal: bool = True) -> set[str]:
    """The beginnings of the words that carry meaning. What a goal says of everything may be just what a job asks for."""
    found = re.findall(r"[a-zåäöéü]+", text.casefold())
    return {word[:_STEM] for word in found if len(word) >= _LEAST and not (of_goal and word in _EMPTY)}


def match(wish: JobWish, jobs: Iterable[Job]) -> list[JobMatch]:
    """Those in the direction of the goal, those that fit first, then by how little speaks against; ties by the key."""
    judged = [_judge(wish, job) for job in jobs]
    near = [one for one in judged if one.in_direction]
    return sorted(near, key=lambda one: (not one.fits, one.against, one.job.key))


def _judge(wish: JobWish, job: Job) -> JobMatch:
    verdicts = [_occupation(wish, job)]
    missing = [need for need in job.needed if not _can(need, wish)]
    if job.needed:
        verdicts.append(Verdict(Point.SKILLS, not missing, ", ".join(missing or job.needed)))
    if wish.hours_a_week is not None and (job.scope_from or job.scope_to):
        least = job.scope_from or job.scope_to or 100
        verdicts.append(Verdict(Point.SCOPE, wish.hours_a_week * 100 >= least * 40, str(least)))
    if job.needs_experience:
        verdicts.append(Verdict(Point.EXPERIENCE, wish.has_experience))
    if job.needs_licence and wish.has_licence is not None:
        verdicts.append(Verdict(Point.LICENCE, wish.has_licence))
    return JobMatch(job, tuple(verdicts))


def _occupation(wish: JobWish, job: Job) -> Verdict:
    wanted, there = stems(wish.goal), re.findall(r"[a-zåäöéü]+", job.words.casefold())
    related = {
        more for stem in wanted for key, found in RELATED.items() if stem.startswith(key[:_STEM]) for more in found
    }
    for word in there:
        for stem in sorted(wanted):
            if word.startswith(stem) or (len(word) >= _STEM and stem.startswith(word[:_STEM])):
                return Verdict(Point.OCCUPATION, True, word)
            # "lagerarbete" is written together: what one looks for may stand last in the word.
            if len(stem) >= _STEM - 1 and stem in word:
                return Verdict(Point.OCCUPATION, True, word)
        if any(word.startswith(more) for more in related):
            return Verdict(Point.OCCUPATION, True, word)
    return Verdict(Point.OCCUPATION, False)


def _can(need: str, wish: JobWish) -> bool:
    asked = stems(need, of_goal=False)
    known = stems(wish.can, of_goal=False) | {one[:_STEM] for one in wish.languages}
    return bool(asked) and asked <= known
