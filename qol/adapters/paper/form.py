"""A questionnaire on paper: drawn as HTML, printed, and its boxes mapped (EA-ÉCH-5-f)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qol.adapters.paper import marks, rows
from qol.adapters.paper.box_map import box_map, page_code
from qol.adapters.paper.folds import Gaps, unfolded
from qol.adapters.paper.hand_over import paragraphs
from qol.adapters.paper.press import Place, Press
from qol.adapters.paper.signs import emphasised, printable
from qol.domain.days import spoken_day
from qol.domain.errors import PrintingError
from qol.domain.pseudonym import ALPHABET
from qol.usecases.lab.paper import Form, Kit, Printed, Questionnaire, Review

TEMPLATES = Path(__file__).parents[3] / "templates" / "paper"
_MOST = 1000  # questions in one file


class PaperForms:
    """Draws forms, kits and reviews. Its press allows more pages than a sheet's does."""

    def __init__(self, press: Press, catalogues: Mapping[str, Mapping[str, str]]) -> None:
        """Take a press made with ``FORMS`` or ``REVIEWS`` and the interface texts by language."""
        self._press = press
        self._catalogues = catalogues
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(words=emphasised, paragraphs=paragraphs)

    def print_form(self, form: Form) -> Printed:
        """Draw one questionnaire."""
        return self._printed("form.html", (form.questionnaire,), **_form(form))

    def print_kit(self, kit: Kit) -> Printed:
        """Draw a programme's postal kit."""
        safeties = {kit.language: kit.safety}
        gaps: Gaps = {}
        for asked in kit.questionnaires:
            gaps |= unfolded(partial(self._laid, Form(asked, kit.safety)))
        return self._printed("kit.html", kit.questionnaires, safeties=safeties, kit=kit, gaps=gaps)

    def print_review(self, review: Review) -> Printed:
        """Draw a questionnaire item by item and as a form, for its holder."""
        return self._printed(
            "review.html", review.questionnaires, safeties=review.safety, review=review
        )

    def _laid(self, form: Form, gaps: Gaps) -> tuple[list[marks.Box], dict[str, Place]]:
        """Say where a form's boxes stand, as they will in a kit."""
        html, boxes = self._drawn(
            "form.html", (form.questionnaire,), "", 0, _form(form) | {"gaps": gaps}
        )
        return boxes.drawn, self._press.drawn(html).places

    def html(self, form: Form) -> str:
        """Draw a form for the press."""
        asked = (form.questionnaire,)
        return self._coded("form.html", asked, _squares(asked), _form(form))[0]

    def _printed(
        self, template: str, questionnaires: Sequence[Questionnaire], **given: object
    ) -> Printed:
        asked = sum(len(one.instrument.items) for one in questionnaires)
        if asked > _MOST:  # told at once: drawing it would take minutes (T-64)
            raise PrintingError(f"The sheet could not be printed: it has {asked} questions.")
        foreseen = _squares(questionnaires)
        html, code, boxes = self._coded(template, questionnaires, foreseen, given)
        drawn = self._press.drawn(html)
        if drawn.pages > foreseen:  # long texts: each page has its square all the same
            html, code, boxes = self._coded(template, questionnaires, drawn.pages, given)
            drawn = self._press.drawn(html)
        mapped = box_map(code, questionnaires, boxes.drawn, drawn.places)
        return Printed(drawn.pdf, mapped, code, drawn.pages)

    def _coded(
        self,
        template: str,
        questionnaires: Sequence[Questionnaire],
        squares: int,
        given: Mapping[str, object],
    ) -> tuple[str, str, marks.Boxes]:
        """Draw twice: a form's code is made from all that it says but a pseudonym."""
        blank = {**given, "pseudonym": None}
        code = form_code(self._drawn(template, questionnaires, "", 0, blank)[0])
        html, boxes = self._drawn(template, questionnaires, code, squares, given)
        return html, code, boxes

    def _drawn(
        self,
        template: str,
        questionnaires: Sequence[Questionnaire],
        code: str,
        squares: int,
        given: Mapping[str, object],
    ) -> tuple[str, marks.Boxes]:
        boxes = marks.Boxes()
        html = self._templates.get_template(template).render(
            questionnaires=questionnaires,
            words_in=self._words_in,
            boxes=boxes,
            marks=marks,
            rows=rows,
            spoken_day=spoken_day,
            code=code,
            squares={n: marks.page_square(page_code(code, n)) for n in range(1, squares + 1)},
            **{"pseudonym": None, "gaps": {}, **given},
        )
        return printable(html), boxes

    def _words_in(self, language: str) -> rows.Words:
        texts = self._catalogues.get(language)
        if texts is None:
            raise PrintingError(f"There is no sheet in the language {language[:8]}.")
        return texts.__getitem__


def _form(form: Form) -> dict[str, object]:
    language = form.questionnaire.wording.language
    return {"safeties": {language: form.safety}, "pseudonym": form.pseudonym}


def _squares(questionnaires: Sequence[Questionnaire]) -> int:
    """Foresee how many pages there will be, rather too many: two items a page at least."""
    return 4 + sum(3 + len(one.instrument.items) // 2 for one in questionnaires)


def form_code(html: str) -> str:
    """Give the eight symbols that stand for all that is drawn: forty bits of its SHA-256."""
    bits = int.from_bytes(sha256(html.encode()).digest()[:5])
    return "".join(ALPHABET[(bits >> shift) & 31] for shift in range(35, -5, -5))
