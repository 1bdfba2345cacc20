"""Parts that become one file: in order, whole, told one by one, within one job's limits."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from io import BytesIO

import pikepdf
import pytest

from qol.adapters.paper.press import Limits, Press
from qol.domain.errors import PrintingError
from tests import pdf
from tests.documents import endless, small

SECOND = small("<p class=page>c</p><p>d</p>").replace("<h1>t</h1>", "")
PARTS = (small("<p class=page>a</p><p>b</p>"), SECOND, SECOND.replace(">c<", ">e<"))


def test_parts_are_one_tagged_file_in_their_order(press: Press) -> None:
    whole = press.pdf(*PARTS)
    assert pdf.problems(whole, "en", pages=6) == []
    assert [page.split() for page in pdf.texts(whole)] == [
        *(["t", "a"], ["b"]),
        *(["c"], ["d"]),
        *(["e"], ["d"]),
    ]


def test_every_page_of_the_whole_leads_to_its_own_structure(press: Press) -> None:
    with pikepdf.open(BytesIO(press.pdf(*PARTS))) as opened:
        numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        tree = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
        assert sorted(tree) == list(range(6))
        for place, page in enumerate(opened.pages):
            assert int(page.obj.StructParents) == place
            assert tree[place]
            assert all(element.Pg.objgen == page.obj.objgen for element in tree[place])
        [document] = opened.Root.StructTreeRoot.K
        assert all(element.P.objgen == document.objgen for element in document.K)


def test_it_is_told_part_by_part_and_a_single_one_is_not(press: Press) -> None:
    told: list[int] = []
    press.pdf(*PARTS, told=told.append)
    press.pdf(PARTS[0], told=told.append)
    assert told == [1, 2, 3]


def test_the_same_parts_are_the_same_bytes(press: Press) -> None:
    assert press.pdf(*PARTS) == press.pdf(*PARTS)


def test_pages_are_counted_over_all_parts() -> None:
    with closing(Press(Limits(pages=5))) as press:
        with pytest.raises(PrintingError, match="more than 5 pages"):
            press.pdf(*PARTS)
        assert press.pdf(*PARTS[:2]).startswith(b"%PDF")


def test_a_sign_that_the_font_lacks_in_any_part_is_refused(press: Press) -> None:
    with pytest.raises(PrintingError, match=r"U\+4E2D"):
        press.pdf(*PARTS, small("中"))


def test_a_worker_killed_between_two_parts_says_so_and_the_next_job_works() -> None:
    with closing(Press(Limits(seconds=60, pages=100_000))) as press:

        def kill(_: int) -> None:
            assert press._worker
            os.kill(press._worker.process.pid, signal.SIGKILL)

        with pytest.raises(PrintingError, match="Please try again"):
            press.pdf(PARTS[0], endless(), told=kill)
        assert press.pdf(*PARTS).startswith(b"%PDF")


def test_a_link_of_a_later_part_keeps_its_place_in_the_structure(press: Press) -> None:
    linked = small('<p><a href="https://one.example/">a</a></p>')
    second = linked.replace("one.example", "two.example").replace("<h1>t</h1>", "")
    whole = press.pdf(linked, second, SECOND)
    links = frozenset({"https://one.example/", "https://two.example/"})
    assert pdf.problems(whole, "en", 4, links) == []
    with pikepdf.open(BytesIO(whole)) as opened:
        numbers = list(opened.Root.StructTreeRoot.ParentTree.Nums)
        keys = [int(key) for key in numbers[::2]]
        assert keys == sorted(set(keys))
        tree = dict(zip(keys, numbers[1::2], strict=True))
        for page in opened.pages:
            assert {str(one.Pg.objgen) for one in tree[int(page.obj.StructParents)]} == {
                str(page.obj.objgen)
            }
            for link in page.obj.get("/Annots", ()):
                assert pikepdf.Name.Link == tree[int(link.StructParent)].S


def test_a_listener_that_fails_leaves_no_half_read_reply(press: Press) -> None:
    def fail(_: int) -> None:
        raise LookupError("the listener")

    with pytest.raises(LookupError):
        press.pdf(*PARTS, told=fail)
    assert pdf.page_count(press.pdf(PARTS[0])) == 2
