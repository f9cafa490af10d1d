# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An ansible-playbook for ansible-runner whose runs are forks of a process that has loaded ansible-core."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

from integration.forkserver import ForkServer, early, new_place, receive
from tools.project import BUILD

MOST_SECONDS = 300
"""After which a playbook counts as hung."""
# It sends what forkserver.send does, but imports next to nothing: it starts once for each job.
COMMAND = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as connection:
    connection.connect({address!r})
    order = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode()
    socket.send_fds(connection, [len(order).to_bytes(8, "big")], [1, 2])
    connection.sendall(order)
    sys.exit(int(connection.recv(4) or "it was not run"))
"""


class Forks:
    """Where the command is, and a link to the folder of the present job: early variables are then always the same."""

    def __init__(self, place: Path) -> None:
        self.commands = place / "bin"
        self.folder = place / "folder"
        self._place = place
        self._server: ForkServer | None = None
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(place / "socket"))
        self._listening.listen()
        self.commands.mkdir()
        command = self.commands / "ansible-playbook"
        command.write_text(COMMAND.format(python=sys.executable, address=str(place / "socket")), encoding="utf-8")
        command.chmod(0o700)
        Thread(target=self._serve, daemon=True).start()

    def lead_to(self, folder: Path) -> Path:
        """Return the link, which leads to a folder from now on."""
        self.folder.unlink(missing_ok=True)
        self.folder.symlink_to(folder)
        return self.folder

    def _serve(self) -> None:
        while True:
            try:
                connection, unused_address = self._listening.accept()
            except OSError:  # it was closed
                return
            with connection:
                self._run(connection)

    def _run(self, connection: socket.socket) -> None:
        (arguments, environment, folder), files = receive(connection)
        with ExitStack() as opened:
            outputs = [opened.enter_context(os.fdopen(file, "wb", buffering=0)) for file in files]
            # AWX gives no such path to a job, but the server loads the collection by it.
            path = os.pathsep.join(filter(None, (environment.get("PYTHONPATH"), str(BUILD))))
            started = {**environment, "PYTHONPATH": path}
            if self._server is None:
                (self._place / "server").mkdir()
                self._server = ForkServer(started, self._place / "server")
            if early(started) != self._server.early:
                raise ValueError(f"other early variables: {early(started).items() ^ self._server.early.items()}")
            ended = self._server.run(arguments, environment, Path(folder), outputs, MOST_SECONDS)
        if ended is not None:
            connection.sendall(str(os.waitstatus_to_exitcode(ended.status)).encode())

    def end(self) -> None:
        """End all processes, and remove the files."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        if self._server is not None:
            self._server.end()
        shutil.rmtree(self._place)


@contextmanager
def running_forks() -> Iterator[Forks]:
    """Run the fork server while a block runs."""
    forks = Forks(new_place())
    try:
        yield forks
    finally:
        forks.end()
