"""The words of a file: cleaned, held plain, refused when they carry markup or nothing."""

from __future__ import annotations

import html
import re
import unicodedata

from qol.adapters.instruments.fhir_in.extensions import named, value
from qol.adapters.instruments.fhir_in.imported import Source
from qol.adapters.instruments.fhir_in.reading import Node
from qol.adapters.instruments.plain_text import complaint

Words = dict[str, str]
"""Language to text; the file's own language, perhaps not named, is the empty string."""

OWN = ""
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
_SPACES = re.compile(r"[ \t\r\n\f\v\u2028\u2029\x85]+")
_LONGEST = 10_000
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_MARKUP = (
    (re.compile(r"<!--|</?[A-Za-z][^<>]*>"), "HTML"),
    (re.compile(r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]{2,8});"), "an HTML entity"),
    (re.compile(r"\*\*|(?<!\w)__(?=[^\W_]).*?(?<=[^\W_])__(?!\w)"), "strong emphasis"),
    (re.compile(r"!?\[[^\[\]]*\]\([^()\s]+\)"), "a link or picture"),
    (re.compile(r"`[^`]+`"), "code marks"),
    (re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s|[-+*]\s+\S.*\n\s{0,3}[-+*]\s|\|.*\|\s*$)"), "Markdown"),
    (re.compile(r"(?<!\w)_(?=[^\s_])[^_]*[^\s_]_(?!\w)"), "emphasis in underscores"),
)
_CONTENT = re.compile(
    r"<\s*(img|table|svg|object|iframe|input|select|textarea|video|audio|script|form)\b",
    re.IGNORECASE,
)


def language_code(tag: object) -> str | None:
    """Return the language of a tag without its region (``fr-FR`` gives ``fr``), None on none."""
    match = _LANGUAGE.fullmatch(tag.strip()) if isinstance(tag, str) else None
    return match.group(1).lower() if match else None


def clean(text: str, item: object, source: Source) -> str:
    """Return the text on one line; InstrumentError on markup and on characters nobody sees.

    What we wrote ourselves is kept as it is.
    """
    if source.ours:
        if wrong := complaint(text):
            raise source.refusal(item, f"its text {wrong}")
        return text
    if len(text) > _LONGEST:
        raise source.refusal(item, f"its text is longer than {_LONGEST} characters")
    for pattern, what in _MARKUP:
        if pattern.search(text):
            raise source.refusal(item, f"its text carries {what}, and only *emphasis* is kept")
    line = _SPACES.sub(" ", text.translate(_UNSEEN)).strip(" ")
    if wrong := complaint(line):
        raise source.refusal(item, f"its text {wrong}")
    return unicodedata.normalize("NFC", line)


def words_of(node: Node, key: str, item: object, source: Source) -> Words:
    """Return the words under a key with their ``translation`` extensions; empty when none."""
    own = node.get(key)
    if own is not None and not isinstance(own, str):
        raise source.refusal(item, f"its {key} is not text")
    found: Words = {}
    if own and (line := clean(own, item, source)):
        found[OWN] = line
    for extension in named(node.get(f"_{key}"), "translation"):
        parts = _parts(extension)
        language, text = language_code(parts.get("lang")), parts.get("content")
        if language and isinstance(text, str) and (line := clean(text, item, source)):
            found.setdefault(language, line)
    return found


def rendering(node: Node, item: object, source: Source) -> str | None:
    """Return a note when a rendering has other words; refuse one that carries pictures."""
    holder = node.get("_text")
    for extension in named(holder, "rendering-xhtml", "rendering-markdown"):
        other = value(extension)
        if not isinstance(other, str):
            continue
        if match := _CONTENT.search(other):
            tag = match.group(1).lower()
            raise source.refusal(item, f"its text is laid out in XHTML with <{tag}>")
        if (letters := _letters(other)) and letters != _letters(str(node.get("text", ""))):
            return "its other rendering has other words, which are left out; its plain text is kept"
    return None


def _letters(text: str) -> str:
    bare = html.unescape(re.sub(r"<[^<>]*>", " ", text))
    return "".join(c for c in bare.casefold() if c.isalnum())


def _parts(extension: Node) -> Node:
    inner = extension.get("extension")
    return {
        str(one.get("url")): value(one)
        for one in (inner if isinstance(inner, list) else ())
        if isinstance(one, dict)
    }
