"""A real installation: ``instance/psc.toml`` is all that turns Pro Santé Connect on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from qol.bootstrap.cli import workshop
from qol.bootstrap.hcp import build
from qol.bootstrap.staffing import staffing
from qol.cli.demonstration.making import fill, make_instance
from qol.config import ConfigError
from qol.usecases.staff.create_account import Person
from tests.fakes import FixedClock
from tests.oidc.face import answer_to, departure
from tests.oidc.faulty import CLIENT, PERSON, SECRET, FaultyProvider
from tests.oidc.staffed import RPPS


@pytest.fixture
def provider() -> Iterator[FaultyProvider]:
    """The provider, at the time of day."""
    with FaultyProvider(FixedClock(datetime.now(UTC).replace(microsecond=0))) as provider:
        yield provider


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """A demonstration's instance, where nobody has the person's number yet."""
    instance = tmp_path / "instance"
    make_instance(instance)
    fill(workshop({"QOL_INSTANCE": str(instance)}), ())
    return instance


def configure(instance: Path, provider: FaultyProvider) -> None:
    """Write the file and the secret."""
    at = provider.endpoints
    lines = ['provider = "own"', f'client_id = "{CLIENT}"', 'algorithm = "RS256"']
    lines += ["mutual_tls = false", "[endpoints]"]
    lines += [f'{name} = "{getattr(at, name)}"' for name in at.__slots__]
    (instance / "psc.toml").write_text("\n".join(lines), "utf-8")
    secret = instance / "keys" / "hcp" / "psc-client-secret"
    secret.write_text(SECRET, "ascii")
    secret.chmod(0o400)


def face(instance: Path, provider: FaultyProvider) -> Flask:
    """The professionals' face, as the host starts it."""
    environ = {
        "QOL_ORIGIN": "http://localhost",
        "QOL_PATIENT_ORIGIN": "http://localhost:1",
        "QOL_INSTANCE": str(instance),
        "QOL_DEMONSTRATION": "1",
    }
    return build(environ, provider.clock)


def ask(instance: Path, sql: str) -> list[tuple[object, ...]]:
    engine = create_engine(f"sqlite:///{instance / 'portal.sqlite3'}")
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(sql))]
    engine.dispose()
    return rows


def test_without_the_file_there_is_neither_button_nor_route(
    instance: Path, provider: FaultyProvider
) -> None:
    client = face(instance, provider).test_client()
    assert "Pro Santé Connect" not in client.get("/fr/sign-in").text
    assert client.get("/psc/start").status_code == 404


def test_a_wrong_file_keeps_the_face_from_starting(
    instance: Path, provider: FaultyProvider
) -> None:
    (instance / "psc.toml").write_text('provider = "own"\n', "utf-8")
    with pytest.raises(ConfigError, match=r"psc\.toml is refused"):
        face(instance, provider)


def test_an_account_made_for_the_number_is_signed_in_and_no_other(
    instance: Path, provider: FaultyProvider
) -> None:
    configure(instance, provider)
    app = face(instance, provider)
    client = app.test_client()
    assert "S’identifier avec Pro Santé Connect" in client.get("/fr/sign-in").text

    accounts = ask(instance, "SELECT * FROM account")
    refused = client.get(_back(client))
    assert (refused.status_code, "pas d’accès" in refused.text) == (403, True)
    assert ask(instance, "SELECT * FROM account") == accounts
    (event,) = ask(instance, "SELECT actor, detail FROM ledger WHERE act = 'access.refused'")
    assert event[0] == "unknown"
    assert "no_account" in str(event[1])

    shop = workshop({"QOL_INSTANCE": str(instance)})
    person = Person("hcp", "josephine", "Joséphine Essai", RPPS)
    made = staffing(shop).create(person, "test", local=False)
    assert client.get(_back(client)).status_code == 200
    assert client.get("/fr/").location == "/fr/notice"
    bound = ask(instance, "SELECT account FROM credential WHERE kind = 'provider'")
    assert bound == [(made.account.reference,)]
    _assert_nothing_of_the_provider_is_kept(instance, provider)


def _back(client: FlaskClient) -> str:
    return answer_to(departure(client))


def _assert_nothing_of_the_provider_is_kept(instance: Path, provider: FaultyProvider) -> None:
    ledger = repr(ask(instance, "SELECT * FROM ledger"))
    files = b"".join(path.read_bytes() for path in instance.glob("*.sqlite3*"))
    hidden = [*provider.said, *(v for v in PERSON.values() if isinstance(v, str) and len(v) > 10)]
    assert [one for one in hidden if one in ledger or one.encode() in files] == []
    assert RPPS not in ledger
    assert RPPS.encode() in files  # the control: the account's own number is there, and seen
