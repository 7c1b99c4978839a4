"""All addresses."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("desk.urls")),
    path("", include("common.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("directory/", include("directory.urls")),
    path("documents/", include("documents.urls")),
    path("oversight/", include("oversight.urls")),
    path("petitions/", include("petitions.urls")),
    path("public/", include("portal.urls")),
    path("replies/", include("responses.urls")),
    path("reports/", include("reports.urls")),
    path("sessions/", include("sessions.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("admin/", admin.site.urls),
]
