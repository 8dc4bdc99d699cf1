"""Sources go by a pseudonym; who they are is sealed, opened for a purpose, and can be erased."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Compartment
from core.errors import Refused, Stale
from core.scope import asking_as
from core.sealing import SecretKeeper
from investigations import services
from investigations.models import (
    CaseKey,
    Label,
    Particulars,
    Request,
    Role,
    Source,
    SourceIdentity,
)
from ledger.models import Entry
from tests.conftest import person

pytestmark = pytest.mark.django_db
NAME = "Zubaydah Karimzadeh"
ZUBAYDAH = Particulars(
    name=NAME,
    native_name="زبيدة كريم زاده",
    born="1984-02-29",
    contact="+964 770 000 0000",
    address="Third house past the mill",
    documents="P<IRQ 998877",
    relation="Saw the launcher from her roof",
    remarks="Speaks Sorani",
)


@pytest.fixture
def witness(night_raid, soraya):
    """A witness of the night raid whom one person alone may look up."""
    return services.enter_source(
        night_raid, by=soraya, kind="witness", needs_second_person=False, remarks="Saw it"
    )


@pytest.fixture
def zubaydah(witness, soraya):
    """The same, whose identity is written down."""
    return services.write_identity(witness, ZUBAYDAH, by=soraya, version=witness.version)


@pytest.fixture
def guarded(night_raid, soraya):
    """A protected detainee, whose identity is written down."""
    source = services.enter_source(night_raid, by=soraya, kind="detainee", protection="protected")
    return services.write_identity(source, ZUBAYDAH, by=soraya, version=source.version)


@pytest.fixture
def paula(night_raid, soraya, mission):
    """The prosecutor."""
    user = person("paula", agency=mission)
    services.admit_member(night_raid, user, roles=[Role.PROSECUTOR], by=soraya)
    return user


def look(source, by, purpose="contact", reason="The hearing was moved"):
    return services.open_identity(source, by=by, purpose=purpose, reason=reason)


def agreed(source, asked_by, by):
    request = services.ask_to_open(source, by=asked_by, purpose="contact", reason="A hearing")
    services.let_open(request, by=by)
    return request


def facts_of(row):
    return [entry.facts for entry in Entry.objects.about(row)]


def test_each_kind_is_numbered_by_itself(night_raid, amal):
    kinds = ["witness", "witness", "source", "detainee", "victim", "witness"]
    given = [services.enter_source(night_raid, by=amal, kind=kind).pseudonym for kind in kinds]
    assert given == ["W-01", "W-02", "S-01", "D-01", "V-01", "W-03"]


def test_sharing_takes_informed_consent(night_raid, amal):
    with pytest.raises(ValidationError, match="informed consent"):
        services.enter_source(night_raid, by=amal, kind="witness", consent_scopes=["court"])
    services.enter_source(
        night_raid, by=amal, kind="witness", informed_consent=True, consent_scopes=["court"]
    )


def test_whoever_is_protected_is_looked_up_by_two_from_then_on(witness, amal):
    source = services.amend_source(witness, by=amal, version=1, protection="requested")
    assert source.needs_second_person
    with pytest.raises(Refused, match="cannot be taken back"):
        services.amend_source(
            source, by=amal, version=2, protection="not-needed", needs_second_person=False
        )
    with pytest.raises(Stale):
        services.amend_source(source, by=amal, version=1, remarks="Late")
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=source.pk).update(needs_second_person=False)


def test_the_ledger_keeps_no_words_about_a_source(witness, amal):
    services.amend_source(witness, by=amal, version=1, remarks="Lives by the mill")
    assert facts_of(witness)[-1] == {"fields": ["remarks"]}


def test_a_source_in_a_compartment_is_there_for_its_readers_only(night_raid, soraya, amal):
    Compartment.objects.get_or_create(code="WITNESS", defaults={"name": "Witnesses"})
    with pytest.raises(Refused, match="no longer read"):
        services.enter_source(night_raid, by=soraya, kind="witness", compartments=["WITNESS"])
    soraya.compartments = ["WITNESS"]
    soraya.save()
    hidden = services.enter_source(night_raid, by=soraya, kind="witness", compartments=["WITNESS"])
    assert Source.objects.visible_to(soraya).get() == hidden
    assert not Source.objects.visible_to(amal).exists()
    with pytest.raises(PermissionDenied):
        services.amend_source(hidden, by=amal, version=1, remarks="x")


def test_a_report_takes_on_the_label_of_its_source(night_raid, strike, soraya, amal):
    soraya.compartments = ["SOURCE"]
    soraya.save()
    hidden = services.enter_source(night_raid, by=soraya, kind="source", compartments=["SOURCE"])
    report = services.cite_source(
        strike, by=soraya, citation="As told", reliability="B", credibility="2", source=hidden
    )
    assert report.label == Label.objects.get(compartments=["SOURCE"])
    assert not strike.source_reports.visible_to(amal).exists()


def test_an_identity_opens_as_it_was_written_and_the_look_is_written_down(zubaydah, soraya):
    assert look(zubaydah, soraya) == ZUBAYDAH
    *_, said = facts_of(zubaydah)
    assert said == {
        "ref": "W-01",
        "purpose": "contact",
        "reason": "The hearing was moved",
        "request": "",
    }
    assert look(zubaydah, soraya) == ZUBAYDAH
    acts = [entry.act for entry in Entry.objects.about(zubaydah)]
    assert acts.count("investigations.identity_opened") == 2


def test_fields_left_empty_stay_as_they_are(zubaydah, soraya):
    newer = Particulars(contact="by the mill")
    services.write_identity(zubaydah, newer, by=soraya, version=zubaydah.version)
    known = look(zubaydah, soraya)
    assert (known.contact, known.name) == ("by the mill", NAME)
    with pytest.raises(Stale):
        services.write_identity(zubaydah, newer, by=soraya, version=1)
    with pytest.raises(Refused, match="at least one"):
        services.write_identity(zubaydah, Particulars(), by=soraya, version=3)


@pytest.mark.parametrize("name", ["amal", "lena", "rami", "dana"])
def test_other_colleagues_neither_write_nor_open(request, zubaydah, name):
    colleague = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        look(zubaydah, colleague)
    with pytest.raises(PermissionDenied):
        services.write_identity(zubaydah, ZUBAYDAH, by=colleague, version=zubaydah.version)
    with pytest.raises(PermissionDenied):
        services.ask_to_open(zubaydah, by=colleague, purpose="contact", reason="x")


@pytest.mark.parametrize("role", [Role.PARTNER, Role.AUDITOR, Role.EMERGENCY])
def test_partners_auditors_and_emergency_readers_never_open(zubaydah, mission, role):
    from investigations.models import Membership

    guest = person("guest", agency=mission)
    Membership.objects.create(case=zubaydah.case, user=guest, roles=[role])
    with pytest.raises(PermissionDenied):
        look(zubaydah, guest)


def test_no_question_of_any_person_reaches_the_sealed_rows(zubaydah, soraya):
    assert SourceIdentity.objects.count() == CaseKey.objects.count() == 1
    assert not SourceIdentity.objects.visible_to(soraya).exists()
    assert not CaseKey.objects.visible_to(soraya).exists()
    with asking_as(soraya):  # PostgreSQL's own gate, with the queryset's lifted
        rows = SourceIdentity.objects.all().narrowed()
        assert not rows.exists()
        assert not rows.update(fields_version=9)


def test_a_protected_one_takes_a_second_person_for_an_hour_and_one_purpose(
    guarded, soraya, paula, dana, monkeypatch
):
    with pytest.raises(Refused, match="second person must agree"):
        look(guarded, soraya)
    request = services.ask_to_open(guarded, by=soraya, purpose="contact", reason="A hearing")
    with pytest.raises(Refused, match="asked for themselves"):
        services.let_open(request, by=soraya)
    with pytest.raises(Refused, match="second person must agree"):
        look(guarded, soraya)
    services.let_open(request, by=dana)
    assert look(guarded, soraya) == ZUBAYDAH
    assert look(guarded, soraya) == ZUBAYDAH
    assert facts_of(guarded)[-1]["request"] == str(request.pk)
    with pytest.raises(Refused, match="another purpose"):
        look(guarded, soraya, purpose="disclosure")
    with pytest.raises(Refused, match="second person must agree"):
        look(guarded, paula)
    with pytest.raises(PermissionDenied):
        look(guarded, dana)
    Request.objects.update(decided_at=timezone.now() - timedelta(hours=1, seconds=1))
    with pytest.raises(Refused, match="second person must agree"):
        look(guarded, soraya)


def test_the_yes_to_another_deed_opens_nothing(guarded, soraya, dana):
    request = services.ask_to_erase(guarded, by=soraya, reason="Consent withdrawn")
    with pytest.raises(Refused, match="something else"):
        services.let_open(request, by=dana)
    asked = services.ask_to_open(guarded, by=soraya, purpose="contact", reason="x")
    with pytest.raises(Refused, match="something else"):
        services.erase_identity(asked, by=dana)
    assert SourceIdentity.objects.count() == 1


def test_neither_reason_nor_remarks_may_name_the_person(zubaydah, soraya, night_raid):
    with pytest.raises(Refused, match="names the person"):
        look(zubaydah, soraya, reason="Must ring KARIMZADEH, today")
    assert "investigations.identity_opened" not in {
        entry.act for entry in Entry.objects.about(zubaydah)
    }
    named = services.enter_source(night_raid, by=soraya, kind="witness", remarks=f"Is {NAME}")
    with pytest.raises(Refused, match="name the person"):
        services.write_identity(named, ZUBAYDAH, by=soraya, version=1)


def test_any_changed_bit_is_refused(zubaydah, soraya, caplog):
    row = SourceIdentity.objects.get()
    sound = bytes(row.sealed)
    for at in range(len(sound)):
        bad = sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :]
        if at % 17 == 0 or at < 14 or at > len(sound) - 17:
            SourceIdentity.objects.update(sealed=bad)
            with pytest.raises(Refused, match="cannot be opened"):
                look(zubaydah, soraya)
    SourceIdentity.objects.update(sealed=sound, fields_version=2)
    with pytest.raises(Refused, match="cannot be opened"):
        look(zubaydah, soraya)


def test_rows_swapped_between_sources_are_refused(zubaydah, guarded, soraya, dana):
    agreed(guarded, soraya, dana)
    first, second = SourceIdentity.objects.order_by("pk")
    texts = bytes(first.sealed), bytes(second.sealed)
    SourceIdentity.objects.filter(pk=first.pk).update(sealed=texts[1])
    SourceIdentity.objects.filter(pk=second.pk).update(sealed=texts[0])
    for source in (zubaydah, guarded):
        with pytest.raises(Refused, match="cannot be opened"):
            look(source, soraya)


def test_rows_and_keys_moved_between_cases_are_refused(zubaydah, soraya):
    other = services.open_case(soraya, title="x", public_title="x", mandate="x")
    twin = services.enter_source(other, by=soraya, kind="witness", needs_second_person=False)
    services.write_identity(twin, Particulars(name="Other"), by=soraya, version=1)
    mine = SourceIdentity.objects.get(source=zubaydah)
    SourceIdentity.objects.filter(source=twin).update(sealed=mine.sealed, key=mine.key)
    with pytest.raises(Refused, match="cannot be opened"):
        look(twin, soraya)
    key = CaseKey.objects.get(case=other)
    CaseKey.objects.filter(pk=key.pk).update(wrapped=mine.key.wrapped)
    SourceIdentity.objects.filter(source=twin).update(key=key)
    with pytest.raises(Refused, match="cannot be opened"):
        look(twin, soraya)


def test_another_or_no_keeper_opens_nothing(zubaydah, soraya, settings):
    settings.IDENTITY_KEEPERS = [SecretKeeper.of("another secret of forty or more characters")]
    with pytest.raises(Refused, match="cannot be opened"):
        look(zubaydah, soraya)
    settings.IDENTITY_KEEPERS = []
    with pytest.raises(Refused, match="No key of identities"):
        look(zubaydah, soraya)


def test_the_same_words_are_never_sealed_alike(zubaydah, guarded):
    first, second = SourceIdentity.objects.all()
    assert bytes(first.sealed)[1:13] != bytes(second.sealed)[1:13]
    assert first.key == second.key


def test_an_identity_is_erased_by_two_and_the_ledger_stays(zubaydah, guarded, soraya, dana):
    request = services.ask_to_erase(zubaydah, by=soraya, reason="Consent withdrawn")
    with pytest.raises(Refused):
        services.erase_identity(request, by=soraya)
    services.erase_identity(request, by=dana)
    assert list(SourceIdentity.objects.values_list("source", flat=True)) == [guarded.pk]
    assert CaseKey.objects.count() == 1
    zubaydah.refresh_from_db()
    assert not zubaydah.has_identity
    with pytest.raises(Refused, match="not written down"):
        look(zubaydah, soraya)
    acts = [entry.act for entry in Entry.objects.about(zubaydah)]
    assert acts[-1] == "investigations.identities_erased"
    assert "investigations.identity_written" in acts


def test_a_case_is_shredded_with_its_key(zubaydah, guarded, night_raid, soraya, dana):
    request = services.ask_to_erase_all(night_raid, by=soraya, reason="Mandate ended")
    services.erase_identity(request, by=dana)
    assert not SourceIdentity.objects.exists()
    assert not CaseKey.objects.exists()
    assert not Source.objects.filter(identity_at__isnull=False).exists()
    assert Entry.objects.about(night_raid).last().act == "investigations.identities_erased"


def test_particulars_do_not_show_themselves():
    for row in ZUBAYDAH.rows():
        assert row[1] not in repr(row)
    assert NAME not in f"{ZUBAYDAH!r} {ZUBAYDAH} {[ZUBAYDAH]}"
