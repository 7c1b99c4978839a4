"""/reports/…"""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.index, name="index"),
    path("sessions/<int:pk>/", views.cockpit, name="cockpit"),
    path("comparison/", views.comparison, name="comparison"),
    path("figures/", views.catalogue, name="catalogue"),
    path("sessions/<int:pk>/rows/", views.rows, name="rows"),
    path("sessions/<int:pk>/figures/", views.figures, name="figures"),
    path("sessions/<int:pk>/tables/<slug:name>.<slug:kind>", views.table, name="table"),
    path("sessions/<int:pk>/charts/", views.charts, name="charts"),
    path("sessions/<int:pk>/times/", views.times, name="times"),
    path("sessions/<int:pk>/times/rows/", views.time_rows, name="time_rows"),
    path("sessions/<int:pk>/scorecard/", views.scorecard, name="scorecard"),
    path("sessions/<int:pk>/scorecard/rows/", views.scorecard_rows, name="scorecard_rows"),
    path("sessions/<int:pk>/scorecard.xlsx", views.scorecard_workbook, name="scorecard_workbook"),
    path("sessions/<int:pk>/scorecard/<slug:name>.<slug:kind>", views.scorecard_table, name="scorecard_table"),
    path("sessions/<int:pk>/appendices.xlsx", views.workbook, name="workbook"),
    path("sessions/<int:pk>/extract.pdf", views.extract, name="extract"),
    path("sessions/<int:pk>/create/", views.create, name="create"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/tables/<slug:name>.<slug:kind>", views.report_table, name="report_table"),
    path("<int:pk>/appendices.xlsx", views.report_workbook, name="report_workbook"),
]
