"""A list as an Atom feed: the rows of its page, each as an entry with the day on which it was changed."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext

from listing.languages import canonical, tag_of
from listing.reading import reading_connection

SITE = "Recall incident tracker"
NOT_XML = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")


@dataclass(frozen=True)
class Entry:
    """One row in a feed; `path` is its page's, `mark` tells rows of one page apart."""

    title: str
    path: str
    summary: str
    author: str
    updated: datetime
    mark: str = ""
    published: datetime | None = None
    categories: tuple = ()


class Feed(Atom1Feed):
    def latest_post_date(self):
        """Of the data, never of the clock: the same feed is the same bytes. An empty one is as old as its tables."""
        return max((item["updateddate"] for item in self.items), default=None) or _tables_made_at()


def _tables_made_at():
    with reading_connection().cursor() as cursor:
        cursor.execute("SELECT min(applied) FROM django_migrations")
        return cursor.fetchone()[0]


def feed_of(records, path, query):
    """The feed of a list; `path` and `query` are those of its page, of which it is another form."""
    page = settings.PUBLIC_URL + path
    params = query.copy()
    own = f"?{params.urlencode()}"
    params.pop("export", None)
    link = f"{page}?{params.urlencode()}" if params else page
    title = _clean(records.description)
    feed = Feed(
        title,
        link,
        "",
        language=tag_of(get_language()),
        feed_url=page + own,
        feed_guid=settings.PUBLIC_URL + canonical(path) + own,
        author_name=gettext(SITE),
    )
    for entry in records.entries(list(records.page.object_list)):
        _add(feed, entry)
    return feed


def _add(feed, entry):
    address = settings.PUBLIC_URL + entry.path  # in this language; its id is the same in all
    feed.add_item(
        _clean(entry.title),
        address,
        escape(_clean(entry.summary)),
        unique_id=f"{settings.PUBLIC_URL}{canonical(entry.path)}{entry.mark}",
        updateddate=entry.updated,
        pubdate=entry.published,
        author_name=_clean(entry.author),
        categories=entry.categories,
    )


def _clean(text):
    """Without the few characters that no XML can hold."""
    return NOT_XML.sub("", text)
