"""What every test may ask for. Each fixture lives in a file of its own."""

from hypothesis import settings

pytest_plugins = ("tests.postgres", "tests.browser", "tests.node")

# A deadline is an assertion on time: a busy machine must not turn a property red.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
