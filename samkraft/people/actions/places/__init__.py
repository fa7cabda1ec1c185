"""A place in an activity: queued for, offered, proposed, answered, held."""
