"""Comments on paragraphs: raised by those who judge, answered by authors, resolved with words."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from attribution import services
from attribution.models import ReviewComment
from core.errors import Barred, Refused
from ledger.models import Entry
from tests.attribution.conftest import approve

LIMITS = "No radar was on.\n\nNo intercepts were available."


@pytest.fixture
def handed_in(technical, amal):
    """A version whose limits are told in two paragraphs."""
    services.amend_finding(technical, by=amal, version=1, limits=LIMITS)
    return services.submit_finding(technical, by=amal)


def remark(finding, *, by, text="Which radar?", **said):
    where = {"passage": "limits", "paragraph": 1, **said}
    return services.raise_comment(finding.submissions.latest("number"), by=by, text=text, **where)


def test_a_comment_is_about_the_words_of_one_paragraph(handed_in, rami):
    assert remark(handed_in, by=rami).quote == "No radar was on."
    assert remark(handed_in, by=rami, paragraph=2, quote="intercepts").quote == "intercepts"
    with pytest.raises(Refused, match="no such paragraph"):
        remark(handed_in, by=rami, paragraph=3)
    with pytest.raises(Refused, match="do not stand in that paragraph"):
        remark(handed_in, by=rami, quote="intercepts")


def test_its_words_stay_out_of_the_ledger(handed_in, rami):
    remark(handed_in, by=rami)
    line = Entry.objects.get(act="attribution.comment_raised")
    assert line.facts["passage"] == "limits"
    assert "radar" not in line.body


def test_only_those_who_judge_it_raise_one(handed_in, hala, amal, farid, lena, soraya, omar):
    for somebody in (amal, farid, lena, soraya, omar):
        with pytest.raises(PermissionDenied):
            remark(handed_in, by=somebody)
    handed_in.authors.add(hala)
    with pytest.raises(Refused, match="Authors answer"):
        remark(handed_in, by=hala)


def test_what_is_unresolved_blocks_approval(handed_in, rami, amal):
    comment = remark(handed_in, by=rami)
    with pytest.raises(Refused, match="unresolved: 1"):
        approve(handed_in, by=rami)
    services.answer_comment(comment, by=amal, text="The one of the harbour.")
    with pytest.raises(Refused, match="unresolved"):
        approve(handed_in, by=rami)
    services.resolve_comment(comment, by=amal, text="Named in version 2.")
    approve(handed_in, by=rami)


def test_what_is_raised_after_approval_blocks_release(handed_in, rami, amal, dana):
    approve(handed_in, by=rami)
    comment = remark(handed_in, by=dana)
    with pytest.raises(Barred) as refusal:
        services.release_finding(handed_in, by=dana, audience="team", tlp="amber")
    (reason,) = refusal.value.reasons
    assert reason.url.endswith(f"?version=1#{comment.anchor}")
    services.resolve_comment(comment, by=amal, text="It is the harbour’s.")
    services.release_finding(handed_in, by=dana, audience="team", tlp="amber")
    with pytest.raises(Refused, match="decided"):
        services.answer_comment(comment, by=amal, text="Too late.")


def test_whoever_raised_it_may_open_it_again_by_answering(handed_in, rami, amal):
    comment = remark(handed_in, by=rami)
    services.resolve_comment(comment, by=amal, text="It does not matter.")
    with pytest.raises(Refused, match="resolved already"):
        services.resolve_comment(comment, by=amal, text="Again.")
    services.answer_comment(comment, by=rami, text="It does.")
    assert ReviewComment.objects.unresolved().get() == comment
    services.resolve_comment(comment, by=rami, text="Seen in the log.")
    assert not ReviewComment.objects.unresolved().exists()


def test_a_third_person_neither_answers_nor_resolves(handed_in, rami, dana, farid, lena):
    comment = remark(handed_in, by=rami)
    for somebody in (farid, lena):
        with pytest.raises(PermissionDenied):
            services.answer_comment(comment, by=somebody, text="No.")
    with pytest.raises(Refused, match="The authors resolve"):
        services.resolve_comment(comment, by=dana, text="Fine.")
    with pytest.raises(Refused, match="Say in words"):
        services.answer_comment(comment, by=dana, text="  ")


def test_a_comment_outlives_its_version(handed_in, rami, amal):
    comment = remark(handed_in, by=rami)
    services.review_finding(handed_in, by=rami, verdict="return", comment="See the comment.")
    services.submit_finding(handed_in, by=amal)
    with pytest.raises(Refused, match="newer version"):
        services.raise_comment(
            comment.submission, by=rami, passage="limits", paragraph=1, text="Here."
        )
    with pytest.raises(Refused, match="unresolved"):
        approve(handed_in, by=rami)


def test_nothing_of_it_is_ever_changed(handed_in, rami):
    comment = remark(handed_in, by=rami)
    services.answer_comment(comment, by=rami, text="The big one.")
    for rows in (ReviewComment.objects.all(), comment.replies.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(text="Nothing")


def test_the_page_shows_them_beside_their_paragraphs(client, handed_in, rami, amal, omar):
    here = reverse("attribution:finding_paragraphs", args=[handed_in.pk])
    raising = reverse("attribution:comment_raise", args=[handed_in.pk])
    client.force_login(rami)
    typed = {"anchor": "limits-2", "quote": "radio", "text": "Which ones?"}
    refused = client.post(raising, typed)
    assert refused.status_code == 422
    assert "Which ones?" in refused.content.decode()
    assert client.post(raising, {**typed, "quote": ""}).status_code == 302

    client.force_login(amal)
    shown = client.get(here).content.decode()
    paragraph = shown.partition('id="limits-2"')[2].partition("</section>")[0]
    assert "No intercepts were available." in paragraph
    assert "Which ones?" in paragraph
    reply = reverse("attribution:comment_reply", args=[ReviewComment.objects.get().pk])
    assert client.post(reply, {"kind": "resolves", "text": ""}).status_code == 422
    assert client.post(reply, {"kind": "resolves", "text": "All bands."}).status_code == 302
    assert "All bands." in client.get(here).content.decode()
    client.force_login(omar)
    assert client.get(here).status_code == 404


def test_programs_raise_answer_and_resolve(handed_in, rami, amal, as_program):
    body = {
        "submission": str(handed_in.submissions.get().pk),
        "passage": "limits",
        "paragraph": 1,
        "text": "Which radar?",
    }
    made = as_program(rami).post("/api/v1/review-comments/", body, format="json")
    assert made.status_code == 201, made.json()
    here = f"/api/v1/review-comments/{made.json()['id']}/"
    author = as_program(amal)
    assert author.post(here + "answer/", {"text": "The big one."}).json()["is_resolved"] is False
    assert author.post(here + "resolve/", {"text": "Named."}).json()["is_resolved"] is True
    assert [said["kind"] for said in author.get(here).json()["replies"]] == ["answers", "resolves"]
