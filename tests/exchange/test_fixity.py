"""The nightly check of what came from elsewhere: tables that were imported, bundles of peers."""

import hashlib
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.identity import uuid7
from core.models import SYSTEM_LOG, Job
from evidence import vault as originals
from evidence.models.vocabulary import Fixity
from exchange import services, vault
from exchange.models import Delivery, TableImport
from exchange.services.fixity import CHECK
from investigations.models import Notice
from ledger.models import Entry
from tests.bells import answer, job_for
from tests.flipping import flipped, gone

DIFFERS = "The stored bytes differ"
TABLE = b"id,title\nR-1,Raid on the boathouse\n"
BUNDLE = b"what the coast guard was sent"


@pytest.fixture
def table(night_raid, amal):
    return services.receive_table(
        night_raid, by=amal, kind="incident", name="raids.csv", chunks=[TABLE]
    )


@pytest.fixture
def delivery(both):
    """What the mission sent to the coast guard, verified."""
    sha256 = hashlib.sha256(BUNDLE).hexdigest()
    vault.keep([BUNDLE], sha256=sha256, size=len(BUNDLE))
    return Delivery.objects.create(
        peer=both["here"], sequence=1, shipment=uuid7(), origin_case=uuid7(), origin_ref="C-0001",
        envelope="-", sha256=sha256, size=len(BUNDLE), tlp="amber", pap="amber", clearance=0,
        state=Delivery.State.VERIFIED,
    )  # fmt: skip


def lines(row, act):
    return Entry.objects.about(row).filter(act=act)


def page(client, person, name, row):
    client.force_login(person)
    return client.get(reverse(f"exchange:{name}", args=[row.pk])).content.decode()


def test_a_table_that_changed_is_flagged_on_its_page_and_told_to_the_leads_once(
    table, client, amal, soraya, caplog
):
    with flipped("evidence", originals.address(table.sha256)):
        assert services.check_bytes() == 1
        assert services.check_bytes() == 0
        table.refresh_from_db()
        shown = page(client, amal, "table_detail", table)
    assert table.fixity == Fixity.ALTERED
    assert DIFFERS in shown and "held against the file" in shown
    line = lines(table, "exchange.table_bytes_verified").get()
    assert (line.actor, line.facts["found"], line.log) == (None, "altered", table.case_id)
    assert "fixity.broken" in caplog.text
    notice = Notice.objects.visible_to(soraya).get(kind="file-broken")
    assert notice.door == reverse("exchange:table_detail", args=[table.pk])


def test_once_it_was_put_back_the_ledger_and_the_page_say_so(table, client, amal):
    with flipped("evidence", originals.address(table.sha256)):
        services.check_bytes()
    TableImport.objects.update(fixity_at=timezone.now() - timedelta(days=1))
    services.check_bytes()
    checks = lines(table, "exchange.table_bytes_verified")
    assert [line.facts["whole"] for line in checks.order_by("position")] == [False, True]
    shown = page(client, amal, "table_detail", table)
    assert DIFFERS not in shown and "Read again, and whole" in shown


def test_the_page_of_a_table_whose_file_is_gone_can_still_be_read(table, client, amal):
    with gone("evidence", originals.address(table.sha256)):
        services.check_bytes()
        shown = page(client, amal, "table_detail", table)
    assert DIFFERS in shown and "The stored file is missing" in shown


def test_a_delivery_that_is_lost_is_flagged_on_its_page_and_in_the_list(delivery, client, nadia):
    with gone("derived", vault.address(delivery.sha256)):
        services.check_bytes()
    delivery.refresh_from_db()
    assert delivery.fixity == Fixity.MISSING
    assert DIFFERS in page(client, nadia, "delivery_detail", delivery)
    assert "missing or unreadable" in client.get(reverse("exchange:delivery_list")).content.decode()
    line = lines(delivery, "exchange.delivery_bytes_verified").get()
    assert (line.log, line.facts["sha256"]) == (SYSTEM_LOG, delivery.sha256)


def test_what_was_let_go_of_on_purpose_is_not_missed(delivery, client, nadia):
    vault.drop(delivery.sha256)
    Delivery.objects.update(is_gone=True, fixity=Fixity.ALTERED)
    assert services.check_bytes() == 0
    assert DIFFERS not in page(client, nadia, "delivery_detail", delivery)


def test_one_worker_at_a_time_reads_and_a_bell_that_rings_twice_reads_once(table):
    services.ask_to_check_bytes()
    services.ask_to_check_bytes()
    job = answer(job_for(CHECK, SYSTEM_LOG))
    table.refresh_from_db()
    assert (job.state, table.fixity, table.fixity_by) == (Job.State.DONE, Fixity.WHOLE, CHECK)
    before = table.fixity_at
    answer(job)
    table.refresh_from_db()
    assert table.fixity_at == before
    assert not lines(table, "exchange.table_bytes_verified").exists()
