"""A fictitious installation that ``make run`` makes and serves."""
