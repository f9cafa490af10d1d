# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Workers whose controller is gone: what they started must not go on behind the next run's back."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SECONDS = 0.2
"""Between two looks."""


@contextmanager
def ending_with_controller() -> Iterator[None]:
    """While a module runs in a process of its own: end it, and this worker, once the controller is gone.

    From ansible-core 2.19 on, a worker leads a process group of its own, which a kill of the controller's
    group does not reach. It ends that group on SIGTERM. Before that, all were in one group.
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
