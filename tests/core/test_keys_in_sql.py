"""Keys between PostgreSQL and the program: the same ones on either side."""

import pickle
from uuid import UUID, SafeUUID, uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Agency
from core.keys_in_sql import Keys, OneOf, key_read


@given(st.uuids())
def test_a_key_that_was_read_is_the_one_that_was_written(key):
    read = key_read(str(key), None)
    assert read == key
    assert hash(read) == hash(key)
    assert str(read) == str(key)
    assert pickle.loads(pickle.dumps(read)) == key  # noqa: S301
    assert read.is_safe is SafeUUID.unknown


def test_no_key_stays_none():
    assert key_read(None, None) is None


@pytest.mark.django_db
@pytest.mark.parametrize("key", [UUID(int=0), UUID(int=2**128 - 1), uuid4()])
def test_it_comes_through_the_database_alone_in_arrays_and_within_text(key):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, %s, %s::text, NULL::uuid", [key, [key, key], key])
        assert cursor.fetchone() == (key, [key, key], str(key), None)
        cursor.execute("SELECT %s::uuid[]", [[]])
        assert cursor.fetchone() == ([],)


@pytest.mark.django_db
def test_rows_are_found_by_any_of_many_keys():
    mission, office, other = (Agency.objects.create(name=name, short_name=name) for name in "MOX")
    found = Agency.objects.filter(OneOf("pk", Keys.of([mission.pk, office.pk, uuid4()])))
    assert set(found) == {mission, office}
    assert list(Agency.objects.exclude(OneOf("pk", Keys.of([mission.pk, office.pk])))) == [other]
    assert not Agency.objects.filter(OneOf("pk", Keys.of([]))).exists()
