"""Small office files, put together by hand: an invoice, as each program would save it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

LINES = ("Invoice number 1001", "Invoice date 2 March 2026", "Bill to: Ottilie Brandt", "Amount due 40.00 EUR")
TITLE = "INVOICE"

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def archive(members: Mapping[str, str | bytes], stored: str = "") -> bytes:
    """A zip archive; the member `stored` is not compressed, as OpenDocument wants its first one."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            how = zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, how)
    return buffer.getvalue()


def docx(body: str = "", relations: str = "") -> bytes:
    """A Word document: the invoice, then `body`, in WordprocessingML."""
    texts = "".join(paragraph(line) for line in LINES)
    title = f'<w:p><w:r><w:rPr><w:b/><w:sz w:val="56"/></w:rPr><w:t>{TITLE}</w:t></w:r></w:p>'
    document = (
        f'<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}/relationships"><w:body>{title}{texts}{body}</w:body></w:document>'
    )
    overrides = (
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    )
    return archive(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
            "_rels/.rels": _relations(
                f'<Relationship Id="r1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": document,
            "word/_rels/document.xml.rels": _relations(relations),
        }
    )


def page_break() -> str:
    """What comes after this, as `body` of a Word document, begins on a new page."""
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def paragraph(text: str) -> str:
    """A paragraph for the `body` of a Word document."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _relations(relations: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def odt(body: str = "") -> bytes:
    """An OpenDocument text: the invoice, then `body`."""
    texts = "".join(f"<text:p>{line}</text:p>" for line in LINES)
    return _open_document("text", f"<office:text><text:h text:outline-level='1'>{TITLE}</text:h>{texts}{body}</office:text>")


def odp(slides: int = 2) -> bytes:
    """An OpenDocument presentation: the invoice on each slide, by its number."""
    pages = "".join(_slide(number) for number in range(1, slides + 1))
    return _open_document("presentation", f"<office:presentation>{pages}</office:presentation>")


def _slide(number: int) -> str:
    texts = "".join(f"<text:p>{line}</text:p>" for line in (f"{TITLE} {number}", *LINES))
    box = 'svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="10cm"'
    frame = f"<draw:frame {box}><draw:text-box>{texts}</draw:text-box></draw:frame>"
    return f'<draw:page draw:name="p{number}" draw:master-page-name="">{frame}</draw:page>'


def _open_document(kind: str, body: str) -> bytes:
    names = {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}
    spaces = "".join(f' xmlns:{short}="{_OASIS}:{name}:1.0"' for short, name in names.items())
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    content = f'<office:document-content{spaces} office:version="1.3"><office:body>{body}</office:body></office:document-content>'
    media = f"application/vnd.oasis.opendocument.{kind}"
    members = {"mimetype": media, "content.xml": content, "META-INF/manifest.xml": _manifest(media, "content.xml")}
    return archive(members, stored="mimetype")


def _manifest(media: str, *parts: str) -> str:
    entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
    entries = entry.format("/", media) + "".join(entry.format(part, "text/xml") for part in parts)
    return f'<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">{entries}</manifest:manifest>'


def rtf() -> bytes:
    """The invoice in Rich Text Format."""
    texts = "".join(f"{line}\\par\n" for line in LINES)
    return f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 Arial;}}}}\\f0{{\\fs56\\b {TITLE}\\par}}\\fs22 {texts}}}".encode()


@cache
def converted(suffix: str) -> bytes:
    """The invoice in a format that only LibreOffice writes: "doc", "ppt", "pptx" and others of its names."""
    source, name = (odp(), "invoice.odp") if suffix.startswith("pp") else (odt(), "invoice.odt")
    soffice = shutil.which("soffice")
    if not soffice:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(source)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [soffice, "--headless", profile, "--convert-to", suffix, "--outdir", folder, str(Path(folder) / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (Path(folder) / f"invoice.{suffix}").read_bytes()


def docx_with_remote_picture(url: str) -> bytes:
    """A Word document with a picture that is only linked to, and a template on the same server."""
    picture = f'<Relationship Id="r9" Type="{_OFFICE}/relationships/image" Target="{url}" TargetMode="External"/>'
    template = f'<Relationship Id="r8" Type="{_OFFICE}/relationships/attachedTemplate" Target="{url}.dot" TargetMode="External"/>'
    drawing = (
        '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:100pt;height:100pt">'
        '<v:imagedata r:link="r9" r:id="r9"/></v:shape></w:pict></w:r></w:p>'
    )
    return docx(drawing, picture + template)


def odt_with_remote_parts(url: str) -> bytes:
    """An OpenDocument text with a linked picture, a linked section and an embedded object from elsewhere."""
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    frame = '<text:p><draw:frame svg:width="5cm" svg:height="5cm">'
    return odt(
        f'{frame}<draw:image xlink:href="{url}/a.png" {link}/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{url}/b.odt" {link}/><text:p>old</text:p></text:section>'
        f'{frame}<draw:object xlink:href="{url}/c.odt" {link}/></draw:frame></text:p>'
    )


def odt_with_macro(mark: Path) -> bytes:
    """An OpenDocument text whose macro would make the file `mark` when the document is opened."""
    basic = f'Sub Main\nOpen "{mark}" For Output As #1\nPrint #1, "ran"\nClose #1\nEnd Sub'
    start = "vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"
    scripts = (
        f'<office:scripts xmlns:office="{_OASIS}:office:1.0" xmlns:script="{_OASIS}:script:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><office:event-listeners><script:event-listener script:language="ooo:script" '
        f'script:event-name="dom:load" xlink:href="{start}" xlink:type="simple"/></office:event-listeners></office:scripts>'
    )
    library = 'xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"'
    with zipfile.ZipFile(BytesIO(odt())) as file:
        members = {name: file.read(name) for name in file.namelist()}
    members["content.xml"] = members["content.xml"].replace(b"<office:body>", scripts.encode() + b"<office:body>", 1)
    macros = {
        "Basic/script-lc.xml": '<library:libraries xmlns:library="http://openoffice.org/2000/library" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><library:library library:name="Standard" library:link="false"/>'
        "</library:libraries>",
        "Basic/Standard/script-lb.xml": f'<library:library {library}><library:element library:name="Module1"/></library:library>',
        "Basic/Standard/Module1.xml": '<script:module xmlns:script="http://openoffice.org/2000/script" '
        f'script:name="Module1" script:language="StarBasic">{basic}</script:module>',
    }
    manifest = _manifest("application/vnd.oasis.opendocument.text", "content.xml", *macros)
    return archive({**members, **macros, "META-INF/manifest.xml": manifest}, stored="mimetype")


PROTECT = """
import os, sys, uno
from com.sun.star.beans import NamedValue, PropertyValue
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(600):
    try:
        context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % sys.argv[1])
        break
    except Exception:
        __import__("time").sleep(0.1)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = desktop.loadComponentFromURL(sys.argv[2], "_blank", 0, (PropertyValue(Name="Hidden", Value=True),))
settings = [PropertyValue(Name="FilterName", Value=sys.argv[4]), PropertyValue(Name="Password", Value=sys.argv[5])]
if "2007" in sys.argv[4]:
    how = (NamedValue("OOXPassword", sys.argv[5]), NamedValue("CryptoType", "Standard"))
    settings[1] = PropertyValue(Name="EncryptionData", Value=uno.Any("[]com.sun.star.beans.NamedValue", how))
document.storeToURL(sys.argv[3], tuple(settings))
os._exit(0)  # the bridge's threads, if Python ends around them, crash once in a hundred times
"""
"""Saves a document behind a password; runs under the Python of LibreOffice."""


def protected(suffix: str, password: str, python: str = "/usr/bin/python3") -> bytes:
    """The invoice behind a password, as LibreOffice saves it: "docx", "odt" or "doc"."""
    filters = {"docx": "MS Word 2007 XML", "odt": "writer8", "doc": "MS Word 97"}
    soffice = shutil.which("soffice")
    if not soffice:
        raise FileNotFoundError("soffice")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, target = folder / "source.odt", folder / f"target.{suffix}"
        source.write_bytes(odt())
        pipe = f"samples{os.getpid()}"
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        listen = [soffice, "--headless", "--norestore", profile, f"--accept=pipe,name={pipe};urp;"]
        own = {**os.environ, "TMPDIR": name}  # its pipe goes with the folder
        with subprocess.Popen(listen, start_new_session=True, env=own) as office:
            try:
                arguments = [pipe, source.as_uri(), target.as_uri(), filters[suffix], password]
                subprocess.run([python, "-c", PROTECT, *arguments], check=True, timeout=120, env=own)
            finally:
                os.killpg(office.pid, signal.SIGKILL)  # its launcher and what that started
        return target.read_bytes()
