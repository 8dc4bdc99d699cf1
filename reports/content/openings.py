"""How letters begin and what they always ask: fixed sentences, by who reads them."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop
from django.utils.translation import gettext_noop as _later

from evidence.models.trace_words import RecipientKind


@dataclass(frozen=True)
class Opening:
    """How a letter begins and what it always asks, by who reads it."""

    greeting: str
    text: str
    questions: tuple[str, ...]


OPENINGS = {
    RecipientKind.MAKER: Opening(
        _later("Dear Sir or Madam,"),
        _later(
            "In an investigation under our mandate, components were recovered that bear your "
            "marks. We ask you to tell us what your records say of them. That they were recovered "
            "says nothing about your conduct."
        ),
        (
            _later("Are they genuine products of yours?"),
            _later("When were they made, and where?"),
            _later(
                "To whom were they first delivered, when, and under which invoice?",
            ),
            _later("If there is no record, why: has the period of retention ended?"),
        ),
    ),
    RecipientKind.DISTRIBUTOR: Opening(
        _later("Dear Sir or Madam,"),
        _later(
            "In an investigation under our mandate, components were recovered that, as we were "
            "told, passed through your firm. We ask you to tell us what your records say of them. "
            "That they were recovered says nothing about your conduct."
        ),
        (
            _later("From whom did you receive them, and when?"),
            _later("To whom did you deliver them, when, and under which documents?"),
            _later("If there is no record, why: has the period of retention ended?"),
        ),
    ),
    RecipientKind.STATE: Opening(
        _later("Excellencies,"),
        _later(
            "In an investigation under our mandate, components were recovered that, as they are "
            "marked or as we were told, come from or passed through your territory. We ask the "
            "competent authorities to tell us what their records say of them."
        ),
        (
            _later(
                "Were they made in, imported to, exported from or carried through your territory, "
                "and when?"
            ),
            _later("Under which licences, declarations or end-user certificates?"),
            _later("Who was the consignee named there?"),
        ),
    ),
    RecipientKind.INTERPOL: Opening(
        _later("Dear colleagues,"),
        _later(
            "We ask you to pass this request on to the national bureaus concerned, and to search "
            "the databases at your disposal for the marks below."
        ),
        (
            _later("Were items with these marks reported lost, stolen or seized?"),
            _later("Which bureaus hold records of them?"),
        ),
    ),
    RecipientKind.CENTRE: Opening(
        _later("Dear colleagues,"),
        _later("We ask you to trace the items below from their maker to the last recorded holder."),
        (
            _later("Who made or imported them, and when?"),
            _later("Who was the first buyer, and who the last recorded holder?"),
            _later("If they cannot be traced, why?"),
        ),
    ),
}
"""The same sentences as the letter on the page has (`templates/evidence/letters`)."""

TO_A_PARTNER = Opening(
    gettext_noop("Dear colleagues,"),
    gettext_noop(
        "In an investigation under our mandate we need help that your agency may be able to give. "
        "We ask you to consider the following, and to tell us on which terms you could contribute."
    ),
    (
        gettext_noop("What could you contribute, and from when?"),
        gettext_noop("Whom would you send, and to what would they need access?"),
        gettext_noop("How may what you share be kept, copied and published?"),
        gettext_noop("Which cost do you bear, and which privileges and immunities do you ask for?"),
    ),
)

ACCEPTANCE = Opening(
    gettext_noop("Dear colleagues,"),
    gettext_noop(
        "We thank you for your offer and accept it. What was agreed on is set out below; it stays "
        "so until both of us agree otherwise in writing."
    ),
    (),
)

ON_CONDITIONS = Opening(
    gettext_noop("Dear colleagues,"),
    gettext_noop(
        "We thank you for your offer and accept it on the conditions named below. What was agreed "
        "on stays so until both of us agree otherwise in writing."
    ),
    (),
)

TO_A_LABORATORY = Opening(
    _later("Dear colleagues,"),
    _later("We ask you to examine the exhibits named below and to answer the following question."),
    (),
)
