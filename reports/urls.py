"""Addresses of the reports room."""

from django.urls import path

from reports.views import bundle, correspondence, dossier, export, report

app_name = "reports"
urlpatterns = [
    path("reports/", report.report_list, name="report_list"),
    path("reports/export/", export.report_export, name="report_export"),
    path("labels/", report.labels, name="labels"),
    path("traces/<uuid:trace_id>/letter.pdf", correspondence.trace_letter, name="trace_letter"),
    path("examinations/<uuid:exam_id>/letter.pdf", correspondence.exam_letter, name="exam_letter"),
    path("measures/<uuid:measure_id>/dossier.pdf", dossier.dossier, name="dossier"),
    path(
        "contributions/<uuid:asked_id>/letter.pdf",
        correspondence.assistance_letter,
        name="assistance_letter",
    ),
    path(
        "offers/<uuid:offer_id>/letter.pdf",
        correspondence.acceptance_letter,
        name="acceptance_letter",
    ),
    path("cases/<uuid:case_id>/reports/", report.case_reports, name="case_reports"),
    path("cases/<uuid:case_id>/reports/request/", report.report_request, name="report_request"),
    path("reports/<uuid:report_id>/", report.report_detail, name="report_detail"),
    path("reports/<uuid:report_id>/download/", report.report_download, name="report_download"),
    path("cases/<uuid:case_id>/bundles/", bundle.case_bundles, name="case_bundles"),
    path("cases/<uuid:case_id>/bundles/export/", export.bundle_export, name="bundle_export"),
    path("cases/<uuid:case_id>/bundles/request/", bundle.bundle_request, name="bundle_request"),
    path("bundles/<uuid:bundle_id>/", bundle.bundle_detail, name="bundle_detail"),
    path("bundles/<uuid:bundle_id>/download/", bundle.bundle_download, name="bundle_download"),
]
