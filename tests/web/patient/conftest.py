"""The patient face on fakes."""

import pytest

from tests.patient_face import Here, make


@pytest.fixture
def here() -> Here:
    """The face over plain HTTP, as a demonstration."""
    return make()
