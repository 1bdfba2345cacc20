"""The items of a file: walked once in their order, kept, dropped or refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from qol.adapters.instruments.fhir_in import kinds, ours
from qol.adapters.instruments.fhir_in.drafts import Draft, Gate, Group
from qol.adapters.instruments.fhir_in.extensions import (
    controls,
    has_expression_condition,
    is_computed,
    is_hidden,
    named,
)
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.numbers import bounds
from qol.adapters.instruments.fhir_in.reading import Node, nodes
from qol.adapters.instruments.fhir_in.shape import refuse_foreign_shape
from qol.adapters.instruments.fhir_in.words import Words, rendering, words_of

MOST_ITEMS = 2_000


@dataclass(frozen=True, slots=True)
class _Place:
    groups: tuple[Group, ...] = ()
    gates: tuple[Gate, ...] = ()
    gone: str | None = None


@dataclass(slots=True)
class Walk:
    """One walk through the items of a file, and what it has found so far."""

    root: Node
    source: Source
    drop: frozenset[str]
    kept: list[Draft] = field(default_factory=list)
    dropped: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)

    def run(self) -> None:
        """Walk the whole file; InstrumentError on the first item that cannot be kept."""
        self._children(self.root, "the questionnaire", _Place())
        strangers = sorted(self.drop - set(self.links))
        if strangers:
            raise self.source.whole(f"--drop names {shown(strangers[0])}, which is no item of it")
        for link in sorted(self.drop):
            if link not in self.dropped:
                reason = "--drop leaves out only a number that has no bounds or is decimal"
                raise self.source.refusal(link, reason)
        if not self.kept:
            raise self.source.whole("no item is left that a person could answer")

    def _children(self, holder: Node, name: str, place: _Place) -> None:
        found = nodes(holder, "item")
        if found is None:
            raise self.source.refusal(name, "its items are not a list of objects")
        for position, item in enumerate(found, start=1):
            link = item.get("linkId")
            if not isinstance(link, str) or not link.strip():
                raise self.source.refusal(f"{position} of {shown(name)}", "it has no linkId")
            if link in self.links:
                raise self.source.refusal(link, "its linkId stands twice in the file")
            self.links[link] = None
            if len(self.links) > MOST_ITEMS:
                raise self.source.whole(f"the file has more than {MOST_ITEMS} items")
            self._one(item, link, place)

    def _one(self, item: Node, link: str, place: _Place) -> None:
        type_ = str(item.get("type"))
        reason = place.gone or self._reason_to_drop(item, link, type_)
        gates = self._gates(item, link, place)
        if reason is not None:
            self.dropped[link] = reason
            below = replace(place, gates=gates, gone=self._gone_below(item, link, place))
        elif type_ == "group":
            refuse_foreign_shape(item, link, self.source)
            group = Group(
                link,
                words_of(item, "text", link, self.source),
                ours.words(item, "instruction", link, self.source),
                ours.words(item, "period", link, self.source),
            )
            kinds.refuse_repeats(item, link, self.source)
            below = _Place((*place.groups, group), gates)
        else:
            self._keep(item, link, _Place(place.groups, gates))
            below = replace(place, gates=gates)
        self._children(item, link, below)

    def _keep(self, item: Node, link: str, place: _Place) -> None:
        refuse_foreign_shape(item, link, self.source)
        kinds.refuse_kind(item, link, self.source)
        draft, notes = kinds.draft_of(item, self.root, link, self.source)
        words = words_of(item, "text", link, self.source)
        if not words and not self.source.ours:
            raise self.source.refusal(link, "it has no text")
        if other := rendering(item, link, self.source):
            self.notes.append(f"item {shown(link)}: {other}")
        low, high = self._ends(item) if draft.type_ == "number" else ({}, {})
        if bool(low) != bool(high):
            if self.source.ours:
                raise self.source.refusal(link, "only one of its two ends has words")
            self.notes.append(f"item {shown(link)}: only one end has words, so they are left out")
            low, high = {}, {}
        self.notes += notes
        computed = any(named(item.get("_text"), "cqf-calculatedValue", "cqf-expression"))
        self.kept.append(
            replace(
                draft,
                words=words,
                groups=place.groups,
                gates=place.gates,
                low=low,
                high=high,
                computed_text=computed,
                short=ours.words(item, "short", link, self.source),
                cdisc=ours.cdisc(item),
            )
        )

    def _ends(self, item: Node) -> tuple[Words, Words]:
        ends: dict[str, Words] = {"lower": {}, "upper": {}}
        for child in nodes(item, "item") or []:
            for end in {"lower", "upper"} & controls(child):
                if child.get("type") == "display":
                    link = child.get("linkId")
                    ends[end] = words_of(child, "text", link, self.source)
        return ends["lower"], ends["upper"]

    def _reason_to_drop(self, item: Node, link: str, type_: str) -> str | None:
        if type_ == "display":
            if {"lower", "upper"} & controls(item):
                return "it is the word at an end of a scale and is kept there"
            return "it only shows text (display)"
        if is_hidden(item):
            return "the file hides it"
        if item.get("readOnly") is True:
            return "it is read-only"
        if is_computed(item):
            return "it is computed"
        if link in self.drop and self._is_loose_number(item, link, type_):
            return "it was named with --drop"
        return None

    def _is_loose_number(self, item: Node, link: str, type_: str) -> bool:
        if type_ in {"decimal", "quantity"}:
            return True
        if type_ != "integer" or item.get("answerOption"):
            return False
        return bounds(item, link, self.source) is None

    def _gone_below(self, item: Node, link: str, place: _Place) -> str | None:
        if place.gone:
            return place.gone
        if is_hidden(item):
            return f"it stands under {shown(link)}, which the file hides"
        if item.get("readOnly") is True:
            return f"it stands under {shown(link)}, which is read-only"
        return None

    def _gates(self, item: Node, link: str, place: _Place) -> tuple[Gate, ...]:
        rules = nodes(item, "enableWhen")
        if rules == [] and not has_expression_condition(item):
            return place.gates
        gate = Gate(link, rules, item.get("enableBehavior"), has_expression_condition(item))
        return (*place.gates, gate)
