"""A key file is made with its batch, closed for its recipient, and leaves once by two people."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest

from tests.cast import LEO, LIA
from tests.lab_batches import Lab, bare, hidden, post

HOLDER = pyrage.x25519.Identity.generate()
PUBLIC = str(HOLDER.to_public())


def registered(lab: Lab, label: str = "dpo-1") -> str:
    """Have Leo register the holder's key; the recipient's reference."""
    client = lab.client(LEO)
    assert post(client, "/fr/recipients", label=label, key=PUBLIC).status_code == 303
    [(reference,)] = lab.place.ask(f"SELECT reference FROM recipient WHERE label = '{label}'")
    return str(reference)


def asked(lab: Lab, count: int = 4) -> str:
    """Have Leo issue a batch with a key file."""
    return lab.issued(count, recipient=registered(lab))


def read(package: bytes, folder: Path) -> list[list[str]]:
    """Open a package with somebody else's reader where there is one."""
    reader = shutil.which("rage") or shutil.which("age")
    if reader is None:
        content = pyrage.decrypt(package, [HOLDER])
    else:
        key, file = folder / "holder.txt", folder / "package.age"
        key.write_text(f"{HOLDER}\n")
        file.write_bytes(package)
        command = [reader, "--decrypt", "--identity", str(key), str(file)]
        content = subprocess.run(command, check=True, capture_output=True).stdout
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_the_recipient_reads_which_code_is_which_subject(lab: Lab, tmp_path: Path) -> None:
    batch = asked(lab)
    answer = post(lab.client(LIA), f"/fr/batches/{batch}/key-file")
    assert (answer.status_code, answer.mimetype) == (200, "application/octet-stream")
    assert answer.headers["Cache-Control"] == "no-store"
    head, *lines = read(answer.data, tmp_path)
    assert head == ["pseudonym", "subject_reference", "sheet_number"]
    stored = lab.place.ask(
        "SELECT digest, reference, sheet_number FROM pseudonym JOIN subject ON"
        " subject.id = subject_id ORDER BY sheet_number"
    )
    # The digests of this test are the codes themselves.
    assert lines == [[bytes(d).decode(), r, n] for d, r, n in stored]  # type: ignore[call-overload]


def test_one_person_alone_cannot(lab: Lab) -> None:
    batch, client = asked(lab), lab.client(LEO)
    page = client.get(f"/fr/batches/{batch}/key-file").text
    assert lab.desk.catalogues["fr"]["lab.key_file.go"] not in page
    answer = post(client, f"/fr/batches/{batch}/key-file")
    assert (answer.status_code, answer.mimetype) == (409, "text/html")
    assert lab.ledger("key_file.released") == []
    assert lab.place.ask("SELECT content IS NULL, outcome FROM key_file") == [(0, None)]


def test_it_leaves_once_and_is_then_nowhere(lab: Lab) -> None:
    batch, client = asked(lab), lab.client(LIA)
    page = f"/fr/batches/{batch}/key-file"
    data = hidden(client.get(page).text)
    first, second = (client.post(page, data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 409)
    assert lab.place.ask("SELECT content, outcome, ended_by FROM key_file") == [
        (None, "released", f"staff:{LIA.reference}")
    ]
    [(_, actor, reference, detail)] = lab.ledger("key_file.released")
    assert (actor, reference) == (f"staff:{LIA.reference}", f"batch:{batch}")
    assert json.loads(str(detail))["asked_by"] == f"staff:{LEO.reference}"
    assert "n’est plus ici" in client.get(f"/fr/batches/{batch}").text


def test_either_of_them_withdraws_it_and_then_nobody_lets_it_leave(lab: Lab) -> None:
    batch, client = asked(lab), lab.client(LEO)
    for _ in range(2):
        assert bare(client, f"/fr/batches/{batch}/key-file/withdraw").status_code == 303
    assert len(lab.ledger("key_file.withdrawn")) == 1
    assert bare(lab.client(LIA), f"/fr/batches/{batch}/key-file").status_code == 409
    assert lab.place.ask("SELECT content, outcome FROM key_file") == [(None, "withdrawn")]


def test_a_batch_without_one_never_gets_one(lab: Lab) -> None:
    batch = lab.issued()
    assert lab.client(LIA).get(f"/fr/batches/{batch}/key-file").status_code == 404
    assert bare(lab.client(LIA), f"/fr/batches/{batch}/key-file").status_code == 409


def test_nothing_of_it_is_on_disk_in_the_clear(lab: Lab, tmp_path: Path) -> None:
    batch = asked(lab)
    [(content,)] = lab.place.ask("SELECT content FROM key_file")
    assert bytes(content).startswith(b"age-encryption.org/v1")  # type: ignore[call-overload]
    references = [str(r) for (r,) in lab.place.ask("SELECT reference FROM subject")]
    for line in references:
        assert line.encode() not in bytes(content)  # type: ignore[call-overload]
    assert post(lab.client(LIA), f"/fr/batches/{batch}/key-file").status_code == 200
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    clear = [path for path in files if b"pseudonym,subject_reference" in path.read_bytes()]
    assert clear == []


@pytest.mark.parametrize(
    ("label", "key", "told"),
    [
        ("", PUBLIC, "label"),
        ("Mme Dupont", PUBLIC, "label"),
        ("dpo-2", "", "key"),
        ("dpo-2", PUBLIC[:-1] + ("q" if PUBLIC[-1] != "q" else "p"), "key"),
        ("dpo-2", str(HOLDER), "key"),
    ],
    ids=("no label", "a name", "no key", "a slip of the finger", "a secret key"),
)
def test_a_recipient_is_a_code_and_a_public_key(lab: Lab, label: str, key: str, told: str) -> None:
    answer = post(lab.client(LEO), "/fr/recipients", label=label, key=key)
    assert answer.status_code == 422
    assert lab.desk.catalogues["fr"][f"lab.recipients.wrong.{told}"] in answer.text
    assert lab.ledger("recipient.registered") == []
    assert str(HOLDER) not in answer.text  # a private half typed by mistake is not shown back


def test_a_label_stands_for_one_key(lab: Lab) -> None:
    registered(lab)
    client = lab.client(LEO)
    assert post(client, "/fr/recipients", label="dpo-1", key=PUBLIC).status_code == 303
    other = str(pyrage.x25519.Identity.generate().to_public())
    assert post(client, "/fr/recipients", label="dpo-1", key=other).status_code == 422
    assert len(lab.ledger("recipient.registered")) == 1
    [(_, _, _, detail)] = lab.ledger("recipient.registered")
    shown = client.get("/fr/recipients").text
    fingerprint = str(json.loads(str(detail))["fingerprint"])
    assert all(fingerprint[at : at + 4] in shown for at in range(0, 40, 4))


def test_a_recipient_of_another_programme_is_none(lab: Lab) -> None:
    reference = registered(lab)
    lab.place.ask("UPDATE recipient SET programme = 'other'")
    answer = bare(lab.client(LEO), "/fr/batches/new", site="A", count="2", recipient=reference)
    assert answer.status_code == 404
    assert lab.place.ask("SELECT count(*) FROM subject") == [(0,)]


def ends(lab: Lab, reference: str) -> int:
    """Have Lia end a recipient's key; the status."""
    path = f"/fr/recipients/{reference}/end"
    return post(lab.client(LIA), "/fr/recipients", path).status_code


def test_a_key_that_ended_gets_nothing_and_what_waited_for_it_does_not_leave(lab: Lab) -> None:
    batch = asked(lab)
    [(reference,)] = lab.place.ask("SELECT reference FROM recipient")
    assert [ends(lab, str(reference)) for _ in range(2)] == [303, 303]
    [(_, actor, about, _)] = lab.ledger("recipient.ended")
    assert (actor, about) == (f"staff:{LIA.reference}", f"recipient:{reference}")
    path = f"/fr/batches/{batch}/key-file"
    page = lab.client(LIA).get(path).text
    assert lab.desk.catalogues["fr"]["lab.key_file.go"] not in page
    assert bare(lab.client(LIA), path).status_code == 409
    assert lab.ledger("key_file.released") == []
    assert f'value="{reference}"' not in lab.client(LEO).get("/fr/batches/new").text
    assert bare(lab.client(LIA), f"{path}/withdraw").status_code == 303
    assert lab.place.ask("SELECT content, outcome FROM key_file") == [(None, "withdrawn")]


def test_a_key_that_ended_while_the_page_was_open_is_told(lab: Lab) -> None:
    reference, client = registered(lab), lab.client(LEO)
    data = hidden(client.get("/fr/batches/new").text)
    ends(lab, reference)
    data |= {"site": "A", "count": "4", "recipient": reference}
    answer = client.post("/fr/batches/new", data=data)
    assert answer.status_code == 422
    assert lab.desk.catalogues["fr"]["lab.new.wrong.recipient"] in answer.text
    assert lab.place.ask("SELECT count(*) FROM batch") == [(0,)]


def test_a_key_that_ended_is_registered_under_no_other_code(lab: Lab) -> None:
    ends(lab, registered(lab))
    client = lab.client(LEO)
    for label, told in (("dpo-2", "wrong.ended"), ("dpo-1", "wrong.ended")):
        answer = post(client, "/fr/recipients", label=label, key=PUBLIC)
        assert answer.status_code == 422
        assert lab.desk.catalogues["fr"][f"lab.recipients.{told}"] in answer.text
    assert lab.place.ask("SELECT count(*) FROM recipient") == [(1,)]


def test_a_key_lasts_a_year_and_no_day_more(lab: Lab) -> None:
    reference = registered(lab)
    lab.place.ask("UPDATE recipient SET registered_at = '2025-11-22 10:00:00'")
    assert f'value="{reference}"' in lab.client(LEO).get("/fr/batches/new").text
    lab.place.ask("UPDATE recipient SET registered_at = '2025-11-21 10:00:00'")
    assert f'value="{reference}"' not in lab.client(LEO).get("/fr/batches/new").text
    assert "terminée le" in lab.client(LEO).get("/fr/recipients").text
    assert ends(lab, reference) == 303
    assert lab.ledger("recipient.ended") == []


def test_another_programmes_key_is_not_ended(lab: Lab) -> None:
    reference = registered(lab)
    lab.place.ask("UPDATE recipient SET programme = 'other'")
    assert ends(lab, reference) == 303
    assert lab.place.ask("SELECT count(*) FROM recipient_end") == [(0,)]
