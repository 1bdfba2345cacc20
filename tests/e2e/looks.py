"""What is asked of every page that a browser shows: axe finds nothing, and nothing is too wide."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}
"""What changes from light to dark: style sheets set nothing else by the scheme."""


def clean(page: Page) -> None:
    """Fail with what axe finds and where: every rule in light, those of colour in dark too."""
    _told(page, Axe().run(page).response, least=6)
    page.emulate_media(color_scheme="dark")
    _told(page, page.evaluate("how => axe.run(how)", COLOURS), least=1)
    page.emulate_media(color_scheme="light")


def _told(page: Page, told: dict[str, Any], least: int) -> None:
    assert len(told["passes"]) >= least, "axe did not look"
    found = [
        f"{wrong['id']}: {node['html'][:150]}"
        for wrong in told["violations"]
        for node in wrong["nodes"]
    ]
    assert not found, f"{page.url}: {found}"


def not_wider(page: Page, *widths: int) -> None:
    """Fail where the page goes sideways, as it is or in windows of those widths."""
    before = page.viewport_size
    for width in widths or (0,):
        if width and before:
            page.set_viewport_size({"width": width, "height": before["height"]})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{page.url} is {wide} px too wide at {width or 'its width'}"
    if before:
        page.set_viewport_size(before)
