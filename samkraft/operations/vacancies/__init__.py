"""Vacancies from a service outside: the only thing here that asks another host, and only when it is configured."""
