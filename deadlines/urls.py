"""/deadlines/…"""

from django.urls import path

from deadlines.views import calendars, clocks, rules

app_name = "deadlines"

urlpatterns = [
    path("clocks/<int:pk>/", clocks.clock, name="clock"),
    path("clocks/<int:pk>/internal/", clocks.internal, name="internal"),
    path("clocks/<int:pk>/<slug:act>/", clocks.change, name="change"),
    path("calendar/", calendars.current, name="index"),
    path("<int:council_pk>/calendar/<int:year>/", calendars.calendar, name="calendar"),
    path("<int:council_pk>/calendar/<int:year>/edit/", calendars.edit, name="edit_calendar"),
    path("<int:council_pk>/calendar/<int:year>/recount/", calendars.recount, name="recount"),
    path("<int:council_pk>/rules/", rules.rules, name="rules"),
    path("<int:council_pk>/rules/add/", rules.add, name="add_rule"),
    path("<int:council_pk>/rules/defaults/", rules.defaults, name="defaults"),
    path("<int:council_pk>/reminders/", rules.reminders, name="reminders"),
    path("rules/<int:pk>/replace/", rules.replace, name="replace_rule"),
    path("rules/<int:pk>/end/", rules.end, name="end_rule"),
]
