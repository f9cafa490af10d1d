# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compile the same text once: ansible-test imports every file, and anew with each all that it imports.

Sanity puts this as C(sitecustomize.py) into the environments of the import test, with all Pythons that modules run on.
What was compiled runs as often as before. An error or a warning on the way is not kept, and so is given each time.
"""

from __future__ import annotations

import builtins
import dataclasses
import os
import typing
from functools import cache, partial
from typing import Any

original = builtins.compile
kept = cache(original)


def compile_once(source: Any, filename: Any, mode: str, *arguments: Any, **options: Any) -> Any:
    """Compile a text, or return what was made of it; syntax trees can change, and are no keys."""
    apart = options.get("dont_inherit") and isinstance(source, (str, bytes))
    return (kept if apart else original)(source, filename, mode, *arguments, **options)


def execute(source: str, *namespaces: Any) -> None:
    """Run what a dataclass has written for itself."""
    exec(compile_once(source, "<string>", "exec", dont_inherit=True), *namespaces)  # noqa: S102  # as dataclasses do it


if "SANITY_IMPORTER_TYPE" in os.environ:
    builtins.compile = compile_once
    vars(dataclasses)["exec"] = execute
    vars(typing)["compile"] = partial(compile_once, dont_inherit=True)
