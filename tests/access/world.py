"""Two cases, furnished alike, so that every id of one has a twin in the other to be tried with."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from accounts.models import Agency, User
from accounts.services import issue_token
from attribution import services as attribution
from attribution.models import (
    Finding,
    Hypothesis,
    MeasureStep,
    PostMortem,
    ReviewComment,
    Submission,
)
from attribution.models.vocabulary import Standard
from catalogue.models import (
    ComponentCategory,
    Country,
    Laboratory,
    Term,
    Theatre,
    VariantLink,
    Vocabulary,
)
from catalogue.services import (
    enter_laboratory,
    enter_maker,
    enter_weapon_model,
    relate_models,
)
from comparison import services as comparison
from comparison.models import Hit, Judgement, Link, Question
from core.markings import Handling
from evidence import services as evidence
from evidence.models import Component, Item, LabExam, Proposal, RightOfReply, TraceRequest
from evidence.services.deliverable import expect_deliverable
from evidence.services.deployment import enter_deployment
from exchange import services as exchange
from exchange.formats.tables.plan import TableMap
from exchange.models import (
    ArrivedObject,
    DeliveredRecord,
    Delivery,
    Peer,
    Shipment,
    StixVersion,
    TableImport,
    TableImportRow,
)
from investigations import services as investigations
from investigations.models import Case, Duty, Label, Notice, Particulars, Request, Role
from investigations.models.row_security import case_record_models
from ledger.models import Entry
from ledger.notes import SigningKey
from reports import services as reports
from reports.services.bundle import PATIENCE
from tests.access.cast import SECRET, Persona, admit_people, gather_team, personas
from tests.access_table import ATTACK_ELSEWHERE
from tests.attribution.conftest import WRITTEN
from tests.comparison.conftest import GYROSCOPE
from tests.conftest import person
from tests.evidence.photographs import photograph
from workspace.services import request_exercise

OURS, THEIRS = "zephyrine", "quillwort"
"""The word that stands in every text of a case and nowhere else."""

Things = dict[str, Any]


@dataclass
class World:
    """Everything that the table's names stand for; `foreign` holds the twins of the other case."""

    things: Things
    foreign: Things
    personas: dict[str, Persona]
    forms: dict[str, Things] = field(default_factory=dict)
    before: dict[tuple[str, str], str] = field(default_factory=dict)


def lay_the_ground() -> dict[str, User]:
    """People, and what is known already: nothing here belongs to a case."""
    people = admit_people()
    request_exercise(by=people["admin"])
    for code, name in [("gyroscope-imu", "gyroscope"), ("other", "other")]:
        ComponentCategory.objects.get_or_create(code=code, defaults={"name": name})
    for code, iso3, name in [("IQ", "IRQ", "Iraq"), ("YE", "YEM", "Yemen")]:
        Country.objects.get_or_create(code=code, defaults={"iso3": iso3, "name": name})
        Theatre.objects.get_or_create(name=name)
    rare = [("", "", 1_000), ("maker", "Aerotek", 40), ("part", "V10-A", 3)]
    comparison.adopt_reference_set(
        "Worked examples",
        by=people["admin"],
        source="Invented",
        as_of=timezone.now().date(),
        counts=[("gyroscope-imu", *each) for each in rare],
    )
    return people


def fill_the_library(by: User) -> Things:
    """One row of each kind that everybody who has signed in reads."""
    weapon = enter_weapon_model("Kestrel", by=by)
    like = enter_weapon_model("Kestrel 2", by=by)
    words = Vocabulary.objects.create(
        key="weather", version=1, title="Weather", source="Invented", licence="CC0-1.0"
    )
    return {
        "weapon": weapon,
        "laboratory": enter_laboratory(by=by, name="City Laboratory"),
        "model_link": relate_models(
            like, to=weapon, kind=VariantLink.Kind.VARIANT, source="Invented", by=by
        ),
        "maker": enter_maker("Kestrel Works", by=by),
        "category": ComponentCategory.objects.get(code="other"),
        "country": Country.objects.get(code="YE"),
        "theatre": Theatre.objects.get(name="Yemen"),
        "vocabulary": words,
        "term": Term.objects.create(vocabulary=words, code="rain", label="rain"),
    }


def lay_out_storage(agency: Agency, by: User) -> Things:
    """A site with a room in it, one that is closed, and a second site; they belong to no case."""
    house, depot = (
        evidence.open_place(agency, by=by, name=name, kind="site") for name in ("House", "Depot")
    )
    room, closed = (
        evidence.open_place(agency, by=by, parent=house, name=name, kind="room")
        for name in ("Room 1", "Room 2")
    )
    evidence.retire_place(closed, by=by, reason="It is damp.")
    return {"house": house, "depot": depot, "room": room, "closed_room": closed}


def open_case(by: User, word: str) -> Case:
    return investigations.open_case(
        by, title=f"{word} raid", public_title=f"{word} incident", mandate=f"{word} mandate"
    )


def furnish(case: Case, by: User, word: str, serial: str) -> Things:
    """One of everything that a case can hold, with `word` in every text."""
    things: Things = {"case": case}
    things["incident"] = incident = attack(case, by, word)
    things["site"] = investigations.enter_site(
        incident, by=by, name=f"{word} crater", kind="impact"
    )
    things["report_cited"] = investigations.cite_source(
        incident, by=by, citation=f"{word} daily", reliability="B", credibility="2"
    )
    things["casualty_count"] = investigations.count_casualties(
        incident, by=by, harm="killed", group="civilian", at_least=3, at_most=None
    )
    things |= tell(case, word)
    things["task"] = investigations.set_task(case, by=by, title=f"Ask {word}")
    done = investigations.set_task(case, by=by, title=f"Weigh {word}")
    things["done_task"] = investigations.complete_task(done, by=by)
    things["note"] = investigations.write_note(case, by=by, text=f"{word} noted")
    things["notice"] = Notice.objects.create(
        case=case,
        to=by,
        kind="mentioned",
        subject_kind="investigations.note",
        subject_id=things["note"].pk,
    )
    things["component"] = component = gyroscope(case, by, word, serial)
    things["item"] = component.item
    things["found_weapon"] = evidence.enter_weapon(
        incident,
        by=by,
        variant_features=f"{word} fins",
    )
    things["other_weapon"] = evidence.enter_weapon(incident, by=by, variant_features=f"{word} tail")
    things["marking"] = evidence.record_marking(
        component, by=by, kind="sticker", state="present-legible", as_seen=word.upper()
    )
    things["file"] = take_in(case, by, word, photograph(1700), item=component.item)
    things["proposal"] = Proposal.objects.create(
        case=case,
        file=things["file"],
        kind="ocr",
        text=f"{word} 7",
        box=[10, 20, 300, 40],
        engine="none",
        pipeline_version=1,
    )
    things["establishment"] = evidence.establish(
        things["file"],
        by=by,
        what="time",
        earliest=timezone.now(),
        method="witness",
        rationale=f"{word} looked at the clock",
    )
    things["redaction"] = redacted(things["file"], by)
    things["loose"] = take_in(case, by, word, word.encode())
    things["upload"] = evidence.begin_upload(
        case, by=by, size=len(word), name=f"{word}.log", item=component.item
    )
    things["capture"] = evidence.receive_capture(
        incident,
        by=by,
        key=uuid4(),
        file=things["file"],
        note=f"{word} seen",
        taken_at=timezone.now(),
    )
    things["sealed"] = gyroscope(case, by, word, f"{serial}9").item
    things["joined"] = evidence.join_items(
        things["sealed"], [gyroscope(case, by, word, f"{serial}7").item], by=by, reason=word
    )
    things["elsewhere"] = things["sealed"].incident
    investigations.cite_source(
        things["elsewhere"], by=by, citation=f"{word} radio", reliability="C", credibility="3"
    )
    evidence.seal_item(things["sealed"], seal_no=f"{word}-1", by=by)
    things["exam"] = ask_laboratory(case, by, word, things["item"])
    things["trace"] = draft_trace(case, by, word, things["component"])
    things["offer"] = offer_answer(case, by, word)
    passing = gyroscope(case, by, word, f"{serial}5").item
    things["passing"] = evidence.hand_over(
        passing, to=taker_of(case, by), by=by, purpose=f"{word} kept"
    )
    things["handed"] = passing.custody_events.get(kind="transferred-out")
    things |= leave_a_gap(case, by, word, serial)
    things["line"] = Entry.objects.about(things["item"]).latest("position")
    things |= say(case, by, word, things)
    things |= blame(case, by, word, things)
    things |= assert_of(case, by, word, things)
    things |= held_against(case, by, word, things)
    things |= seek_help(case, by, word, things)
    things |= hear_from_elsewhere(case, by, word)
    things |= bring_tables(case, by, word)
    things |= pass_with_a_peer(case, word)
    return things | {"report": ask_for_report(case, by)}


def hear_from_elsewhere(case: Case, by: User, word: str) -> Things:
    """A bundle of another agency with one attack in it."""
    told = {**ATTACK_ELSEWHERE["objects"][0], "name": f"{word} struck", "x_remark": f"{word} said"}
    bundle = json.dumps({**ATTACK_ELSEWHERE, "objects": [told]}).encode()
    arrival = exchange.receive_bundle(case, by=by, name=f"{word}.json", data=bundle)
    return {"arrival": arrival, "arrived": ArrivedObject.objects.get(arrival=arrival)}


def bring_tables(case: Case, by: User, word: str) -> Things:
    """A table as it came, one that had its dry run, and one that is written, but for one line."""
    plan = TableMap({"their_id": ("id",), "title": ("title",)}, scheme="Weekly list")
    lines = [f"id,title\n{word}-{at},{word} raid {at}\n,{word} of none\n" for at in range(3)]
    tables = [
        exchange.receive_table(
            case, by=by, kind="incident", name=f"{word}.csv", chunks=[each.encode()]
        )
        for each in lines
    ]
    for at in (1, 2):
        exchange.map_table(tables[at], by=by, plan=plan)
        tables[at] = exchange.work_on_table(TableImport.objects.get(pk=tables[at].pk))
    exchange.write_table(tables[2], by=by)
    tables[2] = exchange.work_on_table(TableImport.objects.get(pk=tables[2].pk))
    return {
        "table": tables[0],
        "checked_table": tables[1],
        "written_table": tables[2],
        "table_row": TableImportRow.objects.get(table_import=tables[2], verdict="create"),
        "column_map": exchange.keep_map(by=by, name="Weekly list", kind="incident", plan=plan),
    }


def lay_out_peers(people: dict[str, User]) -> Things:
    """Either agency's peer, paired, and one that was suspended; they belong to no case."""
    admin, jim, guard = (people[name] for name in ("admin", "soraya", "nadia"))
    own = exchange.make_own_key(by=admin)
    sides = [(jim, guard, "coast"), (guard, jim, "mission"), (jim, guard, "laid-off")]
    peers = [
        Peer.objects.create(
            name=f"{name} instance",
            agency=theirs.agency,
            ours=ours.agency,
            address=f"https://{name}.example",
            up_to="red",
            clearance=SECRET["clearance"],
            their_key=str(SigningKey(f"{name}.example/peer", name.ljust(32).encode()).public),
            our_key=own,
            entered_by=admin,
            first_by=admin,
            second_by=people["mira"],
            agreed_at=timezone.now(),
            theirs_at=timezone.now(),
            state=Peer.State.SUSPENDED if name == "laid-off" else Peer.State.PAIRED,
        )
        for ours, theirs, name in sides
    ]
    return {"peer": peers[0], "suspended_peer": peers[2]}


def pass_with_a_peer(case: Case, word: str) -> Things:
    """One shipment that the peer has, one that waits for a second person, and what came from it."""
    lead = case.lead
    peer = Peer.objects.paired().get(ours=lead.agency)
    terms = {"peer": peer, "items": [], "up_to": "red", "leave_out": True}
    sent, asked = (
        exchange.ask_to_ship(case, by=lead, reason=f"{word} asked", **terms) for _each in range(2)
    )
    Shipment.objects.filter(pk=sent.pk).update(state="sent", envelope="signed", receipt="signed")
    delivery = Delivery.objects.create(
        peer=peer,
        sequence=len(word),
        shipment=uuid4(),
        origin_case=uuid4(),
        origin_ref="VST-2001-0001",
        envelope="signed",
        sha256="0" * 64,
        size=1,
        tlp="amber",
        pap="amber",
        clearance=0,
        state="taken",
        exit_code=0,
        taken_at=timezone.now(),
        taken_by=lead,
    )
    facts = {
        "incident": {"title": f"{word} struck", "narrative": f"{word} fell"},
        "exhibit": {"description": f"{word} gyroscope"},
        "files": {},
    }
    attack, exhibit, files = (
        DeliveredRecord.objects.create(
            case=case,
            delivery=delivery,
            kind=kind,
            origin_id=uuid4(),
            origin_ref=f"{kind} 1",
            digest="0" * 64,
            facts=said,
        )
        for kind, said in facts.items()
    )
    return {
        "shipment": sent,
        "shipment_asked": asked.request,
        "waiting_shipment": asked,
        "delivery": delivery,
        "delivered": attack,
        "delivered_exhibit": exhibit,
        "delivered_files": files,
    }


def put_on_offer(case: Case, by: User) -> Things:
    """The case as programs fetch it, and one of its objects."""
    exchange.offer_case(case, by=by, up_to="red", leave_out=True)
    return {"offered": StixVersion.objects.filter(case=case, kind="incident").earliest("pk")}


def offer_to_whom_the_labels_let_read(case: Case) -> None:
    """What is on offer lies in the collections of those who may read it as it is labelled now."""
    for row in StixVersion.objects.filter(case=case):
        StixVersion.objects.filter(pk=row.pk).update(group=row.fitting_group)


def seek_help(case: Case, by: User, word: str, things: Things) -> Things:
    """What the other agency was asked for, offers and has agreed to, and who it sent."""
    other = {"JIM": "CG", "CG": "JIM"}[case.lead.agency.short_name]
    helper, today = Agency.objects.get(short_name=other), timezone.now().date()
    need, offered, answered = (
        investigations.enter_need(case, by=by, capability="radar", description=f"{word} tracks")
        for _each in range(3)
    )
    pledge, agreement = (
        investigations.enter_offer(
            each,
            by=by,
            agency=helper,
            capability="radar",
            description=f"{word} log",
            offered_on=today,
            cost=f"{word} pays",
        )
        for each in (offered, answered)
    )
    agreement = investigations.decide_offer(
        agreement,
        by=case.lead,
        decision="accepted",
        document_ref=f"{word} letter",
        signed_on=today,
    )
    return {
        "need": need,
        "answered_need": answered,
        "contribution": investigations.ask_to_contribute(
            need, by=by, agency=helper, words=f"{word} tracks, please"
        ),
        "pledge": pledge,
        "agreement": agreement,
        "deliverable": expect_deliverable(agreement, by=by, what=f"{word} plot"),
        "deployment": enter_deployment(
            agreement,
            by=by,
            team=f"{word} divers",
            persons=[f"{word} Roe"],
            arrives_on=today,
            liaison=case.lead,
            sites=[things["site"]],
            exhibits=[things["item"]],
        ),
    }


def hold_back(case: Case, by: User) -> Things:
    """An exhibit that the other agency lets into no bundle, report or table."""
    item = gyroscope(case, by, OURS, "56").item
    return {
        "caveat": evidence.add_caveat(
            item,
            by=by,
            kind="laboratory-use-only",
            agency=Agency.objects.get(short_name="CG"),
            reason=f"{OURS} letter",
        )
    }


def taker_of(case: Case, by: User) -> User:
    """The lead, or where the lead gives, somebody else of the team who may hold evidence."""
    others = case.people_with(Duty.HOLD_EVIDENCE).exclude(pk=by.pk)
    return others.filter(pk=case.lead_id).first() or others.first()


def ask_laboratory(case: Case, by: User, word: str, item: Item, **facts: Any) -> LabExam:
    """A question about an exhibit."""
    return evidence.request_exam(
        case,
        by=by,
        exhibits=[item],
        laboratory=Laboratory.objects.get(),
        discipline="metallurgy",
        question=f"Is it {word}?",
        **facts,
    )


def draft_trace(case: Case, by: User, word: str, component: Component) -> TraceRequest:
    """A question to a maker about a component."""
    return evidence.draft_trace(
        case,
        by=by,
        components=[component],
        recipient_kind="maker",
        recipient=f"{word} works",
        channel="voluntary",
        question=f"Was it sold to {word}?",
        selected_reason=f"It bears {word}.",
    )


def sent_trace(case: Case, by: User, component: Component) -> TraceRequest:
    """One that went out the other day, and was answered in part."""
    trace = draft_trace(case, by, OURS, component)
    before = timezone.now() - timedelta(days=2)
    trace = evidence.send_trace(trace, by=by, sent_at=before)
    hop = {"giver": f"{OURS} works", "taker": f"{OURS} trade", "basis": "document"}
    return evidence.record_reply(
        trace,
        by=by,
        received_at=timezone.now(),
        outcome="partial",
        text=f"{OURS} was sold.",
        reliability="B",
        credibility="2",
        hops=[hop],
    ).trace


def offer_answer(case: Case, by: User, word: str) -> RightOfReply:
    """A company was told what is to be said of it."""
    return evidence.offer_reply(
        case,
        by=by,
        company=f"{word} works",
        channel="letter",
        text=f"It made {word}.",
        offered_at=timezone.now(),
        due=timezone.localdate() + timedelta(days=9),
    )


def examine(case: Case, people: dict[str, User], item: Item) -> Things:
    """An examination at each step of its way, and the yes that a destructive one waits for."""
    amal, lena, word = people["amal"], people["lena"], OURS
    second = person("vera", agency=lena.agency)
    investigations.admit_member(case, second, roles=[Role.EXAMINER], by=people["soraya"])
    sampled = gyroscope(case, amal, word, "77").item
    evidence.amend_item(sampled, by=amal, version=sampled.version, quantity=5)
    evidence.hand_over(sampled, to=lena, by=amal)
    sampled = evidence.receive_item(Item.objects.get(pk=sampled.pk), by=lena)
    asked = [ask_laboratory(case, amal, word, sampled) for _each in range(3)]
    for exam, examiner in zip(asked, (lena, lena, second), strict=True):
        evidence.accept_exam(exam, by=examiner, examiner=examiner)
    begun = evidence.begin_exam(asked[1], by=lena)
    reported = evidence.begin_exam(asked[2], by=second)
    result = {"result": f"{word} brass", "method": f"{word} SOP", "limitations": f"{word} rust"}
    reported = evidence.report_exam(reported, by=second, version=reported.version, **result)
    twice = [
        ask_laboratory(case, people["soraya"], word, item, why_destructive=f"{word} core")
        for _each in range(2)
    ]
    waiting = Request.objects.about(twice[1]).get()
    investigations.withdraw(waiting, by=people["soraya"])
    return {
        "accepted_exam": asked[0],
        "begun_exam": begun,
        "reported_exam": reported,
        "unasked_exam": twice[1],
        "destruction_asked": Request.objects.about(twice[0]).get(),
        "sampled": sampled,
    }


def redacted(file: Any, by: User) -> Any:
    """A picture with a region taken out, the copy not looked at yet."""
    region = {"left": 0, "top": 0, "width": 100, "height": 100, "reason": "PII"}
    evidence.examine_file(file)
    file.refresh_from_db()
    return evidence.draw_redaction(evidence.ask_redaction(file, by=by, regions=[region]))


def leave_a_gap(case: Case, by: User, word: str, serial: str) -> Things:
    """An exhibit found under another seal than it was left with, and what is said of that."""
    item, taker = gyroscope(case, by, word, f"{serial}6").item, taker_of(case, by)
    evidence.hand_over(item, to=taker, by=by, purpose=f"{word} kept")
    evidence.receive_item(item, by=taker, seal=f"{word}-8", condition=f"{word} resealed")
    (gap,) = evidence.gaps_of(item)
    note = evidence.explain_gap(item, gap=gap.gap.key, words=f"{word} lorry", by=by)
    return {"gap": note, "gap_item": item}


def tell(case: Case, word: str) -> Things:
    """Two sources under pseudonyms, who they are, and what is asked about the guarded one."""
    lead, name = case.lead, Particulars(name=f"{word}marsh", contact=f"{word}mill")
    source, guarded = (
        investigations.enter_source(
            case, by=lead, kind="witness", needs_second_person=twice, remarks=f"{word} was near"
        )
        for twice in (False, True)
    )
    for each in (source, guarded):
        investigations.write_identity(each, name, by=lead, version=1)
        each.refresh_from_db()
    values = [
        investigations.commit_value(case, f"{word}fen", by=lead, about=f"{word} {number}")
        for number in ("first", "second")
    ]
    kept = {"kept_value": values[0], "asked_value": values[1]}
    return {"source": source, "guarded": guarded, **kept}


def ask_about(things: Things, people: dict[str, User]) -> Things:
    """What waits for a second person's word: the prosecutor would look, the lead erase."""
    guarded, value = things["guarded"], things["asked_value"]
    words = {"reason": f"{OURS} hearing"}
    return {
        "opening_asked": investigations.ask_to_open(
            guarded, by=people["paula"], purpose="contact", **words
        ),
        "erasure_asked": investigations.ask_to_erase(guarded, by=people["soraya"], **words),
        "value_erasure_asked": investigations.ask_to_erase_value(
            value, by=people["soraya"], **words
        ),
    }


def attack(case: Case, by: User, word: str, theatre: str = "Iraq") -> Any:
    return investigations.enter_incident(
        case,
        by=by,
        title=f"{word} attack",
        place_name=f"{word} hill",
        narrative=f"{word} was seen",
        theatre=Theatre.objects.get(name=theatre),
        attack_mode="one-way-attack-UAV",
    )


def gyroscope(case: Case, by: User, word: str, serial: str, theatre: str = "Iraq") -> Component:
    """A gyroscope of an attack of its own, so that it is compared with all others."""
    kind = ComponentCategory.objects.get(code="gyroscope-imu")
    item = evidence.log_item(
        case,
        by=by,
        incident=attack(case, by, word, theatre),
        kind=kind,
        description=f"{word} gyroscope",
        recovered_as_stated=f"{word} dawn",
        exhibit_no=f"{word[:2].upper()}-{Item.objects.count() + 1}",
    )
    return evidence.describe_component(
        item,
        by=by,
        category=kind,
        transcription="double-read",
        maker_status="marked",
        model_name=f"{word} model",
        **GYROSCOPE | {"serial_number": f"SN-{serial}"},
    )


def take_in(case: Case, by: User, word: str, content: bytes, item: Item | None = None) -> Any:
    """A file, and its caption; the photograph has the same bytes in either case."""
    file = evidence.receive_file(case, by=by, chunks=[content], name=f"{word}.jpg", item=item)
    return evidence.caption_file(file, by=by, caption=f"{word} from above", in_situ=True)


def say(case: Case, by: User, word: str, things: Things) -> Things:
    """What a source said, and one claim that was taken from it."""
    statement = attribution.take_statement(
        things["source"],
        by=by,
        record_kind="notes",
        language="Arabic",
        original=f"{word} flew over.",
        place=f"{word} pier",
    )
    claim = attribution.enter_claim(
        case,
        by=by,
        statement=statement,
        incident=things["incident"],
        text=f"{word} flew over.",
        fact="time",
        value=f"{word} dawn",
    )
    return {"statement": statement, "claim": claim}


def blame(case: Case, by: User, word: str, things: Things) -> Things:
    """An actor, rival hypotheses and a complete draft with its evidence and a dissent."""
    actor = attribution.enter_actor(case, by=by, name=f"{word} Brigade", kind="armed-group")
    named = propose(case, by, f"The {word} Brigade launched it.", level=5, subject=actor)
    rejected = propose(case, by, f"{word} made it by hand.", level=3)
    rival = propose(case, by, f"A rival of {word} launched it.", level=5)
    attribution.reject_hypothesis(rejected, by=by, reason=f"{word} was in prison")
    draft = attribution.draft_finding(named, by=by, **written(word))
    return {
        "actor": actor,
        "bystander": attribution.enter_actor(case, by=by, name=f"{word} Cell", kind="cell"),
        "named": named,
        "hypothesis": rival,
        "rejected": rejected,
        "draft": draft,
        "citation": attribution.cite(
            draft, things["report_cited"], by=by, stance="supports", remark=f"{word} said so"
        ),
        "dissent": attribution.record_dissent(
            draft, by=by, text=f"{word} was elsewhere", likelihood="unlikely"
        ),
    }


def assert_of(case: Case, by: User, word: str, things: Things) -> Things:
    """An actor's further name, whom it belonged to, and one assertion with its evidence."""
    actor, above = things["bystander"], things["actor"]
    return {
        "patron": attribution.enter_actor(case, by=by, name=f"{word} Patron", kind="network"),
        "actor_name": attribution.name_actor(actor, by=by, text=f"{word} Gulls"),
        "tie": attribution.place_under(actor, above, by=by, citation=f"{word} daily"),
        "assertion": attribution.assert_of_actor(
            case,
            by=by,
            evidence=[things["claim"]],
            actor=actor,
            dimension="presence",
            statement=f"{word} was seen at the pier.",
        ),
    }


def held_against(case: Case, by: User, word: str, things: Things) -> Things:
    """The rivals' matrix: a row that counts and one taken out, a sheet, a snapshot, a look back."""
    row = attribution.add_matrix_row(case, things["claim"], by=by, shows=f"{word} flew low")
    out = attribution.add_matrix_row(case, things["report_cited"], by=by, shows=f"{word} print")
    attribution.take_out_matrix_row(out, by=by, reason=f"{word} was repeated")
    rivals = list(Hypothesis.objects.filter(case=case).active())
    given = {(row.pk, one.pk): ("N", f"{word} is silent") for one in rivals}
    return {
        "matrix_row": row,
        "taken_out_row": out,
        "sheet": attribution.hand_in_sheet(case, by=by, version=0, ratings=given),
        "snapshot": attribution.take_matrix_snapshot(case, by=by, reason=f"{word} at first"),
        "post_mortem": PostMortem.objects.create(
            case=case, written_by=by, went_wrong=f"{word} was believed", lessons=f"Ask {word}"
        ),
        **{one.kind: one for one in rivals if one.is_standing},
    }


def propose(case: Case, by: User, statement: str, **facts: Any) -> Hypothesis:
    facts = {"refuted_by": "A record of them elsewhere.", **facts}
    return attribution.propose_hypothesis(case, by=by, statement=statement, **facts)


def written(word: str) -> dict[str, str]:
    """A complete finding about the case of `word`."""
    return {**WRITTEN, "statement": f"The {word} Brigade launched it.", "limits": f"{word} fled."}


def ask_for_report(case: Case, by: User) -> Any:
    return reports.request_report(case, by=by, language="en")


def packed_for(case: Case, by: User) -> Any:
    """A bundle of the whole case, made of what nobody has sealed yet."""
    asked = reports.request_bundle(case, by=by, up_to="red", language="en")
    asked.created_at -= PATIENCE
    return reports.make_bundle(asked)


def compare(things: Things, people: dict[str, User], theirs: Component) -> Things:
    """A comparison to judge, one judged, one with an alarm, one that reaches into their case."""
    case, word = things["case"], OURS
    near = gyroscope(case, people["amal"], word, "004128", "Yemen")
    twin = gyroscope(case, people["amal"], word, "004120", "Yemen")
    first = things["component"]
    for component in (first, near, twin, theirs):
        comparison.propose_links(component)
    confirm(confirmed := between(near, twin), people["lena"], second_examiner(case, "noor"), word)
    far = gyroscope(case, people["amal"], word, "004180", "Yemen")
    comparison.propose_links(far)
    return {
        "link": between(first, near),
        "confirmed": confirmed,
        "judgement": judge(judged := between(first, far), people["lena"], word),
        "judged": judged,
        "alarm": between(first, twin),
        "across": between(first, theirs),
    }


def ask_across(theirs: Things, case: Case, people: dict[str, User]) -> Things:
    """What either agency is told of the other's case, asks of it, and was shared by it."""
    Question.objects.waiting().update(due_at=timezone.now())
    comparison.answer_due_questions()
    lena, nadia = people["lena"], people["nadia"]
    ours = list(Hit.objects.filter(case=case).order_by("id"))
    others = list(Hit.objects.filter(case=theirs["case"]).order_by("id"))
    for_us = comparison.ask_for_disclosure(ours[0], by=lena, reason="Serials are near.")
    digest = comparison.sha256_of(comparison.offered(for_us.request))
    comparison.share(for_us.request, by=nadia, sha256=digest)
    asked = comparison.ask_for_disclosure(ours[1], by=lena, reason="One casting on both.")
    for_them = comparison.ask_for_disclosure(others[0], by=nadia, reason="Serials are near.")
    theirs |= {"hit": others[0], "disclosure": for_them, "share_asked": asked.request}
    return {"hit": ours[2], "disclosure": for_us, "share_asked": for_them.request}


def second_examiner(case: Case, name: str) -> User:
    """One who does not knock: two examiners confirm a comparison, each blind to the other."""
    return joining(case, name, Role.EXAMINER)


def joining(case: Case, name: str, role: Role) -> User:
    """One more of the team, who does not knock."""
    user = person(name, agency=case.lead.agency, **SECRET)
    investigations.admit_member(case, user, roles=[role], by=case.lead)
    return user


def confirm(link: Link, first: User, second: User, word: str) -> None:
    for examiner in (first, second):
        judge(link, examiner, word)


def judge(link: Link, by: User, word: str) -> Judgement:
    return comparison.judge_link(
        link,
        by=by,
        version=link.version,
        conclusion="same-production-run",
        confidence="high",
        reason=f"{word} serials 8 apart",
    )


def between(one: Component, other: Component) -> Link:
    left, right = sorted([one, other], key=lambda component: component.pk)
    return Link.objects.get(left=left, right=right)


def sign(things: Things, people: dict[str, User]) -> Things:
    """A finding at each step of its way from the author's desk to the world."""
    amal, dana, case = people["amal"], people["dana"], things["case"]
    technical = propose(case, amal, f"{OURS} works made it.", level=3)
    handed_in = hand_in(things["named"], things, amal)
    approved, released = (hand_in(technical, things, amal) for _each in range(2))
    proposed, commented = (hand_in(things["named"], things, amal) for _each in range(2))
    for finding in (approved, released, proposed):
        attribution.review_finding(
            finding, by=people["rami"], verdict="approve", standards_met=list(Standard.values)
        )
    come_so_far(case)
    release = attribution.release_finding(proposed, by=people["mira"], audience="team", tlp="red")
    attribution.release_finding(released, by=dana, audience="team", tlp="red")
    return {
        "technical": technical,
        "handed_in": handed_in,
        "approved": approved,
        "released": released,
        "proposed": proposed,
        "release": release,
        "submission": handed_in.submissions.get(),
        "comment": attribution.raise_comment(
            commented.submissions.get(),
            by=people["rami"],
            passage="limits",
            paragraph=1,
            text=f"Where is {OURS} now?",
        ),
    }


def come_so_far(case: Case) -> None:
    """Past the gates that a first release answers to: they have tests of their own."""
    Case.objects.filter(pk=case.pk).update(stage="concluded")


def hand_in(hypothesis: Hypothesis, things: Things, by: User, word: str = OURS) -> Finding:
    finding = attribution.draft_finding(hypothesis, by=by, **written(word))
    attribution.cite(finding, things["report_cited"], by=by, stance="supports")
    return attribution.submit_finding(finding, by=by)


def let_go(case: Case, things: Things, word: str) -> Finding:
    """A finding of the lead's that others of the case have reviewed and released."""
    lead = case.lead
    made = propose(case, lead, f"{word} works made it.", level=3)
    finding = hand_in(made, things, lead, word)
    reviewer, authority = (
        joining(case, name, role)
        for name, role in (("boris", Role.REVIEWER), ("zoya", Role.RELEASING_AUTHORITY))
    )
    attribution.review_finding(
        finding, by=reviewer, verdict="approve", standards_met=list(Standard.values)
    )
    come_so_far(case)
    attribution.release_finding(finding, by=authority, audience="team", tlp="red")
    return finding


def follow(finding: Finding, by: User, word: str) -> Things:
    """A measure that rests on a released finding, its first step, and what to look at again."""
    finding.refresh_from_db()
    measure = attribution.record_measure(
        finding,
        by=by,
        kind="sanctions-designation",
        authority=f"{word} council",
        remarks=f"{word} was listed",
        first={"kind": "announced", "words": f"{word} said so"},
    )
    attribution.take_step(measure, by=by, kind="adopted", legal_ref=f"{word} decision 4")
    watched = attribution.set_follow_up(
        measure,
        by=by,
        trigger="compliance-check",
        task=f"Ask {word} bank",
        owner=by,
        due=timezone.now().date() + timedelta(days=90),
    )
    first = MeasureStep.objects.get(measure=measure, seq=1)
    return {"measure": measure, "measure_step": first, "follow_up": watched}


def their_case(people: dict[str, User]) -> Things:
    """The case of the other agency; its numbers run ahead, so that none of ours is among them."""
    case = open_case(people["nadia"], THEIRS)
    for _each in range(30):
        attack(case, people["nadia"], THEIRS)
    examiners = [second_examiner(case, name) for name in ("viktor", "iris")]
    twins = furnish(case, people["nadia"], THEIRS, "004136")
    near = gyroscope(case, people["nadia"], THEIRS, "004144", "Yemen")
    far = gyroscope(case, people["nadia"], THEIRS, "004180", "Yemen")
    for component in (twins["component"], near, far):
        comparison.propose_links(component)
    twins["confirmed"] = between(twins["component"], near)
    confirm(twins["confirmed"], *examiners, THEIRS)
    twins["judged"] = between(twins["component"], far)
    twins["judgement"] = judge(twins["judged"], examiners[0], THEIRS)
    evidence.examine_file(twins["file"])
    handed_in = hand_in(twins["named"], twins, people["nadia"], THEIRS)
    twins["submission"] = handed_in.submissions.get()
    twins["comment"] = remark_on(twins["submission"], people["nadia"])
    twins["originator"] = people["soraya"].agency
    twins["released"] = let_go(case, twins, THEIRS)
    twins |= follow(twins["released"], people["nadia"], THEIRS)
    twins |= put_on_offer(case, people["nadia"])
    return twins | {"sampled": twins["item"], "unlent": twins["item"], "colleague": people["omar"]}


def remark_on(submission: Submission, by: User) -> ReviewComment:
    """A comment where nobody reviews: the other case is only there to be kept apart."""
    return ReviewComment.objects.create(
        case=submission.case,
        submission=submission,
        passage="limits",
        paragraph=1,
        quote=f"{THEIRS} fled.",
        text=f"Where is {THEIRS} now?",
        author=by,
    )


def our_case(people: dict[str, User], theirs: Things) -> Things:
    """The case that everybody knocks at."""
    case = open_case(people["soraya"], OURS)
    team = gather_team(case, people)
    things = furnish(case, people["amal"], OURS, "004120")
    things |= compare(things, people, theirs["component"])
    things |= ask_across(theirs, case, people)
    things |= sign(things, people)
    things |= follow(things["released"], people["amal"], OURS)
    things |= ask_about(things, people)
    things |= examine(case, people, things["item"])
    things["sent_trace"] = sent_trace(case, people["amal"], things["component"])
    quiet = draft_trace(case, people["amal"], OURS, things["component"])
    things["quiet_trace"] = evidence.send_trace(quiet, by=people["amal"])
    things |= lend(things["item"], people)
    things["disposal_asked"] = evidence.ask_to_dispose(
        things["sealed"], way="destroyed", by=people["soraya"], reason=f"{OURS} hearing"
    )
    evidence.examine_file(things["file"])
    reports.typeset_report(things["report"])
    things["bundle"] = packed_for(case, people["soraya"])
    things |= hold_back(case, people["amal"])
    things |= put_on_offer(case, people["soraya"])
    things["membership"] = team["idris"]
    things["token"], _key = issue_token(people["amal"], by=people["amal"], name="sync", days=30)
    things["session"] = UserSession.objects.create(
        user=people["amal"], session_key="elsewhere", ip="192.0.2.7", user_agent="Phone"
    )
    things["passkey"] = Authenticator.objects.create(
        user=people["mira"], type=Authenticator.Type.WEBAUTHN, data={"name": "Key"}
    )
    things["colleague"], things["stranger"] = people["lena"], people["omar"]
    things["chain"] = case
    label_everything(case)
    offer_to_whom_the_labels_let_read(case)
    things |= ask_a_second_person(things, people)
    things["originator"] = keep_control(things["handed_in"], people["petra"].agency)
    for thing in things.values():
        thing.refresh_from_db()
    return things


def lend(item: Item, people: dict[str, User]) -> Things:
    """Loans at each step: asked for, agreed to, and out."""
    lent: Things = {}
    for name in ("loan_asked", "agreed_loan", "loan_out", "loan_kept"):
        one = gyroscope(item.case, people["amal"], OURS, f"5{len(lent)}").item
        lent[name] = loan = evidence.ask_to_let_out(
            one,
            by=people["amal"],
            party=f"{OURS} institute",
            purpose=f"{OURS} metallurgy",
            legal_basis=f"{OURS} order",
            due=timezone.now().date(),
        )
        if name != "loan_asked":
            evidence.agree_to_loan(loan.request, by=people["soraya"])
    for name in ("loan_out", "loan_kept"):
        evidence.hand_out(lent[name], by=people["amal"])
    kept = evidence.ask_to_extend(
        lent["loan_kept"],
        by=people["amal"],
        due=timezone.now().date() + timedelta(days=30),
        reason=f"{OURS} furnace",
    )
    lost = gyroscope(item.case, people["amal"], OURS, "54").item
    evidence.declare_lost(lost, by=people["amal"], reason=f"{OURS} was searched")
    unlent = gyroscope(item.case, people["amal"], OURS, "55").item
    lent |= {"lost": lost, "unlent": unlent}
    lent |= {"loan_asked": lent["loan_asked"].request, "extension_asked": kept}
    return {**lent, "loan": lent["loan_out"]}


def ask_a_second_person(things: Things, people: dict[str, User]) -> Things:
    """What the lead asks for about an attack, and what an outsider asks an administrator for."""
    attack, case = things["elsewhere"], things["case"]
    attack.refresh_from_db()
    asked = investigations.ask_to_lower(
        attack, Handling(), by=people["soraya"], reason=f"{OURS} is over"
    )
    investigations.ask_for_emergency_access(
        case_ref=case.ref, by=people["omar"], reason="The witness leaves tonight.", hours=2
    )
    label_everything(case)
    return {"asked": asked, "emergency": Request.objects.get(asked_by=people["omar"])}


def keep_control(finding: Finding, agency: Agency) -> Agency:
    """Part of what the finding rests on came from this agency, which has a say in its release."""
    kept = secret_label(originators=frozenset({agency.pk}))
    Finding.objects.filter(pk=finding.pk).update(label=kept)
    return agency


def secret_label(**more: Any) -> Label:
    """The label of the cleared and of those of one compartment."""
    secret = {**SECRET, "compartments": frozenset(SECRET["compartments"])}
    return Label.for_handling(Handling(**secret, **more))


def label_everything(case: Case) -> None:
    """Every record in it, whatever it is, is for the cleared and for those of one compartment."""
    label = secret_label()
    for model in case_record_models():
        model._base_manager.filter(case=case).update(label=label)


def build(look_around: Callable[[World], dict[tuple[str, str], str]]) -> World:
    """Their case first, then a look by those who must not notice ours, then ours."""
    people = lay_the_ground()
    who = personas(people)
    close_account(people["mazen"])
    library = fill_the_library(people["admin"])
    stores = lay_out_storage(people["soraya"].agency, people["admin"])
    stores |= lay_out_peers(people)
    foreign = lay_out_storage(people["nadia"].agency, people["admin"]) | their_case(people)
    world = World(library | stores, foreign, who)
    world.before = look_around(world)
    world.things |= our_case(people, foreign)
    asked = world.things["share_asked"]
    asked.offer_sha256 = comparison.sha256_of(comparison.offered(asked))
    house = world.things["house"]
    world.things["stocktake"] = evidence.begin_stocktake(house, by=people["soraya"])
    return world


def close_account(user: User) -> None:
    """What an administrator does in the administration."""
    user.is_active = False
    user.save()
