"""An error in EC2's words."""

from __future__ import annotations

from xml.sax.saxutils import escape

REQUEST_ID = "00000000-0000-4000-8000-000000000000"
# EC2 tells the id of a request in its answer too, and the SDK reads it from here.
HEADERS = {"x-amzn-requestid": REQUEST_ID}


def refusal(code: str, message: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<Response><Errors><Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
        f"</Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
    )


def throttled() -> str:
    return refusal("RequestLimitExceeded", "Request limit exceeded.")


def unauthorized(action: str) -> str:
    """EC2's answer to a caller without the right, given before it looks at anything else, DryRun included."""
    return refusal(
        "UnauthorizedOperation",
        "You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/testing "
        f"is not authorized to perform: ec2:{action} because no identity-based policy allows "
        f"the ec2:{action} action",
    )
