"""What FHIR R4 (4.0.1) says of a Questionnaire and ``fhir.resources`` does not check.

``fhir.resources`` reads the shape (its R4B models; R4B left Questionnaire as it was in R4)
but lets unknown codes and broken invariants pass. Each line here names its invariant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Node = dict[str, object]
TYPES = {
    "group", "display", "boolean", "decimal", "integer", "date", "dateTime", "time", "string",
    "text", "url", "choice", "open-choice", "attachment", "reference", "quantity",
}  # fmt: skip
OPERATORS = {"exists", "=", "!=", ">", "<", ">=", "<="}


def faults(root: Node) -> list[str]:
    """Name every rule that the Questionnaire breaks."""
    found = [rule for rule, kept in _of_root(root) if not kept]
    for item in _items(root):
        found += [f"{rule} {item.get('linkId')}" for rule, kept in _of_item(item) if not kept]
    found += [f"ext-1 {one['url']}" for one in _extensions(root) if not _one_content(one)]
    return found + ["empty" for one in _values(root) if one in ("", [], {}, None)]


def _of_root(root: Node) -> Iterator[tuple[str, bool]]:
    links = [item.get("linkId") for item in _items(root)]
    yield "que-0", re.fullmatch(r"[A-Z]([A-Za-z0-9_]){0,254}", str(root["name"])) is not None
    yield "que-2", len(set(links)) == len(links)
    yield "id", re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", str(root["id"])) is not None
    yield "status", root["status"] in {"draft", "active", "retired", "unknown"}


def _of_item(item: Node) -> Iterator[tuple[str, bool]]:
    type_ = item["type"]
    yield "type", type_ in TYPES
    yield (
        "que-1",
        (bool(item.get("item")) or type_ != "group")
        and not (type_ == "display" and item.get("item")),
    )
    yield "que-3", type_ != "display" or "code" not in item
    yield "que-4", not ("answerOption" in item and "answerValueSet" in item)
    yield "que-5", type_ in {"choice", "open-choice"} or "answerOption" not in item
    rules = item.get("enableWhen", [])
    yield "que-12", len(rules) < 2 or "enableBehavior" in item
    yield "enableBehavior", item.get("enableBehavior", "any") in {"any", "all"}
    for rule in rules:
        yield "operator", rule["operator"] in OPERATORS
        yield "answer[x]", len([key for key in rule if key.startswith("answer")]) == 1


def _items(holder: Node) -> Iterator[Node]:
    for item in holder.get("item", []):
        yield item
        yield from _items(item)


def _extensions(found: object) -> Iterator[Node]:
    for node in _values(found):
        if isinstance(node, dict):
            yield from node.get("extension", [])


def _one_content(extension: Node) -> bool:
    values = [key for key in extension if key.startswith("value")]
    return len(values) + ("extension" in extension) == 1


def _values(found: object) -> Iterator[object]:
    yield found
    if isinstance(found, dict | list):
        for inner in found.values() if isinstance(found, dict) else found:
            yield from _values(inner)
