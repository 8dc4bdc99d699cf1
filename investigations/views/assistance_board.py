"""The needs of a case as a board: a column for each state, a card for each need."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from core.listing import cut, link
from investigations.models import AssistanceNeed, AssistanceOffer, ContributionRequest
from investigations.models.assistance_words import UNDER_WAY, NeedStatus, Urgency

BOARD = "board"
MOST_CARDS = 200
ALWAYS = (*UNDER_WAY, NeedStatus.FULFILLED)
"""The way that help takes is shown whole, also where a stretch of it is empty."""
ASIDE = (NeedStatus.EXPIRED, NeedStatus.DECLINED)
"""What left that way has a column once something stands in it."""


@dataclass
class Card:
    """One need, with whom it was asked of and who offered."""

    need: AssistanceNeed
    requests: list[ContributionRequest] = field(default_factory=list)
    offers: list[AssistanceOffer] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, date, str]:
        """What is most urgent stands first, then what is due soonest."""
        urgency = -list(Urgency).index(Urgency(self.need.urgency))
        return urgency, self.need.needed_by or date.max, self.need.ref


@dataclass(frozen=True)
class BoardColumn:
    """One state, and the needs that have come so far."""

    state: NeedStatus
    cards: list[Card]


@dataclass(frozen=True)
class Board:
    """The columns in the order of the way; `is_cut` where older needs stand in the table alone."""

    columns: list[BoardColumn]
    offers: list[AssistanceOffer]
    requests: list[ContributionRequest]
    is_cut: bool

    @property
    def rows(self) -> list[AssistanceNeed]:
        """Every need that is on it."""
        return [card.need for column in self.columns for card in column.cards]


def is_board(request: SignedInRequest) -> bool:
    """True where the address asks for the board; the table is what one comes to otherwise."""
    return request.GET.get("view") == BOARD


def ways_of_seeing(request: SignedInRequest) -> list[dict[str, Any]]:
    """The table and the board as two addresses; each keeps what else was asked for."""
    board = is_board(request)
    table_url, board_url = link(request, view="table"), link(request, view=BOARD)
    return [
        {"label": _("Table"), "icon": "rows-3", "url": table_url, "current": not board},
        {"label": _("Board"), "icon": "columns-2", "url": board_url, "current": board},
    ]


def board_of(request: SignedInRequest, needs: QuerySet[AssistanceNeed]) -> Board:
    """These needs, the newest of them, each in the column of where it stands today."""
    newest, is_cut = cut(needs.order_by("-id"), MOST_CARDS)
    cards = {need.pk: Card(need) for need in newest}
    requests = ContributionRequest.objects.visible_to(request.user).filter(need__in=list(cards))
    offers = AssistanceOffer.objects.visible_to(request.user).filter(need__in=list(cards))
    asked, offered = list(requests.with_lists()), list(offers.with_lists())
    for one in reversed(asked):
        cards[one.need_id].requests.append(one)
    for offer in reversed(offered):
        cards[offer.need_id].offers.append(offer)
    columns = list(columns_of(cards.values()))
    return Board(columns, offered, asked, is_cut=is_cut)


def columns_of(cards: Iterable[Card]) -> Iterable[BoardColumn]:
    """The cards sorted into the states, first along the way, then what left it."""
    found: dict[NeedStatus, list[Card]] = {state: [] for state in (*ALWAYS, *ASIDE)}
    for card in cards:
        found[card.need.standing].append(card)
    for state, within in found.items():
        if within or state in ALWAYS:
            yield BoardColumn(state, sorted(within, key=lambda card: card.rank))
