"""The small parts of a FHIR resource: extensions, codings, and elements left out when empty."""

from __future__ import annotations

from qol.adapters.instruments.fhir_terms import CONTROLS, HL7, LOINC, OURS

Plain = dict[str, object]


def filled(**elements: object) -> Plain:
    """Give the elements that have a value: FHIR forbids empty texts and empty lists."""
    return {name: found for name, found in elements.items() if found not in (None, "", [])}


def ours(name: str, key: str, value: object) -> list[Plain]:
    """Give our extension of that name, or nothing where it has no value."""
    return [] if value in (None, "") else [{"url": OURS + name, key: value}]


def hl7(name: str, key: str, value: object) -> Plain:
    """Give an extension that FHIR itself defines."""
    return {"url": HL7 + name, key: value}


def control(code: str) -> Plain:
    """Say how an item is shown: slider, lower, upper."""
    coding = {"system": CONTROLS, "code": code}
    return hl7("questionnaire-itemControl", "valueCodeableConcept", {"coding": [coding]})


def loinc(code: str | None) -> list[Plain]:
    """Give a LOINC coding, or nothing where none is confirmed."""
    return [{"system": LOINC, "code": code}] if code else []
