"""What the surroundings say, and every fault in it at once, in words."""

import json

import pytest

from samkraft.project import configuration

RIGHT = {
    "DATABASE_URL": "postgresql://samkraft_app@db.invalid/samkraft",
    "SAMKRAFT_SECRET_KEY": "x" * 60,
    "SAMKRAFT_HOSTS": "samkraft.invalid",
    "SAMKRAFT_SITE_URL": "https://samkraft.invalid",
}
SERVICE = {
    "id": "malmo",
    "name": "Malmö stads inloggning",
    "address": "https://idp.invalid",
    "client": "samkraft",
    "secret": "s",
    "organisation_numbers": ["212000-1124"],
}


def test_a_partys_sign_in_service_is_read_with_the_numbers_it_may_vouch_for() -> None:
    (service,) = configuration.read({**RIGHT, "SAMKRAFT_SIGN_IN_SERVICES": json.dumps([SERVICE])}).sign_in_services
    assert service["settings"] == {"server_url": "https://idp.invalid", "organisation_numbers": ["2120001124"]}


@pytest.mark.parametrize(
    ("services", "said"),
    [
        ("not json", "går inte att läsa"),
        (json.dumps([{"id": "malmo"}]), "går inte att läsa"),
        (json.dumps([{**SERVICE, "address": "http://idp.invalid"}]), "ska börja med https://"),
    ],
)
def test_a_service_that_cannot_be_trusted_or_read_stops_the_start(services: str, said: str) -> None:
    with pytest.raises(configuration.Misconfigured, match=said):
        configuration.read({**RIGHT, "SAMKRAFT_SIGN_IN_SERVICES": services})


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(configuration.Misconfigured) as refused:
        configuration.read({})
    for name in ("SAMKRAFT_SECRET_KEY", "SAMKRAFT_HOSTS", "SAMKRAFT_SITE_URL", "DATABASE_URL"):
        assert name in str(refused.value)
