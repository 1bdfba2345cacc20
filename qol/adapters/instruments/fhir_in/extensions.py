"""FHIR extensions: found by the last part of their address, ignored when they are not known."""

from __future__ import annotations

from collections.abc import Iterator

from qol.adapters.instruments.fhir_in.reading import Node

ORDINALS = (
    "ordinalValue",
    "itemWeight",
    "questionnaire-ordinalValue",
    "valueset-ordinalValue",
    "codesystem-ordinalValue",
    "iso21090-CO-value",
)


def named(node: object, *names: str) -> Iterator[Node]:
    """Yield the node's extensions whose address ends in one of the names, in their order."""
    if not isinstance(node, dict):
        return
    found = node.get("extension")
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and last_part(one.get("url")) in names:
            yield one


def last_part(url: object) -> str:
    """Return the last part of an address, without its version."""
    if not isinstance(url, str):
        return ""
    return url.split("|")[0].rstrip("/").rsplit("/", 1)[-1]


def value(extension: Node) -> object:
    """Return what an extension carries under its one ``value[x]`` key, None when it has none."""
    for key, found in extension.items():
        if key.startswith("value"):
            return found
    return None


def is_hidden(item: Node) -> bool:
    """Say whether the file keeps this item from the person's eyes."""
    return any(value(one) is True for one in named(item, "questionnaire-hidden")) or any(
        value(one) in ("display", "display-non-empty")
        for one in named(item, "questionnaire-usageMode")
    )


def is_computed(item: Node) -> bool:
    """Say whether a formula fills this item."""
    found = item.get("extension")
    return any(
        isinstance(one, dict)
        and last_part(one.get("url")).endswith(("calculatedExpression", "calculatedValue"))
        for one in (found if isinstance(found, list) else ())
    )


def has_expression_condition(item: Node) -> bool:
    """Say whether a formula opens and closes this item."""
    found = item.get("extension")
    return any(
        isinstance(one, dict) and last_part(one.get("url")).endswith("enableWhenExpression")
        for one in (found if isinstance(found, list) else ())
    )


def controls(item: Node) -> set[str]:
    """Return the codes of the item's controls: slider, lower, upper, help, unit."""
    found: set[str] = set()
    for one in named(item, "questionnaire-itemControl"):
        concept = value(one)
        codings = concept.get("coding") if isinstance(concept, dict) else None
        for coding in codings if isinstance(codings, list) else ():
            if isinstance(coding, dict) and isinstance(coding.get("code"), str):
                found.add(coding["code"].lower())
    return found
