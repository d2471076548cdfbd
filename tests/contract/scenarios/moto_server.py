"""moto's server in a process of its own, so that the memory measured here is ours.

It prints its port, and ends with its standard input.
"""

from __future__ import annotations

import logging
import os
import sys

from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer


def main() -> None:
    """Serve until whoever started this closes the pipe, or dies."""
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    # They take seconds of each test that follows one of EC2.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    # There need be no docker: functions answer with what they are given.
    default_user_config["lambda"] = {"use_docker": False}
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
