"""What should stand in no page: our mark as markup, scripts and styles in it, odd addresses."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

SCHEMES = ("", "http", "https", "mailto", "data")
ADDRESSES = ("href", "src", "action", "formaction")


class Markup(HTMLParser):
    """Collects what should not be in a page: our mark as markup, scripts and styles in it, odd addresses."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], None

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.inside = tag
        if tag == "xss" or any(name.startswith("on") or name == "style" for name in values):
            self.found.append(self.get_starttag_text())
        for name in ADDRESSES:
            if name in values and scheme_of(values[name]) not in SCHEMES:
                self.found.append(values[name])

    def handle_data(self, data):
        if self.inside in ("script", "style") and data.strip() and self.inside_is_code():
            self.found.append(data)

    def inside_is_code(self):
        return "application/" not in self.get_starttag_text()

    def handle_endtag(self, tag):
        self.inside = None


def scheme_of(address):
    return urlsplit(re.sub(r"[\x00-\x20]", "", address or "")).scheme


def markup_in(answer):
    page = Markup()
    page.feed(answer.body)
    return page.found
