"""Papers as Word files."""

from documents.word.files import render, render_text

__all__ = ["render", "render_text"]
