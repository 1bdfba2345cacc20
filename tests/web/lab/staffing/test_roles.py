"""A role is given and ended in the browser: at once, once, never by surprise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from qol.adapters.crypto.credentials.totp import SealedTotp
from qol.domain.staff.tokens import reference_of
from tests.cast import ADA, ANA, LENA, UMA, settle
from tests.lab_programmes import Laboratory
from tests.staff_face import KEY, cheap
from tests.web.lab.staffing.test_accounts import fields

APPROVER = {"role": "lab.approver", "place": "demo/", "reason": "programme_team"}
AT = f"/fr/accounts/{LENA.reference}"


@pytest.fixture(scope="module")
def ada(lab: Laboratory) -> FlaskClient:
    return lab.client(ADA)


def asked(lab: Laboratory, ada: FlaskClient, at: str = AT, **more: str) -> dict[str, str]:
    """A form as it is filled in: from today, for a month."""
    today = lab.clock.now().date()
    days = {"start": today.isoformat(), "end": (today + timedelta(days=30)).isoformat()}
    return APPROVER | days | fields(ada.get(f"{at}/role")) | more


def given(lab: Laboratory) -> int:
    return len(lab.ledger("grant.given"))


def test_a_role_holds_at_the_next_click_and_its_end_too(lab: Laboratory, ada: FlaskClient) -> None:
    lena, data = lab.client(LENA), asked(lab, ada)
    assert lena.get("/fr/releases").status_code == 403
    for _ in range(2):  # a double tap is one grant
        assert ada.post(f"{AT}/role", data=data).location == AT
    assert given(lab) == 1
    assert lena.get("/fr/releases").status_code == 200
    other = ada.post(f"{AT}/role", data=data | {"reason": "audit"})
    assert (other.status_code, "Cette page a déjà servi" in other.text) == (409, True)
    end = f"{AT}/grants/{reference_of(data['attempt'])}/end"
    assert end in ada.get(AT).text
    unsaid = ada.post(end, data=fields(ada.get(end)))
    assert (unsaid.status_code, "Choisissez un motif" in unsaid.text) == (422, True)
    for _ in range(2):
        done = ada.post(end, data=fields(ada.get(end)) | {"reason": "not_needed"})
        assert done.location == AT
    assert lena.get("/fr/releases").status_code == 403
    [(_, actor, reference, detail)] = lab.ledger("grant.ended")
    assert (actor, reference) == (ADA.account.actor, f"grant:{reference_of(data['attempt'])}")
    assert "not_needed" in str(detail)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"role": ""}, "Choisissez un rôle"),
        ({"role": "hcp.typist"}, "Choisissez un rôle"),
        ({"place": ""}, "Choisissez le lieu"),
        ({"place": "other/"}, "Choisissez le lieu"),
        ({"place": "/"}, "vaut pour un programme"),
        ({"role": "admin.administrator"}, "toute l’installation"),
        ({"reason": ""}, "Choisissez un motif"),
        ({"start": "demain"}, "premier jour n’est pas une date"),
        ({"end": "31/12"}, "dernier jour n’est pas une date"),
        ({"end": "2020-01-01"}, "vient avant le premier"),
        ({"end": "2099-01-01"}, "douze mois au plus"),
        ({"start": "2020-01-01", "end": "2020-02-01"}, "premier jour est passé"),
        ({"start": "2026-11-21"}, "premier jour est passé"),
        ({"start": "2028-01-01", "end": "2028-02-01"}, "premier jour est trop loin"),
        ({"start": "9999-12-01", "end": "9999-12-31"}, "premier jour est trop loin"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    lab: Laboratory, ada: FlaskClient, typed: dict[str, str], says: str
) -> None:
    before, data = given(lab), asked(lab, ada, **typed)
    page = ada.post(f"{AT}/role", data=data)
    assert page.status_code == 422
    assert says in page.text
    assert 'aria-describedby="wrong"' in page.text
    assert f'value="{data["start"]}"' in page.text
    assert given(lab) == before


def test_names_and_answers_in_one_hand_are_asked_for_on_a_page_of_their_own(
    lab: Laboratory, ada: FlaskClient
) -> None:
    before = given(lab)
    data = asked(lab, ada, role="admin.administrator", place="")
    first = ada.post(f"{AT}/role", data=data)
    assert (first.status_code, "Noms et réponses" in first.text) == (422, True)
    assert 'role="alert"' not in first.text
    kept = fields(first)
    unticked = ada.post(f"{AT}/role", data=kept)
    assert (unticked.status_code, "Cochez la case" in unticked.text) == (422, True)
    assert given(lab) == before
    assert ada.post(f"{AT}/role", data=kept | {"double": "1"}).location == AT
    assert given(lab) == before + 1
    assert '"double": 1' in str(lab.ledger("grant.given")[-1]).replace('":1', '": 1')


def test_a_professional_is_offered_sites_under_contract_and_no_room_of_the_laboratory(
    lab: Laboratory, ada: FlaskClient
) -> None:
    settle(lab.staff.records, ANA, cheap(), SealedTotp(KEY, "test"), lab.clock.now())
    at = f"/fr/accounts/{ANA.reference}"
    page = ada.get(f"{at}/role").text
    assert 'value="demo/A"' in page
    assert 'value="demo/B"' not in page  # its contract lapsed
    assert "lab.approver" not in page
    data = asked(lab, ada, at, role="hcp.typist", place="demo/A")
    assert ada.post(f"{at}/role", data=data).location == at
    assert "Saisie des feuilles" in ada.get(at).text
    assert lab.client(ANA).get("/fr/accounts").status_code == 303  # nobody on this face


def test_a_grant_is_ended_on_its_own_accounts_page_alone(lab: Laboratory, ada: FlaskClient) -> None:
    other = f"/fr/accounts/{UMA.reference}/grants/G{LENA.reference[1:]}/end"
    assert ada.get(other).status_code == 404
    token = fields(ada.get(f"{AT}/role"))["csrf_token"]
    data = {"csrf_token": token, "reason": "mistake"}
    assert ada.post(other, data=data).status_code == 404
