"""How large an uploaded spreadsheet may be, so that no file takes the memory or the disk of the server."""

MEGABYTE = 1 << 20
LARGEST_FILE = 200 * MEGABYTE
LARGEST_UNPACKED = 1000 * MEGABYTE
LARGEST_TEXTS = 200 * MEGABYTE  # the texts of an XLSX file, which are held in memory
MOST_FILES = 1000  # in the archive that an XLSX file is
MOST_ROWS = 200_000
MOST_COLUMNS = 200
LONGEST_CELL = 100_000  # characters
EXCEL_ROWS = 1_048_576


class FileError(Exception):
    """A file that can't be read at all; the message is the sentence that staff see at the upload."""
