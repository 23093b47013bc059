"""An EC2 endpoint on a port of this machine: moto's server, made strict, with a call log in front."""

from __future__ import annotations

import argparse
import os
import signal
import threading
import warnings
from typing import Any

from werkzeug.serving import make_server

# boto3 tells on every start which Python it will leave behind; that is no news of the tests.
warnings.filterwarnings("ignore", message="Boto3 will no longer support", category=Warning)

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402

from connection import Connection  # noqa: E402
from front import App, Front  # noqa: E402
from settings import Settings  # noqa: E402


def end(*_: Any) -> None:
    """Nothing is to be saved or waited for, so that there is no wrong moment to end."""
    os._exit(0)


def end_with_standard_input() -> None:
    """The process that started this one may be killed, and closes the pipe even so."""
    while os.read(0, 4096):
        pass
    end()


def make_app(plain: bool = False) -> App:
    settings = Settings()
    moto = DomainDispatcherApplication(create_backend_app)
    if plain:
        return Front(moto, settings)
    from hiding import Hiding
    from strict import Strict

    return Front(Hiding(Strict(moto, settings), settings), settings)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--plain", action="store_true", help="moto as it is, without EC2's strictness")
    options = parser.parse_args()
    app = make_app(options.plain)
    server = make_server("127.0.0.1", options.port, app, threaded=True, request_handler=Connection)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, end)
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    print(f"listening on http://127.0.0.1:{server.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
