"""What is drawn to be filled or found: boxes, lines, the square code of a page.

Shapes carry their own colours and sizes in millimetres, a tenth of one is one unit. Each
box has an id, so that the press can say where it stands, and words for who cannot see it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import segno
from markupsafe import Markup

Kind = Literal["tick", "digit", "line", "respondent", "code", "day"]

TICK = (5.0, 5.0)
DIGIT = (7.0, 8.5)
LINE = 100.0  # true millimetres, whatever its ends are called
_ACROSS = 8.0  # of the strip in which a mark on the line may be

_SVG = Markup(
    '<svg{id} class="{name}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    ' style="width:{mm_width}mm;height:{mm_height}mm"><title>{words}</title>{shapes}</svg>'
)
_RECT = (
    '<rect x="1.5" y="1.5" width="{:g}" height="{:g}" fill="{}" stroke="#000" stroke-width="3"/>'
)
_CROSS = '<path d="M10 10L40 40M40 10L10 40" stroke="#000" stroke-width="5" fill="none"/>'


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to fill.

    ``item`` and ``code`` say what a tick means; ``place`` counts the signs of a number, a
    date or a pseudonym from the left, from 0. A line has neither: its ends are its item's.
    """

    id: str
    kind: Kind
    instrument: str
    item: str = ""
    code: int | None = None
    place: int | None = None


def svg(name: str, size: tuple[float, float], words: str, shapes: str, mark: str = "") -> Markup:
    """Put shapes, in tenths of a millimetre, into a picture of that size."""
    width, height = size
    return _SVG.format(
        id=Markup(' id="{}"').format(mark) if mark else "",
        name=name,
        width=f"{10 * width:g}",
        height=f"{10 * height:g}",
        mm_width=f"{width:g}",
        mm_height=f"{height:g}",
        words=words,
        shapes=Markup(shapes),  # noqa: S704 - our own shapes and numbers
    )


def _frame(size: tuple[float, float], fill: str = "#fff") -> str:
    return _RECT.format(10 * size[0] - 3, 10 * size[1] - 3, fill)


def crossed(words: str) -> Markup:
    """Draw a box with a good mark."""
    return svg("tick", TICK, words, _frame(TICK) + _CROSS)


def empty(words: str) -> Markup:
    """Draw a box that is nobody's, to look at."""
    return svg("tick", TICK, words, _frame(TICK))


def blackened(words: str) -> Markup:
    """Draw a box that was taken back."""
    return svg("tick", TICK, words, _frame(TICK, "#000"))


@dataclass
class Boxes:
    """Draws boxes and keeps them, in reading order."""

    drawn: list[Box] = field(default_factory=list)

    def _keep(
        self,
        kind: Kind,
        instrument: str,
        item: str = "",
        code: int | None = None,
        place: int | None = None,
    ) -> str:
        box = Box(f"b{len(self.drawn)}", kind, instrument, item, code, place)
        self.drawn.append(box)
        return box.id

    def tick(self, instrument: str, item: str, code: int, words: str) -> Markup:
        """Draw a box for one code of an item."""
        mark = self._keep("tick", instrument, item=item, code=code)
        return svg("tick", TICK, words, _frame(TICK), mark)

    def respondent(self, instrument: str, code: int, words: str) -> Markup:
        """Draw a box for who answers: 0 the person, 1 somebody else."""
        mark = self._keep("respondent", instrument, code=code)
        return svg("tick", TICK, words, _frame(TICK), mark)

    def sign(self, kind: Kind, instrument: str, place: int, words: str, item: str = "") -> Markup:
        """Draw a box for one figure or letter."""
        mark = self._keep(kind, instrument, item=item, place=place)
        return svg("digit", DIGIT, words, _frame(DIGIT), mark)

    def line(self, instrument: str, item: str, words: str, *, upright: bool) -> Markup:
        """Draw a line of true 100 mm; upright it has a stroke every 10 mm."""
        mark = self._keep("line", instrument, item=item)
        if not upright:
            ends = "M2 15V65M998 15V65M0 40H1000"
            return svg("line", (LINE, _ACROSS), words, _path(ends), mark)
        strokes = "".join(f"M20 {at}H60" for at in range(100, 1000, 100))
        ends = "M10 2H70M10 998H70M40 0V1000"
        return svg("line", (_ACROSS, LINE), words, _path(ends + strokes), mark)


def _path(drawn: str) -> str:
    return f'<path d="{drawn}" stroke="#000" stroke-width="4" fill="none"/>'


def page_square(text: str) -> Markup:
    """Draw a page's code, 13 mm wide: QR model 2, version 1, level H."""
    square = segno.make_qr(text, version=1, error="h", mode="alphanumeric", boost_error=False)
    drawn = square.svg_inline(border=0, omitsize=True, svgclass="square", lineclass=None)
    return Markup(drawn)  # noqa: S704 - numbers only


def ruler(words: str, steps: int = 10) -> Markup:
    """Draw a line of true 100 mm with a stroke at each step."""
    each = 1000 // steps
    strokes = "".join(f"M{min(max(2, at), 998)} 20V60" for at in range(0, 1001, each))
    return svg("line", (LINE, _ACROSS), words, _path(f"M0 40H1000{strokes}"))


def greys(words: str) -> Markup:
    """Draw five tones, from the lightest row of a form to black."""
    tones = ("#f1f1f1", "#ccc", "#999", "#555", "#000")
    rects = "".join(
        f'<rect x="{200 * at}" y="0" width="200" height="100" fill="{tone}"/>'
        for at, tone in enumerate(tones)
    )
    return svg("greys", (100.0, 10.0), words, rects)


def button(words: str) -> Markup:
    """Draw a screen's button for one answer."""
    circle = '<circle cx="25" cy="25" r="20" fill="#fff" stroke="#000" stroke-width="4"/>'
    return svg("tick", TICK, words, circle)


def entry(words: str) -> Markup:
    """Draw a screen's field for a number."""
    return svg("digit", (20.0, 9.0), words, _frame((20.0, 9.0)))
