"""/oversight/…"""

from django.urls import path

from oversight import views

app_name = "oversight"

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.delegation, name="delegation"),
    path("<int:pk>/plan/", views.plan, name="plan"),
    path("sessions/<int:pk>/", views.working_session, name="working_session"),
    path("sessions/<int:pk>/findings/<int:petition_pk>/", views.findings, name="findings"),
    path("sessions/<int:pk>/assess/", views.assess, name="assess"),
    path("sessions/<int:pk>/recommend/", views.recommend, name="recommend"),
    path("sessions/<int:pk>/notice/", views.draft_notice, name="draft_notice"),
    path("recommendations/<int:pk>/report/", views.report_done, name="report_done"),
    path("recommendations/<int:pk>/verify/", views.verify, name="verify"),
    path("recommendations/<int:pk>/reject/", views.reject, name="reject"),
    path("recommendations/<int:pk>/explanation/", views.ask_explanation, name="ask_explanation"),
    path("explanations/<int:pk>/give/", views.explain, name="explain"),
]
