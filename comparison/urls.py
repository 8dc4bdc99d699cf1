"""Addresses of the comparison room."""

from django.urls import path

from comparison.views import (
    batch,
    commonality,
    disclosure,
    export,
    hit,
    incident,
    link,
    photograph,
    series,
    weapon,
)

app_name = "comparison"
urlpatterns = [
    path("comparisons/hits/", hit.hit_list, name="hit_list"),
    path("comparisons/hits/export/", export.hit_export, name="hit_export"),
    path("comparisons/hits/seen/", disclosure.answers_seen, name="answers_seen"),
    path("comparisons/hits/<uuid:hit_id>/", hit.hit_detail, name="hit_detail"),
    path("comparisons/hits/<uuid:hit_id>/ask/", hit.disclosure_ask, name="disclosure_ask"),
    path(
        "comparisons/shared/<uuid:disclosure_id>/",
        disclosure.disclosure_detail,
        name="disclosure_detail",
    ),
    path(
        "comparisons/shared/<uuid:disclosure_id>/pictures/<int:number>/",
        disclosure.shared_picture,
        name="shared_picture",
    ),
    path("disclosures/<uuid:request_id>/", disclosure.disclosure_review, name="disclosure_review"),
    path(
        "disclosures/<uuid:request_id>/share/",
        disclosure.disclosure_share,
        name="disclosure_share",
    ),
    path(
        "disclosures/<uuid:request_id>/refuse/",
        disclosure.disclosure_refuse,
        name="disclosure_refuse",
    ),
    path("comparisons/", link.link_list, name="link_list"),
    path("comparisons/export/", export.link_export, name="link_export"),
    path("comparisons/resume/", series.queue_resume, name="queue_resume"),
    path("comparisons/series/", series.series_judge, name="series_judge"),
    path(
        "comparisons/judgements/<uuid:judgement_id>/withdraw/",
        link.judgement_withdraw,
        name="judgement_withdraw",
    ),
    path(
        "comparisons/photographs/<uuid:file_id>/",
        photograph.similar_photographs,
        name="similar_photographs",
    ),
    path("comparisons/<uuid:link_id>/", link.link_detail, name="link_detail"),
    path("batches/", batch.batch_list, name="batch_list"),
    path("batches/export/", export.batch_export, name="batch_export"),
    path("components/<uuid:component_id>/batch/", batch.batch_detail, name="batch_detail"),
    path("commonality/", commonality.commonality, name="commonality"),
    path("commonality/export/", export.commonality_export, name="commonality_export"),
    path("weapons/<uuid:weapon_id>/comparison/", weapon.weapon_detail, name="weapon_detail"),
    path("weapons/<uuid:weapon_id>/models/", weapon.weapon_models, name="weapon_models"),
    path(
        "weapons/<uuid:weapon_id>/against/",
        weapon.weapon_against,
        name="weapon_against",
    ),
    path(
        "incidents/<uuid:incident_id>/comparison/",
        incident.incident_detail,
        name="incident_detail",
    ),
    path(
        "incidents/<uuid:incident_id>/against/",
        incident.incident_against,
        name="incident_against",
    ),
    path("comparisons/<uuid:link_id>/judge/", link.link_judge, name="link_judge"),
    path("comparisons/<uuid:link_id>/alarm/", link.alarm_resolve, name="alarm_resolve"),
]
