from pathlib import Path

import pytest

from qol.adapters.programmes import portal
from qol.domain.errors import ProgrammeError

DEMONSTRATION = Path(portal.__file__).parents[2] / "cli" / "demonstration" / "portal.toml"
TEXT = DEMONSTRATION.read_text("utf-8")


def test_the_demonstration_is_in_order() -> None:
    read = portal.load(DEMONSTRATION)
    assert read.languages == ("fr", "en")
    assert [number.number for number in read.safety["fr"].numbers][:2] == ["15", "112"]
    assert set(read.names) == set(read.safety) == set(read.accessibility) == {"fr", "en"}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("hospital_ranges = []", 'hospital_ranges = ["10.0.0.1/8"]', "is not a network"),
        ('"localhost"', '"local host"', "is not a host name"),
        ('number = "15"', 'number = "quinze"', "safety.fr.numbers[0].number: must be"),
        ('number = "15"', "number = 15", "safety.fr.numbers[0].number: must be text"),
        ("[safety.en]", "[safety.de]", "safety.en: is missing"),
        ('en = "My questionnaires"\n', "", "names.en: is missing"),
        ("[operator]", "[owner]", "operator: is missing"),
    ],
)
def test_what_is_wrong_is_told_with_its_key(old: str, new: str, told: str) -> None:
    assert old in TEXT
    with pytest.raises(ProgrammeError) as refused:
        portal.read(TEXT.replace(old, new, 1))
    assert told in str(refused.value)


def test_hospital_ranges_are_networks() -> None:
    ranges = 'hospital_ranges = ["192.0.2.0/24", "2001:db8::/32"]'
    read = portal.read(TEXT.replace("hospital_ranges = []", ranges))
    assert read.hospital_ranges == ("192.0.2.0/24", "2001:db8::/32")
