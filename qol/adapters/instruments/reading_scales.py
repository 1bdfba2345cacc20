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
    found = node.fields({"code", "items", "method"}, {"parameters", "direction"})
    parameters = found.get("parameters")
    direction = found.get("direction")
    return Scale(
        code=found["code"].name(code),
        items=tuple(entry.name(code) for entry in found["items"].array()),
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
