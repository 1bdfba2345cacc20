from dataclasses import replace
from datetime import date, timedelta

import pytest

from qol.domain.audit import Act
from qol.domain.errors import NotAllowedError, ProgrammeError
from qol.domain.pseudonym import parse
from qol.usecases.lab.activate_pseudonym import ActivatePseudonym
from qol.usecases.lab.issue_pseudonyms import Batch, IssuePseudonyms
from qol.usecases.lab.load_programme import LoadProgramme
from qol.usecases.lab.ports import Fingerprint
from qol.usecases.lab.programmes.sites import EndSite, RegisterSite
from qol.usecases.lab.pseudonyms import Mint, Place
from qol.usecases.lab.register_keys import RegisterKeys
from qol.usecases.lab.replace_pseudonym import ReplacePseudonym
from qol.usecases.lab.revoke_pseudonym import RevokePseudonym
from tests import builders
from tests.fakes import FixedClock, PlainDigests
from tests.unit.usecases.lab_fakes import (
    FakeLabStore,
    PlainPacker,
    PlainSlips,
    SeededDice,
    open_to,
)

SITE = builders.site()


def _mint(*, demonstration: bool = True) -> Mint:
    return Mint(SeededDice(), PlainDigests(), PlainSlips(), demonstration)


def _store() -> FakeLabStore:
    return FakeLabStore(replace(open_to("A"), releases=builders.releases()))


def _issue(store: FakeLabStore, mint: Mint) -> IssuePseudonyms:
    return IssuePseudonyms(store, mint, FixedClock(), PlainPacker())


def _issued(store: FakeLabStore, mint: Mint, count: int = 3) -> Batch:
    return _issue(store, mint)("demo", "A", count, "lena")


def test_a_batch_has_its_own_sheets_and_codes() -> None:
    store = _store()
    batch = _issued(store, _mint(), 40)
    sheets = {sheet.sheet_number for sheet in batch.issued}
    codes = {sheet.pseudonym for sheet in batch.issued}
    assert len(sheets) == len(codes) == 40
    assert all(len(sheet) == 5 for sheet in sheets)
    assert [(e.act, e.detail["count"]) for e in store.state.events] == [(Act.PSEUDONYMS_ISSUED, 40)]


def test_a_demonstration_shows_codes_and_keeps_no_slip() -> None:
    store = _store()
    batch = _issued(store, _mint())
    for sheet, subject in zip(batch.issued, store.state.subjects, strict=True):
        assert sheet.pseudonym is not None
        assert parse(sheet.pseudonym.printed()) == sheet.pseudonym
        assert subject.pseudonym.slip is None


def test_a_real_installation_seals_slips_and_shows_no_code() -> None:
    store = _store()
    batch = _issued(store, _mint(demonstration=False))
    assert [sheet.pseudonym for sheet in batch.issued] == [None, None, None]
    assert all(subject.pseudonym.slip for subject in store.state.subjects)


def test_no_event_carries_a_code() -> None:
    store = _store()
    batch = _issued(store, _mint())
    told = repr(store.state.events)
    for sheet in batch.issued:
        assert sheet.pseudonym is not None
        assert sheet.pseudonym.reveal() not in told


def test_a_site_whose_contract_lapsed_yesterday_gets_no_codes() -> None:
    store, today = _store(), FixedClock().today("Europe/Paris")
    for lapsed in (
        replace(SITE, ends=today - timedelta(days=1)),
        replace(SITE, starts=today + timedelta(days=1)),
        replace(SITE, ended=today),
    ):
        store.state.sites[("demo", "A")] = lapsed
        with pytest.raises(NotAllowedError, match="no contract in force"):
            _issued(store, _mint())
    store.state.sites.clear()
    with pytest.raises(NotAllowedError, match="not registered"):
        _issued(store, _mint())
    assert store.state.subjects == store.state.events == []


def test_a_site_registered_twice_is_one_event_and_its_end_takes_effect_at_once() -> None:
    store, clock = _store(), FixedClock()
    register, end = RegisterSite(store, clock), EndSite(store, clock)
    new = replace(SITE, code="B")
    assert [register(new, "lena"), register(new, "lena")] == [True, False]
    assert [end("demo", "B", "lena"), end("demo", "B", "lena")] == [True, False]
    with pytest.raises(NotAllowedError, match="no contract in force"):
        _issue(store, _mint())("demo", "B", 1, "lena")
    assert [e.act for e in store.state.events] == [Act.SITE_REGISTERED, Act.SITE_ENDED]
    assert register(replace(new, contract="C-2"), "lena")  # a next contract
    _issue(store, _mint())("demo", "B", 1, "lena")
    with pytest.raises(NotAllowedError, match="load it first"):
        register(replace(new, programme="none"), "lena")
    with pytest.raises(NotAllowedError, match="not registered"):
        end("demo", "Z", "lena")


@pytest.mark.parametrize(
    ("programme", "site", "count"),
    [("demo", "A", 0), ("demo", "A", 2001), ("none", "A", 1), ("demo", "a site!", 1)],
)
def test_a_wrong_batch_is_refused(programme: str, site: str, count: int) -> None:
    store = _store()
    with pytest.raises(NotAllowedError):
        _issue(store, _mint())(programme, site, count, "lena")
    assert not store.state.subjects
    assert not store.state.events


def test_activate_revoke_and_replace_go_by_sheet() -> None:
    store, mint, clock = _store(), _mint(), FixedClock()
    sheet = _issued(store, mint).issued[0].sheet_number
    place = Place("demo", "A", sheet.lower())
    ActivatePseudonym(store, clock)(place, date(2026, 11, 20), "lena")
    assert store.state.states == {0: "live"}
    before = store.state.subjects[0]
    issued = ReplacePseudonym(store, clock, mint)(place, "lena")
    after = store.state.subjects[0]
    assert issued.sheet_number == after.sheet_number != sheet
    assert after.reference == before.reference
    assert after.pseudonym.digest != before.pseudonym.digest
    RevokePseudonym(store, clock)(Place("demo", "A", issued.sheet_number), "lena")
    assert store.state.states == {0: "revoked"}
    assert [event.act for event in store.state.events][1:] == [
        Act.PSEUDONYM_ACTIVATED,
        Act.PSEUDONYM_REPLACED,
        Act.PSEUDONYM_REVOKED,
    ]


def test_another_site_has_not_this_sheet() -> None:
    store = _store()
    sheet = _issued(store, _mint()).issued[0].sheet_number
    with pytest.raises(NotAllowedError, match="has no sheet"):
        RevokePseudonym(store, FixedClock())(Place("demo", "B", sheet), "ben")


def test_a_day_zero_of_another_year_is_a_slip_of_the_finger() -> None:
    store = _store()
    sheet = _issued(store, _mint()).issued[0].sheet_number
    with pytest.raises(NotAllowedError, match="check the date"):
        ActivatePseudonym(store, FixedClock())(Place("demo", "A", sheet), date(2062, 1, 1), "lena")


def test_a_programme_is_loaded_on_the_current_version_only() -> None:
    store = _store()
    load = LoadProgramme(store, FixedClock(), demonstration=True)
    second = replace(builders.programme(), version=2)
    with pytest.raises(ProgrammeError, match="version 1 is current"):
        load(second, "toml", 0, "lena")
    with pytest.raises(ProgrammeError, match="the next version of demo is 2"):
        load(replace(second, version=3), "toml", 1, "lena")
    load(second, "toml", 1, "lena")
    assert [v.programme.version for v in store.state.versions] == [1, 2]
    assert store.state.versions[1].since == date(2026, 11, 22)


def test_a_programme_names_releases_published_in_one_of_its_languages() -> None:
    store = _store()
    load = LoadProgramme(store, FixedClock(), demonstration=True)
    second = replace(builders.programme(), version=2, languages=("de", "it"))
    with pytest.raises(ProgrammeError, match="demo-qol 1 in de or it"):
        load(second, "toml", 1, "lena")
    real = replace(builders.programme(), version=2, demonstration=False)
    with pytest.raises(ProgrammeError, match="published and approved"):
        load(real, "toml", 1, "lena")


def test_a_demonstration_programme_stays_in_a_demonstration() -> None:
    load = LoadProgramme(_store(), FixedClock(), demonstration=False)
    with pytest.raises(ProgrammeError, match="real installation"):
        load(replace(builders.programme(), version=2), "toml", 1, "lena")


def test_keys_are_registered_in_one_act() -> None:
    store = FakeLabStore()
    prints = [Fingerprint(n, "demo", 2026, "deposit-public", "0") for n in ("a", "b")]
    assert RegisterKeys(store)(prints, "lena") == 2
    assert [event.detail["count"] for event in store.state.events] == [2]
    with pytest.raises(NotAllowedError):
        RegisterKeys(store)([], "lena")


def test_another_text_of_a_notice_needs_another_number() -> None:
    store = _store()
    load = LoadProgramme(store, FixedClock(), demonstration=True)
    before = builders.programme()
    said = replace(before.notices["fr"], why="Autrement.")
    changed = replace(before, version=2, notices=before.notices | {"fr": said})
    with pytest.raises(ProgrammeError, match=r"notices\.fr\.version"):
        load(changed, "toml", 1, "lena")
    numbered = before.notices | {"fr": replace(said, version="2")}
    load(replace(changed, notices=numbered), "toml", 1, "lena")
    assert len(store.state.versions) == 2


def test_a_number_of_a_notice_is_never_used_again_though_its_language_was_removed() -> None:
    store = _store()
    load = LoadProgramme(store, FixedClock(), demonstration=True)
    first = builders.programme()
    french = {"fr": first.notices["fr"]}
    load(replace(first, version=2, languages=("fr",), notices=french), "toml", 1, "lena")
    said = replace(first.notices["en"], why="Otherwise.")
    again = replace(first, version=3, notices=french | {"en": said})
    with pytest.raises(ProgrammeError, match=r"notices\.en\.version"):
        load(again, "toml", 2, "lena")
    load(replace(first, version=3), "toml", 2, "lena")  # the text that had the number
    assert len(store.state.versions) == 3
