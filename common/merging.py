"""Two texts that grew out of one, brought together line by line."""

from difflib import SequenceMatcher


def merged(base, ours, theirs):
    """(text, passages both changed): what either side changed since `base`; of such a passage ours, then theirs."""
    base, ours, theirs = base.splitlines(), ours.splitlines(), theirs.splitlines()
    lines, clashes = [], 0
    done = (0, 0, 0)
    for length, *starts in _common(base, ours, theirs):
        was, mine, other = (
            text[begin:end] for text, begin, end in zip((base, ours, theirs), done, starts, strict=True)
        )
        if other in (was, mine):
            lines += mine
        elif mine == was:
            lines += other
        else:
            lines += [*mine, *other]
            clashes += 1
        lines += base[starts[0] : starts[0] + length]
        done = tuple(start + length for start in starts)
    return "\n".join(lines), clashes


def changed_passages(before, after):
    """[(lines gone, lines come)] in the order of the text."""
    old, new = before.splitlines(), after.splitlines()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [("\n".join(old[a:b]), "\n".join(new[c:d])) for kind, a, b, c, d in steps if kind != "equal"]


def _common(base, ours, theirs):
    """(length, start in base, in ours, in theirs) of the runs of lines all three share; the last is the end."""
    first = SequenceMatcher(None, base, ours, autojunk=False).get_matching_blocks()
    second = SequenceMatcher(None, base, theirs, autojunk=False).get_matching_blocks()
    one = other = 0
    while one < len(first) and other < len(second):
        (begin, mine, length), (start, yours, extent) = first[one], second[other]
        low, high = max(begin, start), min(begin + length, start + extent)
        if low < high:
            yield high - low, low, mine + low - begin, yours + low - start
        if begin + length < start + extent:
            one += 1
        else:
            other += 1
    yield 0, len(base), len(ours), len(theirs)
