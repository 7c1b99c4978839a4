"""Reading a letter back from its PDF."""

import io

import pdfplumber


def printed(document):
    """The text of an issued document as its stored PDF shows it."""
    with document.pdf.open("rb") as stored:
        return text_of(stored.read())


def text_of(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
