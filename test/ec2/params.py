"""The parameters of a call, from the flat form in which EC2 takes them; their names are those of the form."""

from __future__ import annotations

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
    try:
        return int(text)
    except ValueError:
        raise invalid(f"Invalid value '{text}' for {name}") from None


def _with_lists(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    below = {name: _with_lists(part) for name, part in node.items()}
    if all(name.isdigit() for name in below):
        return [below[name] for name in sorted(below, key=int)]
    return below
