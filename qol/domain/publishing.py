"""What a release says of itself besides its bytes, and who stands for it (EA-7.3-b)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from qol.domain.errors import NotAllowedError
from qol.domain.rights import Ask, Rights

APPROVERS = 2
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Particulars:
    """References that the laboratory holds; empty where there is none."""

    authority: str = ""
    decision_reference: str = ""
    decision_date: date | None = None
    licence_reference: str = ""
    licence_ends: date | None = None
    electronic_approval: str = ""
    certificate: str = ""

    @property
    def decided(self) -> bool:
        """Say whether an authority's decision is named in full."""
        return bool(self.authority and self.decision_reference and self.decision_date)

    def but_licence(self) -> Particulars:
        """Give what a renewed licence leaves as it was."""
        return replace(self, licence_reference="", licence_ends=None)


NOT_STATED = Particulars()


def lacking(given: Particulars, rights: Rights) -> Iterator[str]:
    """Name what a release still needs: the authority's decision, and what the rights ask for."""
    if not given.decided:
        yield "its authority, decision reference and decision date (EA-7.3-b)"
    if Ask.LICENCE in rights.asks and not (given.licence_reference and given.licence_ends):
        yield "the licence's reference and last day"
    if Ask.ELECTRONIC in rights.asks and not given.electronic_approval:
        yield "the approval of its electronic version"
    if Ask.CERTIFICATE in rights.asks and not given.certificate:
        yield "its language certificate"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's word for the bytes under two hashes.

    ``person`` is an account's reference when ``verified``, else a name that somebody typed.
    """

    person: str
    approved_at: datetime
    definition_sha256: str
    wording_sha256: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A release as publishing and approving see it."""

    release: int
    definition_sha256: str
    wording_sha256: str
    particulars: Particulars
    approved: bool
    approvals: tuple[Approval, ...] = ()

    @property
    def hashes(self) -> tuple[str, str]:
        """The definition's and the wording's SHA-256."""
        return self.definition_sha256, self.wording_sha256

    @property
    def verified(self) -> int:
        """Count the verified approvals over this release's own hashes."""
        return sum(
            one.verified and (one.definition_sha256, one.wording_sha256) == self.hashes
            for one in self.approvals
        )

    def has(self, person: str) -> bool:
        """Say whether that person has approved already, however they spell themselves."""
        return folded(person) in {folded(one.person) for one in self.approvals}

    @property
    def awaited(self) -> str:
        """Say what an unapproved release still needs; empty when it is approved."""
        if self.approved:
            return ""
        typed = len(self.approvals) - self.verified
        names = f"; {typed} of its names are not verified" if typed else ""
        return (
            f"it has {self.verified} of {APPROVERS} approvals by people who signed in{names},"
            " so it is shown in a demonstration only"
        )


def folded(person: str) -> str:
    """Give a name without what two spellings of it differ in."""
    return " ".join(person.split()).casefold()


def checked_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return typed names, none or two different ones; NotAllowedError otherwise."""
    given = tuple(" ".join(name.split()) for name in names)
    people = {folded(name) for name in given}
    if given and not len(given) == len(people) == APPROVERS:
        raise NotAllowedError(f"A release is approved by {APPROVERS} different people, or by none.")
    for name in given:
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            raise NotAllowedError(f"A name has 1 to {LONGEST_NAME} printable characters.")
    return given
