"""/history/… and /jobs/…"""

from django.urls import path

from common import views

app_name = "common"

urlpatterns = [
    path("history/<slug:label>/<slug:model>/<int:pk>/", views.history, name="history"),
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:pk>/", views.job, name="job"),
    path("jobs/<int:pk>/cancel/", views.cancel_job, name="cancel_job"),
    path("jobs/<int:pk>/retry/", views.retry_job, name="retry_job"),
]
