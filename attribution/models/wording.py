"""Keeps likelihood and confidence apart: one sentence never speaks of both (ICD 203)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCE = re.compile(r"(?<=[.!?;؟؛])\s+|\n+")
OF_CONFIDENCE = re.compile(r"\bconfiden(?:t|ce)\b|\bواثق|ثقة", re.IGNORECASE)
OF_LIKELIHOOD = re.compile(
    r"\b(?:un)?likely\b|\blikelihood\b|\bprobab(?:le|ly|ility)\b|\balmost certain|\bchance\b"
    r"|\d\s?%|مرجح|احتمال|محتمل",
    re.IGNORECASE,
)


def keep_measures_apart(text: str) -> None:
    """Refuse a sentence such as “we judge with high confidence that it is very likely …”."""
    for sentence in SENTENCE.split(text):
        if OF_CONFIDENCE.search(sentence) and OF_LIKELIHOOD.search(sentence):
            raise ValidationError(
                _("“%(sentence)s” speaks of likelihood and of confidence. Make it two sentences."),
                params={"sentence": sentence.strip()[:120]},
            )
