"""Each batch keeps its exposure in the five usual currencies: by a trigger, as it takes the exchange rates as well."""

from django.db import migrations, models

CURRENCIES = ["cny", "eur", "gbp", "jpy", "usd"]
COLUMNS = [f"exposure_{currency}_{end}" for currency in CURRENCIES for end in ("low", "high")]
INPUTS = [
    *(f"units_{end}" for end in ("low", "high")),
    *(f"{figure}_{part}" for figure in ("amount", "price") for part in ("low", "high", "currency")),
    "announced_on",
]


def _converted(currency):
    """Assignments for one currency; the euro's rate is 1, and no rate is needed in the value's own currency."""
    code = currency.upper()
    return f"""
    rate := CASE WHEN own = '{code}' THEN 1 ELSE rates.{currency} / rates.own END;
    NEW.exposure_{currency}_low := round(low * rate, 2);
    NEW.exposure_{currency}_high := round(high * rate, 2);"""


# The columns of the value are generated after this trigger has run, so it works out the value itself.
KEEP = f"""
CREATE FUNCTION recalls_keep_exposure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    low numeric;
    high numeric;
    own text;
    rate numeric;
    rates record;
BEGIN
    IF NEW.amount_low IS NOT NULL OR NEW.amount_high IS NOT NULL THEN
        low := NEW.amount_low;
        high := NEW.amount_high;
        own := NEW.amount_currency;
    ELSE
        low := NEW.units_low * NEW.price_low;
        high := NEW.units_high * NEW.price_high;
        own := NEW.price_currency;
    END IF;
    IF low IS NULL AND high IS NULL THEN
        {" ".join(f"NEW.{column} := NULL;" for column in COLUMNS)}
        RETURN NEW;
    END IF;
    SELECT max(per_euro) FILTER (WHERE currency = own) AS own,
        {", ".join(f"max(per_euro) FILTER (WHERE currency = '{c.upper()}') AS {c}" for c in CURRENCIES)}
    INTO rates FROM recalls_exchangerate
    WHERE day = NEW.announced_on AND currency IN (own, {", ".join(f"'{c.upper()}'" for c in CURRENCIES)});
    {"".join(map(_converted, CURRENCIES))}
    RETURN NEW;
END
$$;
CREATE TRIGGER recalls_recallbatch_keep_exposure
    BEFORE INSERT OR UPDATE OF {", ".join([*INPUTS, *COLUMNS])} ON recalls_recallbatch
    FOR EACH ROW EXECUTE FUNCTION recalls_keep_exposure();
"""

# The lock waits for batches that are being written by an older rate, and makes later ones wait for the new one.
RENEW = """
CREATE FUNCTION recalls_renew_exposure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    days date[];
BEGIN
    IF TG_OP <> 'DELETE' THEN
        days := ARRAY(SELECT DISTINCT day FROM come);
    END IF;
    IF TG_OP <> 'INSERT' THEN
        days := days || ARRAY(SELECT DISTINCT day FROM gone);
    END IF;
    IF cardinality(days) > 0 THEN
        LOCK TABLE recalls_recallbatch IN SHARE ROW EXCLUSIVE MODE;
        UPDATE recalls_recallbatch SET announced_on = announced_on
        WHERE announced_on = ANY (days) AND value_currency <> '';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER recalls_exchangerate_renew_on_insert AFTER INSERT ON recalls_exchangerate
    REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION recalls_renew_exposure();
CREATE TRIGGER recalls_exchangerate_renew_on_update AFTER UPDATE ON recalls_exchangerate
    REFERENCING OLD TABLE AS gone NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION recalls_renew_exposure();
CREATE TRIGGER recalls_exchangerate_renew_on_delete AFTER DELETE ON recalls_exchangerate
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION recalls_renew_exposure();
"""

DROP = """
DROP TRIGGER recalls_exchangerate_renew_on_insert ON recalls_exchangerate;
DROP TRIGGER recalls_exchangerate_renew_on_update ON recalls_exchangerate;
DROP TRIGGER recalls_exchangerate_renew_on_delete ON recalls_exchangerate;
DROP FUNCTION recalls_renew_exposure();
DROP TRIGGER recalls_recallbatch_keep_exposure ON recalls_recallbatch;
DROP FUNCTION recalls_keep_exposure();
"""
FILL = "UPDATE recalls_recallbatch SET announced_on = announced_on WHERE value_currency <> ''"


def _column(currency, end):
    what = "Exposure" if end == "low" else "High end of the exposure"
    return migrations.AddField(
        model_name="recallbatch",
        name=f"exposure_{currency}_{end}",
        field=models.DecimalField(
            decimal_places=2,
            editable=False,
            help_text=f"{what} in {currency.upper()}; empty where open, without a figure or a rate.",
            max_digits=50,
            null=True,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("recalls", "0019_lines_of_models")]

    operations = [
        *(_column(currency, end) for currency in CURRENCIES for end in ("low", "high")),
        migrations.RunSQL(KEEP + RENEW, DROP),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
