"""Every way in which a code, or an answer, could stand somewhere in the clear."""

from __future__ import annotations

import base64
import hashlib
import re
import urllib.parse
import zlib
from collections.abc import Callable
from pathlib import Path

from qol.domain.pseudonym import ALPHABET


def spellings(code: str) -> set[str]:
    """The code as people, forms and addresses write it; case is forgiven by ``found``."""
    groups = (code[:4], code[4:8], code[8:])
    written = {sign.join(groups) for sign in ("", " ", "-", "+", "%20", "_", ".", "\u00a0")}
    return written | {one[::-1] for one in written} | {urllib.parse.quote(code, safe="")}


def _inside(raw: bytes, group: int, encode: Callable[[bytes], bytes]) -> set[bytes]:
    """An encoding's symbols that stand whatever comes before and after the code."""
    found = set()
    bits = 6 if group == 3 else 5
    for shift in range(group):
        text = encode(bytes(shift) + raw).rstrip(b"=")
        first = -(-shift * 8 // bits)
        last = (shift + len(raw)) * 8 // bits
        found.add(text[first:last])
    return found


def encodings(code: str) -> set[bytes]:
    """The code's bytes in every encoding a program could have used."""
    found: set[bytes] = set()
    for text in spellings(code) | {one.lower() for one in spellings(code)}:
        raw = text.encode()
        found |= {raw, raw.hex().encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
        found |= _inside(raw, 3, base64.b64encode) | _inside(raw, 3, base64.urlsafe_b64encode)
        found |= _inside(raw, 5, base64.b32encode)
    number = 0
    for symbol in code:
        number = number * 32 + ALPHABET.index(symbol)
    for order in ("big", "little"):
        packed = number.to_bytes(9, order)  # type: ignore[arg-type]
        found |= {packed, packed.hex().encode()}
    return found | {str(number).encode()}


def digests(code: str) -> set[bytes]:
    """Digests without a key, which brute force would undo once and for all."""
    found = set()
    for name in ("md5", "sha1", "sha256", "sha384", "sha512", "blake2b", "sha3_256"):
        for text in (code, code.lower()):
            raw = hashlib.new(name, text.encode()).digest()
            found |= {raw, raw.hex().encode(), base64.b64encode(raw).rstrip(b"=")}
    return found


def holds_code(heap: bytes, code: str) -> set[bytes]:
    """Which of the code's forms stand in the bytes, in either case."""
    low = heap.lower()
    wanted = encodings(code) | digests(code)
    return {form for form in wanted if form in heap or form.lower() in low}


def holds_answers(heap: bytes, answers: dict[str, str]) -> set[str]:
    """Which item=code pairs stand in the bytes, as forms, JSON, Python or addresses write them."""
    # Printable only: SQLite puts the number of a page behind a text's first part, and 52 is "4".
    printable = rb"[!-/:-@\[-`{-~\s]"
    between = rb"(?:" + printable + rb"|%[0-9A-F]{2}|code|value|state|x00){1,24}"
    unlike = rb'(?<!\{")'  # a definition's table of scores is {"item":{"code":score}}
    after = rb"(?![0-9])"
    texts = (heap, heap[::2], heap[1::2])  # every second byte is UTF-16's text
    return {
        f"{name}={code}"
        for name, code in answers.items()
        if any(
            re.search(name.encode() + between + unlike + code.encode() + after, t) for t in texts
        )
    }


def opened_cookie(value: str) -> bytes:
    """A Flask session cookie as anybody can read it, beside its own text."""
    head = value.removeprefix(".").split(".")[0]
    raw = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    if value.startswith("."):
        raw = zlib.decompress(raw)
    return value.encode() + b"\n" + raw


def files_below(*folders: Path) -> dict[str, bytes]:
    """Every file's bytes, by path."""
    return {
        str(path): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
