"""What an error's page or report may show: never what was typed, nor a word marked as sensitive."""

from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class Discretion(SafeExceptionReporterFilter):
    """Holds back at all times, also where DEBUG shows tracebacks, whatever the page was about."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always: a developer's machine may hold a copy of real cases."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        """The names of the fields that were sent, without a word of what they said."""
        sent = super().get_post_parameters(request)
        return dict.fromkeys(sent, self.cleansed_substitute)
