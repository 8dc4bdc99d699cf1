"""Addresses of the comparison room."""

from django.urls import path

from comparison.views import link, series

app_name = "comparison"
urlpatterns = [
    path("comparisons/", link.link_list, name="link_list"),
    path("comparisons/csv/", link.link_export, name="link_export"),
    path("comparisons/resume/", series.queue_resume, name="queue_resume"),
    path("comparisons/series/", series.series_judge, name="series_judge"),
    path(
        "comparisons/judgements/<uuid:judgement_id>/withdraw/",
        link.judgement_withdraw,
        name="judgement_withdraw",
    ),
    path("comparisons/<uuid:link_id>/", link.link_detail, name="link_detail"),
    path("comparisons/<uuid:link_id>/judge/", link.link_judge, name="link_judge"),
    path("comparisons/<uuid:link_id>/alarm/", link.alarm_resolve, name="alarm_resolve"),
]
