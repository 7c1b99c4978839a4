"""All addresses."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path

from common.views import nowhere

# Administrators sign in where everybody does, with the same limits on attempts.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", include("desk.urls")),
    path("", include("common.urls")),
    # Accounts are made and helped by the administrator: no signing up, no password by mail.
    re_path("^accounts/(?!login/$|logout/$|password/change/$)", nowhere),
    path("accounts/", include("allauth.account.urls")),
    path("deadlines/", include("deadlines.urls")),
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
