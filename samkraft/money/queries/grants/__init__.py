"""Grants to organisations, as the city, the organisation and anybody may read them."""
