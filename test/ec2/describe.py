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
from markup import Told
from named import Json, all_rules, known_rules
from sight import Sight

Test = Callable[[Told], bool]


def describe(backend: Any, params: Json, sight: Sight) -> str:
    """Rules that are asked for by id come in another order than that of the request, as EC2 leaves it open."""
    ids, size = params.get("SecurityGroupRuleId", []), params.get("MaxResults")
    tests = [_test(entry.get("Name"), entry.get("Value", [])) for entry in params.get("Filter", [])]
    if ids and size is not None:
        raise combination("The parameter SecurityGroupRuleIds cannot be used with the parameter MaxResults")
    _check_size(size)
    token, wanted = params.get("NextToken"), frozenset(ids)

    def fits(rule: Told) -> bool:
        return all(test(rule) for test in tests)

    if ids:
        there = sight.rules(all_rules(backend), lambda rule: rule.id in wanted, token is None)
        named = known_rules(there, list(dict.fromkeys(ids)))[::-1]
        return _page([rule for rule in named if fits(rule)], None, token)
    sizes = [most for most in (size, sight.page_size) if most is not None]
    return _page(sight.rules(all_rules(backend), fits, token is None), min(sizes, default=None), token)


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

    def tagged(rule: Told) -> bool:
        value = rule.tag_texts.get(key)
        return value is not None and any(pattern.match(value) for pattern in patterns)

    return tagged


def _check_size(size: int | None) -> None:
    if size is not None and not 5 <= size <= 1000:
        raise invalid(
            f"Value ( {size} ) for parameter maxResults is invalid. Expecting a value from 5 to 1000."
        )


def _page(rules: list[Told], size: int | None, token: str | None) -> str:
    """Rules come in pages where pages are asked for, else all at once."""
    try:
        start = int(base64.b64decode(token or "MA==", validate=True))
    except ValueError:
        raise EC2ClientError("InvalidNextToken", "The specified NextToken is not valid.") from None
    end = len(rules) if size is None else start + size
    page = markup.rules_set(rules[start:end])
    if end < len(rules):
        page += markup.element("nextToken", base64.b64encode(str(end).encode()).decode())
    return page
