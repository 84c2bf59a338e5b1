"""`verify.html`: one file that checks the text of a code in any browser, offline."""

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from branchscore.trust.issuer import Trust

PLACE = "/*KNOWN*/{}"


def checking_page(trust: Trust, time: str, revoked: Sequence[str]) -> bytes:
    """The page for this issuer, with the revocations of that time. It may run its own script,
    known by hash, and reach nothing."""
    known = {
        "name": trust.notes.name,
        "id": b64encode(trust.notes.id).decode(),
        "key": b64encode(trust.notes.public).decode(),
        "time": time,
        "revoked": list(revoked),
    }
    script = _part("verify.js").replace(PLACE, json.dumps(known).replace("<", "\\u003c"))
    style = _part("verify.css")
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    page = environment.from_string(_part("verify.html.j2")).render(
        script=Markup(script),  # noqa: S704 - ours, and what is put into it holds no "<"
        style=Markup(style),  # noqa: S704 - ours
        script_hash=_hash(script),
        style_hash=_hash(style),
        key=trust.notes.written(),
        fingerprint=trust.fingerprint,
        time=time,
    )
    return page.encode()


def _part(name: str) -> str:
    return (files("branchscore.trust") / name).read_text("utf-8")


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()
