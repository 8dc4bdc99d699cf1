"""Every address in the product, one line per room."""

from django.contrib import admin
from django.urls import include, path

from accounts.views.policy_report import policy_report

urlpatterns = [
    path("api/", include("config.api")),  # first: of programs' requests there are the most
    path("taxii2/", include("config.taxii")),
    path("peer/v1/", include("config.peer_doors")),
    path("", include("workspace.urls")),
    path("", include("accounts.urls")),
    path("", include("investigations.urls")),
    path("", include("evidence.urls")),
    path("", include("comparison.urls")),
    path("", include("attribution.urls")),
    path("", include("reports.urls")),
    path("", include("catalogue.urls")),
    path("", include("exchange.urls")),
    path("admin/", admin.site.urls),
    path("csp-report/", policy_report, name="policy_report"),
]
handler404 = "core.trouble.not_found"
handler500 = "core.trouble.server_error"
