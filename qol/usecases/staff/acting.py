"""The person behind a request or a command, as far as their rights go right now."""

from __future__ import annotations

from dataclasses import dataclass, field

from qol.domain.place import Place
from qol.domain.staff.accounts import actor_of
from qol.domain.staff.permissions import Permission


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, where and what they may do there; made anew for every request.

    ``account`` is the account's reference. ``places`` are those that valid grants open: on
    the hcp face a site each, on the laboratory's a programme with an empty site. ``place``
    is the chosen one, or the only one; ``permissions`` hold there.
    """

    account: str
    name: str
    places: tuple[Place, ...] = ()
    place: Place | None = None
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    @property
    def actor(self) -> str:
        """The person as the ledger names them."""
        return actor_of(self.account)
