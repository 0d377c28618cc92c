"""The description of the API: as OpenAPI for programs, and as a page for those who write them."""

from functools import cache

from apispec import APISpec
from django.conf import settings
from django.urls import reverse
from django.views.generic import TemplateView

from api import groups, lists, records
from api.parameters import of_form, of_paging, of_shapes
from api.problems import PROBLEM
from api.reading import JsonView, answered
from api.rows import closed
from listing.languages import in_english

WORDS = """Recall batches, incidents, companies, product models and sources as everybody may read them. Money and
other decimals are strings, units are integers, what is unknown is null and stands beside its precision. A partly known
date is told as it was published and by its first and last possible day."""
TEXT = {"type": "string"}
PROBLEMS = {
    400: "Something in the address can't be read.",
    404: "Not there, or not published.",
    503: "Try again later.",
}
GROUPS = {
    "address": "/recalls/?group=region&region=JP&region=US&per_page=1",
    "answers": [
        """\
{"total": {"batches": 12, "units_low": 3470706},
 "results": [{"key": "US", "name": "United States", "batches": 10, "units_low": 2531680}]}""",
        """\
{"total": {"batches": 12, "units_low": 3470706},
 "results": [{"key": "JP", "name": "Japan", "batches": 2, "units_low": 939026}], "next": null}""",
    ],
}
SLUG = {"name": "slug", "in": "path", "required": True, "schema": TEXT, "description": "Its short name."}


def describe(patterns) -> dict:
    """OpenAPI 3.1 of these address patterns, worked out from the lists' filters and columns."""
    server = {"url": settings.PUBLIC_URL}
    spec = APISpec("Recall incident tracker", "1", "3.1.0", info={"description": WORDS}, servers=[server])
    told = {"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT}
    errors = {
        "errors": {"type": "array", "items": TEXT, "description": "Each begins with its parameter's name."}
    }
    problem = closed(told) | {"properties": told | errors}
    spec.components.schema("Problem", problem)
    for pattern in patterns:
        options = pattern.callback.view_initkwargs
        operation = _of_list if pattern.callback.view_class is lists.ListView else _of_record
        place = reverse("api:index") + str(pattern.pattern).replace("<slug:slug>", "{slug}")
        spec.path(place, operations={"get": operation(spec, pattern.name, options, "{slug}" in place)})
    return spec.to_dict()


def _of_list(spec, name, options, has_slug):
    page = options["page"](**options["page_options"])
    shown = page.blank_records()
    answers = {name: lists.schema(shown)}
    if page.shapes:
        answers[f"{name}_groups"] = groups.schema(answers[name])
    for answer, told in answers.items():
        spec.components.schema(answer, told)
    return {
        "operationId": name,
        "summary": shown.title or name.replace("_", " "),
        "parameters": [
            *([SLUG] if has_slug else []),
            *of_form(shown.filterset.form),
            *of_shapes(page.shapes),
            *of_paging(shown, page.shapes.values()),
        ],
        "responses": _responses(*answers),
    }


def _of_record(spec, name, options, has_slug):
    page = options["page"](**options["page_options"])
    columns = page.blank_columns()
    spec.components.schema(name, records.schema(columns, has_days=bool(page.dated_by)))
    return {
        "operationId": name,
        "summary": f"One record of the list: {columns.title}",
        "parameters": [SLUG, *of_form(page.form_class(), page.figures_asked)],
        "responses": _responses(name),
    }


def _responses(*names):
    answers = {
        "200": {"description": "As asked for.", "content": _content("application/json", *names)},
        "302": {"description": "It was merged into another record, which stands there."},
        "304": {"description": "Nothing has changed since (If-None-Match)."},
    }
    problems = {
        str(status): {"description": words, "content": _content(PROBLEM, "Problem")}
        for status, words in PROBLEMS.items()
    }
    return answers | problems


def _content(kind, *names):
    """One of these schemas."""
    named = [{"$ref": f"#/components/schemas/{name}"} for name in names]
    return {kind: {"schema": named[0] if len(named) == 1 else {"oneOf": named}}}


def _answers(schemas, operation):
    """Each name of an answer, or of one of the two, with what its rows or itself have in them."""
    named = [name for name in schemas if name in (operation, f"{operation}_groups")]
    for name, one in (item for schema in named for item in schemas[schema]["properties"].items()):
        inside = one.get("items", one).get("properties", {})
        yield {"name": name, "words": one.get("description", ""), "columns": ", ".join(inside)}


class DescriptionView(JsonView):
    """The description, worked out once: it depends on the code alone."""

    views = ()

    def get(self, request):
        return answered(_once(tuple(self.views)))


@cache
def _once(patterns):
    """In English, whoever asks first."""
    with in_english():
        return describe(patterns)


class DocumentationView(TemplateView):
    """The same as a page, made here: it loads nothing from elsewhere and needs no script."""

    template_name = "api/documentation.html"
    http_method_names = ["get", "head", "options"]
    views = ()

    def get_context_data(self, **kwargs):
        described = _once(tuple(self.views))
        schemas = described["components"]["schemas"]
        operations = [
            operation | {"path": place, "answers": _answers(schemas, operation["operationId"])}
            for place, methods in described["paths"].items()
            for operation in methods.values()
        ]
        more = {"site": settings.PUBLIC_URL, "example": GROUPS}
        return super().get_context_data(operations=operations, **more, **kwargs)
