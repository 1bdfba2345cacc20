"""JSON read strictly: every value knows its file and key, and nothing unknown passes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from re import Pattern
from typing import NoReturn

from qol.adapters.instruments.plain_text import complaint
from qol.domain.errors import InstrumentError


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a JSON document, the file it stands in and the key that leads to it."""

    value: object
    file: str
    key: str = ""

    def refuse(self, sentence: str) -> InstrumentError:
        """Make the error that names file and key; the caller raises it."""
        place = f"{self.file}: {self.key}" if self.key else self.file
        return InstrumentError(f"{place}: {sentence}")

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Node]:
        """Return an object's values; refuse an unknown key and a missing required one."""
        found = self.mapping()
        needed = set(required)
        for name in found:
            if name not in needed and name not in set(optional):
                raise found[name].refuse("unknown key")
        for name in sorted(needed - set(found)):
            raise self._below(name, None).refuse("missing key")
        return found

    def mapping(self) -> dict[str, Node]:
        """Return an object's values, whatever their keys."""
        if not isinstance(self.value, dict):
            raise self.refuse("must be an object")
        return {str(name): self._below(str(name), value) for name, value in self.value.items()}

    def array(self) -> tuple[Node, ...]:
        """Return a list's values."""
        if not isinstance(self.value, list):
            raise self.refuse("must be a list")
        return tuple(
            Node(value, self.file, f"{self.key}[{place}]") for place, value in enumerate(self.value)
        )

    def text(self, *, empty: bool = False) -> str:
        """Return words that a person will read: plain, emphasis ``*…*`` apart."""
        if not isinstance(self.value, str):
            raise self.refuse("must be text")
        if not empty and not self.value.strip():
            raise self.refuse("has no text")
        wrong = complaint(self.value)
        if wrong:
            raise self.refuse(wrong)
        return self.value

    def name(self, pattern: Pattern[str]) -> str:
        """Return a code or identifier of that shape."""
        if not isinstance(self.value, str) or not pattern.fullmatch(self.value):
            raise self.refuse(f"must be text of the shape {pattern.pattern}")
        return self.value

    def one_of(self, *choices: str) -> str:
        """Return one of a closed list."""
        if self.value not in choices or not isinstance(self.value, str):
            raise self.refuse(f"must be one of {', '.join(choices)}")
        return self.value

    def integer(self, low: int = -1_000_000, high: int = 1_000_000) -> int:
        """Return a whole number within bounds, both included."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.refuse("must be a whole number")
        if not low <= self.value <= high:
            raise self.refuse(f"must lie between {low} and {high}")
        return self.value

    def flag(self) -> bool:
        """Return true or false."""
        if not isinstance(self.value, bool):
            raise self.refuse("must be true or false")
        return self.value

    def _below(self, name: str, value: object) -> Node:
        return Node(value, self.file, f"{self.key}.{name}" if self.key else name)


def parsed(raw: bytes, file: str) -> Node:
    """Parse JSON bytes; InstrumentError on anything that is not one clear document."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise InstrumentError(f"{file}: {twice}: the key stands twice")
        return found

    def no_constant(name: str) -> NoReturn:
        raise InstrumentError(f"{file}: {name} is not a JSON number")

    try:
        value = json.loads(raw.decode(), object_pairs_hook=once, parse_constant=no_constant)
    except UnicodeDecodeError:
        raise InstrumentError(f"{file}: it is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise InstrumentError(f"{file}: line {error.lineno}: it is not JSON") from None
    except (RecursionError, ValueError):
        raise InstrumentError(f"{file}: it is nested too deeply or holds a huge number") from None
    return Node(value, file)
