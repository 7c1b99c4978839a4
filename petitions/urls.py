"""/petitions/…"""

from django.urls import path

from petitions.views import bulk, detail, forwarding, importing, intake, lists, reassigning, responding, saved, urging

app_name = "petitions"

urlpatterns = [
    path("", lists.index, name="index"),
    path("log/<int:session_pk>/", intake.log, name="log"),
    path("log/<int:session_pk>/<int:meeting_pk>/", intake.log, name="log"),
    path("log/<int:session_pk>/look-alike/", intake.look_alike, name="look_alike"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/<int:pk>/", bulk.bulk_act, name="bulk_act"),
    path("bulk/<int:pk>/undo/", bulk.undo_bulk, name="undo_bulk"),
    path("rules/", bulk.rules, name="rules"),
    path("rules/<int:pk>/drop/", bulk.drop_rule, name="drop_rule"),
    path("reassign/", reassigning.reassign, name="reassign"),
    path("<int:pk>/take-back/", reassigning.take_back, name="take_back"),
    path("export/", lists.export, name="export"),
    path("filters/save/", saved.save_filter, name="save_filter"),
    path("filters/<int:pk>/forget/", saved.forget_filter, name="forget_filter"),
    path("imports/<int:session_pk>/", importing.imports, name="imports"),
    path("import/<int:pk>/", importing.import_, name="import"),
    path("import/<int:pk>/columns/", importing.import_columns, name="import_columns"),
    path("import/<int:pk>/accept/", importing.accept_import, name="accept_import"),
    path("import/<int:pk>/undo/", importing.undo_import, name="undo_import"),
    path("import/<int:pk>/drop/", importing.drop_import, name="drop_import"),
    path("import/<int:pk>/similar/", importing.import_similar, name="import_similar"),
    path("import/<int:pk>/refused/", importing.refused, name="refused"),
    path("import/<int:pk>/rows/<int:row_pk>/", importing.import_row, name="import_row"),
    path("import/<int:pk>/rows/<int:row_pk>/leave-out/", importing.leave_out, name="leave_out_row"),
    path("forward/", forwarding.forward, name="forward"),
    path("forwardings/", forwarding.forwardings, name="forwardings"),
    path("forwardings/<int:pk>/", forwarding.forwarding, name="forwarding"),
    path("urging/", urging.queue, name="urging"),
    path("urging/letters/", urging.urgings, name="urgings"),
    path("assignments/<int:pk>/extend/", responding.extend, name="extend"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/origins/add/", intake.add_origin, name="add_origin"),
    path("<int:pk>/revise/", intake.revise, name="revise"),
    path("<int:pk>/classify/", intake.classify, name="classify"),
    path("<int:pk>/merge/", intake.merge, name="merge"),
    path("<int:pk>/unmerge/", intake.unmerge, name="unmerge"),
    path("<int:pk>/set-aside/", intake.set_aside, name="set_aside"),
    path("<int:pk>/reopen/", intake.reopen, name="reopen"),
    path("<int:pk>/accept/", responding.accept, name="accept"),
    path("<int:pk>/return/", responding.return_, name="return"),
]
