"""Mentions: a colleague named in a note is told of it, if the note is theirs to read."""

import pytest
from django.urls import reverse

from accounts.models import Agency
from core.markings import Handling
from investigations import services
from investigations.models import Notice, Role
from investigations.services.label import mark_more_strictly
from investigations.services.mention import names_in
from ledger.models import Entry
from tests.conftest import person


def told(user):
    return Notice.objects.visible_to(user).filter(kind="mentioned").count()


def test_a_user_name_is_found_with_its_dots_and_without_the_full_stop_of_the_sentence():
    text = "Ask @Lena. Then @k.o-7, not info@amal.example, nor a@b: @أمل!"
    assert names_in(text) == {"lena", "lena.", "k.o-7", "أمل"}
    assert names_in("@ nobody @@") == set()


def test_whoever_of_the_team_is_named_is_told_once_and_outsiders_are_not(
    night_raid, amal, lena, rami, omar
):
    services.write_note(night_raid, by=amal, text="@Lena and @lena: see @omar, says @amal.")
    assert [told(user) for user in (lena, rami, omar, amal)] == [1, 0, 0, 0]
    line = Entry.objects.get(act="investigations.note_written")
    assert line.facts["mentioned"] == [str(lena.pk)]


def test_nobody_is_told_of_a_note_that_a_label_or_their_place_keeps_from_them(
    night_raid, strike, soraya, amal, lena
):
    guard = Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")
    petra, odile = person("petra", agency=guard), person("odile")
    services.admit_member(night_raid, petra, roles=[Role.PARTNER], by=soraya)
    services.admit_member(night_raid, odile, roles=[Role.AUDITOR], by=soraya)
    soraya.clearance = 3
    soraya.save()
    mark_more_strictly(strike, Handling(clearance=2), by=soraya, reason="A source is named.")
    strike.refresh_from_db()
    words = "@lena @petra @odile: he was seen."
    services.write_note(night_raid, by=soraya, text=words, incident=strike)
    assert not Notice.objects.exists()


def test_the_notice_leads_to_the_note_and_repeats_none_of_it(client, night_raid, amal, lena, omar):
    note = services.write_note(night_raid, by=amal, text="@lena the **spar** is hollow")
    there = reverse("investigations:note_detail", args=[note.pk])
    client.force_login(lena)
    listed = client.get(reverse("investigations:request_list")).content.decode()
    assert there in listed and "hollow" not in listed
    assert "<strong>spar</strong>" in client.get(there).content.decode()
    client.force_login(omar)
    assert client.get(there).status_code == 404


@pytest.mark.parametrize("name", ["amal", "zoe"])
def test_naming_oneself_or_nobody_tells_nobody(night_raid, amal, name):
    services.write_note(night_raid, by=amal, text=f"@{name} was here")
    assert not Notice.objects.exists()
