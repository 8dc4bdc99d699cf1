"""Who may use each address: the reviewed table that the access tests walk.

A rule says who may, and who sees that there is something at all: those who see but may not get
403, all others 404. In a body or a query `@item` stands for the key of the exhibit that the tests
made (tests/access/world.py), `@item.exhibit_no` for one of its fields, `AS_SHOWN` for the form as
it is shown, `FILE` for a file. Each body is one that the service accepts, so that no form error
can stand in for a missing right. Rights are written out here by role on purpose: this table and
`investigations.models.membership.DUTIES` check each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LEAD, ANALYST, CUSTODIAN, EXAMINER = "lead", "analyst", "custodian", "examiner"
REVIEWER, AUTHORITY, PROSECUTOR = "reviewer", "releasing-authority", "prosecutor"
TEAM = frozenset({LEAD, ANALYST, CUSTODIAN, EXAMINER, REVIEWER, AUTHORITY, PROSECUTOR})
PARTNER, AUDITOR, EMERGENCY = "partner-contributor", "auditor", "emergency-reader"
EVERYBODY = frozenset({"signed in"})


class Rule:
    """Who may, and who may know of it."""

    def __init__(self, may: Iterable[str], *, sees: Iterable[str] = TEAM) -> None:
        self.may, self.sees = frozenset(may), frozenset(sees)

    def read(self) -> "Rule":
        """The same for a page: an emergency reader reads whatever the whole team reads."""
        return self if not self.may >= TEAM else Rule(self.may | {EMERGENCY}, sees=self.sees)

    def known(self, of: str) -> "Rule":
        """An emergency reader knows of what the team knows; a partner of the case itself."""
        more = {EMERGENCY} if self.sees >= TEAM else set()
        more |= {PARTNER} if self.sees >= TEAM and of == "case" else set()
        return Rule(self.may, sees=self.sees | more)


PUBLIC = Rule({"anyone"})
SIGNED_IN = Rule(EVERYBODY)
MEMBER = Rule(TEAM)
OF_THE_GROUP = Rule(TEAM, sees=())
"""A collection is not there for whoever is outside its sharing group, partners of the case too."""
SHARED = Rule(TEAM | {PARTNER})
CHAIN = Rule(TEAM | {AUDITOR, EMERGENCY})
SEALED = Rule(TEAM | {EMERGENCY}, sees=TEAM | {AUDITOR})
TAKEN_BY_ALL = Rule(TEAM | {PARTNER, EMERGENCY})
"""Who takes a list of a case away: whoever is shown it."""

TAKEN_BY_TEAM = Rule(TEAM | {EMERGENCY})
LOG = Rule({LEAD, ANALYST, CUSTODIAN, EXAMINER})
LOG_KNOWN = Rule(LOG.may, sees=TEAM | {PARTNER})
"""Of the case itself a partner knows, and may enter no attack into it."""
ENTER = Rule({LEAD, ANALYST, CUSTODIAN, EXAMINER, PARTNER})
SECOND_LOOK = Rule({LEAD, ANALYST, CUSTODIAN, EXAMINER, REVIEWER})
SECOND_READERS = frozenset({"soraya", "lena", "idris", "farid", "rami"})
"""Who may look a second time at what Amal made."""
HOLD = Rule({LEAD, ANALYST, CUSTODIAN, EXAMINER})
EXAMINE = Rule({EXAMINER})
ANALYSE = Rule({LEAD, ANALYST})
REVIEW = Rule({REVIEWER})
RELEASE = Rule({AUTHORITY})
MANAGE = Rule({LEAD})
REPORT = Rule(TEAM - {CUSTODIAN})
CERTIFY = Rule({LEAD, PROSECUTOR})
FOLLOW = Rule({LEAD, ANALYST, PROSECUTOR})
"""Who enters what authorities did on the strength of a finding."""
PROTECT = Rule({LEAD, PROSECUTOR})
AGREE = Rule({LEAD, AUTHORITY, PROSECUTOR})
"""Whose yes counts, and the prosecutor, who asked for it: she is told that hers does not."""
WAIVE = Rule({LEAD, ANALYST, CUSTODIAN, EXAMINER, REVIEWER, AUTHORITY})
UNINVOLVED = {"farid", "idris", "lena", "rami", "dana"}
SECOND = Rule({LEAD, AUTHORITY})
"""Whose yes counts where the lead has asked, and the lead, to whom it is said that it does not."""
LET_OUT = Rule({LEAD, AUTHORITY, "amal"})
"""Whose yes counts where Amal has asked, and Amal, to whom it is said that hers does not."""
NOBODY = Rule((), sees=())

AGENCY = TEAM | {AUDITOR, EMERGENCY, "ursula", "kamal", "omar", "hala", "admin"}
"""Everybody of the agency whose storage it is, on the case or not, and the administrator."""
STORE_SEEN = Rule(AGENCY, sees=AGENCY)
STORE_KEPT = Rule({LEAD, CUSTODIAN, "admin"}, sees=AGENCY)
STORE_COUNTED = Rule({LEAD, CUSTODIAN}, sees=AGENCY)
COUNT = Rule({LEAD, CUSTODIAN}, sees={LEAD, CUSTODIAN})
STORE_OPENED = Rule({LEAD, CUSTODIAN, "nadia"}, sees=EVERYBODY)

OPEN_CASES = Rule({"soraya", "nadia", "admin"}, sees=EVERYBODY)
ANALYSE_ANY = Rule({LEAD, ANALYST, "nadia"}, sees=EVERYBODY)
EXERCISE = Rule({"admin"}, sees=EVERYBODY)
CURATE = Rule({"admin"}, sees=EVERYBODY)
EXAMINE_ANY = Rule({EXAMINER}, sees=EVERYBODY)
OWN = Rule({"amal"}, sees={"amal"})

DRAFT = frozenset({"amal", LEAD, REVIEWER, AUTHORITY})
"""Those who read what Amal has not handed in; for other colleagues it does not exist."""
READ_DRAFT = Rule(DRAFT, sees=DRAFT)
WRITE_DRAFT = Rule({"amal", LEAD}, sees=DRAFT)
OWN_DISSENT = Rule({"amal"}, sees=DRAFT)
REVIEW_DRAFT = Rule({REVIEWER}, sees=DRAFT)
JUDGE = Rule({REVIEWER, AUTHORITY})
PARTY = Rule({"amal", REVIEWER, AUTHORITY})
"""Whose word on a finding of Amal's there is: hers, who wrote it, and theirs who judge it."""
CONSENT = Rule({LEAD, AUTHORITY})

ASK_ACROSS = Rule({LEAD, EXAMINER})
LIST_ASKED = Rule({LEAD, EXAMINER, "nadia"}, sees=EVERYBODY)
"""Whoever examines or leads in any case."""

Body = Mapping[str, Any]
AS_SHOWN: Body = {"*": "as shown"}
FILE = "a file"
AS_READ = "the version that was read"


@dataclass(frozen=True)
class Access:
    """One address: what its id names, who reads it, who acts on it and with which words."""

    of: str = ""
    get: Rule | None = None
    post: Rule | None = None
    patch: Rule | None = None
    delete: Rule | None = None
    body: Body = field(default_factory=dict)
    changes: Body | bytes = field(default_factory=dict)
    query: Body = field(default_factory=dict)
    headers: Body = field(default_factory=dict)
    done: int = 302
    by: frozenset[str] = frozenset()
    unseen: int = 404
    shown: int = 200
    changed: int = 200
    args: tuple[str, ...] = ()
    args_behind: tuple[int, ...] = ()

    @property
    def rules(self) -> dict[str, Rule]:
        """The rule of each method that is allowed."""
        rules = {"get": self.get, "post": self.post, "patch": self.patch, "delete": self.delete}
        rules["get"] = self.get and self.get.read()
        within = self.of or ("case" if self.body.get("case") == "@case" else "")
        return {method: rule.known(within) for method, rule in rules.items() if rule}


def page(rule: Rule, of: str = "") -> Access:
    """It is read."""
    return Access(of, get=rule)


def form(rule: Rule, of: str = "", /, **body: Any) -> Access:
    """It is shown, filled in and sent."""
    return Access(of, get=rule, post=rule, body={**AS_SHOWN, **body})


def deed(
    rule: Rule, of: str, body: Body | None = None, *, by: Iterable[str] = (), done: int = 302
) -> Access:
    """It is done. `by` names whom the rules allow this very deed; others who may get 422."""
    return Access(of, post=rule, body=body or {}, done=done, by=frozenset(by))


def entry(rule: Rule, /, **body: Any) -> Access:
    """REST: everybody lists what is theirs; a new row hangs under a case named in the body."""
    return Access(get=SIGNED_IN, post=rule, body=body, done=201, unseen=422)


def bulk(rule: Rule, /, **row: Any) -> Access:
    """REST: rows of one table, sent at once."""
    return Access(post=rule, body={"rows": [row]}, done=201, unseen=422)


def call(
    rule: Rule, of: str, body: Body | None = None, *, by: Iterable[str] = (), done: int = 200
) -> Access:
    """REST: a deed on a row."""
    return deed(rule, of, body, by=by, done=done)


def record(see: Rule, change: Rule, of: str, /, **changes: Any) -> Access:
    """REST: a row is read, and changed by whoever has read its newest version."""
    return Access(of, get=see, patch=change, changes=changes)


NINE = [
    *("sources", "uncertainty", "judgement", "alternatives", "relevance"),
    *("argument", "change", "accuracy", "visuals"),
]
CASE = {"title": "Harbour", "public_title": "An incident", "mandate": "Article 3"}
PREFERENCES = {"language": "en", "time_zone": "UTC", "theme": "dark", "density": "cosy"}
ALIKE = {
    "conclusion": "inconclusive", "confidence": "low", "reason": "All of one batch of servos."
}  # fmt: skip
JUDGED = {"version": "@link.version", "conclusion": "inconclusive", "confidence": "low"}
OFFERED = {"sha256": "@share_asked.offer_sha256"}
LISTED = {"category": "gyroscope-imu", "part_number": "X-0"}
DISPOSE = {"way": "destroyed", "reason": "It is unstable."}
DISPOSE_FORM = {f"dispose-{name}": value for name, value in DISPOSE.items()}
LEAVE_OUT = {"leave_out": "on"}
REASON = {"reason": "The guard was mistaken."}
GYRO = {"kind": "gyroscope-imu", "description": "Gyroscope"}
LENT = {
    "way": "loan",
    "party": "The institute",
    "purpose": "Metallurgy",
    "legal_basis": "Order 7",
    "due": "2199-01-31",
}
LATER = {"due": "2199-02-28", "reason": "The furnace broke."}
FOUND = {"item_found-place": "Drawer", "item_found-condition": "Whole"}
SITE = {"name": "Annex", "kind": "site"}
HOLDERS = frozenset({"amal", "soraya"})
SHEET = {"size": "21", "skip": "0"}
SOURCE = {"citation": "Radio", "reliability": "B", "credibility": "2"}
KILLED = {"harm": "killed", "group": "civilian", "at_least": "1", "at_most": "2"}
APPROVE = {"verdict": "approve", "standards_met": NINE}
DISSENT = {"text": "The launcher was empty.", "likelihood": "unlikely"}
TO_TEAM = {"audience": "team", "tlp": "red"}
SECRET = "let-me-in-please"
NEW = {"password1": "a-longer-new-word", "password2": "a-longer-new-word"}
ANNOUNCED = {
    "Tus-Resumable": "1.0.0",
    "Upload-Length": "4",
    "Upload-Metadata": {"case": "@case", "item": "@item", "filename": "log.txt"},
}
CAPTURE = {
    "key": "0190c2a4-7d1e-4c3a-9b1e-5d2f6a7b8c9d",
    "taken_at": "2026-11-20T08:15:00Z",
    "tag": "S-17",
}
CLAIM = {"statement": "Others launched it."}
SUPPOSED = {**CLAIM, "refuted_by": "A record of them elsewhere."}
FOLLOWED_UP = {"move-stage": "follow-up", "move-reason": "Measures were taken."}
ENDED = {"conclude-outcome": "attributed", "conclude-reason": "Nothing is left."}
TAKEN_UP = {"reopen-ground": "new-evidence", "reopen-reason": "A second wreck was found."}

SIGN_IN = Access(get=PUBLIC, post=PUBLIC, body={"login": "lena", "password": SECRET})
OFFICE = Rule({"admin"}, sees=EVERYBODY)
OFFICE_ALONE = Rule({"admin"}, sees={"admin"})

ACCOUNTS = {
    "accounts:sign_in": SIGN_IN,
    "accounts:sign_out": deed(PUBLIC, ""),
    "policy_report": deed(PUBLIC, "", done=204),
    "accounts:language": deed(PUBLIC, "", {"language": "ar"}),
    "accounts:profile": page(SIGNED_IN),
    "accounts:preferences": deed(SIGNED_IN, "", PREFERENCES),
    "accounts:token_revoke": deed(OWN, "token"),
    "accounts:administration_door": Access(get=OFFICE, shown=302),
    "accounts:own_password": Access(get=SIGNED_IN, shown=302),
    "accounts:password_done": page(PUBLIC),
    "accounts:security": page(SIGNED_IN),
    "accounts:session_list": page(SIGNED_IN),
    "accounts:sessions_revoke": deed(SIGNED_IN, ""),
    "accounts:session_revoke": deed(OWN, "session"),
}

ONCE_MORE = Access(get=SIGNED_IN, post=SIGNED_IN, shown=302)
"""Everybody is first asked for their password again."""

PROOFS = {
    "account_login": SIGN_IN,
    "account_change_password": form(SIGNED_IN, oldpassword=SECRET, **NEW),
    "account_reauthenticate": form(SIGNED_IN, password=SECRET),
    "account_reset_password": Access(get=PUBLIC, post=PUBLIC, done=422),  # no mail is set up
    "account_reset_password_from_key": Access(
        get=PUBLIC, post=PUBLIC, body=NEW, done=422, args=("1", "not-a-key")
    ),
    "mfa_index": page(SIGNED_IN),
    "mfa_authenticate": Access(get=PUBLIC, post=PUBLIC, shown=302),  # no password was given yet
    "mfa_login_webauthn": Access(get=PUBLIC, post=PUBLIC, shown=302),
    "mfa_activate_totp": ONCE_MORE,
    "mfa_deactivate_totp": Access(get=NOBODY, post=NOBODY),  # there is none
    "mfa_add_webauthn": ONCE_MORE,
    "mfa_remove_webauthn": Access("passkey", get=NOBODY, post=NOBODY),  # of somebody else
    "mfa_view_recovery_codes": page(NOBODY),
    "mfa_generate_recovery_codes": ONCE_MORE,
    "mfa_reauthenticate": ONCE_MORE,
    "mfa_reauthenticate_webauthn": ONCE_MORE,
    "openid_connect_login": Access(get=PUBLIC, shown=404),  # not set up
    "openid_connect_callback": Access(get=PUBLIC, shown=404),
}

INVESTIGATIONS = {
    "investigations:handling": Access(
        "item",
        get=MEMBER,
        post=LOG,
        args=("evidence.item",),
        body={**AS_SHOWN, "tlp": "red", "deed": "mark", **REASON},
    ),
    "investigations:request_list": page(SIGNED_IN),
    "investigations:request_export": deed(SIGNED_IN, "", done=200),
    "investigations:request_detail": page(MEMBER, "asked"),
    "investigations:request_refuse": deed(SECOND, "asked", REASON, by={"dana"}),
    "investigations:request_withdraw": deed(Rule({"soraya"}), "asked"),
    "investigations:lowering_approve": deed(SECOND, "asked", by={"dana"}),
    "investigations:emergency_approve": deed(Rule({"admin"}), "emergency"),
    "investigations:emergency_ask": form(SIGNED_IN, case_ref="VST-1999-0001", hours="2", **REASON),
    "investigations:notices_seen": deed(SIGNED_IN, ""),
    "investigations:case_list": page(SIGNED_IN),
    "investigations:case_export": deed(SIGNED_IN, "", done=200),
    "investigations:case_create": form(OPEN_CASES, **CASE),
    "investigations:case_detail": page(SHARED, "case"),
    "investigations:case_edit": form(MANAGE, "case", title="Raid"),
    "investigations:case_status": deed(
        MANAGE, "case", {"status": "suspended", **REASON}, done=422
    ),  # it has ended
    "investigations:member_admit": deed(MANAGE, "case", {"user": "@stranger", "roles": [ANALYST]}),
    "investigations:member_end": deed(MANAGE, "membership"),
    "investigations:task_set": Access(
        "case",
        post=MEMBER,
        body={"title": "Ask", "owner": "@colleague"},
        query={"incident": "@incident"},
    ),
    "investigations:task_edit": form(MEMBER, "task", title="Ask twice"),
    "investigations:task_complete": deed(MEMBER, "task"),
    "investigations:task_reopen": deed(MEMBER, "done_task"),
    "investigations:note_write": Access(
        "case", post=MEMBER, body={"text": "Noted."}, query={"incident": "@incident"}
    ),
    "investigations:note_detail": page(MEMBER, "note"),
    "investigations:mail_choice": Access(
        get=SIGNED_IN, post=SIGNED_IN, body={"kinds": ["mentioned"]}
    ),
    "investigations:incident_list": page(SIGNED_IN),
    "investigations:incident_export": deed(SIGNED_IN, "", done=200),
    "investigations:incident_create": form(LOG, "case", title="Attack"),
    "investigations:incident_detail": page(MEMBER, "incident"),
    "investigations:incident_edit": form(LOG, "incident", title="Attack"),
    "investigations:casualties_count": deed(LOG, "incident", KILLED),
    "investigations:source_cite": deed(LOG, "incident", SOURCE),
    "investigations:site_create": form(LOG, "incident", name="Crater", kind="impact"),
    "investigations:site_edit": form(LOG, "site", name="Crater"),
}

OPENING = {"purpose": "contact", "reason": "A hearing."}
SOURCES = {
    "investigations:sourcereport_edit": form(LOG, "report_cited", citation="Radio"),
    "investigations:source_list": page(SHARED, "case"),
    "investigations:source_export": deed(TAKEN_BY_ALL, "case", done=200),
    "investigations:source_create": form(LOG, "case", kind="witness"),
    "investigations:source_detail": page(MEMBER, "source"),
    "investigations:source_edit": form(LOG, "source", remarks="Was near"),
    "investigations:identity_write": form(PROTECT, "source", name="Somebody"),
    "investigations:identity_open": deed(PROTECT, "source", OPENING, done=200),
    "investigations:identity_ask": deed(PROTECT, "source", OPENING),
    "investigations:identity_approve": deed(AGREE, "opening_asked", by={"soraya", "dana"}),
    "investigations:erasure_ask": deed(MANAGE, "source", REASON),
    "investigations:erasure_ask_all": deed(MANAGE, "case", REASON),
    "investigations:value_list": page(PROTECT, "case"),
    "investigations:value_commit": form(PROTECT, "case", about="Caller", value="Farida"),
    "investigations:value_detail": page(PROTECT, "kept_value"),
    "investigations:value_open": deed(PROTECT, "kept_value", REASON, done=200),
    "investigations:value_erase": deed(MANAGE, "kept_value", REASON),
    "investigations:value_approve": deed(
        Rule({LEAD, AUTHORITY}), "value_erasure_asked", by={"dana"}
    ),
    "investigations:erasure_approve": deed(Rule({LEAD, AUTHORITY}), "erasure_asked", by={"dana"}),
}

NEEDED = {"capability": "radar", "description": "Tracks of that night"}
PLEDGED = {"capability": "radar", "description": "A radar log", "offered_on": "2025-01-31"}
IN_WRITING = {"decision": "accepted", "document_ref": "Letter 7", "signed_on": "2025-02-28"}
PUT_DOWN = {"consented_by": "A. Roe", "consented_on": "2025-02-28", "consent_ref": "Letter 8"}
TEAM_SENT = {"team": "Divers", "arrives_on": "2025-03-01"}
ASSISTANCE = {
    "investigations:assistance": page(SHARED, "case"),
    "investigations:need_export": deed(TAKEN_BY_ALL, "case", done=200),
    "investigations:contribution_export": deed(TAKEN_BY_ALL, "case", done=200),
    "investigations:task_export": deed(TAKEN_BY_ALL, "case", done=200),
    "investigations:site_export": deed(TAKEN_BY_TEAM, "incident", done=200),
    "investigations:offer_export": deed(TAKEN_BY_ALL, "case", done=200),
    "investigations:assistanceneed_create": form(ANALYSE, "case", **NEEDED),
    "investigations:assistanceneed_detail": page(MEMBER, "need"),
    "investigations:assistanceneed_edit": form(ANALYSE, "need", description="Tracks"),
    "investigations:assistanceneed_fulfil": deed(ANALYSE, "answered_need", {"remark": "It came."}),
    "investigations:assistanceneed_decline": deed(ANALYSE, "need", REASON),
    "investigations:contributionrequest_create": form(
        ANALYSE, "answered_need", agency="CG", words="Tracks, please"
    ),
    "investigations:contributionrequest_detail": page(MEMBER, "contribution"),
    "investigations:contributionrequest_decline": deed(ANALYSE, "contribution", REASON),
    "investigations:assistanceoffer_answer": form(ANALYSE, "contribution", **PLEDGED),
    "investigations:assistanceoffer_create": form(ANALYSE, "need", agency="CG", **PLEDGED),
    "investigations:assistanceoffer_detail": page(MEMBER, "pledge"),
    "investigations:assistanceoffer_edit": form(ANALYSE, "pledge", description="A log"),
    "investigations:assistanceoffer_decide": deed(MANAGE, "pledge", IN_WRITING),
    "investigations:assistanceoffer_withdraw": deed(ANALYSE, "pledge", REASON),
    "evidence:caveat_create": form(
        LOG, "item", kind="originator-control", agency="CG", reason="As they asked"
    ),
    "evidence:caveat_lift": form(MANAGE, "caveat", **PUT_DOWN),
    "evidence:deployment_create": form(
        LOG,
        "agreement",
        **TEAM_SENT,
        persons="A. Roe",
        liaison="@case.lead_id",
        sites="@site",
        exhibits="@item.exhibit_no",
    ),
    "evidence:deployment_detail": page(MEMBER, "deployment"),
    "evidence:deployment_edit": form(LOG, "deployment", remarks="They left."),
    "evidence:deliverable_create": form(LOG, "agreement", what="Radar log"),
    "evidence:deliverable_receive": form(
        LOG, "deliverable", received_on="2025-03-09", file="@file", remarks="As it was sent"
    ),
    "reports:assistance_letter": deed(ANALYSE, "contribution", {"language": "ar"}, done=200),
    "reports:acceptance_letter": deed(MANAGE, "agreement", {"language": "en"}, done=200),
    "workspace:partner_log": Access("chain", get=CHAIN, query={"agency": "CG"}),
    "workspace:partner_log_export": deed(CHAIN, "chain", done=200),
}

REGION = {
    "regions-0-left": 10,
    "regions-0-top": 10,
    "regions-0-width": 50,
    "regions-0-height": 50,
    "regions-0-reason": "PII",
    "regions-TOTAL_FORMS": 8,
    "regions-INITIAL_FORMS": 0,
}

EVIDENCE = {
    "evidence:item_list": page(SIGNED_IN),
    "evidence:item_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "evidence:item_create": form(
        LOG, "incident", **GYRO, parent="@item.exhibit_no", site="@site", incident="@incident.ref"
    ),
    "evidence:item_detail": page(MEMBER, "item"),
    "evidence:loan_list": page(SIGNED_IN),
    "evidence:loan_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "evidence:loan_create": Access("unlent", get=HOLD, post=HOLD, body=LENT, by=HOLDERS),
    "evidence:loan_detail": page(MEMBER, "loan"),
    "evidence:loan_out": deed(HOLD, "agreed_loan", by={"amal"}),
    "evidence:loan_back": deed(HOLD, "loan_out", {"condition": "As it left"}),
    "evidence:loan_extend": deed(HOLD, "loan_out", LATER),
    "evidence:loan_extend_approve": deed(LET_OUT, "extension_asked", by={"soraya", "dana"}),
    "evidence:loan_approve": deed(LET_OUT, "loan_asked", by={"soraya", "dana"}),
    "evidence:stocktake_begin": deed(STORE_COUNTED, "depot"),
    "evidence:stocktake_detail": page(COUNT, "stocktake"),
    "evidence:stocktake_scan": deed(COUNT, "stocktake", {"scanned": "VST-1/EV-1"}, done=200),
    "evidence:stocktake_tick": deed(COUNT, "stocktake"),
    "evidence:stocktake_finish": deed(COUNT, "stocktake"),
    "evidence:item_lost": deed(HOLD, "item", {"item_lost-reason": "It was searched for."}),
    "evidence:item_found": deed(HOLD, "lost", FOUND),
    "evidence:place_list": page(SIGNED_IN),
    "evidence:place_export": deed(SIGNED_IN, "", done=200),
    "evidence:place_create": form(STORE_OPENED, name="Annex", kind="site"),
    "evidence:place_detail": page(STORE_SEEN, "room"),
    "evidence:place_edit": form(STORE_KEPT, "room", name="Cold room"),
    "evidence:place_move": deed(STORE_KEPT, "room", {"to": "@depot"}),
    "evidence:place_retire": deed(STORE_KEPT, "room", REASON),
    "evidence:place_reopen": deed(STORE_KEPT, "closed_room"),
    "evidence:items_move": Access(
        get=SIGNED_IN,
        post=HOLD,
        body={"item": "@item", "storage": "@room"},
        by=frozenset({"amal"}),
        unseen=422,
    ),
    "evidence:scanned": Access("item", get=MEMBER, shown=302),
    "evidence:item_edit": form(LOG, "item", description="Gyroscope", parent="@sealed.exhibit_no"),
    "evidence:item_complete": deed(LOG, "item"),
    "evidence:item_assess": form(LOG, "item", render_safe="not-safe"),
    "evidence:item_split": Access(
        "item",
        get=LOG,
        post=LOG,
        body={**AS_SHOWN, "part_1_description": "A screw", **REASON},
        by=frozenset({"amal"}),
    ),
    "evidence:item_join": form(LOG, "item", parts="@sealed.exhibit_no", **REASON),
    "evidence:join_correct": form(LOG, "joined", **REASON),
    "evidence:hand_over": deed(HOLD, "item", {"to": "@colleague"}, by={"amal"}),
    "evidence:receive": deed(HOLD, "passing", {"receive-seal": ""}, by={"soraya"}),
    "evidence:not_accept": deed(HOLD, "passing", {"not_accept-reason": "Wrong"}, by={"soraya"}),
    "evidence:take_back": deed(HOLD, "passing", by={"amal"}),
    "evidence:gap_explain": deed(HOLD, "gap_item", {"gap": "@gap.gap", "words": "By lorry"}),
    "evidence:gap_waive": deed(WAIVE, "gap", {"words": "As the log says"}, by=UNINVOLVED),
    "evidence:custody_correct": deed(HOLD, "passing", {"event": "@handed", **REASON}),
    "evidence:store": deed(HOLD, "item", {"place": "Shelf 2"}, by={"amal"}),
    "evidence:seal": deed(HOLD, "item", {"seal_no": "S-7"}, by={"amal"}),
    "evidence:break_seal": deed(HOLD, "sealed", REASON, by={"amal"}),
    "evidence:dispose": deed(HOLD, "item", DISPOSE_FORM, by={"amal", "soraya"}),
    "evidence:disposal_approve": deed(SECOND, "disposal_asked", by={"dana"}),
    "evidence:file_receive": deed(LOG, "item", {"upload": FILE, "acquisition_method": "other"}),
    "evidence:component_create": form(LOG, "item", category="gyroscope-imu"),
    "evidence:component_edit": form(LOG, "component", colour="grey"),
    "evidence:marking_create": form(
        LOG, "component", kind="logo", state="present-legible", as_seen="K", photo="@file"
    ),
    "evidence:marking_edit": form(LOG, "marking", as_seen="K", photo="@file"),
    "evidence:marking_detail": page(MEMBER, "marking"),
    "evidence:marking_confirm": deed(
        LOG,
        "marking",
        {"as_seen": "ZEPHYRINE", "version": 1},
        by={"soraya", "lena", "idris", "farid"},
    ),
    "evidence:proposal_accept": form(
        LOG, "proposal", component="@component", kind="serial", state="present-legible"
    ),
    "evidence:proposal_refuse": form(LOG, "proposal", **REASON),
    "evidence:capture": page(PUBLIC),
    "evidence:capture_state": page(SIGNED_IN),
    "evidence:capture_worker": page(PUBLIC),
    "evidence:capture_manifest": page(PUBLIC),
    "evidence:intake_list": page(SIGNED_IN),
    "evidence:gap_export": deed(TAKEN_BY_ALL, "case", LEAVE_OUT, done=200),
    "evidence:sighting_export": deed(COUNT, "stocktake", LEAVE_OUT, done=200),
    "evidence:unsorted_export": deed(TAKEN_BY_ALL, "case", done=200),
    "evidence:case_attention": page(SHARED, "case"),
    "evidence:intake": Access(
        "case", get=SHARED, post=ENTER, body={"upload": FILE, "acquisition_method": "other"}
    ),
    "evidence:intake_assign": deed(LOG, "case", {"item": "@item.exhibit_no", "files": "@loose"}),
    "evidence:intake_describe": deed(LOG, "case", {"collected_by": "Amal", "files": "@loose"}),
    "evidence:intake_known": page(SHARED, "case"),
    "evidence:intake_log": deed(
        LOG, "case", {**GYRO, "incident": "@incident.ref", "files": "@loose"}
    ),
    "evidence:file_detail": page(MEMBER, "file"),
    "evidence:file_state": page(MEMBER, "file"),
    "evidence:file_thumbnail": page(MEMBER, "file"),
    "evidence:file_preview": page(MEMBER, "file"),
    "evidence:tile_description": page(MEMBER, "file"),
    "evidence:tile": Access("file", get=MEMBER, args_behind=(11, 0, 0)),
    "evidence:file_download": deed(MEMBER, "file", done=200),
    "evidence:file_verify": deed(MEMBER, "file"),
    "evidence:file_calibrate": form(
        LOG, "file", from_x=20, from_y=30, to_x=320, to_y=30, length_mm="150"
    ),
    "evidence:file_copy": Access(
        "file",
        get=LOG,
        post=LOG,
        body={"upload": FILE, "copy_type": "working", "tool": "dd", "tool_version": "9", **REASON},
    ),
    "evidence:file_acquisition": form(LOG, "file", tool="dd"),
    "evidence:file_publication": form(LOG, "file", platform_url="https://example.org/post/1"),
    "evidence:file_cover": deed(LOG, "file"),
    "evidence:file_uncover": deed(LOG, "file"),
    "evidence:file_establish": form(
        LOG,
        "file",
        what="time",
        method="witness",
        rationale="She looked at her watch",
        earliest="2026-03-14T07:55",
    ),
    "evidence:establishment_review": Access(
        "establishment",
        get=SECOND_LOOK,
        post=SECOND_LOOK,
        body={"state": "reviewed"},
        by=SECOND_READERS,
    ),
    "evidence:file_redact": Access("file", get=LOG, post=LOG, body=REGION),
    "evidence:redaction_review": Access(
        "redaction",
        get=SECOND_LOOK,
        post=SECOND_LOOK,
        body={"state": "accepted"},
        by=SECOND_READERS,
    ),
    "evidence:file_caption": deed(LOG, "file", {"caption": "From the left"}),
    "evidence:file_assign": deed(LOG, "loose", {"item": "@item.exhibit_no"}),
}

TAKE_ON = Rule({EXAMINER, LEAD})
EXAMINATIONS = {
    "evidence:labexam_list": page(SIGNED_IN),
    "evidence:labexam_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "evidence:labexam_create": form(
        LOG, "item", laboratory="@laboratory", discipline="metallurgy", question="Which alloy?"
    ),
    "evidence:labexam_detail": page(MEMBER, "exam"),
    "evidence:labexam_edit": form(LOG, "exam", question="Which alloy?"),
    "evidence:labexam_report": form(
        EXAMINE, "begun_exam", result="Brass.", method="SOP 4", limitations="None."
    ),
    "evidence:labexam_accept": deed(TAKE_ON, "exam", {"examiner_outside": "Dr Roth"}),
    "evidence:labexam_ask": deed(LOG, "unasked_exam", REASON),
    "evidence:labexam_begin": deed(EXAMINE, "accepted_exam"),
    "evidence:labexam_sample": deed(
        EXAMINE, "begun_exam", {"item": "@sampled", "quantity": "2", "description": "Beads"}
    ),
    "evidence:labexam_verify": deed(EXAMINE, "reported_exam"),
    "evidence:labexam_reopen": deed(EXAMINE, "reported_exam", REASON),
    "evidence:labexam_refuse": deed(TAKE_ON, "exam", REASON),
    "evidence:labexam_withdraw": deed(Rule({"amal", LEAD}), "exam", REASON),
    "evidence:labexam_approve": deed(SECOND, "destruction_asked", by={"dana"}),
}

NO_HOPS = {"hop-TOTAL_FORMS": "0", "hop-INITIAL_FORMS": "0"}
REPLY = {"outcome": "replied", "reliability": "B", "credibility": "2"}
ASKED = {
    "question": "To whom was it sold?",
    "selected_reason": "Its serial can be read.",
    "recipient_kind": "maker",
    "recipient": "Aerotek",
    "channel": "voluntary",
}
OFFER = {"company": "Aerotek", "channel": "letter", "text": "You made it.", "due": "2199-01-01"}
SPEAK = Rule({LEAD, ANALYST, CUSTODIAN, EXAMINER})
TRACES = {
    "evidence:tracerequest_list": page(SIGNED_IN),
    "evidence:tracerequest_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "evidence:tracerequest_create": form(LOG, "item", components="@component", **ASKED),
    "evidence:tracerequest_detail": page(MEMBER, "trace"),
    "evidence:tracerequest_edit": form(LOG, "trace", components="@component", **ASKED),
    "evidence:tracerequest_letter": page(MEMBER, "trace"),
    "evidence:tracerequest_send": deed(LOG, "trace"),
    "evidence:tracerequest_acknowledge": deed(LOG, "quiet_trace"),
    "evidence:tracerequest_remind": deed(LOG, "sent_trace"),
    "evidence:tracerequest_close": deed(LOG, "sent_trace", {"outcome": "not-traceable", **REASON}),
    "evidence:tracereply_create": form(
        LOG, "sent_trace", received_at="@sent_trace.created_at", **NO_HOPS, **REPLY
    ),
    "evidence:weaponinstance_list": page(SIGNED_IN),
    "evidence:weaponinstance_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "evidence:weaponinstance_create": form(LOG, "incident", exhibits="", tail_number="T-7"),
    "evidence:weaponinstance_detail": page(MEMBER, "found_weapon"),
    "evidence:weaponinstance_edit": form(LOG, "found_weapon", tail_number="T-8"),
    "evidence:rightofreply_list": page(SIGNED_IN),
    "evidence:rightofreply_export": deed(SIGNED_IN, "", done=200),
    "evidence:rightofreply_create": form(
        SPEAK, "case", offered_at="@case.created_at", trace="@trace", **OFFER
    ),
    "evidence:rightofreply_detail": page(MEMBER, "offer"),
    "evidence:rightofreply_settle": deed(SPEAK, "offer", {"state": "declined"}),
}

COMPARISON = {
    "comparison:link_list": page(SIGNED_IN),
    "comparison:link_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "comparison:link_detail": page(MEMBER, "link"),
    "comparison:similar_photographs": page(MEMBER, "file"),
    "comparison:batch_list": page(SIGNED_IN),
    "comparison:batch_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "comparison:batch_detail": page(MEMBER, "component"),
    "comparison:weapon_detail": page(MEMBER, "found_weapon"),
    "comparison:weapon_models": page(MEMBER, "found_weapon"),
    "comparison:weapon_against": Access(
        "found_weapon", get=MEMBER, query={"other": "@other_weapon"}
    ),
    "comparison:incident_detail": page(MEMBER, "incident"),
    "comparison:incident_against": Access("incident", get=MEMBER, query={"other": "@elsewhere"}),
    "comparison:commonality": page(SIGNED_IN),
    "comparison:commonality_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "comparison:link_judge": deed(EXAMINE, "link", {**JUDGED, **REASON}),
    "comparison:queue_resume": Access(get=SIGNED_IN, shown=302),
    "comparison:series_judge": Access(
        get=EXAMINE_ANY, post=EXAMINE_ANY, body={**AS_SHOWN, **ALIKE}, done=200
    ),
    "comparison:judgement_withdraw": deed(EXAMINE, "judgement"),
    "comparison:alarm_resolve": deed(
        EXAMINE, "alarm", {"version": "@alarm.version", "cause": "cloned-label", **REASON}
    ),
    "comparison:hit_list": page(SIGNED_IN),
    "comparison:hit_export": deed(SIGNED_IN, "", LEAVE_OUT, done=200),
    "comparison:answers_seen": deed(SIGNED_IN, ""),
    "comparison:hit_detail": page(MEMBER, "hit"),
    "comparison:disclosure_ask": deed(ASK_ACROSS, "hit", REASON),
    "comparison:disclosure_detail": page(MEMBER, "disclosure"),
    "comparison:shared_picture": Access("disclosure", get=MEMBER, args_behind=(0,)),
    "comparison:disclosure_review": page(MEMBER, "share_asked"),
    "comparison:disclosure_share": deed(MANAGE, "share_asked", OFFERED),
    "comparison:disclosure_refuse": deed(MANAGE, "share_asked", REASON),
}

SAID = {"record_kind": "notes", "language": "Arabic", "original": "A drone came."}
ON_PARAGRAPH = {"anchor": "statement-1", "text": "Who saw it?"}
ANSWER = {"text": "The guard did."}
CLAIMED = {"text": "A drone came.", "citation": "Radio"}
PLACED = {"parent-parent": "@patron"}
ASSERTED = {"actor": "@actor", "dimension": "motive", "statement": "They wanted it."}
CITED_BY_NUMBER = {"claims": "CL-0001", "exhibits": "@item.exhibit_no"}
"""Claims are numbered in each case: no number is another case's own."""
MEASURED = {"kind": "asset-freeze", "authority": "The Council"}
STEPPED = {"kind": "adopted", "day": "2025-01-31", "legal_ref": "Decision 7"}
WATCHED = {"trigger": "renewal", "task": "See whether it is renewed", "due": "2199-01-31"}
OUTCOME = {"outcome": "It was renewed."}
RATERS = frozenset({"soraya", "amal", "farid"})
"""Who may read a sheet; the other analysts see none, and are told that there is nothing to keep."""
LEARNT = {"went_wrong": "The boast was believed.", "lessons": "Ask who gains."}
RATED = [
    {"row": "@matrix_row", "hypothesis": f"@{each}", "rating": "N"}
    for each in ("named", "hypothesis", "technical", "other", "deception")
]
ATTRIBUTION = {
    "attribution:actor_list": page(SIGNED_IN),
    "attribution:actor_export": deed(SIGNED_IN, "", done=200),
    "attribution:actor_create": form(ANALYSE_ANY, case="@case", name="The Gulls", kind="cell"),
    "attribution:actor_detail": page(MEMBER, "actor"),
    "attribution:actor_edit": form(ANALYSE, "bystander", name="The Gulls"),
    "attribution:actor_name_add": deed(
        ANALYSE, "bystander", {"name-text": "Gulls", "name-kind": "own"}
    ),
    "attribution:actor_name_strike": deed(ANALYSE, "actor_name"),
    "attribution:actor_parent_add": deed(ANALYSE, "actor", PLACED),
    "attribution:actor_parent_end": deed(ANALYSE, "tie", {"until": "2025-01-31"}),
    "attribution:actor_parent_strike": deed(ANALYSE, "tie"),
    "attribution:actor_matrix": page(SHARED, "case"),
    "attribution:assertion_export": deed(TAKEN_BY_ALL, "case", done=200),
    "attribution:assertion_create": form(ANALYSE, "case", **ASSERTED, **CITED_BY_NUMBER),
    "attribution:assertion_detail": page(MEMBER, "assertion"),
    "attribution:assertion_edit": form(ANALYSE, "assertion", statement="They wanted it."),
    "attribution:assertion_withdraw": deed(ANALYSE, "assertion", REASON),
    "attribution:statement_create": form(LOG, "source", **SAID),
    "attribution:statement_detail": page(MEMBER, "statement"),
    "attribution:statement_edit": form(LOG, "statement", place="The pier"),
    "attribution:claim_list": page(SHARED, "case"),
    "attribution:statement_export": deed(TAKEN_BY_TEAM, "source", done=200),
    "attribution:claim_export": deed(TAKEN_BY_ALL, "case", done=200),
    "attribution:claim_create": form(ANALYSE, "case", **CLAIMED, incident="@incident"),
    "attribution:claim_detail": page(MEMBER, "claim"),
    "attribution:claim_edit": form(ANALYSE, "claim", channel="Radio"),
    "attribution:claim_set_aside": deed(ANALYSE, "claim", REASON),
    "attribution:incident_claims": page(MEMBER, "incident"),
    "attribution:item_claims": page(MEMBER, "item"),
    "attribution:hypothesis_list": page(SIGNED_IN),
    "attribution:hypothesis_export": deed(SIGNED_IN, "", done=200),
    "attribution:hypothesis_create": form(ANALYSE, "case", **SUPPOSED, level="5", subject="@actor"),
    "attribution:hypothesis_detail": page(MEMBER, "hypothesis"),
    "attribution:hypothesis_edit": form(ANALYSE, "hypothesis", **SUPPOSED, subject="@actor"),
    "attribution:hypothesis_supersede": form(ANALYSE, "hypothesis", **SUPPOSED, subject="@actor"),
    "attribution:hypothesis_reject": deed(ANALYSE, "hypothesis", REASON),
    "attribution:hypothesis_reinstate": deed(ANALYSE, "rejected"),
    "attribution:case_stage": page(MEMBER, "case"),
    "attribution:case_move": deed(MANAGE, "case", FOLLOWED_UP),
    "attribution:case_conclude": deed(MANAGE, "case", ENDED, done=422),  # requests still wait
    "attribution:case_reopen": deed(MANAGE, "case", TAKEN_UP),
    "attribution:matrix_detail": page(MEMBER, "case"),
    "attribution:matrix_score": form(ANALYSE, "case"),
    "attribution:matrix_row_create": form(ANALYSE, "case", item="@sealed.exhibit_no"),
    "attribution:matrix_row_edit": form(ANALYSE, "matrix_row", shows="Where it was made"),
    "attribution:matrix_row_take_out": form(ANALYSE, "matrix_row", **REASON),
    "attribution:matrix_row_put_back": deed(ANALYSE, "taken_out_row"),
    "attribution:matrix_snapshot_take": deed(ANALYSE, "case", REASON, by=RATERS),
    "attribution:matrix_snapshot_detail": page(MEMBER, "snapshot"),
    "attribution:post_mortem_create": form(MANAGE, "case", **LEARNT),
    "attribution:post_mortem_edit": form(MANAGE, "post_mortem", lessons="Ask twice."),
    "attribution:accountability": page(MEMBER, "case"),
    "attribution:measure_export": deed(TAKEN_BY_TEAM, "case", done=200),
    "attribution:followup_export": deed(TAKEN_BY_TEAM, "case", done=200),
    "attribution:measure_create": form(FOLLOW, "released", **MEASURED, step="announced"),
    "attribution:measure_detail": page(MEMBER, "measure"),
    "attribution:measure_edit": form(FOLLOW, "measure", programme="Regime 3"),
    "attribution:measure_step": deed(
        FOLLOW, "measure", {**STEPPED, "corrects": "@measure_step", "words": "It was later."}
    ),
    "attribution:measure_withdraw": deed(FOLLOW, "measure", REASON),
    "attribution:followup_create": form(FOLLOW, "measure", **WATCHED, owner="@colleague"),
    "attribution:followup_detail": page(MEMBER, "follow_up"),
    "attribution:followup_edit": form(FOLLOW, "follow_up", due="2199-02-28"),
    "attribution:followup_close": deed(FOLLOW, "follow_up", OUTCOME),
    "attribution:finding_list": page(SIGNED_IN),
    "attribution:finding_export": deed(SIGNED_IN, "", done=200),
    "attribution:finding_create": form(ANALYSE, "hypothesis", **CLAIM, subject="@actor"),
    "attribution:finding_detail": page(READ_DRAFT, "draft"),
    "attribution:finding_edit": form(WRITE_DRAFT, "draft", **CLAIM, subject="@actor"),
    "attribution:finding_redline": page(READ_DRAFT, "draft"),
    "attribution:finding_paragraphs": page(READ_DRAFT, "draft"),
    "attribution:comment_raise": deed(JUDGE, "handed_in", ON_PARAGRAPH),
    "attribution:comment_reply": deed(PARTY, "comment", {"kind": "answers", **ANSWER}),
    "attribution:consent_record": deed(
        CONSENT, "handed_in", {"consent-agency": "@originator", "consent-words": "By letter 14"}
    ),
    "attribution:cite_exhibit": deed(
        WRITE_DRAFT, "draft", {"exhibit-thing": "@item.exhibit_no", "exhibit-stance": "contrary"}
    ),
    "attribution:cite_report": deed(
        WRITE_DRAFT, "draft", {"report-thing": "@elsewhere.ref", "report-stance": "contrary"}
    ),
    "attribution:cite_link": deed(
        WRITE_DRAFT, "draft", {"link-thing": "@confirmed", "link-stance": "contrary"}
    ),
    "attribution:author_admit": deed(WRITE_DRAFT, "draft", {"admit-author": "@case.lead_id"}),
    "attribution:finding_submit": deed(WRITE_DRAFT, "draft"),
    "attribution:finding_review": deed(REVIEW, "handed_in", APPROVE),
    "attribution:finding_dissent": deed(READ_DRAFT, "draft", DISSENT),
    "attribution:finding_release": deed(RELEASE, "approved", TO_TEAM),
    "attribution:finding_withdraw": deed(WRITE_DRAFT, "draft", {"withdraw-reason": "A mistake"}),
    "attribution:finding_supersede": deed(ANALYSE, "released"),
    "attribution:citation_remove": deed(WRITE_DRAFT, "citation"),
    "attribution:dissent_take_back": deed(OWN_DISSENT, "dissent"),
    "attribution:release_approve": deed(RELEASE, "release"),
}

REPORTS = {
    "reports:report_list": page(SIGNED_IN),
    "reports:report_export": deed(SIGNED_IN, "", done=200),
    "reports:labels": Access(
        get=SIGNED_IN, post=HOLD, body={**SHEET, "item": "@item"}, done=200, unseen=422
    ),
    "reports:trace_letter": deed(LOG, "trace", {"language": "ar"}, done=200),
    "reports:dossier": deed(REPORT, "measure", {"language": "en"}, done=200),
    "reports:exam_letter": deed(LOG, "exam", {"language": "en"}, done=200),
    "reports:case_reports": page(SHARED, "case"),
    "reports:report_request": deed(REPORT, "case", {"language": "ar", "leave_out": "on"}),
    "reports:report_detail": page(MEMBER, "report"),
    "reports:report_download": deed(MEMBER, "report", done=200),
    "reports:case_bundles": page(SHARED, "case"),
    "reports:bundle_export": deed(TAKEN_BY_ALL, "case", done=200),
    "reports:bundle_request": deed(
        CERTIFY, "case", {"up_to": "red", "language": "ar", "leave_out": "on"}
    ),
    "reports:bundle_detail": page(MEMBER, "bundle"),
    "reports:bundle_download": deed(CERTIFY, "bundle", done=200),
}

CATALOGUE = {
    "catalogue:weapon_list": page(SIGNED_IN),
    "catalogue:weapon_export": deed(SIGNED_IN, "", done=200),
    "catalogue:weapon_enter": form(SIGNED_IN, name="Petrel 2"),
    "catalogue:weapon_detail": page(SIGNED_IN, "weapon"),
    "catalogue:weapon_review": deed(CURATE, "weapon", {"version": "@weapon.version"}),
    "catalogue:laboratory_list": page(SIGNED_IN),
    "catalogue:laboratory_export": deed(SIGNED_IN, "", done=200),
    "catalogue:laboratory_enter": form(SIGNED_IN, name="Harbour Institute"),
    "catalogue:laboratory_edit": form(SIGNED_IN, "laboratory", scope="Metals"),
}

WORKSPACE = {
    "workspace:home": page(SIGNED_IN),
    "workspace:search": page(SIGNED_IN),
    "workspace:ledger": page(SIGNED_IN),
    "workspace:ledger_export": deed(SIGNED_IN, "", done=200),
    "workspace:ledger_check": deed(CHAIN, "chain", done=200),
    "workspace:case_activity": page(MEMBER, "case"),
    "workspace:activity_export": deed(TAKEN_BY_TEAM, "case", done=200),
    "workspace:history": Access("item", get=MEMBER, args=("evidence.item",)),
    "workspace:ledger_entry": page(CHAIN, "line"),
    "workspace:ledger_proof": page(CHAIN, "line"),
    "workspace:ledger_bytes": page(SEALED, "line"),
    "workspace:exercise": page(EXERCISE),
    "workspace:start_exercise": deed(EXERCISE, ""),
    "workspace:cast_passwords": deed(EXERCISE, "", done=422),  # it is still being loaded
}

FOR_PROGRAMS = ("api:", "taxii:")
"""How the addresses begin that programs ask with a key, as well as browsers."""

STIX = {"up_to": "red", "leave_out": "on"}
ATTACK_ELSEWHERE = {
    "type": "bundle",
    "id": "bundle--0d5b3a0e-6a0f-4a6e-8a0a-6f1f0a5d9b11",
    "objects": [
        {
            "type": "incident",
            "spec_version": "2.1",
            "id": "incident--5e1c0f5a-8f0b-4d4e-9c1b-2a7a4f3b6c22",
            "created": "2026-03-14T08:00:00.000Z",
            "modified": "2026-03-14T08:00:00.000Z",
            "name": "Attack",
        }
    ],
}

TABLE_MAP = {
    "scheme": "Weekly list",
    "decimal": ".",
    "zone": "UTC",
    "column_their_id": '["id"]',
    "column_title": '["title"]',
}
PEER = {"name": "Coast", "address": "https://coast.example", "up_to": "amber", "clearance": "0"}
SHIPPED = {"up_to": "red", "leave_out": "on", "reason": "They asked."}
NO_ENVELOPE = deed(PUBLIC, "", done=400)
"""No person says anything at these doors: what nobody signed is no envelope."""

PEERS = {
    "peers:identity": page(PUBLIC),
    "peers:pair": NO_ENVELOPE,
    "peers:shipments": NO_ENVELOPE,
    "peers:recalls": NO_ENVELOPE,
}

EXCHANGE = {
    "exchange:case_stix": page(MEMBER, "case"),
    "exchange:stix_share": deed(CERTIFY, "case", {**STIX, "way": "download"}, done=200),
    "exchange:stix_withdraw": deed(CERTIFY, "case"),
    "exchange:arrival_receive": deed(LOG, "case", {"file": FILE}, done=422),  # it is no bundle
    "exchange:arrival_detail": page(MEMBER, "arrival"),
    "exchange:arrived_detail": page(MEMBER, "arrived"),
    "exchange:arrived_accept": deed(LOG, "arrived", {"title": "Attack"}),
    "exchange:arrived_set_aside": deed(LOG, "arrived"),
    "exchange:table_list": page(MEMBER, "case"),
    "exchange:table_receive": deed(LOG, "case", {"file": FILE, "kind": "incident"}),
    "exchange:table_detail": page(MEMBER, "table"),
    "exchange:table_read": deed(LOG, "table", {"encoding": "utf-8", "delimiter": ","}),
    "exchange:table_take_map": deed(LOG, "table", {"chosen": "GTD"}),
    "exchange:table_map": deed(LOG, "table", TABLE_MAP),
    "exchange:table_keep_map": deed(LOG, "table", {"name": "Monthly list"}),
    "exchange:table_write": deed(LOG, "checked_table"),
    "exchange:table_undo": deed(LOG, "written_table"),
    "exchange:table_refused": deed(LOG, "written_table", done=200),
    "exchange:map_list": page(SIGNED_IN),
    "exchange:map_forget": deed(OWN, "column_map"),
    "exchange:peer_list": page(OFFICE),
    "exchange:peer_create": Access(
        get=OFFICE, post=OFFICE, body={**AS_SHOWN, **PEER}, done=422
    ),  # nobody has named its host
    "exchange:own_key_renew": deed(OFFICE, ""),
    "exchange:peer_detail": page(OFFICE_ALONE, "peer"),
    "exchange:peer_confirm": deed(OFFICE_ALONE, "peer", {"code": "ABCD"}, done=422),  # it is paired
    "exchange:peer_ask": deed(OFFICE_ALONE, "peer"),
    "exchange:peer_suspend": deed(OFFICE_ALONE, "peer", REASON),
    "exchange:peer_resume": deed(OFFICE_ALONE, "suspended_peer"),
    "exchange:peer_revoke": deed(OFFICE_ALONE, "peer", REASON),
    "exchange:case_shipments": page(MEMBER, "case"),
    "exchange:shipment_create": form(MANAGE, "case", peer="@peer", **SHIPPED),
    "exchange:shipment_detail": page(MEMBER, "shipment"),
    "exchange:shipment_recall": deed(MANAGE, "shipment", REASON),
    "exchange:shipment_approve": deed(SECOND, "shipment_asked", by={"dana"}),
    "exchange:delivery_list": page(SIGNED_IN),
    "exchange:delivery_detail": page(MEMBER, "delivery"),
    "exchange:delivery_take": deed(LOG, "delivery", {"case": "@case"}, done=422),  # it was taken
    "exchange:delivery_verify": deed(LOG, "delivery"),
    "exchange:item_provenance": page(MEMBER, "item"),
    "exchange:delivered_detail": page(MEMBER, "delivered"),
    "exchange:delivered_accept": deed(LOG, "delivered", {"title": "Attack"}),
    "exchange:delivered_set_aside": deed(LOG, "delivered"),
    "exchange:api_reference": page(SIGNED_IN),
    "exchange:key_list": Access(
        get=SIGNED_IN,
        post=SIGNED_IN,
        body={"name": "sync", "days": "5", "scopes": ["read"]},
        done=200,
    ),
}

TAXII = {
    "taxii:discovery": page(SIGNED_IN),
    "taxii:root": page(SIGNED_IN),
    "taxii:collections": page(SIGNED_IN),
    "taxii:collection": page(OF_THE_GROUP, "case"),
    "taxii:manifest": page(OF_THE_GROUP, "case"),
    "taxii:objects": page(OF_THE_GROUP, "case"),
    "taxii:object": page(MEMBER, "offered"),
    "taxii:versions": page(MEMBER, "offered"),
}

VERSION_READ = {"If-Match": AS_READ}
STAGES_API = {
    "api:case-stages-stage": Access(
        "case",
        get=MEMBER,
        post=MANAGE,
        body={"stage": "follow-up", **REASON},
        headers=VERSION_READ,
        done=200,
    ),
    "api:case-stages-conclude": Access(
        "case",
        post=MANAGE,
        body={"outcome": "attributed", **REASON},
        headers=VERSION_READ,
        done=422,  # requests still wait
    ),
    "api:case-stages-reopen": Access(
        "case",
        post=MANAGE,
        body={"ground": "new-evidence", **REASON},
        headers=VERSION_READ,
        done=200,
    ),
}

COLUMNS = {
    "scheme": "Weekly list",
    "columns": {"their_id": ["id"], "title": ["title"]},
}
OWN_MAPS = Rule({"amal", "bound"}, sees={"amal", "bound"})
"""A map is of no case, so that a key for another case may use it, too."""

STIX_API = {
    "api:case-stix-stix": call(CERTIFY, "case", {"up_to": "red", "leave_out": True}),
    "api:case-stix-misp": call(CERTIFY, "case", {"up_to": "red", "leave_out": True}),
    "api:case-stix-case-uco": call(CERTIFY, "case", {"up_to": "red", "leave_out": True}),
    "api:case-stix-offer": call(CERTIFY, "case", {"up_to": "red", "leave_out": True}),
    "api:arrivals-list": entry(LOG, case="@case", bundle=ATTACK_ELSEWHERE),
    "api:arrivals-detail": page(MEMBER, "arrival"),
    "api:arrived-objects-list": page(SIGNED_IN),
    "api:arrived-objects-detail": page(MEMBER, "arrived"),
    "api:arrived-objects-accept": call(LOG, "arrived", {"title": "Attack"}),
    "api:arrived-objects-set-aside": call(LOG, "arrived"),
    "api:case-stix-withdraw-offer": call(CERTIFY, "case"),
    "api:column-maps-list": Access(
        get=SIGNED_IN,
        post=SIGNED_IN,
        body={"name": "Monthly list", "kind": "incident", "plan": COLUMNS},
        done=201,
    ),
    "api:column-maps-detail": page(OWN_MAPS, "column_map"),
    "api:column-maps-forget": call(OWN_MAPS, "column_map"),
    "api:table-imports-list": entry(LOG, case="@case", kind="incident", file=FILE),
    "api:table-imports-detail": page(MEMBER, "written_table"),
    "api:table-imports-read-as": call(LOG, "table", {"encoding": "utf-8", "delimiter": ","}),
    "api:table-imports-take-map": call(LOG, "table", {"ready": "GTD"}),
    "api:table-imports-map": call(LOG, "table", COLUMNS),
    "api:table-imports-write": call(LOG, "checked_table"),
    "api:table-imports-undo": call(LOG, "written_table"),
    "api:table-imports-refused-lines": call(LOG, "written_table"),
    "api:table-rows-list": page(SIGNED_IN),
    "api:table-rows-detail": page(MEMBER, "table_row"),
}

SENT = {"case": "@case", "peer": "@peer", "exhibits": ["@item"], "up_to": "red"}
PAIRED_SEEN = Rule(AGENCY | {"bound"}, sees=AGENCY | {"bound"})
"""Everybody of the agency that is paired; a key for another case tells its peers apart, too."""
EXHIBIT_TAKEN = {"kind": "gyroscope-imu", "taken": ["description"]}
PEERS_API = {
    "api:peers-list": page(SIGNED_IN),
    "api:peers-detail": page(PAIRED_SEEN, "peer"),
    "api:shipments-list": entry(MANAGE, **SENT, leave_out=True, reason="They asked."),
    "api:shipments-detail": page(MEMBER, "shipment"),
    "api:shipments-preview": Access(post=MANAGE, body=SENT, done=200, unseen=422),
    "api:shipments-approve": call(SECOND, "waiting_shipment", by={"dana"}),
    "api:shipments-recall": call(MANAGE, "shipment", REASON),
    "api:deliveries-list": page(SIGNED_IN),
    "api:deliveries-detail": page(MEMBER, "delivery"),
    "api:deliveries-verify": call(LOG, "delivery"),
    "api:deliveries-take": call(LOG, "delivery", {"case": "@case"}, done=422),  # it was taken
    "api:deliveries-take-into-new-case": call(LOG, "delivery", CASE, done=422),  # the same
    "api:delivered-records-list": page(SIGNED_IN),
    "api:delivered-records-detail": page(MEMBER, "delivered"),
    "api:delivered-records-accept-incident": call(LOG, "delivered", {"title": "Attack"}),
    "api:delivered-records-accept-exhibit": call(
        LOG, "delivered_exhibit", {**EXHIBIT_TAKEN, "incident": "@incident"}
    ),
    "api:delivered-records-accept-files": call(LOG, "delivered_files"),
    "api:delivered-records-set-aside": call(LOG, "delivered"),
}

API = {
    "api:openapi": page(SIGNED_IN),
    "api:changes": page(SIGNED_IN),
    "api:snapshot": page(SIGNED_IN),
    "api:handling-detail": Access("item", get=MEMBER, args=("evidence.item",)),
    "api:history-detail": Access("item", get=MEMBER, args=("evidence.item",)),
    "api:handling-mark": Access(
        "item", post=LOG, args=("evidence.item",), body={"tlp": "red", **REASON}, done=200
    ),
    "api:handling-lower": Access(
        "case",
        post=MANAGE,
        args=("investigations.case",),
        body={"tlp": "green", **REASON},
        done=201,
    ),
    "api:ledger-entries-detail": page(CHAIN, "line"),
    "api:ledger-entries-proof": page(CHAIN, "line"),
    "api:ledger-logs-detail": page(CHAIN, "chain"),
    "api:ledger-logs-consistency": Access(
        "chain", get=CHAIN, query={"old": "1", "new": "1"}, shown=422
    ),
    "api:ledger-logs-checkpoints": page(CHAIN, "chain"),
    "api:ledger-logs-check": call(CHAIN, "chain"),
    "api:requests-list": page(SIGNED_IN),
    "api:requests-detail": page(MEMBER, "asked"),
    "api:requests-approve": call(Rule(()), "asked"),
    "api:requests-refuse": call(SECOND, "asked", REASON, by={"dana"}),
    "api:requests-withdraw": call(Rule({"soraya"}), "asked"),
    "api:cases-list": Access(get=SIGNED_IN, post=OPEN_CASES, body=CASE, done=201),
    "api:cases-detail": record(SHARED, MANAGE, "case", title="Raid"),
    "api:cases-members": call(MANAGE, "case", {"user": "omar", "roles": [ANALYST]}),
    "api:cases-committed-values": page(PROTECT, "case"),
    "api:cases-ask-to-erase-identities": call(MANAGE, "case", REASON),
    "api:committed-values-detail": page(PROTECT, "kept_value"),
    "api:committed-values-ask-to-erase": call(MANAGE, "kept_value", REASON),
    "api:cases-status": call(
        MANAGE, "case", {"status": "suspended", **REASON}, done=422
    ),  # it has ended
    "api:incidents-list": entry(LOG, case="@case", title="Attack"),
    "api:incidents-bulk": bulk(LOG_KNOWN, case="@case", title="Attack"),
    "api:sites-bulk": bulk(LOG, incident="@incident", name="Crater", kind="impact"),
    "api:items-bulk": bulk(LOG, **GYRO, case="@case", incident="@incident", site="@site"),
    "api:components-bulk": bulk(LOG, item="@item", category="gyroscope-imu"),
    "api:weapons-bulk": bulk(LOG, incident="@incident", tail_number="T-7"),
    "api:statements-bulk": bulk(LOG, **SAID, source="@source"),
    "api:claims-bulk": bulk(ANALYSE, **CLAIMED, case="@case", incident="@incident"),
    "api:memberships-list": page(SIGNED_IN),
    "api:memberships-detail": page(MEMBER, "membership"),
    "api:memberships-end": call(MANAGE, "membership"),
    "api:casualties-list": entry(LOG, incident="@incident", harm="injured", at_least=3),
    "api:casualties-detail": record(MEMBER, LOG, "casualty_count", at_least=4),
    "api:sources-list": entry(LOG, case="@case", kind="witness"),
    "api:sources-detail": record(MEMBER, LOG, "source", remarks="Was near"),
    "api:sources-ask-to-erase": call(MANAGE, "source", REASON),
    "api:source-reports-list": entry(LOG, **SOURCE, incident="@incident", source="@source"),
    "api:source-reports-detail": record(MEMBER, LOG, "report_cited", reliability="C"),
    "api:sites-list": entry(LOG, incident="@incident", name="Crater", kind="impact"),
    "api:sites-detail": record(MEMBER, LOG, "site", name="Crater"),
    "api:incidents-detail": record(MEMBER, LOG, "incident", title="Attack"),
    "api:items-list": entry(
        LOG, **GYRO, case="@case", incident="@incident", site="@site", parent="@sealed"
    ),
    "api:items-detail": record(
        *(MEMBER, LOG, "item"), incident="@incident", parent="@sealed", site="@site"
    ),
    "api:items-hand-over": call(HOLD, "item", {"to": "@colleague.username"}, by={"amal"}),
    "api:items-receive": call(HOLD, "passing", {"seal": ""}, by={"soraya"}),
    "api:items-not-accept": call(HOLD, "passing", REASON, by={"soraya"}),
    "api:items-take-back": call(HOLD, "passing", REASON, by={"amal"}),
    "api:items-store": call(HOLD, "item", {"place": "Shelf 2"}, by={"amal"}),
    "api:items-seal": call(HOLD, "item", {"seal_no": "S-7"}, by={"amal"}),
    "api:items-break-seal": call(HOLD, "sealed", REASON, by={"amal"}),
    "api:items-dispose": call(HOLD, "item", DISPOSE, by={"amal", "soraya"}),
    "api:items-custody": page(MEMBER, "gap_item"),
    "api:items-gaps": page(SIGNED_IN),
    "api:items-explain-gap": call(HOLD, "gap_item", {"gap": "@gap.gap", "words": "By lorry"}),
    "api:items-waive-gap": call(
        WAIVE, "gap_item", {"explanation": "@gap", "words": "As the log says"}, by=UNINVOLVED
    ),
    "api:items-correct-custody": call(HOLD, "passing", {"event": "@handed", **REASON}),
    "api:items-split": call(
        LOG,
        "item",
        {"version": "@item.version", "parts": [{"description": "A screw"}], **REASON},
        by={"amal"},
    ),
    "api:items-join": call(LOG, "item", {"parts": ["@sealed"], **REASON}),
    "api:items-correct-join": call(LOG, "sealed", {"join": "@joined", **REASON}),
    "api:items-regroupings": page(MEMBER, "sealed"),
    "api:items-put-away": Access(
        post=HOLD,
        body={"items": ["@item"], "storage": "@room"},
        by=frozenset({"amal"}),
        done=200,
        unseen=422,
    ),
    "api:items-declare-lost": call(HOLD, "item", {"reason": "It was searched for."}),
    "api:items-declare-found": call(HOLD, "lost", {"place": "Drawer", "condition": "Whole"}),
    "api:items-assess": call(LOG, "item", {"render_safe": "not-safe"}),
    "api:items-complete": call(LOG, "item"),
    "api:items-confirm-disposal": call(SECOND, "sealed", by={"dana"}),
    "api:places-list": Access(get=SIGNED_IN, post=STORE_OPENED, body=SITE, done=201),
    "api:places-detail": record(STORE_SEEN, STORE_KEPT, "room", name="Cold room"),
    "api:places-move": call(STORE_KEPT, "room", {"to": "@depot"}),
    "api:places-retire": call(STORE_KEPT, "room", REASON),
    "api:places-reopen": call(STORE_KEPT, "closed_room"),
    "api:loans-list": Access(
        get=SIGNED_IN,
        post=HOLD,
        body={**LENT, "item": "@unlent"},
        by=HOLDERS,
        done=201,
        unseen=422,
    ),
    "api:loans-detail": page(MEMBER, "loan"),
    "api:loans-hand-out": call(HOLD, "agreed_loan", by={"amal"}),
    "api:loans-extend": call(HOLD, "loan_out", LATER),
    "api:loans-take-back": call(HOLD, "loan_out", {"condition": "As it left"}),
    "api:stocktakes-list": Access(
        get=SIGNED_IN, post=STORE_COUNTED, body={"place": "@depot"}, done=201, unseen=422
    ),
    "api:stocktakes-detail": page(COUNT, "stocktake"),
    "api:stocktakes-sightings": page(COUNT, "stocktake"),
    "api:stocktakes-scan": call(COUNT, "stocktake", {"scanned": "VST-1/EV-1"}),
    "api:stocktakes-finish": call(COUNT, "stocktake"),
    "api:components-list": entry(LOG, item="@item", category="gyroscope-imu"),
    "api:components-detail": record(MEMBER, LOG, "component", colour="grey"),
    "api:components-markings": call(
        LOG, "component", {"kind": "logo", "state": "not-examined", "photo": "@file"}, done=201
    ),
    "api:files-list": entry(LOG, case="@case", item="@item", file=FILE),
    "api:files-detail": page(MEMBER, "file"),
    "api:files-proposals": page(MEMBER, "file"),
    "api:files-same-bytes": page(MEMBER, "file"),
    "api:files-assign": call(LOG, "loose", {"item": "@item"}),
    "api:files-describe": call(LOG, "loose", {"collected_by": "Amal"}),
    "api:files-copies": call(
        LOG,
        "file",
        {"file": FILE, "copy_type": "working", "tool": "dd", "tool_version": "9", **REASON},
        done=201,
    ),
    "api:files-caption": call(LOG, "file", {"caption": "From the left", "in_situ": True}),
    "api:files-acquisition": call(LOG, "file", {"tool": "dd"}),
    "api:files-calibrate": call(
        LOG, "file", {"start": [20, 30], "end": [320, 30], "length_mm": "150"}
    ),
    "api:files-verify": call(MEMBER, "file"),
    "api:files-original": Access(
        "file", get=MEMBER, post=MEMBER, done=200, shown=422
    ),  # nobody has asked for it by POST
    "api:files-publish": call(
        LOG, "file", {"platform_url": "https://example.org/post/1", "archived_url": ""}
    ),
    "api:files-cover": call(LOG, "file"),
    "api:files-uncover": call(LOG, "file"),
    "api:markings-list": page(SIGNED_IN),
    "api:markings-detail": record(MEMBER, LOG, "marking", as_seen="K", photo="@file"),
    "api:markings-confirm": call(
        LOG,
        "marking",
        {"as_seen": "ZEPHYRINE", "version": "@marking.version"},
        by={"soraya", "lena", "idris", "farid"},
    ),
    "api:machine-readings-list": page(SIGNED_IN),
    "api:machine-readings-detail": page(MEMBER, "proposal"),
    "api:machine-readings-accept": call(
        LOG,
        "proposal",
        {"component": "@component", "kind": "serial", "state": "present-legible"},
        done=201,
    ),
    "api:machine-readings-refuse": call(LOG, "proposal", REASON),
    "api:establishments-list": entry(
        LOG,
        file="@file",
        what="time",
        method="witness",
        rationale="She looked at her watch",
        earliest="2026-03-14T07:55:00Z",
    ),
    "api:establishments-detail": page(MEMBER, "establishment"),
    "api:establishments-review": call(
        SECOND_LOOK, "establishment", {"state": "reviewed"}, by=SECOND_READERS
    ),
    "api:redactions-list": entry(
        LOG,
        file="@file",
        regions=[{"left": 1, "top": 1, "width": 9, "height": 9, "reason": "PII"}],
    ),
    "api:redactions-detail": page(MEMBER, "redaction"),
    "api:redactions-review": call(
        SECOND_LOOK, "redaction", {"state": "accepted"}, by=SECOND_READERS
    ),
    "api:bundles-list": entry(
        CERTIFY, case="@case", exhibits=["@item"], up_to="red", language="ar"
    ),
    "api:trace-letters-letter": call(LOG, "trace", {"language": "ar"}),
    "api:dossiers-dossier": call(REPORT, "measure", {"language": "ar"}),
    "api:exam-letters-letter": call(LOG, "exam", {"language": "en"}),
    "api:bundles-detail": page(MEMBER, "bundle"),
    "api:bundles-download": call(CERTIFY, "bundle"),
    "api:captures-list": entry(LOG, **CAPTURE, incident="@incident", file="@loose"),
    "api:captures-detail": page(MEMBER, "capture"),
    "api:uploads-list": Access(get=SIGNED_IN, post=LOG, headers=ANNOUNCED, done=201, unseen=422),
    "api:uploads-detail": Access(
        "upload", get=OWN, patch=OWN, delete=OWN, changes=b"w", changed=204
    ),
    "api:hits-list": page(SIGNED_IN),
    "api:hits-detail": page(MEMBER, "hit"),
    "api:hits-disclosure": call(ASK_ACROSS, "hit", REASON, done=201),
    "api:disclosures-list": page(SIGNED_IN),
    "api:disclosures-detail": page(MEMBER, "disclosure"),
    "api:disclosure-requests-list": page(SIGNED_IN),
    "api:disclosure-requests-detail": page(MEMBER, "share_asked"),
    "api:disclosure-requests-share": call(MANAGE, "share_asked", OFFERED),
    "api:disclosure-requests-refuse": call(MANAGE, "share_asked", REASON),
    "api:lookups-list": Access(post=LIST_ASKED, body={"components": [LISTED]}, done=200),
    "api:comparison-proposals-list": Access(
        post=ASK_ACROSS, body={"component": "@component"}, done=202, unseen=422
    ),
    "api:comparisons-list": page(SIGNED_IN),
    "api:comparisons-detail": page(MEMBER, "link"),
    "api:comparisons-judge": call(EXAMINE, "link", {**JUDGED, **REASON}, done=201),
    "api:comparisons-withdraw": call(EXAMINE, "judged", done=201),
    "api:comparisons-resolve-alarm": call(
        EXAMINE, "alarm", {"version": "@alarm.version", "cause": "cloned-label", **REASON}
    ),
    "api:comparisons-judge-series": Access(
        post=EXAMINE,
        body={"links": [{"id": "@link", "version": "@link.version"}], **ALIKE},
        done=201,
        unseen=422,
    ),
    "api:weapons-list": entry(LOG, incident="@incident", tail_number="T-7"),
    "api:weapons-detail": record(MEMBER, LOG, "found_weapon", tail_number="T-8"),
    "api:batches-list": page(SIGNED_IN),
    "api:batches-detail": page(MEMBER, "component"),
    "api:commonality-list": page(SIGNED_IN),
    "api:weapon-comparisons-detail": page(MEMBER, "found_weapon"),
    "api:weapon-comparisons-against": Access(
        "found_weapon", get=MEMBER, query={"other": "@other_weapon"}
    ),
    "api:weapon-comparisons-models": page(MEMBER, "found_weapon"),
    "api:statements-list": entry(LOG, **SAID, source="@source"),
    "api:statements-detail": record(MEMBER, LOG, "statement", place="The pier"),
    "api:claims-list": entry(ANALYSE, **CLAIMED, case="@case", incident="@incident"),
    "api:claims-detail": record(MEMBER, ANALYSE, "claim", channel="Radio"),
    "api:claim-accounts-detail": page(SHARED, "case"),
    "api:claims-set-aside": call(ANALYSE, "claim", REASON),
    "api:actors-list": entry(ANALYSE, case="@case", name="The Gulls", kind="cell"),
    "api:actors-detail": record(MEMBER, ANALYSE, "bystander", name="The Gulls"),
    "api:actors-add-name": call(ANALYSE, "bystander", {"text": "Gulls"}, done=201),
    "api:actors-add-parent": call(ANALYSE, "actor", {"parent": "@patron"}, done=201),
    "api:actors-strike-name": call(ANALYSE, "bystander", {"name": "@actor_name"}),
    "api:actors-strike-parent": call(ANALYSE, "bystander", {"tie": "@tie"}),
    "api:actors-end-parent": call(ANALYSE, "bystander", {"tie": "@tie", "until": "2025-01-31"}),
    "api:assertions-list": entry(ANALYSE, case="@case", **ASSERTED, claims=["@claim"]),
    "api:assertions-detail": record(MEMBER, ANALYSE, "assertion", statement="They wanted it."),
    "api:assertions-withdraw": call(ANALYSE, "assertion", REASON),
    "api:hypotheses-list": entry(ANALYSE, case="@case", **SUPPOSED, level=5, subject="@actor"),
    "api:hypotheses-detail": record(MEMBER, ANALYSE, "hypothesis", **CLAIM, subject="@actor"),
    "api:hypotheses-reject": call(ANALYSE, "hypothesis", REASON),
    "api:hypotheses-reinstate": call(ANALYSE, "rejected"),
    "api:hypotheses-supersede": call(
        ANALYSE, "hypothesis", {**CLAIM, "subject": "@actor"}, done=201
    ),
    "api:actor-matrix-detail": page(SHARED, "case"),
    "api:matrices-detail": page(MEMBER, "case"),
    "api:matrix-rows-list": entry(ANALYSE, case="@case", item="@sealed"),
    "api:matrix-rows-detail": record(MEMBER, ANALYSE, "matrix_row", shows="Where it was made"),
    "api:matrix-rows-take-out": call(ANALYSE, "matrix_row", REASON),
    "api:matrix-rows-put-back": call(ANALYSE, "taken_out_row"),
    "api:matrix-sheets-list": entry(ANALYSE, case="@case"),
    "api:matrix-sheets-detail": page(MEMBER, "sheet"),
    "api:matrix-sheets-hand-in": Access(
        post=ANALYSE, body={"case": "@case", "cells": RATED}, done=201, unseen=422
    ),
    "api:matrix-snapshots-list": Access(
        get=SIGNED_IN,
        post=ANALYSE,
        body={"case": "@case", **REASON},
        done=201,
        by=RATERS,
        unseen=422,
    ),
    "api:matrix-snapshots-detail": page(MEMBER, "snapshot"),
    "api:matrix-snapshots-changes": Access("snapshot", get=MEMBER, query={"since": "@snapshot"}),
    "api:post-mortems-list": entry(MANAGE, case="@case", **LEARNT),
    "api:post-mortems-detail": record(MEMBER, MANAGE, "post_mortem", lessons="Ask twice."),
    "api:findings-list": entry(ANALYSE, **CLAIM, hypothesis="@hypothesis", subject="@actor"),
    "api:findings-detail": record(READ_DRAFT, WRITE_DRAFT, "draft", **CLAIM, subject="@actor"),
    "api:findings-cite": call(
        WRITE_DRAFT, "draft", {"item": "@item", "stance": "contrary"}, done=201
    ),
    "api:findings-gates": page(READ_DRAFT, "draft"),
    "api:findings-consent": call(
        CONSENT, "handed_in", {"agency": "@originator", "words": "By letter 14"}
    ),
    "api:review-comments-list": entry(
        JUDGE, submission="@submission", passage="statement", paragraph=1, text="Who saw it?"
    ),
    "api:review-comments-detail": page(MEMBER, "comment"),
    "api:review-comments-answer": call(PARTY, "comment", ANSWER),
    "api:review-comments-resolve": call(PARTY, "comment", ANSWER, by={"amal", "rami"}),
    "api:findings-submit": call(WRITE_DRAFT, "draft"),
    "api:findings-review": call(REVIEW, "handed_in", APPROVE),
    "api:findings-dissent": call(READ_DRAFT, "draft", DISSENT),
    "api:findings-release": call(RELEASE, "approved", TO_TEAM),
    "api:findings-confirm-release": call(RELEASE, "proposed"),
    "api:findings-withdraw": call(WRITE_DRAFT, "draft", REASON),
    "api:findings-admit-author": call(WRITE_DRAFT, "draft", {"author": "soraya"}),
    "api:findings-remove-citation": call(WRITE_DRAFT, "draft", {"citation": "@citation"}),
    "api:findings-take-back-dissent": call(OWN_DISSENT, "draft", {"dissent": "@dissent"}),
    "api:findings-supersede": call(ANALYSE, "released", done=201),
    "api:accountability-detail": page(MEMBER, "case"),
    "api:measures-list": entry(FOLLOW, **MEASURED, finding="@released", step="announced"),
    "api:measures-detail": record(MEMBER, FOLLOW, "measure", programme="Regime 3"),
    "api:measures-steps": call(
        FOLLOW,
        "measure",
        {**STEPPED, "corrects": "@measure_step", "words": "It was later."},
        done=201,
    ),
    "api:measures-withdraw": call(FOLLOW, "measure", REASON),
    "api:follow-ups-list": entry(
        FOLLOW, **WATCHED, measure="@measure", owner="@colleague.username"
    ),
    "api:follow-ups-detail": record(MEMBER, FOLLOW, "follow_up", due="2199-02-28"),
    "api:follow-ups-close": call(FOLLOW, "follow_up", OUTCOME),
}

EXAM = {"laboratory": "@laboratory", "discipline": "metallurgy", "question": "Which alloy?"}
EXAM_API = {
    "api:examinations-list": entry(LOG, **EXAM, case="@case", exhibits=["@item"]),
    "api:examinations-detail": record(MEMBER, LOG, "exam", question="Which steel?"),
    "api:examinations-accept": call(TAKE_ON, "exam", {"examiner_outside": "Dr Roth"}),
    "api:examinations-begin": call(EXAMINE, "accepted_exam"),
    "api:examinations-sample": call(
        EXAMINE, "begun_exam", {"item": "@sampled", "quantity": 2, "description": "Beads"}
    ),
    "api:examinations-report": call(
        *(EXAMINE, "begun_exam"),
        {
            "version": "@begun_exam.version",
            **{"result": "Brass.", "method": "SOP 4", "limitations": "None."},
        },
    ),
    "api:examinations-verify": call(EXAMINE, "reported_exam"),
    "api:examinations-reopen": call(EXAMINE, "reported_exam", REASON),
    "api:examinations-ask-destruction": call(LOG, "unasked_exam", REASON),
    "api:examinations-refuse": call(TAKE_ON, "exam", REASON),
    "api:examinations-withdraw": call(Rule({"amal", LEAD}), "exam", REASON),
    "api:traces-list": entry(LOG, **ASKED, case="@case", components=["@component"]),
    "api:traces-detail": record(MEMBER, LOG, "trace", question="From whom?"),
    "api:traces-send": call(LOG, "trace"),
    "api:traces-acknowledge": call(LOG, "quiet_trace"),
    "api:traces-remind": call(LOG, "sent_trace"),
    "api:traces-replies": call(
        LOG, "sent_trace", {**REPLY, "received_at": "@sent_trace.created_at"}, done=201
    ),
    "api:traces-close": call(LOG, "sent_trace", {"outcome": "not-traceable", **REASON}),
    "api:right-of-reply-list": entry(
        SPEAK, **OFFER, case="@case", trace="@trace", offered_at="@case.created_at"
    ),
    "api:right-of-reply-detail": page(MEMBER, "offer"),
    "api:right-of-reply-settle": call(SPEAK, "offer", {"state": "declined"}),
}

ASSISTANCE_API = {
    "api:needs-list": entry(ANALYSE, case="@case", **NEEDED),
    "api:needs-detail": record(MEMBER, ANALYSE, "need", description="Tracks"),
    "api:needs-fulfil": call(ANALYSE, "answered_need", {"remark": "It came."}),
    "api:needs-decline": call(ANALYSE, "need", REASON),
    "api:contributions-list": entry(
        ANALYSE, need="@answered_need", agency="CG", words="Tracks, please"
    ),
    "api:contributions-detail": page(MEMBER, "contribution"),
    "api:contributions-decline": call(ANALYSE, "contribution", REASON),
    "api:contributions-offer": call(ANALYSE, "contribution", PLEDGED),
    "api:offers-list": entry(ANALYSE, need="@need", agency="CG", **PLEDGED),
    "api:offers-detail": record(MEMBER, ANALYSE, "pledge", description="A log"),
    "api:offers-decide": call(MANAGE, "pledge", IN_WRITING),
    "api:offers-withdraw": call(ANALYSE, "pledge", REASON),
    "api:contribution-letters-letter": call(ANALYSE, "contribution", {"language": "ar"}),
    "api:acceptance-letters-letter": call(MANAGE, "agreement", {"language": "en"}),
    "api:deployments-list": entry(
        LOG,
        offer="@agreement",
        **TEAM_SENT,
        persons=["A. Roe"],
        liaison="soraya",
        sites=["@site"],
        exhibits=["@item"],
    ),
    "api:deployments-detail": record(MEMBER, LOG, "deployment", remarks="They left."),
    "api:deliverables-list": entry(LOG, offer="@agreement", what="Radar log"),
    "api:deliverables-detail": page(MEMBER, "deliverable"),
    "api:deliverables-receive": call(LOG, "deliverable", {"file": "@file"}),
    "api:caveats-list": entry(
        LOG, item="@item", kind="no-onward-release", agency="CG", reason="As they asked"
    ),
    "api:caveats-detail": page(MEMBER, "caveat"),
    "api:caveats-lift": call(MANAGE, "caveat", PUT_DOWN),
    "api:items-caveats": page(MEMBER, "item"),
}

MEMBER_KNOWN = Rule(TEAM, sees=TEAM | {PARTNER})
"""Of the case itself a partner knows, and may set no task in it."""

WORK_API = {
    "api:tasks-list": entry(MEMBER, case="@case", title="Ask", owner="@colleague.username"),
    "api:tasks-bulk": bulk(MEMBER_KNOWN, case="@case", title="Ask"),
    "api:tasks-detail": record(MEMBER, MEMBER, "task", title="Ask twice"),
    "api:tasks-complete": call(MEMBER, "task"),
    "api:tasks-reopen": call(MEMBER, "done_task"),
    "api:notes-list": entry(SHARED, case="@case", text="Noted."),
    "api:notes-detail": page(MEMBER, "note"),
    "api:notices-list": page(SIGNED_IN),
    "api:notices-detail": page(OWN, "notice"),
    "api:notices-seen": call(OWN, "notice"),
    "api:notices-all-seen": call(SIGNED_IN, ""),
    "api:notices-by-mail": Access(
        get=SIGNED_IN, post=SIGNED_IN, body={"kinds": ["mentioned"]}, done=200
    ),
    "api:reports-list": entry(REPORT, case="@case", language="ar", leave_out=True),
    "api:reports-detail": page(MEMBER, "report"),
    "api:reports-download": Access(
        "report", get=MEMBER, post=MEMBER, done=200, shown=422
    ),  # nobody has asked for it by POST
    "api:labels-list": Access(post=HOLD, body={"items": ["@item"], **SHEET}, done=200, unseen=422),
    "api:case-activity-activity": page(MEMBER, "case"),
    "api:search": Access(get=SIGNED_IN, query={"q": "zephyrine"}),
}

LIBRARY_API = {
    "api:weapon-models-list": Access(
        get=SIGNED_IN, post=SIGNED_IN, body={"name": "Petrel 2"}, done=201
    ),
    "api:weapon-models-detail": page(SIGNED_IN, "weapon"),
    "api:weapon-models-review": call(CURATE, "weapon", {"version": "@weapon.version"}),
    "api:weapon-model-links-list": page(SIGNED_IN),
    "api:weapon-model-links-detail": page(SIGNED_IN, "model_link"),
    "api:component-categories-list": page(SIGNED_IN),
    "api:component-categories-detail": page(SIGNED_IN, "category"),
    "api:makers-list": page(SIGNED_IN),
    "api:makers-detail": page(SIGNED_IN, "maker"),
    "api:laboratories-list": Access(
        get=SIGNED_IN, post=SIGNED_IN, body={"name": "Harbour Institute"}, done=201
    ),
    "api:laboratories-detail": record(SIGNED_IN, SIGNED_IN, "laboratory", scope="Metals"),
    "api:laboratories-review": call(CURATE, "laboratory"),
    "api:countries-list": page(SIGNED_IN),
    "api:countries-detail": page(SIGNED_IN, "country"),
    "api:theatres-list": page(SIGNED_IN),
    "api:theatres-detail": page(SIGNED_IN, "theatre"),
    "api:vocabularies-list": page(SIGNED_IN),
    "api:vocabularies-detail": page(SIGNED_IN, "vocabulary"),
    "api:terms-list": page(SIGNED_IN),
    "api:terms-detail": page(SIGNED_IN, "term"),
}

TABLE: Mapping[str, Access] = {
    **ACCOUNTS,
    **PROOFS,
    **INVESTIGATIONS,
    **SOURCES,
    **ASSISTANCE,
    **EVIDENCE,
    **EXAMINATIONS,
    **TRACES,
    **COMPARISON,
    **ATTRIBUTION,
    **REPORTS,
    **CATALOGUE,
    **WORKSPACE,
    **EXCHANGE,
    **PEERS,
    **TAXII,
    **STAGES_API,
    **STIX_API,
    **PEERS_API,
    **API,
    **EXAM_API,
    **ASSISTANCE_API,
    **WORK_API,
    **LIBRARY_API,
}
