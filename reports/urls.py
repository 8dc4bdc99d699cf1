"""Addresses of the reports room."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("reports/", views.report_list, name="report_list"),
    path("labels/", views.labels, name="labels"),
    path("cases/<uuid:case_id>/reports/", views.case_reports, name="case_reports"),
    path("cases/<uuid:case_id>/reports/request/", views.report_request, name="report_request"),
    path("reports/<uuid:report_id>/", views.report_detail, name="report_detail"),
    path("reports/<uuid:report_id>/download/", views.report_download, name="report_download"),
]
