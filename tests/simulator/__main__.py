# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line: `python -m simulator`."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence

from .organization import OrganizationError
from .server import DEVELOPMENT_KEY, identity_in, listen, new_world, serve


def main(arguments: Sequence[str]) -> int | str:
    """Run a simulator until a signal ends it, and return a value for `sys.exit`."""
    options = parser().parse_args(arguments)
    try:
        world = new_world(options.organization, options.admin_key)
        identity = identity_in(options.tls)
        listener = listen(options.port)
    except (OrganizationError, OSError) as error:
        return f"simulator: {error}"
    asyncio.run(serve(world, listener, exit_with_parent=options.exit_with_parent, identity=identity))
    return 0


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    found = argparse.ArgumentParser(prog="simulator", description="Simulate the OpenAI Administration API.")
    found.add_argument("--port", type=int, default=0, help="port on the loopback interface (default: a free one)")
    found.add_argument(
        "--admin-key",
        default=os.environ.get("OPENAI_ADMIN_KEY") or DEVELOPMENT_KEY,
        help=f"the key to accept (default: OPENAI_ADMIN_KEY, else {DEVELOPMENT_KEY})",
    )
    found.add_argument("--organization", metavar="FILE", help="organization to start with (default: a sample)")
    found.add_argument("--tls", metavar="FOLDER", help="speak TLS; clients have to trust ca.pem, made in this folder")
    found.add_argument("--exit-with-parent", action="store_true", help="end when the parent process has ended")
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
