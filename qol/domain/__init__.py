"""Plain Python and arithmetic: the standard library only."""
