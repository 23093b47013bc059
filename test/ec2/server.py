"""The EC2 of the tests: moto, made strict. Whoever asks for a world gets an EC2 of its own, on a port of this machine."""

from __future__ import annotations

import argparse
import json
import os
import signal
import threading
import warnings
from typing import Any

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

# boto3 tells on every start which Python it will leave behind; that is no news of the tests.
warnings.filterwarnings("ignore", message="Boto3 will no longer support", category=Warning)

from connection import Connection  # noqa: E402
from world import Worlds  # noqa: E402

worlds = Worlds()


@Request.application
def app(request: Request) -> Response:
    """`POST /worlds` makes a world and tells its URL, `DELETE /worlds/<port>` ends it."""
    subject, *rest = request.path.strip("/").split("/")
    if (request.method, subject, len(rest)) == ("POST", "worlds", 0):
        url = worlds.make(json.loads(request.get_data() or "{}")).url
        return Response(json.dumps({"url": url}), mimetype="application/json")
    if (request.method, subject, len(rest)) == ("DELETE", "worlds", 1):
        worlds.end(int(rest[0]))
        return Response(status=204)
    return Response(status=405)


def end(*_: Any) -> None:
    """Nothing is to be saved or waited for, so that there is no wrong moment to end."""
    os._exit(0)


def end_with_standard_input() -> None:
    """The process that started this one may be killed, and closes the pipe even so."""
    while os.read(0, 4096):
        pass
    end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options = parser.parse_args()
    server = make_server("127.0.0.1", options.port, app, threaded=True, request_handler=Connection)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    print(f"listening on http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
