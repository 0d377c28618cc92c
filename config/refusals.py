"""Every refusal says in a sentence what to do: what was refused without a word gets its page here."""

from django.http import HttpResponse
from django.template import TemplateDoesNotExist, loader

REFUSALS = range(400, 500)


class RefusalsMiddleware:
    """For the bare answers of decorators and views, such as 405 to a method that an address does not take."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code not in REFUSALS or response.streaming or response.content:
            return response
        return _told(response)


def _told(response):
    """The page instead of nothing, with the headers that were there (`Allow`, how long it may be kept)."""
    told = HttpResponse(_page(response), status=response.status_code)
    for name, value in response.items():
        if name.lower() not in ("content-type", "content-length"):
            told[name] = value
    told.cookies = response.cookies
    told["Content-Length"] = len(told.content)
    return told


def _page(response):
    try:
        page = loader.get_template(f"{response.status_code}.html")
    except TemplateDoesNotExist:
        page = loader.get_template("400.html")
    return page.render({"takes": response.get("Allow", "")})
