"""`samkraft import`: the same trial and the same no as on the page; nothing is kept without --load."""

import json
from pathlib import Path

import pytest

from samkraft.operations import command
from samkraft.partners.rules.roles import Role
from samkraft.people.models import ImportedFile
from tests.factories import partners

pytestmark = pytest.mark.django_db
HEADS = "Personnr;Namn;Sökandekategori;Anvisningsdatum\n"


def test_a_file_is_tried_and_read_in_by_somebody_who_may(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    officer = partners.member(Role.EMPLOYMENT_OFFICER)
    provider = partners.member(Role.PROVIDER)
    file = tmp_path / "ais.csv"
    file.write_text(HEADS + "199006022397;Haddad, Amira;11;2026-03-31\n;Ek Åsa;11;31/3 2026\n", encoding="latin-1")
    words = ["import", "referrals", str(file), "--as", _email(officer)]
    assert command.main([*words, "--load"]) == command.FOUND_WRONG
    assert "rad 3, Namn: Det framgår inte vilket som är efternamnet." in capsys.readouterr().out
    file.write_text(HEADS + "199006022397;Haddad, Amira;11;2026-03-31\n", encoding="utf-8")
    assert command.main(words) == command.FINE
    assert "Inget är sparat" in capsys.readouterr().out
    assert ImportedFile.objects.count() == 0
    assert command.main([*words, "--load", "--json"]) == command.FINE
    told = json.loads(capsys.readouterr().out)
    assert (told["shape"], told["rows"], told["read_in"]) == ("ais", 1, True)
    assert command.main([*words, "--load"]) == command.BAD_USE
    assert "Samma uppgifter lästes in" in capsys.readouterr().err
    assert command.main(["import", "referrals", str(file), "--as", _email(provider)]) == command.BAD_USE
    assert command.main(["import", "referrals", str(tmp_path / "ingen.csv"), "--as", "x"]) == command.BAD_USE


def _email(member: partners.Member) -> str:
    from django.contrib.auth import get_user_model

    return str(get_user_model().objects.get(id=member.user_id).email)
