"""Reading a file that may be anything: its size, its bytes, its depth, its JSON."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

from qol.adapters.instruments.fhir_in.imported import Source, shown

MAX_BYTES = 3_000_000
MAX_DEPTH = 200
MAX_DIGITS = 18

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)

Node = dict[str, object]


class _WrongJsonError(Exception):
    """JSON that Python would read and this import does not."""


def read_text(path: Path) -> str:
    """Return the file's text without a byte order mark.

    InstrumentError when it is not a regular readable file of UTF-8 of at most 3 MB.
    """
    source = Source(path.name)
    try:
        if not path.is_file():
            raise source.whole("this is not a file that can be read")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:
        raise source.whole("the file cannot be read") from problem
    if len(raw) > MAX_BYTES:
        raise source.whole("the file is larger than 3 MB")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise source.whole("the file is not UTF-8 text") from problem


def parse_questionnaire(text: str, source: Source) -> Node:
    """Return the Questionnaire in the text; InstrumentError when there is none."""
    if depth(text) > MAX_DEPTH:
        raise source.whole(f"the JSON is nested deeper than {MAX_DEPTH} levels")
    try:
        found = json.loads(
            text,
            object_pairs_hook=_without_repeats,
            parse_constant=_no_constant,
            parse_int=_short_integer,
            parse_float=_finite,
        )
    except _WrongJsonError as problem:
        raise source.whole(str(problem)) from problem
    except (ValueError, RecursionError) as problem:
        raise source.whole("the file is not JSON") from problem
    if not isinstance(found, dict) or found.get("resourceType") != "Questionnaire":
        raise source.whole("the file is not a FHIR Questionnaire")
    return found


def depth(text: str) -> int:
    """Return how deep brackets nest outside strings, without parsing."""
    level = deepest = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        mark = match.group()[0]
        if mark in "[{":
            level += 1
            deepest = max(deepest, level)
        elif mark != '"':
            level -= 1
    return deepest


def nodes(holder: Node, key: str) -> list[Node] | None:
    """Return the list of objects under a key (empty when absent), or None on any other shape."""
    found = holder.get(key)
    if found is None:
        return []
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    return None


def _without_repeats(pairs: list[tuple[str, object]]) -> Node:
    result = dict(pairs)
    if len(result) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _WrongJsonError(f"the key {shown(twice)} stands twice in one JSON object")
    return result


def _no_constant(name: str) -> float:
    raise _WrongJsonError(f"{name} is not a JSON number")


def _short_integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _WrongJsonError(f"the number {shown(digits, 24)} is too large")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _WrongJsonError(f"the number {shown(digits, 24)} is too large")
    return value
