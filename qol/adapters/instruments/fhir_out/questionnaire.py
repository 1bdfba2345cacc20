"""A definition and one of its wordings become a FHIR R4 Questionnaire.

Reading it back gives the same questions and the same wording, by their hashes. Scoring does
not travel: a Questionnaire has no place for it, and nobody should score from a copy.
"""

from __future__ import annotations

import json

from qol.adapters.instruments.fhir_out.elements import Plain, filled, loinc, ours
from qol.adapters.instruments.fhir_out.items import coding, group, ordinal
from qol.adapters.instruments.fhir_terms import FORMAT, OURS
from qol.domain.instrument import Instrument, LayoutPolicy, ResponseSet, Wording


def questionnaire(instrument: Instrument, wording: Wording | None) -> Plain:
    """Give the Questionnaire; without a wording it is structure and codes, and no text.

    Instrument and wording are those that the strict loader lets through. Elements stand in
    the order of the specification, so that the same input gives the same bytes.
    """
    return filled(
        resourceType="Questionnaire",
        id=instrument.id,
        language=wording.language if wording else None,
        extension=_extensions(instrument, wording),
        version=instrument.version,
        name=_name(instrument.id),
        title=wording.title if wording else None,
        status="draft" if instrument.status == "provisional" else "active",
        experimental=not instrument.validated,
        code=loinc(instrument.loinc),
        copyright=wording.copyright if wording else None,
        item=[group(section, instrument, wording) for section in instrument.sections],
    )


def questionnaire_bytes(instrument: Instrument, wording: Wording | None) -> bytes:
    """Give the Questionnaire as a UTF-8 JSON file."""
    made = questionnaire(instrument, wording)
    return (json.dumps(made, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _name(ident: str) -> str:
    """Make a name that programs can use (invariant que-0): ``eq-5d-5l`` gives ``Eq5d5l``."""
    joined = "".join(part.capitalize() for part in ident.split("-"))
    return joined if joined[0].isalpha() else f"Q{joined}"


def _extensions(instrument: Instrument, wording: Wording | None) -> list[Plain]:
    found = ours("format", "valueInteger", FORMAT)
    if instrument.library:
        found += ours("library", "valueBoolean", value=True)
    if instrument.layout != LayoutPolicy():
        found += ours("layout-skip", "valueBoolean", instrument.layout.skip)
        found += ours("layout-proxy", "valueBoolean", instrument.layout.proxy)
    if instrument.layout.vertical:
        found += ours("layout-vertical", "valueBoolean", value=True)
    found += ours("cdisc-code-list", "valueCode", instrument.cdisc)
    used = {item.response_set for item in instrument.items}
    for held in instrument.response_sets:
        found.append(_declared(held, wording, unused=held.code not in used))
    return found + ours("instruction", "valueString", wording.instruction if wording else "")


def _declared(held: ResponseSet, wording: Wording | None, *, unused: bool) -> Plain:
    """Name a response set in its place; its options stand here only if no item has them."""
    inner: list[Plain] = [{"url": "name", "valueCode": held.code}]
    if unused:
        inner += [
            {
                "url": "option",
                "valueCoding": {"extension": ordinal(code), **coding(held, code, wording)},
            }
            for code in held.codes
        ]
    return {"url": OURS + "response-set", "extension": inner}
