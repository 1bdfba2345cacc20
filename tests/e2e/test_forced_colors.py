"""With forced colours an option that is chosen, or focused, shows it by border or mark."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import Served
from tests.e2e.walk import begin_form, open_visit

AROUND = 12  # px: the focus ring stands outside the card
BORDER = 5


class Card:
    """One option: its picture, its border's and ring's pixels, its mark's."""

    def __init__(self, page: Page, index: int = 0) -> None:
        self.page = page
        self.label = page.locator("fieldset.item:visible label.opt").nth(index)
        self.radio = self.label.locator("input")

    def picture(self) -> Image.Image:
        box = self.label.bounding_box()
        assert box
        clip = {
            "x": box["x"] - AROUND,
            "y": box["y"] - AROUND,
            "width": box["width"] + 2 * AROUND,
            "height": box["height"] + 2 * AROUND,
        }
        data = self.page.screenshot(clip=clip, animations="disabled")
        return Image.open(BytesIO(data)).convert("RGB")

    def frame_and_mark(self) -> tuple[int, int, int, int]:
        """The mark's place inside the picture."""
        card, mark = self.label.bounding_box(), self.radio.bounding_box()
        assert card
        assert mark
        left, top = mark["x"] - card["x"] + AROUND, mark["y"] - card["y"] + AROUND
        return (
            round(left),
            round(top),
            round(left + mark["width"]),
            round(top + mark["height"]),
        )


def differing(one: Image.Image, other: Image.Image) -> int:
    """How many pixels differ clearly."""
    grey = ImageChops.difference(one, other).convert("L")
    return sum(grey.histogram()[60:])


def frame(picture: Image.Image) -> Image.Image:
    """The picture with everything inside the border painted over."""
    cut = AROUND + BORDER
    bare = picture.copy()
    bare.paste((0, 0, 0), (cut, cut, picture.width - cut, picture.height - cut))
    return bare


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_options_in_forced_colours(browser: Browser, face: Served, scheme: str) -> None:
    context = browser.new_context(
        forced_colors="active", color_scheme=scheme, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    open_visit(page, face)
    begin_form(page)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    card = Card(page)
    place = card.frame_and_mark()
    untouched = card.picture()
    page.locator("fieldset.item:visible .text").click()
    for _ in range(9):
        page.keyboard.press("Tab")
        if card.radio.evaluate("el => el === document.activeElement"):
            break
    focused = card.picture()
    page.keyboard.press("Space")
    both = card.picture()
    card.radio.evaluate("el => el.blur()")
    chosen = card.picture()
    context.close()
    assert differing(frame(untouched), frame(focused)) > 200, "no ring"
    assert differing(frame(chosen), frame(both)) > 200, "no ring on the chosen one"
    assert differing(frame(untouched), frame(chosen)) > 200, "no border"
    assert differing(untouched.crop(place), chosen.crop(place)) > 20, "no mark"
    assert differing(frame(focused), frame(chosen)) > 200
