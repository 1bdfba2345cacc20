"""The box map: where each box of a printed form stands, for whoever reads it back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from qol.adapters.paper.marks import Box
from qol.adapters.paper.press import Place
from qol.domain.errors import PrintingError
from qol.usecases.lab.paper import Questionnaire

VERSION = 1
PAGE = (210.0, 297.0)  # millimetres, A4
CORNER_AT, CORNER_SIZE = 10.0, 5.0  # of the four solid squares, from the page's edges


def page_code(code: str, page: int) -> str:
    """Give what the square of a page says: the form's eight symbols and two figures."""
    return f"{code}{page:02}"


def box_map(
    code: str,
    questionnaires: Sequence[Questionnaire],
    boxes: Iterable[Box],
    places: Mapping[str, Place],
) -> bytes:
    """Write the map as JSON; PrintingError when a box was drawn nowhere."""
    pages: dict[int, list[dict[str, object]]] = {}
    for box in boxes:
        place = places.get(box.id)
        if place is None:
            raise PrintingError("The sheet could not be printed: it lacks one of its boxes.")
        pages.setdefault(place.page, []).append(_plain(box, place))
    whole = {
        "v": VERSION,
        "form": code,
        "page": dict(zip(("width", "height"), PAGE, strict=True)),
        "corners": {"at": CORNER_AT, "size": CORNER_SIZE},
        "questionnaires": [_named(one) for one in questionnaires],
        "pages": [
            {"page": number, "code": page_code(code, number), "boxes": pages[number]}
            for number in sorted(pages)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _plain(box: Box, place: Place) -> dict[str, object]:
    return {
        "kind": box.kind,
        "questionnaire": box.instrument,
        "item": box.item or None,
        "code": box.code,
        "place": box.place,
        "x": place.x,
        "y": place.y,
        "width": place.width,
        "height": place.height,
    }


def _named(one: Questionnaire) -> dict[str, str]:
    return {
        "id": one.instrument.id,
        "version": one.instrument.version,
        "language": one.wording.language,
        "definition_sha256": one.definition_sha256,
        "wording_sha256": one.wording_sha256,
    }
