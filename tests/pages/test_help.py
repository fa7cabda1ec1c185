"""Help: a page for every role, links that lead somewhere, both languages, and a way to tell what does not work."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, resolve

from samkraft.partners.rules.fault_reports import MOST_PER_HOUR
from samkraft.partners.rules.roles import Role
from samkraft.web.help import guides
from samkraft.web.help.pages import DONE_WITH, GUIDE_OF_ROLE
from tests.factories import partners, signed_in

FILES = sorted(
    path.relative_to(guides.FOLDER) for shelf in (*guides.SHELVES, "om") for path in (guides.FOLDER / shelf).iterdir()
)
NOT_STAFF = {Role.PARTICIPANT, Role.PROVIDER, Role.EMPLOYER}


@pytest.fixture
def _fresh_limit() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("role", [role for role in Role if role not in NOT_STAFF])
def test_every_role_has_a_help_page(role: Role) -> None:
    assert guides.one(GUIDE_OF_ROLE[role], "sv") is not None


def test_every_file_is_shown_and_has_an_english_twin() -> None:
    names = {str(path) for path in FILES}
    listed = {
        f"{shelf}/{slug}{end}.md" for shelf in guides.SHELVES for slug in guides.ORDER[shelf] for end in ("", ".en")
    }
    about = {f"om/{slug}{end}.md" for slug in ("tillganglighet", "uppgifter") for end in ("", ".en")}
    assert names == listed | about


@pytest.mark.parametrize("file", FILES, ids=str)
def test_links_in_the_guides_lead_to_pages(file: object) -> None:
    text = (guides.FOLDER / str(file)).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert all(link.startswith("/") for link in links), "help links to the product's own pages only"
    for link in links:
        try:
            match = resolve(link)
        except Resolver404:
            pytest.fail(f"{link} leads nowhere")
        if match.view_name == "help:page":
            assert guides.one(match.kwargs["name"], "sv"), link


def test_html_in_a_guide_is_shown_as_text() -> None:
    assert guides._markdown().render("Hej <b>du</b> <script>x</script>") == (
        "<p>Hej &lt;b&gt;du&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;</p>\n"
    )
    assert "javascript:" not in guides._markdown().render("[a](javascript:alert(1))").partition("href")[2]


@pytest.mark.django_db
def test_the_index_begins_with_ones_own_role(client: Client) -> None:
    assert "Din roll" not in client.get("/hjalp/").content.decode()
    signed_in.as_role(client, Role.COMMITTEE_CONTROLLER, "gvn")
    page = client.get("/hjalp/").content.decode()
    assert page.index("Din roll") < page.index("Controller vid en förvaltning") < page.index("Så gör du")


@pytest.mark.django_db
def test_what_ones_role_can_do_stands_before_what_others_do(client: Client) -> None:
    assert set(DONE_WITH) == set(guides.ORDER["sa-gor-du"]), "each guide says who does it"
    assert "Det som andra roller gör" not in client.get("/hjalp/").content.decode()
    signed_in.as_role(client, Role.PROVIDER)
    page = client.get("/hjalp/").content.decode()
    others = page.index("Det som andra roller gör")
    assert page.index("/hjalp/las-in-fran-fil/") < page.index("/hjalp/kortkommandon/") < others
    assert others < page.index("/hjalp/folj-kronan/")
    assert page.count("/hjalp/folj-kronan/") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", [slug for shelf in guides.SHELVES for slug in guides.ORDER[shelf]])
def test_every_guide_is_a_page_in_both_languages(client: Client, name: str) -> None:
    swedish, english = guides.one(name, "sv"), guides.one(name, "en")
    assert swedish is not None
    assert english is not None
    assert f"<h1>{swedish.title}</h1>" in client.get(f"/hjalp/{name}/").content.decode()
    client.cookies["django_language"] = "en"
    assert f"<h1>{english.title}</h1>" in client.get(f"/hjalp/{name}/").content.decode()
    assert swedish.body != english.body


@pytest.mark.django_db
def test_an_unknown_guide_is_not_found(client: Client) -> None:
    assert client.get("/hjalp/finns-inte/").status_code == 404
    assert client.get("/hjalp/tillganglighet/").status_code == 404


@pytest.mark.django_db
def test_how_data_is_handled_is_open_to_everybody(client: Client) -> None:
    assert "Dina rättigheter" in client.get("/uppgifter/").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_fresh_limit")
def test_anybody_can_tell_that_something_does_not_work(client: Client) -> None:
    partners.administrator()
    form = {"text": "Skärmläsaren hoppar över tabellen", "where": "/arshjul/", "reply_to": "lo@exempel.invalid"}
    assert client.post("/tillganglighet/", form).status_code == 303
    assert "Tack." in client.get("/tillganglighet/").content.decode()
    (letter,) = mail.outbox
    assert letter.bcc == ["administrator@exempel.invalid"]
    assert letter.reply_to == ["lo@exempel.invalid"]
    assert "Skärmläsaren hoppar över tabellen" in letter.body


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_fresh_limit")
def test_reports_are_limited_and_the_last_one_keeps_its_text(client: Client) -> None:
    partners.administrator()
    for _number in range(MOST_PER_HOUR):
        assert client.post("/tillganglighet/", {"text": "Trasigt"}).status_code == 303
    response = client.post("/tillganglighet/", {"text": "En för mycket"})
    assert response.status_code == 422
    assert "En för mycket" in response.content.decode()
    assert "Försök igen om en stund" in response.content.decode()
    assert len(mail.outbox) == MOST_PER_HOUR


@pytest.mark.django_db
@pytest.mark.parametrize(
    "form", [{"text": "  "}, {"text": "x" * 5000}, {"text": "Trasigt", "reply_to": "inte en adress"}]
)
def test_a_report_that_cannot_be_sent_comes_back(client: Client, form: dict[str, str]) -> None:
    response = client.post("/tillganglighet/", form)
    assert response.status_code == 422
    assert "Rätta 1 sak" in response.content.decode()
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_guide_leads_the_reader_only_where_the_role_may_go(client: Client) -> None:
    signed_in.as_role(client, Role.EMPLOYMENT_OFFICER)
    assert 'href="/ringlistor/"' in client.get("/hjalp/teamet/").text
    client.logout()
    signed_in.as_role(client, Role.STUDY_COUNSELLOR)
    told = client.get("/hjalp/teamet/").text
    assert 'href="/ringlistor/"' not in told
    assert "Ringlistor" in told
    assert 'href="/hjalp/gor-en-studie/"' in told
