"""What cannot be done with an account or a grant, with a key that says why on a page."""

from __future__ import annotations

from qol.domain.errors import NotAllowedError


class StaffError(NotAllowedError):
    """Refused; ``key`` begins with the field that is wrong, where one is: ``login.taken``."""

    def __init__(self, key: str, sentence: str) -> None:
        """Name the reason and say it."""
        super().__init__(sentence)
        self.key = key
