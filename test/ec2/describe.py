"""DescribeSecurityGroupRules: which rules are meant, and in what pages they come."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.utils import simple_aws_filter_to_re

import markup
from canonical import check_id, combination, invalid
from named import Json, all_rules, known_rules
from rule import Rule

Test = Callable[[Rule], bool]


def describe(backend: Any, params: Json) -> str:
    """Rules that are asked for by id come in another order than that of the request, as EC2 leaves it open."""
    ids, size = params.get("SecurityGroupRuleId", []), params.get("MaxResults")
    tests = [_test(entry.get("Name"), entry.get("Value", [])) for entry in params.get("Filter", [])]
    if ids and size is not None:
        raise combination("The parameter SecurityGroupRuleIds cannot be used with the parameter MaxResults")
    rules = all_rules(backend)
    if ids:
        rules = known_rules(rules, list(dict.fromkeys(ids)))[::-1]
    return _page([rule for rule in rules if all(test(rule) for test in tests)], size, params.get("NextToken"))


def _test(name: str | None, values: list[str]) -> Test:
    if name == "group-id":
        for value in values:
            check_id("sg", value)
        return lambda rule: rule.group_id in values
    if name == "security-group-rule-id":
        wanted = frozenset(values)
        return lambda rule: rule.id in wanted
    if name is None or not name.startswith("tag:"):
        raise invalid(f"The filter '{name or 'null'}' is invalid")
    key = name[len("tag:") :]
    patterns = [re.compile(simple_aws_filter_to_re(value)) for value in values]

    def tagged(rule: Rule) -> bool:
        value = rule.ec2_backend.tags.get(rule.id, {}).get(key)
        return value is not None and any(pattern.match(value) for pattern in patterns)

    return tagged


def _page(rules: list[Rule], size: int | None, token: str | None) -> str:
    """Rules come in pages of 5 to 1000 where pages are asked for, else all at once."""
    if size is not None and not 5 <= size <= 1000:
        raise invalid(
            f"Value ( {size} ) for parameter maxResults is invalid. Expecting a value from 5 to 1000."
        )
    try:
        start = int(base64.b64decode(token or "MA==", validate=True))
    except ValueError:
        raise EC2ClientError("InvalidNextToken", "The specified NextToken is not valid.") from None
    end = len(rules) if size is None else start + size
    page = markup.rules_set(rules[start:end])
    if end < len(rules):
        page += markup.element("nextToken", base64.b64encode(str(end).encode()).decode())
    return page
