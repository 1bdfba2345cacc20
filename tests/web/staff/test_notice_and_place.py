"""The first connection's notice, the place of work, and the review of grants."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from qol.domain.audit import Act
from qol.domain.place import Place
from qol.domain.staff.notice import notice_version
from tests.cast import ADA, ANA, LENA
from tests.staff_face import Staffed, post, sign_in
from tests.web.patient.journey import token


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_notice_blocks_until_it_is_read(here: Staffed, language: str) -> None:
    client = sign_in(here, ANA, read=False)
    for path in ("", "account", "place"):
        assert client.get(f"/{language}/{path}").location == f"/{language}/notice"
    page = client.get(f"/{language}/notice").text
    assert "365" in page
    assert post(client, f"/{language}/place", f"/{language}/notice").status_code == 403
    post(client, f"/{language}/notice")
    assert client.get(f"/{language}/").status_code == 200
    ((who, version),) = here.store.rows.notices
    assert (who, version) == (ANA.reference, notice_version(365))
    event = here.store.events[-1]
    assert (event.act, event.detail) == (Act.NOTICE_READ, {"version": "1-365"})


def test_the_notice_says_what_is_kept_which_acts_and_how_long(here: Staffed) -> None:
    client = sign_in(here, ANA, read=False)
    page = client.get("/fr/notice").text
    for part in ("votre nom", "inscrits dans un journal", "lectures", "gardé 365 jours"):
        assert part in page


def test_another_duration_is_another_version_and_is_read_again(here: Staffed) -> None:
    client = sign_in(here, ANA)
    here.store.rows.notices = {(ANA.reference, notice_version(200)): here.clock.now()}
    assert client.get("/fr/").location == "/fr/notice"


def test_the_notice_stays_readable(here: Staffed) -> None:
    client = sign_in(here, ANA)
    page = client.get("/fr/notice").text
    assert "Vous avez lu cette version" in page
    assert '<form method="post" action="/fr/notice"' not in page


def _also_at_c(here: Staffed) -> None:
    (grant,) = (g for g in here.store.rows.grants.values() if g.account == ANA.reference)
    here.store.rows.grants["more"] = replace(grant, reference="more", site="C")


def test_somebody_of_two_sites_chooses_one(here: Staffed) -> None:
    _also_at_c(here)
    client = sign_in(here, ANA)
    page = client.get("/fr/place").text
    assert "demo/A" in page
    assert "demo/C" in page
    assert post(client, "/fr/place", place="demo/C").location == "/fr/"
    assert "Ana Exemple · C" in client.get("/fr/").text
    (session,) = here.store.rows.sessions.values()
    assert session.place == Place("demo", "C")
    assert here.store.events[-1].act is Act.PLACE_CHOSEN


def test_nobody_chooses_a_place_that_no_grant_opens(here: Staffed) -> None:
    client = sign_in(here, ANA)
    for place in ("demo/B", "demo/", "", "other/A"):
        assert post(client, "/fr/place", place=place).status_code == 409
    (session,) = here.store.rows.sessions.values()
    assert session.place is None


def test_a_chosen_place_is_lost_with_its_grant(here: Staffed) -> None:
    _also_at_c(here)
    client = sign_in(here, ANA)
    post(client, "/fr/place", place="demo/C")
    more = here.store.rows.grants["more"]
    here.store.rows.grants["more"] = replace(more, ended=True)
    assert "Ana Exemple · A" in client.get("/fr/").text


def test_without_any_grant_one_signs_in_to_nothing(here: Staffed) -> None:
    here.store.rows.grants.clear()
    client = sign_in(here, ANA)
    assert "Aucune habilitation valable" in client.get("/fr/").text


def _due(lab: Staffed, member: str) -> str:
    day = lab.clock.now().date()
    (grant,) = (g for g in lab.store.rows.grants.values() if g.account == member)
    due = replace(grant, start=day - timedelta(days=320), end=day + timedelta(days=45))
    lab.store.rows.grants[grant.reference] = due
    return grant.reference


def test_a_review_keeps_or_removes_and_leaves_its_row(lab: Staffed) -> None:
    kept, removed = _due(lab, ANA.reference), _due(lab, LENA.reference)
    client = sign_in(lab, ADA)
    page = client.get("/fr/grants").text
    assert f"/fr/grants/{kept}" in page
    for reference, decision in ((kept, "keep"), (removed, "remove")):
        answer = post(client, f"/fr/grants/{reference}", "/fr/grants", decision=decision)
        assert answer.location == "/fr/grants"
    grants, day = lab.store.rows.grants, lab.clock.now().date()
    assert (grants[kept].start, grants[kept].ended) == (day, False)
    assert grants[removed].ended
    assert [(r.grant, r.reviewer) for r in lab.store.rows.reviews] == [
        (kept, ADA.reference),
        (removed, ADA.reference),
    ]
    reads = [e for e in lab.store.events if e.act is Act.GRANTS_READ]
    assert reads
    assert [e.act for e in lab.store.events].count(Act.GRANT_REVIEWED) == 2


def test_nobody_reviews_their_own_grant(lab: Staffed) -> None:
    own = _due(lab, ADA.reference)
    client = sign_in(lab, ADA)
    page = client.get("/fr/grants").text
    assert f"/fr/grants/{own}" not in page
    data = {"csrf_token": token(page), "decision": "keep"}
    assert client.post(f"/fr/grants/{own}", data=data).status_code == 409
    assert lab.store.rows.reviews == []


def test_what_nobody_reviewed_is_suspended_on_its_day(lab: Staffed) -> None:
    reference = _due(lab, LENA.reference)
    grant = lab.store.rows.grants[reference]
    lab.clock.move(days=(grant.review_due - lab.clock.now().date()).days)
    assert "suspendue" in sign_in(lab, ADA).get("/fr/grants").text
    assert "Aucune habilitation valable" in sign_in(lab, LENA).get("/fr/").text


def test_only_who_may_review_sees_the_grants(lab: Staffed) -> None:
    client = sign_in(lab, LENA)
    assert client.get("/fr/grants").status_code == 403
    assert "/fr/grants" not in client.get("/fr/").text
