"""DeleteSecurityGroup: no group goes that a rule of another one leads to."""

from __future__ import annotations

from typing import Any

from moto.ec2.exceptions import EC2ClientError

import markup
from named import Json, known_group


def delete_group(backend: Any, params: Json) -> str:
    group = known_group(backend, params.get("GroupId"))
    others = [other for groups in backend.groups.values() for other in groups.values() if other is not group]
    if any(rule.peer == group.id for other in others for rule in other.egress_rules):
        raise EC2ClientError("DependencyViolation", f"resource {group.id} has a dependent object")
    backend.delete_security_group(group_id=group.id)
    return markup.done()
