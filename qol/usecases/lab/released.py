"""Which release is printed: the newest on which a patient may begin today (EA-7.3-b)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Release
from qol.domain.licence import may_start
from qol.usecases.lab.paper import Questionnaire, Readiness


def newest(
    releases: Iterable[Release], name: str, language: str, today: date, *, demonstration: bool
) -> Release:
    """Give it; NotAllowedError when it is not approved or its licence has ended.

    A demonstration prints what nobody approved, and says so on each page.
    """
    known = [
        one for one in releases if (one.instrument.id, one.wording.language) == (name, language)
    ]
    ready = [one for one in known if may_start(one, today, demonstration=demonstration)]
    approved = [one for one in ready if one.approved]
    if not ready:
        what = "no approved release under a running licence" if known else "no release"
        raise NotAllowedError(f"{name} has {what} in {language} (EA-7.3-b).")
    return (approved or ready)[-1]


def printed_as(release: Release, *, demonstration: bool, proxy: bool) -> Questionnaire:
    """Give a release as it is printed."""
    return Questionnaire(
        instrument=release.instrument,
        wording=release.wording,
        definition_sha256=release.definition_sha256,
        wording_sha256=release.wording_sha256,
        readiness=Readiness.DEMONSTRATION if demonstration else Readiness.RELEASED,
        proxy=proxy,
    )
