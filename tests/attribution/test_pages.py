"""The pages: they work without scripts, keep what was typed, and show everyone what is theirs."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from attribution import services
from attribution.models import Actor, Finding, Hypothesis
from attribution.models.vocabulary import Standard
from investigations.models import Request
from tests.attribution.conftest import (
    REFUTED,
    WRITTEN,
    approve,
    hand_in_and_approve,
    supposed,
)

LABEL = "Subject of a hypothesis: not a finding"
NOTICE = "No attribution until concluded"
LISTS = ["actor_list", "hypothesis_list", "finding_list"]


def at(name, *args):
    return reverse(f"attribution:{name}", args=args)


def sign_in(client, user):
    client.force_login(user)
    return client


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_show_the_team_its_case_and_outsiders_nothing(client, finding, amal, omar, name):
    page = sign_in(client, amal).get(at(name)).content.decode()
    assert "Cormorant" in page
    assert NOTICE in page
    assert "Cormorant" not in sign_in(client, omar).get(at(name)).content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_many_questions_for_many_rows_as_for_few(
    client, finding, amal, night_raid, django_assert_max_num_queries, name
):
    sign_in(client, amal).get(at(name))
    with django_assert_max_num_queries(16) as few:
        client.get(at(name))
    for number in range(8):
        actor = services.enter_actor(night_raid, by=amal, name=f"Group {number}", kind="cell")
        rival = supposed(night_raid, amal, f"Group {number} did it.", level=5, subject=actor)
        services.draft_finding(rival, by=amal, **WRITTEN)
    with django_assert_max_num_queries(len(few)):
        client.get(at(name))


def test_outsiders_are_told_there_is_no_such_page(client, brigade, hypothesis, finding, omar):
    sign_in(client, omar)
    for name, row in [
        ("actor_detail", brigade),
        ("actor_edit", brigade),
        ("hypothesis_detail", hypothesis),
        ("hypothesis_edit", hypothesis),
        ("finding_create", hypothesis),
        ("finding_detail", finding),
        ("finding_edit", finding),
        ("finding_redline", finding),
        ("hypothesis_create", hypothesis.case),
    ]:
        assert client.get(at(name, row.pk)).status_code == 404, name
    for name in ("submit", "review", "dissent", "release", "withdraw", "supersede"):
        assert client.post(at(f"finding_{name}", finding.pk)).status_code == 404, name
    assert client.get(at("finding_detail", uuid4())).status_code == 404


def test_colleagues_without_the_duty_are_told_so(client, brigade, hypothesis, finding, lena, amal):
    services.submit_finding(finding, by=amal)
    sign_in(client, lena)
    for name, row in [
        ("actor_edit", brigade),
        ("hypothesis_create", hypothesis.case),
        ("hypothesis_edit", hypothesis),
        ("finding_create", hypothesis),
        ("finding_edit", finding),
    ]:
        assert client.get(at(name, row.pk)).status_code == 403, name
    for name in ("submit", "review", "release", "withdraw", "supersede", "cite"):
        route = "cite_exhibit" if name == "cite" else f"finding_{name}"
        assert client.post(at(route, finding.pk)).status_code == 403, name


def test_an_actor_is_entered_in_a_chosen_case(client, night_raid, amal, omar):
    assert sign_in(client, omar).get(at("actor_create")).status_code == 403
    sign_in(client, amal)
    typed = {
        "case": night_raid.pk,
        "name": "Harrier Cell",
        "kind": "cell",
    }
    typed["sensitivity"] = "ordinary"
    answer = client.post(at("actor_create"), typed, follow=True)
    actor = Actor.objects.get()
    assert actor.name == "Harrier Cell"
    assert LABEL in answer.content.decode()


def test_what_was_typed_is_kept_when_it_is_refused(client, night_raid, brigade, amal):
    typed = {"case": night_raid.pk, "name": brigade.name, "kind": "cell", "remarks": "Kept words"}
    typed["sensitivity"] = "ordinary"
    answer = sign_in(client, amal).post(at("actor_create"), typed)
    assert answer.status_code == 422
    assert "in the case already" in answer.content.decode()
    assert "Kept words" in answer.content.decode()


def test_a_stale_form_gets_409_and_both_texts(client, brigade, amal):
    typed = {"version": 1, "name": "New name", "kind": "cell", "sensitivity": "ordinary"}
    services.amend_actor(brigade, by=amal, version=1, remarks="Meanwhile")
    answer = sign_in(client, amal).post(at("actor_edit", brigade.pk), typed)
    assert answer.status_code == 409
    assert "Meanwhile" in answer.content.decode()
    assert "New name" in answer.content.decode()


def test_proposing_the_first_hypothesis_shows_its_rivals(client, night_raid, amal):
    there, typed = at("hypothesis_create", night_raid.pk), {"statement": "They did.", "level": 5}
    assert sign_in(client, amal).post(there, typed).status_code == 422
    answer = client.post(there, {**typed, "refuted_by": REFUTED}, follow=True)
    assert answer.status_code == 200
    assert "1 more hypothesis has to be proposed" in answer.content.decode()
    assert "None of the other hypotheses is true." in answer.content.decode()
    assert Hypothesis.objects.count() == 3


def test_rejecting_the_last_but_one_is_refused_on_the_page(
    client, night_raid, hypothesis, rival, making, amal
):
    sign_in(client, amal)
    reason = {"reason": "Excluded by radar."}
    assert client.post(at("hypothesis_reject", hypothesis.pk), reason).status_code == 302
    answer = client.post(at("hypothesis_reject", rival.pk), reason)
    assert answer.status_code == 422
    assert "At least two proposed hypotheses must compete" in answer.content.decode()
    assert client.post(at("hypothesis_reinstate", hypothesis.pk)).status_code == 302


def test_a_hypothesis_is_edited_and_superseded(client, hypothesis, amal):
    sign_in(client, amal)
    typed = {"version": 1, "statement": "The brigade launched two drones.", "level": 5}
    typed["refuted_by"] = REFUTED
    assert client.post(at("hypothesis_edit", hypothesis.pk), typed).status_code == 302
    form = client.get(at("hypothesis_supersede", hypothesis.pk)).content.decode()
    assert "The brigade launched two drones." in form
    assert client.post(at("hypothesis_supersede", hypothesis.pk), typed).status_code == 302
    assert Hypothesis.objects.get(supersedes=hypothesis).level == 5


def test_the_claim_is_built_of_separate_sentences(client, hypothesis, amal):
    sign_in(client, amal)
    form = client.get(at("finding_create", hypothesis.pk)).content.decode()
    assert "very likely (80–95 %)" in form
    assert "L6 directing" not in form
    answer = client.post(at("finding_create", hypothesis.pk), {**WRITTEN, "level": 5}, follow=True)
    text = re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())
    text = re.sub(r"\s+", " ", text)
    assert "This is judged very likely ( 80–95 % )." in text
    assert "Confidence in this judgement is moderate ." in text
    assert Finding.objects.get().is_by(amal)


def test_a_higher_rung_is_refused_with_a_sentence(client, making, amal):
    answer = sign_in(client, amal).post(at("finding_create", making.pk), {**WRITTEN, "level": 6})
    assert answer.status_code == 422
    assert "nothing on that rung establishes a higher one" in answer.content.decode()
    assert WRITTEN["limits"] in answer.content.decode()


def test_mixing_both_measures_is_refused_at_the_field(client, hypothesis, amal):
    words = "With high confidence they very likely did it."
    answer = sign_in(client, amal).post(
        at("finding_create", hypothesis.pk), {**WRITTEN, "level": 5, "statement": words}
    )
    assert answer.status_code == 422
    assert "Make it two sentences" in answer.content.decode()


def test_the_whole_path_through_the_pages(client, finding, gyro, amal, rami, dana, mira):
    page = at("finding_detail", finding.pk)
    sign_in(client, amal)
    cited = {"exhibit-thing": gyro.exhibit_no, "exhibit-stance": "contrary"}
    assert client.post(at("cite_exhibit", finding.pk), cited).status_code == 302
    assert client.post(at("finding_submit", finding.pk)).status_code == 302
    assert "others review and release it" in client.get(page).content.decode()

    sign_in(client, rami)
    signed = {"verdict": "approve", "standards_met": Standard.values[:4]}
    answer = client.post(at("finding_review", finding.pk), signed)
    assert answer.status_code == 422
    assert "Not approved while these are open" in answer.content.decode()
    signed["standards_met"] = Standard.values
    assert client.post(at("finding_review", finding.pk), signed).status_code == 302

    sign_in(client, dana)
    assert NOTICE in client.get(page).content.decode()
    decided = {"audience": "partners", "tlp": "amber"}
    assert client.post(at("finding_release", finding.pk), decided).status_code == 302
    asked = Request.objects.about(finding).get()
    answer = client.post(at("release_approve", asked.pk))
    assert answer.status_code == 422
    assert "Nobody decides what they asked for" in answer.content.decode()

    sign_in(client, mira)
    assert client.post(at("release_approve", asked.pk)).status_code == 302
    shown = client.get(page).content.decode()
    assert NOTICE not in shown
    assert LABEL not in shown
    actor_page = client.get(at("actor_detail", finding.subject_id)).content.decode()
    assert "Subject of a released finding" in actor_page


def test_a_report_is_cited_by_its_number(client, hypothesis, strike, report, amal):
    draft = services.draft_finding(hypothesis, by=amal, **WRITTEN)
    sign_in(client, amal)
    cited = {"report-thing": f"{strike.ref}/1", "report-stance": "supports"}
    assert client.post(at("cite_report", draft.pk), cited).status_code == 302
    again = client.post(at("cite_report", draft.pk), cited)
    assert again.status_code == 422
    cited["report-thing"] = f"{strike.ref}/7"
    answer = client.post(at("cite_report", draft.pk), cited)
    assert "No source report of this case has this number" in answer.content.decode()
    taken = client.post(at("citation_remove", draft.citations.get().pk))
    assert (taken.status_code, draft.citations.count()) == (302, 0)


def test_handing_in_too_early_says_everything_that_is_missing(client, hypothesis, amal):
    draft = services.draft_finding(hypothesis, by=amal, statement="They did it.")
    answer = sign_in(client, amal).post(at("finding_submit", draft.pk))
    assert answer.status_code == 422
    assert "Still to be written: likelihood, confidence" in answer.content.decode()


def test_a_dissent_is_signed_shown_and_taken_back_only_before_review(client, finding, amal):
    sign_in(client, amal)
    words, there = {"text": "The source is a party."}, at("finding_dissent", finding.pk)
    assert client.post(there, words).status_code == 422
    words |= {"likelihood": "unlikely", "confidence": "low"}
    assert client.post(there, words).status_code == 302
    assert "unlikely" in client.get(at("finding_detail", finding.pk)).content.decode()
    services.submit_finding(finding, by=amal)
    answer = client.post(at("dissent_take_back", finding.dissents.get().pk))
    assert answer.status_code == 422
    assert "stays in the record" in answer.content.decode()


def test_withdrawing_and_superseding(client, released, amal, dana):
    sign_in(client, amal)
    answer = client.post(at("finding_supersede", released.pk), follow=True)
    assert "F-02" in answer.content.decode()
    assert client.post(at("finding_supersede", released.pk)).status_code == 422
    assert client.post(at("finding_withdraw", released.pk)).status_code == 403
    sign_in(client, dana)
    assert client.post(at("finding_withdraw", released.pk), {}).status_code == 422
    reason = {"withdraw-reason": "The serial was cloned."}
    assert client.post(at("finding_withdraw", released.pk), reason).status_code == 302


def test_declining_a_release(client, finding, amal, rami, dana, mira):
    hand_in_and_approve(finding, author=amal, reviewer=rami)
    asked = services.release_finding(finding, by=dana, audience="team", tlp="red")
    sign_in(client, mira)
    there = reverse("investigations:request_refuse", args=[asked.pk])
    assert client.post(there).status_code == 422
    assert client.post(there, {"reason": "Not before the hearing."}).status_code == 302
    shown = client.get(at("finding_detail", finding.pk)).content.decode()
    assert "Not before the hearing." in shown


def test_the_redline_shows_what_changed_between_two_versions(client, finding, amal, rami):
    sign_in(client, amal)
    page = at("finding_redline", finding.pk)
    assert "Nothing to compare" in client.get(page).content.decode()
    services.submit_finding(finding, by=amal)
    services.review_finding(finding, by=rami, verdict="return", comment="Say more.")
    finding.refresh_from_db()
    services.amend_finding(
        finding,
        by=amal,
        version=finding.version,
        limits="No satellite intercepts were available.",
        likelihood="likely",
    )
    services.submit_finding(finding, by=amal)
    shown = client.get(page).content.decode()
    bare = re.sub(r"\s*(</?(?:del|ins)>)\s*", r"\1", shown)
    assert "<del>radio</del><ins>satellite</ins>" in bare
    assert "<del>very</del>likely" in bare
    assert "Nothing to compare" in client.get(page + "?version=1").content.decode()


def test_a_reviewer_who_has_signed_is_not_asked_again(client, finding, amal, rami):
    services.submit_finding(finding, by=amal)
    page = at("finding_detail", finding.pk)
    assert "review-form" in sign_in(client, rami).get(page).content.decode()
    approve(finding, by=rami)
    assert "review-form" not in client.get(page).content.decode()


def test_a_filter_shows_one_state_only(client, finding, technical, amal):
    services.submit_finding(finding, by=amal)
    sign_in(client, amal)
    shown = client.get(at("finding_list") + "?status=draft").content.decode()
    assert "Kestrel" in shown
    assert "launched the drone that" not in shown


def test_a_colleague_is_let_into_a_draft(client, finding, amal, farid, rami):
    sign_in(client, amal)
    assert client.post(at("author_admit", finding.pk), {"admit-author": rami.pk}).status_code == 422
    assert (
        client.post(at("author_admit", finding.pk), {"admit-author": farid.pk}).status_code == 302
    )
    assert sign_in(client, farid).get(at("finding_detail", finding.pk)).status_code == 200
