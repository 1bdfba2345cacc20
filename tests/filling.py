"""Paper that was filled, laid askew in a scanner and read back by its box map.

A filling draws marks where the map says that boxes are; the picture is then turned, scaled
and made noisy; the reader finds the corner marks and knows nothing but them and the map.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

DPI = 150
MM = DPI / 25.4  # pixels of a millimetre
DARK = 120
CENTRES = ((12.5, 12.5), (197.5, 12.5), (12.5, 284.5), (197.5, 284.5))
Point = tuple[float, float]

# One sheet of noise, moved about: drawing it anew for each page would take most of the time.
_GRAIN = Image.effect_noise((1300, 1800), 25)
_GREY = Image.new("L", _GRAIN.size, 128)


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the map, in millimetres."""

    kind: str
    item: str | None
    code: int | None
    place: int | None
    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, by: float) -> Box:
        return replace(self, x=self.x + by, y=self.y + by)


def boxes_of(page: dict[str, object]) -> list[Box]:
    """Read the boxes of one page of a map."""
    rows: list[dict[str, object]] = page["boxes"]  # type: ignore[assignment]
    return [Box(**{key: row[key] for key in Box.__slots__}) for row in rows]  # type: ignore[arg-type]


def pages_of(mapped: bytes) -> list[dict[str, object]]:
    """Read the pages of a map."""
    pages: list[dict[str, object]] = json.loads(mapped)["pages"]
    return pages


def items_of(boxes: list[Box]) -> dict[str, list[Box]]:
    """Give each item's boxes to tick."""
    found: dict[str, list[Box]] = {}
    for box in boxes:
        if box.kind == "tick" and box.item:
            found.setdefault(box.item, []).append(box)
    return found


def tick(page: Image.Image, box: Box, dice: Random) -> None:
    """Mark a box as a hand does: a cross or a stroke, not quite in the middle."""
    draw, ink = ImageDraw.Draw(page), dice.randint(0, 70)
    x, y = ((c + dice.uniform(-0.5, 0.5)) * MM for c in box.centre)
    r, pen = dice.uniform(1.5, 2.3) * MM, round(dice.uniform(0.4, 0.7) * MM)
    draw.line((x - r, y - r, x + r, y + r), fill=ink, width=pen)
    if dice.random() < 0.8:
        draw.line((x + r, y - r, x - r, y + r), fill=ink, width=pen)


def stroke(page: Image.Image, box: Box, share: float, dice: Random) -> None:
    """Mark a line at a share of its length, from its low end."""
    draw, ink, pen = ImageDraw.Draw(page), dice.randint(0, 70), round(0.5 * MM)
    x, y = box.centre
    if box.width > box.height:
        at = (box.x + share * box.width) * MM
        draw.line((at, (y - 3.7) * MM, at, (y + 3.7) * MM), fill=ink, width=pen)
    else:
        at = (box.y + (1 - share) * box.height) * MM
        draw.line(((x - 4.0) * MM, at, (x + 4.0) * MM, at), fill=ink, width=pen)


@dataclass(frozen=True, slots=True)
class Askew:
    """How a page lay in the scanner."""

    degrees: float
    scale: float
    shift: Point

    @classmethod
    def drawn(cls, dice: Random) -> Askew:
        shift = dice.uniform(-2, 2), dice.uniform(-2, 2)
        return cls(dice.uniform(-2, 2), dice.uniform(0.99, 1.01), shift)

    def _linear(self) -> tuple[float, float]:
        turn = math.radians(self.degrees)
        return self.scale * math.cos(turn), self.scale * math.sin(turn)

    def point(self, at: Point) -> Point:
        """Say where a point of the page, in millimetres, lies in the picture."""
        c, s = self._linear()
        x, y = at[0] - 105, at[1] - 148.5
        return c * x - s * y + 105 + self.shift[0], s * x + c * y + 148.5 + self.shift[1]

    def scanned(self, page: Image.Image, dice: Random) -> Image.Image:
        """Lay the page like this, blur it a little and add noise."""
        c, s = self._linear()
        c, s = c / self.scale**2, s / self.scale**2  # back from the picture to the page
        x, y = (105 + self.shift[0]) * MM, (148.5 + self.shift[1]) * MM
        back = (c, s, 105 * MM - c * x - s * y, -s, c, 148.5 * MM + s * x - c * y)
        laid = page.transform(
            page.size, Image.Transform.AFFINE, back, Image.Resampling.BILINEAR, fillcolor=255
        )
        grain = Image.blend(_GREY, _GRAIN, dice.uniform(0.2, 1.0))
        noise = ImageChops.offset(grain, dice.randrange(page.width), dice.randrange(page.height))
        blurred = laid.filter(ImageFilter.GaussianBlur(dice.uniform(0.3, 0.9)))
        return ImageChops.add(blurred, noise.crop((0, 0, *page.size)), offset=-128)


def top_of(picture: Image.Image) -> Image.Image:
    """Cut out the part of a picture that holds the page's square, twice as large."""
    top = picture.crop((round(80 * MM), 0, round(130 * MM), round(40 * MM)))
    return top.resize((2 * top.width, 2 * top.height), Image.Resampling.BICUBIC)


def corners(picture: Image.Image) -> list[Point]:
    """Find the four solid squares, in millimetres of the picture."""
    width, height = picture.size
    side = round(28 * MM)
    starts = ((0, 0), (width - side, 0), (0, height - side), (width - side, height - side))
    return [_corner(picture.crop((x, y, x + side, y + side)), (x, y)) for x, y in starts]


def _corner(window: Image.Image, start: tuple[int, int]) -> Point:
    """Find the place that is darkest over 4 mm, then the middle of what is dark there."""
    solid = window.filter(ImageFilter.BoxBlur(round(2 * MM))).tobytes()
    at = solid.index(min(solid))
    x, y = at % window.width, at // window.width
    reach = round(4 * MM)
    left, top = max(0, x - reach), max(0, y - reach)
    near = window.crop((left, top, x + reach, y + reach))
    dark = [at for at, grey in enumerate(near.tobytes()) if grey < DARK]
    across = sum(at % near.width for at in dark) / len(dark) + 0.5
    down = sum(at // near.width for at in dark) / len(dark) + 0.5
    return (start[0] + left + across) / MM, (start[1] + top + down) / MM


@dataclass(frozen=True, slots=True)
class Reader:
    """A picture, laid straight by its corner marks."""

    picture: Image.Image
    found: list[Point]

    def _at(self, at: Point) -> Point:
        """Say where a point of the page lies in the picture, in pixels."""
        u = (at[0] - CENTRES[0][0]) / (CENTRES[1][0] - CENTRES[0][0])
        v = (at[1] - CENTRES[0][1]) / (CENTRES[2][1] - CENTRES[0][1])
        weights = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        x, y = (sum(w * p[n] for w, p in zip(weights, self.found, strict=True)) for n in (0, 1))
        return x * MM, y * MM

    def darkness(self, at: Point, half: Point) -> float:
        """Mean darkness, 0 white to 255, of a rectangle around a point."""
        (x, y), (w, h) = self._at(at), (half[0] * MM, half[1] * MM)
        inner = self.picture.crop((round(x - w), round(y - h), round(x + w), round(y + h)))
        raw = inner.tobytes()
        return 255 - sum(raw) / len(raw)

    def inside(self, box: Box) -> float:
        """Say how dark a box is within its frame."""
        return self.darkness(box.centre, (box.width / 2 - 0.8, box.height / 2 - 0.8))

    def ticked(self, boxes: list[Box]) -> int | None:
        """Give the code of the darkest box."""
        return max(boxes, key=self.inside).code

    def share(self, box: Box) -> float:
        """Say at which share of its length a line is marked, beyond its own strokes."""
        x, y = box.centre
        best = (0.0, 0.0)
        for step in range(201):
            share = step / 200
            if box.width > box.height:
                at = box.x + share * box.width
                sides, half = ((at, y - 3.1), (at, y + 3.1)), (0.25, 0.35)
            else:
                at = box.y + (1 - share) * box.height
                sides, half = ((x - 3.5, at), (x + 3.5, at)), (0.35, 0.25)
            best = max(best, (min(self.darkness(side, half) for side in sides), share))
        return best[1]
