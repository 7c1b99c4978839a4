"""What a paper is for. The rooms above say here what must hold before a step and what follows from issue."""


class Purpose:
    """One use of official documents, made known by `register` when its room starts."""

    key = ""
    label = ""
    may_be_recalled = False  # true where nothing follows from its issue, or `amended` takes back what followed
    changes_when_cleared = False  # true where the workplace opens a cleared paper and a saved change sends it back
    review_template = ""  # shown on the review page; gets what `review_context` returns

    def refusal(self, step, document, user):
        """Why the step must not be taken yet, in words; "" when nothing stands in the way."""
        return ""

    def before_submitting(self, document, *, by):
        """Bring the text up to date, inside the transaction of the step."""

    def issued(self, document, *, by):
        """What follows from the issue, inside its transaction."""

    def amended(self, original, amendment, *, by):
        """What follows for an issued paper when one that corrects, replaces or recalls it is issued."""

    def replacement(self, original, *, by, reason):
        """A new draft that says what `original` should have said; None where papers of this use have none."""

    def masked(self, document, text):
        """`text` as everybody may read it: without the names of the voters the document is about."""
        return text

    def source_data(self, document):
        """What the paper says, as plain data for the file attached to its PDF: no more than is printed."""
        return {}

    def sent_back(self, document, *, by):
        """What follows from a return for more work, inside its transaction."""

    def is_touched_since(self, document, moment):
        """Whether something that does not stand in the text, but goes with it, was changed since."""
        return False

    def abandoned(self, document, *, by):
        """What follows when a draft is given up, inside its transaction."""

    def workplace(self, document):
        """The address of the page where the paper's content is written."""
        return document.get_absolute_url()

    def review_context(self, document):
        return {}


_registered = {}


def register(purpose):
    _registered[purpose.key] = purpose


def purpose_of(document):
    return _registered[document.purpose]


def choices():
    """For filters: [(key, label)]."""
    return [(key, purpose.label) for key, purpose in _registered.items()]
