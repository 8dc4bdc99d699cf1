"""Lists as tables to take away: the rows a person may see, marked, and written in the ledger."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.scope import system_scope
from evidence import services as evidence
from evidence.models import Item
from investigations import services
from investigations.models import Case, Incident
from ledger.models import Entry


def taken(client: Client, address: str, query: str = "") -> tuple[str, list[dict[str, str]], Any]:
    """The first line, the rows by head, and the answer itself."""
    answer = client.post(f"{reverse(address)}?{query}")
    assert answer.status_code == 200, answer
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    first, _, table = text.partition("\r\n")
    return first, list(csv.DictReader(io.StringIO(table, newline=""))), answer


def lines(act: str) -> list[Entry]:
    return list(Entry.objects.filter(act=act).order_by("at"))


def test_a_list_goes_out_with_its_marking_and_leaves_a_line(
    client: Client, amal: User, gyro: Item
) -> None:
    client.force_login(amal)
    first, rows, answer = taken(client, "evidence:item_export", "status=collected&q=")

    assert [row["Exhibit"] for row in rows] == [gyro.exhibit_no]
    assert rows[0]["Handling"].startswith("TLP:AMBER")
    assert first.startswith('"# TLP:AMBER') and "Handled by Vestige" in first and "1 rows" in first
    assert "exhibits-TLP-AMBER-" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    (line,) = lines("evidence.items_exported")
    assert (line.actor, line.log) == (amal, gyro.case_id)
    assert line.facts["rows"] == 1 and line.facts["asked"] == {"status": "collected"}


def test_only_the_rows_of_the_filter_go_out(
    client: Client, amal: User, strike: Incident, harbour: Incident
) -> None:
    client.force_login(amal)
    _first, rows, _answer = taken(
        client, "investigations:incident_export", f"theatre={harbour.theatre_id}"
    )
    assert [row["Reference"] for row in rows] == [harbour.ref]


def test_a_stranger_takes_nothing_and_a_reading_takes_nothing(
    client: Client, omar: User, gyro: Item
) -> None:
    client.force_login(omar)
    for address in ("evidence:item_export", "investigations:incident_export"):
        _first, rows, _answer = taken(client, address)
        assert rows == []
        assert client.get(reverse(address)).status_code == 405
    assert lines("evidence.items_exported") == []


def test_what_was_typed_is_no_formula(client: Client, amal: User, strike: Incident) -> None:
    evidence.log_item(
        strike.case,
        by=amal,
        incident=strike,
        kind=Item._meta.get_field("kind").related_model.objects.get(code="pcb"),
        description='=HYPERLINK("http://x","y")',
    )
    client.force_login(amal)
    _first, rows, _answer = taken(client, "evidence:item_export")
    assert rows[0]["What it is"] == '\'=HYPERLINK("http://x","y")'


def test_a_table_of_two_cases_tells_neither_team_what_was_asked(
    client: Client, soraya: User, strike: Incident
) -> None:
    other = services.open_case(
        soraya, title="Harbour", public_title="An incident", mandate="Article 3"
    )
    services.enter_incident(other, by=soraya, title="Second raid", attack_mode="unknown")
    client.force_login(soraya)
    taken(client, "investigations:incident_export", "q=raid&status=")
    taken(client, "investigations:incident_export", "q=")
    assert {line.log for line in lines("investigations.incidents_exported")} <= {
        strike.case_id,
        other.pk,
    }
    both = [one for one in lines("investigations.incidents_exported") if one.facts["asked"] == []]
    assert len(both) == 2


@pytest.mark.parametrize("address", ["comparison:link_export"])
def test_comparisons_go_out_too(client: Client, lena: User, address: str) -> None:
    client.force_login(lena)
    first, rows, _answer = taken(client, address)
    assert rows == [] and "0 rows" in first


def test_a_page_with_rows_offers_the_table(client: Client, amal: User, gyro: Item) -> None:
    client.force_login(amal)
    page = client.get(f"{reverse('evidence:item_list')}?status=collected").content.decode()
    assert f'action="{reverse("evidence:item_export")}?status=collected"' in page


def test_many_rows_are_not_held_in_memory(
    client: Client,
    amal: User,
    night_raid: Case,
    strike: Incident,
    django_assert_max_num_queries: Any,
) -> None:
    with system_scope("a long list for one test"):
        Incident.objects.bulk_create(
            Incident(case=night_raid, ref=f"I-{n:05d}", title=f"Attack {n}") for n in range(1200)
        )
    client.force_login(amal)
    with django_assert_max_num_queries(60):
        _first, rows, _answer = taken(client, "investigations:incident_export")
    assert len(rows) == 1201
