"""/sessions/…"""

from django.urls import path

from sessions import views

app_name = "sessions"

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("terms/create/", views.create_term, name="create_term"),
    path("<int:pk>/pick/", views.pick, name="pick"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/meetings/", views.meetings, name="meetings"),
    path("<int:pk>/meetings/create/", views.create_meeting, name="create_meeting"),
    path("meetings/<int:pk>/edit/", views.edit_meeting, name="edit_meeting"),
    path("reports/", views.reports, name="reports"),
    path("reports/<int:pk>/sent/", views.record_report, name="record_report"),
    path("reports/<int:pk>/take-back/", views.take_back_report, name="take_back_report"),
    path("assembly/create/", views.create_assembly, name="create_assembly"),
    path("assembly/<int:pk>/edit/", views.edit_assembly, name="edit_assembly"),
]
