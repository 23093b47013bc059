"""Stands in front of the strict answers: keeps what calls change, and takes away what they are not to see."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import markup
from hidden import Hidden
from named import all_rules
from past import PastRule
from request import FORM, is_dry_run, is_onlooker
from settings import Settings
from store import store_of

Environ = dict[str, Any]
App = Callable[[Environ, Any], Iterable[bytes]]


class Hiding:
    def __init__(self, app: App, settings: Settings):
        self.app = app
        self.settings = settings

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        form, hidden = environ[FORM], self.settings.hidden
        if hidden is None or not form or is_dry_run(form):
            return self.app(environ, start_response)
        if form.get("Action", "").startswith("Describe"):
            return self._carried_out(hidden, environ, start_response)
        backend = store_of(environ)
        rules, groups = _rules(backend), _groups(backend)
        answer = self._carried_out(hidden, environ, start_response)
        hidden.past(backend.region_name).keep(rules, _rules(backend))
        hidden.groups.made(group_id for group_id in _groups(backend) if group_id not in groups)
        return answer

    def _carried_out(self, hidden: Hidden, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if is_onlooker(environ):
            return self.app(environ, start_response)
        with hidden.groups.away(store_of(environ), environ[FORM]):
            return self.app(environ, start_response)


def _rules(backend: Any) -> dict[str, PastRule]:
    return {
        rule.id: PastRule(rule.id, rule.group_id, dict(rule.tag_texts), markup.item(rule))
        for rule in all_rules(backend)
    }


def _groups(backend: Any) -> list[str]:
    return [group_id for of_vpc in backend.groups.values() for group_id in of_vpc]
