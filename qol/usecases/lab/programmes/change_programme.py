"""A change of a programme in the browser: shown first, then made a version, once (EA-2.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from qol.domain.errors import ProgrammeError
from qol.domain.problem import Problem, Wrong
from qol.domain.programme import Programme
from qol.domain.programme_changes import Change, changes
from qol.usecases.lab.load_programme import LoadProgramme, current, refuse_unfit

Read = Callable[[str], Programme]
"""Reads a document as strictly as a file; ProgrammeError tells all that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A document that may become a version, and what it would change."""

    programme: Programme
    changes: tuple[Change, ...]

    @property
    def based_on(self) -> int:
        """The version it was made from; 0 when it is the first."""
        return self.programme.version - 1


@dataclass(frozen=True, slots=True)
class ProposeProgramme:
    """Read a document and make every check that loading makes; nothing is written."""

    load: LoadProgramme
    read: Read

    def __call__(self, programme: str, document: str) -> Proposed:
        """Say what the document changes of ``programme``; ProgrammeError when it is refused."""
        read = self.read(document)
        if read.id != programme:
            raise ProgrammeError(Problem("id", Wrong.OTHER_PROGRAMME, {"programme": programme}))
        with self.load.store.reading() as unit:
            before = current(unit, programme)
            refuse_unfit(unit, read, read.version - 1, demonstration=self.load.demonstration)
        told = changes(before, read)
        if not told:
            raise ProgrammeError(Problem("", Wrong.NO_CHANGE))
        return Proposed(read, told)


@dataclass(frozen=True, slots=True)
class ChangeProgramme:
    """Append the document that was shown as the next version."""

    propose: ProposeProgramme

    def __call__(self, programme: str, document: str, actor: str) -> Programme:
        """Append it and return it; the same document again is the version that it made.

        ProgrammeError when it is refused, or another change came in between.
        """
        read = self.propose.read(document)
        try:
            proposed = self.propose(programme, document)
            self.propose.load(read, document, proposed.based_on, actor)
        except ProgrammeError:
            # A second click comes after the first has made this very version.
            with self.propose.load.store.reading() as unit:
                now = current(unit, programme)
            if now != read:
                raise
        return read


@dataclass(frozen=True, slots=True)
class TakeOut:
    """Write a version as a document to be changed: its number is already the next."""

    load: LoadProgramme
    write: Callable[[Programme], str]

    def __call__(self, programme: str) -> str:
        """Give the current version's document; empty when there is none."""
        with self.load.store.reading() as unit:
            now = current(unit, programme)
        return self.write(replace(now, version=now.version + 1)) if now else ""
