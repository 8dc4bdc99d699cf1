"""What programs that follow are told of what weighs blame: no draft of another, nor that it is."""

from attribution import services
from attribution.models import ActorName
from tests.exchange.following import Copy, commit


def begun(program):
    """A copy that is up to date."""
    copy = Copy(program)
    commit()
    copy.follow()
    return copy


def findings(copy):
    return {key for kind, key in copy.records if kind == "findings"}


def test_a_draft_of_another_is_not_spoken_of(finding, amal, farid, as_program):
    copy = begun(as_program(farid))
    finding.refresh_from_db()
    services.amend_finding(finding, by=amal, version=finding.version, limits="No radar.")
    commit()
    assert [line for line in copy.follow() if "findings" in str(line)] == []


def test_a_finding_is_told_once_it_is_handed_in_and_forgotten_once_it_is_returned(
    finding, amal, farid, rami, as_program
):
    copy, overseer = begun(as_program(farid)), begun(as_program(rami))
    services.submit_finding(finding, by=amal)
    commit()
    copy.follow()
    assert findings(copy) == {str(finding.pk)}

    services.review_finding(finding, by=rami, verdict="return", comment="Say which radar.")
    commit()
    lines = copy.follow()
    assert "reset" in {line["op"] for line in lines}
    assert str(finding.pk) not in str(lines), "nothing says which it was"
    assert findings(copy) == set()
    overseer.follow()
    assert findings(overseer) == {str(finding.pk)}


def test_a_name_that_is_struck_is_struck_from_the_actor_that_is_told(brigade, amal, as_program):
    copy = begun(as_program(amal))
    services.strike_name(ActorName.objects.get(), by=amal)
    commit()
    assert [line["record"]["names"] for line in copy.follow()] == [[]]
