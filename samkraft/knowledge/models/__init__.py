"""What is worked out from money and people together: figures as they were, what was released, composed documents."""

from samkraft.knowledge.models.figures import Binding, Release, Series, Snapshot

__all__ = ["Binding", "Release", "Series", "Snapshot"]
