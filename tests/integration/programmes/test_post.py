"""The post is off, or on with all that it needs (EA-ÉCH-5-a, EA-ÉCH-5-h)."""

from pathlib import Path

import pytest

from qol.adapters.programmes import toml_in, toml_out
from qol.domain.errors import ProgrammeError
from qol.domain.programme import Postal

DEMONSTRATION = Path(toml_in.__file__).parents[2] / "cli" / "demonstration" / "programme.toml"
WITHOUT = DEMONSTRATION.read_text("utf-8").split("[postal]")[0]
ADDRESS = 'address = ["Libre réponse 00000", "75000 Paris"]\n'
LICENCE = 'licence = "00000"\n'
REASON = 'reason = "no-internet"\n'


def _with(*lines: str) -> str:
    return WITHOUT + "\n[postal]\n" + "".join(lines)


def test_without_a_table_nothing_goes_by_post() -> None:
    assert toml_in.read(WITHOUT).postal is None


def test_with_all_it_needs_the_post_is_on_and_comes_back() -> None:
    read = toml_in.read(_with(ADDRESS, LICENCE, REASON))
    assert read.postal == Postal(("Libre réponse 00000", "75000 Paris"), "00000", "no-internet")
    assert toml_in.read(toml_out.write(read)) == read


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((LICENCE, REASON), "postal.address: is missing"),
        ((ADDRESS, REASON), "postal.licence: is missing"),
        ((ADDRESS, LICENCE), "postal.reason: is missing"),
        ((ADDRESS, LICENCE, 'reason = "cheaper"\n'), "postal.reason: must be one of no-device"),
        ((ADDRESS, 'licence = "12"\n', REASON), "postal.licence: must be the licence's number"),
        (('address = ["Paris"]\n', LICENCE, REASON), "postal.address: must have 2 to 6 lines"),
        ((f'address = ["{"x" * 39}", "Paris"]\n', LICENCE, REASON), "at most 38 characters"),
        (('address = ["a\\u202e", "Paris"]\n', LICENCE, REASON), "all printable"),
        ((ADDRESS, LICENCE, REASON, 'fax = "1"\n'), "postal.fax: is not known"),
    ],
)
def test_it_cannot_be_switched_on_by_half(lines: tuple[str, ...], told: str) -> None:
    with pytest.raises(ProgrammeError) as refused:
        toml_in.read(_with(*lines))
    assert told in str(refused.value)
