"""PostgreSQL's own gate: what the querysets would let slip it does not give."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from core.markings import Handling
from core.scope import asking_as, system_scope
from evidence.models import Item
from investigations import services
from investigations.models import Case, CaseRecord, Membership, Note, Role
from investigations.models.label import Label
from investigations.models.row_security import (
    LEDGER,
    LEDGER_READ,
    lists_of,
    row_policies,
    tables_beside,
)
from ledger.models import Entry

pytestmark = pytest.mark.django_db


COUNT = "SELECT count(*) FROM {}"


def rows(sql, *values, who=None):
    """What PostgreSQL answers this person, with no queryset in between."""
    with asking_as(who), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def changed(sql, *values, who):
    with asking_as(who), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.rowcount


@pytest.fixture
def labelled(gyro, soraya, strike, night_raid, amal):
    """Every row of the case bears a label that only the lead is cleared for."""
    services.write_note(night_raid, by=amal, text="Noted.")
    soraya.clearance = 4
    soraya.save()
    label = Label.for_handling(Handling(clearance=3))
    for model in case_models():
        model._default_manager.all().update(label=label)
    return gyro


def case_models():
    return [model for model in apps.get_models() if issubclass(model, CaseRecord)]


@pytest.mark.parametrize("model", case_models(), ids=lambda model: model._meta.label)
def test_raw_questions_give_the_under_cleared_no_labelled_row(model, labelled, amal, soraya):
    table = model._meta.db_table
    assert rows(COUNT.format(table), who=amal) == [(0,)]
    there = rows(COUNT.format(table), who=soraya)
    with system_scope("how many there are"):
        assert there == [(model._default_manager.count(),)]


def test_nobody_at_all_is_given_nothing(labelled, night_raid):
    for table in row_policies():
        assert rows(COUNT.format(table)) == [(0,)], table


def test_a_hidden_row_is_not_changed_and_not_deleted(labelled, amal):
    told = "UPDATE evidence_item SET description = 'gone' WHERE id = %s"
    assert changed(told, labelled.pk, who=amal) == 0
    assert changed("DELETE FROM evidence_item WHERE id = %s", labelled.pk, who=amal) == 0
    assert Item.objects.get(pk=labelled.pk).description != "gone"


def test_nothing_is_written_into_a_case_of_others(night_raid, omar):
    note = Note(case=night_raid, author=omar, text="I was here")
    with asking_as(omar), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        note.save(force_insert=True)


def test_no_row_is_moved_into_a_case_of_others(night_raid, gyro, amal, nadias_case):
    moved = "UPDATE evidence_item SET case_id = %s WHERE id = %s"
    with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        changed(moved, nadias_case.pk, gyro.pk, who=amal)


@pytest.fixture
def nadias_case(db):
    from tests.conftest import person

    return services.open_case(
        person("nadia", may_open_cases=True), title="Other", public_title="Other", mandate="Other"
    )


def test_the_owner_of_the_tables_is_held_to_it_too(labelled, amal):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (program,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        (above,) = cursor.fetchone()
    try:
        if not above:
            assert rows("SELECT count(*) FROM evidence_item", who=amal) == [(0,)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{program}"')
    forced = rows(
        "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity", who=amal
    )
    assert {*row_policies(), LEDGER} <= {name for (name,) in forced}


def test_every_table_of_a_case_and_every_list_of_one_has_a_policy():
    tables = {Case._meta.db_table, LEDGER, *LEDGER_READ}
    for model in case_models():
        tables |= {model._meta.db_table, *(table for table, _seen in lists_of(model))}
    tables |= {table for table, _seen in tables_beside()}
    assert "comparison_key" in tables
    policies = {name for (name,) in rows("SELECT tablename FROM pg_policies")}
    assert policies == tables


def test_the_program_owns_nothing_and_may_not_step_past_it():
    ((owned,),) = rows("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
    rights = "rolsuper OR rolbypassrls OR rolcreaterole"
    asked = f"SELECT {rights} FROM pg_roles WHERE rolname = current_user"  # noqa: S608
    ((above,),) = rows(asked)
    assert (owned, above) == (0, False)


@pytest.mark.parametrize(
    "told",
    [
        "ALTER TABLE evidence_item DISABLE ROW LEVEL SECURITY",
        "DROP POLICY seen ON evidence_item",
        "CREATE POLICY all_of_it ON evidence_item USING (true)",
        "UPDATE ledger_entry SET act = 'nothing'",
    ],
)
def test_the_program_cannot_lift_it(told):
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(told)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_on_the_connection_for_whoever_asks_next(client, amal, gyro):
    client.force_login(amal)
    assert client.get(reverse("evidence:item_detail", args=[gyro.pk])).status_code == 200
    assert rows("SELECT count(*) FROM evidence_item") == [(0,)]
    assert rows("SELECT current_setting('vestige.asking', true)")[0][0] in (None, "")


def test_an_ended_place_and_a_closed_account_open_nothing(gyro, amal, night_raid):
    asked = "SELECT count(*) FROM evidence_item"
    assert rows(asked, who=amal) == [(1,)]
    amal.is_active = False
    amal.save()
    assert rows(asked, who=amal) == [(0,)]
    amal.is_active = True
    amal.save()
    place = Membership.objects.get(case=night_raid, user=amal)
    services.end_membership(place, by=night_raid.lead)
    assert rows(asked, who=amal) == [(0,)]


def test_an_auditor_is_given_the_ledger_and_no_content(gyro, omar, soraya, night_raid):
    services.admit_member(night_raid, omar, roles=[Role.AUDITOR], by=soraya)
    assert rows("SELECT count(*) FROM evidence_item", who=omar) == [(0,)]
    lines = rows("SELECT count(*) FROM ledger_entry WHERE log = %s", night_raid.pk, who=omar)
    assert lines == [(Entry.objects.of_log(night_raid.pk).count(),)]
