"""What went wrong, for programs: application/problem+json (RFC 9457)."""

from http import HTTPStatus

from django.http import JsonResponse

PROBLEM = "application/problem+json"
ADVICE = {
    400: "Something in the request is malformed.",
    403: "This is not open to you.",
    404: "There is no such record or list, or it is not published.",
    405: "This is only read: ask with GET, HEAD or OPTIONS.",
    413: "This is only read: nothing is taken that is sent.",
    500: "Something went wrong on our side. It is recorded; try again later.",
    503: "The database can't answer at the moment. Try again in half a minute.",
}


def problem(status, detail="", **more):
    """An answer with a status from 400 on: its title, what went wrong in a sentence, and `more` beside it."""
    phrase = HTTPStatus(status).phrase
    body = {
        "type": "about:blank",
        "title": phrase,
        "status": status,
        "detail": detail or ADVICE.get(status, phrase),
    }
    return JsonResponse(
        body | more, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False}
    )


def refused(sentences):
    """Each sentence about what can't be read in the address begins with the name of its parameter."""
    return problem(400, " ".join(sentences), errors=sentences)
