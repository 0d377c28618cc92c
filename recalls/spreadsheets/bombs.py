"""XLSX files that unpack into more than memory holds: refused while they are unpacked piece by piece."""

from recalls.spreadsheets.limits import MEGABYTE

BLOCK = MEGABYTE
LONGEST_TEXT = 2 * MEGABYTE  # bytes without a tag: more than the longest cell in any writing
LONGEST_ROW = 32 * MEGABYTE  # bytes without a new row or a new shared text: more than the longest row of ours
STARTS = (b"<row", b"<si", b":row", b":si")  # of what the reader lets go again; some programs write a prefix


def unpacks_without_end(part) -> bool:
    """Whether reading this open part of the archive would gather more than a long row at a time."""
    text = row = 0
    while block := part.read(BLOCK):
        text = _since_last(block, (b"<",), text)
        row = _since_last(block, STARTS, row)
        if text > LONGEST_TEXT or row > LONGEST_ROW:
            return True
    return False


def _since_last(block, starts, before):
    """How many bytes ago the last of these was, after this block; a gap within a block is none."""
    last = max(block.rfind(start) for start in starts)
    return before + len(block) if last < 0 else len(block) - last
