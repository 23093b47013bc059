"""A rule as EC2 reads it back, what makes two of them the same, and how many a group may hold."""

from __future__ import annotations

import copy
from typing import Any

from moto.ec2.exceptions import EC2ClientError, RulesPerSecurityGroupLimitExceededError
from moto.ec2.models import security_groups as model
from moto.utilities.utils import get_partition

from canonical import CIDR_KINDS

# The key under which moto keeps each kind of destination.
DESTINATION_KINDS = ("CidrIp", "CidrIpv6", "PrefixListId", "GroupId")
RULES_PER_FAMILY = 60
AWS_LIST_WEIGHTS = {"s3": 1, "dynamodb": 1, "s3express": 6, "vpc-lattice": 10, "origin-facing": 55}


class Rule(model.SecurityGroupRule):
    """A rule reads back with its owner, its ARN, and the description of any kind of destination."""

    # moto reads the name of the service from the module of each of its classes.
    __module__ = model.__name__

    def __init__(
        self,
        backend: Any,
        protocol: str,
        group_id: str,
        start: Any,
        end: Any,
        ip_range: dict[str, Any] | None,
        source_group: dict[str, Any] | None = None,
        prefix_list: dict[str, Any] | None = None,
        **rest: Any,
    ):
        super().__init__(backend, protocol, group_id, start, end, ip_range, source_group, prefix_list, **rest)
        self.prefix_list = prefix_list or {}

    @property
    def group_owner_id(self) -> str:
        return self.ec2_backend.account_id

    @property
    def arn(self) -> str:
        region = self.ec2_backend.region_name
        return f"arn:{get_partition(region)}:ec2:{region}:{self.group_owner_id}:security-group-rule/{self.id}"

    @property
    def destination(self) -> dict[str, Any]:
        return self.ip_range or self.source_group or self.prefix_list

    @property
    def kind(self) -> str:
        return next(kind for kind in DESTINATION_KINDS if kind in self.destination)

    @property
    def peer(self) -> str:
        return self.destination[self.kind]

    @property
    def identity(self) -> tuple[Any, ...]:
        """Protocol, ports and destination make two rules the same; description, tags and owner do not."""
        return self.ip_protocol, self.from_port, self.to_port, self.kind, self.peer

    @property
    def description(self) -> str | None:
        return self.destination.get("Description")

    @description.setter
    def description(self, text: str | None) -> None:
        self.destination["Description"] = text

    def as_described(self) -> Rule:
        """Where ports mean nothing they read back as -1."""
        read = copy.copy(self)
        if read.from_port is None:
            read.from_port = read.to_port = -1
        return read


def weights(rule: Rule) -> tuple[int, int]:
    """CIDRs count in their family, groups in both, lists in both by MaxEntries or published weight."""
    if rule.kind in CIDR_KINDS:
        return int(rule.kind == "CidrIp"), int(rule.kind == "CidrIpv6")
    found = rule.ec2_backend.managed_prefix_lists.get(rule.peer)
    if found is None:
        return 1, 1
    published = AWS_LIST_WEIGHTS.get((found.prefix_list_name or "").split(".")[-1], 1)
    weight = published if found.owner_id == "AWS" else int(found.max_entries)
    return weight, weight


def named_as_duplicate(rule: Rule) -> str:
    """The words in which EC2 tells which rule is there already."""
    protocol, start, end = rule.ip_protocol, rule.from_port, rule.to_port
    if protocol in ("tcp", "udp"):
        traffic = f"{protocol.upper()}, from port: {start}, to port: {end}"
    elif protocol in ("icmp", "icmpv6"):
        kind, code = ("ALL" if number == -1 else number for number in (start, end))
        traffic = f"{protocol.replace('icmp', 'ICMP')}, type: {kind}, code: {code}"
    else:
        traffic = "ALL" if protocol == "-1" else f"protocol: {protocol}"
    return f"peer: {rule.peer}, {traffic}, ALLOW"


def check_together(rules: list[Rule]) -> None:
    """No two rules of a group are the same rule, and each address family has its own quota."""
    seen = set()
    for rule in rules:
        if rule.identity in seen:
            message = f'the specified rule "{named_as_duplicate(rule)}" already exists'
            raise EC2ClientError("InvalidPermission.Duplicate", message)
        seen.add(rule.identity)
    if any(sum(family) > RULES_PER_FAMILY for family in zip(*map(weights, rules))):
        raise RulesPerSecurityGroupLimitExceededError()
