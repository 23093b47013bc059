"""moto's store of what there is: one for each account and Region."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends
from moto.iam.models import get_account_id_from

from request import signed_by


def store_of(environ: dict[str, Any]) -> Any:
    key, region = signed_by(environ)
    return ec2_backends[get_account_id_from(key)][region]
