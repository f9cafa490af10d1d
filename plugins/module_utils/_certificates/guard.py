# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The active certificates of a scope, with the guard against changes that lock the task out."""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.community.openai_admin.plugins.module_utils._certificates.lockout import (
    first_activation,
    keep_access,
)
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import Reads
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate import CERTIFICATE
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.certificate_activation import (
    CERTIFICATE_ACTIVATION,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import (
    Exempt,
    GuardRead,
    Proposal,
)


def _access(client: Reads, change: Proposal) -> tuple[str | None, tuple[str, ...]]:
    """Return which certificate to activate first, and a warning. Raises C(Refused) if the task would be locked out."""
    first = None if change.settings["allow_lockout"] else keep_access(client, change.of, change.before, change.after)
    return first, first_activation(client, change.of, change.before, change.after)


def _admits_first(change: Proposal) -> Exempt:
    """Let the certificate be activated first that admits the task."""
    first, warnings = change.elsewhere["access"]
    return Exempt(warning=" ".join(warnings), first=first)


def _always(unused_change: Proposal) -> bool:
    return True


GUARDED = replace(
    CERTIFICATE_ACTIVATION,
    guards=(_admits_first,),
    guard_reads=(GuardRead("access", CERTIFICATE, _always, read=_access),),
)
"""The active certificates of a scope, whose changes do not lock this task out."""
