"""Answer lists that the file itself contains: value sets, and the code systems they draw on."""

from __future__ import annotations

from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.reading import Node, nodes

_MOST = 500


def listed(reference: object, root: Node, link: str, source: Source) -> list[Node]:
    """Return the codings of a contained answer list, in its order.

    The reference is ``#id`` or the address of a contained value set. InstrumentError when
    the list is not in the file, or is a rule instead of a list.
    """
    found = _contained(reference, "ValueSet", root)
    if found is None:
        name = shown(reference)
        raise source.refusal(link, f"its answer list {name} is not in the file")
    codings = _expanded(found) or _composed(found, root, link, source)
    if len(codings) > _MOST:
        raise source.refusal(link, f"its answer list has more than {_MOST} answers")
    return codings


def _contained(reference: object, kind: str, root: Node) -> Node | None:
    if not isinstance(reference, str):
        return None
    for one in nodes(root, "contained") or []:
        if one.get("resourceType") != kind:
            continue
        address, ident = one.get("url"), one.get("id")
        if isinstance(ident, str) and reference in {
            f"#{ident}",
            ident,
            f"#{ident.removeprefix('#')}",
        }:
            return one
        if isinstance(address, str) and reference.split("|")[0] == address:
            return one
    return None


def _expanded(valueset: Node) -> list[Node]:
    expansion = valueset.get("expansion")
    contains = nodes(expansion, "contains") if isinstance(expansion, dict) else []
    return _flat(contains or [], "contains")


def _composed(valueset: Node, root: Node, link: str, source: Source) -> list[Node]:
    compose = valueset.get("compose")
    if not isinstance(compose, dict):
        raise source.refusal(link, "its answer list is empty")
    result: list[Node] = []
    for include in nodes(compose, "include") or []:
        if compose.get("exclude") or include.get("filter") or include.get("valueSet"):
            raise source.refusal(link, "its answer list is a rule and not a list in the file")
        system = include.get("system")
        concepts = nodes(include, "concept") or _whole_system(system, root)
        if not concepts:
            raise source.refusal(link, f"its answer list {shown(system)} is not in the file")
        result += [{"system": system, **concept} for concept in concepts]
    return result


def _whole_system(system: object, root: Node) -> list[Node]:
    found = _contained(system, "CodeSystem", root)
    return _flat(nodes(found, "concept") or [], "concept") if found is not None else []


def _flat(concepts: list[Node], key: str) -> list[Node]:
    result: list[Node] = []
    for one in concepts:
        if one.get("abstract") is not True:
            result.append({name: found for name, found in one.items() if name != key})
        result += _flat(nodes(one, key) or [], key)
    return result
