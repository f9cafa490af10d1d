# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compile each text only once: ansible-test imports every file, and imports all its dependencies again each time.

Sanity installs this file as C(sitecustomize.py) in the environments of the import test, for all Pythons that modules
run on. Compiled code is executed as often as before, except that of ansible-core, which is not what the test is about:
its modules are loaded once. Errors and warnings are not cached, so that they are reported each time.
"""

from __future__ import annotations

import builtins
import dataclasses
import os
import typing
from functools import cache, partial
from importlib.machinery import SourceFileLoader
from types import ModuleType
from typing import Any

original = builtins.compile
kept = cache(original)


def compile_once(source: Any, filename: Any, mode: str, *arguments: Any, **options: Any) -> Any:
    """Compile a text, or return the cached result; syntax trees can change, so they are not cached."""
    apart = options.get("dont_inherit") and isinstance(source, (str, bytes))
    return (kept if apart else original)(source, filename, mode, *arguments, **options)


def execute(source: str, *namespaces: Any) -> None:
    """Execute the source that a dataclass has generated for its methods."""
    exec(compile_once(source, "<string>", "exec", dont_inherit=True), *namespaces)  # noqa: S102  # as dataclasses do it


run = SourceFileLoader.exec_module
loaded: dict[str, ModuleType] = {}


def create_module(unused_loader: SourceFileLoader, spec: Any) -> ModuleType | None:
    """Return the module of ansible-core that was loaded before; C(importlib) creates all others."""
    return loaded.get(spec.name)


def exec_module(loader: SourceFileLoader, module: ModuleType) -> None:
    """Run the code of a module, unless it is a module of ansible-core whose code has run before, without an error."""
    if loaded.get(module.__name__) is not module:
        run(loader, module)
        if module.__name__.startswith("ansible."):
            loaded[module.__name__] = module


if "SANITY_IMPORTER_TYPE" in os.environ:
    builtins.compile = compile_once
    vars(dataclasses)["exec"] = execute
    vars(typing)["compile"] = partial(compile_once, dont_inherit=True)
    for function in create_module, exec_module:
        setattr(SourceFileLoader, function.__name__, function)
