"""Groups that EC2 has made, and does not know yet when they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

# Names no group, and would find all of them.
LISTING = "DescribeSecurityGroups"


class UnseenGroups:
    def __init__(self, calls: int):
        self.calls = calls
        self.left: dict[str, int] = {}

    def made(self, group_ids: Iterable[str]) -> None:
        if self.calls > 0:
            self.left.update((group_id, self.calls) for group_id in group_ids)

    @contextmanager
    def away(self, backend: Any, form: dict[str, str]) -> Iterator[None]:
        """While a call is carried out that names them, moto has them not."""
        taken = []
        for group_id in self._met_by(form):
            for of_vpc in backend.groups.values():
                if group_id in of_vpc:
                    taken.append((of_vpc, of_vpc.pop(group_id)))
        try:
            yield
        finally:
            for of_vpc, group in taken:
                of_vpc[group.id] = group

    def _met_by(self, form: dict[str, str]) -> list[str]:
        named = set(form.values())
        met = [group_id for group_id in self.left if group_id in named or form.get("Action") == LISTING]
        for group_id in met:
            self.left[group_id] -= 1
            if self.left[group_id] == 0:
                del self.left[group_id]
        return met
