"""Makes moto answer as EC2 does where the outbound rules of a security group are concerned.

moto keeps what it is given; EC2 refuses much of it and keeps the rest in one canonical form. What is here
stands on moto's own classes: `install()` puts it in their place, for every Region and account at once.
"""

from __future__ import annotations

import base64
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2 import exceptions as ec2
from moto.ec2.models import security_groups as model
from moto.ec2.responses.security_groups import SecurityGroups

import canonical
from canonical import check_id, combination, invalid, missing
from rule import Rule, check_together

Json = dict[str, Any]
Group = model.SecurityGroup

# How the requests call each kind of destination, and the key under which moto keeps it.
ENTRY_LISTS = {
    "IpRanges": "CidrIp",
    "Ipv6Ranges": "CidrIpv6",
    "PrefixListIds": "PrefixListId",
    "UserIdGroupPairs": "GroupId",
}
MODIFY_KEYS = {
    "CidrIpv4": "CidrIp",
    "CidrIpv6": "CidrIpv6",
    "PrefixListId": "PrefixListId",
    "ReferencedGroupId": "GroupId",
}
LEGACY_PARAMETERS = (
    "CidrIp",
    "IpProtocol",
    "FromPort",
    "ToPort",
    "SourceSecurityGroupName",
    "SourceSecurityGroupOwnerId",
)


def known_group(backend: Any, group_id: str | None) -> Group:
    """A group is named by its id, and an unknown one is InvalidGroup.NotFound."""
    if group_id is None:
        raise missing("The request must contain the parameter groupId")
    check_id("sg", group_id)
    group = backend.get_security_group_from_id(group_id)
    if group is None:
        raise ec2.InvalidSecurityGroupNotFoundError(group_id)
    return group


def referenced_group(backend: Any, group: Group, pair: Json) -> Json:
    """A referenced group must exist, unless its UserId names another account, where it is a peer's."""
    owner, group_id, name = pair.get("UserId", backend.account_id), pair.get("GroupId"), pair.get("GroupName")
    if group_id is None and name is not None:
        named = backend.get_security_group_from_name(name, group.vpc_id)
        if named is None:
            raise ec2.InvalidSecurityGroupNotFoundError(name)
        group_id = named.id
    if owner == backend.account_id:
        known_group(backend, group_id)
    check_id("sg", group_id)
    return {"GroupId": group_id, "UserId": owner}


def known_prefix_list(backend: Any, list_id: str | None) -> Json:
    """A prefix list must exist in the Region."""
    check_id("pl", list_id)
    found = backend.managed_prefix_lists.get(list_id)
    if found is None or found.state.startswith("delete"):
        message = f"The prefix list ID '{list_id}' does not exist"
        raise ec2.EC2ClientError("InvalidPrefixListID.NotFound", message)
    return {"PrefixListId": list_id}


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


def rule_of(rules: list[Rule], rule_id: str | None) -> Rule:
    """A rule id is known in its own group only."""
    check_id("sgr", rule_id)
    found = next((rule for rule in rules if rule.id == rule_id), None)
    if found is None:
        raise ec2.InvalidSecurityGroupRuleIdNotFoundError(rule_id)
    return found


def rules_meant(backend: Any, group: Group, params: Json, by_id: list[Json]) -> list[tuple[Rule, str | None]]:
    """Rules are named by id or by what they permit, never by both; one that is not there refuses them all."""
    if by_id and params.get("IpPermissions"):
        raise combination("Rules can be named by rule ids or by IP permissions, not by both")
    if by_id:
        found = [(rule_of(group.egress_rules, item.get("SecurityGroupRuleId")), item) for item in by_id]
        return [
            (rule, canonical.checked_description(rule.kind, item.get("Description"))) for rule, item in found
        ]
    there = {rule.identity: rule for rule in group.egress_rules}
    asked = new_rules(backend, group, params.get("IpPermissions", []))
    if any(rule.identity not in there for rule in asked):
        raise ec2.InvalidPermissionNotFoundError()
    return [(there[rule.identity], rule.description) for rule in asked]


class StrictAnswers(SecurityGroups):
    """The calls on outbound rules: a dry run first, then every check, and only then any change."""

    def authorize_security_group_egress(self) -> ActionResult:
        """All rules or none; the top-level parameters of old are not for egress."""
        self.error_on_dryrun()
        params = self._get_params()
        for name in LEGACY_PARAMETERS:
            if name in params:
                raise combination(
                    f"The parameter {name} is not supported for egress rules; use IpPermissions"
                )
        group = known_group(self.ec2_backend, params.get("GroupId"))
        tags = canonical.checked_tags(params.get("TagSpecifications", []))
        rules = new_rules(self.ec2_backend, group, params.get("IpPermissions", []))
        check_together(group.egress_rules + rules)
        group.egress_rules += rules
        for rule in rules:
            rule.add_tags(tags)
        return ActionResult({"Return": True, "SecurityGroupRules": [rule.as_described() for rule in rules]})

    def revoke_security_group_egress(self) -> ActionResult:
        self.error_on_dryrun()
        params = self._get_params()
        group = known_group(self.ec2_backend, params.get("GroupId"))
        by_id = [{"SecurityGroupRuleId": rule_id} for rule_id in params.get("SecurityGroupRuleIds", [])]
        gone = {rule.id for rule, _ in rules_meant(self.ec2_backend, group, params, by_id)}
        group.egress_rules = [rule for rule in group.egress_rules if rule.id not in gone]
        return ActionResult({"Return": True})

    def update_security_group_rule_descriptions_egress(self) -> ActionResult:
        """An absent or empty description removes the one that is there."""
        self.error_on_dryrun()
        params = self._get_params()
        group = known_group(self.ec2_backend, params.get("GroupId"))
        by_id = params.get("SecurityGroupRuleDescriptions", [])
        for rule, description in rules_meant(self.ec2_backend, group, params, by_id):
            rule.description = description
        return ActionResult({"Return": True})

    def modify_security_group_rules(self) -> ActionResult:
        self.error_on_dryrun()
        params = self._get_params()
        group = known_group(self.ec2_backend, params.get("GroupId"))
        changed: dict[str, Rule] = {}
        for update in params.get("SecurityGroupRules", []):
            rule = rule_of(group.egress_rules + group.ingress_rules, update.get("SecurityGroupRuleId"))
            changed[rule.id] = modified(self.ec2_backend, group, rule, update.get("SecurityGroupRule", {}))
        egress, ingress = (
            [changed.get(rule.id, rule) for rule in rules]
            for rules in (group.egress_rules, group.ingress_rules)
        )
        check_together(egress)
        check_together(ingress)
        group.egress_rules, group.ingress_rules = egress, ingress
        return ActionResult({"Return": True})

    def describe_security_group_rules(self) -> ActionResult:
        """Rules come in pages of 5 to 1000 where pages are asked for, else all at once."""
        self.error_on_dryrun()
        params = self._get_params()
        ids, filters = params.get("SecurityGroupRuleIds", []), self._filters_from_querystring()
        for rule_id in ids:
            check_id("sgr", rule_id)
        for name in filters:
            if name not in ("group-id", "security-group-rule-id") and not name.startswith("tag:"):
                raise invalid(f"The filter '{name}' is invalid")
        size = params.get("MaxResults")
        if size is not None and not 5 <= size <= 1000:
            raise invalid(
                f"Value ( {size} ) for parameter maxResults is invalid. Expecting a value from 5 to 1000."
            )
        try:
            start = int(base64.b64decode(params.get("NextToken", "MA=="), validate=True))
        except ValueError:
            raise ec2.EC2ClientError("InvalidNextToken", "The specified NextToken is not valid.") from None
        rules = self.ec2_backend.describe_security_group_rules(ids, filters)
        end = len(rules) if size is None else start + size
        page: Json = {"SecurityGroupRules": rules[start:end]}
        if end < len(rules):
            page["NextToken"] = base64.b64encode(str(end).encode()).decode()
        return ActionResult(page)


def install() -> None:
    model.SecurityGroupRule = Rule
    for name, answer in vars(StrictAnswers).items():
        if not name.startswith("__"):
            setattr(SecurityGroups, name, answer)
