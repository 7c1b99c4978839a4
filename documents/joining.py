"""Parts of a paper laid out by themselves, joined: page numbers run on, the tags for screen readers stay whole.

Libraries that join keep every object of every part in memory, a hundred megabytes for a thousand rows with their
tags. Here one part is read after the other and written on at once: pages, tags and the table from pages to tags are
trees, so each part becomes a branch of the whole and needs no more than new numbers for its objects.
"""

import hashlib
import io
import re
import zlib
from array import array
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name

#: The digits of Tinos are all as wide: half the size of 13 points in which a page is numbered.
DIGIT_WIDTH = 6.5
#: Objects that belong to the whole: its pages, its tags, the table from pages to tags.
_PAGES, _TAGS, _OWNERS = range(1, 4)
_RESERVED = 3
#: What is written of an object is cut into strings, which stay as they are, and references, which get new numbers.
_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-f]*>|\b(\d+) 0 R\b|/OfTheWhole(\d)\b", re.DOTALL)
_AT_ONCE = 200  # objects compressed together


@dataclass(frozen=True)
class LaidOut:
    """The PDF of one part; see `documents.papers.Part`."""

    content: bytes
    continues: bool = False
    is_landscape: bool = False


def join(parts, digits):
    """One PDF, as bytes: the first part with its marks and attachments, then the pages of the others.

    Pages of parts that continue get the number they have in their sheet; `digits(is_landscape)` is a PDF of ten pages,
    each with one digit where the number of a page stands. The same parts give the same bytes.
    """
    writer, whole, number = _Writer(), _Whole(), 0
    for part in parts:
        with pikepdf.open(io.BytesIO(part.content)) as file:
            number = number if part.continues else 0
            if part.continues:
                _stamp(file, number + 1, digits(part.is_landscape))
            number += len(file.pages)
            whole.take_in(file, writer)
    return writer.finish(whole.objects(), *whole.ends)


class _Whole:
    """What the parts hang on."""

    def __init__(self):
        self.pages, self.tags, self.owners, self.count, self.shift = [], [], [], 0, 0
        self.ends = ()  # the catalogue and the facts about the file: those of the first part

    def take_in(self, file, writer):
        """Write one part, as a branch of the whole."""
        tree, pages = file.Root.StructTreeRoot, file.Root.Pages
        owners = file.make_indirect(tree.ParentTree)
        self._renumber(file, owners)
        tree.Type, tree.S, tree.P = Name.StructElem, Name.Part, Name(f"/OfTheWhole{_TAGS}")
        del tree.ParentTree
        pages.Parent = Name(f"/OfTheWhole{_PAGES}")
        self.count += int(pages.Count)
        if not self.ends:
            file.Root.Pages, file.Root.StructTreeRoot = (Name(f"/OfTheWhole{place}") for place in (_PAGES, _TAGS))
            left_out = {}
        else:
            left_out = {file.Root.objgen, file.trailer.Info.objgen}
        place = writer.write(file, left_out)
        self.pages.append(place(pages))
        self.tags.append(place(tree))
        self.owners.append(place(owners))
        self.ends = self.ends or (place(file.Root), place(file.trailer.Info))

    def _renumber(self, file, owners):
        """Every page has a number of its own by which its tags are found."""
        for page in file.pages:
            page.StructParents = int(page.StructParents) + self.shift
            for note in page.get("/Annots", []):
                if "/StructParent" in note:
                    note.StructParent = int(note.StructParent) + self.shift
        pairs = list(owners.Nums)
        keys = [int(key) + self.shift for key in pairs[::2]]
        owners.Nums = Array([value for pair in zip(keys, pairs[1::2], strict=True) for value in pair])
        owners.Limits = Array([keys[0], keys[-1]])
        self.shift = keys[-1] + 1

    def objects(self):
        """{number: what stands under it} of what belongs to the whole."""

        def listed(numbers):
            return b" ".join(b"%d 0 R" % number for number in numbers)

        return {
            _PAGES: b"<</Type/Pages/Count %d/Kids[%s]>>" % (self.count, listed(self.pages)),
            _TAGS: b"<</Type/StructTreeRoot/ParentTree %d 0 R/K[%s]>>" % (_OWNERS, listed(self.tags)),
            _OWNERS: b"<</Kids[%s]>>" % listed(self.owners),
        }


class _Writer:
    """The file as it grows. Objects without a stream are compressed many at once."""

    def __init__(self):
        self.file, self.last = io.BytesIO(), _RESERVED
        self.file.write(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n")
        self.places = array("Q")  # of each object: 1 and its offset, or 2, its stream and its place in there

    def write(self, file, left_out):
        """Every object of a file under new numbers; a function that says which number an object got."""
        shift = self.last

        def place(thing):
            return thing.objgen[0] + shift

        def renumbered(found):
            if found[1]:
                return b"%d 0 R" % (int(found[1]) + shift)
            return b"%s 0 R" % found[2] if found[2] else found[0]

        plain = {}
        for thing in file.objects:
            self.last = max(self.last, place(thing))
            if thing.objgen in left_out:
                continue
            if isinstance(thing, pikepdf.Stream):
                content = thing.read_raw_bytes()
                facts = Dictionary(thing.stream_dict)
                facts.Length = len(content)
                self._put(place(thing), _REFERENCE.sub(renumbered, facts.unparse()), content)
            else:
                plain[place(thing)] = _REFERENCE.sub(renumbered, thing.unparse(resolved=True))
        self._compress(plain)
        return place

    def _put(self, number, facts, content):
        self._note(number, 1, self.file.tell())
        self.file.write(b"%d 0 obj\n%s\nstream\n" % (number, facts))
        self.file.write(content)
        self.file.write(b"\nendstream\nendobj\n")

    def _note(self, number, kind, where, place=0):
        """Seven bytes of the table of objects, as one number: objects by the hundred thousand take little room."""
        self.places.extend([0] * (number + 1 - len(self.places)))
        self.places[number] = kind << 48 | where << 16 | place

    def _compress(self, plain):
        numbers = list(plain)
        for start in range(0, len(numbers), _AT_ONCE):
            some = numbers[start : start + _AT_ONCE]
            self.last += 1
            heads, offset = [], 0
            for place, number in enumerate(some):
                heads.append(b"%d %d" % (number, offset))
                offset += len(plain[number]) + 1
                self._note(number, 2, self.last, place)
            head = b" ".join(heads) + b"\n"
            content = zlib.compress(head + b"\n".join(plain[number] for number in some))
            facts = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>"
            self._put(self.last, facts % (len(some), len(head), len(content)), content)

    def finish(self, objects, root, info):
        """The whole file, as bytes, with the table of its objects."""
        self._compress(objects)
        self.last += 1
        start = self.file.tell()
        self._note(self.last, 1, start)
        table = zlib.compress(b"".join(place.to_bytes(7) for place in self.places))
        digest = hashlib.md5(self.file.getvalue(), usedforsecurity=False).hexdigest().encode()
        facts = b"<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode/Length %d>>" % (
            self.last + 1,
            root,
            info,
            digest,
            digest,
            len(table),
        )
        self._put(self.last, facts, table)
        self.file.write(b"startxref\n%d\n%%%%EOF\n" % start)
        return self.file.getvalue()


def _stamp(file, first, digits):
    """Each page gets its number, from `first` on, as an artifact, which screen readers pass over."""
    with pikepdf.open(io.BytesIO(digits)) as drawn:
        forms = [file.copy_foreign(page.as_form_xobject()) for page in drawn.pages]
        for number, page in enumerate(file.pages, start=first):
            written = str(number)
            left = -DIGIT_WIDTH * (len(written) - 1) / 2
            strokes = []
            for place, digit in enumerate(written):
                name = Name(f"/Digit{digit}")
                page.add_resource(forms[int(digit)], Name.XObject, name, replace_existing=True)
                strokes.append(f"q 1 0 0 1 {left + place * DIGIT_WIDTH:g} 0 cm {name} Do Q")
            page.contents_add(b"q\n", prepend=True)
            page.contents_add("\n".join(["", "Q", "/Artifact", "BMC", *strokes, "EMC", ""]).encode())
