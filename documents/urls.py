"""/documents/…"""

from django.urls import path

from documents import views

app_name = "documents"

urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/abandon/", views.abandon, name="abandon"),
    path("<int:pk>/clear/", views.clear, name="clear"),
    path("<int:pk>/send-back/", views.send_back, name="send_back"),
    path("<int:pk>/issue/", views.issue, name="issue"),
    path("<int:pk>/document.pdf", views.download, name="pdf"),
]
