"""Warm presses for the tests that do not hurt them, and each form printed once."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from qol.adapters.paper.form import PaperForms
from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.press import REVIEWS, Press
from qol.adapters.words import read_catalogues
from qol.usecases.lab.paper import Printed
from tests import forms


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


class Forms(dict[tuple[str, str], Printed]):
    """Forms by name and language, printed when they are first asked for."""

    def __init__(self, printer: PaperForms) -> None:
        self._printer = printer

    def __missing__(self, asked: tuple[str, str]) -> Printed:
        self[asked] = self._printer.print_form(forms.form(*asked))
        return self[asked]


@pytest.fixture(scope="session")
def printed(forms_printer: PaperForms) -> Forms:
    return Forms(forms_printer)
