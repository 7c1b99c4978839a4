"""A purpose of our own, so that documents can be tried without the rooms above."""

import pytest

from documents import purposes
from documents import workflow as documents
from documents.models import Kind

TEXT = "<p>Đèn đã được lắp.</p>"


class Trial(purposes.Purpose):
    """Asks for nothing unless told to, and remembers what it was told."""

    key = "trial"
    label = "Thử"
    may_be_recalled = True

    def __init__(self):
        self.told = []
        self.refusals = {}

    def refusal(self, step, document, user):
        return self.refusals.get(step, "")

    def before_submitting(self, document, *, by):
        self.told.append(("before_submitting", document.pk))

    def issued(self, document, *, by):
        self.told.append(("issued", document.number))

    def sent_back(self, document, *, by):
        self.told.append(("sent_back", document.return_reason))

    def abandoned(self, document, *, by):
        self.told.append(("abandoned", document.status))


@pytest.fixture(autouse=True)
def trial(monkeypatch):
    purpose = Trial()
    monkeypatch.setitem(purposes._registered, "trial", purpose)
    return purpose


@pytest.fixture
def drafted(world):
    """`drafted()` is a letter of the department, complete and ready to go; details may differ."""

    def draft(**details):
        defaults = {
            "agency": world.department,
            "kind": Kind.LETTER,
            "purpose": "trial",
            "subject": "trả lời kiến nghị",
            "by": world.drafter,
            "to": [("Thường trực HĐND tỉnh", world.standing)],
            "copies": [("Ban Giám đốc Sở", None)],
            "drafting_unit": "HTKT",
            "signer": world.deputy,
            "body": TEXT,
        }
        return documents.draft(**{**defaults, **details})

    return draft


@pytest.fixture
def submitted(world, drafted):
    return lambda **details: documents.submit(drafted(**details), by=world.drafter)


@pytest.fixture
def cleared(world, submitted):
    return lambda **details: documents.clear(submitted(**details), by=world.head)


@pytest.fixture
def issued(world, cleared):
    """`issued(on=…)` is a letter of the department with number and PDF."""

    def issue(on=None, **details):
        return documents.issue(cleared(**details), by=world.registrar, issued_on=on)

    return issue


@pytest.fixture(autouse=True)
def papers(request):
    """Laid out where a test, or its module, asks for what is `printed`; a page that was laid out before elsewhere."""
    request.getfixturevalue("printed" if "printed" in request.fixturenames else "unprinted")
