"""Where two keyings differ nobody decides alone on what they typed themselves."""

from __future__ import annotations

import json

import pytest

from tests.cast import IVO, MIA, NOE, ORA
from tests.mail_room import MailRoom

PAGE = "/fr/mail/1/decide"


def differing(room: MailRoom) -> str:
    """Two keyings of sheet 1 that differ in one item; its part."""
    part = "q." + room.release().instrument.items[0].code
    assert room.keyed_twice(**{part: "two_boxes"}) == "keyed_twice"
    return part


def kept(room: MailRoom) -> dict[str, object]:
    """The answers that were sealed last."""
    answers = json.loads(list(room.sealer.kept.values())[-1][1])["answers"]
    assert isinstance(answers, dict)
    return answers


def test_only_what_differs_is_shown_with_both_values(room: MailRoom) -> None:
    part = differing(room)
    page = room.client(IVO).get(PAGE).text
    wording = room.release().wording
    assert page.count('name="choice.') == 3
    assert f'name="choice.{part}"' in page
    assert room.desk.catalogues["fr"]["mail.answer.two_boxes"] in page
    for item in room.release().instrument.items[1:]:
        assert wording.items[item.code].text.replace("*", "") not in page
    _, who, reference, detail = room.ledger("sheet.compared")[-1]
    assert (who, reference) == (f"staff:{IVO.reference}", "sheet:demo/1")
    assert json.loads(str(detail)) == {"differences": 1}


@pytest.mark.parametrize(
    ("choice", "state"), [("second", "two_boxes"), ("illegible", "illegible"), ("first", None)]
)
def test_a_third_person_decides(room: MailRoom, choice: str, state: str | None) -> None:
    part = differing(room)
    answer = room.post(IVO, PAGE, **{f"choice.{part}": choice, "cause": "unclear_mark"})
    assert (answer.location or "").endswith("keyed=reconciled")
    found = kept(room)[part[2:]]
    assert found == {"state": state} if state else isinstance(found, int)
    assert room.place.ask("SELECT turn, cause FROM sheet_keying ORDER BY turn") == [
        (1, None),
        (2, None),
        (3, "unclear_mark"),
    ]
    detail = json.loads(str(room.ledger("sheet.reconciled")[0][3]))
    assert detail == {"by": "third", "cause": "unclear_mark", "differences": 1}
    assert room.states() == ["reconciled"]


@pytest.mark.parametrize(
    ("member", "other", "own"), [(MIA, "second", "first"), (NOE, "first", "second")]
)
def test_one_of_the_two_may_only_agree_with_the_other(
    room: MailRoom, member: object, other: str, own: str
) -> None:
    part = differing(room)
    for choice in (own, "illegible"):
        told = room.post(member, PAGE, **{f"choice.{part}": choice, "cause": "misread"})  # type: ignore[arg-type]
        assert told.status_code == 422
        assert room.desk.catalogues["fr"]["mail.decide.own"] in told.text
    assert room.place.ask("SELECT count(*) FROM administration") == [(0,)]
    done = room.post(member, PAGE, **{f"choice.{part}": other, "cause": "misread"})  # type: ignore[arg-type]
    assert (done.location or "").endswith("keyed=reconciled")
    assert json.loads(str(room.ledger("sheet.reconciled")[0][3]))["by"] == "typist"


def test_who_opened_the_envelope_may_be_the_third(room: MailRoom) -> None:
    part = differing(room)
    answer = room.post(ORA, PAGE, **{f"choice.{part}": "first", "cause": "mistyped"})
    assert (answer.location or "").endswith("keyed=reconciled")


@pytest.mark.parametrize(
    "posted",
    [{}, {"cause": "x"}, {"cause": "misread"}, {"cause": "misread", "choice.q.x": "first"}],
)
def test_a_decision_is_whole_or_none(room: MailRoom, posted: dict[str, str]) -> None:
    differing(room)
    assert room.post(IVO, PAGE, **posted).status_code == 422
    assert room.states() == ["keyed_twice"]
    assert room.place.ask("SELECT count(*) FROM sheet_keying") == [(2,)]


def test_hostile_codes_are_not_read(room: MailRoom) -> None:
    part = differing(room)
    for choice in ("third", "", "7", "<script>"):
        answer = room.post(IVO, PAGE, **{f"choice.{part}": choice, "cause": "misread"})
        assert answer.status_code == 422
        assert "<script>" not in answer.text.replace('<script src="', "")


def test_two_deciders_at_once_are_one_decision(room: MailRoom) -> None:
    part = differing(room)
    data = {f"choice.{part}": "first", "cause": "misread"}
    assert room.post(IVO, PAGE, **data).status_code == 303
    late = room.post(ORA, "/fr/mail/new", PAGE, **data)
    assert late.status_code == 409
    assert room.place.ask("SELECT count(*) FROM administration") == [(1,)]


def test_the_day_on_the_paper_is_decided_like_an_answer(room: MailRoom) -> None:
    assert room.keyed_twice(**{"on.day": "20"}) == "keyed_twice"
    page = room.client(IVO).get(PAGE).text
    assert "21 novembre 2026" in page
    assert "20 novembre 2026" in page
    assert page.count('name="choice.on"') == 2
    room.post(IVO, PAGE, **{"choice.on": "second", "cause": "mistyped"})
    body = json.loads(list(room.sealer.kept.values())[-1][1])
    assert body["answered_on"] == "2026-11-20"


def test_before_two_keyings_there_is_nothing_to_compare(room: MailRoom) -> None:
    room.register()
    assert room.client(IVO).get(PAGE).status_code == 409
    room.key(MIA)
    assert room.client(NOE).get(PAGE).status_code == 409
    assert room.ledger("sheet.compared") == []


def test_a_key_that_is_gone_is_told_and_nothing_changes(room: MailRoom) -> None:
    from qol.domain.errors import EnvelopeError

    differing(room)

    def gone(*_: object) -> bytes:
        raise EnvelopeError("The private half is not there.")

    room.sealer.open = gone  # type: ignore[method-assign]
    answer = room.client(IVO).get(PAGE)
    assert answer.status_code == 503
    assert room.desk.catalogues["fr"]["mail.unopened.title"] in answer.text
    assert room.states() == ["keyed_twice"]
