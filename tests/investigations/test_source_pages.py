"""The pages on sources: a pseudonym for the team, and the identity for nobody but who asked."""

import pytest
from django.urls import reverse

from investigations import services
from investigations.models import Request, Source, SourceIdentity
from tests.investigations.test_sources import NAME, ZUBAYDAH, paula  # noqa: F401

pytestmark = pytest.mark.django_db
OPENING = {"purpose": "contact", "reason": "The hearing was moved"}


@pytest.fixture
def as_(client):
    """A browser in which this person has signed in."""

    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def witness(night_raid, soraya):
    """A witness whom one person alone may look up, and who it is."""
    source = services.enter_source(
        night_raid, by=soraya, kind="witness", needs_second_person=False, remarks="Saw it"
    )
    return services.write_identity(source, ZUBAYDAH, by=soraya, version=1)


def at(name, row):
    return reverse(f"investigations:{name}", args=[row.pk])


def test_a_source_is_entered_amended_and_cited_by_its_pseudonym(as_, night_raid, strike, amal):
    browser = as_(amal)
    typed = {"kind": "witness", "protection": "not-needed", "remarks": "Saw it"}
    answer = browser.post(at("source_create", night_raid), typed)
    source = Source.objects.get()
    assert answer.headers["Location"] == at("source_detail", source)
    assert "W-01" in browser.get(at("source_list", night_raid)).content.decode()
    form = browser.get(at("source_edit", source)).context["form"]
    typed = {"protection": "protected", "version": form["version"].value(), "as_read": "{}"}
    browser.post(at("source_edit", source), typed)
    source.refresh_from_db()
    assert source.protection == "protected"
    assert source.needs_second_person
    cited = {"citation": "Her account", "reliability": "B", "credibility": "2", "source": source.pk}
    browser.post(at("source_cite", strike), cited)
    page = browser.get(at("incident_detail", strike)).content.decode()
    assert "Her account" in page
    assert at("source_detail", source) in page
    assert "Her account" in browser.get(at("source_detail", source)).content.decode()


def test_the_lead_writes_and_opens_and_nothing_is_kept_by_the_browser(as_, night_raid, soraya):
    source = services.enter_source(night_raid, by=soraya, kind="witness", needs_second_person=False)
    browser = as_(soraya)
    page = browser.get(at("identity_write", source))
    html = page.content.decode()
    form = html[html.index('id="identity-form"') :]
    assert 'autocomplete="off"' in form
    assert "data-no-draft" in form[: form.index(">")]
    assert 'name="once"' not in form[: form.index("</form>")]
    typed = {"name": NAME, "version": page.context["form"]["version"].value()}
    answer = browser.post(at("identity_write", source), typed)
    assert answer.headers["Location"] == at("source_detail", source)
    assert NAME not in browser.get(at("source_detail", source)).content.decode()
    assert NAME not in browser.get(at("identity_write", source)).content.decode()
    shown = browser.post(at("identity_open", source), OPENING)
    assert NAME in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert "screen-only" in shown.content.decode()
    assert browser.get(at("identity_open", source)).status_code == 405


@pytest.mark.parametrize("deed", ["identity_open", "identity_ask", "identity_write", "erasure_ask"])
def test_colleagues_without_the_duty_are_refused(as_, witness, amal, deed):
    assert as_(amal).post(at(deed, witness), OPENING).status_code == 403


@pytest.mark.parametrize("deed", ["source_detail", "identity_write"])
def test_outsiders_find_nothing(as_, witness, omar, deed):
    assert as_(omar).get(at(deed, witness)).status_code == 404


def test_a_refused_opening_keeps_what_was_typed(as_, witness, soraya):
    answer = as_(soraya).post(at("identity_open", witness), {"purpose": "court", "reason": "Kept"})
    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()
    answer = as_(soraya).post(
        at("identity_open", witness), {"purpose": "contact", "reason": f"Ring {NAME}"}
    )
    assert answer.status_code == 422
    assert "Speaks Sorani" not in answer.content.decode()


def test_the_whole_way_with_a_second_person(as_, witness, soraya, dana):
    services.amend_source(witness, by=soraya, version=witness.version, needs_second_person=True)
    assert as_(soraya).post(at("identity_open", witness), OPENING).status_code == 422
    answer = as_(soraya).post(at("identity_ask", witness), OPENING)
    row = Request.objects.get()
    assert answer.headers["Location"] == at("request_detail", row)
    assert as_(soraya).post(at("identity_approve", row)).status_code == 422
    assert NAME not in as_(dana).get(at("request_detail", row)).content.decode()
    assert as_(dana).post(at("identity_approve", row)).status_code == 302
    page = as_(soraya).get(at("source_detail", witness)).content.decode()
    assert at("identity_open", witness) in page
    assert NAME in as_(soraya).post(at("identity_open", witness), OPENING).content.decode()
    assert as_(dana).post(at("identity_open", witness), OPENING).status_code == 403


def test_erasing_takes_two_in_the_browser_as_well(as_, witness, night_raid, soraya, dana):
    reason = {"reason": "Consent withdrawn"}
    as_(soraya).post(at("erasure_ask", witness), reason)
    row = Request.objects.get()
    assert as_(soraya).post(at("erasure_approve", row)).status_code == 422
    as_(dana).post(at("erasure_approve", row))
    assert not SourceIdentity.objects.exists()
    assert as_(soraya).post(at("erasure_ask_all", night_raid), {}).status_code == 422
    answer = as_(soraya).post(at("erasure_ask_all", night_raid), reason)
    assert answer.headers["Location"] == at("request_detail", Request.objects.first())
