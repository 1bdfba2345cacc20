"""A provider with a fault switch, and a face that uses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes import FixedClock
from tests.oidc.face import Face, settings_for
from tests.oidc.faulty import FaultyProvider


@pytest.fixture
def clock() -> FixedClock:
    """The time of the face and of the provider."""
    return FixedClock()


@pytest.fixture(params=["RS256"])
def provider(request: pytest.FixtureRequest, clock: FixedClock) -> Iterator[FaultyProvider]:
    """The provider, without a fault yet."""
    with FaultyProvider(clock, request.param) as provider:
        yield provider


@pytest.fixture
def face(provider: FaultyProvider, clock: FixedClock) -> Face:
    """The face of that provider."""
    return Face(settings_for(provider.endpoints, provider.algorithm), clock)
