"""Outside the demo: password, second factor, lock-out and one-time links."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from samkraft.partners.actions import invitations
from samkraft.partners.rules.roles import Role
from tests.factories import codes, partners

pytestmark = pytest.mark.django_db
PASSWORD = "korrekt häst batteri häftapparat"


@pytest.fixture(autouse=True)
def _not_the_demo(settings: Any) -> None:
    settings.DEMO = False
    cache.clear()


@pytest.fixture
def member() -> partners.Member:
    """Someone with a role and a password."""
    made = partners.member(Role.COUNCILLOR)
    token = invitations.link(made.user_id).rstrip("/").rpartition("/")[2]
    invitations.accept(user_id=made.user_id, token=token, password=PASSWORD)
    return made


def _email(member: partners.Member) -> str:
    return str(get_user_model().objects.get(id=member.user_id).email)


def _password(client: Client, member: partners.Member, password: str = PASSWORD) -> Any:
    return client.post("/logga-in/losenord/", {"login": _email(member), "password": password})


def _give_codes(member: partners.Member) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(get_user_model().objects.get(id=member.user_id), secret)
    return str(secret)


def test_the_demos_people_do_not_exist_outside_the_demo(client: Client) -> None:
    assert client.post("/logga-in/demo/", {"person": "karin.wahl@exempel.invalid"}).status_code == 404
    page = client.get("/logga-in/").content.decode()
    assert "Vem vill du vara?" not in page
    assert "Med nyckel" in page


def test_a_password_alone_opens_only_the_page_that_sets_up_a_second_factor(
    client: Client, member: partners.Member
) -> None:
    assert _password(client, member).headers["Location"] == "/"
    for path in ("/", "/organisationer/", "/logga-in/roll/", "/konto/", "/konto/losenord/", "/mal/"):
        assert client.get(path).headers["Location"] == "/konto/andra-faktorn/", path
    assert "En sak till innan du börjar" in client.get("/konto/andra-faktorn/").content.decode()


def test_nothing_can_be_posted_before_the_second_factor_either(client: Client, member: partners.Member) -> None:
    _password(client, member)
    answer = client.post("/logga-in/roll/", {"choose": str(member.membership_id)})
    assert answer.headers["Location"] == "/konto/andra-faktorn/"
    assert "membership" not in client.session


def test_codes_are_set_up_with_what_the_page_shows_and_then_the_way_is_open(
    client: Client, member: partners.Member
) -> None:
    _password(client, member)
    page = client.get("/konto/kod/").content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert secret is not None
    assert "data:image/svg+xml" in page
    wrong = client.post("/konto/kod/", {"code": "000000"}).content.decode()
    assert "Koden stämmer inte" in wrong
    answer = client.post("/konto/kod/", {"code": codes.shown(secret[1])})
    assert answer.headers["Location"] == "/konto/reservkoder/"
    assert "Varje kod går att använda en gång" in client.get("/konto/reservkoder/").content.decode()
    assert client.get("/organisationer/").status_code == 200


def test_with_codes_the_password_leads_to_the_code_and_no_further(client: Client, member: partners.Member) -> None:
    secret = _give_codes(member)
    assert _password(client, member).headers["Location"].startswith("/logga-in/kod/")
    assert client.get("/organisationer/").headers["Location"].startswith("/logga-in/?next=")
    assert "Lösenordet stämmer" in client.get("/logga-in/kod/").content.decode()
    assert "Koden stämmer inte" in client.post("/logga-in/kod/", {"code": "000000"}).content.decode()
    client.post("/logga-in/kod/", {"code": codes.shown(secret)})
    assert client.get("/organisationer/").status_code == 200


@pytest.mark.parametrize(("steps", "inside"), [(-3, False), (1, True), (3, False)])
def test_a_code_from_a_clock_half_a_minute_off_holds_and_no_other(
    client: Client, member: partners.Member, steps: int, inside: bool
) -> None:
    secret = _give_codes(member)
    _password(client, member)
    client.post("/logga-in/kod/", {"code": codes.shown(secret, steps)})
    assert (client.get("/organisationer/").status_code == 200) is inside


def test_a_recovery_code_works_once(client: Client, member: partners.Member) -> None:
    _give_codes(member)
    spare = RecoveryCodes.activate(get_user_model().objects.get(id=member.user_id)).get_unused_codes()
    _password(client, member)
    client.post("/logga-in/kod/", {"code": spare[0]})
    assert client.get("/organisationer/").status_code == 200
    client.post("/logga-ut/")
    _password(client, member)
    assert "Koden stämmer inte" in client.post("/logga-in/kod/", {"code": spare[0]}).content.decode()


def test_guessing_codes_is_stopped(client: Client, member: partners.Member) -> None:
    secret = _give_codes(member)
    _password(client, member)
    for _guess in range(10):
        client.post("/logga-in/kod/", {"code": "000000"})
    answer = client.post("/logga-in/kod/", {"code": codes.shown(secret)})
    assert "För många försök" in answer.content.decode()


def test_the_last_factor_cannot_be_taken_away(client: Client, member: partners.Member) -> None:
    secret = _give_codes(member)
    _password(client, member)
    client.post("/logga-in/kod/", {"code": codes.shown(secret)})
    answer = client.post("/konto/kod/bort/")
    assert answer.status_code == 200
    assert "Den sista faktorn går inte att ta bort" in answer.content.decode()
    assert Authenticator.objects.filter(user_id=member.user_id, type="totp").exists()


def test_a_wrong_password_says_so_without_saying_which_was_wrong(client: Client, member: partners.Member) -> None:
    said = _password(client, member, "fel lösenord helt").content.decode()
    unknown = client.post("/logga-in/losenord/", {"login": "ingen@exempel.invalid", "password": "x"}).content.decode()
    assert "Adressen eller lösenordet stämmer inte" in said
    assert "Adressen eller lösenordet stämmer inte" in unknown


def test_after_many_wrong_passwords_the_right_one_has_to_wait(client: Client, member: partners.Member) -> None:
    for _guess in range(8):
        answer = _password(client, member, "fel lösenord helt")
    assert answer.status_code == 429
    assert "Vänta en kvart" in answer.content.decode()
    assert _password(client, member).status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_closed_account_does_not_sign_in(client: Client, member: partners.Member) -> None:
    from samkraft.partners.actions import people

    people.deactivate(by=partners.administrator(), user_id=member.user_id)
    _password(client, member)
    assert "_auth_user_id" not in client.session


def test_an_invitation_leads_from_the_letter_to_the_second_factor(client: Client, mailoutbox: list[Any]) -> None:
    member = partners.member(Role.COUNCILLOR)
    invitations.send(member.user_id)
    link = re.search(r"http\S+/valkommen/\S+", mailoutbox[0].body)
    assert link is not None
    path = "/valkommen/" + link[0].partition("/valkommen/")[2]
    shown = client.get(path)
    assert "Välj lösenord" in shown.content.decode()
    assert shown["Referrer-Policy"] == "strict-origin", "no-referrer makes browsers' forms look forged"
    differing = client.post(path, {"password": PASSWORD, "again": "något annat långt"}).content.decode()
    assert "Det är inte samma lösenord" in differing
    weak = client.post(path, {"password": "kort", "again": "kort"}).content.decode()
    assert "Lösenordet går inte att använda" in weak
    assert client.post(path, {"password": PASSWORD, "again": PASSWORD}).headers["Location"] == "/logga-in/losenord/"
    assert client.get(path).status_code == 410
    assert _password(client, member).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/konto/andra-faktorn/"


def test_a_link_never_leads_past_the_second_factor(
    client: Client, member: partners.Member, mailoutbox: list[Any]
) -> None:
    _give_codes(member)
    client.post("/logga-in/glomt/", {"email": _email(member)})
    path = "/valkommen/" + mailoutbox[0].body.partition("/valkommen/")[2].split()[0]
    client.post(path, {"password": "ett helt nytt långt lösenord", "again": "ett helt nytt långt lösenord"})
    answer = _password(client, member, "ett helt nytt långt lösenord")
    assert answer.headers["Location"].startswith("/logga-in/kod/")


def test_the_answer_about_a_forgotten_password_is_the_same_for_everybody(
    client: Client, member: partners.Member
) -> None:
    known = client.post("/logga-in/glomt/", {"email": _email(member)}).content.decode()
    unknown = client.post("/logga-in/glomt/", {"email": "ingen@exempel.invalid"}).content.decode()
    mask = re.compile(r"csrfmiddlewaretoken\" value=\"[^\"]+\"")
    assert mask.sub("", known.replace(_email(member), "A")) == mask.sub(
        "", unknown.replace("ingen@exempel.invalid", "A")
    )


# --- what others would notice


@pytest.mark.parametrize("language", ["sv", "en"])
def test_whoever_changes_the_second_factor_gets_a_letter_about_it(
    client: Client,
    member: partners.Member,
    mailoutbox: list[Any],
    language: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    get_user_model().objects.filter(id=member.user_id).update(language=language)
    _password(client, member)
    secret = re.search(r"<code>([A-Z2-7]+)</code>", client.get("/konto/kod/").content.decode())
    assert secret is not None
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/kod/", {"code": codes.shown(secret[1])})
    (letter,) = mailoutbox
    assert letter.to == [_email(member)]
    if language == "sv":
        assert letter.subject == "Ditt sätt att logga in i Samkraft har ändrats"
        assert "Inloggning med kod från en app har lagts till." in letter.body
        assert "/konto/" in letter.body
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/reservkoder/nya/")
    assert len(mailoutbox) == 2


def test_every_change_of_factor_that_the_library_tells_of_has_words() -> None:
    from pathlib import Path

    import allauth

    from samkraft.web.sign_in import notices

    sources = (Path(allauth.__file__).parent / "mfa").rglob("*.py")
    told = {name for file in sources for name in re.findall(r'"(mfa/email/\w+)"', file.read_text(encoding="utf-8"))}
    assert len(told) >= 5
    assert told <= notices.CHANGES.keys()


def test_a_mail_server_that_is_away_does_not_stop_the_change(
    client: Client,
    member: partners.Member,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    _password(client, member)
    secret = re.search(r"<code>([A-Z2-7]+)</code>", client.get("/konto/kod/").content.decode())
    assert secret is not None
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/konto/kod/", {"code": codes.shown(secret[1])})
    assert answer.headers["Location"] == "/konto/reservkoder/"
    assert "the letter about a changed sign-in was not sent" in caplog.text
