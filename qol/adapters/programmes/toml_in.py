"""Strict TOML to Programme: every problem at once, each with its key."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from qol.adapters.programmes.post_in import postal
from qol.adapters.programmes.strict import NAME, SLUG, Form, Table, contents, opened, raise_all
from qol.domain.collection import JUSTIFIED, Justification
from qol.domain.plain import told
from qol.domain.problem import Wrong
from qol.domain.programme import Notice, Offset, Programme, Timepoint, Window
from qol.domain.schedule import dated

LEGAL_FRAMES = frozenset({"AAP-2022-107"})  # the closed list of EA-2.1
_SLUG = Form(SLUG, Wrong.SLUG)
# Any four years in a row hold every clamping of a month's end, February 29th included.
_DAYS = tuple(date(2024, 1, 1) + timedelta(days=n) for n in range(1461))


def load(path: Path) -> Programme:
    """Read a programme file; ProgrammeError tells all that is wrong with it."""
    return read(contents(path), path.name)


def read(text: str, source: str = "programme") -> Programme:
    """Read a programme from TOML text; ProgrammeError tells all that is wrong with it."""
    root, problems = opened(text, source)
    programme = _programme(root)
    root.finish()
    _check_frame(root, programme)
    _check_zone(root, programme)
    _check_instruments(root, programme)
    _check_modes(root, programme)
    if not problems:  # comparing windows needs windows that could be read
        _check_windows(root, programme)
    raise_all(source, problems)
    return programme


def _programme(root: Table) -> Programme:
    languages = root.languages()
    return Programme(
        id=root.text("id", _SLUG),
        version=root.whole("version", 1, 9999),
        labels=root.by_language("labels", languages, NAME),
        time_zone=root.text("time_zone"),
        languages=languages,
        timepoints=tuple(_timepoint(table, languages) for table in root.tables("timepoints")),
        releases=root.mapping("releases"),
        notices=_notices(root.table("notices"), languages),
        legal_frame=root.text("legal_frame"),
        decision_reference=root.text("decision_reference"),
        decision_date=root.day("decision_date"),
        suppression_threshold=root.whole("suppression_threshold", 1, 1000, default=11),
        demonstration=root.flag("demonstration", default=False),
        proxy=root.texts("proxy", optional=True),
        modes=root.mapping("modes", optional=True),
        postal=postal(root),
    )


def _timepoint(table: Table, languages: tuple[str, ...]) -> Timepoint:
    timepoint = Timepoint(
        code=table.text("code", _SLUG),
        labels=table.by_language("labels", languages, NAME),
        window=Window(_offset(table.table("opens")), _offset(table.table("closes"))),
        battery=table.texts("battery"),
    )
    table.finish()
    return timepoint


def _offset(table: Table) -> Offset:
    offset = Offset(
        months=table.whole("months", -1200, 1200, default=0),
        days=table.whole("days", -36600, 36600, default=0),
    )
    table.finish()
    return offset


def _notices(table: Table, languages: tuple[str, ...]) -> dict[str, Notice]:
    notices = {}
    for language in languages:
        part = table.table(language)
        texts = {key: part.text(key) for key in Notice.__dataclass_fields__}
        part.finish()
        notices[language] = Notice(**texts)
    table.finish()
    return notices


def _check_frame(root: Table, programme: Programme) -> None:
    if programme.legal_frame and programme.legal_frame not in LEGAL_FRAMES:
        known = ", ".join(sorted(LEGAL_FRAMES))
        root.refuse("legal_frame", Wrong.FRAME, known=known)


def _check_zone(root: Table, programme: Programme) -> None:
    if not programme.time_zone.strip():
        return
    try:
        known = programme.time_zone in available_timezones()
        ZoneInfo(programme.time_zone)
    except (KeyError, ValueError, OSError):
        known = False
    if not known:
        root.refuse("time_zone", Wrong.ZONE)


def _check_instruments(root: Table, programme: Programme) -> None:
    for place, timepoint in enumerate(programme.timepoints):
        for instrument in timepoint.battery:
            if instrument not in programme.releases:
                key = f"timepoints[{place}].battery"
                root.refuse(key, Wrong.NOT_RELEASED, name=told(instrument))
    for instrument in programme.proxy:
        if instrument not in programme.releases:
            root.refuse("proxy", Wrong.NOT_RELEASED, name=told(instrument))
    for instrument in programme.releases:
        if not SLUG.fullmatch(instrument):
            root.refuse("releases", Wrong.NOT_INSTRUMENT, name=told(instrument))
    codes = [timepoint.code for timepoint in programme.timepoints]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        root.refuse("timepoints", Wrong.SAME_CODE, code=told(code))


def _check_modes(root: Table, programme: Programme) -> None:
    """Hold each lower way to a coded reason (EA-ÉCH-5-a); the post has a table of its own."""
    for way, reason in programme.modes.items():
        if way not in JUSTIFIED:
            known = ", ".join(JUSTIFIED)
            root.refuse("modes", Wrong.WAY, name=told(way), known=known)
        elif reason not in set(Justification):
            known = ", ".join(Justification)
            root.refuse(f"modes.{way}", Wrong.WAY_REASON, known=known)


def _check_windows(root: Table, programme: Programme) -> None:
    inverted: set[str] = set()
    overlapping: set[tuple[str, str]] = set()
    for day_zero in _DAYS:
        windows = sorted(
            (dated(timepoint, day_zero) for timepoint in programme.timepoints),
            key=lambda window: (window.opens, window.closes),
        )
        inverted |= {window.timepoint for window in windows if window.closes < window.opens}
        overlapping |= {
            (one.timepoint, other.timepoint)
            for one, other in pairwise(windows)
            if other.opens <= one.closes
        }
    for code in sorted(inverted):
        root.refuse("timepoints", Wrong.INVERTED, code=code)
    for one, other in sorted(overlapping):
        root.refuse("timepoints", Wrong.OVERLAP, one=one, other=other)
