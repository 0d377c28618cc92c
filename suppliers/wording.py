"""What is said of suppliers, in words made by the database for lists and files: never as a fact."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evidence.figures import Grade
from evidence.models import Stance
from evidence.partial_dates import PartialDateText
from listing.columns import SEPARATOR, joined
from listing.words import enumerated, in_sql
from suppliers.choices import Answer
from suppliers.models import CellSource, Citation, Claim

SUPPORTING = Citation.objects.filter(stance=Stance.SUPPORTS)
# Without the answer's own words, and with them.
ANSWERED = {
    Answer.NO_COMMENT: (_("{who} gave no comment"), _("{who} gave no comment: “{words}”")),
    Answer.DENIED: (_("{who} denied it"), _("{who} denied it: “{words}”")),
    Answer.ADMITTED: (_("{who} admitted it"), _("{who} admitted it: “{words}”")),
}


def allegations(company):
    """What is alleged of the company at this path, each with who says so, when, and what was answered."""
    no_date = Value(gettext("date not stated"))
    text = in_sql(
        gettext("alleged: {claim} (said by {who}, {day}; {answer})"),
        claim="text",
        who="said_by",
        day=Coalesce(PartialDateText("said_on"), no_date, output_field=TextField()),
        answer=answer_in_words(),
    )
    claims = Claim.objects.visible().filter(about=OuterRef(company), grade=Grade.ALLEGED)
    texts = claims.order_by().values("about").annotate(texts=StringAgg(text, SEPARATOR, order_by="pk"))
    return Subquery(texts.values("texts"), output_field=TextField())


def publishers(link):
    """Who says so: the publishers of the sources that support the record at this path of a citation."""
    return joined(SUPPORTING, "source__publisher", link)


def allegation():
    """Of a cell source that is merely alleged, who says so and what was answered; of any other nothing."""
    form = gettext("said by {who}; {answer}")
    said = in_sql(form, who=publishers("cell_source"), answer=answer_in_words())
    return Case(When(grade=Grade.ALLEGED, then=said), default=None, output_field=TextField())


def supplier_names(model):
    """The suppliers of the model at this path; one that is merely alleged with who says so, and the answer."""
    form = gettext("{supplier} (alleged; {said})")
    allegation_of = in_sql(form, supplier="supplier__name", said=allegation())
    named = Case(
        When(grade=Grade.ALLEGED, then=allegation_of), default="supplier__name", output_field=TextField()
    )
    links = CellSource.objects.visible().filter(product_model=OuterRef(model)).annotate(named=named)
    names = StringAgg("named", enumerated(["", ""]), distinct=True, order_by="named")
    links = links.order_by().values("product_model").annotate(names=names)
    return Subquery(links.values("names"), output_field=TextField())


def answers_to(company):
    """What was answered to the claims about the causes that are put down to the company at this path."""
    form = gettext("to the claim “{claim}” ({who}), {answer}")
    text = in_sql(form, claim="text", who="said_by", answer=answer_in_words())
    claims = Claim.objects.answered_causes().filter(about=OuterRef(company))
    texts = claims.order_by().values("about").annotate(texts=StringAgg(text, SEPARATOR, order_by="pk"))
    return Coalesce(
        Subquery(texts.values("texts")), Value(gettext("answer not stated")), output_field=TextField()
    )


def answer_in_words():
    """What the party named answered to a row of claims or cell sources."""
    said = (When(answer=answer, then=_with_its_words(*forms)) for answer, forms in ANSWERED.items())
    return Case(
        When(answer=Answer.NOT_ASKED, then=Value(gettext("the party named was not asked"))),
        When(answer=Answer.NOT_STATED, then=Value(gettext("answer not stated"))),
        *said,
        output_field=TextField(),
    )


def _with_its_words(plain, quoting):
    """An answer, with the words in which it was given where they are known."""
    in_words = in_sql(str(quoting), who="answer_by__name", words="answer_text")
    return Case(When(answer_text="", then=in_sql(str(plain), who="answer_by__name")), default=in_words)
