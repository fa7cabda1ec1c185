"""One who waits, as a proposal of places may know it: days and numbers, no word and no key that leads back."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class InLine:
    """An entry in a queue. Rows come in the queue's order.

    `key` is the entry and `person` whoever it is, by numbers drawn for one proposal: the same person has the same number in
    two queues of one proposal, and another in the next. `priority_class` 99: none of the criteria. `waited` is days since
    joining. `sex` is woman, man, or empty when it is not known or not to be told. `after` are entries of the same person
    whose place comes first, by the plan. `may_have` are occasions that the queue's own rules open and that collide with
    nothing the person has. `lock` is which of the locked entries it is, from 1. `had` is what an earlier proposal gave it.
    """

    key: int
    person: int
    activity_id: UUID
    priority_class: int
    waited: int
    sex: str
    after: tuple[int, ...]
    may_have: tuple[UUID, ...]
    lock: int | None = None
    had: UUID | None = None
