"""A holder's wording for a definition that is there already: ``plan_installation``."""

from qol.adapters.instruments.installing.plan import Installation, plan_installation

__all__ = ["Installation", "plan_installation"]
