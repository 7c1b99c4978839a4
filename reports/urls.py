"""/reports/…"""

from django.urls import path

from reports.views import compared, files, measures, papers, sessions, skeletons, trials

app_name = "reports"

urlpatterns = [
    path("", papers.index, name="index"),
    path("sessions/<int:pk>/", sessions.cockpit, name="cockpit"),
    path("comparison/", compared.comparison, name="comparison"),
    path("comparison/rows/", compared.rows, name="comparison_rows"),
    path("comparison/file/", compared.file, name="comparison_file"),
    path("figures/", sessions.catalogue, name="catalogue"),
    path("sessions/<int:pk>/rows/", sessions.rows, name="rows"),
    path("sessions/<int:pk>/figures/", sessions.figures, name="figures"),
    path("sessions/<int:pk>/tables/<slug:name>.<slug:kind>", files.table, name="table"),
    path("sessions/<int:pk>/charts/", measures.charts, name="charts"),
    path("sessions/<int:pk>/times/", measures.times, name="times"),
    path("sessions/<int:pk>/times/rows/", measures.time_rows, name="time_rows"),
    path("sessions/<int:pk>/scorecard/", measures.scorecard, name="scorecard"),
    path("sessions/<int:pk>/scorecard/rows/", measures.scorecard_rows, name="scorecard_rows"),
    path("sessions/<int:pk>/scorecard.xlsx", measures.scorecard_workbook, name="scorecard_workbook"),
    path("sessions/<int:pk>/scorecard/<slug:name>.<slug:kind>", measures.scorecard_table, name="scorecard_table"),
    path("sessions/<int:pk>/appendices.xlsx", files.workbook, name="workbook"),
    path("sessions/<int:pk>/extract.pdf", files.extract, name="extract"),
    path("sessions/<int:pk>/create/", papers.create, name="create"),
    path("sessions/<int:pk>/trial/<slug:kind>/", trials.trial, name="trial"),
    path("skeletons/", skeletons.index, name="skeletons"),
    path("skeletons/<int:pk>/<slug:kind>/", skeletons.skeleton, name="skeleton"),
    path("<int:pk>/", papers.report, name="report"),
    path("<int:pk>/state/", papers.state, name="state"),
    path("<int:pk>/refresh/", papers.refresh, name="refresh"),
    path("<int:pk>/tables/<slug:name>.<slug:kind>", papers.report_table, name="report_table"),
    path("<int:pk>/appendices.xlsx", papers.report_workbook, name="report_workbook"),
]
