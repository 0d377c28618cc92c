"""Pages that somebody asked for a moment ago, for whoever asks next, as long as the data are the same.

The tag of a page names the release and the data's version, so what is kept is never older than what was published.
A minute at most, since a page may also tell the time.
"""

from hashlib import sha256

from django.core.cache import caches

LONGEST = 250_000  # bytes of a page; four times a list's


def found(request, tag):
    """The page with this tag as it was made for another visitor; None where there is none."""
    return caches["pages"].get(_key(request, tag)) if request.method == "GET" else None


def keep(request, tag, response):
    if request.method == "GET" and _is_for_everybody(response):
        caches["pages"].set(_key(request, tag), response)


def _key(request, tag):
    return sha256(f"{tag} {request.build_absolute_uri()}".encode()).hexdigest()


def _is_for_everybody(response):
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Vary")
        and not response.has_header("Cache-Control")
        and len(response.content) <= LONGEST
    )
