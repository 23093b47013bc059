"""Answers as EC2 does where the rules of a security group are concerned, and leaves all else to moto.

moto keeps what it is given; EC2 refuses much of it and keeps the rest in one canonical form. What is here
stands on moto's stores, for every Region and account, and not on its way from request to answer: that is
slow where a request holds many rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from moto.ec2.exceptions import DryRunClientError, EC2ClientError
from werkzeug.wrappers import Response

import egress
import groups
import markup
import tagging
from describe import describe
from params import nested
from refusal import refusal
from request import CALL, FORM, is_dry_run, is_onlooker
from settings import Settings
from sight import Sight
from store import store_of

Answer = Callable[[Any, dict[str, Any]], str]
DESCRIBE = "DescribeSecurityGroupRules"


class Strict:
    def __init__(self, moto: Any, settings: Settings):
        self.moto = moto
        self.settings = settings
        self.answers: dict[str, Answer] = {
            "AuthorizeSecurityGroupEgress": lambda *of: egress.authorize(*of, settings.rules_per_family),
            "RevokeSecurityGroupEgress": egress.revoke,
            "ModifySecurityGroupRules": lambda *of: egress.modify(*of, settings.rules_per_family),
            "UpdateSecurityGroupRuleDescriptionsEgress": egress.update_descriptions,
            "CreateTags": tagging.create_tags,
            "DeleteTags": tagging.delete_tags,
            "DeleteSecurityGroup": groups.delete_group,
        }

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        form = environ[FORM]
        action = form.get("Action", "")
        answer = self._describe(environ) if action == DESCRIBE else self.answers.get(action)
        if answer is None:
            return self.moto(environ, start_response)
        return _response(action, answer, environ)(environ, start_response)

    def _describe(self, environ: dict[str, Any]) -> Answer:
        def answer(backend: Any, params: dict[str, Any]) -> str:
            sight = self._sight(environ, backend)
            told = describe(backend, params, sight)
            environ[CALL]["stale"] = sight.is_stale
            return told

        return answer

    def _sight(self, environ: dict[str, Any], backend: Any) -> Sight:
        if is_onlooker(environ):
            return Sight()
        hidden = self.settings.hidden
        return Sight(hidden and hidden.past(backend.region_name), self.settings.page_size)


def _response(action: str, answer: Answer, environ: dict[str, Any]) -> Response:
    """A dry run comes before every check."""
    try:
        params = nested(environ[FORM])
        if is_dry_run(environ[FORM]):
            raise DryRunClientError()
        content = answer(store_of(environ), params)
        return Response(markup.answer(action, content), mimetype="text/xml")
    except EC2ClientError as refused:
        status = 412 if isinstance(refused, DryRunClientError) else 400
        return Response(refusal(refused.code, refused.message), status=status, mimetype="text/xml")
