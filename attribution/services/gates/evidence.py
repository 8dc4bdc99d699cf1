"""Gates of what is cited: custody without gaps, comparisons that stand, originators who agree."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Agency
from attribution.models import OriginatorConsent
from attribution.services.gates.gate import Examined, Gate
from attribution.services.gates.standing import page_of
from comparison.models import Link
from core.markings import TLP_ORDER, Tlp
from evidence.models import Item
from evidence.services.custody_gap import gaps_of_each


def of_custody(examined: Examined) -> Iterator[Gate]:
    """Each gap in the custody of a cited exhibit that no second person has waived.

    The exhibits of compared components are among them, as far as they lie in this case.
    """
    keys = [item.pk for item in examined.items]
    items = Item.objects.filter(pk__in=keys).with_open_gaps().select_related("case", "holder")
    for gap in gaps_of_each(list(items.order_by("exhibit_no"))):
        if gap.waiver is None:
            there = reverse("evidence:item_detail", args=[gap.item.pk])
            yield Gate("custody", told(gap.item, gap.words, gap.state), f"{there}#custody")


def told(item: Item, words: str, state: str) -> str:
    """One gap in words, and how far people have come with it."""
    facts = {"exhibit": item.exhibit_no, "gap": words}
    if state == "explained":
        return _("Custody of %(exhibit)s: %(gap)s It is explained, and not waived yet.") % facts
    return _("Custody of %(exhibit)s: %(gap)s It is neither explained nor waived.") % facts


def of_links(examined: Examined) -> Iterator[Gate]:
    """Each cited comparison that is no longer what two examiners confirmed."""
    cited = {one.link_id: one for one in examined.citations if one.link_id}
    stand = Link.objects.filter(pk__in=list(cited)).established()
    for key in cited.keys() - set(stand.values_list("pk", flat=True)):
        words = _(
            "A comparison cited here no longer stands: have it judged again, or remove it. It was"
            " %(comparison)s."
        ) % {"comparison": cited[key]}
        yield Gate("comparison", words, reverse("comparison:link_detail", args=[key]))


def of_originators(examined: Examined) -> Iterator[Gate]:
    """Each agency that keeps control of what the finding rests on and has not agreed to this text.

    The finding bears the originator control of all that it is drawn from, and of its case.
    """
    finding = examined.finding
    keepers = finding.handling.originators
    latest = finding.submissions.order_by("-number")[:1]
    agreed = OriginatorConsent.objects.filter(submission__in=latest).values("agency")
    for agency in Agency.objects.filter(pk__in=keepers).exclude(pk__in=agreed).order_by("name"):
        words = _("%(agency)s keeps control of what is cited and has not agreed to its release.")
        url = page_of(finding, "consents")
        yield Gate("originator", words % {"agency": agency.name}, url)


def of_marking(examined: Examined, tlp: str) -> Iterator[Gate]:
    """What goes out is marked at least as strictly as what it is made of."""
    finding = examined.finding
    bound = finding.handling.tlp
    if tlp in TLP_ORDER and TLP_ORDER.index(tlp) < TLP_ORDER.index(bound):
        words = _(
            "%(ref)s is handled as %(bound)s. To release it as %(tlp)s, have that lowered first."
        ) % {"ref": finding.ref, "bound": Tlp(bound).label, "tlp": Tlp(tlp).label}
        url = reverse("investigations:handling", args=["attribution.finding", finding.pk])
        yield Gate("marking", words, url)
