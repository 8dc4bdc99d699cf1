"""TAXII 2.1, read only: one API root, and a collection for each sharing group of the asker's cases.

A collection holds what the team has put on offer to that group, the same for everybody in it.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts.authentication import BasicTokenAuthentication
from accounts.http import person
from accounts.models import User
from accounts.policy import SIGNED_IN
from exchange.api.taxii_question import ALL, Page, date_added, page_of
from exchange.api.taxii_words import MEDIA_TYPE, TaxiiNegotiation, TaxiiRenderer, explain
from exchange.formats.stix.words import MEDIA_TYPE as STIX
from exchange.formats.stix.words import moment
from exchange.http import in_collection
from exchange.models import StixVersion
from exchange.models.stix_version import StixVersionQuerySet
from exchange.services.collection import (
    Collection,
    collection_of,
    collections_of,
    titles_of,
)


class TaxiiViewSet(ViewSet):
    """Every address of the server; the key of a person opens what that person may read."""

    policy = SIGNED_IN
    authentication_classes = [BasicTokenAuthentication, SessionAuthentication]
    renderer_classes = [TaxiiRenderer]
    content_negotiation_class = TaxiiNegotiation
    schema = None

    def get_exception_handler(self) -> Callable[..., Any]:
        return explain

    def discovery(self, request: Request) -> Response:
        """Which API roots there are: one."""
        root = request.build_absolute_uri(reverse("taxii:root"))
        told = {"title": "Vestige", "default": root, "api_roots": [root]}
        return Response(
            {**told, "description": _("Cases as STIX 2.1, as far as you may read them.")}
        )

    def root(self, request: Request) -> Response:
        """What the API root speaks."""
        return Response(
            {
                "title": _("Cases"),
                "versions": [MEDIA_TYPE],
                "max_content_length": settings.LONGEST_BODY["json"],
            }
        )

    def collections(self, request: Request) -> Response:
        """A collection for each sharing group that the asker is in."""
        reader = person(request)
        found = collections_of(reader)
        titles = titles_of(found)
        told = [collection_told(each, titles[each.key], reader) for each in found]
        return Response({"collections": told} if told else {})

    def collection(self, request: Request, group: UUID) -> Response:
        """One collection."""
        found = self.found(group)
        return Response(collection_told(found, titles_of([found])[group], person(request)))

    def manifest(self, request: Request, group: UUID) -> Response:
        """What there is to fetch, without fetching it."""
        page = page_of(request, self.rows(group))
        told = [manifest_told(row) for row in page.rows]
        return answer(page, {"objects": told} if told else {})

    def objects(self, request: Request, group: UUID) -> Response:
        """The objects themselves."""
        return envelope(page_of(request, self.rows(group)))

    def one(self, request: Request, group: UUID, stix_id: str) -> Response:
        """One object."""
        return envelope(page_of(request, self.rows_of(group, stix_id)))

    def versions(self, request: Request, group: UUID, stix_id: str) -> Response:
        """Every version of one object that is on offer."""
        page = page_of(request, self.rows_of(group, stix_id), versions=ALL)
        told = [moment(row.modified) for row in page.rows]
        return answer(page, {"versions": told} if told else {})

    def found(self, group: UUID) -> Collection:
        """The collection, if the asker is in its group."""
        collection = collection_of(person(self.request), group)
        if collection is None:
            raise Http404
        return collection

    def rows(self, group: UUID) -> StixVersionQuerySet:
        """What is on offer in a collection."""
        return in_collection(self.found(group), person(self.request))

    def rows_of(self, group: UUID, stix_id: str) -> StixVersionQuerySet:
        """The versions of one object, if there are any."""
        rows = self.rows(group).filter(stix_id=stix_id)
        if not rows.exists():
            raise Http404
        return rows


def collection_told(collection: Collection, title: str, reader: User) -> dict[str, Any]:
    """A collection, and what is in it for whom."""
    description = collection.description(reader)
    return {
        "id": str(collection.key),
        "title": title,
        **({"description": description} if description else {}),
        "can_read": True,
        "can_write": False,
        "media_types": [STIX],
    }


def manifest_told(row: StixVersion) -> dict[str, str]:
    """One line of a manifest."""
    return {
        "id": row.stix_id,
        "date_added": date_added(row),
        "version": moment(row.modified),
        "media_type": STIX,
    }


def envelope(page: Page) -> Response:
    """Objects, exactly as they were put on offer."""
    told = [json.loads(row.body) for row in page.rows]
    return answer(page, {"objects": told} if told else {})


def answer(page: Page, told: dict[str, Any]) -> Response:
    """A page, and where the next one begins."""
    onward = {"more": True, "next": page.next} if page.next else {"more": False}
    return Response({**(onward if told else {}), **told}, headers=page.headers)
