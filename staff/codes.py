"""Recovery codes as people write them down: eighty random bits in letters and digits that nobody mixes up."""

import secrets

CODES = 10
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 and o, 1, i and l
GROUPS, LETTERS_OF_A_GROUP = 4, 4


def new_code():
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LETTERS_OF_A_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def plain(code):
    """Without what is typed for reading only."""
    return "".join(code.split()).replace("-", "").lower()
