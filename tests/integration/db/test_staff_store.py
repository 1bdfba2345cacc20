"""The staff's store and housekeeping: one suite for memory and for both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from qol.adapters.db.store_staff import open_staff
from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place as Spot
from qol.domain.staff.accounts import AccountState
from qol.domain.staff.attempts import Tally
from qol.domain.staff.fallback import Fallback, Reason
from qol.domain.staff.review import Decision, Review
from qol.domain.staff.session import Factor, Method, Session
from qol.usecases.staff.ports import (
    Credential,
    Kind,
    StaffHousekeeping,
    StaffStore,
    StaffUnit,
)
from tests.cast import ADA, ANA, BEN, LENA
from tests.fakes import FixedClock
from tests.integration.db.stock import Place, config_of, fresh_database
from tests.migrated import fresh_file
from tests.staff_fakes import FakeStaffHousekeeping, FakeStaffStore

NOW = FixedClock().now()
DONE = AuditEvent(Act.ACCOUNT_CREATED, "test")
SESSION = Session(b"d" * 32, ANA.reference, Factor.FULL, Method.TOTP, NOW)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def both(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[StaffStore, StaffHousekeeping]]:
    """A store with Ana, Ben, Lena and Ada, and an empty housekeeping."""
    if request.param == "memory":
        store: Any = FakeStaffStore()
        keeping: Any = FakeStaffHousekeeping()
        stores = None
    else:
        url = _url(request, tmp_path)
        stores = open_staff(config_of(url, tmp_path), FixedClock(), Place(url, tmp_path).dice)
        store, keeping = stores.records, stores.housekeeping
    with store.writing() as unit:
        for member in (ANA, BEN, LENA, ADA):
            unit.add_account(member.account, NOW)
        unit.commit(DONE)
    yield store, keeping
    if stores is not None:
        stores.database.dispose()
        stores.housekeeping.dispose()


def _url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return fresh_file(tmp_path)
    server, template = request.getfixturevalue("migrated_server")
    made = fresh_database(server, template)
    url = made.__enter__()
    request.addfinalizer(lambda: made.__exit__(None, None, None))
    return url


@pytest.fixture
def store(both: tuple[StaffStore, StaffHousekeeping]) -> StaffStore:
    return both[0]


@pytest.fixture
def keeping(both: tuple[StaffStore, StaffHousekeeping]) -> StaffHousekeeping:
    return both[1]


def credential(kind: Kind, number: int = 1, **more: Any) -> Credential:  # noqa: ANN401
    return Credential(f"C{number:025d}", ANA.reference, kind, b"secret", NOW, **more)


def do(store: StaffStore, *acts: Any) -> None:  # noqa: ANN401
    """Do acts of one unit and commit."""
    with store.writing() as unit:
        for act in acts:
            act(unit)
        unit.commit(DONE)


def test_accounts_are_found_by_each_of_their_names(store: StaffStore) -> None:
    carla = replace(BEN.account, reference="C" * 26, login="carla", rpps="10000000017")
    do(store, lambda u: u.add_account(carla, NOW))
    with store.reading() as unit:
        assert unit.account(ANA.reference) == ANA.account
        assert unit.account("nobody") is None
        assert unit.account_by_login("ana", "hcp") == ANA.account
        assert unit.account_by_login("ana", "lab") is None
        assert unit.account_by_rpps("10000000017") == carla
        assert [a.login for a in unit.accounts()] == ["ada", "ana", "ben", "carla", "lena"]


@pytest.mark.parametrize("field", ["login", "rpps"])
def test_one_person_has_one_account(store: StaffStore, field: str) -> None:
    one = replace(BEN.account, reference="C" * 26, login="carla", rpps="10000000017")
    do(store, lambda u: u.add_account(one, NOW))
    two = replace(
        one, reference="D" * 26, **{"login": "other", "rpps": None} | {field: getattr(one, field)}
    )
    with pytest.raises(NotAllowedError), store.writing() as unit:
        unit.add_account(two, NOW)


def test_without_a_commit_nothing_stays(store: StaffStore) -> None:
    with store.writing() as unit:
        unit.set_state(ANA.reference, AccountState.ENDED, NOW)
    with store.reading() as unit:
        assert unit.account(ANA.reference) == ANA.account
        with pytest.raises(NotAllowedError):
            unit.commit(DONE)
    do(store, lambda u: u.set_state(ANA.reference, AccountState.ENDED, NOW))
    with store.reading() as unit:
        assert unit.account(ANA.reference) == replace(ANA.account, state=AccountState.ENDED)


def test_a_credential_replaces_the_one_of_its_kind_but_passkeys_add_up(store: StaffStore) -> None:
    passkeys = [credential(Kind.PASSKEY, n, handle=bytes([n])) for n in (1, 2)]
    first, second = credential(Kind.PASSWORD, 3), replace(credential(Kind.PASSWORD, 4), secret=b"s")
    do(store, *(lambda u, c=c: u.put_credential(c) for c in (*passkeys, first, second)))
    with store.reading() as unit:
        assert unit.credentials(ANA.reference) == (*passkeys, second)
        assert unit.credentials(ANA.reference, Kind.PASSWORD) == (second,)
        assert unit.credentials(BEN.reference) == ()
    again = replace(passkeys[0], reference="X" * 26, account=BEN.reference)
    with pytest.raises(NotAllowedError), store.writing() as unit:
        unit.put_credential(again)


def test_an_activation_secret_is_found_by_its_digest_and_dropped_once(store: StaffStore) -> None:
    made = credential(Kind.ACTIVATION, expires_at=NOW + timedelta(days=1))
    do(store, lambda u: u.put_credential(made))
    with store.reading() as unit:
        assert unit.activation(b"secret") == made
        assert unit.activation(b"other") is None
    do(store, lambda u: u.drop_credential(made.reference))
    with pytest.raises(NotAllowedError), store.writing() as unit:
        unit.drop_credential(made.reference)


def test_a_counter_moves_on_once_from_what_was_read(store: StaffStore) -> None:
    made = credential(Kind.PASSKEY, handle=b"h", counter=3)
    do(store, lambda u: u.put_credential(made), lambda u: u.count_passkey(made.reference, 3, 5))
    with pytest.raises(NotAllowedError), store.writing() as unit:
        unit.count_passkey(made.reference, 3, 6)
    with store.reading() as unit:
        assert unit.credentials(ANA.reference)[0].counter == 5


def test_sessions_come_and_go(store: StaffStore) -> None:
    other = replace(SESSION, digest=b"e" * 32, started_at=NOW + timedelta(minutes=1), provider=b"p")
    bens = replace(SESSION, digest=b"f" * 32, account=BEN.reference)
    do(store, *(lambda u, s=s: u.add_session(s) for s in (SESSION, other, bens)))
    do(
        store,
        lambda u: u.lock(SESSION.digest, locked=True),
        lambda u: u.choose(SESSION.digest, Spot("demo", "A")),
    )
    changed = replace(SESSION, locked=True, place=Spot("demo", "A"))
    with store.reading() as unit:
        assert unit.sessions(ANA.reference) == (changed, other)
        assert unit.session(SESSION.digest) == changed
        assert unit.session(b"nothing") is None
    with store.writing() as unit:
        assert unit.end_sessions(ANA.reference, keep=other.digest) == 1
        assert unit.provided(b"p") == (other,)
        assert unit.provided(b"q") == ()
        assert unit.end_sessions(ANA.reference) == 1
        unit.end_session(bens.digest)
        assert unit.sessions(BEN.reference) == ()


def test_a_providers_person_is_bound_to_one_account_and_never_replaced(store: StaffStore) -> None:
    bound = Credential("P" * 26, ANA.reference, Kind.PROVIDER, b"", NOW, handle=b"i")
    do(store, lambda u: u.put_credential(bound))
    with store.reading() as unit:
        assert unit.bound(b"i") == bound
        assert unit.bound(b"j") is None
    for other in (
        replace(bound, reference="Q" * 26, handle=b"j"),
        replace(bound, reference="Q" * 26, account=BEN.reference),
    ):
        with pytest.raises(NotAllowedError), store.writing() as unit:
            unit.put_credential(other)
    with store.reading() as unit:
        assert unit.credentials(ANA.reference, Kind.PROVIDER) == (bound,)


def test_grants_and_reviews_come_back_as_they_went(store: StaffStore) -> None:
    grants = [member.grant(date(2026, 1, day)) for day, member in enumerate((ANA, LENA, ADA), 1)]
    do(store, *(lambda u, g=g: u.add_grant(g) for g in grants))
    review = Review(
        "R" * 26, grants[0].reference, ADA.reference, NOW.date(), Decision.KEEP, NOW.date()
    )
    later = replace(grants[0], start=NOW.date(), end=NOW.date(), ended=True)
    do(store, lambda u: u.add_review(review), lambda u: u.set_grant(later))
    with store.reading() as unit:
        assert unit.grants() == (*grants[1:], later)
        assert unit.grants(ANA.reference) == (later,)
        assert unit.grant(grants[1].reference) == grants[1]
        assert unit.grant("none") is None
        assert unit.reviews() == (review,)


def test_a_notice_is_read_once(store: StaffStore) -> None:
    def read(unit: StaffUnit) -> None:
        unit.acknowledge(ANA.reference, "1-365", NOW)

    do(store, read, read)
    with store.reading() as unit:
        assert unit.acknowledged(ANA.reference, "1-365")
        assert not unit.acknowledged(ANA.reference, "2-365")
        assert not unit.acknowledged(BEN.reference, "1-365")


def test_failures_are_counted_and_forgiven(keeping: StaffHousekeeping) -> None:
    second = int(NOW.timestamp())
    assert keeping.tally(b"k") == Tally()
    for number in (1, 2):
        assert keeping.count(b"k", NOW, success=False) == Tally(number, number, second, second)
    assert keeping.count(b"k", NOW, success=True) == Tally(0, 2, second, second)
    assert keeping.tally(b"k") == Tally(0, 2, second, second)
    later = NOW + timedelta(days=1)
    assert keeping.count(b"k", later, success=False).tries == 1


def test_last_seen_is_the_latest(keeping: StaffHousekeeping) -> None:
    assert keeping.last_seen(b"d") is None
    for minutes in (0, 3):
        keeping.seen(b"d", NOW + timedelta(minutes=minutes))
    assert keeping.last_seen(b"d") == NOW + timedelta(minutes=3)


def test_a_step_is_spent_once_and_never_an_earlier_one(keeping: StaffHousekeeping) -> None:
    spent = [keeping.spend(ANA.reference, step) for step in (7, 7, 6, 8)]
    assert spent == [True, False, False, True]
    assert keeping.spend(BEN.reference, 7)


def test_of_two_at_the_same_time_one_spends_the_step(keeping: StaffHousekeeping) -> None:
    with ThreadPoolExecutor(8) as pool:
        spent = list(pool.map(lambda _: keeping.spend(ANA.reference, 9), range(24)))
    assert spent.count(True) == 1


def test_a_challenge_is_taken_once_and_only_fresh(keeping: StaffHousekeeping) -> None:
    keeping.keep_challenge(b"d", "one", NOW)
    keeping.keep_challenge(b"d", "two", NOW)
    assert keeping.take_challenge(b"other", NOW) is None
    assert [keeping.take_challenge(b"d", NOW) for _ in range(2)] == ["two", None]
    keeping.keep_challenge(b"d", "old", NOW)
    assert keeping.take_challenge(b"d", NOW + timedelta(seconds=301)) is None


def test_a_way_beside_the_provider_is_open_to_its_account_for_its_hours(
    both: tuple[StaffStore, StaffHousekeeping],
) -> None:
    store, _ = both
    hers = Fallback("f1", ANA.reference, Reason.CARD_LOST, NOW, NOW + timedelta(hours=2))
    all_of = Fallback("f2", None, Reason.PROVIDER_DOWN, NOW, NOW + timedelta(hours=1))
    with store.writing() as unit:
        unit.add_fallback(hers)
        unit.add_fallback(all_of)
        unit.commit(DONE)

    def found(account: str, minutes: int) -> Fallback | None:
        with store.reading() as unit:
            return unit.open_fallback(account, NOW + timedelta(minutes=minutes))

    assert (found(ANA.reference, 0), found(BEN.reference, 59)) == (hers, all_of)
    assert (found(ANA.reference, 119), found(BEN.reference, 60)) == (hers, None)
    assert (found(ANA.reference, 120), found(ANA.reference, -1)) == (None, None)
    with store.writing() as unit:
        assert unit.close_fallbacks(NOW + timedelta(minutes=90)) == 1
        unit.commit(DONE)
    assert found(ANA.reference, 91) is None
