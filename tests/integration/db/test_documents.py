"""A programme version comes back from its document as it went in, and so do older documents."""

from __future__ import annotations

import json
from dataclasses import replace

from qol.adapters.db.documents import programme_document, programme_of
from tests import builders, forms


def test_a_programme_with_post_comes_back() -> None:
    posted = replace(builders.programme(), postal=forms.POSTAL)
    assert programme_of(programme_document(posted)) == posted
    assert programme_of(programme_document(builders.programme())) == builders.programme()


def test_a_document_older_than_the_post_has_none() -> None:
    plain = json.loads(programme_document(builders.programme()))
    del plain["postal"]
    assert programme_of(json.dumps(plain).encode()) == builders.programme()
