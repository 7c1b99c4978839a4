"""/ and /inbox/…"""

from django.urls import path

from desk.views import desk, inbox

app_name = "desk"

urlpatterns = [
    path("", desk.index, name="index"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.mark_read, name="mark_read"),
    path("inbox/preferences/", inbox.preferences, name="preferences"),
    path("inbox/<int:pk>/", inbox.open_notice, name="open_notice"),
]
