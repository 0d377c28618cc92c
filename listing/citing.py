"""How a view is cited: in words, as BibTeX and as CSL-JSON, with its day and the hash of its file."""

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing.delivery import Delivery
from listing.feeds import SITE
from listing.languages import in_english
from listing.markdown import escaped
from listing.shape import OF_A_FILE, without

WORDS, BIBTEX, CSL = "txt", "bib", "csl"  # as the address names them, and `Cited` has them
MOST = 20_000  # rows whose file is hashed while somebody waits
UNHASHED = _(
    "The file has more than {most:,} rows, too many to hash here: download it, and take its SHA-256 by sha256sum."
)
OF_BIBTEX = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "{}&%$#_"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True)
class View:
    """What a page shows, in words, and the address that shows it again."""

    title: str
    summary: str
    path: str
    params: dict

    @property
    def address(self):
        """Whole, and without what only says which part of it is on the screen."""
        return self._address(without(self.params, "page", *OF_A_FILE))

    @property
    def file_address(self):
        return f"{self.address}{'&' if '?' in self.address else '?'}export=csv"

    def page_in_words(self, records):
        """What stands below the copied rows of one page, as Markdown."""
        page, address = records.page, self._address(without(self.params, *OF_A_FILE))
        rows = gettext("no rows")
        if page.object_list:
            rows = gettext("rows {first:,} to {last:,}").format(
                first=page.start_index(), last=page.end_index()
            )
        said = gettext("%(title)s: %(summary)s; %(rows)s. %(site)s, %(day)s,")
        words = {"title": escaped(self.title), "summary": escaped(self.summary), "rows": rows}
        return f"{said % {**words, 'site': gettext(SITE), 'day': today()}} <{address}>"

    def _address(self, params):
        filled = [(name, value) for name, values in params.lists() for value in values if value.strip()]
        return settings.PUBLIC_URL + self.path + (f"?{urlencode(filled)}" if filled else "")


@dataclass(frozen=True)
class Cited:
    """The citation of a `View`; `digest` is the SHA-256 of its CSV file, empty where `unhashed` says why."""

    view: View
    day: date
    digest: str
    unhashed: str

    @property
    def hash_in_words(self):
        return gettext("SHA-256 of its CSV file: %(digest)s") % {"digest": self.digest} if self.digest else ""

    @property
    def said(self):
        """Without its address."""
        words = {"title": _flat(self.view.title), "summary": _flat(self.view.summary)}
        form = gettext("“%(title)s”: %(summary)s. %(site)s, %(day)s.")
        return form % {**words, "site": gettext(SITE), "day": self.day}

    @property
    def txt(self):
        return f"{self.said} {self.view.address} {self.hash_in_words}".rstrip() + "\n"

    @property
    def bib(self):
        fields = {
            "title": f"{{{_bibtex(self.view.title)}}}",
            "author": f"{{{SITE}}}",
            "year": self.day.year,
            "url": self.view.address,
            "urldate": self.day,
            "note": _bibtex(f"{self.view.summary}. {self.hash_in_words}".strip()),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self._key},\n{lines}}}\n"

    @property
    def csl(self):
        entry = {
            "id": self._key,
            "type": "dataset",
            "title": _flat(self.view.title),
            "author": [{"literal": SITE}],
            "publisher": SITE,
            "URL": self.view.address,
            "accessed": {"date-parts": [[self.day.year, self.day.month, self.day.day]]},
            "note": f"{_flat(self.view.summary)}. {self.hash_in_words}".strip(),
        }
        return json.dumps([entry], ensure_ascii=False, indent=2) + "\n"

    @property
    def _key(self):
        mark = self.digest or hashlib.sha256(self.view.address.encode()).hexdigest()
        return f"recalls-{self.day.year}-{mark[:8]}"


def cited(records, view):
    """The `Cited` of today. Raises what `Delivery` raises."""
    unhashed = UNHASHED.format(most=MOST) if _is_long(records) else ""
    return Cited(view, today(), "" if unhashed else digest_of(records), unhashed)


def digest_of(records):
    """The SHA-256 of a list's CSV file, which is written for it as for a reader, but in no more time than a page."""
    digest = hashlib.sha256()
    with in_english(), closing(Delivery(records, seconds=settings.PAGE_SECONDS)) as file:
        for chunk in file:
            digest.update(chunk)
    return digest.hexdigest()


def _is_long(records):
    return records.size.is_more or records.count > MOST


def today():
    return timezone.now().date()


def _flat(text):
    return " ".join(text.split())


def _bibtex(text):
    return _flat(text).translate(OF_BIBTEX)
