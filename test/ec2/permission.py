"""From what a call permits to the rules that EC2 keeps of it."""

from __future__ import annotations

from typing import Any

import canonical
from canonical import combination, invalid, missing
from named import Group, Json, known_prefix_list, referenced_group
from rule import Rule

# How the form calls each kind of destination, and the key under which moto keeps it.
ENTRY_LISTS = {
    "IpRanges": "CidrIp",
    "Ipv6Ranges": "CidrIpv6",
    "PrefixListIds": "PrefixListId",
    "Groups": "GroupId",
}
MODIFY_KEYS = {
    "CidrIpv4": "CidrIp",
    "CidrIpv6": "CidrIpv6",
    "PrefixListId": "PrefixListId",
    "ReferencedGroupId": "GroupId",
}


def new_rule(backend: Any, group: Group, kind: str, permission: Json, entry: Json) -> Rule:
    """What is kept of a rule is its canonical form."""
    protocol = canonical.canonical_protocol(permission.get("IpProtocol"))
    ports = canonical.canonical_ports(protocol, permission.get("FromPort"), permission.get("ToPort"))
    description = canonical.checked_description(kind, entry.get("Description"))
    ip_range = pair = prefix_list = None
    if kind == "GroupId":
        pair = referenced_group(backend, group, entry)
    elif kind == "PrefixListId":
        prefix_list = known_prefix_list(backend, entry.get(kind))
    else:
        ip_range = {kind: canonical.canonical_cidr(kind, entry.get(kind))}
    # moto's constructor wants numbers even where EC2 has no ports.
    rule = Rule(backend, protocol, group.id, -1, -1, ip_range, pair, prefix_list)
    rule.from_port, rule.to_port = ports
    rule.description = description
    return rule


def only_kind(permission: Json, names: dict[str, str]) -> tuple[str, str, Any]:
    """A rule leads to exactly one kind of destination."""
    given = [name for name in names if permission.get(name)]
    if not given:
        raise missing(f"The request must contain exactly one of: {', '.join(names)}")
    if len(given) > 1:
        raise combination(f"Only one of {' and '.join(given)} can be specified")
    return given[0], names[given[0]], permission[given[0]]


def new_rules(backend: Any, group: Group, permissions: list[Json]) -> list[Rule]:
    """Each entry of each permission is a rule of its own."""
    rules = []
    for permission in permissions:
        _, kind, entries = only_kind(permission, ENTRY_LISTS)
        rules += [new_rule(backend, group, kind, permission, entry) for entry in entries]
    if not rules:
        raise missing("The request must contain the parameter ipPermissions")
    return rules


def modified(backend: Any, group: Group, rule: Rule, asked: Json) -> Rule:
    """Modify keeps the id and the kind of destination, replaces all else, and masks no host bits."""
    name, kind, value = only_kind(asked, MODIFY_KEYS)
    if kind != rule.kind:
        raise invalid(
            f"Invalid rule type for security group rule '{rule.id}'. "
            f"You may not specify {name} for an existing {rule.kind} rule."
        )
    kept = rule.destination if value == rule.peer else {}
    after = new_rule(
        backend, group, kind, asked, {**kept, kind: value, "Description": asked.get("Description")}
    )
    if after.peer != value:
        raise invalid(f"CIDR block {value} is not in canonical form")
    after.id, after.is_egress = rule.id, rule.is_egress
    return after
