"""Style sheet, script and icon: read once, named by their hash, kept by browsers for ever."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# Only comments that begin a line: nothing inside a string can look so.
_COMMENT = re.compile(r"^\s*/\*.*?\*/", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    name: str
    kind: str
    plain: bytes
    packed: bytes


def compressed(body: bytes) -> bytes:
    """Gzip without a time stamp, so that equal bytes stay equal."""
    return gzip.compress(body, 9, mtime=0)


def joined(folder: Path) -> bytes:
    """Join a folder's scripts into one, in order of their names, without indentation.

    Phones on a hospital network pay for every byte; whole-line comments go too.
    """
    text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.js")))
    lines = (line.strip() for line in _COMMENT.sub("", text).splitlines())
    return "\n".join(("(function(){", '"use strict";', *filter(None, lines), "}());")).encode()


def _asset(name: str, plain: bytes) -> Asset:
    digest = hashlib.sha256(plain).hexdigest()[:12]
    return Asset(f"{digest}/{name}", _TYPES[Path(name).suffix], plain, compressed(plain))


def serve_assets(app: Flask, folder: Path) -> None:
    """Serve the folder's files under ``/static/<hash>/<name>`` and give templates ``asset``."""
    assets: dict[str, Asset] = {}
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            assets[f"{path.name}.js"] = _asset(f"{path.name}.js", joined(path))
        elif path.suffix in _TYPES:
            assets[path.name] = _asset(path.name, path.read_bytes())
    by_address = {asset.name: asset for asset in assets.values()}

    @app.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        asset = by_address.get(name)
        if asset is None:
            abort(404)
        response = packed_response(asset.plain, asset.packed, asset.kind)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response

    def address(name: str) -> str:
        return f"/static/{assets[name].name}"

    app.jinja_env.globals["asset"] = address


def packed_response(plain: bytes, packed: bytes, kind: str) -> Response:
    """Answer with the packed bytes where the browser takes them."""
    takes = "gzip" in request.headers.get("Accept-Encoding", "")
    response = Response(packed if takes else plain, mimetype=None, content_type=kind)
    response.headers["Vary"] = "Accept-Encoding"
    if takes:
        response.headers["Content-Encoding"] = "gzip"
    return response
