"""Addresses of the attribution room."""

from django.urls import path

from attribution.views import (
    actor,
    actor_name,
    assertion,
    case_stage,
    citation,
    claim,
    export,
    finding,
    follow_up,
    hypothesis,
    matrix,
    matrix_snapshot,
    measure,
    originator_consent,
    post_mortem,
    release,
    review,
    review_comment,
    sheet,
    statement,
)

app_name = "attribution"
urlpatterns = [
    path("actors/", actor.actor_list, name="actor_list"),
    path("actors/export/", export.actor_export, name="actor_export"),
    path("actors/new/", actor.actor_create, name="actor_create"),
    path("actors/<uuid:actor_id>/", actor.actor_detail, name="actor_detail"),
    path("actors/<uuid:actor_id>/edit/", actor.actor_edit, name="actor_edit"),
    path("actors/<uuid:actor_id>/names/", actor_name.actor_name_add, name="actor_name_add"),
    path("actors/<uuid:actor_id>/parents/", actor_name.actor_parent_add, name="actor_parent_add"),
    path(
        "actor-names/<uuid:name_id>/strike/",
        actor_name.actor_name_strike,
        name="actor_name_strike",
    ),
    path("actor-parents/<uuid:tie_id>/end/", actor_name.actor_parent_end, name="actor_parent_end"),
    path(
        "actor-parents/<uuid:tie_id>/strike/",
        actor_name.actor_parent_strike,
        name="actor_parent_strike",
    ),
    path("cases/<uuid:case_id>/stage/", case_stage.case_stage, name="case_stage"),
    path("cases/<uuid:case_id>/stage/move/", case_stage.case_move, name="case_move"),
    path("cases/<uuid:case_id>/conclude/", case_stage.case_conclude, name="case_conclude"),
    path("cases/<uuid:case_id>/reopen/", case_stage.case_reopen, name="case_reopen"),
    path("cases/<uuid:case_id>/actors/", assertion.actor_matrix, name="actor_matrix"),
    path(
        "cases/<uuid:case_id>/assertions/export/",
        export.assertion_export,
        name="assertion_export",
    ),
    path(
        "cases/<uuid:case_id>/assertions/new/", assertion.assertion_create, name="assertion_create"
    ),
    path("assertions/<uuid:assertion_id>/", assertion.assertion_detail, name="assertion_detail"),
    path("assertions/<uuid:assertion_id>/edit/", assertion.assertion_edit, name="assertion_edit"),
    path(
        "assertions/<uuid:assertion_id>/withdraw/",
        assertion.assertion_withdraw,
        name="assertion_withdraw",
    ),
    path(
        "sources/<uuid:source_id>/statements/new/",
        statement.statement_create,
        name="statement_create",
    ),
    path(
        "sources/<uuid:source_id>/statements/export/",
        export.statement_export,
        name="statement_export",
    ),
    path("statements/<uuid:statement_id>/", statement.statement_detail, name="statement_detail"),
    path("statements/<uuid:statement_id>/edit/", statement.statement_edit, name="statement_edit"),
    path("cases/<uuid:case_id>/claims/", claim.claim_list, name="claim_list"),
    path("cases/<uuid:case_id>/claims/export/", export.claim_export, name="claim_export"),
    path("cases/<uuid:case_id>/claims/new/", claim.claim_create, name="claim_create"),
    path("incidents/<uuid:incident_id>/claims/", claim.incident_claims, name="incident_claims"),
    path("items/<uuid:item_id>/claims/", claim.item_claims, name="item_claims"),
    path("claims/<uuid:claim_id>/", claim.claim_detail, name="claim_detail"),
    path("claims/<uuid:claim_id>/edit/", claim.claim_edit, name="claim_edit"),
    path("claims/<uuid:claim_id>/set-aside/", claim.claim_set_aside, name="claim_set_aside"),
    path("hypotheses/", hypothesis.hypothesis_list, name="hypothesis_list"),
    path("hypotheses/export/", export.hypothesis_export, name="hypothesis_export"),
    path("hypotheses/new/<uuid:case_id>/", hypothesis.hypothesis_create, name="hypothesis_create"),
    path(
        "hypotheses/<uuid:hypothesis_id>/", hypothesis.hypothesis_detail, name="hypothesis_detail"
    ),
    path(
        "hypotheses/<uuid:hypothesis_id>/edit/", hypothesis.hypothesis_edit, name="hypothesis_edit"
    ),
    path(
        "hypotheses/<uuid:hypothesis_id>/supersede/",
        hypothesis.hypothesis_supersede,
        name="hypothesis_supersede",
    ),
    path(
        "hypotheses/<uuid:hypothesis_id>/reject/",
        hypothesis.hypothesis_reject,
        name="hypothesis_reject",
    ),
    path(
        "hypotheses/<uuid:hypothesis_id>/reinstate/",
        hypothesis.hypothesis_reinstate,
        name="hypothesis_reinstate",
    ),
    path("cases/<uuid:case_id>/matrix/", matrix.matrix_detail, name="matrix_detail"),
    path("cases/<uuid:case_id>/matrix/sheet/", sheet.matrix_score, name="matrix_score"),
    path(
        "cases/<uuid:case_id>/matrix/rows/new/", matrix.matrix_row_create, name="matrix_row_create"
    ),
    path("matrix-rows/<uuid:row_id>/edit/", matrix.matrix_row_edit, name="matrix_row_edit"),
    path(
        "matrix-rows/<uuid:row_id>/take-out/",
        matrix.matrix_row_take_out,
        name="matrix_row_take_out",
    ),
    path(
        "matrix-rows/<uuid:row_id>/put-back/",
        matrix.matrix_row_put_back,
        name="matrix_row_put_back",
    ),
    path(
        "cases/<uuid:case_id>/matrix/snapshots/new/",
        matrix_snapshot.matrix_snapshot_take,
        name="matrix_snapshot_take",
    ),
    path(
        "matrix-snapshots/<uuid:snapshot_id>/",
        matrix_snapshot.matrix_snapshot_detail,
        name="matrix_snapshot_detail",
    ),
    path(
        "cases/<uuid:case_id>/post-mortem/new/",
        post_mortem.post_mortem_create,
        name="post_mortem_create",
    ),
    path(
        "post-mortems/<uuid:post_mortem_id>/edit/",
        post_mortem.post_mortem_edit,
        name="post_mortem_edit",
    ),
    path("findings/", finding.finding_list, name="finding_list"),
    path("findings/export/", export.finding_export, name="finding_export"),
    path("findings/new/<uuid:hypothesis_id>/", finding.finding_create, name="finding_create"),
    path("findings/<uuid:finding_id>/", finding.finding_detail, name="finding_detail"),
    path("findings/<uuid:finding_id>/edit/", finding.finding_edit, name="finding_edit"),
    path("findings/<uuid:finding_id>/redline/", review.finding_redline, name="finding_redline"),
    path(
        "findings/<uuid:finding_id>/paragraphs/",
        review_comment.finding_paragraphs,
        name="finding_paragraphs",
    ),
    path(
        "findings/<uuid:finding_id>/comments/new/",
        review_comment.comment_raise,
        name="comment_raise",
    ),
    path(
        "review-comments/<uuid:comment_id>/reply/",
        review_comment.comment_reply,
        name="comment_reply",
    ),
    path(
        "findings/<uuid:finding_id>/consents/new/",
        originator_consent.consent_record,
        name="consent_record",
    ),
    path("findings/<uuid:finding_id>/cite-exhibit/", citation.cite_exhibit, name="cite_exhibit"),
    path("findings/<uuid:finding_id>/cite-report/", citation.cite_report, name="cite_report"),
    path("findings/<uuid:finding_id>/cite-link/", citation.cite_link, name="cite_link"),
    path("findings/<uuid:finding_id>/admit-author/", finding.author_admit, name="author_admit"),
    path("findings/<uuid:finding_id>/submit/", finding.finding_submit, name="finding_submit"),
    path("findings/<uuid:finding_id>/review/", review.finding_review, name="finding_review"),
    path("findings/<uuid:finding_id>/dissent/", review.finding_dissent, name="finding_dissent"),
    path("findings/<uuid:finding_id>/release/", release.finding_release, name="finding_release"),
    path("findings/<uuid:finding_id>/withdraw/", finding.finding_withdraw, name="finding_withdraw"),
    path(
        "findings/<uuid:finding_id>/supersede/",
        finding.finding_supersede,
        name="finding_supersede",
    ),
    path("findings/<uuid:finding_id>/measures/new/", measure.measure_create, name="measure_create"),
    path("cases/<uuid:case_id>/accountability/", measure.accountability, name="accountability"),
    path("cases/<uuid:case_id>/measures/export/", export.measure_export, name="measure_export"),
    path("cases/<uuid:case_id>/follow-ups/export/", export.followup_export, name="followup_export"),
    path("measures/<uuid:measure_id>/", measure.measure_detail, name="measure_detail"),
    path("measures/<uuid:measure_id>/edit/", measure.measure_edit, name="measure_edit"),
    path("measures/<uuid:measure_id>/steps/", measure.measure_step, name="measure_step"),
    path("measures/<uuid:measure_id>/withdraw/", measure.measure_withdraw, name="measure_withdraw"),
    path(
        "measures/<uuid:measure_id>/follow-ups/new/",
        follow_up.followup_create,
        name="followup_create",
    ),
    path("follow-ups/<uuid:follow_up_id>/", follow_up.followup_detail, name="followup_detail"),
    path("follow-ups/<uuid:follow_up_id>/edit/", follow_up.followup_edit, name="followup_edit"),
    path("follow-ups/<uuid:follow_up_id>/close/", follow_up.followup_close, name="followup_close"),
    path("citations/<uuid:citation_id>/remove/", citation.citation_remove, name="citation_remove"),
    path(
        "dissents/<uuid:dissent_id>/take-back/", review.dissent_take_back, name="dissent_take_back"
    ),
    path("requests/<uuid:request_id>/release/", release.release_approve, name="release_approve"),
]
