"""Print a questionnaire's form; the ledger keeps what identifies every copy of it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from qol.domain.audit import Act, AuditEvent
from qol.usecases.lab.paper import Form, FormPrinter, Printed
from qol.usecases.lab.ports import LabStore


@dataclass(frozen=True, slots=True)
class PrintForm:
    """The form is drawn first, then the event is written, and only then it is given out."""

    store: LabStore
    printer: FormPrinter

    def __call__(self, form: Form, actor: str) -> Printed:
        """Return the PDF and its box map; PrintingError when it cannot be printed."""
        printed = self.printer.print_form(form)
        with self.store.writing() as unit:
            unit.commit(_event(form, printed, actor))
        return printed


def _event(form: Form, printed: Printed, actor: str) -> AuditEvent:
    asked = form.questionnaire
    detail: dict[str, str | int] = {
        "version": asked.instrument.version,
        "language": asked.wording.language,
        "readiness": asked.readiness.value,
        "form": printed.code,
        "pages": printed.pages,
        "coded": int(form.pseudonym is not None),
    }
    # The hash of a page that carries a code would tell a guessed code from a wrong one.
    if form.pseudonym is None:
        detail["sha256"] = sha256(printed.pdf).hexdigest()
    return AuditEvent(Act.FORM_PRINTED, actor, f"instrument:{asked.instrument.id}", detail)
