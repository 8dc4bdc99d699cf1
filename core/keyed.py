"""REST doors that do what is sent twice with one key only once."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from core.errors import Refused
from core.models import Once
from core.services.once import do_once, fingerprint

Row = TypeVar("Row", bound=models.Model)
LONGEST_KEY = 200


def kept(response: Response, told: dict[str, Any]) -> Response:
    """The same answer, of which this is kept for whoever sends the same again with the same key."""
    setattr(response, "kept", told)  # noqa: B010
    return response


class KeyedViewSet(GenericViewSet[Row]):
    """Honours `Idempotency-Key` on every POST; subclasses say `again` what was said before."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Once it is known who asks: a request with a key of its own is done once."""
        super().initial(request, *args, **kwargs)
        if request.method == "POST" and "Idempotency-Key" in request.headers:
            deed = partial(self.once, deed=getattr(self, self.action))
            setattr(self, "post", deed)  # noqa: B010

    def once(
        self, request: Request, *args: Any, deed: Callable[..., Response], **kw: Any
    ) -> Response:
        """Do it, or say again what was said when the same key brought the same body."""
        key = request.headers["Idempotency-Key"]
        if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
            raise Refused(_("An Idempotency-Key is 1 to 200 printable ASCII characters."))
        files = [file for _name, several in request.FILES.lists() for file in several]
        return do_once(
            request.user.pk,  # type: ignore[arg-type]  # no stranger comes this far
            f"rest {key}",
            fingerprint("POST", request.get_full_path(), self.said(request), files),
            deed=lambda: deed(request, *args, **kw),
            again=self.again,
        )

    def said(self, request: Request) -> Any:
        """What tells this request from another with the same address; files count by themselves."""
        return sorted(request.POST.lists()) if request.FILES else request.data

    def again(self, once: Once) -> Response:
        """The answer of before, read anew through the rights of whoever asks now."""
        raise NotImplementedError
