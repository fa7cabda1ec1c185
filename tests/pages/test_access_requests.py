"""The pages of a request for documents: from the request to the letter, for those who may, and nothing for the rest."""

from typing import Any

import pytest
from django.urls import reverse

from samkraft.money.actions import matters
from samkraft.partners.rules.roles import Role
from tests.factories import partners, signed_in
from tests.factories.signed_in import sign_in

pytestmark = pytest.mark.django_db


def _text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_a_request_goes_from_the_desk_to_the_letter(client: Any) -> None:
    officer = partners.member(Role.FUND_OFFICER)
    document = matters.receive(by=officer.context, kind="anbud", title="Anbudet", text="Priset är 412 000 kronor.")
    sign_in(client, officer)
    made = signed_in.send(client, reverse("access:new"), words="Anbudet om coachning", way="email", answer_to="")
    url = made.headers["Location"]
    assert "Anbudet om coachning" in _text(client.get(url))
    assert "Anbudet</a>" in _text(client.get(url, {"sok": "412"}))
    assert "Ingen handling" in _text(client.get(url, {"sok": "finns inte"}))
    request_id = url.strip("/").split("/")[-1]
    weigh = reverse("access:weigh", args=[request_id, document])
    assert "412 000" in _text(client.get(weigh))
    refused = signed_in.send(client, weigh, result="masked", passage1="999", why1="31:16", harm="Skada")
    assert "står inte i handlingen" in _text(refused)
    assert "999</textarea>" in _text(refused)
    assert (
        signed_in.send(
            client, weigh, result="masked", passage1="412 000 kronor", why1="31:16", harm="Skada"
        ).status_code
        == 303
    )
    assert (
        signed_in.send(client, reverse("access:move", args=[request_id, "besvara"]), **{"besvara-text": ""}).status_code
        == 303
    )
    handed = _text(client.get(reverse("access:out", args=[request_id, document])))
    assert "412" not in handed
    assert "31 kap. 16 §" in handed
    told = _text(client.get(reverse("access:letter", args=[request_id])))
    assert "rätt att få myndighetens skriftliga beslut" in told
    assert signed_in.send(client, reverse("access:move", args=[request_id, "myndigheten"])).status_code == 303
    own = signed_in.send(client, reverse("access:move", args=[request_id, "besluta"]), **{"besluta-text": "Skäl"})
    assert "kan inte fatta myndighetens beslut" in _text(own)
    sign_in(client, partners.member(Role.FUND_OFFICER))
    decided = signed_in.send(
        client, reverse("access:move", args=[request_id, "besluta"]), **{"besluta-text": "Affären pågår."}
    )
    assert decided.status_code == 303
    told = _text(client.get(reverse("access:letter", args=[request_id])))
    assert "överklaga beslutet till kammarrätten" in told
    assert "Affären pågår." in told
    assert signed_in.send(client, reverse("access:move", args=[request_id, "lamna-ut"])).status_code == 303
    assert "utlämnad" in _text(client.get(reverse("access:requests")))


def test_another_authority_finds_nothing_and_who_only_reads_is_refused(client: Any) -> None:
    sign_in(client, partners.member(Role.FUND_OFFICER))
    url = signed_in.send(client, reverse("access:new"), words="Allt", way="visit", answer_to="").headers["Location"]
    sign_in(client, partners.member(Role.COMMITTEE_CONTROLLER, "gvn"))
    assert client.get(url).status_code == 404
    assert "Ingen har begärt ut något" in _text(client.get(reverse("access:requests")))
    sign_in(client, partners.member(Role.COUNCILLOR))
    assert client.get(reverse("access:requests")).status_code == 403
