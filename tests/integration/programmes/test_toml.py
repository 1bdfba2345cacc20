import re
import string
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qol.adapters.programmes import toml_in, toml_out
from qol.domain.collection import JUSTIFIED, Justification
from qol.domain.errors import ProgrammeError
from qol.domain.programme import Notice, Offset, Postal, Programme, Timepoint, Window

DEMONSTRATION = Path(toml_in.__file__).parents[2] / "cli" / "demonstration" / "programme.toml"
TEXT = DEMONSTRATION.read_text("utf-8")

slugs = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12)
seen = st.characters(
    exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"], include_characters="\n\u200d"
)
texts = st.text(seen, min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
languages = st.lists(st.sampled_from(["fr", "en", "de", "pt-BR"]), min_size=1, unique=True)


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    spoken = tuple(draw(languages))
    instruments = draw(st.lists(slugs, min_size=1, max_size=4, unique=True))
    codes = draw(st.lists(slugs, min_size=1, max_size=5, unique=True))

    reasons = st.sampled_from([one.value for one in Justification])

    def worded() -> dict[str, str]:
        return {language: draw(texts) for language in spoken}

    def timepoint(place: int, code: str) -> Timepoint:
        opens = Offset(place * 2, draw(st.integers(-10, 0)))
        closes = Offset(place * 2, draw(st.integers(1, 10)))
        battery = draw(st.lists(st.sampled_from(instruments), min_size=1, unique=True))
        return Timepoint(code, worded(), Window(opens, closes), tuple(battery))

    return Programme(
        id=draw(slugs),
        version=draw(st.integers(1, 99)),
        labels=worded(),
        time_zone=draw(st.sampled_from(["Europe/Paris", "America/Cayenne", "UTC"])),
        languages=spoken,
        timepoints=tuple(timepoint(place, code) for place, code in enumerate(codes)),
        releases={instrument: draw(texts) for instrument in instruments},
        notices={
            language: Notice(*(draw(texts) for _ in Notice.__dataclass_fields__))
            for language in spoken
        },
        legal_frame="AAP-2022-107",
        decision_reference=draw(texts),
        decision_date=draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        suppression_threshold=draw(st.integers(1, 100)),
        demonstration=draw(st.booleans()),
        proxy=tuple(draw(st.lists(st.sampled_from(instruments), unique=True))),
        modes=draw(st.dictionaries(st.sampled_from([way.value for way in JUSTIFIED]), reasons)),
        postal=draw(st.none() | st.just(Postal(("A \\ b", "75000 Paris"), "0000", "disability"))),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(programmes())
def test_out_and_in_again_is_the_same_programme(programme: Programme) -> None:
    assert toml_in.read(toml_out.write(programme)) == programme


def test_the_demonstration_is_in_order_and_comes_back() -> None:
    programme = toml_in.load(DEMONSTRATION)
    assert programme.demonstration
    assert toml_in.read(toml_out.write(programme)) == programme


def test_the_demonstration_notices_say_what_the_law_asks() -> None:
    for notice in toml_in.load(DEMONSTRATION).notices.values():
        whole = " ".join(getattr(notice, key) for key in Notice.__dataclass_fields__)
        assert "6.1.c" in whole
        assert "9.2.i" in whole
        assert "consent" not in whole.lower()  # EA-6.1, in French and English
        assert "signalement.social-sante.gouv.fr" in notice.adverse
        for warned in (notice.adverse, notice.contact):  # HV-8.3
            assert "il saura qui vous êtes" in warned or "will know who you are" in warned


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version = 1\nlegal", 'version = 1\ncolour = "red"\nlegal', "colour: is not known"),
        ("decision_date = 2026-01-15\n", "", "decision_date: is missing"),
        ('decision_reference = "DEMONSTRATION-0000"\n', "", "decision_reference: is missing"),
        ('"DEMONSTRATION-0000"', '" "', "decision_reference: is empty"),
        ("2026-01-15", "2026-01-15T10:00:00", "decision_date: must be a date"),
        ("AAP-2022-107", "AAC-2022-106", "legal_frame: must be AAP-2022-107 (EA-2.1)"),
        ("Europe/Paris", "Europe/Atlantis", "time_zone: must be a zone"),
        ("Europe/Paris", "../../etc/passwd", "time_zone: must be a zone"),
        ("version = 1\nlegal", "version = true\nlegal", "version: must be a whole number"),
        ("demonstration = true", "demonstration = 1", "demonstration: must be true or false"),
        ('fr = "Programme de démonstration"\n', "", "labels.fr: is missing"),
        ('en = "Month 1"', 'de = "Monat 1"', "timepoints[1].labels.en: is missing"),
        ("[notices.en]", "[notices.de]", "notices.en: is missing"),
        ("pain-nrs = ", "pain-x = ", "timepoints[0].battery: 'pain-nrs' is not among [releases]"),
        ("proxy = []", 'proxy = ["x"]', "proxy: 'x' is not among [releases]"),
        ('code = "month-1"', 'code = "day-0"', "timepoints: two have the code 'day-0'"),
        ("closes = { days = 14 }", "closes = { days = -1 }", "'day-0' closes before it opens"),
        (
            "closes = { days = 14 }",
            "closes = { days = 21 }",
            "the windows of 'day-0' and 'month-1' overlap",
        ),
        ("{ days = 0 }", "{ weeks = 0 }", "timepoints[0].opens.weeks: is not known"),
        ("{ days = 0 }", "{ days = 0.5 }", "timepoints[0].opens.days: must be a whole number"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(old: str, new: str, told: str) -> None:
    assert old in TEXT
    with pytest.raises(ProgrammeError) as refused:
        toml_in.read(TEXT.replace(old, new, 1))
    assert told in str(refused.value)


def test_a_window_is_compared_on_every_day_of_four_years() -> None:
    """From January 31st, one month and three days is March 3rd or 2nd: February's end clamps."""
    late = TEXT.replace("opens = { months = 1, days = -7 }", "opens = { months = 1, days = -13 }")
    with pytest.raises(ProgrammeError, match="overlap"):
        toml_in.read(late.replace("closes = { days = 14 }", "closes = { days = 15 }"))
    toml_in.read(late)  # 28 - 13 = 15: the first free day, even in February


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(ProgrammeError) as refused:
        toml_in.read('id = "X!"\nlanguages = ["fr"]\n[[timepoints]]\ncode = "a"\n')
    told = str(refused.value)
    assert told.count("\n  - ") > 8
    for key in ("id", "version", "labels", "timepoints[0].opens", "notices", "legal_frame"):
        assert f"\n  - {key}: " in told


def test_what_is_no_toml_or_no_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="is not TOML"):
        toml_in.read("id = = 3")
    with pytest.raises(ProgrammeError, match="does not exist"):
        toml_in.load(tmp_path / "none.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    with pytest.raises(ProgrammeError, match="UTF-8"):
        toml_in.load(binary)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ('[modes]\nonline = "no-device"\n', "modes"),
        ('[modes]\npaper = "because"\n', "modes.paper"),
        ('[modes]\npaper = ""\n', "modes.paper"),
        ('[modes]\nread-later = "no-device"\n', "modes"),
        ('[modes]\npost = "no-device"\n', "modes"),
    ],
)
def test_a_lower_way_needs_its_coded_reason(written: str, key: str) -> None:
    bare = re.sub(r"\[modes\][^\[]*", "", TEXT)
    with pytest.raises(ProgrammeError) as refused:
        toml_in.read(bare + written)
    assert {one.place for one in refused.value.problems} == {key}


@pytest.mark.parametrize(
    "hostile", ["a\u202eb", "\u200f", "a\u2066b", "a\u0007b", "\ufeff", "x" * 201, "a\u2028b"]
)
def test_a_name_that_lies_to_the_eye_or_is_endless_is_refused(hostile: str) -> None:
    with pytest.raises(ProgrammeError) as refused:
        toml_in.read(TEXT.replace("Demonstration programme", hostile.replace("\u0007", "\\u0007")))
    assert any(one.place == "labels.en" for one in refused.value.problems)
