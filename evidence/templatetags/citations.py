"""Numbered citations: a marker at each figure and claim, the list of sources at the end of the page."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from evidence.bibliography import citations_of
from evidence.models import Stance
from listing.words import enumerated

register = template.Library()

SIGNS = {Stance.ROUNDS: "≈", Stance.CONTRADICTS: "≠"}
SAID = {
    Stance.SUPPORTS: _("Source %(number)s"),
    Stance.ROUNDS: _("Source %(number)s, which rounds it"),
    Stance.CONTRADICTS: _("Source %(number)s, which states another figure"),
}
UNKNOWN_TO_DJANGO = {"zh": _("Chinese")}


@register.simple_tag(takes_context=True)
def cite(context, record, figure=None, only_support=False):
    """Markers [1] to the sources of a record, or of one of its figures: {% cite batch "units" %}.

    A part of a figure takes `only_support`: what another source states of the whole is not about the part.
    """
    about = "" if record == context.get("object") else str(record)
    cited = {}
    for citation in citations_of(record, figure):
        if only_support and citation.stance != Stance.SUPPORTS:
            continue
        entry = context["bibliography"].cite(citation, about)
        cited.setdefault(entry.number, citation.stance)
    return _markers(cited.items())


@register.simple_tag(takes_context=True)
def cite_source(context, source):
    """The marker of a record that names its one source itself."""
    return _markers([(context["bibliography"].mention(source).number, Stance.SUPPORTS)])


def _markers(cited):
    links = format_html_join(
        "",
        '<a href="#source-{0}" aria-label="{2}">[{1}{0}]</a>',
        ((number, SIGNS.get(stance, ""), SAID[stance] % {"number": number}) for number, stance in cited),
    )
    return format_html('<sup class="cite">{}</sup>', links) if links else ""


@register.simple_tag
def other_values(record, figure):
    """The citations that state another value of a figure: {% other_values batch "units" as others %}."""
    citations = citations_of(record, figure)
    return [citation for citation in citations if citation.figure and citation.stance != Stance.SUPPORTS]


@register.filter
def publishers(record):
    """Who says it: the publishers of the sources that support a record, each once."""
    supporting = [c for c in citations_of(record) if c.stance == Stance.SUPPORTS]
    return enumerated(dict.fromkeys(citation.source.publisher for citation in supporting))


@register.inclusion_tag("evidence/_references.html", takes_context=True)
def references(context):
    """The page's sources by number; stands last, when all of them have been mentioned."""
    return {"entries": list(context["bibliography"])}


@register.filter
def language_name(code):
    """A language's name, or its code where it is not known."""
    try:
        return UNKNOWN_TO_DJANGO.get(code) or get_language_info(code)["name_translated"]
    except KeyError:
        return code
