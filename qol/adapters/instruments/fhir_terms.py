"""What a FHIR Questionnaire of ours is made of, known to the way out and to the way in.

FHIR R4 has no place for some of what a definition holds. It travels in extensions under
``OURS``, a name of our own: it is registered nowhere and leads nowhere (docs/fhir.md).
"""

from __future__ import annotations

OURS = "urn:qol-portal:fhir/"
FORMAT = 1
HL7 = "http://hl7.org/fhir/StructureDefinition/"
CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
LOINC = "http://loinc.org"
CDISC = OURS + "cdisc-test-code"

# Before the code in a linkId: no item code holds a slash, so no two of them meet.
SECTION, LOW, HIGH = "section/", "low/", "high/"

PLACES: dict[str, dict[str, str]] = {
    "questionnaire": {
        "format": "valueInteger",
        "library": "valueBoolean",
        "layout-skip": "valueBoolean",
        "layout-proxy": "valueBoolean",
        "layout-vertical": "valueBoolean",
        "cdisc-code-list": "valueCode",
        "response-set": "extension",
        "instruction": "valueString",
    },
    "group": {"instruction": "valueString", "period": "valueString"},
    "choice": {"response-set": "valueCode", "short": "valueString"},
    "integer": {"display": "valueCode", "also": "valueInteger", "short": "valueString"},
}
"""Where each extension may stand (an item by its type), and under which key its value is."""

REPEATED = frozenset({("questionnaire", "response-set"), ("integer", "also")})
"""The extensions that may stand more than once in their place."""
