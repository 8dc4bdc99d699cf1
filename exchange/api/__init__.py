"""What the exchange room offers to programs."""

from exchange.api.arrival import ArrivalViewSet, ArrivedObjectViewSet
from exchange.api.stix import CaseStixViewSet
from exchange.api.taxii import TaxiiViewSet

__all__ = ["ArrivalViewSet", "ArrivedObjectViewSet", "CaseStixViewSet", "TaxiiViewSet"]
