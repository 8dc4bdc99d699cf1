"""Where the code of a label leads: to the page of the thing, for whoever may see it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from evidence.models import Item, StoragePlace


@open_to(SIGNED_IN)
@require_GET
def scanned(request: SignedInRequest, key: UUID) -> HttpResponse:
    if Item.objects.visible_to(request.user).filter(pk=key).exists():
        return redirect("evidence:item_detail", key)
    place = get_object_or_404(StoragePlace.objects.visible_to(request.user), pk=key)
    return redirect("evidence:place_detail", place.pk)
