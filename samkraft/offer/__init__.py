"""Activities, occasions with places, providers: what there is to offer. Knows no person; who waits is known in `people`."""
