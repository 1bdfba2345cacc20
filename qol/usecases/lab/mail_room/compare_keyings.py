"""Show where two keyings of a sheet differ; what they agree on is not shown."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.instrument import Release
from qol.domain.keying import Choice, Difference, differences
from qol.domain.mail_room import ReceivedSheet, SheetMovedError, SheetState
from qol.usecases.lab.mail_room.finding import release_of, sheet_of
from qol.usecases.lab.mail_room.ports import MailStore
from qol.usecases.lab.mail_room.sealed import opened
from qol.usecases.ports import Opener


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is to be decided. ``own`` is the reading of the person who looks, if they keyed."""

    sheet: ReceivedSheet
    release: Release
    differences: tuple[Difference, ...]
    own: Choice | None


@dataclass(frozen=True, slots=True)
class CompareKeyings:
    """``CompareKeyings(...)(programme, actor, number)`` gives the differences."""

    store: MailStore
    opener: Opener

    def __call__(self, programme: str, actor: str, number: int) -> Comparison:
        """Compare; SheetMovedError unless two keyings wait for a decision.

        No difference: the two agree, or it is decided, and only the deposit is missing.
        """
        with self.store.reading() as unit:
            filed = sheet_of(unit, programme, number)
            if filed.sheet.state is not SheetState.KEYED_TWICE:
                raise SheetMovedError("This sheet does not wait for a decision.")
            release = release_of(unit.releases(programme), filed)
            first, second = unit.keyings(filed.id)[:2]
            found: tuple[Difference, ...] = ()
            if not filed.sheet.decider:
                found = differences(
                    opened(self.opener, filed, release, first),
                    opened(self.opener, filed, release, second),
                )
            detail: dict[str, str | int] = {"differences": len(found)}
            unit.commit(AuditEvent(Act.SHEET_COMPARED, actor, filed.reference, detail))
        own = {first.actor: Choice.FIRST, second.actor: Choice.SECOND}.get(actor)
        return Comparison(filed.sheet, release, found, own)
