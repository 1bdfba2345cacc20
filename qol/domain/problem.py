"""What is wrong with a programme's file or version: where, and which of a closed list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Value = str | int | tuple[str, ...]


class Wrong(Enum):
    """Everything that a programme can be refused for, with its English sentence.

    The sentence stands here once, for the command line and the log; a page takes its language's
    from the catalogues, under ``code``. A contract test holds the English catalogue to these
    words and the other languages to the same parameters.
    """

    MISSING = "is missing"
    EMPTY = "is empty"
    UNKNOWN = "is not known"
    TEXT = "must be text"
    FLAG = "must be true or false"
    WHOLE = "must be a whole number"
    DATE = "must be a date"
    LIST = "must be a list"
    TABLE = "must be a table"
    TEXTS = "must hold texts only"
    TABLES = "must hold tables only"
    TWICE = "names something twice"
    LONG = "is longer than {most} characters"
    HIDDEN = "holds a character that is not seen or that turns the reading round"
    RANGE = "must be from {least} to {most}"
    SLUG = "may hold small letters, digits and hyphens only"
    LANGUAGE = "'{name}' is not a language code such as 'fr'"
    FRAME = "must be {known} (EA-2.1)"
    ZONE = "must be a zone such as 'Europe/Paris'"
    NOT_RELEASED = "'{name}' is not among [releases]"
    NOT_INSTRUMENT = "'{name}' is no instrument id: may hold small letters, digits and hyphens only"
    SAME_CODE = "two have the code '{code}'"
    WAY = "'{name}' is no way that takes a reason here: {known}"
    WAY_REASON = "needs a coded reason, one of {known} (EA-ÉCH-5-a)"
    INVERTED = "'{code}' closes before it opens"
    OVERLAP = "the windows of '{one}' and '{other}' overlap"
    POSTAL_LICENCE = "must be the licence's number, 4 to 8 digits"
    POSTAL_REASON = "must be one of {known}"
    POSTAL_LINES = "must have {least} to {most} lines"
    POSTAL_LINE = "each line has at most {most} characters, all printable"
    TELEPHONE = "must be a telephone number in digits"
    HOST = "'{name}' is not a host name"
    NETWORK = "'{name}' is not a network such as '192.0.2.0/24'"
    NO_FILE = "{path} does not exist."
    NO_TEXT = "{path} cannot be read as UTF-8 text."
    SENT_NO_TEXT = "The file is not UTF-8 text."
    NO_TOML = "The document is not TOML: a number is too long in it, or tables too deep."
    NO_TOML_END = "The document is not TOML: see its end."
    NO_TOML_AT = "The document is not TOML: see line {line}, column {column}."
    DEMONSTRATION = "a demonstration programme may not be loaded in a real installation."
    OLDER = (
        "This file is based on version {based_on} of {programme}, but version {current}"
        " is current: take that one out first and make the change again."
    )
    NUMBER = "it is {given}; the next version of {programme} is {wanted}."
    NOTICE = "the text changed, so it needs another"
    UNPUBLISHED = "not published: {instrument} {version} in {languages} (EA-7.3-b)."
    UNAPPROVED = "not published and approved: {instrument} {version} in {languages} (EA-7.3-b)."
    OTHER_PROGRAMME = "it is not {programme}, the programme you work on."
    NO_CHANGE = "This document changes nothing but the version's number."
    TWO_VERSIONS = "names two versions, choose one"
    NOT_NEXT = "Programme {programme}: version {given} was given where {wanted} is the next."
    NO_VERSION = "There is no such version of a programme {programme}."

    @property
    def code(self) -> str:
        """The end of its key in the catalogues."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right, at a dotted key of the document; no key where it is the whole.

    Parameters are short and plain (``told``); several texts are alternatives of one another.
    """

    place: str
    wrong: Wrong
    parameters: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in English, after its key."""
        said = self.said(self.wrong.value, "or")
        return f"{self.place}: {said}" if self.place else said

    def said(self, sentence: str, either: str) -> str:
        """Fill a language's sentence; ``either`` is its word between alternatives."""
        return sentence.format_map(
            {
                name: f" {either} ".join(value) if isinstance(value, tuple) else value
                for name, value in self.parameters.items()
            }
        )
