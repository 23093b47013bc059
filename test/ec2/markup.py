"""Answers in EC2's XML, written by hand: moto's serializer takes most of the time of a call of many rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union
from xml.sax.saxutils import escape

from past import PastRule
from rule import Rule

Told = Union[Rule, PastRule]

NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/"


def answer(action: str, content: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{action}Response xmlns="{NAMESPACE}"><requestId>00000000-0000-4000-8000-000000000000</requestId>'
        f"{content}</{action}Response>"
    )


def done() -> str:
    return "<return>true</return>"


def rules_set(rules: Sequence[Told]) -> str:
    items = (rule.markup if isinstance(rule, PastRule) else item(rule) for rule in rules)
    return f"<securityGroupRuleSet>{''.join(items)}</securityGroupRuleSet>"


def element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def item(rule: Rule) -> str:
    """Where ports mean nothing they read back as -1."""
    start, end = (-1, -1) if rule.from_port is None else (rule.from_port, rule.to_port)
    return (
        f"<item><securityGroupRuleId>{rule.id}</securityGroupRuleId>"
        f"<securityGroupRuleArn>{rule.arn}</securityGroupRuleArn><groupId>{rule.group_id}</groupId>"
        f"<groupOwnerId>{rule.group_owner_id}</groupOwnerId><isEgress>{str(rule.is_egress).lower()}</isEgress>"
        f"<ipProtocol>{rule.ip_protocol}</ipProtocol><fromPort>{start}</fromPort><toPort>{end}</toPort>"
        f"{_destination(rule)}{element('description', rule.description) if rule.description else ''}"
        f"{_tags(rule)}</item>"
    )


def _destination(rule: Rule) -> str:
    kind, peer = rule.kind, rule.peer
    if kind == "GroupId":
        owner = rule.destination.get("UserId", rule.group_owner_id)
        inner = element("groupId", peer) + element("userId", owner)
        return f"<referencedGroupInfo>{inner}</referencedGroupInfo>"
    name = {"CidrIp": "cidrIpv4", "CidrIpv6": "cidrIpv6", "PrefixListId": "prefixListId"}[kind]
    return element(name, peer)


def _tags(rule: Rule) -> str:
    items = (
        f"<item>{element('key', tag['key'])}{element('value', tag['value'])}</item>" for tag in rule.tag_set
    )
    return f"<tagSet>{''.join(items)}</tagSet>"
