"""What is said of suppliers, in words made by the database for lists and files: never as a fact."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from evidence.figures import Grade
from evidence.models import Stance
from evidence.partial_dates import PartialDateText
from listing.columns import SEPARATOR, joined
from suppliers.choices import Answer
from suppliers.models import CellSource, Citation, Claim

SUPPORTING = Citation.objects.filter(stance=Stance.SUPPORTS)
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
        answer_in_words(),
        Value(")"),
    )
    claims = Claim.objects.visible().filter(about=OuterRef(company), grade=Grade.ALLEGED)
    texts = claims.order_by().values("about").annotate(texts=StringAgg(text, SEPARATOR, order_by="pk"))
    return Subquery(texts.values("texts"), output_field=TextField())


def publishers(link):
    """Who says so: the publishers of the sources that support the record at this path of a citation."""
    return joined(SUPPORTING, "source__publisher", link)


def allegation():
    """Of a cell source that is merely alleged, who says so and what was answered; of any other nothing."""
    said = _line(Value("said by "), publishers("cell_source"), Value("; "), answer_in_words())
    return Case(When(grade=Grade.ALLEGED, then=said), default=None, output_field=TextField())


def supplier_names(model):
    """The suppliers of the model at this path; one that is merely alleged with who says so, and the answer."""
    allegation_of = _line("supplier__name", Value(" (alleged; "), allegation(), Value(")"))
    named = Case(
        When(grade=Grade.ALLEGED, then=allegation_of), default="supplier__name", output_field=TextField()
    )
    links = CellSource.objects.visible().filter(product_model=OuterRef(model)).annotate(named=named)
    names = StringAgg("named", ", ", distinct=True, order_by="named")
    links = links.order_by().values("product_model").annotate(names=names)
    return Subquery(links.values("names"), output_field=TextField())


def answers_to(company):
    """What was answered to the claims about the causes that are put down to the company at this path."""
    text = _line(Value("to the claim “"), "text", Value("” ("), "said_by", Value("), "), answer_in_words())
    claims = Claim.objects.answered_causes().filter(about=OuterRef(company))
    texts = claims.order_by().values("about").annotate(texts=StringAgg(text, SEPARATOR, order_by="pk"))
    return Coalesce(Subquery(texts.values("texts")), Value("answer not stated"), output_field=TextField())


def answer_in_words():
    """What the party named answered to a row of claims or cell sources."""
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
