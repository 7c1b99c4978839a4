"""/replies/…"""

from django.urls import path

from responses import views

app_name = "responses"

urlpatterns = [
    path("", views.index, name="index"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.draft, name="draft"),
    path("<int:pk>/preview/", views.preview, name="preview"),
    path("<int:pk>/leave-out/<int:petition_pk>/", views.leave_out, name="leave_out"),
    path("answers/<int:pk>/attach/", views.attach, name="attach"),
    path("evidence/<int:pk>/", views.evidence, name="evidence"),
]
