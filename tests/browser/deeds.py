"""What people do on the pages of a case between the alert and the measure: one function a deed."""

import re
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from investigations.models import Case


def local(moment: datetime) -> str:
    """A moment as the browser's own control takes it, for people whose zone is UTC."""
    return moment.strftime("%Y-%m-%dT%H:%M")


def save(page: Page) -> None:
    page.locator("main form").get_by_role("button", name="Save", exact=True).click()


def title_of(page: Page) -> Locator:
    """The heading of a page with its number and its state."""
    return page.locator("#page-title")


def open_case(page: Page, case: Case) -> None:
    page.goto(f"/cases/{case.pk}/")
    expect(title_of(page)).to_contain_text(case.ref)


def go_on_to(page: Page, case: Case, way: str) -> None:
    """From the page of the case to where its work goes on."""
    open_case(page, case)
    page.locator("#ways-on").get_by_role("link", name=way, exact=True).click()


def open_finding(page: Page, case: Case, ref: str) -> None:
    go_on_to(page, case, "Findings")
    page.locator("#finding-list").get_by_role("link", name=ref, exact=True).click()
    expect(title_of(page)).to_contain_text(ref)


def take_up(page: Page, need: str) -> None:
    """From home to what waits for this person."""
    page.goto("/")
    page.locator("#needs").get_by_role("link", name=need).click()
    expect(page.locator("#needs")).to_have_count(0)


def enter_incident(page: Page, case: Case, title: str) -> None:
    open_case(page, case)
    page.get_by_role("link", name="New incident").click()
    page.locator("#id_title").fill(title)
    page.locator("#id_attack_mode").select_option("one-way-attack-UAV")
    page.get_by_role("button", name="Enter the incident").click()
    expect(title_of(page)).to_contain_text(title)


def open_stage(page: Page, case: Case) -> None:
    """By the link beside the stages on the page of the case."""
    open_case(page, case)
    page.locator(f"main a[href='/cases/{case.pk}/stage/']").first.click()
    expect(title_of(page)).to_contain_text("Stage of the case")


def move_case(page: Page, case: Case, stage: str, *, told: str) -> None:
    """Through the gate to a stage, which is `told` so on the page."""
    open_stage(page, case)
    form = page.locator("#stage-form")
    form.locator("[name=move-stage]").select_option(stage)
    form.locator("[name=move-reason]").fill("The plan of the investigation has it so.")
    form.get_by_role("button", name="Move").click()
    expect(page.locator("#stages [aria-current=step]")).to_contain_text(told)


def conclude(page: Page, case: Case, reason: str) -> None:
    """With the outcome that the page proposes."""
    open_stage(page, case)
    expect(page.locator("[name=conclude-outcome]")).to_have_value("attributed")
    page.locator("[name=conclude-reason]").fill(reason)
    page.locator("#conclusion-form").get_by_role("button", name="Conclude").click()
    expect(title_of(page)).to_contain_text("Closed")


def reopen(page: Page, case: Case, reason: str) -> None:
    open_stage(page, case)
    page.locator("[name=reopen-ground]").select_option("new-evidence")
    page.locator("[name=reopen-reason]").fill(reason)
    page.locator("#reopening-form").get_by_role("button", name="Re-open").click()
    expect(title_of(page)).to_contain_text("Reopened")
    expect(page.locator("#stages [aria-current=step]")).to_contain_text("Analysis")


def log_exhibit(
    page: Page, case: Case, *, attack: str, kind: str, what: str, found: datetime
) -> None:
    """From the page of the case to its attack, and what was found there."""
    open_case(page, case)
    page.locator("#incidents").get_by_role("link", name=attack).click()
    page.get_by_role("link", name="Log an exhibit").click()
    page.get_by_label("Short description").fill(what)
    page.get_by_label("Kind").select_option(kind)
    page.locator("#id_recovered_at").fill(local(found))
    page.locator("#id_recovered_precision").select_option("minute")
    save(page)
    expect(title_of(page)).to_contain_text(what)


def hand_over_late(page: Page, to: User, at: datetime) -> None:
    """Written down only now, long after it happened."""
    page.locator("#hand_over > summary").click()
    form = page.locator("#hand_over-form")
    form.locator("[name=to]").select_option(str(to.pk))
    form.locator("[name=purpose]").fill("Examination of the electronics")
    form.locator("[name=at]").fill(local(at))
    form.locator("button[type=submit]").click()
    expect(page.locator("#custody")).to_contain_text(f"on its way to {to}")


def receive(page: Page, exhibit: str, by: User) -> None:
    take_up(page, "Exhibits to receive")
    page.locator("main").get_by_role("link", name=exhibit, exact=True).first.click()
    page.locator("#receive > summary").click()
    form = page.locator("#receive-form")
    form.locator("[name=receive-place]").fill("Laboratory, room 2")
    form.locator("button[type=submit]").click()
    expect(page.locator("#custody")).to_contain_text(f"Held by {by}")


def say_of_gap(page: Page, deed: str, words: str) -> None:
    """Explain the one gap of an exhibit, or waive it."""
    gap = page.locator("#custody-rail li.gap")
    gap.locator("summary", has_text=deed).click()
    form = gap.locator(f"form[action*='{deed.lower()}']")
    form.locator("[name=words]").fill(words)
    form.get_by_role("button", name=deed).click()
    expect(gap).to_contain_text(words)
    expect(page).to_have_url(re.compile("#custody$"))


def propose_hypothesis(page: Page, case: Case, statement: str, subject: UUID) -> None:
    """On the level of the unit that used the weapon; its two rivals come with it."""
    go_on_to(page, case, "Hypotheses")
    page.locator("#hypothesis-list").get_by_role("link", name="Propose").click()
    page.locator("#id_statement").fill(statement)
    page.locator("#id_refuted_by").fill("A launcher of another group within range that night.")
    page.locator("#id_level").select_option("5")
    page.locator("#id_subject").select_option(str(subject))
    save(page)
    expect(page.locator("#rivals .rows > li")).to_have_count(2)


def draft_finding(page: Page, words: dict[str, str]) -> None:
    """From the page of its hypothesis."""
    page.get_by_role("link", name="Draft a finding").click()
    fill_finding(page, words)
    expect(title_of(page)).to_contain_text("Draft")


def fill_finding(page: Page, words: dict[str, str]) -> None:
    for name, value in words.items():
        if name in ("likelihood", "confidence"):
            page.locator(f"[name={name}][value={value}]").check()
        else:
            page.locator(f"#id_{name}").fill(value)
    save(page)


def cite(page: Page, exhibit: str) -> None:
    page.locator("#cite-exhibit > summary").click()
    form = page.locator("#exhibit-form")
    form.locator("[name=exhibit-thing]").fill(exhibit)
    form.locator("[name=exhibit-stance]").select_option("supports")
    form.get_by_role("button", name="Cite").click()
    expect(page.locator("#supporting")).to_contain_text(exhibit)


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in for review").click()
    expect(title_of(page)).to_contain_text("In review")


def dissent(page: Page, text: str) -> None:
    """With a likelihood and a confidence of one's own."""
    page.locator("#dissent > summary").click()
    form = page.locator("#dissent-form")
    form.locator("[name=text]").fill(text)
    form.locator("[name=likelihood]").select_option("roughly-even-chance")
    form.locator("[name=confidence]").select_option("low")
    form.get_by_role("button", name="Sign the dissent").click()
    expect(page.locator("#dissents .rows")).to_contain_text(text)


def comment_on_statement(page: Page, text: str) -> None:
    page.get_by_role("link", name="Paragraphs and comments").click()
    page.get_by_role("link", name="Comment on it").first.click()
    expect(page).to_have_url(re.compile("at=statement-1"))
    form = page.locator("#comment-form")
    expect(form.locator("[name=anchor]")).to_have_value("statement-1")
    form.locator("[name=text]").fill(text)
    form.get_by_role("button", name="Comment").click()
    expect(the_comment(page)).to_contain_text(text)


def the_comment(page: Page) -> Locator:
    """The only comment on a version, with what was said in return."""
    return page.locator("li[id^='comment-']")


def reply(page: Page, kind: str, text: str) -> None:
    """Answer the comment, or resolve it."""
    thread = the_comment(page)
    thread.locator("summary").click()
    thread.locator(f"[name=kind][value={kind}]").check()
    thread.locator("[name=text]").fill(text)
    thread.locator("button[type=submit]").click()
    expect(thread.locator("p", has_text=text)).to_be_visible()


def approve(page: Page) -> None:
    form = page.locator("#review-form")
    expect(form).to_be_visible()
    for box in form.locator("[name=standards_met]").all():
        box.check()
    form.locator("[name=verdict][value=approve]").check()
    form.get_by_role("button", name="Sign", exact=True).click()


def propose_release(page: Page) -> None:
    """To prosecutors and courts, which takes a second authority."""
    form = page.locator("#release-form")
    form.locator("[name=audience]").select_option("prosecution")
    form.locator("[name=tlp]").select_option("amber")
    form.get_by_role("button", name="Propose the release").click()


def agree_to_release(page: Page) -> None:
    """The second authority, who was told of it at home."""
    take_up(page, "Requests that wait for your word")
    page.locator("#for-me").get_by_role("link", name="Decide").click()
    expect(page.locator("#request")).to_contain_text("prosecutors and courts")
    page.locator("#deeds").get_by_role("button", name="Agree").click()
    expect(title_of(page)).to_contain_text("Released")


def enter_measure(page: Page, authority: str) -> None:
    """An asset freeze, announced today."""
    page.get_by_role("link", name="Enter a measure").click()
    page.locator("#id_kind").select_option("asset-freeze")
    page.locator("#id_authority").fill(authority)
    page.locator("#id_step").select_option("announced")
    page.locator("#id_legal_ref").fill("Decision 2026/14")
    save(page)
    expect(title_of(page)).to_contain_text("Asset freeze")


def take_step(page: Page, kind: str, *, told: str) -> None:
    page.locator("#step-new > summary").click()
    form = page.locator("#step-form")
    form.locator("[name=kind]").select_option(kind)
    form.locator("[name=legal_ref]").fill("Official journal L 14")
    form.get_by_role("button", name="Enter the step").click()
    expect(page.locator("#step-2")).to_contain_text(told)


def set_follow_up(page: Page, task: str, owner: User) -> None:
    page.get_by_role("link", name="Set a follow-up").click()
    due: date = timezone.localdate() + timedelta(days=30)
    page.locator("#id_trigger").select_option("new-evidence")
    page.locator("#id_task").fill(task)
    page.locator("#id_owner").select_option(str(owner.pk))
    page.locator("#id_due").fill(due.isoformat())
    save(page)
    expect(page.locator("#follow-up")).to_contain_text(task)
    page.get_by_role("link", name="The measure", exact=True).click()
    expect(page.locator("#follow-ups")).to_contain_text(task)
