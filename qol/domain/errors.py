"""Errors the domain speaks of. Their text is one clear sentence: what, where, what to do."""

from __future__ import annotations

from qol.domain.problem import Problem


class QolError(Exception):
    """A refusal that a person may read; never carries an answer or a pseudonym."""


class InstrumentError(QolError):
    """A definition or wording that the strict loader refuses."""


class ProgrammeError(QolError):
    """A programme file or version that is refused; ``problems`` tell it key by key."""

    def __init__(self, *problems: Problem, message: str = "") -> None:
        """Without a message the error says its problems, one after the other."""
        super().__init__(message or "; ".join(str(one) for one in problems))
        self.problems = problems


class PseudonymError(QolError):
    """A typed code that cannot be a pseudonym; says which kind of slip it is."""


class EnvelopeError(QolError):
    """A sealed body that does not open: wrong key, swapped row or altered bytes."""


class KeyAbsentError(EnvelopeError):
    """The private half that would open a body is not there: destroyed, or to be restored."""


class KeyFolderError(QolError):
    """A key that is lost, wrong, swapped or readable by others."""


class AlreadyReceivedError(QolError):
    """The slot holds an administration of another visit; nothing was added."""


class AlreadySaidError(QolError):
    """It was written down before; nothing was changed."""


class StoreUnavailableError(QolError):
    """The database cannot be reached or written to."""


class NotAllowedError(QolError):
    """An act that the current state does not allow."""


class AnswersError(QolError):
    """A file of answers that is refused; names row and column, never what stands there."""


class PrintingError(QolError):
    """A sheet that could not be printed; nothing of it was kept."""
