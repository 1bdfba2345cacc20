"""What every test may ask for. Each fixture lives in a file of its own."""

pytest_plugins = ("tests.postgres", "tests.browser")
