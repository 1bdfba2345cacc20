"""Which screens there are pictures of: a line a screen, and the page that shows them all.

To add one: a line below, and where it is not reached by its address a step in the test that
draws its face. ``make screenshots`` then writes its pictures and ``docs/screens/README.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
MOST_BYTES, MOST_OF_ALL = 150_000, 3_000_000
COLOURS = 24  # the most distinct ones, not the most frequent: a warning keeps its red
_SHOWN = {390: 150, 768: 230, 1280: 380}  # pixels on the page, of each width


@dataclass(frozen=True, slots=True)
class View:
    """A window: the column of the page, the end of its pictures' names, and its size."""

    column: str
    suffix: str
    width: int
    height: int
    scheme: str = "light"
    language: str = "fr"

    @property
    def how(self) -> dict[str, object]:
        """What a browser needs to know to be this window."""
        size = {"width": self.width, "height": self.height}
        return {"viewport": size, "color_scheme": self.scheme}


@dataclass(frozen=True, slots=True)
class Screen:
    """``name`` is the first part of its pictures' names; ``path`` is below the language.

    ``room`` says which room of the laboratory it is in (``tests/e2e/test_screens_lab.py``).
    """

    name: str
    says: str
    path: str | None = None
    room: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """The screens of one face, each in each of its views."""

    title: str
    views: tuple[View, ...]
    screens: tuple[Screen, ...]

    def screen(self, name: str) -> Screen:
        """Return the screen of that name; KeyError when it is not on the list."""
        return {one.name: one for one in self.screens}[name]


PHONE, TABLET, DESKTOP = (390, 844), (768, 1024), (1280, 800)

PATIENT = Face(
    "Patient",
    (
        View("phone", "-phone", *PHONE),
        View("phone, dark", "-phone-dark", *PHONE, scheme="dark"),
        View("tablet", "-tablet", *TABLET),
        View("desktop", "-desktop", *DESKTOP),
    ),
    (
        Screen("patient-code", "The code on the slip is all that is asked"),
        Screen("patient-code-error", "A slip of the finger is told at once"),
        Screen("patient-start", "What is due, and who asks for it"),
        Screen("patient-item", "One question a screen, with large cards"),
        Screen("patient-steps", "Steps from 0 to 10"),
        Screen("patient-line", "A line, answered by touch or by number"),
        Screen("patient-number", "A number"),
        Screen("patient-review", "What was answered, before it is sent"),
        Screen("patient-next", "The first receipt: a questionnaire is left"),
        Screen("patient-received", "The last receipt: the day and the next dates"),
    ),
)
PROFESSIONAL = Face(
    "Professional",
    (
        View("tablet", "-tablet", *TABLET),
        View("desktop", "-fr", *DESKTOP),
        View("desktop, English", "-en", *DESKTOP, language="en"),
    ),
    (
        Screen("hcp-list", "Who is due or late, by sheet number", ""),
        Screen("hcp-hand-over", "Handing a code over", "hand-over"),
        Screen("hcp-sheet", "One sheet: what is due, done, to come", "sheets/00003"),
        Screen("hcp-consultation", "Answers entered together", "sheets/00003/consultation"),
        Screen("hcp-device", "Lending the device", "sheets/00003/device"),
        Screen("hcp-grid", "Copying paper by keyboard"),
    ),
)
LABORATORY = Face(
    "Laboratory",
    (View("tablet", "-tablet", *TABLET), View("desktop", "", *DESKTOP)),
    (
        Screen("lab-programme", "A programme in plain words", "programme", "programmes"),
        Screen("lab-programme-guided", "A change is a form", "programme/guided", "programmes"),
        Screen("lab-programme-preview", "What a change changes, before it counts"),
        Screen("lab-opening", "What is missing before patients", "programme/opening", "programmes"),
        Screen("lab-sites", "Sites and their contracts", "sites", "programmes"),
        Screen("lab-accounts", "Who works here", "accounts", "staffing"),
        Screen("lab-account", "One account, with its grants", "accounts/{someone}", "staffing"),
        Screen("lab-releases", "Two people approve a text", "releases", "approving"),
        Screen("lab-release", "A text is read whole, then approved", "releases/1", "approving"),
        Screen("lab-record-list", "The list of records: no answer on it", "records", "records"),
        Screen("lab-record-one", "One record, with its scores", "{one}", "records"),
        Screen("lab-record-correct", "A correction is a new version", "{one}/correct", "records"),
        Screen("lab-reports", "Reports of a wrong patient", "reports", "records"),
        Screen("lab-batch-list", "Batches of codes", "batches", "batches"),
        Screen("lab-batch-new", "A new batch", "batches/new", "leading"),
        Screen("lab-batch-one", "One batch, by sheet numbers", "batches/{batch}", "batches"),
        Screen("lab-batch-slips", "Slips are printed once", "batches/{batch}/slips", "batches"),
        Screen("lab-key-file", "A key file, let out by two", "batches/{batch}/key-file", "leading"),
        Screen("lab-mail-list", "The mail room: what is to do", "mail", "mail"),
        Screen("lab-mail-new", "Registering a sheet", "mail/new", "mail"),
        Screen("lab-mail-key", "Keying a sheet", "mail/1/key", "keying"),
        Screen("lab-mail-decide", "Deciding line by line", "mail/2/decide", "mail"),
    ),
)
STAFF = Face(
    "Signing in, for all staff",
    (View("tablet", "-tablet", *TABLET), View("desktop", "-desktop", *DESKTOP)),
    (
        Screen("staff-sign-in", "Login and password"),
        Screen("staff-second-factor", "The second factor"),
        Screen("staff-notice", "What is kept of staff, read once"),
        Screen("staff-home", "Home"),
        Screen("staff-account", "One's own account"),
        Screen("staff-grants", "Who may do what, for administrators"),
    ),
)
FACES = (PATIENT, PROFESSIONAL, LABORATORY, STAFF)
PAPER = {
    "paper-leaflet": "The leaflet for patients: one sheet, folded once",
    "paper-slips": "Slips, three a page, each with its stub",
    "paper-hand-over": "Note, slip and stub, printed at the hospital",
    "paper-form-demo-qol": "A questionnaire on paper",
    "paper-form-eq-5d-5l": "An upright line, with placeholders for a holder's words",
    "paper-form-lasa": "Lines of ten centimetres",
    "paper-kit": "The postal kit: leaf, address sheet, check page",
    "paper-review": "A questionnaire for its holder's approval",
}


def keep(page: Page, face: Face, name: str, view: View) -> None:
    """Write a picture of few colours; KeyError when the screen is not on the list."""
    path = FOLDER / f"{face.screen(name).name}{view.suffix}.png"
    page.screenshot(path=path)
    with Image.open(path) as taken:
        few = taken.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE)
    few.save(path, optimize=True)
    assert path.stat().st_size < MOST_BYTES


def pictures() -> set[str]:
    """Name every picture there is to be."""
    drawn = {
        f"{screen.name}{view.suffix}.png"
        for face in FACES
        for screen in face.screens
        for view in face.views
    }
    return drawn | {f"{name}.png" for name in PAPER}


def page() -> str:
    """Write the page that shows them all."""
    return "\n".join([*_lines(), ""])


def _lines() -> Iterator[str]:
    yield "# Screens"
    yield ""
    yield "Every key screen at each size it is made for, in French unless said. `make screenshots`"
    yield "draws them, and writes this page from the list in `tests/screens.py`."
    for face in FACES:
        yield from ("", f"## {face.title}", "")
        yield f"| | {' | '.join(view.column for view in face.views)} |"
        yield "|---|" + "---|" * len(face.views)
        for screen in face.screens:
            cells = (_picture(screen, view) for view in face.views)
            yield f"| {screen.says} | {' | '.join(cells)} |"
    yield from ("", "## Paper")
    for name, says in PAPER.items():
        yield from ("", f"{says}:", "", f"![{says}]({name}.png)")


def _picture(screen: Screen, view: View) -> str:
    name, words = f"{screen.name}{view.suffix}.png", f"{screen.says} ({view.column})"
    width = _SHOWN[view.width]
    return f'<a href="{name}"><img src="{name}" width="{width}" alt="{words}"></a>'
