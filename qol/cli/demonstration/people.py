"""The people of the demonstration, with sign-ins that a newcomer can use at once.

They are made as any account is: by the first administrator, each with an activation secret
that they turn into a password and a second factor. Only what they chose is known to all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from qol.adapters.crypto.keyfolder import KeyFolder
from qol.adapters.programmes.portal import load as load_portal
from qol.bootstrap.cli import Workshop
from qol.bootstrap.staff import desk_of, totp
from qol.bootstrap.staffing import account_named, staffing
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import actor_of
from qol.domain.staff.grants import Reason, longest_end
from qol.domain.staff.permissions import Role, Scope
from qol.domain.staff.tokens import digest_of
from qol.usecases.staff.attempting import Origin
from qol.usecases.staff.check_password import HalfOpen
from qol.usecases.staff.create_account import Created, Person
from qol.usecases.staff.give_grant import Wish
from qol.usecases.staff.ports import Kind

PASSWORD = "sept lampes calmes au bord du fleuve"  # noqa: S105 - printed for everybody
PROGRAMME = "demonstration"
_STEP = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class _Someone:
    face: str
    login: str
    name: str
    roles: tuple[Role, ...]


_FIRST = _Someone("lab", "ada", "Ada Exemple", (Role.ADMINISTRATOR,))
_OTHERS = (
    _Someone("hcp", "ana", "Dr Ana Exemple", (Role.PROFESSIONAL,)),
    _Someone(
        "lab",
        "lena",
        "Lena Exemple",
        (Role.DATA_MANAGER, Role.PROGRAMME_LEAD, Role.MAIL_ROOM, Role.LEDGER_READER, Role.APPROVER),
    ),
    _Someone("lab", "leo", "Léo Exemple", (Role.APPROVER, Role.ANALYST, Role.PROGRAMME_LEAD)),
    _Someone("lab", "mia", "Mia Exemple", (Role.MAIL_ROOM,)),
    _Someone("lab", "noe", "Noé Exemple", (Role.MAIL_ROOM,)),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What a newcomer types. ``code`` works from now on for at least a minute, once."""

    face: str
    login: str
    name: str
    code: str
    secret: str


def employ(shop: Workshop, site: str) -> None:
    """Make the people where they are missing; only in a demonstration."""
    _refuse_real(shop)
    with shop.staff.records.reading() as unit:
        if unit.accounts():
            return
    acts = staffing(shop)
    ada = acts.create_first(Person("lab", _FIRST.login, _FIRST.name), "demonstration")
    _activate(shop, ada)
    actor = actor_of(ada.account.reference)
    today = shop.clock.now().date()
    for someone in _OTHERS:
        made = acts.create(Person(someone.face, someone.login, someone.name), actor)
        _activate(shop, made)
        for role in someone.roles:
            at_site = role.scope is Scope.SITE
            wish = Wish(
                account=made.account.reference,
                role=role,
                reason=Reason.CARE_TEAM if at_site else Reason.PROGRAMME_TEAM,
                start=today,
                end=longest_end(today),
                programme=PROGRAMME,
                site=site if at_site else None,
            )
            acts.give(wish, actor)


def sign_ins(shop: Workshop) -> list[SignIn]:
    """Give each person's sign-in, with a code that is valid now."""
    _refuse_real(shop)
    found = []
    for someone in (*_OTHERS, _FIRST):
        account = account_named(shop, someone.login).reference
        codes = totp(_folder(shop, someone.face), load_portal(_portal(shop)))
        with shop.staff.records.reading() as unit:
            (sealed,) = (one.secret for one in unit.credentials(account, Kind.TOTP))
        # The step after this one: accepted already, and for at least a minute still.
        code = codes.code(sealed, account, shop.clock.now() + _STEP)
        secret = codes.secret(sealed, account)
        found.append(SignIn(someone.face, someone.login, someone.name, code, secret))
    return found


def told(shop: Workshop, addresses: dict[str, str]) -> str:
    """Write the sign-ins for a newcomer; ``addresses`` has one for each face."""
    lines = [f"  password of all: {PASSWORD}", ""]
    for one in sign_ins(shop):
        where = addresses.get(one.face, f"{one.face} face")
        lines.append(f"    {one.login:<5} {one.code}  {one.name}, {where}  (key {one.secret})")
    lines += [
        "",
        "  A code works once, for about a minute. New ones: python -m qol demo code",
        "  Or put the key into any code application (TOTP).",
    ]
    return "\n".join(lines)


def _refuse_real(shop: Workshop) -> None:
    if not shop.config.demonstration:
        raise NotAllowedError("Only a demonstration has sign-ins that are known to all.")


def _folder(shop: Workshop, face: str) -> KeyFolder:
    return KeyFolder(shop.config.keys.parent / face, face, demonstration=True)


def _portal(shop: Workshop) -> Path:
    return shop.config.instance / "portal.toml"


def _activate(shop: Workshop, made: Created) -> None:
    """Do what a person does with an activation secret, on the face of the account."""
    account = made.account
    folder = _folder(shop, account.face)
    config = replace(shop.config, face=account.face, keys=folder.path, origin="http://localhost")
    desk = desk_of(config, folder, shop.staff, shop.clock)
    opened = desk.open_activation(made.secret, Origin(b"demonstration"))
    if not isinstance(opened, HalfOpen):
        raise NotAllowedError("The demonstration's people could not be made: start it again.")
    with shop.staff.records.reading() as unit:
        session = unit.session(digest_of(opened.token))
    if session is None:
        raise NotAllowedError("The demonstration's people could not be made: start it again.")
    codes = totp(folder, desk.portal)
    sealed = codes.fresh(account.reference)
    code = codes.code(sealed, account.reference, shop.clock.now())
    desk.activate(session, account, PASSWORD, sealed, code)
