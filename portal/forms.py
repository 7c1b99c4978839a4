"""The words the public will read."""

from django import forms

from portal.models import Publication


class PublicationForm(forms.ModelForm):
    class Meta:
        model = Publication
        fields = ["title", "question", "answer", "answered_by"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["question"].widget.attrs |= {"rows": 4}
        self.fields["answer"].widget.attrs |= {"rows": 12}
