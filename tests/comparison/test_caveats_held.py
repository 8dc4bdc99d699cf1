"""Tables of comparison hold back what a caveat keeps here, at either end of a pair."""

import pytest
from django.urls import reverse

from accounts.models import Agency
from evidence import services as evidence

ONLY_THE_OTHERS = {"leave_out": "on"}


def text_of(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.fixture
def bound(gyros, amal):
    """The exhibit of one of the two gyroscopes, which a bureau lets go nowhere."""
    bureau = Agency.objects.create(name="Federal Bureau", short_name="FB", kind="partner")
    item = gyros[1].item
    evidence.add_caveat(
        item, by=amal, kind="no-onward-release", agency=bureau, reason="Letter 4 of May."
    )
    return item


@pytest.mark.parametrize("door", ["comparison:link_export", "comparison:commonality_export"])
def test_a_table_is_refused_with_what_keeps_it_and_goes_without_it_when_asked(
    client, link, gyros, bound, lena, door
):
    client.force_login(lena)
    refused = client.post(reverse(door))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert bound.exhibit_no in page and "no onward release · FB" in page
    text = text_of(client.post(reverse(door), ONLY_THE_OTHERS))
    assert "1 exhibit left out under a caveat" in text.splitlines()[0]
    assert bound.exhibit_no not in text


def test_a_pair_goes_as_soon_as_the_agency_consents(client, link, bound, lena, soraya):
    evidence.lift_caveat(
        bound.caveats.get(),
        by=soraya,
        consented_by="A. Roe",
        consented_on=bound.created_at.date(),
        consent_ref="Fax 9",
    )
    client.force_login(lena)
    text = text_of(client.post(reverse("comparison:link_export")))
    assert bound.exhibit_no in text and "left out" not in text.splitlines()[0]
