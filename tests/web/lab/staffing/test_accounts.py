"""Accounts are created, let in anew and ended in the browser; a secret is shown once."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.domain.staff.tokens import reference_of
from tests.cast import ADA, LENA, LEO, TOM
from tests.hcp_face import post
from tests.lab_programmes import Laboratory
from tests.web.patient.journey import token

NEW = {"face": "hcp", "login": "paul.neuf", "name": "Paul Neuf", "rpps": "", "way": "password"}


def fields(page: TestResponse) -> dict[str, str]:
    """The hidden fields of a page's last form."""
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))


def secret(page: TestResponse) -> str:
    return re.findall(r'id="secret">([^<]+)<', page.text)[0]


@pytest.fixture(scope="module")
def ada(lab: Laboratory) -> FlaskClient:
    return lab.client(ADA)


def test_a_new_account_shows_its_code_once_and_the_code_opens_it(
    lab: Laboratory, ada: FlaskClient
) -> None:
    hidden = fields(ada.get("/fr/accounts/new"))
    made = ada.post("/fr/accounts/new", data=NEW | hidden | {"face": "lab"})
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    assert "en main propre ou par téléphone" in made.text
    shown = secret(made)
    again = ada.post("/fr/accounts/new", data=NEW | hidden | {"face": "lab"})
    assert again.status_code == 409
    assert "Ce compte existe déjà" in again.text
    reference = reference_of(hidden["attempt"])
    assert f"/fr/accounts/{reference}" in again.text
    pages = again.text + ada.get(f"/fr/accounts/{reference}").text
    with ada.session_transaction() as session:
        assert shown not in pages + str(dict(session))
    made_ones = [row for row in lab.ledger("account.created") if row[1] != "test"]
    assert [(row[1], row[2]) for row in made_ones] == [(ADA.account.actor, f"account:{reference}")]
    assert "Neuf" not in str(made_ones)
    entered = post(lab.app.test_client(), "/fr/activate", "/fr/activate", secret=shown)
    assert entered.location == "/fr/activate/choose"


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"face": ""}, "face", "Choisissez l’espace"),
        ({"login": "a"}, "login", "de 3 à 64 lettres"),
        ({"login": "accueil"}, "login", "nomme un service"),
        ({"login": "lena"}, "login", "déjà pris"),
        ({"name": " "}, "name", "Écrivez le nom"),
        ({"rpps": "123"}, "rpps", "onze chiffres"),
        ({"way": "psc"}, "rpps", "il faut un professionnel"),
    ],
)
def test_what_was_typed_is_kept_and_what_is_wrong_is_said(
    lab: Laboratory, ada: FlaskClient, typed: dict[str, str], field: str, says: str
) -> None:
    hidden = fields(ada.get("/fr/accounts/new"))
    data = {**NEW, "login": "eve.x", **typed, **hidden}
    page = ada.post("/fr/accounts/new", data=data)
    assert page.status_code == 422
    assert says in page.text
    assert re.search(rf'(name="{field}"[^>]*|<fieldset class="choices") *aria-', page.text)
    assert f'value="{data["login"]}"' in page.text
    assert lab.place.ask("SELECT 1 FROM account WHERE login = 'eve.x'") == []


def test_an_rpps_number_is_one_persons_and_needs_no_password(ada: FlaskClient) -> None:
    more = {"rpps": "10000000009", "way": "psc"}
    first, second = (fields(ada.get("/fr/accounts/new")) for _ in range(2))
    made = ada.post("/fr/accounts/new", data=NEW | more | {"login": "zed.a"} | first)
    assert made.location == f"/fr/accounts/{reference_of(first['attempt'])}"
    taken = ada.post("/fr/accounts/new", data=NEW | more | {"login": "zed.b"} | second)
    assert taken.status_code == 422
    assert "Il y a déjà un compte avec ce numéro RPPS" in taken.text


def test_a_new_code_is_asked_for_once_and_an_old_page_makes_none(
    lab: Laboratory, ada: FlaskClient
) -> None:
    path, tom = f"/fr/accounts/{TOM.reference}/activation", lab.client(TOM)
    hidden = fields(ada.get(path))
    made = ada.post(path, data=hidden)
    shown = secret(made)
    assert tom.get("/fr/releases").status_code == 303
    reloaded = ada.post(path, data=hidden)
    assert reloaded.status_code == 409
    assert "Cette page a déjà servi" in reloaded.text
    entered = post(lab.app.test_client(), "/fr/activate", "/fr/activate", secret=shown)
    assert entered.location == "/fr/activate/choose"
    assert ada.post(path, data=hidden).status_code == 409  # still, while the person chooses
    without = {"csrf_token": hidden["csrf_token"]}
    assert ada.post(path, data=without).status_code == 409
    issued = lab.ledger("activation.issued")
    assert [row[2] for row in issued] == [f"account:{TOM.reference}"]


def test_whoever_left_is_out_at_the_next_click_and_nothing_changes_any_more(
    lab: Laboratory, ada: FlaskClient
) -> None:
    at, leo = f"/fr/accounts/{LEO.reference}", lab.client(LEO)
    role = fields(ada.get(f"{at}/role"))
    for _ in range(2):
        gone = ada.post(f"{at}/leave", data={"csrf_token": role["csrf_token"]})
        assert gone.location == at
    assert leo.get("/fr/programme").status_code == 303
    assert len(lab.ledger("account.ended")) == 1
    assert "Cette personne est partie" in ada.get(at).text
    for act in ("role", "activation"):
        late = ada.post(f"{at}/{act}", data=role)
        assert (late.status_code, "Ce compte est fermé" in late.text) == (409, True)


def test_nobody_changes_their_own_account(lab: Laboratory, ada: FlaskClient) -> None:
    at = f"/fr/accounts/{ADA.reference}"
    page = ada.get(at)
    assert "Une autre personne doit le faire" in page.text
    data = {"csrf_token": fields(ada.get("/fr/accounts/new"))["csrf_token"]}
    own = f"grants/G{ADA.reference[1:]}/end"
    for act in ("role", "activation", "leave", own):
        assert f"{at}/{act}" not in page.text
        refused = ada.post(f"{at}/{act}", data=data | {"reason": "mistake"})
        assert (refused.status_code, "C’est votre compte" in refused.text) == (409, True), act
    assert ada.get("/fr/accounts").status_code == 200


def test_nobody_else_sees_them_and_an_unknown_one_is_not_there(
    lab: Laboratory, ada: FlaskClient
) -> None:
    lena, stranger = lab.client(LENA), lab.app.test_client()
    for path in ("", "/new", f"/{TOM.reference}", f"/{TOM.reference}/role"):
        assert lena.get(f"/fr/accounts{path}").status_code == 403
        assert stranger.get(f"/fr/accounts{path}").status_code == 303
    data = {"csrf_token": token(lena.get("/fr/account").text)}
    for act in ("role", "activation", "leave"):
        assert lena.post(f"/fr/accounts/{TOM.reference}/{act}", data=data).status_code == 403
        assert ada.get(f"/fr/accounts/{'0' * 26}/{act}").status_code == 404
    assert ada.get(f"/fr/accounts/{'0' * 26}").status_code == 404
    assert ada.post(f"/fr/accounts/{TOM.reference}/leave").status_code == 400  # no token
    assert "/fr/accounts" not in lena.get("/fr/").text


def test_reading_is_in_the_ledger_without_a_name(lab: Laboratory, ada: FlaskClient) -> None:
    ada.get("/en/accounts")
    ada.get(f"/en/accounts/{TOM.reference}")
    listed, read = lab.ledger("accounts.read")[-1], lab.ledger("account.read")[-1]
    assert (listed[1], read[2]) == (ADA.account.actor, f"account:{TOM.reference}")
    assert "Exemple" not in str(listed + read)


def test_an_address_with_a_zero_byte_is_none_of_ours(lab: Laboratory) -> None:
    """It is told before anything is read: PostgreSQL reads no such text."""
    assert lab.client().get("/fr/accounts/%00").status_code == 404
    assert lab.client().get("/fr/accounts/x").status_code == 303
