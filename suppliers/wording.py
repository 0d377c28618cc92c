"""What is said of a supplier, in words made by the database for lists and files: never as a fact."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from evidence.figures import Grade
from evidence.partial_dates import PartialDateText
from listing.columns import SEPARATOR
from suppliers.choices import Answer
from suppliers.models import Claim

ANSWERED = {
    Answer.NO_COMMENT: " gave no comment",
    Answer.DENIED: " denied it",
    Answer.ADMITTED: " admitted it",
}


def allegations(company):
    """What is alleged of the company at this path, each with who says so, when, and what was answered."""
    said_on = Coalesce(PartialDateText("said_on"), Value("date not stated"), output_field=TextField())
    text = _line(
        Value("alleged: "),
        "text",
        Value(" (said by "),
        "said_by",
        Value(", "),
        said_on,
        Value("; "),
        _answer(),
        Value(")"),
    )
    claims = Claim.objects.visible().filter(about=OuterRef(company), grade=Grade.ALLEGED)
    texts = claims.order_by().values("about").annotate(texts=StringAgg(text, SEPARATOR, order_by="pk"))
    return Subquery(texts.values("texts"), output_field=TextField())


def _answer():
    did = Case(
        *(When(answer=answer, then=Value(words)) for answer, words in ANSWERED.items()),
        output_field=TextField(),
    )
    quoted = _line(Value(": “"), "answer_text", Value("”"))
    in_words = Case(When(answer_text="", then=Value("")), default=quoted, output_field=TextField())
    return Case(
        When(answer=Answer.NOT_ASKED, then=Value("the party named was not asked")),
        When(answer=Answer.NOT_STATED, then=Value("answer not stated")),
        default=_line("answer_by__name", did, in_words),
        output_field=TextField(),
    )


def _line(*parts):
    return Concat(*parts, output_field=TextField())
