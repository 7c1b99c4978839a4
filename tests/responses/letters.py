"""What a letter says when it is read back from its PDF, and what the page that drafts it sends."""

from tests.documents.reading import text_of


def printed(document):
    """The text of an issued document as its stored PDF shows it."""
    with document.pdf.open("rb") as stored:
        return text_of(stored.read())


def typed(reply, changes=None, **frame):
    """Everything the drafting page sends, with `changes` to the answers by number of their point."""
    data = {"kind": reply.kind, "opening": reply.opening, "closing": reply.closing, "revision": reply.revision}
    for answer in reply.answers.all():
        prefix = f"answer-{answer.pk}"
        for name in ("heading", "text", "result", "evidence", "directive_document", "cited_documents"):
            data[f"{prefix}-{name}"] = getattr(answer, name)
        data[f"{prefix}-reason"] = answer.reason_id or ""
        data[f"{prefix}-roadmap_on"] = ""
        for name, value in (changes or {}).get(answer.point.number, {}).items():
            data[f"{prefix}-{name}"] = value
    return {**data, **frame}
