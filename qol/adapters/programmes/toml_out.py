"""Programme to TOML, in one fixed order: what ``toml_in`` reads back to the same programme."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from qol.domain.programme import Notice, Offset, Postal, Programme, Timepoint


def write(programme: Programme) -> str:
    """Give the programme as TOML text."""
    parts = [
        _head(programme),
        _table("labels", programme.labels),
        _table("releases", programme.releases),
        _table("modes", programme.modes),
        *(_timepoint(timepoint) for timepoint in programme.timepoints),
        *(_notice(language, notice) for language, notice in programme.notices.items()),
        *([_postal(programme.postal)] if programme.postal else []),
    ]
    return "\n".join(parts)


def _head(programme: Programme) -> str:
    return (
        f"id = {_text(programme.id)}\n"
        f"version = {programme.version}\n"
        f"legal_frame = {_text(programme.legal_frame)}\n"
        f"decision_reference = {_text(programme.decision_reference)}\n"
        f"decision_date = {programme.decision_date.isoformat()}\n"
        f"time_zone = {_text(programme.time_zone)}\n"
        f"languages = {_list(programme.languages)}\n"
        f"proxy = {_list(programme.proxy)}\n"
        f"suppression_threshold = {programme.suppression_threshold}\n"
        f"demonstration = {str(programme.demonstration).lower()}\n"
    )


def _timepoint(timepoint: Timepoint) -> str:
    labels = ", ".join(f"{_text(key)} = {_text(text)}" for key, text in timepoint.labels.items())
    return (
        "[[timepoints]]\n"
        f"code = {_text(timepoint.code)}\n"
        f"labels = {{ {labels} }}\n"
        f"opens = {_offset(timepoint.window.opens)}\n"
        f"closes = {_offset(timepoint.window.closes)}\n"
        f"battery = {_list(timepoint.battery)}\n"
    )


def _notice(language: str, notice: Notice) -> str:
    texts = {key: str(getattr(notice, key)) for key in Notice.__dataclass_fields__}
    return _table(f"notices.{_text(language)}", texts)


def _postal(postal: Postal) -> str:
    return (
        "[postal]\n"
        f"address = {_list(postal.address)}\n"
        f"licence = {_text(postal.licence)}\n"
        f"reason = {_text(postal.reason)}\n"
    )


def _offset(offset: Offset) -> str:
    return f"{{ months = {offset.months}, days = {offset.days} }}"


def _table(name: str, texts: Mapping[str, str]) -> str:
    lines = "".join(f"{_text(key)} = {_text(text)}\n" for key, text in texts.items())
    return f"[{name}]\n{lines}"


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(_text(text) for text in texts) + "]"


def _text(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
