"""The box map is true: what was marked by hand on a printed form is read back by it."""

from __future__ import annotations

from random import Random

import pytest
import zxingcpp
from PIL import Image

from qol.usecases.lab.paper import Printed
from tests import filling, forms, pdf
from tests.filling import Askew, Box, Reader

ORDINARY, PROVEN = 14, 200

Page = tuple[dict[str, object], Image.Image]


@pytest.fixture(scope="module")
def pages(printed: dict[tuple[str, str], Printed]) -> dict[str, list[Page]]:
    """Each form's pages that have boxes, as the map and as a picture."""
    found = {}
    for name in forms.EVERY:
        one = printed[name, "fr"]
        drawn = pdf.pictures(one.pdf, filling.DPI)
        mapped = filling.pages_of(one.boxes)
        found[name] = [(page, drawn[int(str(page["page"])) - 1]) for page in mapped]
    return found


def _filled(page: Image.Image, boxes: list[Box], dice: Random) -> dict[str, int | None]:
    """Mark one box of each item; give what was meant."""
    meant: dict[str, int | None] = {}
    for item, options in filling.items_of(boxes).items():
        chosen = dice.choice(options)
        filling.tick(page, chosen, dice)
        meant[item] = chosen.code
    return meant


def _read_back(page: Page, dice: Random, shifted: float = 0.0) -> tuple[int, int]:
    """Fill, scan and read one page; give how many items were read right, of how many."""
    mapped, clean = page
    boxes, picture = filling.boxes_of(mapped), clean.copy()
    meant = _filled(picture, boxes, dice)
    lines = {one.item: one for one in boxes if one.kind == "line"}
    shares = {item: dice.uniform(0.02, 0.98) for item in lines}
    for item, line in lines.items():
        filling.stroke(picture, line, shares[item], dice)
    askew = Askew.drawn(dice)
    scan = askew.scanned(picture, dice)
    found = filling.corners(scan)
    for seen, true in zip(found, filling.CENTRES, strict=True):
        x, y = askew.point(true)
        assert max(abs(seen[0] - x), abs(seen[1] - y)) < 1.0  # millimetres
    codes = zxingcpp.read_barcodes(filling.top_of(scan))
    assert [code.text for code in codes] == [mapped["code"]]
    reader = Reader(scan, found)
    moved = [box.moved(shifted) for box in boxes]
    right = sum(
        reader.ticked(options) == meant[item] for item, options in filling.items_of(moved).items()
    )
    right += sum(
        abs(reader.share(line) - shares[str(line.item)]) < 0.015
        for line in moved
        if line.kind == "line"
    )
    return right, len(meant) + len(lines)


def _fillings(pages: dict[str, list[Page]], count: int, seed: int) -> tuple[int, int]:
    """Fill one form after the other, every page of it."""
    dice = Random(seed)  # noqa: S311 - fillings that repeat
    chosen = [forms.EVERY[number % len(forms.EVERY)] for number in range(count)]
    read = [_read_back(page, dice) for name in chosen for page in pages[name]]
    right, asked = (sum(numbers) for numbers in zip(*read, strict=True))
    return right, asked


def test_every_mark_of_a_filling_is_read_where_the_map_says(
    pages: dict[str, list[Page]],
) -> None:
    right, asked = _fillings(pages, ORDINARY, seed=1)
    assert right == asked > 200


@pytest.mark.prove
def test_every_mark_of_many_fillings_is_read_where_the_map_says(
    pages: dict[str, list[Page]],
) -> None:
    right, asked = _fillings(pages, PROVEN, seed=2)
    assert right == asked > 2_000


def test_a_map_that_is_wrong_by_five_millimetres_is_found_out(
    pages: dict[str, list[Page]],
) -> None:
    dice = Random(3)  # noqa: S311 - fillings that repeat
    for name in forms.EVERY:
        read = [_read_back(page, dice, shifted=5.0) for page in pages[name]]
        right, asked = (sum(numbers) for numbers in zip(*read, strict=True))
        assert right < 0.75 * asked, name


def _framed(reader: Reader, box: Box) -> bool:
    """Whether the four sides of a frame are where the map says, and white within."""
    x, y = box.centre
    w, h = box.width / 2, box.height / 2
    sides = (
        *(((x + side * w, y), (0.5, h / 2)) for side in (-1, 1)),
        *(((x, y + side * h), (w / 2, 0.5)) for side in (-1, 1)),
    )
    return reader.inside(box) < 6 and all(reader.darkness(*side) > 30 for side in sides)


def test_each_box_of_the_map_is_a_frame_on_the_paper(pages: dict[str, list[Page]]) -> None:
    for form in pages.values():
        for mapped, picture in form:
            reader = Reader(picture, filling.corners(picture))
            boxes = [one for one in filling.boxes_of(mapped) if one.kind != "line"]
            assert all(_framed(reader, box) for box in boxes)
            assert not any(_framed(reader, box.moved(5.0)) for box in boxes)
