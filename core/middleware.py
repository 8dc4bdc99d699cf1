"""What every answer passes on its way out: strict headers, and a note when it was a refusal."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import security_log

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self' {form_targets}",
        "frame-ancestors 'none'",
        "report-uri /csp-report/",
    ]
)
MODERN = "; report-to pages"
"""Over TLS alone: elsewhere browsers would drop the reports, and not use `report-uri` either."""
TRUSTED_TYPES = "; require-trusted-types-for 'script'; trusted-types default"
FIXED = {
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=()",
    "Reporting-Endpoints": 'pages="/csp-report/"',
    "X-Permitted-Cross-Domain-Policies": "none",
}


def strict_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Nothing inline, nothing from elsewhere, nothing kept by shared caches."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy_for(request))
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        return response

    return respond


def policy_for(request: HttpRequest) -> str:
    """What the browser shall refuse; in the administration jQuery needs to build HTML from text."""
    policy = POLICY.format(form_targets=" ".join(settings.FORM_TARGETS))
    policy += MODERN if request.is_secure() else ""
    place = request.resolver_match
    return policy if place and place.namespace == "admin" else policy + TRUSTED_TYPES


def note_refusals(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tell the security log who was refused what, and who changed something as administrator."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if event := worth_noting(request, response.status_code):
            security_log.note(event, request, status=response.status_code)
        return response

    return respond


def worth_noting(request: HttpRequest, status: int) -> str:
    """The event that an answer of this status means, or nothing.

    A missing page is one only where somebody signed in has named an object: it may be another's.
    """
    place = request.resolver_match
    if status == 403:
        return "access.denied"
    if status == 401:
        return "access.unauthenticated"
    if status == 404 and place and place.kwargs and request.user.is_authenticated:
        return "access.hidden"
    changing = request.method not in {"GET", "HEAD", "OPTIONS"}
    if place and place.namespace == "admin" and changing and status == 302:
        return "administration.changed"
    return ""
