"""Addresses of the workspace room."""

from django.urls import path

from workspace.views import activity, exercise, export, history, home, ledger, partner_log, search

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/export/", export.ledger_export, name="ledger_export"),
    path("cases/<uuid:case_id>/ledger/check/", ledger.ledger_check, name="ledger_check"),
    path("cases/<uuid:case_id>/activity/", activity.case_activity, name="case_activity"),
    path("cases/<uuid:case_id>/activity/export/", export.activity_export, name="activity_export"),
    path("history/<str:kind>/<uuid:row_id>/", history.history, name="history"),
    path("ledger/<uuid:entry_id>/", ledger.ledger_entry, name="ledger_entry"),
    path("ledger/<uuid:entry_id>/bytes/", ledger.ledger_bytes, name="ledger_bytes"),
    path("ledger/<uuid:entry_id>/proof/", ledger.ledger_proof, name="ledger_proof"),
    path("cases/<uuid:case_id>/partners/", partner_log.partner_log, name="partner_log"),
    path(
        "cases/<uuid:case_id>/partners/export/",
        export.partner_log_export,
        name="partner_log_export",
    ),
    path("exercise/", exercise.exercise, name="exercise"),
    path("exercise/start/", exercise.start_exercise, name="start_exercise"),
    path("exercise/passwords/", exercise.cast_passwords, name="cast_passwords"),
]
