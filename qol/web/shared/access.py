"""Who may use a view: said where the view stands, checked before it runs (EA-HAB-1, EA-AUT-2-a).

A view without a rule answers 403. Rights are read from the database at every request, so that
expiry and departure take effect at the next click.

    @blueprint.get("/to-do")
    @requires(Permission.READ_WORK_LIST)
    def to_do() -> Response: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from flask import abort, g

from qol.domain.place import Place
from qol.domain.staff.permissions import DataLevel, Permission
from qol.usecases.staff.acting import Acting

View = TypeVar("View", bound=Callable[..., Any])
Found = TypeVar("Found")
_RULE = "__access_rule__"


class Door(StrEnum):
    """What a request must bring."""

    OPEN = "open"
    HALF = "half"
    """A right password, and nothing more: the second-factor pages."""
    ACTIVATION = "activation"
    BARE = "any session"
    """Both factors, and nothing more: the screen may be locked, the notice unread."""
    SESSION = "session"
    """Both factors, the notice read, the screen not locked."""
    PERMISSION = "permission"


@dataclass(frozen=True, slots=True)
class Rule:
    """The access rule of one view."""

    door: Door
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    def __str__(self) -> str:
        """Write the rule as the routes table does."""
        return " + ".join(sorted(self.permissions)) if self.permissions else self.door.value

    @property
    def levels(self) -> frozenset[DataLevel]:
        """The data levels that the view may show."""
        return frozenset(permission.level for permission in self.permissions)


def _ruled(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, _RULE, rule)
        return view

    return mark


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Ask for every one of these permissions at the chosen place."""
    if not permissions:
        raise TypeError("requires() names at least one permission; see open_to_all, signed_in.")
    return _ruled(Rule(Door.PERMISSION, frozenset(permissions)))


def open_to_all(view: View) -> View:
    """Ask for nothing: sign-in pages."""
    return _ruled(Rule(Door.OPEN))(view)


def half_way(view: View) -> View:
    """Ask for a right password: second-factor pages."""
    return _ruled(Rule(Door.HALF))(view)


def activating(view: View) -> View:
    """Ask for a spent activation secret: the page where password and factor are chosen."""
    return _ruled(Rule(Door.ACTIVATION))(view)


def any_session(view: View) -> View:
    """Ask for both factors and nothing else: the notice, the locked screen, signing out."""
    return _ruled(Rule(Door.BARE))(view)


def signed_in(view: View) -> View:
    """Ask for somebody signed in, whatever their grants: home, one's own account, the place."""
    return _ruled(Rule(Door.SESSION))(view)


def rule_of(view: Callable[..., Any] | None) -> Rule | None:
    """Give a view's rule; None when it has none, which refuses everybody."""
    rule = getattr(view, _RULE, None)
    return rule if isinstance(rule, Rule) else None


def act_as(person: Acting) -> None:
    """Set the person of this request, once their rights are read; for the check itself."""
    g.acting = person


def acting() -> Acting:
    """Give the person of this request, with what they may do at the chosen place."""
    person = g.get("acting")
    if not isinstance(person, Acting):
        g.refusal = "nobody"
        abort(403)
    return person


def here() -> Place:
    """Give the place that the person acts at; 403 when the view's rule asks for none."""
    place = acting().place
    if place is None:
        g.refusal = "no_place"
        abort(403)
    return place


def load(find: Callable[[Place], Found | None]) -> Found:
    """Load and authorise in one call: ``find`` looks at the acting person's place only.

    What is not there, and what is somewhere else, is the same 404.
    """
    found = find(here())
    if found is None:
        g.refusal = "not_here"
        abort(404)
    return found
