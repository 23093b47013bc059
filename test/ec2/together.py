"""What the rules of a group must keep to together: no rule twice, and no more than the quota."""

from __future__ import annotations

from moto.ec2.exceptions import EC2ClientError, RulesPerSecurityGroupLimitExceededError

from canonical import CIDR_KINDS, invalid
from rule import Rule

AWS_LIST_WEIGHTS = {"s3": 1, "dynamodb": 1, "s3express": 6, "vpc-lattice": 10, "origin-facing": 55}


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


def check_no_repeat(rules: list[Rule]) -> None:
    """A request that holds one rule twice is wrong by itself, whatever the group holds."""
    if len({rule.identity for rule in rules}) < len(rules):
        raise invalid("The same permission must not appear multiple times")


def check_together(rules: list[Rule], rules_per_family: int) -> None:
    """No two rules of a group are the same rule, and each address family has its own quota."""
    seen = set()
    for rule in rules:
        if rule.identity in seen:
            message = f'the specified rule "{rule.named_as_duplicate()}" already exists'
            raise EC2ClientError("InvalidPermission.Duplicate", message)
        seen.add(rule.identity)
    if any(sum(family) > rules_per_family for family in zip(*map(weights, rules))):
        raise RulesPerSecurityGroupLimitExceededError()
