"""/documents/…"""

from django.urls import path

from documents.views import amendments, clearance, deliveries, documents, register, signed

app_name = "documents"

urlpatterns = [
    path("", documents.index, name="index"),
    path("issue/", documents.issue_many, name="issue_many"),
    path("registers/", register.index, name="registers"),
    path("registers/reserve/", register.reserve, name="reserve"),
    path("registers/paper/", register.paper, name="paper"),
    path("registers/<int:pk>/", register.book, name="book"),
    path("registers/<int:pk>/book.pdf", register.book_pdf, name="book_pdf"),
    path("registers/<int:pk>/book.xlsx", register.book_workbook, name="book_workbook"),
    path("registers/numbers/<int:pk>/void/", register.void, name="void"),
    path("amendments/<int:pk>/", amendments.revise, name="revise_amendment"),
    path("clearance/", clearance.index, name="clearance"),
    path("clearance/<int:pk>/", clearance.arrange, name="arrange"),
    path("clearance/reasons/<int:pk>/", clearance.reasons, name="reasons"),
    path("<int:pk>/", documents.detail, name="detail"),
    path("<int:pk>/edit/", documents.edit, name="edit"),
    path("<int:pk>/submit/", documents.submit, name="submit"),
    path("<int:pk>/withdraw/", documents.withdraw, name="withdraw"),
    path("<int:pk>/abandon/", documents.abandon, name="abandon"),
    path("<int:pk>/check/", documents.check, name="check"),
    path("<int:pk>/clear/", documents.clear, name="clear"),
    path("<int:pk>/send-back/", documents.send_back, name="send_back"),
    path("<int:pk>/issue/", documents.issue, name="issue"),
    path("<int:pk>/lay-out/", documents.lay_out, name="lay_out"),
    path("<int:pk>/register/", register.register, name="register"),
    path("<int:pk>/amend/<str:kind>/", amendments.amend, name="amend"),
    path("deliveries/", deliveries.index, name="deliveries"),
    path("<int:pk>/send/", deliveries.send, name="send"),
    path("<int:pk>/signed/", signed.hand_in, name="hand_in_signed"),
    path("signed/<int:pk>/", signed.read, name="signed"),
    path("signed/<int:pk>/withdraw/", signed.withdraw, name="withdraw_signed"),
    path("<int:pk>/appendices/<int:number>.pdf", signed.annex, name="annex"),
    path("<int:pk>/document.docx", documents.word, name="word"),
    path("<int:pk>/document.pdf", documents.download, name="pdf"),
]
