"""Import of a questionnaire from its holder's own file: ``import_file`` and what it returns."""

from qol.adapters.instruments.fhir_in.entry import import_file
from qol.adapters.instruments.fhir_in.imported import Imported

__all__ = ["Imported", "import_file"]
