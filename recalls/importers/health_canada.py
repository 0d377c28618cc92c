"""Health Canada's open data file of recalls and safety alerts (HCRSAMOpenData.json), English.

One array of flat records. It has no units, prices or firms; its only date is the last update, which is the
day of the announcement as long as the notice is not edited later. Records that belong to food, medicine and
medical devices by their organization or category are refused; vehicles and all consumer products are read.
"""

import re
from collections.abc import Iterator
from datetime import date

from recalls.importers.canadian_titles import Wording, joint_company, read_title
from recalls.importers.hazard_words import hazards_in
from recalls.importers.json_records import json_records
from recalls.importers.notice import Firm, Notice, RefusedError
from recalls.importers.plain_text import links, plain, stated, web_address
from recalls.importers.remedy_words import remedies_in

REGULATOR = "health-canada"
FORMAT = "health-canada"
REGION = "CA"
FIRST_DAY_STANDS = True  # the day of a later edit is no other day of announcement

SITE = "https://recalls-rappels.canada.ca"
START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{")
NUMBER = re.compile(r"(?:RA-?)?(\d{1,9})", re.ASCII | re.IGNORECASE)
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ].*)?", re.ASCII)
ELSEWHERE = {
    "cfia": "food",
    "canadian food inspection agency": "food",
    "drugs and health products": "medicine",
    "marketed health products": "medicine",
    "medical devices": "medical devices",
}
# The communications branch writes on everything: there the category decides.
OTHER_CATEGORY = re.compile(
    r"(?:foods?|drugs?|natural health products?|health products?|medical devices?|biologics?|vaccines?"
    r"|biologic or vaccine|veterinary drugs?)",
    re.IGNORECASE,
)
JOINT = re.compile(r"\bjoint recall\b", re.IGNORECASE)
SISTERS = ("cpsc.gov", "saferproducts.gov", "gob.mx", "productsafety.gov.au")
SISTER = re.compile(
    rf"https?://(?:[\w-]+\.)*(?:{'|'.join(map(re.escape, SISTERS))})/\S*(?:recall|alert)\S*/\S", re.I
)


def recognises(head: bytes) -> bool:
    """Tell by the first bytes of a file whether it is this format, in English or French."""
    return bool(START.match(head)) and b'"NID"' in head and (b'"Title"' in head or b'"Titre"' in head)


def records(stream) -> Iterator[dict]:
    """Yield the raw records one by one; see json_records."""
    return json_records(stream)


def read(record) -> Notice:
    """Turn a raw record into a notice; RefusedError with the reason where that can't be."""
    if not isinstance(record, dict):
        raise RefusedError("The record is not a set of fields.")
    if "Titre" in record and "Title" not in record:
        raise RefusedError("The record is in French; the English file is read.")
    _refuse_other_products(record)
    title, advice = plain(record.get("Title")), plain(record.get("What you should do"))
    if not title:
        raise RefusedError("The record has no title.")
    wording = read_title(title)
    hazards, cause = _hazards(record, wording)
    return Notice(
        number=_number(record),
        title=title,
        announced_on=_day(record),
        kind=_kind(record, wording, advice),
        url=web_address(record.get("URL"), SITE) if plain(record.get("URL")) else "",
        company=_company(wording, advice),
        product=_product(record) or wording.product,
        category=stated(record.get("Category")),
        hazards=hazards,
        cause=cause,
        remedies=remedies_in(advice),
        joint_with=_joint_with(record),
    )


def _refuse_other_products(record: dict) -> None:
    organization = plain(record.get("Organization"))
    kind = ELSEWHERE.get(organization.casefold())
    if kind:
        raise RefusedError(f"Not a consumer product: the organization is “{organization}” ({kind}).")
    category = plain(record.get("Category"))
    parts = [part.strip() for part in re.split(r"\s+-\s+|[,;|]", category)]
    if category and all(map(OTHER_CATEGORY.fullmatch, parts)):
        raise RefusedError(f"Not a consumer product: the category is “{category}”.")


def _number(record: dict) -> str:
    """The identification number as the notice's page shows it: the file's 77184 is RA-77184."""
    written = plain(record.get("NID"))
    match = NUMBER.fullmatch(written)
    if not match:
        raise RefusedError(
            f"The number “{written[:80]}” (NID) is not a number." if written else "No number (NID)."
        )
    return f"RA-{match[1]}"


def _day(record: dict) -> date:
    written = stated(record.get("Last updated"))
    if not written:
        raise RefusedError("The record has no date (“Last updated” is empty).")
    match = DAY.fullmatch(written)
    try:
        return date.fromisoformat(match[1] if match else "")
    except ValueError:
        raise RefusedError(f"The date “{written[:80]}” (“Last updated”) is not a date.") from None


def _kind(record: dict, wording: Wording, advice: str) -> str:
    """A notice that speaks of no recall at all is a warning."""
    if wording.warns:
        return "warning"
    said = f"{plain(record.get('Title'))} {plain(record.get('Product'))} {advice}"
    return "recall" if re.search(r"\brecall", said, re.IGNORECASE) else "warning"


def _product(record: dict) -> str:
    """ "Light Truck & Van recalled by FORD" is a light truck or van."""
    return re.sub(r" recalled by .*", "", stated(record.get("Product")))


def _company(wording: Wording, advice: str) -> Firm | None:
    name = wording.company or joint_company(advice) or wording.brand
    return Firm(name) if name else None


def _hazards(record: dict, wording: Wording) -> tuple[tuple[str, ...], str]:
    """From `Issue`; where that only says “Consumer products” and the like, from the title's “due to …”."""
    issue = stated(record.get("Issue"))
    hazards = hazards_in(issue)
    if hazards or not wording.cause:
        return hazards, issue
    return hazards_in(wording.cause), wording.cause


def _joint_with(record: dict) -> tuple[str, ...]:
    texts = [record.get("Title"), record.get("What you should do")]
    if not any(JOINT.search(plain(text)) for text in texts):
        return ()
    return tuple(address for text in texts for address in links(text) if SISTER.match(address))
