"""Where the search looks: one source for each kind of thing.

To add one: write a function from who reads and the words to a Group (or None), and put it in `registered`. A source asks
its domain's queries, which give only what the reader may see.
"""

from collections.abc import Callable

from samkraft.values.context import Context
from samkraft.web.search import help_pages, money, partners, people, undertakings
from samkraft.web.search.hits import Group

Source = Callable[[Context, list[str]], Group | None]


def registered() -> tuple[Source, ...]:
    """All sources, in the order that they are shown."""
    return (
        people.participants,
        money.matters,
        money.funds,
        partners.organisations,
        partners.people,
        undertakings.goals,
        undertakings.initiatives,
        undertakings.duties,
        help_pages.pages,
    )


def find(by: Context, words: list[str]) -> list[Group]:
    """What every source finds."""
    return [found for source in registered() if (found := source(by, words)) is not None]
