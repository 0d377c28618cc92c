"""How tests sign in to the admin and fill in its forms."""

from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils.html import strip_tags

from tests import factory


def sign_in(client, group=None):
    """Sign in as one of a group, or as a superuser."""
    user = User.objects.create(username=group or "root", is_staff=True, is_superuser=group is None)
    if group:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


def page(record, action="change"):
    return reverse(f"admin:{record._meta.label_lower.replace('.', '_')}_{action}", args=[record.pk])


def add_page(name):
    return reverse(f"admin:{name}_add")


def list_page(name):
    return reverse(f"admin:{name}_changelist")


def rows(prefix, *records, stored=0):
    """What the browser sends for an inline: its rows, of which the first `stored` are in the database."""
    data = {f"{prefix}-TOTAL_FORMS": len(records), f"{prefix}-INITIAL_FORMS": stored}
    for number, record in enumerate(records):
        data |= {f"{prefix}-{number}-{name}": value for name, value in record.items()}
    return data


def batch_data(**fields):
    """What the browser sends for a new batch of A1263 that says no more than it must."""
    needed = {
        "title": "Anker PowerCore 10000 power banks",
        "kind": "recall",
        "basis": "not stated",
        "company": factory.company().pk,
        "regulator": factory.regulator().pk,
        "announced_on": "2025-06-12",
        "units_precision": "unknown",
        "amount_precision": "unknown",
        "damage_precision": "unknown",
        "reason": "As the notice says.",
    }
    for prefix in ("products", "remedies", "companies", "progress", "citations"):
        needed |= rows(prefix)
    return needed | fields


def citation_row(source=None, **fields):
    return {"source": (source or factory.source()).pk, "stance": "supports", **fields}


def line_row(product_model, units="", **fields):
    precision, grade = ("exact", "official") if units else ("unknown", "")
    return {
        "product_model": product_model.pk,
        "units_low": units,
        "units_precision": precision,
        "units_grade": grade,
        **fields,
    }


def errors_at(response, field):
    return [strip_tags(error) for error in response.context["adminform"].form.errors.get(field, [])]


def row_errors(response, prefix, number=0):
    formset = next(f.formset for f in response.context["inline_admin_formsets"] if f.formset.prefix == prefix)
    return formset.forms[number].errors


def messages(response):
    return [strip_tags(str(message)) for message in response.context["messages"]]
