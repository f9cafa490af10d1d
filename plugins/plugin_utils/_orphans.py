# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Ends workers whose controller has ended, so that they do not interfere with the next run."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 0.2
"""Seconds between two checks."""


@contextmanager
def ending_with_controller() -> Iterator[None]:
    """While a module runs in its own process, end it and this worker if the controller ends.

    From ansible-core 2.19 on, a worker leads its own process group, which a kill of the controller's group does not
    reach. This ends that group on SIGTERM. In older versions, there is only one group.
    """
    controller = os.getppid()
    worker = threading.main_thread().ident
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_SECONDS):
            if os.getppid() != controller and worker is not None:
                signal.pthread_kill(worker, signal.SIGTERM)
                return

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
