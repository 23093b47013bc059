"""moto's store of what there is: one for each account and Region, and of a world's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.ec2.models import ec2_backends, security_groups
from moto.iam.models import get_account_id_from

from request import signed_by

# moto has one store, of plain dictionaries, and a reader fails on one that another thread changes.
one_at_a_time = threading.Lock()


class Store:
    def __init__(self, rule: type = security_groups.SecurityGroupRule):
        self.rule = rule
        self.accounts: dict[str, Any] = {}

    @contextmanager
    def opened(self) -> Iterator[None]:
        """While a call is carried out, moto has this store for its own, and makes rules of this kind."""
        with one_at_a_time:
            security_groups.SecurityGroupRule = self.rule
            ec2_backends.update(self.accounts)
            try:
                yield
            finally:
                self.accounts = dict(ec2_backends)
                ec2_backends.clear()


def store_of(environ: dict[str, Any]) -> Any:
    key, region = signed_by(environ)
    return ec2_backends[get_account_id_from(key)][region]
