# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""Removes secrets from results: values of C(no_log) options, texts that repeat them, and new secrets.

ansible-core 2.21 and older remove such values from results of modules, but not from those of action plugins.
ansible-core 2.22 removes nothing, but masks its output. With this file, no result of this collection contains the
value of a secret option with any version, so that files, facts and callbacks get none.
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
        """Return the value unchanged: before ansible-core 2.22, there is no registry of secrets."""
        return value


__all__ = ("LONG", "PLACEHOLDER", "register_secret", "secret_values", "show_options", "without_secrets")

PLACEHOLDER = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
"""The placeholder for the value of a secret option, the same as in ansible-core up to 2.21."""
LONG = 8
"""Minimum characters of a secret to mask in every text. A shorter one may be part of a name by accident."""

_PART = "********"
_WORDS = ("msg", "warnings", "error_code", "error_type", "error_param")
"""Keys of a result, at any depth, that contain sentences or the server's words."""

Spec = Mapping[str, Any]
Hide = Callable[[str], str]


def show_options(spec: Spec, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return options for a result, without those that the argument spec declares secret, at any depth."""
    return {name: _show(_option(spec, name), value) for name, value in params.items()}


def secret_values(spec: Spec, *params: Mapping[str, Any]) -> set[str]:
    """Return all strings and numbers in secret options, at any depth."""
    return {text for each in params for name, value in each.items() for text in _secrets(_option(spec, name), value)}


def without_secrets(result: Mapping[str, Any], secrets: Iterable[str]) -> dict[str, Any]:
    """Return a result in which no string, number or key repeats a secret.

    This masks a secret shorter than C(LONG) only in messages, as a whole word: a passphrase such as C(prod) must not
    change names and IDs that later tasks use.
    """
    forms = {form for secret in secrets for form in _forms(secret) if form.strip()}
    if not forms:
        return dict(result)
    long = [form for form in forms if len(form) >= LONG]
    hidden: dict[str, Any] = _hide(result, _hider(long), _hider(forms))
    return hidden


def _forms(secret: str) -> tuple[str, ...]:
    """Return the forms of a secret: unchanged, without surrounding blanks, in JSON, and in messages."""
    return secret, secret.strip(), json.dumps(secret)[1:-1], visible(secret)


def _hider(forms: Iterable[str]) -> Hide:
    """Return a function that masks these forms in a text, the longest ones first."""
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
    """Return the argument spec of an option, by its name or an alias."""
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
    """Return whether a value without parts is secret, or a string for parts of which one is."""
    return bool(option.get("no_log")) or any(map(_is_secret, (option.get("options") or {}).values()))


def _texts(value: Any) -> Iterator[str]:
    """Yield the strings and numbers in a value, at any depth; ansible-core accepts a dictionary for a string."""
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)
