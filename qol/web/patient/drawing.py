"""Draw an instrument's form: once for each release and language, cut where the token goes."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from flask import Response, render_template, request

from qol.domain.instrument import Release
from qol.web.shared.answers_in import NONE, Trouble

MARKER = "\x02token\x03"
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


@dataclass(frozen=True, slots=True)
class CutPage:
    """A page in two parts with room for a token between, each also deflated once.

    The parts are closed by a full flush, so that a stored block with the token can stand
    between them (RFC 1951 §3.2.4); only the checksum is reckoned for each request.
    """

    head: bytes
    tail: bytes
    packed_head: bytes
    packed_tail: bytes

    @classmethod
    def cut(cls, page: str) -> CutPage:
        """Cut a page at its one marker; a page without one has nothing of a session's own."""
        before, _, after = page.partition(MARKER)
        head, tail = before.encode(), after.encode()
        return cls(head, tail, _deflated(head, zlib.Z_FULL_FLUSH), _deflated(tail, zlib.Z_FINISH))

    def plain(self, token: bytes) -> bytes:
        """Give the page with the token in its place."""
        return self.head + token + self.tail

    def gzipped(self, token: bytes) -> bytes:
        """Give the page as one gzip member."""
        stored = struct.pack("<BHH", 0, len(token), len(token) ^ 0xFFFF) + token
        check = zlib.crc32(self.tail, zlib.crc32(token, zlib.crc32(self.head)))
        length = len(self.head) + len(token) + len(self.tail)
        end = struct.pack("<II", check, length & 0xFFFFFFFF)
        return _GZIP_HEAD + self.packed_head + stored + self.packed_tail + end


def _deflated(part: bytes, how: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(part) + packer.flush(how)


def cut_response(page: CutPage, token: str = "") -> Response:
    """Answer with the page around this session's token, if it has one."""
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    body = page.gzipped(token.encode()) if takes else page.plain(token.encode())
    response = Response(body, content_type="text/html; charset=utf-8")
    response.headers["Vary"] = "Accept-Encoding"
    if takes:
        response.headers["Content-Encoding"] = "gzip"
    return response


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which form is drawn: release, interface language, its number in the visit, proxy asked."""

    release: Release
    language: str
    number: int
    proxy: bool


def draw_form(sheet: Sheet, token: str, trouble: Trouble = NONE) -> str:
    """Draw the form's page; with trouble, as it was sent, so that nothing typed is lost."""
    release, language, number = sheet.release, sheet.language, sheet.number

    return render_template(
        "patient/form.html",
        lang=language,
        instrument=release.instrument,
        wording=release.wording,
        release=release.hash,
        action=f"/{language}/send/{number}",
        home=f"/{language}/leave",
        carried=(),
        language_link=lambda other: f"/{other}/questions/{number}/switch",
        proxy=sheet.proxy,
        marker=token,
        **trouble.shown(),
    )
