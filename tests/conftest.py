# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Generated cases may take as long as they do: a busy machine does not make a test fail."""

from __future__ import annotations

import gc

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


def pytest_collection_finish() -> None:
    """Leave what was collected out of the search for garbage: it stays until the end."""
    gc.collect()
    gc.freeze()
