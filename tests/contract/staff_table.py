"""Every route of staff with its access rule: what everybody of staff has, then each face's own."""

from __future__ import annotations

SPOKEN = {
    "GET /": "session",
    "GET /sign-in": "open",
    "POST /sign-in": "open",
    "POST /sign-out": "any session",
    "GET /second-factor": "half",
    "POST /second-factor": "half",
    "POST /second-factor/passkey": "half",
    "POST /second-factor/passkey/answer": "half",
    "GET /activate": "open",
    "POST /activate": "open",
    "GET /activate/choose": "activation",
    "POST /activate/choose": "activation",
    "GET /notice": "any session",
    "POST /notice": "any session",
    "GET /place": "session",
    "POST /place": "session",
    "POST /lock": "session",
    "GET /alive": "session",
    "GET /locked": "any session",
    "POST /locked": "any session",
    "GET /account": "session",
    "POST /account/sign-out-everywhere": "session",
    "POST /account/password": "session",
    "POST /account/passkey": "session",
    "POST /account/passkey/answer": "session",
}
_SHEET = "/sheets/<number>"
HCP = {
    "GET /follow-up": "work_list.read",
    "GET /sheets": "work_list.read",
    f"GET {_SHEET}": "work_list.read",
    "GET /hand-over": "pseudonym.hand_over",
    "POST /hand-over": "pseudonym.hand_over",
    f"GET {_SHEET}/slip": "pseudonym.hand_over",
    f"POST {_SHEET}/slip": "pseudonym.hand_over",
    f"GET {_SHEET}/replace": "pseudonym.hand_over",
    f"POST {_SHEET}/replace": "pseudonym.hand_over",
    f"GET {_SHEET}/consultation": "answers.enter",
    f"GET {_SHEET}/consultation/<on>/<instrument>": "answers.enter",
    f"POST {_SHEET}/consultation/<on>/<instrument>/send": "answers.enter",
    f"GET {_SHEET}/paper": "answers.transcribe",
    f"GET {_SHEET}/paper/<int:release_id>": "answers.transcribe",
    f"POST {_SHEET}/paper/<int:release_id>/send": "answers.transcribe",
    f"GET {_SHEET}/device": "device.hand_over",
    # A second tap comes after the sign-out; the view itself asks for the permission.
    f"POST {_SHEET}/device": "open",
    f"GET {_SHEET}/not-done/<timepoint>": "follow_up.end",
    f"POST {_SHEET}/not-done/<timepoint>": "follow_up.end",
    f"GET {_SHEET}/end": "follow_up.end",
    f"POST {_SHEET}/end": "follow_up.end",
    f"GET {_SHEET}/wrong-patient": "deposit.report",
    f"POST {_SHEET}/wrong-patient": "deposit.report",
}
_BATCH = "/batches/<batch>"
_OF_BATCH = f"{_BATCH}/sheets/<number>"
BATCHES = {
    "GET /batches": "slips.print",
    f"GET {_BATCH}": "slips.print",
    **{f"{verb} /batches/new": "pseudonyms.issue" for verb in ("GET", "POST")},
    **{f"{verb} {_BATCH}/revoke": "pseudonyms.issue" for verb in ("GET", "POST")},
    f"GET {_OF_BATCH}": "pseudonyms.issue",
    **{
        f"{verb} {_OF_BATCH}/{act}": "pseudonyms.issue"
        for verb in ("GET", "POST")
        for act in ("activate", "revoke", "replace")
    },
    **{f"{verb} {_BATCH}/slips": "slips.print" for verb in ("GET", "POST")},
    **{f"{verb} {_BATCH}/slips/<reference>": "slips.print" for verb in ("GET", "POST")},
    **{f"{verb} /recipients": "pseudonyms.issue" for verb in ("GET", "POST")},
    **{f"{verb} {_BATCH}/key-file": "pseudonyms.issue" for verb in ("GET", "POST")},
    f"POST {_BATCH}/key-file/withdraw": "pseudonyms.issue",
}
_CORRECTING = "records.correct + records.read"
_MAIL = "/mail/<int:number>"
LAB = {
    "GET /grants": "grants.review",
    "POST /grants/<reference>": "grants.review",
    "GET /mail": "post.type",
    "GET /mail/new": "post.type",
    "POST /mail/new": "post.type",
    f"GET {_MAIL}": "post.type",
    f"POST {_MAIL}/incident": "post.type",
    f"POST {_MAIL}/settle": "post.type",
    f"POST {_MAIL}/code": "post.type",
    f"POST {_MAIL}/duplicate": "post.type",
    f"GET {_MAIL}/key": "post.type",
    f"POST {_MAIL}/key/send": "post.type",
    f"GET {_MAIL}/decide": "post.type",
    f"POST {_MAIL}/decide": "post.type",
    f"POST {_MAIL}/deposit": "post.type",
    "GET /mail/destruction": "post.type",
    "POST /mail/destruction": "post.type",
    "GET /mail/destruction/<batch>": "post.type",
    "POST /mail/destruction/<batch>/confirm": "post.type",
    "GET /records": "records.read",
    "GET /records/duplicates": "records.read",
    "GET /records/<record>": "records.read",
    "GET /records/<record>/correct": _CORRECTING,
    "POST /records/<record>/correct": _CORRECTING,
    "POST /records/<record>/freeze": _CORRECTING,
    "POST /records/<record>/lift": _CORRECTING,
    "GET /reports": "records.correct",
    "GET /reports/<subject>/<timepoint>": "records.correct",
    "POST /reports/<subject>/<timepoint>": "records.correct",
    **BATCHES,
}
