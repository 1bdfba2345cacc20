"""The RPPS number in a national identifier, by which an account is found."""

from __future__ import annotations

import pytest

from qol.usecases.staff.identity import Identity


@pytest.mark.parametrize(
    ("national", "rpps"),
    [
        ("899700000001", "99700000001"),
        ("10001234567", "10001234567"),
        ("0123456789", ""),  # kind 0: an older number of nine digits
        ("399700000001", ""),
        ("8997000000012", ""),
        ("8٩٩٧٠٠٠٠٠٠٠١", ""),
        ("", ""),
    ],
)
def test_an_rpps_number_is_eleven_digits_of_kind_eight(national: str, rpps: str) -> None:
    assert Identity("https://id.example", "s", national, "", "", "", "").rpps == rpps
