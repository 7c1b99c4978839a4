"""/petitions/…"""

from django.urls import path

from petitions.views import detail, forwarding, intake, lists, responding, urging

app_name = "petitions"

urlpatterns = [
    path("", lists.index, name="index"),
    path("log/<int:session_pk>/", intake.log, name="log"),
    path("log/<int:session_pk>/<int:meeting_pk>/", intake.log, name="log"),
    path("log/<int:session_pk>/look-alike/", intake.look_alike, name="look_alike"),
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
