"""Sentences that are kept in English, f-strings among them: `listing.retelling` tells them in the reader's language."""

import ast

CALLS = {"kept", "RefusedError", "CellError", "NotWholeError"}  # what they are called with is kept


def kept_in(text):
    """The form of each such sentence of a Python file, its values as {0}, {1}."""
    if not any(f"{name}(" in text for name in CALLS):
        return
    for call in ast.walk(ast.parse(text)):
        keeps = isinstance(call, ast.Call) and getattr(call.func, "id", "") in CALLS and call.args
        if keeps and (form := _form(call.args[0])):
            yield form


def _form(said):
    if isinstance(said, ast.Constant):
        return said.value if isinstance(said.value, str) else ""
    if not isinstance(said, ast.JoinedStr):
        return ""
    pieces, places = [], 0
    for piece in said.values:
        if isinstance(piece, ast.Constant):
            pieces.append(piece.value.replace("{", "{{").replace("}", "}}"))
        else:
            pieces.append(f"{{{places}}}")
            places += 1
    return "".join(pieces)
