"""What holds for every address of the API, whoever answers there."""

from api.problems import PROBLEM, problem

BEFORE = "/api/"
OPEN = {
    "Access-Control-Allow-Origin": "*",  # public data, asked for without credentials
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Access-Control-Max-Age": "86400",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
KEPT = ("Retry-After", "Cache-Control", "Allow")


class ApiMiddleware:
    """Pages of other sites may read it, and what goes wrong before or behind a view is told to programs too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.path_info.startswith(BEFORE):
            return response
        if response.status_code >= 400 and response.get("Content-Type") != PROBLEM:
            response = _as_problem(response)
        for name, value in OPEN.items():
            response[name] = value
        return response


def _as_problem(response):
    told = problem(response.status_code)
    for name in KEPT:
        if name in response.headers:
            told[name] = response[name]
    return told
