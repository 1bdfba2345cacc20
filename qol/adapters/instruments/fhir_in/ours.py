"""What only a file that we wrote carries: our extensions, read strictly or refused by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from qol.adapters.instruments.canonical import (
    instrument_bytes,
    instrument_from,
    wording_bytes,
    wording_from,
)
from qol.adapters.instruments.consistency import check_wording
from qol.adapters.instruments.fhir_in.drafts import Draft
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.options import options_of
from qol.adapters.instruments.fhir_in.reading import Node, nodes
from qol.adapters.instruments.fhir_in.words import Words, words_of
from qol.adapters.instruments.fhir_terms import CDISC, FORMAT, LOINC, OURS, PLACES, REPEATED
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Display, Instrument, LayoutPolicy, Wording

_TYPES = {"valueInteger": int, "valueBoolean": bool, "extension": list}


def marked(root: Node, source: Source) -> bool:
    """Say whether we wrote the file.

    InstrumentError on an extension of ours that is unknown, out of its place, there twice or
    without its value, and on any of them in a file that has not our mark.
    """
    found = [name for holder in _objects(root) for name in _judged(holder, root, source)]
    version = _one(root, "format", "valueInteger")
    if found and version is None:
        raise source.whole(f"it carries {OURS}{found[0]} without {OURS}format")
    if found and version != FORMAT:
        raise source.whole(f"its {OURS}format is {version}, and only {FORMAT} is known")
    return bool(found)


def words(holder: Node, name: str, where: str, source: Source) -> Words:
    """Return the words of one of our extensions, empty when it is not there."""
    found = _carried(holder, name)
    return words_of(found[0], "valueString", where, source) if found else {}


def code(holder: Node, name: str) -> str | None:
    """Return the code in one of our extensions, None when it is not there."""
    return cast("str | None", _one(holder, name, "valueCode"))


def display(item: Node, link: str, source: Source) -> Display:
    """Return how one of our numbers is shown; InstrumentError when it does not say."""
    found = code(item, "display")
    if found not in ("options", "line", "number"):
        raise source.refusal(link, f"its {OURS}display is none of options, line and number")
    return cast("Display", found)


def also(item: Node) -> tuple[int, ...]:
    """Return the codes outside a number's bounds."""
    return tuple(cast("int", one["valueInteger"]) for one in _carried(item, "also"))


def cdisc(item: Node) -> str | None:
    """Return the item's CDISC test code, None when it has none."""
    return _coded(item, CDISC)


def loinc(holder: Node) -> str | None:
    """Return the LOINC code that we wrote, whatever its shape; None when there is none."""
    return _coded(holder, LOINC)


def response_sets(root: Node, used: Mapping[str, Draft], source: Source) -> dict[str, Draft]:
    """Return all response sets in their order; InstrumentError when one is not declared.

    ``used`` holds those that items have; only of the others are the options read here.
    """
    result: dict[str, Draft] = {}
    for extension in _carried(root, "response-set"):
        inner = nodes(extension, "extension") or []
        names = [one.get("valueCode") for one in inner if one.get("url") == "name"]
        options = [one for one in inner if one.get("url") == "option"]
        name = names[0] if len(names) == 1 and len(inner) == 1 + len(options) else None
        if not isinstance(name, str) or name in result or (name in used) == bool(options):
            raise source.whole(f"its {OURS}response-set {shown(names)} is not as we write it")
        if name in used:
            result[name] = used[name]
        else:
            bare: Node = {
                "answerOption": [{"valueCoding": one.get("valueCoding")} for one in options]
            }
            held, _ = options_of(bare, root, name, source)
            result[name] = Draft(name, "choice", "single_choice", "options", None, held)
    for name in used:
        if name not in result:
            raise source.whole(f"no {OURS}response-set declares {shown(name)}")
    return result


def completed(instrument: Instrument, root: Node, source: Source) -> Instrument:
    """Return the definition with what a foreign file says nothing of."""
    status, experimental = root.get("status"), root.get("experimental")
    if status not in ("active", "draft") or not isinstance(experimental, bool):
        raise source.whole("its status is active or draft, and experimental is true or false")
    layout = {
        name: flag
        for name in ("skip", "proxy", "vertical")
        if (flag := _one(root, f"layout-{name}", "valueBoolean")) is not None
    }
    return replace(
        instrument,
        validated=not experimental,
        status="provisional" if status == "draft" else "final",
        library=_one(root, "library", "valueBoolean") is True,
        layout=LayoutPolicy(**cast("dict[str, bool]", layout)),
        loinc=loinc(root),
        cdisc=code(root, "cdisc-code-list"),
    )


def refuse_loose(instrument: Instrument, wordings: Sequence[Wording], source: Source) -> None:
    """Raise InstrumentError on what the strict loader would not take from a folder."""
    try:
        instrument_from(instrument_bytes(instrument))
        for wording in wordings:
            check_wording(instrument, wording_from(wording_bytes(wording)), "wording")
    except (InstrumentError, UnicodeEncodeError) as problem:
        raise source.whole(shown(problem, 300)) from problem


def _objects(found: object) -> Iterator[Node]:
    if isinstance(found, dict):
        yield found
        for inner in found.values():
            yield from _objects(inner)
    elif isinstance(found, list):
        for inner in found:
            yield from _objects(inner)


def _judged(holder: Node, root: Node, source: Source) -> list[str]:
    """Return the names of our extensions on one object of the file, once they are judged."""
    place = "questionnaire" if holder is root else str(holder.get("type"))
    where = holder.get("linkId", "the questionnaire")
    known = PLACES.get(place, {}) if holder is root or "linkId" in holder else {}
    seen: list[str] = []
    for extension in _carried(holder):
        name = str(extension["url"]).removeprefix(OURS)
        if name not in known:
            raise source.refusal(where, f"it carries {OURS}{shown(name)}, which has no place there")
        value = extension.get(known[name])
        if type(value) is not _TYPES.get(known[name], str) or value in ("", []):
            raise source.refusal(where, f"its {OURS}{name} has no {known[name]}")
        if name in seen and (place, name) not in REPEATED:
            raise source.refusal(where, f"its {OURS}{name} stands twice")
        seen.append(name)
    return seen


def _carried(holder: Node, name: str | None = None) -> list[Node]:
    found = holder.get("extension")
    addresses = [
        (one, url)
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict) and isinstance(url := one.get("url"), str)
    ]
    return [
        one
        for one, url in addresses
        if (url.startswith(OURS) if name is None else url == OURS + name)
    ]


def _one(holder: Node, name: str, key: str) -> object:
    found = _carried(holder, name)
    return found[0][key] if found else None


def _coded(holder: Node, system: str) -> str | None:
    for coding in nodes(holder, "code") or []:
        found = coding.get("code")
        if coding.get("system") == system and isinstance(found, str):
            return found
    return None
