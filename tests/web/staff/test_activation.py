"""The activation secret: a day, once, one page; and nobody lets themselves back in."""

from __future__ import annotations

import base64
import re

import pytest
from flask.testing import FlaskClient

from qol.domain.audit import Act
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import AccountState
from qol.domain.staff.tokens import printed
from qol.usecases.staff.create_account import CreateAccount, Person
from qol.usecases.staff.issue_activation import IssueActivation
from qol.usecases.staff.ports import Kind
from tests.cast import ADA, ANA, PASSWORD
from tests.fakes import CountingDice
from tests.staff_face import Staffed, half, post, sign_in

CHOSEN = "cinq huit ravins jaunes et une mangue"


def issue(here: Staffed, dice: int = 500) -> str:
    """Let Ada issue a secret to Ana."""
    act = IssueActivation(here.store, here.clock, CountingDice(dice))
    return act(ANA.reference, ADA.account.actor)


def choose(here: Staffed, client: FlaskClient, password: str = CHOSEN, **more: str):  # noqa: ANN201
    """Fill the page that the secret opens in, as its person does."""
    page = client.get("/fr/activate/choose").text
    (sealed,) = re.findall(r'name="sealed" value="([^"]+)"', page)
    here.clock.move(seconds=30)
    code = here.codes.code(base64.b64decode(sealed), ANA.reference, here.clock.now())
    data = {"sealed": sealed, "password": password, "again": password, "code": code} | more
    return post(client, "/fr/activate/choose", **data)


def test_the_secret_becomes_a_password_and_a_factor(here: Staffed) -> None:
    secret = issue(here)
    client = here.client()
    answer = post(client, "/fr/activate", secret=f" {printed(secret).upper()} ")
    assert answer.location == "/fr/activate/choose"
    page = client.get("/fr/activate/choose").text
    assert "<svg" in page
    assert ANA.login in page
    done = choose(here, client)
    assert done.status_code == 200
    assert re.search(r"environ \d{2,} bits", done.text)
    assert here.store.rows.accounts[ANA.reference].state is AccountState.ACTIVE
    assert half(here, here.client(), ANA, PASSWORD).status_code == 422
    assert half(here, here.client(), ANA, CHOSEN).status_code == 303
    acts = [e.act for e in here.store.events]
    assert acts[:3] == [Act.ACTIVATION_ISSUED, Act.ACTIVATION_OPENED, Act.ACCOUNT_ACTIVATED]


def test_a_second_use_is_refused_even_if_the_first_was_left(here: Staffed) -> None:
    secret = issue(here)
    assert post(here.client(), "/fr/activate", secret=secret).status_code == 303
    answer = post(here.client(), "/fr/activate", secret=secret)
    assert answer.status_code == 422
    assert here.outcomes() == ["activation_refused"]


@pytest.mark.parametrize("secret", ["", "x" * 26, "0" * 26, "é" * 40])
def test_a_wrong_secret_opens_nothing(here: Staffed, secret: str) -> None:
    issue(here)
    assert post(here.client(), "/fr/activate", secret=secret).status_code == 422


def test_a_secret_dies_after_a_day(here: Staffed) -> None:
    secret = issue(here)
    here.clock.move(hours=24)
    assert post(here.client(), "/fr/activate", secret=secret).status_code == 422


def test_a_newer_secret_kills_the_older_one(here: Staffed) -> None:
    older, newer = issue(here, 500), issue(here, 600)
    assert post(here.client(), "/fr/activate", secret=older).status_code == 422
    assert post(here.client(), "/fr/activate", secret=newer).status_code == 303


def test_a_secret_of_the_other_face_opens_nothing(here: Staffed, lab: Staffed) -> None:
    secret = issue(here)
    lab.store.rows = here.store.rows
    assert post(lab.client(), "/fr/activate", secret=secret).status_code == 422


def test_the_secret_opens_one_page_and_no_other(here: Staffed) -> None:
    client = here.client()
    post(client, "/fr/activate", secret=issue(here))
    for path in ("/fr/", "/fr/account", "/fr/notice", "/fr/second-factor", "/fr/place"):
        assert client.get(path).status_code == 403
    here.clock.move(minutes=30)
    assert client.get("/fr/activate/choose").location == "/fr/sign-in"


@pytest.mark.parametrize(
    ("password", "more", "told"),
    [
        ("petite phrase", {}, "trop court"),
        ("ana exemple 12345", {}, "se devine"),
        ("motdepassemotdepasse", {}, "se devine"),
        (CHOSEN, {"again": CHOSEN + "x"}, "différents"),
        (CHOSEN, {"code": "000000"}, "six chiffres"),
    ],
)
def test_a_weak_password_or_a_wrong_code_keeps_the_page_open(
    here: Staffed, password: str, more: dict[str, str], told: str
) -> None:
    client = here.client()
    post(client, "/fr/activate", secret=issue(here))
    answer = choose(here, client, password, **more)
    assert answer.status_code == 422
    assert told in answer.text
    assert password not in answer.text
    assert here.store.rows.accounts[ANA.reference].state is AccountState.INVITED
    assert choose(here, client).status_code == 200


def test_a_sealed_secret_of_somebody_else_is_not_taken(here: Staffed) -> None:
    client = here.client()
    post(client, "/fr/activate", secret=issue(here))
    foreign = here.codes.fresh(ADA.reference)
    code = here.codes.code(foreign, ADA.reference, here.clock.now())
    sealed = base64.b64encode(foreign).decode()
    assert choose(here, client, sealed=sealed, code=code).status_code == 422


def test_issuing_takes_the_old_ways_in_at_once(here: Staffed) -> None:
    issue(here)
    kinds = {c.kind for c in here.store.rows.credentials.values() if c.account == ANA.reference}
    assert kinds == {Kind.ACTIVATION}
    assert half(here, here.client(), ANA).status_code == 422


def test_nobody_issues_a_secret_to_themselves(here: Staffed) -> None:
    act = IssueActivation(here.store, here.clock, CountingDice())
    with pytest.raises(NotAllowedError, match="another person"):
        act(ADA.reference, ADA.account.actor)


def test_only_a_digest_of_the_secret_is_kept(here: Staffed) -> None:
    act = CreateAccount(here.store, here.clock, CountingDice(700))
    created = act(Person("hcp", "carla.exemple", "Carla Exemple"), ADA.account.actor)
    assert created.secret
    assert created.secret not in repr((here.store.rows, here.store.events))


def test_changing_the_password_asks_for_the_present_one_and_ends_the_others(
    here: Staffed,
) -> None:
    client, other = sign_in(here, ANA), sign_in(here, ANA)
    path = "/fr/account/password"
    new = {"password": CHOSEN, "again": CHOSEN}
    assert post(client, path, "/fr/account", present="wrong", **new).status_code == 422
    assert other.get("/fr/account").status_code == 200
    assert post(client, path, "/fr/account", present=PASSWORD, **new).status_code == 200
    assert client.get("/fr/account").status_code == 200
    assert other.get("/fr/account").location == "/fr/sign-in"
    assert "a changé le 22 novembre 2026" in client.get("/fr/").text
