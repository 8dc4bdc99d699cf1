"""A row is told by its door word for word as the library that the door is made of would tell it."""

import importlib
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from rest_framework.request import Request
from rest_framework.serializers import ModelSerializer
from rest_framework.test import APIRequestFactory

from core.row_serializer import RowSerializer
from core.scope import system_scope
from evidence import services as evidence
from evidence.api.component import ComponentSerializer
from evidence.api.item import ItemSerializer
from exchange.api.reading import Teller
from investigations.api.incident import IncidentSerializer

pytestmark = pytest.mark.usefixtures("furnished", "board", "sticker")
A_FEW = 3


def kinds(of: type[RowSerializer]) -> Iterator[type[RowSerializer]]:
    for kind in of.__subclasses__():
        if hasattr(kind, "Meta") and kind.__module__.split(".")[0] != "tests":
            yield kind
        yield from kinds(kind)


def told(kind, row, reader):
    """By ours and by the library's, each with a serializer of its own."""
    request = Request(APIRequestFactory().get("/"))
    request.user = reader
    ours, usual = (kind(context={"request": request}) for _time in range(2))
    return ours.to_representation(row), usual_words(usual, row)


def usual_words(serializer, row):
    """What a serializer would say if it inherited straight from the library."""
    return ModelSerializer.to_representation(serializer, row)


def test_every_door_tells_its_rows_as_the_library_would(amal, gyro, night_raid):
    evidence.receive_file(night_raid, by=amal, chunks=[b"film"], name="film.bin", item=gyro)
    importlib.import_module("config.urls")
    assert get_resolver().url_patterns
    compared = set()
    with system_scope("rows of every kind are held against each other"):
        for kind in kinds(RowSerializer):
            if kind.to_representation is not RowSerializer.to_representation:
                continue
            for row in kind.Meta.model._default_manager.all()[:A_FEW]:
                try:
                    ours, usual = told(kind, row, amal)
                except AttributeError:  # its door reads more along with the row
                    continue
                assert ours == usual, kind
                assert list(ours) == list(usual), kind
                compared.add(kind.Meta.model.__name__)
    assert {"Item", "Incident", "Component", "File", "Marking", "Case"} <= compared


def test_fields_that_were_not_asked_for_are_not_told(amal, gyro, as_program):
    whole = as_program(amal).get(f"/api/v1/items/{gyro.pk}/").json()
    part = as_program(amal).get(f"/api/v1/items/{gyro.pk}/?fields=id,kind,holder").json()
    assert part == {name: whole[name] for name in ("id", "kind", "holder")}
    assert as_program(amal).get(f"/api/v1/items/{gyro.pk}/").json() == whole


@pytest.mark.parametrize("kind", [ItemSerializer, IncidentSerializer, ComponentSerializer])
def test_the_feed_copies_the_columns_of_rows_that_are_told_as_they_stand(kind):
    assert not Teller(kind(), kind.Meta.model, {}).is_special
