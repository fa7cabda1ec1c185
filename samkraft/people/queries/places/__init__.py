"""Places in activities and the queues to them."""
