"""What pages of the other apps show of exposure: their templates load this, their code imports nothing of recalls."""

from django import template

from recalls.address import CurrencyForm
from recalls.contagion.reach import by_standing, reach
from recalls.contagion.rows import contagion

register = template.Library()


@register.inclusion_tag("recalls/contagion/_of_supplier.html", takes_context=True)
def exposure_of_cells(context, supplier):
    """The exposure of the stated units of models with a supplier's cells, by the standing of the links."""
    currency = CurrencyForm(context["request"].GET).chosen_currency
    grades = context["grades"]
    links = contagion(supplier).filter(grade__in=list(grades)) if grades else contagion(supplier)
    reaches = ((standing, reach(rows, currency, grades)) for standing, rows in by_standing(links))
    shown = [(standing, found) for standing, found in reaches if found.batches]
    return {"supplier": supplier, "currency": currency, "reaches": shown, "request": context["request"]}
