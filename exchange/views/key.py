"""Keys with which programs speak for a person: drawn here, shown once, revoked at once."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import ApiToken
from accounts.policy import SIGNED_IN, open_to
from accounts.services import issue_token
from exchange.forms import KeyForm
from exchange.models import WebhookReceiver
from investigations.models import Case


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def key_list(request: SignedInRequest) -> HttpResponse:
    form = KeyForm(request.POST or None, user=request.user)
    key = ""
    if request.method == "POST" and form.is_valid():
        _token, key = issue_token(request.user, by=request.user, **form.facts())
        form = KeyForm(user=request.user)
    tokens = list(ApiToken.objects.filter(user=request.user))
    bound = {case_id for token in tokens for case_id in token.case_ids}
    seen = Case.objects.visible_to(request.user).filter(pk__in=bound)
    refs = dict(seen.values_list("pk", "ref"))
    rows = [(token, [refs[key] for key in token.case_ids if key in refs]) for token in tokens]
    receivers = WebhookReceiver.objects.reading_as(request.user)
    context = {"form": form, "rows": rows, "new_key": key, "receivers": receivers}
    wrong = request.method == "POST" and not key
    return render(request, "exchange/key_list.html", context, status=422 if wrong else 200)
