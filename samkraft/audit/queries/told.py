"""What other domains may ask the trail about their own events, without knowing its tables."""

from collections.abc import Iterator

from samkraft.audit.models import Event, Thinning

_SEVERAL = 2000


def contents(*, action: str, subject_kind: str) -> Iterator[tuple[str, str]]:
    """Subject id and content (JSON) of every event of an action, as far as the reader may see and nothing is thinned."""
    events = Event.objects.filter(action=action, subject_kind=subject_kind).order_by()
    yield from events.values_list("subject_id", "content").iterator(chunk_size=_SEVERAL)


def has_been_thinned() -> bool:
    """Whether any content has been taken out by a decision: then what is missing may be missing rightly."""
    return Thinning.objects.exists()
