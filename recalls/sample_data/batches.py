"""Recall batches with their figures, products, remedies and progress, and the analyses that sum them."""

from recalls.models import Analysis, JointGroup, RecallBatch

FIGURES = ["units", "amount", "price"]
LINKS = ["sources", "also_stated"]


def add_batch(loading, slug, sources=(), products=(), remedies=(), progress=(), joint_group="", **values):
    figures = {name: values.pop(name) for name in FIGURES if name in values}
    support = [*sources, *(source for figure in figures.values() for source in figure["sources"])]
    values = {"slug": slug, "is_published": bool(support), **columns(figures), **values}
    batch = loading.add(RecallBatch, slug, values, [["slug"], ["regulator", "notice_number", "region"]])
    if batch:
        join(batch, joint_group)
        loading.cite(batch, sources)
        cite_figures(loading, batch, figures)
        add_parts(loading, batch, products, remedies, progress)


def columns(figures):
    return {
        f"{name}_{part}": value
        for name, figure in figures.items()
        for part, value in figure.items()
        if part not in LINKS
    }


def join(batch, group):
    if group:
        batch.joint_group, _ = JointGroup.objects.get_or_create(name=group)
        batch.save(update_fields=["joint_group"])


def cite_figures(loading, batch, figures):
    for name, figure in figures.items():
        for link in LINKS:
            loading.cite(batch, figure.get(link, []), name)


def add_parts(loading, batch, products, remedies, progress):
    lines = {}
    for product in products:
        entry = {"product_model": product} if isinstance(product, str) else product
        lines[entry["product_model"]] = add_line(loading, batch, **entry)
    for remedy in remedies:
        loading.add_part(batch.remedies, remedy)
    for entry in progress:
        line = {"recalled_product": lines[entry["recalled_product"]]} if "recalled_product" in entry else {}
        loading.add_part(batch.progress, {**entry, **line})


def add_line(loading, batch, units=None, **values):
    """A line states one number; its precision and grade are those of the batch's figure."""
    if units is not None:
        values |= {"units_low": units, "units_high": units}
        values |= {"units_precision": batch.units_precision, "units_grade": batch.units_grade}
    return loading.add_part(batch.products, values)


def add_analysis(loading, slug, batches, leaves_out=(), sources=(), **values):
    analysis = loading.add(Analysis, slug, {"slug": slug, **values}, [["slug"]])
    if analysis:
        loading.cite(analysis, sources)
        for is_included, named in ((True, batches), (False, leaves_out)):
            for batch in named:
                loading.add_part(analysis.parts, {"batch": batch, "is_included": is_included})


SECTIONS = {"batches": add_batch, "analyses": add_analysis}
