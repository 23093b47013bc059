"""The parameters of a call, from the flat form in which EC2 takes them; their names are those of the form."""

from __future__ import annotations

import re
from typing import Any

from canonical import invalid

NUMBERS = ("FromPort", "ToPort", "MaxResults")


def nested(form: dict[str, str]) -> dict[str, Any]:
    """`IpPermissions.1.FromPort` is the port of the first permission."""
    tree: dict[str, Any] = {}
    for name, text in form.items():
        *path, last = name.split(".")
        node = tree
        for step in path:
            node = node.setdefault(step, {})
        node[last] = _number(last, text) if last in NUMBERS else text
    return {name: _with_lists(node) for name, node in tree.items()}


def _number(name: str, text: str) -> int:
    # Python's `int` also takes `8_0` and the digits of every script.
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", text):
        raise invalid(f"Invalid value '{text}' for {name}")
    return int(text)


def _with_lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    below = {name: _with_lists(part) for name, part in node.items()}
    if all(name.isdigit() for name in below):
        return [below[name] for name in sorted(below, key=int)]
    return below
