"""/public/…"""

from django.urls import path

from portal import views

app_name = "portal"

urlpatterns = [
    path("", views.index, name="index"),
    path("verify/", views.look_up, name="look_up"),
    path("verify/<str:code>/", views.verify, name="verify"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("publish/<int:petition_pk>/", views.publish, name="publish"),
]
