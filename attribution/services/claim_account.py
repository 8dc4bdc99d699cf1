"""What is claimed of each fact, side by side: what conflicts, and how many origins stand behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch

from accounts.models import User
from attribution.methods.contradictions import AFFIRMS, Said, contradictions
from attribution.methods.origins import Told, count_origins, folded, origins_of
from attribution.models import Claim
from attribution.models.claim_words import BLAMES, Fact, Stance
from core.grading import Credibility
from investigations.models import Case, CaseRecord


@dataclass
class Side:
    """Claims that say the same of one fact, and from how many independent origins."""

    denies: bool
    says: str
    claims: list[Claim] = field(default_factory=list)
    origins: int = 0


@dataclass
class Account:
    """All that is claimed of one fact of one thing, by what is said of it."""

    subject: CaseRecord
    fact: Fact
    sides: list[Side]
    origins: int
    is_contested: bool

    @property
    def number(self) -> int:
        """How many claims there are of it."""
        return sum(len(side.claims) for side in self.sides)


@dataclass(frozen=True)
class Weighed:
    """The standing claims of a case with their origins, and the pairs that cannot both be true."""

    claims: Mapping[UUID, Claim]
    origins: Mapping[UUID, frozenset[str]]
    pairs: frozenset[frozenset[UUID]]
    withdrawn: frozenset[UUID]

    def against(self, claim: Claim) -> list[Claim]:
        """Those that cannot be true together with this one."""
        keys = {key for pair in self.pairs if claim.pk in pair for key in pair} - {claim.pk}
        return [self.claims[key] for key in self.claims if key in keys]

    def of_one_origin(self, claim: Claim) -> list[Claim]:
        """Those of the same fact that come from where it comes from: they confirm nothing of it."""
        own = self.origins.get(claim.pk, frozenset())
        shared = [one for key, one in self.claims.items() if self.origins[key] & own]
        return [one for one in shared if one != claim and said(one)[:2] == said(claim)[:2]]

    def counts(self, claim: Claim) -> bool:
        """False for what was taken back, takes back, or did not come from whom it names."""
        taken_back = claim.stance == Stance.RETRACTS or claim.pk in self.withdrawn
        return not (taken_back or claim.is_known_fake)

    def independent(self, claims: Iterable[Claim]) -> int:
        """How many independent origins stand behind those of these claims that count."""
        keys = [one.pk for one in claims if one.pk in self.origins and self.counts(one)]
        return count_origins(keys, self.origins)

    def lacks_confirmation(self, claim: Claim) -> bool:
        """True where it is graded as confirmed by others, and no other origin says the same."""
        if claim.credibility != Credibility.CONFIRMED or claim.pk not in self.claims:
            return False
        same = [one for one in self.claims.values() if said(one) == said(claim)]
        return self.independent(same) < 2

    def accounts(self, claims: Iterable[Claim]) -> list[Account]:
        """These claims by what they are about and which fact, in the order of the facts."""
        groups: dict[tuple[UUID, str], list[Claim]] = {}
        for claim in claims:
            groups.setdefault((thing(claim).pk, claim.fact), []).append(claim)
        told = [self.account(group) for group in groups.values()]
        order = list(Fact)
        return sorted(told, key=lambda one: (one.subject.pk, order.index(one.fact)))

    def account(self, claims: list[Claim]) -> Account:
        """Claims of one fact of one thing, what has most origins first."""
        sides: dict[tuple[bool, str], Side] = {}
        for claim in claims:
            denies = claim.stance not in AFFIRMS
            key = (denies, folded(value_of(claim)))
            sides.setdefault(key, Side(denies, value_of(claim))).claims.append(claim)
        for side in sides.values():
            side.origins = self.independent(side.claims)
        ranked = sorted(sides.values(), key=lambda side: (-side.origins, side.claims[0].ref))
        keys = {claim.pk for claim in claims}
        conflict = any(pair <= keys for pair in self.pairs)
        first = claims[0]
        return Account(thing(first), Fact(first.fact), ranked, self.independent(claims), conflict)


def standing_claims(case: Case, reader: User) -> dict[UUID, Claim]:
    """Every standing claim of the case that this person may read, with what it comes from."""
    seen = Claim.objects.visible_to(reader)
    above = Prefetch("rests_on", seen.only("pk", "case", "label"))
    rows = seen.filter(case=case).standing().with_lists().prefetch_related(above)
    return {claim.pk: claim for claim in rows.order_by("id")}


def origins_in(case: Case, reader: User) -> Mapping[UUID, frozenset[str]]:
    """Where each standing claim of the case comes from in the end."""
    seen = Claim.objects.visible_to(reader)
    above = Prefetch("rests_on", seen.only("pk", "case", "label"))
    told = seen.filter(case=case).standing().with_voices().prefetch_related(above)
    return origins_of([as_told(one) for one in told.order_by("id")])


def weigh(case: Case, reader: User) -> Weighed:
    """Every standing claim of the case that this person may read, weighed against the others."""
    claims = standing_claims(case, reader)
    told = [as_told(one) for one in claims.values()]
    taken_back = {one.answers_id for one in claims.values() if one.stance == Stance.RETRACTS}
    return Weighed(
        claims=claims,
        origins=origins_of(told),
        pairs=frozenset(contradictions(as_said(one) for one in claims.values())),
        withdrawn=frozenset(key for key in taken_back if key),
    )


def contested_in(case: Case, reader: User) -> frozenset[UUID]:
    """Which standing claims of the case another one contradicts, of those this person may read."""
    rows = Claim.objects.visible_to(reader).filter(case=case).standing().with_lists()
    return frozenset[UUID]().union(*contradictions(as_said(one) for one in rows))


def as_told(claim: Claim) -> Told:
    """A claim as the method of origins takes it; what it rests on was read along."""
    above = frozenset(one.pk for one in claim.rests_on.all())
    return Told(claim.pk, claim.voice, claim.independence_group, above)


def as_said(claim: Claim) -> Said:
    """A claim as the method of contradictions takes it."""
    thing_key, fact, value, stance = said(claim)
    return Said(claim.pk, str(thing_key), fact, value, stance, claim.answers_id)


def said(claim: Claim) -> tuple[UUID, str, str, str]:
    """What makes two claims say the same: of what, of which fact, which value, and how."""
    return thing(claim).pk, claim.fact, folded(value_of(claim)), claim.stance


def value_of(claim: Claim) -> str:
    """What it says of its fact; whoever blames says a name, even where nothing else is given."""
    named = claim.actor.name if claim.actor and claim.stance in BLAMES else ""
    return claim.value or named


def thing(claim: Claim) -> CaseRecord:
    """What it speaks of; the database holds that there is something."""
    subject = claim.subject
    if subject is None:
        raise ValueError(f"{claim.ref} is about nothing.")
    return subject
