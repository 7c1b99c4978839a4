"""What ISO 19005-3 (PDF/A-3, level A) asks of the structure of a file, read with another library than wrote it."""

import io
import re

import pikepdf
from pikepdf import Name

_HEADER = re.compile(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}")
_FORBIDDEN = {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Perms", "/Requirements"}
_OF_A_FILE = ("/F", "/UF", "/AFRelationship", "/EF")


def problems(content):
    """What stands in the way of keeping a PDF for ever, in words; nothing where it can be kept."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return [*_of_the_file(file, content), *_of_the_colours(file), *_of_what_is_attached(file), *_of_the_pages(file)]


def _of_the_file(file, content):
    root, marks = file.Root, file.open_metadata()
    if not _HEADER.match(content):
        yield "the header does not say that bytes follow"
    if file.is_encrypted or "/ID" not in file.trailer:
        yield "encrypted, or without an identifier"
    if (marks.get("pdfaid:part"), marks.get("pdfaid:conformance")) != ("3", "A"):
        yield "it does not say which form it has"
    if str(file.docinfo.Title) != marks.get("dc:title") or str(file.docinfo.Producer) != marks.get("pdf:Producer"):
        yield "two places say different things about it"
    if not root.MarkInfo.Marked or "/Lang" not in root or "/StructTreeRoot" not in root:
        yield "not tagged, or in no language"
    yield from (f"{key} is forbidden" for key in _FORBIDDEN & set(root.keys()))
    if "/JavaScript" in root.get("/Names", {}):
        yield "it holds a program"


def _of_the_colours(file):
    intents = [intent for intent in file.Root.OutputIntents if intent.S == Name.GTS_PDFA1]
    if len(intents) != 1 or "/OutputConditionIdentifier" not in intents[0]:
        yield "it does not say once what its colours mean"
    elif intents[0].DestOutputProfile.N != 3 or intents[0].DestOutputProfile.read_bytes()[36:40] != b"acsp":
        yield "the profile of its colours cannot be read"


def _of_what_is_attached(file):
    associated = [each.objgen for each in file.Root.get("/AF", [])]
    names = file.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    for place in range(1, len(names), 2):
        attached = names[place]
        if attached.objgen not in associated or any(key not in attached for key in _OF_A_FILE):
            yield "a file is attached without saying what it is"
        elif "/Subtype" not in attached.EF.F or "/ModDate" not in attached.EF.F.get("/Params", {}):
            yield "an attached file has no type or no day"


def _of_the_pages(file):
    fonts, pictures = {}, []
    for page in file.pages:
        fonts |= {font.objgen: font for font in page.Resources.get("/Font", {}).values()}
        pictures += page.Resources.get("/XObject", {}).values()
        if "/StructParents" not in page:
            yield "a page is not in the structure"
        yield from ("a link is not printed" for each in page.get("/Annots", []) if not int(each.get("/F", 0)) & 4)
    for font in fonts.values():
        (face,) = font.DescendantFonts
        if "/ToUnicode" not in font or "/FontFile2" not in face.FontDescriptor or "/CIDToGIDMap" not in face:
            yield f"{font.BaseFont} is not whole inside"
    yield from ("a picture is smoothed" for each in pictures if bool(each.get("/Interpolate", False)))
    yield from ("a picture has no words" for each in _figures(file.Root.StructTreeRoot) if "/Alt" not in each)


def _figures(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _figures(child)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == Name.Figure:
            yield node
        yield from _figures(node.get("/K", pikepdf.Array()))
