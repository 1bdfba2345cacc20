"""One warm press for the tests that do not hurt it."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from qol.adapters.paper.form import PaperForms
from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.press import REVIEWS, Press
from qol.adapters.words import read_catalogues


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    with closing(Press()) as warm:
        yield warm


@pytest.fixture(scope="session")
def printer(press: Press) -> PaperPrinter:
    return PaperPrinter(press, read_catalogues())


@pytest.fixture(scope="session")
def forms_printer() -> Iterator[PaperForms]:
    with closing(Press(REVIEWS)) as warm:
        yield PaperForms(warm, read_catalogues())
