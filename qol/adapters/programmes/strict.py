"""Reading a TOML table key by key: every problem is noted with the key's full name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from qol.domain.errors import ProgrammeError
from qol.domain.plain import LONGEST, hides, told
from qol.domain.problem import Problem, Value, Wrong

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
NAME = 200
_KINDS = {
    str: Wrong.TEXT,
    bool: Wrong.FLAG,
    int: Wrong.WHOLE,
    date: Wrong.DATE,
    list: Wrong.LIST,
    dict: Wrong.TABLE,
}
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)$")


class Form(NamedTuple):
    """The form that a text must have, and what is wrong with any other."""

    pattern: re.Pattern[str]
    wrong: Wrong


class Table:
    """A TOML table of which each key must be asked for once.

    A reader returns a harmless value where the file is wrong, so that reading goes on
    and all problems are told together.
    """

    def __init__(self, plain: Mapping[str, object], place: str, problems: list[Problem]) -> None:
        """Take the parsed table, its dotted place in the file and the common list."""
        self._plain = plain
        self._place = place
        self._problems = problems
        self._asked: set[str] = set()

    def key(self, key: str) -> str:
        """Give the full name of one of this table's keys, fit to be told."""
        return f"{self._place}.{told(key)}" if self._place else told(key)

    def refuse(self, key: str, wrong: Wrong, **parameters: Value) -> None:
        """Note a problem of one key."""
        self._problems.append(Problem(self.key(key), wrong, parameters))

    def _take(self, key: str, kind: type, *, optional: bool = False) -> object | None:
        self._asked.add(key)
        value = self._plain.get(key)
        if value is None:
            if not optional:
                self.refuse(key, Wrong.MISSING)
            return None
        # Exact types: a bool is an int to Python, and a datetime is a date.
        if type(value) is not kind:
            self.refuse(key, _KINDS[kind])
            return None
        return value

    def text(self, key: str, form: Form | None = None, *, most: int = LONGEST) -> str:
        """Read text that is not empty, shows all it holds and, where given, has the form."""
        value = self._take(key, str)
        if not isinstance(value, str):
            return ""
        if not value.strip():
            self.refuse(key, Wrong.EMPTY)
        elif form is not None and not form.pattern.fullmatch(value):
            self.refuse(key, form.wrong)
        else:
            self._check_shown(key, value, most)
        return value

    def _check_shown(self, key: str, value: str, most: int = LONGEST) -> None:
        """Refuse what a page or a sheet of paper would show otherwise than it is written."""
        if len(value) > most:
            self.refuse(key, Wrong.LONG, most=most)
        elif hides(value, lines=True):
            self.refuse(key, Wrong.HIDDEN)

    def whole(self, key: str, minimum: int, maximum: int, default: int | None = None) -> int:
        """Read a whole number within bounds, both included."""
        value = self._take(key, int, optional=default is not None)
        if not isinstance(value, int):
            return minimum if default is None else default
        if not minimum <= value <= maximum:
            self.refuse(key, Wrong.RANGE, least=minimum, most=maximum)
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Read true or false."""
        value = self._take(key, bool, optional=True)
        return value if isinstance(value, bool) else default

    def day(self, key: str) -> date:
        """Read a local date."""
        value = self._take(key, date)
        return value if isinstance(value, date) else date.min

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Read a list of texts; without ``optional`` it must name something."""
        value = self._take(key, list, optional=optional)
        if not isinstance(value, list):
            return ()
        if not value and not optional:
            self.refuse(key, Wrong.EMPTY)
        if not all(isinstance(one, str) and one.strip() for one in value):
            self.refuse(key, Wrong.TEXTS)
            return ()
        if len(set(value)) != len(value):
            self.refuse(key, Wrong.TWICE)
        for one in value:
            self._check_shown(key, one)
        return tuple(value)

    def languages(self) -> tuple[str, ...]:
        """Read the list of languages."""
        found = self.texts("languages")
        for language in found:
            if not LANGUAGE.fullmatch(language):
                self.refuse("languages", Wrong.LANGUAGE, name=told(language))
        return found

    def has(self, key: str) -> bool:
        """Say whether an optional key is there."""
        return key in self._plain

    def table(self, key: str) -> Table:
        """Read a table inside this one."""
        value = self._take(key, dict)
        plain = value if isinstance(value, dict) else {}
        # A missing table is one problem, not one for each key in it.
        problems = self._problems if isinstance(value, dict) else []
        return Table(plain, self.key(key), problems)

    def tables(self, key: str) -> list[Table]:
        """Read a list of tables; it must hold at least one."""
        value = self._take(key, list)
        if not isinstance(value, list):
            return []
        if not value:
            self.refuse(key, Wrong.EMPTY)
        if not all(isinstance(one, dict) for one in value):
            self.refuse(key, Wrong.TABLES)
            return []
        return [
            Table(one, f"{self.key(key)}[{place}]", self._problems)
            for place, one in enumerate(value)
        ]

    def by_language(
        self, key: str, languages: tuple[str, ...], most: int = LONGEST
    ) -> dict[str, str]:
        """Read a table with one text for each language and nothing else."""
        table = self.table(key)
        texts = {language: table.text(language, most=most) for language in languages}
        table.finish()
        return texts

    def mapping(self, key: str, *, optional: bool = False) -> dict[str, str]:
        """Read a table of texts with free keys."""
        if optional and not self.has(key):
            return {}
        table = self.table(key)
        return {name: table.text(name) for name in table._plain}  # noqa: SLF001 - own class

    def finish(self) -> None:
        """Note each key that nobody asked for."""
        for key in self._plain:
            if key not in self._asked:
                self.refuse(key, Wrong.UNKNOWN)


def opened(text: str, source: str) -> tuple[Table, list[Problem]]:
    """Parse TOML; ProgrammeError names the file when it is not TOML at all."""
    problems: list[Problem] = []
    try:
        return Table(tomllib.loads(text), "", problems), problems
    except tomllib.TOMLDecodeError as error:
        # What the parser says besides is English of its own: for the command line.
        raise ProgrammeError(_unparsed(error), message=f"{source} is not TOML: {error}.") from None
    except (ValueError, RecursionError):  # thousands of digits, or of brackets
        raise ProgrammeError(Problem("", Wrong.NO_TOML)) from None


def _unparsed(error: tomllib.TOMLDecodeError) -> Problem:
    """Say where the parser stopped, which it writes at the end of its sentence."""
    found = _POSITION.search(str(error))
    if not found:
        return Problem("", Wrong.NO_TOML_END)
    return Problem("", Wrong.NO_TOML_AT, {"line": int(found[1]), "column": int(found[2])})


def contents(path: Path) -> str:
    """Read a file as UTF-8; ProgrammeError when it is not there or not text."""
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise ProgrammeError(Problem("", Wrong.NO_FILE, {"path": str(path)})) from None
    except (OSError, UnicodeDecodeError):
        raise ProgrammeError(Problem("", Wrong.NO_TEXT, {"path": str(path)})) from None


def raise_all(source: str, problems: list[Problem]) -> None:
    """Raise one ProgrammeError with every problem, or do nothing when there is none."""
    if problems:
        listed = "".join(f"\n  - {problem}" for problem in problems)
        message = f"{source} is refused; put right each of these:{listed}"
        raise ProgrammeError(*problems, message=message)
