"""The pages of evidence with the exercise on them: no barriers, and none wider than a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from accounts.models import User
from catalogue.services import load_catalogue
from core.scope import system_scope
from evidence.models import Component, Item, LabExam, Marking, StoragePlace, TraceRequest
from investigations.models import Case
from investigations.services import commit_value
from reports.services import request_bundle
from workspace.exercise.load import load

pytestmark = pytest.mark.browser
PLAIN = {"theme": "light", "language": "en"}
LOOKS = [PLAIN, PLAIN | {"theme": "dark"}, PLAIN | {"language": "ar"}, {**PLAIN, "width": 390}]
LISTS = [
    *("workspace:home", "evidence:item_list", "evidence:labexam_list"),
    *("evidence:tracerequest_list", "evidence:rightofreply_list", "evidence:place_list"),
    *("evidence:loan_list", "evidence:capture", "investigations:request_list"),
]


@pytest.fixture
def lead(admin: User) -> Iterator[User]:
    """The lead of the exercise, with a bundle asked for and a value kept apart."""
    load_catalogue()
    with system_scope("load the exercise"):
        load(by=admin, on_step=lambda _text, _done, _steps: None)
        yield User.objects.get(username="soraya")


def pages(lead: User) -> list[str]:
    """Every page on which something of evidence is shown."""
    case = Case.objects.visible_to(lead).get()
    bundle = request_bundle(case, by=lead, up_to="red", language="en")
    kept = commit_value(case, "Farida K.", by=lead, about="who called")
    item, resealed = (Item.objects.get(exhibit_no=number) for number in ("A-07", "S-07"))
    exam, trace = LabExam.objects.get(), TraceRequest.objects.get()
    named = {
        "investigations:case_detail": case,
        "investigations:value_list": case,
        "investigations:value_detail": kept,
        "reports:case_bundles": case,
        "reports:bundle_detail": bundle,
        "evidence:file_detail": item.files.order_by("id").first(),
        "evidence:labexam_detail": exam,
        "evidence:labexam_edit": exam,
        "evidence:labexam_create": item,
        "evidence:tracerequest_detail": trace,
        "evidence:place_detail": StoragePlace.objects.get(name="Box 3"),
        "evidence:marking_edit": Marking.objects.get(confirmed_by__isnull=False),
        "evidence:marking_create": Component.objects.get(item=item),
        "evidence:rightofreply_create": case,
        "evidence:intake": case,
    }
    exhibits = [reverse("evidence:item_detail", args=[one.pk]) for one in (item, resealed)]
    records = [reverse(name, args=[row.pk]) for name, row in named.items() if row]
    return [*map(reverse, LISTS), *exhibits, *records]


def test_the_pages_of_evidence_have_no_barriers_and_fit_a_phone(open_as, lead):
    faults = {}
    paths = pages(lead)
    for looks in LOOKS:
        page = open_as(lead, "/profile/", **looks)
        for path in paths:
            page.goto(path)
            found = Axe().run(page).response["violations"]
            serious = [one["id"] for one in found if one["impact"] in {"serious", "critical"}]
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if serious or wide > 0:
                faults[str(looks), path] = [*serious, wide]
    assert faults == {}
