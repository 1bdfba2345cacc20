"""At which points an act dies, and how many of its commits are left then."""

from __future__ import annotations

import pytest

POINTS = {"after_begin": 0, "after_event": 0, "after_commit": 1}
"""Of each point, how many of the act's commits a death there leaves."""


def each(points: dict[str, int]) -> pytest.MarkDecorator:
    """Try each point."""
    return pytest.mark.parametrize(("point", "left"), points.items(), ids=list(points))


def after_reading(points: dict[str, int]) -> dict[str, int]:
    """The same where the page reads first, which is a commit of its own."""

    def later(point: str) -> str:
        name, _, number = point.partition(".")
        read = name in {"after_event", "after_commit"}
        return f"{name}.{int(number or 1) + 1}" if read else point

    return {later(point): left for point, left in points.items()}
