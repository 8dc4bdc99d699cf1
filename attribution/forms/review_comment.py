"""What is typed beside a paragraph: a comment on it, and what is said in return."""

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from attribution.methods.paragraphs import paragraphs_of
from attribution.models import ReviewReply, Submission
from attribution.models.vocabulary import Passage

BEGINNING = 60
"""Letters of a paragraph by which it is told from others."""


def anchors_of(submission: Submission) -> list[tuple[str, str]]:
    """Every paragraph of a version as `statement-1`, with how it begins."""
    return [
        (f"{passage}-{number}", told(Passage(passage), number, words))
        for passage in Passage.values
        for number, words in enumerate(paragraphs_of(str(submission.text.get(passage, ""))), 1)
    ]


def told(passage: Passage, number: int, words: str) -> str:
    """One paragraph, as it is chosen from a list."""
    facts = {"passage": passage.label, "number": number}
    place = _now("%(passage)s, paragraph %(number)s") % facts
    return f"{place}: {Truncator(words).chars(BEGINNING)}"


class CommentForm(forms.Form):
    """Which paragraph is meant, which of its words, and what there is to say."""

    anchor = forms.ChoiceField(label=_("Paragraph"))
    quote = forms.CharField(
        label=_("The words that you mean"),
        required=False,
        help_text=_("Copied from the paragraph. Without them the whole of it is meant."),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    text = forms.CharField(label=_("Comment"), widget=forms.Textarea({"rows": 4, "dir": "auto"}))

    def __init__(self, *args: Any, submission: Submission | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anchor: Any = self.fields["anchor"]
        anchor.choices = anchors_of(submission) if submission else []

    def facts(self) -> dict[str, Any]:
        """What was typed, as the service takes it."""
        passage, _dash, number = self.cleaned_data["anchor"].rpartition("-")
        said = {name: self.cleaned_data[name] for name in ("quote", "text")}
        return {**said, "passage": passage, "paragraph": int(number)}


class ReplyForm(forms.Form):
    """What is said in return, and whether that settles it."""

    kind = forms.ChoiceField(
        label=_("What your reply does"),
        choices=ReviewReply.Kind.choices,
        initial=ReviewReply.Kind.ANSWERS,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label=_("Reply"), widget=forms.Textarea({"rows": 3, "dir": "auto"}))
