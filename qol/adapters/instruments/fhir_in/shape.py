"""Shapes that are not R4, and elements that FHIR forbids to ignore."""

from __future__ import annotations

from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.reading import Node

_OLD_KEYS = ("option", "options", "question", "group", "concept")
_NEW_KEYS = ("answerConstraint", "disabledDisplay")


def refuse_foreign_file(root: Node, source: Source) -> None:
    """Raise InstrumentError on a file of another FHIR version, or that forbids guessing."""
    if "group" in root:
        raise source.whole("the file has the shape of FHIR DSTU2, and R4 is needed")
    _refuse_unreadable(root, "the questionnaire", source)
    if root.get("implicitRules") is not None:
        raise source.whole("the file stands under implicitRules that are not in it")


def refuse_foreign_shape(item: Node, link: str, source: Source) -> None:
    """Raise InstrumentError on an item written for another version of FHIR."""
    for key in _OLD_KEYS:
        if key in item:
            raise source.refusal(link, f"its {key} is the shape before FHIR R4, and R4 is needed")
    for key in _NEW_KEYS:
        if key in item:
            raise source.refusal(link, f"its {key} is the shape of FHIR R5, and R4 is needed")
    if any(key.startswith("initial") and key != "initial" for key in item):
        raise source.refusal(
            link, "its initial value has the shape before FHIR R4, and R4 is needed"
        )
    _refuse_unreadable(item, link, source)


def _refuse_unreadable(node: Node, name: str, source: Source) -> None:
    if node.get("modifierExtension"):
        reason = "it has a modifierExtension, which may turn its meaning around"
        raise source.refusal(shown(name), reason)
