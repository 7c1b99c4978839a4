"""Parts of a paper laid out by themselves, joined: page numbers run on, the tags for screen readers stay whole."""

import io
from contextlib import ExitStack
from dataclasses import dataclass

import pikepdf


@dataclass(frozen=True)
class LaidOut:
    """The PDF of one part; see `documents.papers.Part`."""

    content: bytes
    continues: bool = False
    is_landscape: bool = False


def join(parts, numbers):
    """One PDF, as bytes: the first part with its marks and attachments, then the pages of the others.

    Pages of parts that continue get the number they have in their sheet; `numbers(count, is_landscape)` is a PDF with
    the numbers from 1 to `count` where they stand on paper. The same parts give the same bytes.
    """
    with ExitStack() as files:

        def opened(content):
            return files.enter_context(pikepdf.open(io.BytesIO(content)))

        whole = opened(parts[0].content)
        unnumbered, number = {}, 0
        for part in parts[1:]:
            number = number if part.continues else 0
            for page in _add(whole, opened(part.content)):
                number += 1
                if part.continues:
                    unnumbered.setdefault(part.is_landscape, []).append((number, page))
        for is_landscape, pages in unnumbered.items():
            _stamp(whole, pages, opened(numbers(max(number for number, _page in pages), is_landscape)))
        written = io.BytesIO()
        whole.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _add(whole, part):
    """Append the pages of one part and what its tags say of them; the pages as they are now."""
    first = len(whole.pages)
    whole.pages.extend(part.pages)
    added = whole.pages[first:]
    ours, theirs = whole.Root.StructTreeRoot, whole.copy_foreign(part.Root.StructTreeRoot)
    shift = int(ours.ParentTree.Nums[-2]) + 1
    for page in added:
        _shift(page, "/StructParents", shift)
        for note in page.get("/Annots", []):
            _shift(note, "/StructParent", shift)
    nums = theirs.ParentTree.Nums
    for place in range(0, len(nums), 2):
        ours.ParentTree.Nums.append(int(nums[place]) + shift)
        ours.ParentTree.Nums.append(nums[place + 1])
    for element in theirs.K:
        element.P = ours
        ours.K.append(element)
    return added


def _shift(thing, name, shift):
    if name in thing:
        thing[name] = int(thing[name]) + shift


def _stamp(whole, pages, numbers):
    """Each page gets its number as an artifact, which screen readers pass over."""
    for number, page in pages:
        picture = whole.copy_foreign(numbers.pages[number - 1].as_form_xobject())
        name = page.add_resource(picture, pikepdf.Name.XObject, pikepdf.Name(f"/Number{number}"))
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(f"\nQ\n/Artifact\nBMC\nq\n{name} Do\nQ\nEMC\n".encode())
