"""REST: published word lists, each in the very version that was loaded."""

from accounts.policy import SIGNED_IN
from catalogue.filters import TermFilter, VocabularyFilter
from catalogue.models import Term, Vocabulary
from core.rest import RecordViewSet
from core.row_serializer import RowSerializer


class VocabularySerializer(RowSerializer[Vocabulary]):
    """One version of a word list, where it comes from and under which licence."""

    class Meta:
        model = Vocabulary
        fields = ["id", "created_at", "key", "version", "title", "source", "licence", "note"]


class VocabularyViewSet(RecordViewSet[Vocabulary]):
    """Word lists, open to everybody who has signed in."""

    policy = SIGNED_IN
    model = Vocabulary
    serializer_class = VocabularySerializer
    filterset_class = VocabularyFilter


class TermSerializer(RowSerializer[Term]):
    """One word; `percent_min` and `percent_max` bound a probability in percent."""

    class Meta:
        model = Term
        fields = [
            *("id", "created_at", "vocabulary", "code", "label", "label_ar", "description"),
            *("percent_min", "percent_max", "order"),
        ]


class TermViewSet(RecordViewSet[Term]):
    """The words of the lists."""

    policy = SIGNED_IN
    model = Term
    serializer_class = TermSerializer
    filterset_class = TermFilter
