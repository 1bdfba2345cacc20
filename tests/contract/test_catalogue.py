"""docs/instruments.md is what the folders say."""

from qol.adapters.instruments.catalogue import catalogue_page
from tests.contract.tree import ROOT


def test_the_catalogue_is_up_to_date() -> None:
    written = (ROOT / "docs" / "instruments.md").read_text("utf-8")
    assert written == catalogue_page(ROOT / "questionnaires"), (
        "write it anew: python -m qol instruments catalogue > docs/instruments.md"
    )
