"""What every address of the API has in common: what it takes, what it refuses, how it answers."""

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from api.problems import problem, refused
from listing.cursor import CursorError

UNKNOWN = "{}: There is no such parameter here; there are {}."
EMPTY = "{}: Nothing is given; leave the parameter out instead."
TWICE = "{}: This can be given once."
NONE = "{}: This address takes no parameters."


@method_decorator(csrf_exempt, "dispatch")  # nothing is written here, so nothing can be forged
class JsonView(View):
    """Answers `told()` as JSON, to GET and HEAD; `page` is the class of the page that it is the JSON of."""

    http_method_names = ["get", "head", "options"]
    page, page_options, name = None, {}, ""

    def get(self, request, **kwargs):
        self.view = self.page(**self.page_options)
        self.view.setup(request, **kwargs)
        if unknown := self.unknown():
            return refused(unknown)
        try:
            return answered(self.told(**kwargs))
        except Http404:
            return self._elsewhere() or problem(404)
        except CursorError as error:
            return refused([f"cursor: {error}"])
        except RefusedError as error:
            return refused(error.args[0])

    def unknown(self):
        names = self.parameters()
        others = [name for name in self.request.GET if name not in names]
        return [(UNKNOWN if names else NONE).format(name, ", ".join(names)) for name in others] + self.vague()

    def vague(self):
        """What a person may leave empty is a slip in a program, and would mean all there is."""
        single, given = self.single(), list(self.request.GET.lists())
        empty = [EMPTY.format(name) for name, values in given if not all(value.strip() for value in values)]
        return empty + [TWICE.format(name) for name, values in given if len(values) > 1 and name in single]

    def _elsewhere(self):
        """Of a merged record, where the one is that stands for it."""
        standing = getattr(self.view, "standing", None)
        record = standing and standing()
        if not record:
            return None
        query = self.request.GET or None
        return HttpResponseRedirect(reverse(f"api:{self.name}", args=[record.slug], query=query))

    def parameters(self):
        """The names of all that can stand in the address."""
        raise NotImplementedError

    def single(self):
        """Those of them that can stand there once."""
        return self.parameters()

    def told(self, **kwargs):
        """The answer, or one of the errors that `get` knows."""
        raise NotImplementedError

    def http_method_not_allowed(self, request, *args, **kwargs):
        response = problem(405)
        response["Allow"] = ", ".join(self._allowed_methods())
        return response

    def options(self, request, *args, **kwargs):
        return HttpResponse(status=204, headers={"Allow": ", ".join(self._allowed_methods())})


class RefusedError(Exception):
    """Something in the address can't be read; its argument is the list of sentences."""


def answered(body):
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
