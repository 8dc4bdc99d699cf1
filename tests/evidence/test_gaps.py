"""Gaps in the custody of real exhibits: shown, explained, and waived by somebody else only."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.errors import Refused
from evidence import services
from evidence.models import CustodyEvent, CustodyKind, custody_of
from investigations import services as investigations
from investigations.models import Role
from ledger.models import Entry
from tests.conftest import person
from tests.hands import pass_on


@pytest.fixture
def resealed(gyro, amal, lena):
    """Left under one seal, found under another: a gap between Amal and Lena."""
    services.seal_item(gyro, seal_no="S-1", by=amal)
    services.hand_over(gyro, to=lena, by=amal)
    services.receive_item(gyro, by=lena, seal="S-2", condition="Another bag")
    gyro.refresh_from_db()
    return gyro


def keys(item):
    return [each.gap.kind for each in services.gaps_of(item)]


def test_a_receiver_who_reads_another_seal_says_so_in_words(gyro, amal, lena):
    services.seal_item(gyro, seal_no="S-1", by=amal)
    services.hand_over(gyro, to=lena, by=amal)
    with pytest.raises(Refused, match="By the record the seal is S-1"):
        services.receive_item(gyro, by=lena, seal="S-2")
    services.receive_item(gyro, by=lena, seal="S-2", condition="Another bag")
    gyro.refresh_from_db()
    assert (gyro.seal_no, gyro.open_gaps, keys(gyro)) == ("S-2", 1, ["other-seal"])


def test_a_gap_is_waived_by_another_than_those_who_took_part(resealed, amal, lena, soraya, rami):
    (gap,) = services.open_gaps(resealed.case, rami)
    note = services.explain_gap(resealed, gap=gap.gap.key, words="Repacked", by=soraya)
    for someone, why in [(soraya, "explained themselves"), (lena, "had a part"), (amal, "a part")]:
        with pytest.raises(Refused, match=why):
            services.waive_gap(note, by=someone, words="Fine")
    services.waive_gap(note, by=rami, words="The bag log agrees")
    resealed.refresh_from_db()
    assert (resealed.open_gaps, services.open_gaps(resealed.case, rami)) == (0, [])
    with pytest.raises(Refused, match="waived already"):
        services.waive_gap(note, by=rami, words="Again")
    acts = Entry.objects.about(resealed).order_by("-position").values_list("act", flat=True)
    assert list(acts[:2]) == ["evidence.gap_waived", "evidence.gap_explained"]


def test_outsiders_neither_explain_nor_see(resealed, omar):
    assert services.open_gaps(resealed.case, omar) == []
    with pytest.raises(PermissionDenied):
        services.explain_gap(resealed, gap="x", words="So", by=omar)


def test_what_is_not_received_for_a_day_is_a_gap_that_can_not_be_waived_while_it_lasts(
    gyro, amal, lena, soraya, rami
):
    CustodyEvent.objects.filter(item=gyro)
    services.hand_over(gyro, to=lena, by=amal)
    assert services.open_gaps(gyro.case, rami) == []
    later = timezone.now() + timedelta(hours=30)
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr("django.utils.timezone.now", lambda: later)
        (gap,) = services.open_gaps(gyro.case, rami)
        assert (gap.gap.kind, gap.unaccounted) == ("not-received", "Unaccounted 30 h 0 min")
        note = services.explain_gap(gyro, gap=gap.gap.key, words="On the road", by=soraya)
        with pytest.raises(Refused, match="still goes on"):
            services.waive_gap(note, by=rami, words="Fine")


def test_the_wrong_words_are_refused_with_the_rule(gyro, amal, lena):
    now = timezone.now()
    for wrong, match in [
        ({"to": amal}, "to themselves"),
        ({"to": lena, "at": now + timedelta(hours=1)}, "in the future"),
        ({"to": lena, "at": now - timedelta(days=1)}, "before the exhibit was collected"),
    ]:
        with pytest.raises(Refused, match=match):
            services.hand_over(gyro, by=amal, **wrong)


def test_a_correction_names_the_wrong_event_and_the_exhibit_shows_the_rest(gyro, amal, lena):
    services.store_item(gyro, place="Room 1", by=amal)
    services.store_item(gyro, place="Room 9", by=amal)
    wrong = CustodyEvent.objects.get(to_place="Room 9")
    services.correct_custody(wrong, by=amal, reason="It was never there")
    gyro.refresh_from_db()
    assert (gyro.kept_at, custody_of(gyro)[0].corrects) == ("Room 1", wrong)
    with pytest.raises(Refused, match="corrected already"):
        services.correct_custody(wrong, by=amal, reason="Once more")


def test_nobody_corrects_a_gap_away_that_they_had_a_part_in(resealed, amal, lena, soraya):
    services.correct_custody(
        CustodyEvent.objects.get(item=resealed, kind="received"), by=lena, reason="Misread"
    )
    (gap,) = services.gaps_of(resealed)
    assert gap.gap.kind == "corrected"
    note = services.explain_gap(resealed, gap=gap.gap.key, words="I misread the 7", by=amal)
    with pytest.raises(Refused, match="had a part"):
        services.waive_gap(note, words="So it was", by=lena)
    services.waive_gap(note, words="The photograph shows it", by=soraya)
    resealed.refresh_from_db()
    assert resealed.open_gaps == 0


def test_what_another_person_corrects_leaves_no_gap(resealed, soraya):
    received = CustodyEvent.objects.get(item=resealed, kind="received")
    services.correct_custody(received, by=soraya, reason="Misread")
    assert services.gaps_of(resealed) == []


def test_what_lies_in_a_sealed_package_moves_with_it(gyro, amal, lena):
    part = services.log_item(
        gyro.case, by=amal, incident=gyro.incident, kind=gyro.kind, description="Ring", parent=gyro
    )
    services.seal_item(gyro, seal_no="S-1", by=amal)
    with pytest.raises(Refused, match="open that one first"):
        services.hand_over(part, to=lena, by=amal)
    pass_on(gyro, to=lena, by=amal)
    part.refresh_from_db()
    assert (part.holder, part.seal_no, keys(part)) == (lena, "", [])
    services.break_seal(gyro, reason="Examination", by=lena)
    pass_on(part, to=amal, by=lena)


def test_nobody_changes_an_event(gyro):
    for deed in (
        "UPDATE evidence_custodyevent SET purpose = 'x'",
        "DELETE FROM evidence_custodyevent",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)


def test_not_accepted_and_taken_back_leave_it_with_its_giver(gyro, amal, lena):
    services.hand_over(gyro, to=lena, by=amal)
    services.refuse_item(gyro, by=lena, reason="The bag is torn")
    services.hand_over(gyro, to=lena, by=amal)
    with pytest.raises(Refused, match="being handed over"):
        services.store_item(gyro, place="Room 1", by=amal)
    services.take_back(gyro, by=amal)
    gyro.refresh_from_db()
    assert (gyro.holder, gyro.offered_to, gyro.status, keys(gyro)) == (amal, None, "collected", [])
    kinds = [event.kind for event in custody_of(gyro)[:2]]
    assert kinds == [CustodyKind.TAKEN_BACK, CustodyKind.HANDED_OUT]


def test_the_page_tells_gaps_in_words_and_home_what_is_to_be_received(
    client, resealed, amal, lena, rami
):
    services.hand_over(resealed, to=amal, by=lena)
    client.force_login(amal)
    page = client.get(reverse("evidence:item_detail", args=[resealed.pk])).content.decode()
    assert "Left with seal S-1, found with seal S-2." in page
    assert reverse("evidence:gap_explain", args=[resealed.pk]) in page
    assert reverse("evidence:receive", args=[resealed.pk]) in page
    home = client.get(reverse("workspace:home")).content.decode()
    assert "Exhibits to receive" in home and "Exhibits with gaps in their custody" in home
    rows = client.get(reverse("evidence:item_list"), {"custody": "offered"}).context["page"].rows
    assert rows == [resealed]


def test_the_page_of_a_long_custody_asks_no_more_than_that_of_a_short_one(
    client, gyro, amal, django_assert_max_num_queries
):
    client.force_login(amal)
    there = reverse("evidence:item_detail", args=[gyro.pk])
    client.get(there)
    with django_assert_max_num_queries(200) as few:
        client.get(there)
    for number in range(8):
        services.store_item(gyro, place=f"Shelf {number}", by=amal)
    with django_assert_max_num_queries(len(few)):
        client.get(there)


def test_the_page_tells_who_explains_a_gap_and_who_may_then_waive_it(
    client, resealed, amal, lena, soraya, rami
):
    def told(user):
        client.force_login(user)
        there = reverse("evidence:item_detail", args=[resealed.pk])
        return client.get(there).content.decode()

    assert "First somebody who holds evidence in this case explains it" in told(rami)
    (gap,) = services.gaps_of(resealed)
    first = services.explain_gap(resealed, gap=gap.gap.key, words="Repacked", by=lena)
    second = services.explain_gap(resealed, gap=gap.gap.key, words="I saw it", by=soraya)
    waive = [reverse("evidence:gap_waive", args=[note.pk]) for note in (first, second)]
    assert waive[1] in told(rami)
    assert waive[0] in told(soraya), "who explained it too accepts what the other said"
    assert "A second person waives it" in told(amal)
    assert not [there for there in waive if there in told(amal)]


def test_whoever_has_no_word_in_it_is_offered_no_waiver(client, resealed, lena, soraya):
    paula = person("paula")
    investigations.admit_member(resealed.case, paula, roles=[Role.PROSECUTOR], by=soraya)
    (gap,) = services.gaps_of(resealed)
    note = services.explain_gap(resealed, gap=gap.gap.key, words="Repacked", by=lena)
    client.force_login(paula)
    page = client.get(reverse("evidence:item_detail", args=[resealed.pk])).content.decode()
    assert "Repacked" in page
    assert reverse("evidence:gap_waive", args=[note.pk]) not in page


def test_without_scripts_a_deed_of_custody_leads_back_to_the_custody(client, resealed, lena):
    client.force_login(lena)
    answer = client.post(reverse("evidence:store", args=[resealed.pk]), {"place": "Room 2"})
    assert answer["Location"].endswith("#custody")
