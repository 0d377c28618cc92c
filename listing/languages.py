"""In which language a page is: its address says so, and nothing else does.

English pages have no prefix, those of another language begin with its code: `/recalls/` and `/zh-hans/recalls/` are one
page. So an answer depends on its address alone, and a cache may keep it for everybody.
"""

from contextlib import nullcontext
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

ENGLISH = settings.LANGUAGE_CODE
NAMES = dict(settings.LANGUAGES)
OF_FILES = ("", "csv")  # as `export` asks for them


@dataclass(frozen=True)
class Language:
    """A language as a link to the same page in it; `tag` is its name in HTML, as zh-Hans."""

    code: str
    tag: str
    name: str
    address: str


class LanguageMiddleware:
    """A page in its language, and all else in English."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        code = language_of(request.path_info)
        with translation.override(code):
            response = self.get_response(request)
        response.setdefault("Content-Language", tag_of(code))
        return response


def language_of(path):
    """The code of the language that an address is in."""
    first = path[1:].partition("/")[0]
    return first if first in NAMES and first != ENGLISH else ENGLISH


def canonical(path):
    """The address of the same page in English."""
    code = language_of(path)
    return path if code == ENGLISH else path.removeprefix(f"/{code}") or "/"


def address_in(code, path):
    """The address of the same page in this language."""
    return canonical(path) if code == ENGLISH else f"/{code}{canonical(path)}"


def tag_of(code):
    """As HTML writes it: zh-hans → zh-Hans."""
    language, _, script = code.partition("-")
    return f"{language}-{script.title()}" if script else language


def languages_of(path):
    """Every `Language`, each with the address of this page in it."""
    return [Language(code, tag_of(code), name, address_in(code, path)) for code, name in NAMES.items()]


def in_english():
    """For what is a file, a feed's name or a row of the database, in whatever language it was asked for."""
    return translation.override(ENGLISH)


def language_of_form(request):
    """That in which an address answers: its file is read back by its headings and values, and is English."""
    return in_english() if request.GET.get("export") in OF_FILES else nullcontext()
