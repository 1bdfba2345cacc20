"""Texts that would be more than text, wherever a portal, a programme or a holder has its own."""

from __future__ import annotations

from dataclasses import replace

import html5lib

from qol.domain.instrument import ItemWording, Release, SectionWording
from qol.domain.portal import Portal, Safety, SafetyNumber
from qol.domain.programme import Notice, Programme

TEXTS = (
    "<script>alert(1)</script>",
    "</title></style><img src=http://127.0.0.1:9/x onerror=alert(1)>",
    '" autofocus onfocus="alert(1)',
    "' style='position:fixed",
    '<link rel=stylesheet href="file:///etc/passwd">',
    "<!-- <![CDATA[ &lt;b&gt; &#x202e; ]]>",
    "{{ 7*7 }} {% raw %} {0.__class__} %(x)s ${x}",
    "javascript:alert(1) file:///etc/passwd http://127.0.0.1:9/",
    "=1+1 @SUM(A1) +1 -1",
    "body { background: url(http://127.0.0.1:9/) }",
    "mot " * 2_500,
)


def named(portal: Portal, text: str) -> Portal:
    """An installation that says that text of itself wherever it may say any."""
    said = dict.fromkeys(portal.languages, text)
    safety = Safety(text, (SafetyNumber(text, "15"),))
    return replace(
        portal,
        names=said,
        operator=said,
        safety=dict.fromkeys(portal.languages, safety),
        accessibility=said,
    )


def noticed(programme: Programme, text: str) -> Programme:
    """A programme whose notices and labels are that text."""
    notice = Notice(*[text] * len(Notice.__dataclass_fields__))
    labels = dict.fromkeys(programme.languages, text)
    timepoints = tuple(replace(one, labels=labels) for one in programme.timepoints)
    notices = dict.fromkeys(programme.languages, notice)
    return replace(programme, labels=labels, notices=notices, timepoints=timepoints)


def worded(release: Release, text: str) -> Release:
    """A release whose wording is that text."""
    given = release.wording
    wording = replace(
        given,
        title=text,
        instruction=text,
        copyright=text,
        sections={code: SectionWording(text, text, text) for code in given.sections},
        items={code: ItemWording(text, text, text, text) for code in given.items},
        options={name: dict.fromkeys(labels, text) for name, labels in given.options.items()},
    )
    return replace(release, wording=wording)


def skeleton(page: str, text: str) -> list[str]:
    """What a browser makes of a page but for that text: tags, attributes and what they say."""
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        said = {
            name: value.replace(text, "TEXT")
            for name, value in element.attrib.items()
            if name not in {"value", "content"}
        }
        found.append(f"{element.tag} {sorted(said.items())}")
    return found


def shown(page: str, text: str) -> int:
    """How often the text stands on the page to be read."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    return " ".join("".join(document.itertext()).split()).count(" ".join(text.split()))
