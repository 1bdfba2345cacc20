"""What a browser sends of the guided form as it stands, with what a person changes in it."""

from __future__ import annotations

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

FORM = "/fr/programme/guided"
Fields = dict[str, list[str]]


def shown(page: str) -> Fields:
    """Every field of the page's form, without its buttons."""
    fields: Fields = {}
    document = html5lib.parse(page, namespaceHTMLElements=False)
    [form] = [one for one in document.iter("form") if "guided" in one.get("action", "")]
    for one in form.iter():
        if one.tag not in {"input", "select", "textarea"}:
            continue
        name, value = one.get("name", ""), one.get("value", "")
        if one.get("type") == "checkbox" and one.get("checked") is None:
            continue
        if one.tag == "textarea":
            value = one.text or ""
        if one.tag == "select":
            chosen = [option.get("value", "") for option in one if "selected" in option.attrib]
            value = "".join(chosen)
        fields.setdefault(name, []).append(value)
    return fields


def send(
    client: FlaskClient, page: str = "", to: str = FORM, **more: str | list[str]
) -> TestResponse:
    """Send the page, the form as it first is unless given, with some fields changed."""
    fields = shown(page or client.get(FORM).text)
    for name, value in more.items():
        fields[name.replace("__", ".")] = value if isinstance(value, list) else [value]
    return client.post(to, data=fields, content_type="multipart/form-data")


def alert(page: str) -> str:
    """What the page says is wrong."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    [found] = [one for one in document.iter() if one.get("role") == "alert"]
    return "".join(found.itertext())
