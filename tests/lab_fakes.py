"""A laboratory in memory without anything in it: for tests of what every face of staff does."""

from __future__ import annotations

from qol.bootstrap.lab_programmes import programme_acts
from qol.config import Config
from qol.usecases.ports import Clock, Dice
from qol.web.lab.face import Face
from tests.unit.usecases.lab_fakes import FakeLabStore


def empty_laboratory(config: Config, clock: Clock, _: Dice) -> Face:
    """Give the face's acts on a store without a row."""
    store = FakeLabStore()
    return Face(programmes=programme_acts(store, clock, demonstration=config.demonstration))
