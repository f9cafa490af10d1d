# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The messages of the job export: why it does not overwrite files, and what it did, or would do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_PREFIX = "openai_admin_export_"


def report(changes: Mapping[str, Any], settings: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    """Return the changes, with C(summary), and C(refusal), which is empty if the export may continue.

    C(about): whether this is a C(check), and whether to show a C(diff).
    """
    place, force = settings[f"{_PREFIX}path"], settings[f"{_PREFIX}force"]
    refusal = _refusal(place, changes) if changes["flaws"] and not force else ""
    lines = _compared(place, changes, refusal) if about["check"] else _done(place, changes)
    shown = changes["difference"] if about["check"] or about["diff"] else ()
    return {**changes, "refusal": refusal, "summary": [*lines, changes["whose"], *_besides(changes), *shown]}


def _refusal(place: str, changes: Mapping[str, Any]) -> str:
    onto = f"{_PREFIX}onto: true to merge into it, or " if changes["mergeable"] else ""
    return (
        f"{place} is not exactly what the last export wrote: {', '.join(changes['flaws'])}. Set"
        f" {onto}{_PREFIX}force: true to overwrite it after a backup."
    )


def _compared(place: str, changes: Mapping[str, Any], refusal: str) -> Iterator[str]:
    if changes["difference"]:
        said = "differs from the organization as the lines below say."
    else:
        said = f"says what the organization is{', and more' if _is_more(changes) else ''}."
    yield f"Nothing was written. {place} {said}"
    if refusal:
        yield refusal


def _done(place: str, changes: Mapping[str, Any]) -> Iterator[str]:
    then = "that shows what else is declared" if _is_more(changes) else "nothing changes"
    yield f"The organization is in {place}. Review it, then apply it with --check: {then}."
    if changes["remove"]:
        yield f"Removed, since these projects are gone: {', '.join(Path(path).name for path in changes['remove'])}."
    if changes["backup"]:
        yield f"What was there before is kept: {', '.join(changes['backup'].values())}."


def _is_more(changes: Mapping[str, Any]) -> bool:
    """Return whether the declaration contains objects that the organization lacks."""
    return bool(changes["others"] or changes["missing"])


def _besides(changes: Mapping[str, Any]) -> Iterator[str]:
    if changes["left"]:
        yield (
            "A declaration cannot be read from this directory while it contains other files: move"
            f" {', '.join(changes['left'])}."
        )
    if changes["others"]:
        yield (
            "Left alone, since no export wrote it, and read as a part of the declaration:"
            f" {', '.join(changes['others'])}."
        )
    if changes["missing"]:
        yield "Declared, but not in the organization. The export keeps it: remove it, or apply the declaration."
        yield from changes["missing"]
