# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Secrets in results: options marked C(no_log), texts that repeat their values, and new secrets.

ansible-core 2.21 and older remove such values from what a module returns, and
from nothing that an action plugin returns. ansible-core 2.22 removes nothing:
it masks what it shows. A result of this collection holds no value of a secret
option with any of them, so that files, facts and callbacks get none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import masked
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible

try:
    from ansible.module_utils.secrets import register_secret  # since ansible-core 2.22
except ImportError:

    def register_secret(value: str) -> str:
        """Return the value: before ansible-core 2.22 there is no registry of secrets."""
        return value


__all__ = ("LONG", "PLACEHOLDER", "register_secret", "secret_values", "show_options", "without_secrets")

PLACEHOLDER = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
"""Stands for the value of a secret option. ansible-core up to 2.21 has the same word for it."""
LONG = 8
"""Characters from which on a secret is looked for in every text. A shorter one is a word that a name may hold, too."""

_PART = "********"
_WORDS = ("msg", "warnings", "error_code", "error_type", "error_param")
"""Keys of a result, at any depth, that hold sentences or the server's own words."""

Spec = Mapping[str, Any]
Hide = Callable[[str], str]


def show_options(spec: Spec, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as a result may show them: the argument spec says which of them are secret, at any depth."""
    return {name: _show(_option(spec, name), value) for name, value in params.items()}


def secret_values(spec: Spec, *params: Mapping[str, Any]) -> set[str]:
    """Return all texts and numbers that secret options have, at any depth."""
    return {text for each in params for name, value in each.items() for text in _secrets(_option(spec, name), value)}


def without_secrets(result: Mapping[str, Any], secrets: Iterable[str]) -> dict[str, Any]:
    """Return a result in which no text, number or key repeats a secret.

    A secret shorter than C(LONG) is hidden in messages alone, where it is a word of its own:
    a passphrase such as C(prod) must not change names and ids that later tasks use.
    """
    forms = {form for secret in secrets for form in _forms(secret) if form.strip()}
    if not forms:
        return dict(result)
    long = [form for form in forms if len(form) >= LONG]
    hidden: dict[str, Any] = _hide(result, _hider(long), _hider(forms))
    return hidden


def _forms(secret: str) -> tuple[str, ...]:
    """A secret as it is, without blanks around it, as JSON has it, and as messages have it."""
    return secret, secret.strip(), json.dumps(secret)[1:-1], visible(secret)


def _hider(forms: Iterable[str]) -> Hide:
    """Return what replaces these in a text, the longest ones first."""
    ordered = sorted(forms, key=len, reverse=True)
    parts = (re.escape(form) if len(form) >= LONG else rf"(?<!\w){re.escape(form)}(?!\w)" for form in ordered)
    pattern = re.compile("|".join(parts))

    def hide(text: str) -> str:
        if not any(form in text for form in ordered):  # many times as fast as the pattern
            return text
        return PLACEHOLDER if pattern.fullmatch(text) else pattern.sub(_PART, text)

    return hide


def _hide(value: Any, data: Hide, words: Hide) -> Any:
    if isinstance(value, str):
        return data(value)
    if isinstance(value, Mapping):
        return {
            data(name) if isinstance(name, str) else name: _hide(each, words if name in _WORDS else data, words)
            for name, each in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_hide(each, data, words) for each in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value if data(str(value)) == str(value) else PLACEHOLDER
    return value


def _option(spec: Spec, name: str) -> Spec:
    """Return what the argument spec says of an option, by its name or an alias."""
    named: Iterator[Spec] = (option for option in spec.values() if name in (option.get("aliases") or ()))
    return spec[name] if name in spec else next(named, {})


def _show(option: Spec, value: Any) -> Any:
    if value is None or value == "":
        return value
    parts = option.get("options") or {}
    if not option.get("no_log") and isinstance(value, Mapping):
        return show_options(parts, value) if parts else masked(value)
    if not option.get("no_log") and isinstance(value, list):
        return [_show(option, each) for each in value]
    return PLACEHOLDER if _is_secret(option) else masked(value)


def _secrets(option: Spec, value: Any) -> Iterator[str]:
    parts = option.get("options") or {}
    if not option.get("no_log") and isinstance(value, Mapping):
        yield from secret_values(parts, value)
    elif not option.get("no_log") and isinstance(value, list):
        for each in value:
            yield from _secrets(option, each)
    elif _is_secret(option):
        yield from _texts(value)


def _is_secret(option: Spec) -> bool:
    """Whether a value that has no parts is a secret, or a text that stands for parts of which one is."""
    return bool(option.get("no_log")) or any(map(_is_secret, (option.get("options") or {}).values()))


def _texts(value: Any) -> Iterator[str]:
    """The texts and numbers of a value, at any depth; ansible-core takes a dictionary for a text where one is due."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
