"""The two faces of staff on fakes."""

import pytest

from tests.staff_face import Staffed, make


@pytest.fixture
def here() -> Staffed:
    """The professionals' face."""
    return make("hcp")


@pytest.fixture
def lab() -> Staffed:
    """The laboratory's face."""
    return make("lab")
