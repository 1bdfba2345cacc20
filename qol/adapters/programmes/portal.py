"""Strict ``instance/portal.toml`` to Portal."""

from __future__ import annotations

import re
from ipaddress import ip_network
from pathlib import Path

from qol.adapters.programmes.strict import Form, Table, contents, opened, raise_all
from qol.domain.plain import told
from qol.domain.portal import Portal, Safety, SafetyNumber
from qol.domain.problem import Wrong

_NUMBER = Form(re.compile(r"\+?[0-9][0-9 ]{1,18}"), Wrong.TELEPHONE)
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(?::[0-9]{1,5})?")


def load(path: Path) -> Portal:
    """Read the portal file; ProgrammeError tells all that is wrong with it."""
    return read(contents(path), path.name)


def read(text: str, source: str = "portal.toml") -> Portal:
    """Read a portal from TOML text; ProgrammeError tells all that is wrong with it."""
    root, problems = opened(text, source)
    languages = root.languages()
    portal = Portal(
        languages=languages,
        names=root.by_language("names", languages),
        operator=root.by_language("operator", languages),
        safety=_safety(root.table("safety"), languages),
        accessibility=root.by_language("accessibility", languages),
        hosts=root.texts("hosts"),
        hospital_ranges=root.texts("hospital_ranges", optional=True),
    )
    root.finish()
    _check_hosts(root, portal)
    _check_ranges(root, portal)
    raise_all(source, problems)
    return portal


def _safety(table: Table, languages: tuple[str, ...]) -> dict[str, Safety]:
    found = {}
    for language in languages:
        part = table.table(language)
        sentence = part.text("sentence")
        numbers = tuple(_number(one) for one in part.tables("numbers"))
        part.finish()
        found[language] = Safety(sentence, numbers)
    table.finish()
    return found


def _number(table: Table) -> SafetyNumber:
    number = SafetyNumber(
        label=table.text("label"),
        number=table.text("number", _NUMBER),
    )
    table.finish()
    return number


def _check_hosts(root: Table, portal: Portal) -> None:
    for host in portal.hosts:
        if not _HOST.fullmatch(host):
            root.refuse("hosts", Wrong.HOST, name=told(host))


def _check_ranges(root: Table, portal: Portal) -> None:
    for network in portal.hospital_ranges:
        try:
            ip_network(network)
        except ValueError:
            root.refuse("hospital_ranges", Wrong.NETWORK, name=told(network))
