"""Places: the catalogue, queues and occasions, a person's places, and the provider's sessions."""
