"""How far a key reaches: no further than its scopes, whatever its owner may do."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiToken, Scope

if TYPE_CHECKING:  # it reads the settings that name this class
    from rest_framework.views import APIView


class KeyReaches(BasePermission):
    """Reading takes `read`, entering and changing `write`, and what a door `decides` `decide`."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        token = request.auth
        if not isinstance(token, ApiToken):
            return True
        needed = scope_for(request, view)
        if needed in token.scopes:
            return True
        self.message = _("This key may not be used to %(scope)s. Issue another one.") % {
            "scope": needed.label
        }
        return False


def scope_for(request: Request, view: "APIView") -> Scope:
    """What a request asks of the key it comes with."""
    if request.method in SAFE_METHODS:
        return Scope.READ
    decides = getattr(view, "decides", ())
    return Scope.DECIDE if getattr(view, "action", "") in decides else Scope.WRITE
