"""Wordings that nobody wrote, for definitions whose own wording belongs to others."""

from __future__ import annotations

from hypothesis import strategies as st

from qol.domain.instrument import Instrument, ItemWording, SectionWording, Wording

LETTERS = st.characters(
    codec="utf-8",
    categories=["L", "M", "N", "P", "S", "Zs"],
    exclude_characters="<>*`&_#[]()~",
)
"""Spaces that must not break are among them: French puts one before a question mark."""

some_words = st.builds("{}{}{}".format, st.text(LETTERS, max_size=8), st.sampled_from("aéЖ中"),
                       st.text(LETTERS, max_size=8)) | st.sampled_from(
    ["Avez-vous *mal* ?", "  two  spaces ", "e\u0301 and é", "1", "a\u200bb", "< 5 > 3"]
)  # fmt: skip
words = st.just("") | some_words


@st.composite
def wordings(draw: st.DrawFn, instrument: Instrument, language: str) -> Wording:
    """Draw every text that the definition needs, and some that it may do without."""
    ends = {item.code: draw(st.booleans()) for item in instrument.items}
    return Wording(
        language=language,
        title=draw(some_words),
        sections={
            section.code: draw(st.builds(SectionWording, words, words, words))
            for section in instrument.sections
        },
        items={
            item.code: ItemWording(draw(some_words), short=draw(words))
            if item.kind == "single_choice"
            else ItemWording(
                draw(some_words),
                low=draw(some_words) if ends[item.code] else "",
                high=draw(some_words) if ends[item.code] else "",
                unit=draw(words),
                short=draw(words),
            )
            for item in instrument.items
        },
        options={
            held.code: {code: draw(some_words) for code in held.codes}
            for held in instrument.response_sets
        },
        instruction=draw(words),
        copyright=draw(words),
    )
