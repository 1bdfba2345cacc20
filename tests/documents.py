"""Small and endless documents for the press."""

STYLE = 'body { font-family: "Atkinson Hyperlegible Next" } .page { break-after: page }'


def small(body: str) -> str:
    """A document that is drawn at once."""
    return f'<html lang="en"><title>t</title><style>{STYLE}</style><h1>t</h1>{body}'


def endless() -> str:
    """A document that takes far longer than any limit of the tests."""
    return small("<table><tr><td>word word<td>word</table>" * 50_000)
