"""TAXII 2.1, read only: one API root, and one collection for each case that the asker may read.

A collection holds what the team has put on offer and the asker may see of it. Its identifier is
that of the case.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from accounts.authentication import BasicTokenAuthentication
from accounts.http import person
from accounts.policy import SIGNED_IN
from attribution.models.named import neutral_title
from exchange.api.taxii_question import ALL, Page, date_added, page_of
from exchange.api.taxii_words import MEDIA_TYPE, TaxiiNegotiation, TaxiiRenderer, explain
from exchange.formats.stix.words import MEDIA_TYPE as STIX
from exchange.formats.stix.words import moment
from exchange.http import on_offer
from exchange.models import StixVersion
from exchange.models.stix_version import StixVersionQuerySet
from investigations.models import Case


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
        """A collection for each case."""
        cases = Case.objects.visible_to(person(request)).order_by("id")
        told = [collection_told(case) for case in cases]
        return Response({"collections": told} if told else {})

    def collection(self, request: Request, case_id: UUID) -> Response:
        """One collection."""
        return Response(collection_told(self.case(case_id)))

    def manifest(self, request: Request, case_id: UUID) -> Response:
        """What there is to fetch, without fetching it."""
        page = page_of(request, self.rows(case_id))
        told = [manifest_told(row) for row in page.rows]
        return answer(page, {"objects": told} if told else {})

    def objects(self, request: Request, case_id: UUID) -> Response:
        """The objects themselves."""
        return envelope(page_of(request, self.rows(case_id)))

    def one(self, request: Request, case_id: UUID, stix_id: str) -> Response:
        """One object."""
        return envelope(page_of(request, self.rows_of(case_id, stix_id)))

    def versions(self, request: Request, case_id: UUID, stix_id: str) -> Response:
        """Every version of one object that is on offer."""
        page = page_of(request, self.rows_of(case_id, stix_id), versions=ALL)
        told = [moment(row.modified) for row in page.rows]
        return answer(page, {"versions": told} if told else {})

    def case(self, case_id: UUID) -> Case:
        """The case of a collection."""
        return get_object_or_404(Case.objects.visible_to(person(self.request)), pk=case_id)

    def rows(self, case_id: UUID) -> StixVersionQuerySet:
        """What is on offer in a collection."""
        return on_offer(self.case(case_id), person(self.request))

    def rows_of(self, case_id: UUID, stix_id: str) -> StixVersionQuerySet:
        """The versions of one object, if there are any."""
        rows = self.rows(case_id).filter(stix_id=stix_id)
        if not rows.exists():
            raise Http404
        return rows


def collection_told(case: Case) -> dict[str, Any]:
    """A collection under the public title of its case: programs put titles into many places."""
    return {
        "id": str(case.pk),
        "title": f"{case.ref} {neutral_title(case)}",
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
