"""Rules as they were, for those who see a change some time after it, as EC2's readers do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple


class PastRule(NamedTuple):
    id: str
    group_id: str
    tag_texts: dict[str, str]
    markup: str


class Version:
    """What was there before a change, if anything, and how many more reads it is shown to."""

    def __init__(self, rule: PastRule | None, left: int):
        self.rule = rule
        self.left = left


class Past:
    def __init__(self, reads: int):
        self.reads = reads
        # The oldest first: who is two changes behind sees the first of them before the second.
        self.versions: dict[str, list[Version]] = {}
        self.removed: set[str] = set()

    def keep(self, before: Mapping[str, PastRule], after: Mapping[str, PastRule]) -> None:
        for rule_id in {**before, **after}:
            was = before.get(rule_id)
            if was != after.get(rule_id):
                self.versions.setdefault(rule_id, []).append(Version(was, self.reads))
            if rule_id not in after:
                self.removed.add(rule_id)

    def seen(self, now: Iterable[Any], meant: Callable[[Any], bool], first_page: bool) -> list[Any]:
        """A read counts for the rules that it is about, and once for all pages, so that they fit together."""
        rules = {rule.id: rule for rule in now}
        if first_page:
            self._count(rules, meant)
        removed = {rule_id: None for rule_id in self.versions if rule_id in self.removed}
        shown = (self._shown(rule_id, rule) for rule_id, rule in {**rules, **removed}.items())
        return [rule for rule in shown if rule is not None and meant(rule)]

    def _shown(self, rule_id: str, now: Any) -> Any:
        versions = self.versions.get(rule_id)
        return versions[0].rule if versions else now

    def _count(self, now: Mapping[str, Any], meant: Callable[[Any], bool]) -> None:
        for rule_id, versions in list(self.versions.items()):
            forms = (*(version.rule for version in versions), now.get(rule_id))
            if any(rule is not None and meant(rule) for rule in forms):
                for version in versions:
                    version.left -= 1
                versions[:] = [version for version in versions if version.left >= 0]
            if not versions:
                del self.versions[rule_id]
                self.removed.discard(rule_id)
