"""What a call names: groups, prefix lists and rules, which must be there, in the Region or the group."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from moto.ec2 import exceptions as ec2
from moto.ec2.models import security_groups as model

from canonical import check_id, invalid, missing
from rule import Rule

Json = dict[str, Any]
Group = model.SecurityGroup


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
    if not re.fullmatch("[0-9]{12}", owner):
        raise invalid(f"Invalid value '{owner}' for userId. It must be the ID of an account")
    if group_id is None and name is not None:
        named = backend.get_security_group_from_name(name, group.vpc_id)
        if named is None:
            raise ec2.InvalidSecurityGroupNotFoundError(name)
        group_id = named.id
    if owner == backend.account_id:
        _check_reachable(backend, group, known_group(backend, group_id))
    check_id("sg", group_id)
    if not re.fullmatch("sg-[0-9a-f]{8,17}", group_id):  # No account has a group of that id.
        raise ec2.InvalidSecurityGroupNotFoundError(group_id)
    return {"GroupId": group_id, "UserId": owner}


def _check_reachable(backend: Any, group: Group, other: Group) -> None:
    """A group of another VPC can be led to where an active peering connection joins the two."""
    vpcs = {group.vpc_id, other.vpc_id}
    peerings = backend.vpc_pcxs.values()
    joined = any(vpcs == {it.vpc.id, it.peer_vpc.id} for it in peerings if it._status.code == "active")
    if len(vpcs) > 1 and not joined:
        message = "You have specified two resources that belong to different networks."
        raise ec2.EC2ClientError("InvalidGroup.NotFound", message)


def known_prefix_list(backend: Any, list_id: str | None) -> Json:
    """A prefix list must exist in the Region."""
    check_id("pl", list_id)
    found = backend.managed_prefix_lists.get(list_id)
    if found is None or found.state.startswith("delete"):
        message = f"The prefix list ID '{list_id}' does not exist"
        raise ec2.EC2ClientError("InvalidPrefixListID.NotFound", message)
    return {"PrefixListId": list_id}


def all_rules(backend: Any) -> list[Rule]:
    """Of every group of the Region, in either direction."""
    groups = (group for of_vpc in backend.groups.values() for group in of_vpc.values())
    return [rule for group in groups for rule in (*group.egress_rules, *group.ingress_rules)]


def known_rules(among: Iterable[Any], rule_ids: list[str | None]) -> list[Any]:
    """All of them, or an error that names those that are not there."""
    for rule_id in rule_ids:
        check_id("sgr", rule_id)
    there = {rule.id: rule for rule in among}
    unknown = list(dict.fromkeys(rule_id for rule_id in rule_ids if rule_id not in there))
    if len(unknown) == 1:
        raise ec2.InvalidSecurityGroupRuleIdNotFoundError(unknown[0])
    if unknown:
        message = f"The security group rule IDs '{', '.join(map(str, unknown))}' do not exist"
        raise ec2.EC2ClientError("InvalidSecurityGroupRuleId.NotFound", message)
    return [there[rule_id] for rule_id in rule_ids if rule_id is not None]
