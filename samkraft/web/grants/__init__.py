"""Grants: the city office and its assessors on one side, the organisation on the other."""
