"""A definition out, as a FHIR R4 Questionnaire."""

from qol.adapters.instruments.fhir_out.questionnaire import questionnaire, questionnaire_bytes

__all__ = ["questionnaire", "questionnaire_bytes"]
