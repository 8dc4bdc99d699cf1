"""Addresses of the investigations room."""

from django.urls import path

from investigations.views import (
    assistance_need,
    assistance_offer,
    case,
    committed_value,
    contribution_request,
    emergency,
    export,
    handling,
    identity,
    incident,
    membership,
    note,
    request,
    site,
    source,
    task,
)

app_name = "investigations"
urlpatterns = [
    path("cases/", case.case_list, name="case_list"),
    path("cases/new/", case.case_create, name="case_create"),
    path("cases/<uuid:case_id>/", case.case_detail, name="case_detail"),
    path("cases/<uuid:case_id>/edit/", case.case_edit, name="case_edit"),
    path("cases/<uuid:case_id>/status/", case.case_status, name="case_status"),
    path("cases/<uuid:case_id>/team/", membership.member_admit, name="member_admit"),
    path("memberships/<uuid:membership_id>/end/", membership.member_end, name="member_end"),
    path("cases/<uuid:case_id>/tasks/", task.task_set, name="task_set"),
    path("tasks/<uuid:task_id>/complete/", task.task_complete, name="task_complete"),
    path("tasks/<uuid:task_id>/reopen/", task.task_reopen, name="task_reopen"),
    path("cases/<uuid:case_id>/notes/", note.note_write, name="note_write"),
    path("incidents/", incident.incident_list, name="incident_list"),
    path("incidents/csv/", export.incident_export, name="incident_export"),
    path("cases/<uuid:case_id>/incidents/new/", incident.incident_create, name="incident_create"),
    path("incidents/<uuid:incident_id>/", incident.incident_detail, name="incident_detail"),
    path("incidents/<uuid:incident_id>/edit/", incident.incident_edit, name="incident_edit"),
    path(
        "incidents/<uuid:incident_id>/casualties/",
        incident.casualties_count,
        name="casualties_count",
    ),
    path("incidents/<uuid:incident_id>/sources/", incident.source_cite, name="source_cite"),
    path("incidents/<uuid:incident_id>/sites/new/", site.site_create, name="site_create"),
    path("sites/<uuid:site_id>/edit/", site.site_edit, name="site_edit"),
    path("cases/<uuid:case_id>/values/", committed_value.value_list, name="value_list"),
    path("cases/<uuid:case_id>/values/new/", committed_value.value_commit, name="value_commit"),
    path(
        "values/<uuid:value_id>/",
        committed_value.value_detail,
        name="value_detail",
    ),
    path(
        "values/<uuid:value_id>/open/",
        committed_value.value_open,
        name="value_open",
    ),
    path(
        "values/<uuid:value_id>/erase/",
        committed_value.value_erase,
        name="value_erase",
    ),
    path(
        "requests/<uuid:request_id>/erase-value/",
        committed_value.value_approve,
        name="value_approve",
    ),
    path("cases/<uuid:case_id>/sources/", source.source_list, name="source_list"),
    path("cases/<uuid:case_id>/sources/new/", source.source_create, name="source_create"),
    path("cases/<uuid:case_id>/sources/erase/", identity.erasure_ask_all, name="erasure_ask_all"),
    path("sources/<uuid:source_id>/", source.source_detail, name="source_detail"),
    path("sources/<uuid:source_id>/edit/", source.source_edit, name="source_edit"),
    path("sources/<uuid:source_id>/identity/", identity.identity_write, name="identity_write"),
    path("sources/<uuid:source_id>/open/", identity.identity_open, name="identity_open"),
    path("sources/<uuid:source_id>/ask/", identity.identity_ask, name="identity_ask"),
    path("sources/<uuid:source_id>/erase/", identity.erasure_ask, name="erasure_ask"),
    path(
        "requests/<uuid:request_id>/let-open/", identity.identity_approve, name="identity_approve"
    ),
    path("requests/<uuid:request_id>/erase/", identity.erasure_approve, name="erasure_approve"),
    path("cases/<uuid:case_id>/assistance/", assistance_need.assistance, name="assistance"),
    path(
        "cases/<uuid:case_id>/needs/new/",
        assistance_need.assistanceneed_create,
        name="assistanceneed_create",
    ),
    path(
        "needs/<uuid:need_id>/",
        assistance_need.assistanceneed_detail,
        name="assistanceneed_detail",
    ),
    path(
        "needs/<uuid:need_id>/edit/",
        assistance_need.assistanceneed_edit,
        name="assistanceneed_edit",
    ),
    path(
        "needs/<uuid:need_id>/fulfil/",
        assistance_need.assistanceneed_fulfil,
        name="assistanceneed_fulfil",
    ),
    path(
        "needs/<uuid:need_id>/decline/",
        assistance_need.assistanceneed_decline,
        name="assistanceneed_decline",
    ),
    path(
        "needs/<uuid:need_id>/ask/",
        contribution_request.contributionrequest_create,
        name="contributionrequest_create",
    ),
    path(
        "contributions/<uuid:asked_id>/",
        contribution_request.contributionrequest_detail,
        name="contributionrequest_detail",
    ),
    path(
        "contributions/<uuid:asked_id>/decline/",
        contribution_request.contributionrequest_decline,
        name="contributionrequest_decline",
    ),
    path(
        "contributions/<uuid:asked_id>/offer/",
        assistance_offer.assistanceoffer_answer,
        name="assistanceoffer_answer",
    ),
    path(
        "needs/<uuid:need_id>/offers/new/",
        assistance_offer.assistanceoffer_create,
        name="assistanceoffer_create",
    ),
    path(
        "offers/<uuid:offer_id>/",
        assistance_offer.assistanceoffer_detail,
        name="assistanceoffer_detail",
    ),
    path(
        "offers/<uuid:offer_id>/edit/",
        assistance_offer.assistanceoffer_edit,
        name="assistanceoffer_edit",
    ),
    path(
        "offers/<uuid:offer_id>/decide/",
        assistance_offer.assistanceoffer_decide,
        name="assistanceoffer_decide",
    ),
    path(
        "offers/<uuid:offer_id>/withdraw/",
        assistance_offer.assistanceoffer_withdraw,
        name="assistanceoffer_withdraw",
    ),
    path("handling/<str:kind>/<uuid:row_id>/", handling.handling, name="handling"),
    path("requests/", request.request_list, name="request_list"),
    path("requests/<uuid:request_id>/", request.request_detail, name="request_detail"),
    path("requests/<uuid:request_id>/refuse/", request.request_refuse, name="request_refuse"),
    path("requests/<uuid:request_id>/withdraw/", request.request_withdraw, name="request_withdraw"),
    path("requests/<uuid:request_id>/lower/", request.lowering_approve, name="lowering_approve"),
    path(
        "requests/<uuid:request_id>/let-in/", emergency.emergency_approve, name="emergency_approve"
    ),
    path("notices/seen/", request.notices_seen, name="notices_seen"),
    path("emergency/", emergency.emergency_ask, name="emergency_ask"),
]
