"""Reading a letter back from its PDF."""

from tests.documents.reading import text_of


def printed(document):
    """The text of an issued document as its stored PDF shows it."""
    with document.pdf.open("rb") as stored:
        return text_of(stored.read())
