"""Each thing that a reader refuses, by its key, in English and French (reader and catalogue)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from qol.adapters.programmes import portal, toml_in
from qol.adapters.words import read_catalogues
from qol.domain.collection import Justification
from qol.domain.errors import ProgrammeError
from qol.domain.problem import Problem, Wrong

FOLDER = Path(portal.__file__).parents[2] / "cli" / "demonstration"
PORTAL, TEXT = ((FOLDER / f"{name}.toml").read_text("utf-8") for name in ("portal", "programme"))
BARE = re.sub(r"\[modes\][^\[]*", "", TEXT).split("[postal]")[0]
POSTAL = '[postal]\naddress = ["A", "B"]\nlicence = "00000"\nreason = "no-internet"\n'
WHOLE = BARE + POSTAL
REASONS = "parmi " + ", ".join(Justification)

Case = tuple[str, str, Wrong, str, str]
# What stands there, what stands there instead, what is wrong, the place, the French sentence.
DOCUMENTS: list[Case] = [
    ("decision_date = 2026-01-15\n", "", Wrong.MISSING, "decision_date", "manque"),
    ('"DEMONSTRATION-0000"', '" "', Wrong.EMPTY, "decision_reference", "est vide"),
    ("version = 1\nlegal", "version = 1\nred = 1\nlegal", Wrong.UNKNOWN, "red", "pas une clé"),
    ('"DEMONSTRATION-0000"', "7", Wrong.TEXT, "decision_reference", "doit être un texte"),
    ("demonstration = true", "demonstration = 1", Wrong.FLAG, "demonstration", "true ou false"),
    ("version = 1\nlegal", "version = true\nlegal", Wrong.WHOLE, "version", "nombre entier"),
    ("2026-01-15", '"hier"', Wrong.DATE, "decision_date", "doit être une date"),
    ("proxy = []", 'proxy = "x"', Wrong.LIST, "proxy", "doit être une liste"),
    ("{ days = 0 }", "0", Wrong.TABLE, "timepoints[0].opens", "doit être une table"),
    ("proxy = []", "proxy = [1]", Wrong.TEXTS, "proxy", "que des textes"),
    ("proxy = []", 'proxy = ["x", "x"]', Wrong.TWICE, "proxy", "nomme deux fois"),
    ('"Month 1"', f'"{"x" * 201}"', Wrong.LONG, "timepoints[1].labels.en", "dépasse 200 car"),
    ('"Month 1"', '"a\\u202eb"', Wrong.HIDDEN, "timepoints[1].labels.en", "caractère invisible"),
    ("version = 1\nlegal", "version = 0\nlegal", Wrong.RANGE, "version", "aller de 1 à 9999"),
    ('code = "day-0"', 'code = "Day 0"', Wrong.SLUG, "timepoints[0].code", "lettres minuscules"),
    ('["fr", "en"]', '["fr", "EN"]', Wrong.LANGUAGE, "languages", "« EN » n’est pas un code"),
    ("AAP-2022-107", "AAC", Wrong.FRAME, "legal_frame", "doit être AAP-2022-107 (EA-2.1)"),
    ("Europe/Paris", "Europe/X", Wrong.ZONE, "time_zone", "comme « Europe/Paris »"),
    ("proxy = []", 'proxy = ["x"]', Wrong.NOT_RELEASED, "proxy", "« x » n’est pas dans [rel"),
    ("pain-nrs = ", '"PAIN" = ', Wrong.NOT_INSTRUMENT, "releases", "« PAIN » ne peut pas"),
    ('code = "month-1"', 'code = "day-0"', Wrong.SAME_CODE, "timepoints", "code « day-0 »"),
    ("[postal]", '[modes]\nx = "y"\n[postal]', Wrong.WAY, "modes", "« x » n’est pas un mode"),
    ("[postal]", '[modes]\npaper = "y"\n[postal]', Wrong.WAY_REASON, "modes.paper", REASONS),
    ("{ days = 14 }", "{ days = -1 }", Wrong.INVERTED, "timepoints", "se ferme avant de s’ouv"),
    ("{ days = 14 }", "{ days = 21 }", Wrong.OVERLAP, "timepoints", "« month-1 » se chevauch"),
    ('"00000"', '"1"', Wrong.POSTAL_LICENCE, "postal.licence", "de 4 à 8 chiffres"),
    ('"no-internet"', '"y"', Wrong.POSTAL_REASON, "postal.reason", REASONS),
    ('["A", "B"]', '["A"]', Wrong.POSTAL_LINES, "postal.address", "de 2 à 6 lignes"),
    ('["A", "B"]', f'["A", "{"x" * 39}"]', Wrong.POSTAL_LINE, "postal.address", "38 caractères"),
    ("version = 1\nlegal", "version = = 1\nlegal", Wrong.NO_TOML_AT, "", "voyez la ligne "),
    (WHOLE, "[[", Wrong.NO_TOML_END, "", "voyez sa fin"),
    (WHOLE, f"x = {'1' * 5000}", Wrong.NO_TOML, "", "un nombre y est trop long"),
    (WHOLE, f"x = {'[' * 5000}", Wrong.NO_TOML, "", "des tables trop profondes"),
    (WHOLE, 'id = "x"\ntimepoints = [1]', Wrong.TABLES, "timepoints", "que des tables"),
]
PORTALS: list[Case] = [
    ('number = "15"', 'number = "x"', Wrong.TELEPHONE, "safety.fr.numbers[0].number", "téléphone"),
    ('"localhost"', '"local host"', Wrong.HOST, "hosts", "« local host » n’est pas un nom"),
    (
        "hospital_ranges = []",
        'hospital_ranges = ["10.0.0.1/8"]',
        Wrong.NETWORK,
        "hospital_ranges",
        "« 10.0.0.1/8 » n’est pas un réseau",
    ),
]


def _said(problem: Problem, language: str) -> str:
    words = read_catalogues()[language]
    return problem.said(words[f"prog.wrong.{problem.wrong.code}"], words["prog.wrong.or"])


def _check(read: Callable[[str], object], text: str, case: Case) -> None:
    old, new, wrong, place, french = case
    assert old in text
    with pytest.raises(ProgrammeError) as refused:
        read(text.replace(old, new, 1))
    [found, *_] = [one for one in refused.value.problems if one.wrong is wrong]
    assert found.place == place
    assert french in _said(found, "fr")
    assert str(found) == (f"{place}: " if place else "") + _said(found, "en")
    for language in ("fr", "en"):
        assert "{" not in _said(found, language)
        assert len(_said(found, language)) < 250


@pytest.mark.parametrize("case", DOCUMENTS, ids=[case[2].name for case in DOCUMENTS])
def test_each_problem_of_a_document_is_said_in_both_languages(case: Case) -> None:
    _check(toml_in.read, WHOLE, case)


@pytest.mark.parametrize("case", PORTALS, ids=[case[2].name for case in PORTALS])
def test_each_problem_of_a_portal_is_said_in_both_languages(case: Case) -> None:
    _check(portal.read, PORTAL, case)


def test_the_tables_hold_whatever_a_reader_refuses() -> None:
    folder = Path(toml_in.__file__).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    refused = {Wrong[name] for name in re.findall(r"Wrong\.([A-Z_]+)", source)}
    files = {Wrong.NO_FILE, Wrong.NO_TEXT}  # of a path: test_toml.py
    assert {case[2] for case in DOCUMENTS + PORTALS} == refused - files


@pytest.mark.parametrize("name", ["a\\u202eb", "x" * 5000, "{wrong}", "<b>"])
def test_nothing_of_the_file_is_told_raw(name: str) -> None:
    hostile = WHOLE.replace("proxy = []", f'proxy = ["{name}"]').replace(
        "[releases]", f'[releases]\n"{name}" = "1"'
    )
    with pytest.raises(ProgrammeError) as refused:
        toml_in.read(hostile)
    for problem in refused.value.problems:
        for said in (str(problem), _said(problem, "fr"), _said(problem, "en")):
            assert said.isprintable()
            assert len(said) < 250
