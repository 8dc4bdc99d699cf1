"""Which notices a person gets by e-mail, chosen in the browser."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.policy import SIGNED_IN, open_to
from core.forms import typed
from core.http import OK, attempt
from investigations import services
from investigations.forms import MailChoiceForm
from investigations.models import MailChoice
from investigations.models.mail_choice import mail_goes_out

PAGE = "investigations/mail_choice.html"


@open_to(SIGNED_IN)
@require_http_methods(["GET", "POST"])
def mail_choice(request: SignedInRequest) -> HttpResponse:
    chosen = MailChoice.objects.filter(user=request.user).first()
    form = MailChoiceForm(typed(request), initial={"kinds": chosen.kinds if chosen else []})
    status = OK
    if request.method == "POST":
        _done, status = attempt(form, lambda: services.choose_mail(by=request.user, **said(form)))
        if status == OK:
            return redirect("investigations:mail_choice")
    context = {"form": form, "by_mail": mail_goes_out(), "email": request.user.email}
    return render(request, PAGE, context, status=status)


def said(form: MailChoiceForm) -> dict[str, list[str]]:
    """What was ticked."""
    return form.cleaned_data
