"""What must hold of a recall batch: the database's rules, each with the sentence that a person reads."""

from django.db.models import F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from evidence.constraints import FieldCheck, in_order, not_negative, one_of, slug_shaped, window_in_order
from evidence.figures import Currency, Grade, currency_check, figure_checks, graded_check
from recalls.choices import Basis, Hazard, Kind

RULES = [
    slug_shaped("recalls_recallbatch_slug_shaped"),
    one_of("recalls_recallbatch_kind_listed", "kind", Kind),
    one_of("recalls_recallbatch_basis_listed", "basis", Basis),
    *figure_checks("recalls_recallbatch_units", "units"),
    one_of("recalls_recallbatch_units_grade_listed", "units_grade", Grade, empty=True),
    graded_check("recalls_recallbatch_units_graded", "units_grade", "units_low", "units_high"),
    *figure_checks("recalls_recallbatch_amount", "amount"),
    one_of("recalls_recallbatch_amount_currency_listed", "amount_currency", Currency, empty=True),
    currency_check("recalls_recallbatch_amount_has_currency", "amount_currency", "amount_low", "amount_high"),
    one_of("recalls_recallbatch_amount_grade_listed", "amount_grade", Grade, empty=True),
    graded_check("recalls_recallbatch_amount_graded", "amount_grade", "amount_low", "amount_high"),
    not_negative("recalls_recallbatch_price_low_not_negative", "price_low"),
    not_negative("recalls_recallbatch_price_high_not_negative", "price_high"),
    in_order(
        "recalls_recallbatch_price_high_not_below_low",
        "price_low",
        "price_high",
        _("The high price is below the low one."),
    ),
    one_of("recalls_recallbatch_price_currency_listed", "price_currency", Currency, empty=True),
    currency_check("recalls_recallbatch_price_has_currency", "price_currency", "price_low", "price_high"),
    one_of("recalls_recallbatch_price_grade_listed", "price_grade", Grade, empty=True),
    graded_check("recalls_recallbatch_price_graded", "price_grade", "price_low", "price_high"),
    *figure_checks("recalls_recallbatch_damage", "damage"),
    one_of("recalls_recallbatch_damage_currency_listed", "damage_currency", Currency, empty=True),
    currency_check("recalls_recallbatch_damage_has_currency", "damage_currency", "damage_low", "damage_high"),
    *(
        not_negative(f"recalls_recallbatch_{name}_not_negative", name)
        for name in ("reports", "injuries", "deaths", "damage_reports")
    ),
    window_in_order(
        "recalls_recallbatch_sold_in_order",
        "sold_from",
        "sold_until",
        _("Sold until lies before sold from."),
    ),
    window_in_order(
        "recalls_recallbatch_made_in_order",
        "made_from",
        "made_until",
        _("Made until lies before made from."),
    ),
    FieldCheck(
        field="hazards",
        name="recalls_recallbatch_hazards_listed",
        condition=Q(hazards__contained_by=Hazard.values),
        violation_error_message=_("Choose hazards of the list."),
    ),
    UniqueConstraint(
        fields=["regulator", "notice_number", "region"],
        condition=~Q(notice_number=""),
        name="recalls_recallbatch_notice_once",
        violation_error_message=_("This regulator's notice is entered for this region already."),
    ),
    FieldCheck(
        field="expands",
        name="recalls_recallbatch_expands_another",
        condition=Q(expands__isnull=True) | ~Q(expands=F("id")),
        violation_error_message=_("A batch does not expand itself."),
    ),
    FieldCheck(
        field="upgrades",
        name="recalls_recallbatch_upgrades_another",
        condition=Q(upgrades__isnull=True) | ~Q(upgrades=F("id")),
        violation_error_message=_("A batch does not follow up itself."),
    ),
    FieldCheck(
        field="slug",
        name="recalls_recallbatch_slug_not_taken",
        condition=~Q(slug__iexact="revisions"),
        violation_error_message=_("/recalls/revisions/ is the list of revisions: choose another name."),
    ),
    FieldCheck(
        field="counted_in",
        name="recalls_recallbatch_counted_in_another",
        condition=Q(counted_in__isnull=True) | ~Q(counted_in=F("id")),
        violation_error_message=_("A batch is not counted in itself."),
    ),
]
