"""Making keys and standing for them, for the commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qol.adapters.crypto.copies import copies
from qol.adapters.crypto.keyfolder import KeyFile, Purpose
from qol.adapters.crypto.keys import generate_installation, generate_year
from qol.adapters.crypto.suite import fingerprint
from qol.bootstrap.cli import Workshop
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.ports import Fingerprint

_PUBLIC = (Purpose.DEPOSIT_PUBLIC, Purpose.ESCROW_PUBLIC)


def installation_keys(shop: Workshop) -> bool:
    """Make the keys that have no year; False when they are there."""
    root = shop.config.keys.parent
    if (root / "lab").is_dir():
        return False
    generate_installation(root, demonstration=shop.config.demonstration)
    return True


def year_keys(
    shop: Workshop, programme: str, year: int, escrow_to: Path, custodian: str = ""
) -> None:
    """Make a year's pairs, or find those of a try that stopped half-way, and register them."""
    registered = _registered(shop, programme, year)
    actor = shop.keyboard.acting(Permission.MANAGE_KEYS)
    if registered or not _public(shop, programme, year):
        generate_year(
            shop.config.keys.parent,
            programme,
            year,
            escrow_to,
            custodian=custodian,
            on=shop.clock.now().date(),
        )
    prints = [
        Fingerprint(file.id, programme, year, file.purpose.value, fingerprint(file.key))
        for file in _public(shop, programme, year)
    ]
    shop.register_keys()(prints, actor)


def has_year(shop: Workshop, programme: str, year: int) -> bool:
    """Say whether both public keys of a year are registered."""
    return len(_registered(shop, programme, year)) == len(_PUBLIC)


def _registered(shop: Workshop, programme: str, year: int) -> list[Fingerprint]:
    with shop.store().reading() as unit:
        return [
            known
            for known in unit.fingerprints()
            if (known.programme, known.year) == (programme, year)
        ]


def _public(shop: Workshop, programme: str, year: int) -> list[KeyFile]:
    return [
        file
        for purpose in _PUBLIC
        for _, file in shop.folder.files(purpose)
        if (file.programme, file.year) == (programme, year)
    ]


def key_lines(shop: Workshop) -> Iterator[str]:
    """Say which keys are registered and where each private half is."""
    if shop.database_exists():
        with shop.store().reading() as unit:
            for known in unit.fingerprints():
                yield (
                    f"{known.programme} {known.year}  {known.purpose}  {known.key_id}"
                    f"  sha256 {known.sha256}"
                )
    for copy in copies(shop.config.keys):
        yield f"copy of {copy.key_id} ({copy.purpose})  {copy.place}  kept by {copy.custodian}"
