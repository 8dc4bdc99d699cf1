"""Where browsers report what a page tried and its policy refused; it goes to the security log."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.policy import PUBLIC, open_to
from core import security_log

LONGEST = 16_384  # bytes
MOST = 10  # reports in one request


@csrf_exempt
@require_POST
@open_to(PUBLIC)
def policy_report(request: HttpRequest) -> HttpResponse:
    """Note each report and forget it; a report is a claim by a stranger, so nothing is believed."""
    body = request.read(LONGEST + 1)
    if len(body) <= LONGEST:
        for report in reports_in(body):
            security_log.note("policy.broken", request, **facts_of(report))
    return HttpResponse(status=204)


def reports_in(body: bytes) -> list[dict[str, Any]]:
    """The reports of a request, in the old form or in that of the Reporting API."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if isinstance(told, dict):
        told = [told.get("csp-report")]
    found = [one.get("body", one) for one in told if isinstance(one, dict)] if told else []
    return [one for one in found if isinstance(one, dict)][:MOST]


def facts_of(report: dict[str, Any]) -> dict[str, str]:
    """Which rule was broken on which page by what; addresses without their query, no samples."""
    directive = report.get("effective-directive") or report.get("effectiveDirective")
    page = report.get("document-uri") or report.get("documentURL")
    blocked = report.get("blocked-uri") or report.get("blockedURL")
    source = report.get("source-file") or report.get("sourceFile")
    line = report.get("line-number") or report.get("lineNumber")
    return {
        "directive": str(directive or report.get("violated-directive") or ""),
        "page": without_query(page),
        "blocked": without_query(blocked),
        "source": without_query(source),
        "line": str(line or ""),
    }


def without_query(address: object) -> str:
    """Scheme, host and path of an address; a word such as `inline` stays as it is."""
    try:
        parts = urlsplit(str(address or ""))
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else parts.path
