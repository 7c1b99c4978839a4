"""/oversight/…"""

from django.urls import path

from oversight.views import (
    agenda,
    delegations,
    following,
    handover,
    recommendations,
    sessions,
    sheet,
    verdicts,
    verification,
)

app_name = "oversight"

urlpatterns = [
    path("", delegations.index, name="index"),
    path("create/", delegations.create, name="create"),
    path("<int:pk>/", delegations.delegation, name="delegation"),
    path("<int:pk>/plan/", delegations.plan, name="plan"),
    path("sessions/<int:pk>/", sessions.working_session, name="working_session"),
    path("sessions/<int:pk>/agenda/", agenda.agenda, name="agenda"),
    path("sessions/<int:pk>/agenda/pin/", agenda.pin, name="pin"),
    path("agenda/<int:pk>/take-off/", agenda.take_off, name="take_off"),
    path("sessions/<int:pk>/pack.pdf", sheet.pack_pdf, name="pack_pdf"),
    path("sessions/<int:pk>/pack.docx", sheet.pack_word, name="pack_word"),
    path("sessions/<int:pk>/sheet/", sheet.sheet, name="sheet"),
    path("sessions/<int:pk>/findings/<int:petition_pk>/", sessions.findings, name="findings"),
    path("sessions/<int:pk>/assess/", sessions.assess, name="assess"),
    path("sessions/<int:pk>/attach/", sessions.attach, name="attach"),
    path("evidence/<int:pk>/", sessions.evidence, name="evidence"),
    path("sessions/<int:pk>/recommend/", sessions.recommend, name="recommend"),
    path("sessions/<int:pk>/notice/", sessions.draft_notice, name="draft_notice"),
    path("verdicts/<int:petition_pk>/", verdicts.record, name="verdicts"),
    path("verdicts/<int:pk>/raise-again/", verdicts.raise_again, name="raise_again"),
    path("handover/", handover.index, name="handover"),
    path("handover.pdf", handover.as_pdf, name="handover_pdf"),
    path("handover.docx", handover.as_word, name="handover_word"),
    path("members/<int:pk>/hand-over/", handover.hand_over, name="hand_over"),
    path("<int:pk>/members/", handover.add_member, name="add_member"),
    path("sessions/<int:pk>/in-charge/", handover.session_in_charge, name="session_in_charge"),
    path("recommendations/<int:pk>/in-charge/", handover.recommendation_in_charge, name="recommendation_in_charge"),
    path("verification/<int:pk>/", verification.synthesis, name="synthesis"),
    path("verification/<int:pk>/<int:committee_pk>/", verification.committee, name="verification"),
    path("follow-up/", following.followed, name="followed"),
    path("follow-up.xlsx", following.workbook, name="followed_workbook"),
    path("recommendations/<int:pk>/apart/", following.count_apart, name="count_apart"),
    path("recommendations/<int:pk>/", recommendations.recommendation, name="recommendation"),
    path("recommendations/<int:pk>/step/", recommendations.take_step, name="take_step"),
    path("recommendations/<int:pk>/report/", recommendations.report_done, name="report_done"),
    path("recommendations/<int:pk>/verify/", recommendations.verify, name="verify"),
    path("recommendations/<int:pk>/reject/", recommendations.reject, name="reject"),
    path("explanations/<int:pk>/give/", recommendations.explain, name="explain"),
]
