# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run has read of an organization, and what its threads note of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, cast

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Request
from ansible_collections.community.openai_admin.plugins.module_utils._core.reads import Listing, list_all
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.project import PROJECT
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import PEOPLE
from ansible_collections.community.openai_admin.plugins.module_utils._organization import snapshot


class Nothing:
    """A client that finds no objects."""

    def pages(self, unused_request: Request, unused_limit: int | None = None) -> Iterable[dict[str, Any]]:
        return ()


def test_projects_that_are_made_at_the_same_time_are_all_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else what lies in one of them would not find it."""
    known = snapshot.Snapshot(cast(Client, Nothing()))
    list_all(known, PROJECT)
    both_are_there = threading.Barrier(2)

    class Slow(Listing):
        def __init__(self, objects: Iterable[dict[str, Any]] = ()) -> None:
            found = list(objects)
            with suppress(threading.BrokenBarrierError):
                both_are_there.wait(0.2)
            super().__init__(found)

    monkeypatch.setattr(snapshot, "Listing", Slow)
    threads = [
        threading.Thread(target=known.note, args=(PROJECT, {}, None, {"id": own_id, "name": own_id}))
        for own_id in ("proj_a", "proj_b")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each["id"] for each in known.listing(PROJECT)) == ["proj_a", "proj_b"]


def test_people_whom_two_threads_look_up_at_the_same_time_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a step would say that two people have the address."""
    everybody = [{"id": f"user-{name}", "email": f"{name}@example.com"} for name in "ab"]

    class Everybody(Nothing):
        def pages(self, unused_request: Request, unused_limit: int | None = None) -> Iterable[dict[str, Any]]:
            return everybody

    def read_slowly(person: dict[str, Any]) -> str:
        time.sleep(0.05)
        return str(person["email"])

    known = snapshot.Snapshot(cast(Client, Everybody()))
    list_all(known, PEOPLE.resource)
    monkeypatch.setattr(snapshot, "_address", read_slowly)
    threads = [threading.Thread(target=known.known, args=("b@example.com",)) for dummy in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each["id"] for each in known.known("b@example.com")] == ["user-b"]
