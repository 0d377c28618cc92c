"""Which batch a row is of: by its short name, else by its notice, else by its title, company, place and day."""

import hashlib
from itertools import count

from django.db.models import Q

from listing.retelling import kept
from recalls.models import RecallBatch, RowOutcome, SpreadsheetRow
from recalls.slugs import batch_stem, numbered
from recalls.spreadsheets.cells import CellError
from recalls.spreadsheets.columns import BY_NAME

OTHER_SLUG = kept("This notice is entered as {} already: write that short name, or leave it empty.")
SEVERAL = kept(
    "Several batches have this title, company, region and day: write the short name of the one you mean."
)
NUMBERED = kept(
    "A batch of this title, company, region and day has the notice number {}: "
    "write that, or a short name of its own."
)
TWICE = kept("Row {} is of the same batch.")
TAKEN = kept("Another batch has this short name by now: preview the file again.")


def match(lines, known):
    """Give each line the key of its batch, if it is entered."""
    slugs = {line.text("slug") for line in lines}
    by_slug = dict(RecallBatch.objects.filter(slug__in=slugs - {""}).values_list("slug", "pk"))
    for line in lines:
        line.pk = by_slug.get(line.text("slug"))
    rest = [line for line in lines if line.is_new]
    without_region = [line for line in rest if "region" not in line.texts]
    for line in rest:
        _preset_region(line, known)
    _by_notice([line for line in rest if line.text("notice_number")], known)
    _by_title([line for line in rest if not line.text("notice_number") and not line.text("slug")], known)
    for line in without_region:
        if not line.is_new:
            line.texts.pop("region", None)  # an absent column changes nothing


def _preset_region(line, known):
    regulator = known.get("regulator", line.text("regulator"))
    if regulator and not line.text("region"):
        line.texts["region"] = regulator.region.code


def _keys(line, known, *columns):
    records = [known.get(column, line.text(column)) for column in columns]
    return [record.pk for record in records] if all(records) else []


def _by_notice(lines, known):
    numbers = {line.text("notice_number") for line in lines}
    regulators = {keys[0] for line in lines if (keys := _keys(line, known, "regulator"))}
    batches = RecallBatch.objects.filter(regulator__in=regulators, notice_number__in=numbers)
    rows = batches.values_list("regulator", "region", "notice_number", "pk", "slug")
    found = {tuple(key): (pk, slug) for *key, pk, slug in rows}
    for line in lines:
        if keys := _keys(line, known, "regulator", "region"):
            key = (*keys, line.text("notice_number"))
            line.identity = _hash(key)
            line.pk, slug = found.get(key, (None, ""))
            if line.text("slug") and slug:
                line.refuse("slug", OTHER_SLUG.format(slug))


def _by_title(lines, known):
    fields = ("regulator", "region", "company", "title")
    days = {day for line in lines if (day := _day(line, known))}
    batches = RecallBatch.objects.filter(
        announced_on__in=days, title__in={line.text("title") for line in lines}
    )
    found = {}
    for pk, number, day, *key in batches.values_list("pk", "notice_number", "announced_on", *fields):
        found.setdefault((*key, str(day)), []).append((number, pk))
    for line in lines:
        if keys := _keys(line, known, "regulator", "region", "company"):
            key = (*keys, line.text("title"), line.text("announced_on"))
            line.identity = _hash(key)
            _choose(line, found.get(key, []))


def _day(line, known):
    try:
        return known.read(BY_NAME["announced_on"], line.text("announced_on"))
    except CellError:
        return None


def _choose(line, batches):
    """The one without a number, as the row has none; whether it is one with a number is not for us to guess."""
    unnumbered = [pk for number, pk in batches if not number]
    if len(unnumbered) > 1:
        line.refuse("slug", SEVERAL)
    elif unnumbered:
        line.pk = unnumbered[0]
    elif batches:
        line.refuse("notice_number", NUMBERED.format(batches[0][0]))


def _hash(key):
    return hashlib.sha256(repr(key).encode()).hexdigest()


def name_new(lines, known):
    """Give each new batch its short name: the one in its row, or a free one made as on the batch's page."""
    new = [line for line in lines if line.is_new]
    for line in new:
        line.slug = line.text("slug") or line.row.slug
    stems = {id(line): _stem(line, known) for line in new if not line.slug}
    upload = lines[0].row.upload_id
    in_file = {line.slug for line in lines if line.slug}
    pending = [line for line in new if not line.slug]
    for number in count(1):
        if not pending:
            break
        names = {numbered(stems[id(line)], number) for line in pending}
        taken = in_file | _taken(names) | _staged(upload, names)
        pending = _take(pending, stems, number, taken, in_file)


def _take(pending, stems, number, taken, in_file):
    left = []
    for line in pending:
        name = numbered(stems[id(line)], number)
        if name in taken:
            left.append(line)
        else:
            line.slug = name
            taken.add(name)
            in_file.add(name)
    return left


def _stem(line, known):
    company = known.get("company", line.text("company"))
    return batch_stem(
        line.text("region"), line.text("notice_number"), company.slug if company else "", line.text("title")
    )


def _taken(slugs):
    return set(RecallBatch.objects.filter(slug__in=slugs).values_list("slug", flat=True))


def _staged(upload, slugs):
    rows = SpreadsheetRow.objects.filter(upload=upload, slug__in=slugs)
    return set(rows.values_list("slug", flat=True))


def refuse_taken(lines):
    """A short name that was free at the preview can be gone by now."""
    new = [line for line in lines if line.is_new]
    taken = _taken({line.slug for line in new})
    for line in new:
        if line.slug in taken:
            line.refuse("slug", TAKEN)


def refuse_twice(lines):
    """Refuse a row of a batch that an earlier row of the file is of."""
    seen = _earlier(lines)
    for line in lines:
        marks = {("slug", line.slug), ("identity", line.identity if line.is_new else "")}
        marks = {mark for mark in marks if mark[1]}
        earlier = next((seen[mark] for mark in marks if mark in seen), None)
        if earlier is not None:
            line.refuse("slug" if line.text("slug") else "", TWICE.format(earlier))
        elif not line.errors:
            seen |= dict.fromkeys(marks, line.row.position)


def _earlier(lines):
    first = lines[0].row
    marks = Q(slug__in={line.slug for line in lines} - {""})
    marks |= Q(identity__in={line.identity for line in lines} - {""})
    rows = SpreadsheetRow.objects.filter(marks, upload=first.upload_id, position__lt=first.position)
    found = {}
    for slug, identity, position in rows.exclude(outcome=RowOutcome.REFUSED).values_list(
        "slug", "identity", "position"
    ):
        found |= {("slug", slug): position, ("identity", identity): position}
    return found
