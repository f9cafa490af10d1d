# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""A declaration read from a file or a directory, as an export writes them.

A variable of Ansible's keeps of each text where it stands and whether it is a template: at 35,000 objects, that is
most of what a task costs. What is read here is data, and nothing in it is evaluated.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import yaml
from ansible.parsing.dataloader import DataLoader
from ansible_collections.community.openai_admin.plugins.module_utils._errors import BadInput
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration_text import (
    MAIN_FILE,
    PROJECTS,
    VARIABLE,
    is_template,
)

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The faster one is there unless PyYAML was built without libyaml."""

_LEVELS = 50
"""How deep something may lie. A declaration needs a tenth of it."""


def read_declaration(path: str, loader: DataLoader) -> dict[str, Any]:
    """The declaration of a file, or of a directory with a file for each project. Raises C(BadInput)."""
    place = Path(path)
    if not place.is_dir():
        return _declared(place, loader)
    declaration = _declared(place / MAIN_FILE, loader)
    files = sorted((place / PROJECTS).glob("*.yml"))
    if not files:
        return declaration
    return {
        **declaration,
        "projects": [*(declaration.get("projects") or ()), *(_mapping(each, loader) for each in files)],
    }


def _declared(path: Path, loader: DataLoader) -> dict[str, Any]:
    """What a file of variables, or one with nothing but the declaration, declares."""
    content = _mapping(path, loader)
    declaration = content.get(VARIABLE, content)
    if not isinstance(declaration, dict):
        raise BadInput(f"{VARIABLE} in {path} is no dictionary.")
    return declaration


def _mapping(path: Path, loader: DataLoader) -> dict[str, Any]:
    if not path.is_file():
        raise BadInput(f"{path} is not there.")
    try:
        node = yaml.compose(_plain(path, loader), _PARSER)
        content = _Data("").construct_document(node) if node else None  # parsed by the faster one
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise BadInput(f"{path}{line}: {error.problem}.") from None
    except yaml.YAMLError:
        raise BadInput(f"{path} is no YAML: it holds characters that cannot be in a text.") from None
    except ValueError as error:  # of a number
        raise BadInput(f"{path} holds a number that is none: {error}.") from None
    if _is_deep(content):
        raise BadInput(f"{path} is nested too deeply, or holds itself.")
    if not isinstance(content, dict):
        raise BadInput(f"{path} holds no dictionary.")
    return content


def _is_deep(value: Any, levels: int = _LEVELS) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return not levels or any(_is_deep(each, levels - 1) for each in inner)


def _plain(path: Path, loader: DataLoader) -> bytes:
    """What stands in a file that Ansible Vault may have encrypted."""
    plain = loader.get_real_file(str(path))
    try:
        return Path(plain).read_bytes()
    finally:
        loader.cleanup_tmp_file(plain)


class _Data(yaml.SafeLoader):
    """YAML as it stands there. A template is refused, since nobody would evaluate it."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        twice = next(_repeated(node), None)
        if twice is not None:
            raise _refusal(f"{twice.value} is there twice", twice)
        return dict(super().construct_mapping(node, deep))


def _repeated(node: yaml.MappingNode) -> Iterator[yaml.ScalarNode]:
    known = set()
    for key, dummy in node.value:
        if isinstance(key, yaml.ScalarNode) and key.tag != "tag:yaml.org,2002:merge":
            if (key.tag, key.value) in known:
                yield key
            known.add((key.tag, key.value))


def _unsafe(loader: _Data, node: yaml.ScalarNode) -> str:
    return sys.intern(str(loader.construct_scalar(node)))  # the same words stand there thousands of times


def _text(loader: _Data, node: yaml.ScalarNode) -> str:
    text = _unsafe(loader, node)
    if is_template(text):
        raise _refusal(
            f"'{text}' looks like a template, and a file is not evaluated. Mark it with !unsafe if it is meant as it"
            " stands, else give the declaration as a variable",
            node,
        )
    return text


def _no_data(unused_loader: _Data, node: yaml.Node) -> NoReturn:
    raise _refusal(f"{node.tag} cannot be in a declaration", node)


for _tag in "str", "timestamp":
    _Data.add_constructor(f"tag:yaml.org,2002:{_tag}", _text)
for _tag in "binary", "omap", "pairs", "set":
    _Data.add_constructor(f"tag:yaml.org,2002:{_tag}", _no_data)
_Data.add_constructor("!unsafe", _unsafe)
_Data.add_constructor(None, _no_data)


def _refusal(problem: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
