"""The calls that change outbound rules: every check first, and only then any change."""

from __future__ import annotations

from typing import Any

from moto.ec2 import exceptions as ec2

import canonical
import markup
from canonical import combination, invalid, missing
from named import Group, Json, known_group, known_rules
from permission import modified, new_rules
from rule import Rule
from together import check_no_repeat, check_together

LEGACY_PARAMETERS = (
    "CidrIp",
    "IpProtocol",
    "FromPort",
    "ToPort",
    "SourceSecurityGroupName",
    "SourceSecurityGroupOwnerId",
)


def authorize(backend: Any, params: Json, rules_per_family: int) -> str:
    """All rules or none; the top-level parameters of old are not for egress."""
    for name in LEGACY_PARAMETERS:
        if name in params:
            raise combination(f"The parameter {name} is not supported for egress rules; use IpPermissions")
    group = known_group(backend, params.get("GroupId"))
    tags = canonical.checked_tags(params.get("TagSpecification", []))
    rules = new_rules(backend, group, params.get("IpPermissions", []))
    check_no_repeat(rules)
    check_together(group.egress_rules + rules, rules_per_family)
    group.egress_rules += rules
    backend.create_tags([rule.id for rule in rules], tags)
    # EC2 promises no order, so that no caller may count on that of the request.
    return markup.done() + markup.rules_set(rules[::-1])


def revoke(backend: Any, params: Json) -> str:
    group = known_group(backend, params.get("GroupId"))
    by_id = [{"SecurityGroupRuleId": rule_id} for rule_id in params.get("SecurityGroupRuleId", [])]
    gone = {rule.id for rule, _ in _rules_meant(backend, group, params, by_id)}
    group.egress_rules = [rule for rule in group.egress_rules if rule.id not in gone]
    for rule_id in gone:
        backend.tags.pop(rule_id, None)
    return markup.done()


def update_descriptions(backend: Any, params: Json) -> str:
    """An absent or empty description removes the one that is there."""
    group = known_group(backend, params.get("GroupId"))
    by_id = params.get("SecurityGroupRuleDescription", [])
    for rule, description in _rules_meant(backend, group, params, by_id):
        rule.description = description
    return markup.done()


def modify(backend: Any, params: Json, rules_per_family: int) -> str:
    group = known_group(backend, params.get("GroupId"))
    updates = params.get("SecurityGroupRule", [])
    if not updates:
        raise missing("The request must contain the parameter SecurityGroupRules")
    ids = [update.get("SecurityGroupRuleId") for update in updates]
    rules = known_rules(group.egress_rules + group.ingress_rules, ids)
    if len(set(ids)) < len(ids):
        raise invalid("The same security group rule must not appear multiple times")
    changed = {
        rule.id: modified(backend, group, rule, update.get("SecurityGroupRule", {}))
        for rule, update in zip(rules, updates)
    }
    check_no_repeat([rule for rule in changed.values() if rule.is_egress])
    check_no_repeat([rule for rule in changed.values() if not rule.is_egress])
    egress, ingress = (
        [changed.get(rule.id, rule) for rule in held] for held in (group.egress_rules, group.ingress_rules)
    )
    check_together(egress, rules_per_family)
    check_together(ingress, rules_per_family)
    group.egress_rules, group.ingress_rules = egress, ingress
    return markup.done()


def _rules_meant(
    backend: Any, group: Group, params: Json, by_id: list[Json]
) -> list[tuple[Rule, str | None]]:
    """Rules are named by id or by what they permit, never by both; one that is not there refuses them all."""
    if by_id and params.get("IpPermissions"):
        raise combination("Rules can be named by rule ids or by IP permissions, not by both")
    if by_id:
        found = known_rules(group.egress_rules, [item.get("SecurityGroupRuleId") for item in by_id])
        return [
            (rule, canonical.checked_description(rule.kind, item.get("Description")))
            for rule, item in zip(found, by_id)
        ]
    there = {rule.identity: rule for rule in group.egress_rules}
    asked = new_rules(backend, group, params.get("IpPermissions", []))
    if any(rule.identity not in there for rule in asked):
        raise ec2.InvalidPermissionNotFoundError()
    return [(there[rule.identity], rule.description) for rule in asked]
