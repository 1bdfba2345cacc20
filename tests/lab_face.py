"""A laboratory of which a test enters some rooms."""

from __future__ import annotations

from dataclasses import fields

from qol.web.lab.face import Face
from tests.record_fakes import Desk


def laboratory(**rooms: object) -> Face:
    """The rooms that a test enters; the home page looks into the records, the rest is shut."""
    shut: dict[str, object] = {field.name: None for field in fields(Face)}
    return Face(**(shut | {"records": Desk().acts} | rooms))  # type: ignore[arg-type]
