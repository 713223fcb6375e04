"""The invoice as text files of each sort."""

from __future__ import annotations

from samples.office import LINES, TITLE

PLAIN = "\n".join([TITLE, "", *LINES, "", "Item            Quantity      Price", "Blue paint             2      31.80"])
MARKDOWN = f"# {TITLE}\n\n" + "\n\n".join(LINES) + "\n\n| Item | Price |\n|---|---|\n| Blue paint | 31.80 |\n"
HTML = (
    f"<!DOCTYPE html><html><head><title>Shop</title><style>p {{color: red}}</style></head><body><h1>{TITLE}</h1>"
    + "".join(f"<p>{line}</p>" for line in LINES)
    + "<script>alert('never')</script><table><tr><td>Blue paint</td><td>31.80</td></tr></table></body></html>"
)
MAIL = (
    "Return-Path: <ada@example.com>\r\nFrom: Ada Winter <ada@example.com>\r\nTo: Ottilie Brandt <otti@example.com>\r\n"
    "Subject: =?utf-8?q?Your_invoice_=E2=82=AC_40?=\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="part"\r\n\r\n--part\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n'
    + "\r\n".join([TITLE, *LINES])
    + '\r\n--part\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="invoice.pdf"\r\n'
    "Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--part--\r\n"
)


def samples() -> dict[str, bytes]:
    """One file of each sort, by its usual suffix."""
    return {name: text.encode() for name, text in (("txt", PLAIN), ("md", MARKDOWN), ("html", HTML), ("eml", MAIL))}
