"""The scoring part of instrument.json into scales."""

from __future__ import annotations

from math import isfinite
from re import Pattern
from typing import Literal, cast

from qol.adapters.instruments.node import Node
from qol.domain.instrument import Scale


def read_scales(
    node: Node, code: Pattern[str], version: Pattern[str]
) -> tuple[str, tuple[Scale, ...]]:
    """Return the scoring's version and its scales; methods are judged by the domain."""
    found = node.fields({"algorithm", "scales"})
    scales = tuple(_scale(entry, code) for entry in found["scales"].array())
    return found["algorithm"].name(version), scales


def _scale(node: Node, code: Pattern[str]) -> Scale:
    found = node.fields(
        {"code", "method"}, {"items", "scales", "parameters", "direction", "loinc", "cdisc"}
    )
    if ("items" in found) == ("scales" in found):
        raise node.refuse("a scale is made from either items or scales")
    parameters = found.get("parameters")
    direction = found.get("direction")
    return Scale(
        code=found["code"].name(code),
        items=_names(found.get("items"), code),
        scales=_names(found.get("scales"), code),
        loinc=found["loinc"].name(code) if "loinc" in found else None,
        cdisc=found["cdisc"].name(code) if "cdisc" in found else None,
        method=found["method"].name(code),
        parameters=(
            {name: _data(entry) for name, entry in parameters.mapping().items()}
            if parameters
            else {}
        ),
        direction=(
            cast("Literal['better', 'worse', 'none']", direction.one_of("better", "worse", "none"))
            if direction
            else "none"
        ),
    )


def _names(node: Node | None, code: Pattern[str]) -> tuple[str, ...]:
    return tuple(entry.name(code) for entry in node.array()) if node else ()


def _data(node: Node) -> object:
    """Return a parameter as it stands: text, whole or finite number, flag, null, list, object."""
    value = node.value
    if isinstance(value, dict):
        return {name: _data(entry) for name, entry in node.mapping().items()}
    if isinstance(value, list):
        return [_data(entry) for entry in node.array()]
    if isinstance(value, float) and not isfinite(value):
        raise node.refuse("must be a finite number")
    return value
