"""Addresses of the evidence room."""

from django.urls import path

from evidence.views import (
    calibration,
    component,
    custody,
    disposal,
    export,
    file,
    intake,
    item,
    marking,
    reading,
    scan,
)

app_name = "evidence"
urlpatterns = [
    path("evidence/", item.item_list, name="item_list"),
    path("evidence/csv/", export.item_export, name="item_export"),
    path("incidents/<uuid:incident_id>/items/new/", item.item_create, name="item_create"),
    path("x/<uuid:key>/", scan.scanned, name="scanned"),
    path("items/<uuid:item_id>/", item.item_detail, name="item_detail"),
    path("items/<uuid:item_id>/edit/", item.item_edit, name="item_edit"),
    path("items/<uuid:item_id>/hand-over/", custody.hand_over, name="hand_over"),
    path("items/<uuid:item_id>/store/", custody.store, name="store"),
    path("items/<uuid:item_id>/seal/", custody.seal, name="seal"),
    path("items/<uuid:item_id>/break-seal/", custody.break_seal, name="break_seal"),
    path("items/<uuid:item_id>/dispose/", custody.dispose, name="dispose"),
    path("requests/<uuid:request_id>/dispose/", disposal.disposal_approve, name="disposal_approve"),
    path("items/<uuid:item_id>/files/", file.file_receive, name="file_receive"),
    path(
        "items/<uuid:item_id>/components/new/",
        component.component_create,
        name="component_create",
    ),
    path("components/<uuid:component_id>/edit/", component.component_edit, name="component_edit"),
    path(
        "components/<uuid:component_id>/markings/new/",
        marking.marking_create,
        name="marking_create",
    ),
    path("markings/<uuid:marking_id>/", reading.marking_detail, name="marking_detail"),
    path("markings/<uuid:marking_id>/confirm/", reading.marking_confirm, name="marking_confirm"),
    path("proposals/<uuid:proposal_id>/accept/", reading.proposal_accept, name="proposal_accept"),
    path("markings/<uuid:marking_id>/edit/", marking.marking_edit, name="marking_edit"),
    path("intake/", intake.intake_list, name="intake_list"),
    path("cases/<uuid:case_id>/intake/", intake.intake, name="intake"),
    path("cases/<uuid:case_id>/intake/assign/", intake.intake_assign, name="intake_assign"),
    path("cases/<uuid:case_id>/intake/new-exhibit/", intake.intake_log, name="intake_log"),
    path("files/<uuid:file_id>/", file.file_detail, name="file_detail"),
    path("files/<uuid:file_id>/state/", file.file_state, name="file_state"),
    path("files/<uuid:file_id>/thumbnail/", file.file_thumbnail, name="file_thumbnail"),
    path("files/<uuid:file_id>/preview/", file.file_preview, name="file_preview"),
    path("files/<uuid:file_id>/download/", file.file_download, name="file_download"),
    path("files/<uuid:file_id>/verify/", file.file_verify, name="file_verify"),
    path("files/<uuid:file_id>/calibrate/", calibration.file_calibrate, name="file_calibrate"),
    path("files/<uuid:file_id>/caption/", file.file_caption, name="file_caption"),
    path("files/<uuid:file_id>/assign/", file.file_assign, name="file_assign"),
]
