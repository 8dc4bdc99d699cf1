"""The page for phones at the scene: it works without a line and holds nothing of any case."""

import json
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.http import SignedInRequest
from accounts.policy import PUBLIC, SIGNED_IN, open_to
from evidence.models import capturable_by

STYLES = ("tokens", "base", "page", "controls", "forms", "parts", "signals", "capture")
SCRIPTS = ("capture", "capture_store", "capture_outbox", "capture_form", "capture_voice", "trust")
ICONS = {size: f"img/icon-{size}.png" for size in (192, 512)}
MAY_ASK_FOR = "camera=(self), geolocation=(self), microphone=(self)"
MODULES = {"store": "capture_store", "outbox": "capture_outbox", "worker": "capture_worker"}

LOOKS = {
    "display": "standalone",
    "orientation": "portrait",
    "background_color": "#10151c",
    "theme_color": "#1f4fa3",
}


@open_to(PUBLIC)
@require_GET
def capture(request: HttpRequest) -> HttpResponse:
    """The empty page: whoever opens it learns nothing, and it opens without a line."""
    answer = render(request, "evidence/capture.html", {"styles": [f"css/{x}.css" for x in STYLES]})
    answer.headers["Permissions-Policy"] = MAY_ASK_FOR
    return answer


@open_to(SIGNED_IN)
@require_GET
def capture_state(request: SignedInRequest) -> JsonResponse:
    """Who is signed in, the word against forged requests, and the incidents to choose from."""
    incidents = [
        {
            "id": str(incident.pk),
            "case": str(incident.case_id),
            "name": f"{incident.case.ref} · {incident.ref} · {incident.title}",
        }
        for incident in capturable_by(request.user)
    ]
    told = {"person": str(request.user.pk), "name": str(request.user), "incidents": incidents}
    return JsonResponse({**told, "csrf": get_token(request)})


@open_to(PUBLIC)
@require_GET
def capture_worker(request: HttpRequest) -> HttpResponse:
    """The service worker: our modules under the addresses that this release gives them."""
    imports = [f'import * as {n} from "{static(f"js/{m}.js")}";' for n, m in MODULES.items()]
    text = "\n".join([*imports, f"worker.serve({json.dumps(addresses())}, store, outbox);", ""])
    return HttpResponse(text, content_type="text/javascript")


def addresses() -> dict[str, Any]:
    """Where the worker finds the server, and what it keeps at hand of this release."""
    shell = [
        *(static(f"css/{name}.css") for name in STYLES),
        *(static(f"js/{name}.js") for name in SCRIPTS),
        *(static(path) for path in ("vendor/icons.svg", "img/mark.svg", "img/favicon.svg")),
        *(static(path) for path in ICONS.values()),
        reverse("evidence:capture_manifest"),
    ]
    return {
        "page": reverse("evidence:capture"),
        "state": reverse("evidence:capture_state"),
        "statics": static("css/capture.css").partition("css/")[0],
        "shell": shell,
        "release": sha256(" ".join(shell).encode()).hexdigest()[:16],
        "uploads": reverse("api:uploads-list"),
        "captures": reverse("api:captures-list"),
    }


@open_to(PUBLIC)
@require_GET
def capture_manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to install the page."""
    told = {
        "id": reverse("evidence:capture"),
        "name": f"Vestige: {_('Capture')}",
        "short_name": _("Capture"),
        "start_url": reverse("evidence:capture"),
        "scope": reverse("evidence:capture"),
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "icons": pictures(),
    }
    return JsonResponse({**LOOKS, **told}, content_type="application/manifest+json")


def pictures() -> list[dict[str, str]]:
    """The pictures for the home screen: of the sizes that phones ask for, and one for any size."""
    drawn = [{"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"}]
    for size, path in ICONS.items():
        drawn.append({"src": static(path), "sizes": f"{size}x{size}", "type": "image/png"})
    return [{**one, "purpose": use} for one in drawn for use in ("any", "maskable")]
