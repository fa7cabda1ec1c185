"""Requests to be given documents: the list, one with its documents, the test of each, and what leaves."""
