"""How tests visit the site: who asks, and what is kept of an answer."""

from django.contrib.auth.models import User
from django.test import Client


class Visitor(Client):
    """Asks as Django's own test client, without a note of each template: these take a fourth of a page's time."""

    def request(self, **request):
        return self.handler(self._base_environ(**request))


def visitor(name="anonymous"):
    """Somebody without an account, or the user of this name."""
    client = Visitor()
    if name != "anonymous":
        client.force_login(User.objects.get(username=name))
    return client


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, response):
        self.status = response.status_code
        same = [item for item in response.items() if item[0] != "X-Request-ID"]  # another for each request
        self.headers = "\n".join(f"{name}: {value}" for name, value in same)
        self.is_html = response.get("Content-Type", "").startswith("text/html")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        self.body = content.decode("utf-8", "replace")

    def around(self, word):
        """Where the word stands."""
        text = f"{self.headers}\n{self.body}"
        place = text.lower().index(word)
        return text[max(place - 80, 0) : place + 40]

    def __contains__(self, word):
        return word in self.headers.lower() or word in self.body.lower()
