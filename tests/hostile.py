"""Hostile values of every kind, and how they stand in an address."""

import re
from urllib.parse import quote, quote_plus

MARK = "<xssmark"
# As they stand in an address: what no text can write is between them.
WRITTEN = {
    "no text": [
        "%00",
        "a%00b",
        "%",
        "%zz",
        "%u0041",
        "%ff%fe",
        "%c3%28",
        "%ed%a0%80",
        "%f4%90%80%80",
        "%c0%80",
    ],
    "header": ["%0d%0aSet-Cookie:%20a=b", "%0aX-Slipped-In:%201", "%e5%98%8a%e5%98%8dX-Slipped-In:%201"],
}
TEXTS = {
    "empty": ["", " ", "\t", "\u3000", "+", "-", "--", ",", ".", "null", "None", "undefined", "true"],
    "huge": [
        "9" * 40,
        "9" * 5000,
        "1" + "0" * 400,
        "-" + "9" * 400,
        "1e400",
        "1e-400",
        "1e999999999",
        "-1e309",
    ],
    "edge": [
        "0",
        "-0",
        "-1",
        str(2**31),
        str(2**31 - 1),
        str(2**63),
        str(2**63 - 1),
        str(2**64),
        "0.1" + "1" * 60,
    ],
    "no number": [
        "NaN",
        "nan",
        "sNaN",
        "-NaN1",
        "inf",
        "-Infinity",
        "∞",
        "0x10",
        "1_000",
        "1,5",
        "½",
        "²",
        "Ⅷ",
    ],
    "digits": ["١٢٣", "１２３", "१२३", "𝟙𝟚", "1٣", "٢٠٢٥-٠٦-٣٠", "２０２５-０６-３０"],
    "day": [
        "0000-00-00",
        "2025-02-30",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "-2025-01-01",
        "2025-13-01",
    ],
    "moment": [
        "2025-06",
        "2025-W01",
        "2025-06-30T25:61:61",
        "275760-09-13",
        "now",
        "1e3-01-01",
        "30/06/2025",
    ],
    "bidi": [
        "\u202eabc",
        "\u2066\u2069",
        "\ufeff",
        "a\u200bb",
        "\u0301" * 300,
        "\u061c",
        "\U000e0041",
        "\ufdd0",
    ],
    "script": [
        "安克创新",
        "ロモス",
        "Аnkеr",
        "ａｎｋｅｒ",
        "İstanbul",
        "ſs",
        "ﬁre",
        "👩‍👩‍👧‍👦",
        "𒐪",
        "ﷺ" * 50,
    ],
    "SQL": [
        "' OR 1=1 --",
        "'; DROP TABLE recalls_recallbatch; --",
        "1) UNION SELECT 1",
        "\\",
        "%_\\%",
        "$$",
        "'||'",
    ],
    "markup": [
        f"{MARK} onload=1>",
        f'">{MARK}>',
        "{{7*7}}",
        "{% include 'x' %}",
        "${7*7}",
        "javascript:alert(1)",
    ],
    "format": [
        "%s%n%d",
        "{0}",
        "%(a)s",
        "{a.__class__}",
        "[]",
        "{}",
        '{"a":1}',
        "../../etc/passwd",
        "//host/",
        "=1+1",
    ],
    "long": ["x" * 5000, "安" * 2000, "a " * 900, "-" * 3000, "(" * 900, "a" * 201, "a-" * 60, "*" * 61],
    "pattern": ["(a+)+$", "[", "a|*", "!!&:*", "a & | b", "'a", '"a', "a:*", "<->", "~", "!" * 90],
    "ours": [
        "pk",
        "-pk",
        "?",
        "title__",
        "company__name",
        "units_low__gte",
        "_state",
        "__class__",
        "csv",
        "1",
        "totals",
    ],
    "lone": ["\ud800", "a\udfff", "\udc80"],
}
KINDS = {
    **WRITTEN,
    **{
        kind: [quote(text, safe="", errors="surrogatepass") for text in texts]
        for kind, texts in TEXTS.items()
    },
}
# How a value stands in the query: alone, as a list, repeated, as a lookup, without a value, among others.
SHAPES = (
    *("{name}={value}",) * 8,
    "{name}=&{name}={value}",
    "{name}={value}&{name}={value}",
    "{name}[]={value}",
    "{name}[0]={value}&{name}.x=1",
    "{name}__in={value}",
    "{name}__isnull={value}",
    "{name}__gte={value}",
    "{name}",
    "{value}={name}",
    "&&={value}&{name}==",
    "{name};{name}={value}",
)
MANY = 150  # times the same parameter


def query(chance, name, others):
    """A query with something hostile for a parameter, sometimes among others."""
    value = chance.choice(KINDS[chance.choice(list(KINDS))])
    written = chance.choice(SHAPES).format(name=quote_plus(name), value=value)
    match chance.randrange(12):
        case 0:
            return "&".join([written] * MANY)
        case 1:
            return "&".join(f"{quote_plus(other)}={value}" for other in others)
        case 2 | 3:
            other = chance.choice(KINDS[chance.choice(list(KINDS))])
            return f"{written}&{quote_plus(chance.choice(others))}={other}"
        case 4:
            return f"{written}&export=csv"
    return written


def path(chance, pattern):
    """An address of a pattern with something hostile in the place of its arguments."""
    values = [value.replace("%2F", "/") for value in KINDS[chance.choice(list(KINDS))] if value]
    return "/" + re.sub(r"%\(\w+\)s", lambda _: chance.choice(values), pattern.shape)
