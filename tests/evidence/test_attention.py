"""What of a case needs attention: gaps in custody that nobody waived, and what is overdue."""

import pytest
from django.urls import reverse

from evidence import services
from tests.evidence.test_gaps import resealed
from tests.evidence.test_loans import lend, overdue

__all__ = ["resealed"]


@pytest.fixture
def there(night_raid):
    return reverse("evidence:case_attention", args=[night_raid.pk])


def test_a_case_in_order_says_so(there, client, amal):
    client.force_login(amal)
    page = client.get(there)
    assert "No gap in custody is open, and nothing is overdue." in page.content.decode()


def test_an_open_gap_stands_there_with_its_exhibit_until_it_is_waived(
    there, resealed, client, amal, soraya, rami
):
    client.force_login(amal)
    page = client.get(there).content.decode()
    assert resealed.exhibit_no in page
    assert reverse("evidence:item_detail", args=[resealed.pk]) in page

    (gap,) = services.gaps_of(resealed)
    note = services.explain_gap(resealed, gap=gap.gap.key, words="The bag tore", by=soraya)
    assert "explained, not yet waived" in client.get(there).content.decode()

    services.waive_gap(note, words="Seen on the film", by=rami)
    assert resealed.exhibit_no not in client.get(there).content.decode()


def test_the_page_asks_little(there, resealed, client, amal, django_assert_max_num_queries):
    client.force_login(amal)
    client.get(there)
    with django_assert_max_num_queries(14):
        client.get(there)


def test_what_should_be_back_by_now_stands_there(there, gyro, client, amal, soraya):
    loan = overdue(lend(gyro, by=amal, second=soraya))
    client.force_login(amal)
    assert reverse("evidence:loan_detail", args=[loan.pk]) in client.get(there).content.decode()
