# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tests of AWX share: the simulator of the Administration API, and the definitions."""

from __future__ import annotations

from typing import Any

import pytest
from awx.playbooks import evaluated
from integration.conftest import server, simulator

__all__ = ["server", "simulator"]


@pytest.fixture(scope="session")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """All of definitions.yml, as AWX gets it, by the part of the name after openai_admin_awx_."""
    return evaluated(tmp_path_factory.mktemp("definitions"))
