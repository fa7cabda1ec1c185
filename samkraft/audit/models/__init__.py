"""What was done and read, by whom and why. Append-only; sealed in batches."""

from samkraft.audit.models.events import Event
from samkraft.audit.models.seals import Seal, SealedDigest, Thinning
from samkraft.audit.models.times import TimeTravel

__all__ = ["Event", "Seal", "SealedDigest", "Thinning", "TimeTravel"]
