"""Files that have no pages of their own (plain text, Markdown, HTML, e-mail), laid out on sheets of paper."""

from pagesort.read.text.document import TextDocument

__all__ = ["TextDocument"]
