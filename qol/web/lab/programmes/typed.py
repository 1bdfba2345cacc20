"""What was typed in the form of a programme, as the version that it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flask import request

from qol.domain.collection import JUSTIFIED
from qol.domain.errors import ProgrammeError
from qol.domain.problem import Problem, Wrong
from qol.domain.programme import Notice, Offset, Postal, Programme, Timepoint, Window
from qol.usecases.lab.programmes.read_programme import Choice
from qol.web.lab.programmes.changing import lines

PARTS = tuple(Notice.__dataclass_fields__)
ENDS = ("opens", "closes")
MOST = 20  # new visits of one form


@dataclass(frozen=True, slots=True)
class Form:
    """The version that the form is about, and what may be ticked in it."""

    now: Programme
    choices: tuple[Choice, ...]
    known: tuple[str, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are ticked; at first those of the version."""
        if not request.form:
            return self.now.languages
        ticked = request.form.getlist("languages")
        return tuple(language for language in self.known if language in ticked)

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The questionnaires that are ticked; at first those of the version."""
        named = [f"{instrument} {version}" for instrument, version in self.now.releases.items()]
        ticked = request.form.getlist("releases") if request.form else named
        return tuple(one for one in self.choices if one.name in ticked)

    @property
    def instruments(self) -> tuple[str, ...]:
        """What a visit's battery may hold."""
        return tuple(dict.fromkeys(one.instrument for one in self.chosen))

    @property
    def new(self) -> tuple[str, ...]:
        """The names of the blocks for new visits: one, and one more each time it is asked for."""
        typed = request.form.get("new", "1")
        count = int(typed) if typed.isdecimal() and len(typed) < 3 else 1  # noqa: PLR2004 - digits
        return tuple(f"new.{n}" for n in range(min(count + ("more" in request.form), MOST)))

    @property
    def unseen(self) -> bool:
        """Say whether something was ticked whose own fields the page did not have yet."""
        languages, instruments = map(request.form.getlist, ("seen.languages", "seen.instruments"))
        added = {*self.languages} - {*languages}, {*self.instruments} - {*instruments}
        return "more" in request.form or any(added)


def version(form: Form) -> Programme:
    """Give the version as it was typed, on top of the one that the page showed."""
    now, languages = form.now, form.languages
    kept = [_timepoint(one, form) for one in now.timepoints if not _text(f"{_at(one)}.remove")]
    releases = _releases(form.chosen)
    return replace(
        now,
        version=_number("based_on") + 1,
        labels={language: _text(f"labels.{language}") for language in languages},
        languages=languages,
        releases=releases,
        proxy=tuple(one for one in now.proxy if one in releases),
        modes={way.value: _text(f"modes.{way}") for way in JUSTIFIED if _text(f"modes.{way}")},
        postal=_postal(),
        timepoints=_placed(kept, _new(form)),
        notices={language: _notice(language) for language in languages},
    )


def _releases(chosen: Iterable[Choice]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in chosen:
        if found.setdefault(one.instrument, one.version) != one.version:
            raise ProgrammeError(Problem(f"releases.{one.instrument}", Wrong.TWO_VERSIONS))
    return found


def _postal() -> Postal | None:
    """Give the post as it was typed, whole or not; nothing typed is no post."""
    address = tuple(line.strip() for line in _text("postal.address").split("\n") if line.strip())
    postal = Postal(address, _text("postal.licence"), _text("postal.reason"))
    return postal if any((postal.address, postal.licence, postal.reason)) else None


def _at(one: Timepoint) -> str:
    return f"timepoints.{one.code}"


def _timepoint(one: Timepoint, form: Form) -> Timepoint:
    return _visit(_at(one), one.code, one.battery, form)


def _new(form: Form) -> Iterator[Timepoint]:
    """Give the new visits; a block in which nothing was typed or ticked is none."""
    for at in form.new:
        if any(_text(name) for name in request.form if name.startswith(f"{at}.")):
            yield _visit(at, _text(f"{at}.code"), (), form)


def _visit(at: str, code: str, before: tuple[str, ...], form: Form) -> Timepoint:
    """Read one visit; its battery keeps the order it had, what is new comes last."""
    opens, closes = (
        Offset(_number(f"{at}.{end}.months"), _number(f"{at}.{end}.days")) for end in ENDS
    )
    ticked = [one for one in form.instruments if one in request.form.getlist(f"{at}.battery")]
    kept = tuple(name for name in before if name in ticked)
    return Timepoint(
        code=code,
        labels={language: _text(f"{at}.labels.{language}") for language in form.languages},
        window=Window(opens, closes),
        battery=kept + tuple(name for name in ticked if name not in kept),
    )


def _placed(kept: Iterable[Timepoint], new: Iterable[Timepoint]) -> tuple[Timepoint, ...]:
    """Put each new visit before the first that opens later; the others keep their order."""
    listed = list(kept)
    for one in new:
        later = (place for place, other in enumerate(listed) if _about(other) > _about(one))
        listed.insert(next(later, len(listed)), one)
    return tuple(listed)


def _about(one: Timepoint) -> int:
    """Give about how many days after day zero it opens: enough to put visits in order."""
    return one.window.opens.months * 30 + one.window.opens.days


def _notice(language: str) -> Notice:
    return Notice(**{part: _text(f"notices.{language}.{part}") for part in PARTS})


def _text(name: str) -> str:
    return lines(request.form.get(name, "")).strip()


def _number(name: str) -> int:
    """Read a whole number; nothing is 0, and a true minus sign is one too."""
    typed = _text(name).replace("−", "-") or "0"
    try:
        return int(typed[:7])
    except ValueError:
        raise ProgrammeError(Problem(name, Wrong.WHOLE)) from None
