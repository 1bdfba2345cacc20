"""What a person would check of a definition and its wording before it is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from qol.domain.instrument import Instrument, Wording
from qol.domain.rights import Ask, Rights


class State(StrEnum):
    """How a rule stands; ``LOOK`` is what no machine can judge."""

    OK = "ok"
    MISSING = "missing"
    LOOK = "for a person to look at"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule, how it stands and what was found, in one sentence."""

    rule: str
    state: State
    said: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What would be published. ``wording`` is None where none is installed in ``language``.

    ``rows`` counts the vectors, all of which hold; ``independent`` those of others.
    """

    instrument: Instrument
    rights: Rights
    language: str
    wording: Wording | None
    rows: int = 0
    independent: int = 0


_ASKED = {
    Ask.LICENCE: "publish with --licence and --licence-ends",
    Ask.ELECTRONIC: "publish with --electronic-approval",
    Ask.CERTIFICATE: "publish with --certificate",
    Ask.STATEMENT: "the programme's protocol must say what RIGHTS.md says",
}


def fitness(candidate: Candidate, *, demonstration: bool = False) -> tuple[Finding, ...]:
    """Give every finding, in the order in which a person would look.

    A demonstration may show what is not validated, or what nobody confirmed.
    """
    instrument, rights = candidate.instrument, candidate.rights
    unfit = State.LOOK if demonstration else State.MISSING
    return (
        _defined(instrument),
        _proved(candidate),
        _judged("status", instrument.status == "final", unfit, _status(instrument, rights)),
        _judged(
            "validated",
            instrument.validated,
            unfit,
            "a validated questionnaire" if instrument.validated else "it is not validated",
        ),
        _judged(
            "rights",
            not rights.unwritten,
            State.MISSING,
            f"not yet written: {', '.join(rights.unwritten)}"
            if rights.unwritten
            else f"publishing asks for {rights.asked}",
        ),
        *_worded(candidate),
        *(Finding(ask, State.LOOK, said) for ask, said in _ASKED.items() if ask in rights.asks),
        _safe(rights),
    )


def _judged(rule: str, good: bool, otherwise: State, said: str) -> Finding:  # noqa: FBT001 - a judgement
    return Finding(rule, State.OK if good else otherwise, said)


def _defined(instrument: Instrument) -> Finding:
    size = f"{len(instrument.items)} items, {len(instrument.scales)} scales"
    if instrument.library:
        return Finding("definition", State.MISSING, f"{size}, but a library: select from it first")
    return Finding("definition", State.OK, size)


def _proved(candidate: Candidate) -> Finding:
    rows, independent = candidate.rows, candidate.independent
    said = f"{rows} rows hold, {independent} of them independent of this project"
    doubtful = candidate.instrument.scales and not independent
    return Finding("vectors", State.LOOK if doubtful else State.OK, said)


def _status(instrument: Instrument, rights: Rights) -> str:
    if instrument.status == "final":
        return "final"
    unsure = [source.rule for source in rights.sources if source.confidence == "C"]
    return f"provisional: nobody confirmed {'; '.join(unsure)}"


def _worded(candidate: Candidate) -> Iterator[Finding]:
    wording, asks = candidate.wording, candidate.rights.asks
    rule = f"wording {candidate.language}"
    if wording is None:
        yield Finding(rule, State.MISSING, "none is installed: 'instruments install' takes it in")
        return
    yield Finding(rule, State.OK, "installed and complete")
    if Ask.CREDIT in asks:
        credited = bool(wording.copyright)
        said = "shown below every form" if credited else "the wording has no copyright text"
        yield _judged(f"{Ask.CREDIT} {candidate.language}", credited, State.MISSING, said)
    headed = wording.instruction or any(
        section.instruction or section.period for section in wording.sections.values()
    )
    said = "present" if headed else "neither is there: compare with the holder's own page"
    yield _judged("instruction or recall period", bool(headed), State.LOOK, said)


def _safe(rights: Rights) -> Finding:
    if rights.safety:
        return Finding("safety", State.LOOK, rights.safety)
    return Finding("safety", State.OK, "no item needs a decision")
