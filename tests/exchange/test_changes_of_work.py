"""Tasks, notes and reports are told as they are made, changed, hidden and shown again."""

from accounts.models import Agency
from investigations import services
from investigations.models import Role, Task
from reports import services as reports
from tests.conftest import person
from tests.exchange.following import commit, told_by_the_doors

KINDS = ("tasks", "notes", "reports")


def told(lines):
    return {(line["op"], line["kind"], line["id"]) for line in lines if line["kind"] in KINDS}


def test_tasks_and_notes_are_told_as_their_doors_show_them(following, night_raid, amal, lena):
    copy = following(amal)
    task = services.set_task(night_raid, by=amal, title="Weigh the spar", owner=lena)
    note = services.write_note(night_raid, by=amal, text="It rained.")
    commit()
    assert told(copy.follow()) == {
        ("put", "tasks", str(task.pk)),
        ("put", "notes", str(note.pk)),
    }
    services.complete_task(task, by=lena)
    commit()
    assert told(copy.follow()) == {("put", "tasks", str(task.pk))}
    shown = {each: row for each, row in copy.records.items() if each[0] in KINDS}
    assert shown == told_by_the_doors(copy.program, *KINDS)
    assert copy.records["tasks", str(task.pk)]["owner"] == "lena"


def test_a_task_that_is_marked_beyond_a_reader_goes_and_one_that_is_gone_is_forgotten(
    following, night_raid, amal, soraya, hide
):
    kept = services.set_task(night_raid, by=amal, title="Ask the guard")
    gone = services.set_task(night_raid, by=amal, title="Fetch the log")
    copy, whole = following(amal), following(soraya)
    hide(kept)
    commit()
    assert told(copy.follow()) == {("gone", "tasks", str(kept.pk))}
    Task.objects.filter(pk=gone.pk).delete()
    commit()
    assert told(copy.follow()) == {("gone", "tasks", str(gone.pk))}
    whole.follow()
    assert [key for kind, key in whole.records if kind == "tasks"] == [str(kept.pk)]


def test_who_comes_onto_a_case_and_leaves_it_gains_and_loses_its_work(
    following, night_raid, amal, omar, soraya
):
    note = services.write_note(night_raid, by=amal, text="It rained.")
    copy = following(omar)
    place = services.admit_member(night_raid, omar, roles=[Role.ANALYST], by=soraya)
    commit()
    copy.follow()
    assert ("notes", str(note.pk)) in copy.records
    services.end_membership(place, by=soraya)
    commit()
    assert copy.follow() == [{"op": "lost", "case": str(night_raid.pk)}]
    assert copy.records == {}


def test_a_report_is_told_with_how_far_it_is(following, night_raid, amal):
    copy = following(amal)
    report = reports.request_report(night_raid, by=amal, language="en")
    commit()
    copy.follow()
    assert copy.records["reports", str(report.pk)]["state"] == "waiting"
    reports.give_up(report, "")
    commit()
    copy.follow()
    assert copy.records["reports", str(report.pk)]["state"] == "failed"


def test_a_partner_is_told_of_the_notes_that_both_agencies_read_and_of_no_other(
    following, night_raid, amal, soraya
):
    abroad = Agency.objects.create(name="Coast Guard", short_name="CG", kind="partner")
    petra = person("petra", agency=abroad)
    services.admit_member(night_raid, petra, roles=[Role.PARTNER], by=soraya)
    copy = following(petra)
    services.write_note(night_raid, by=amal, text="Among ourselves.")
    services.set_task(night_raid, by=amal, title="Ask the guard")
    theirs = services.write_note(night_raid, by=petra, text="From the coast.")
    commit()
    assert told(copy.follow()) == {("put", "notes", str(theirs.pk))}
