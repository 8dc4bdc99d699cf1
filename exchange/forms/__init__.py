"""What may be typed in the exchange room."""

from exchange.forms.sharing import DOWNLOAD, OFFER, AcceptForm, ArrivalForm, KeyForm, StixForm
from exchange.forms.table import KeepMapForm, ReadingForm, TableForm, TakeMapForm
from exchange.forms.table_map import MapForm

__all__ = [
    "DOWNLOAD",
    "OFFER",
    "AcceptForm",
    "ArrivalForm",
    "KeepMapForm",
    "KeyForm",
    "MapForm",
    "ReadingForm",
    "StixForm",
    "TableForm",
    "TakeMapForm",
]
