"""Lists: sorted by their heads, cut by keyset, nothing shown twice and nothing left out."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory

from core.listing import Column, page_of

COLUMNS = [Column("Name", "username"), Column("Seen", "last_login"), Column("Agency")]


@pytest.fixture
def crowd(db):
    """Twelve people, of whom every third never signed in and pairs did so at the same moment."""
    people = get_user_model()
    for number in range(12):
        seen = None if number % 3 == 0 else datetime(2026, 1, 1 + number // 2, tzinfo=UTC)
        people.objects.create_user(f"p{number:02}", last_login=seen)
    return people.objects.all()


def ask(crowd, query):
    return page_of(RequestFactory().get("/people/" + query), crowd, COLUMNS, size=5)


@pytest.mark.parametrize(
    "sort", ["", "username", "-username", "last_login", "-last_login"], ids=lambda sort: sort or "-"
)
def test_walking_forward_shows_everyone_once_and_walking_back_the_same_pages(crowd, sort):
    query, pages = f"?sort={sort}", []
    while query:
        page = ask(crowd, query)
        pages.append([row.username for row in page.rows])
        last, query = page, page.next_url
    walked = [name for names in pages for name in names]
    assert sorted(walked) == sorted(crowd.values_list("username", flat=True))

    back, query = [pages[-1]], last.previous_url
    while query:
        page = ask(crowd, query)
        back.insert(0, [row.username for row in page.rows])
        query = page.previous_url
    assert back == pages


def test_those_never_seen_come_after_the_latest(crowd):
    seen = [row.last_login for row in ask(crowd, "?sort=-last_login").rows if row.last_login]
    assert len(seen) == 5 and seen == sorted(seen, reverse=True)


def test_a_head_sorts_and_then_turns_round(crowd):
    plain, sorted_ = ask(crowd, "?q=x"), ask(crowd, "?q=x&sort=username")
    assert plain.columns[0].url == "?q=x&sort=username"
    assert (sorted_.columns[0].direction, sorted_.columns[0].url) == (
        "ascending",
        "?q=x&sort=-username",
    )
    assert plain.columns[2].url == ""


@pytest.mark.parametrize("query", ["?after=nonsense", "?sort=password", "?before="])
def test_a_broken_address_shows_the_first_page(crowd, query):
    assert [r.pk for r in ask(crowd, query).rows] == [r.pk for r in ask(crowd, "").rows]


def test_a_page_is_one_query(crowd, django_assert_num_queries):
    with django_assert_num_queries(1):
        ask(crowd, "?sort=-last_login")
