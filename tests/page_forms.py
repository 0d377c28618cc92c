"""What a browser would send of a page's form, and what stands in its fields."""

from html.parser import HTMLParser

TYPED = ("text", "number", "url", "email", "date")


class Fields(HTMLParser):
    """The fields of all forms of a page: `sent` as they stand, and the names of those that one types into."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.typed = {}, []
        self.area = self.select = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name")
        if tag == "textarea" and name:
            self.area = name
            self.sent[name] = ""
            self.typed.append(name)
        elif tag == "select" and name:
            self.select = name
        elif tag == "option" and self.select and "selected" in given:
            self.sent.setdefault(self.select, []).append(given.get("value", ""))
        elif tag == "input" and name:
            self._input(name, given)

    def _input(self, name, given):
        kind = given.get("type", "text")
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self.sent.setdefault(name, []).append(given.get("value", "on"))
        elif kind not in ("submit", "file", "button"):
            self.sent[name] = given.get("value") or ""
            if kind in TYPED:
                self.typed.append(name)

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.area:
            self.sent[self.area] = self.sent[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.select = None
