"""/history/…"""

from django.urls import path

from common import views

app_name = "common"

urlpatterns = [
    path("<slug:label>/<slug:model>/<int:pk>/", views.history, name="history"),
]
