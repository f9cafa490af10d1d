# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection.

"""The messages of the job rotate_key: invalid settings, the summary, and failures to store a new key."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from ansible_collections.community.openai_admin.plugins.module_utils._api.client import check_url
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import BadInput
from ansible_collections.community.openai_admin.plugins.module_utils._values.numbers import counted
from ansible_collections.community.openai_admin.plugins.module_utils._values.visible import visible
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.about import whose
from ansible_collections.community.openai_admin.plugins.plugin_utils._render.times import day

Key = Mapping[str, Any]

PREFIX = "openai_admin_rotate_key_"
STORES: Mapping[str, tuple[str, ...]] = {
    "vault_kv2": ("store_url", "store_path", "store_token"),
    "kubernetes": ("store_url", "store_namespace", "store_path", "store_token"),
    "ansible_vault": ("store_path", "store_password"),
    "file": ("store_path",),
}
"""The required options of each store of the role."""
_SECRETS = ("store_token", "store_password")
"""Secret options, which are not part of the settings that are shown. Each can come from a file instead."""
_TELLING = 8
"""Number of consecutive characters of a key that count as a part of it."""


def report(result: Any, settings: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, Any]:
    """Return C(problems) of the settings, the C(summary), and C(failure) if a key could not be stored.

    C(result): what the module returned, empty before it runs. C(about): C(secrets), the names of secret options that
    are set, C(check), and C(storing), the facts about a failure.
    """
    storing = about.get("storing")
    return {
        "problems": problems(settings, about.get("secrets") or ()),
        "summary": summary(settings, result, bool(about.get("check"))) if result and not storing else [],
        "failure": failure(settings, result, storing) if result and storing else "",
    }


def problems(settings: Mapping[str, Any], secrets: Iterable[str]) -> list[str]:
    """Return errors in the settings; C(secrets): the names of secret options that are set."""
    told = {name.removeprefix(PREFIX): value for name, value in settings.items()}
    told.update({name: name in {secret.removeprefix(PREFIX) for secret in secrets} for name in _SECRETS})
    return [visible(each) for each in (*_of_store(told), *_of_files(told), *_of_address(told), *_of_days(told))]


def summary(settings: Mapping[str, Any], result: Mapping[str, Any], check: bool) -> list[str]:
    """Return the summary of the job."""
    days = settings[f"{PREFIX}revoke_unused_for_days"]
    current = result["project_api_key"]
    issued = bool(result["issued"])
    lines = [_decision(settings, result, issued, check)]
    if result["revoked"]:
        verb = "Would be revoked" if check else "Revoked"
        lines.append(f"{verb}, not used for {counted(days, 'day')}: {_ids(result['revoked'])}.")
    lines.extend(_of_older(result["previous"], current, issued, days))
    if result["previous"] and not issued and not _knows_what_is_stored(settings) and current["last_used_at"] is None:
        lines.append(f"If the store does not have {current['id']}, revoke it, and run the job again.")
    lines.extend(str(warning) for warning in result.get("warnings") or [])
    lines.append(whose(result.get("organization_name")))
    return [visible(line) for line in lines]


def failure(settings: Mapping[str, Any], result: Mapping[str, Any], storing: Mapping[str, Any]) -> str:
    """Return what happened to a key that could not be stored, and to the previous one.

    C(storing): the C(task) that failed, its C(message), the server's C(answer) if any, whether the store
    C(can_be_read), the ID that it now has (C(stored); null: it could not be read), and the result of revoking the key
    (C(revoked); empty: not tried).
    """
    new = result["api_key"]
    reason = _without(_message(storing), str(new.get("value") or ""))
    failed = f"could not be stored in {_place(settings)}: the task '{storing.get('task')}' failed.{reason}"
    if new["id"] is None:
        return visible(f"A new key {failed}")
    said = [f"The new key {new['id']} {failed}"]
    said.extend(_fate(new["id"], storing))
    said.extend(_untouched(result["previous"]))
    said.append(whose(result.get("organization_name")))
    return visible(" ".join(said))


def tells(text: str, value: str) -> bool:
    """Return whether a text contains a part of a value, literally or in a common encoding."""
    return any(part in text for form in _forms(value) for part in _parts(form))


# What is refused


def _of_store(told: Mapping[str, Any]) -> Iterator[str]:
    store = told["store"]
    if store not in STORES:
        for option in "store", "store_read":
            path = told.get(option)
            if path and not Path(path).is_file():
                own = f", nor one of the stores {', '.join(STORES)}" if option == "store" else ""
                yield f"{PREFIX}{option}: {path} is not a task file{own}."
        return
    if told.get("store_read"):
        yield f"{PREFIX}store_read is for a task file of yours: {store} reads what it stores by itself."
    for option in STORES[store]:
        if told.get(option) or (option in _SECRETS and told.get(f"{option}_file")):
            continue
        instead = f" or {PREFIX}{option}_file" if option in _SECRETS else ""
        yield f"{PREFIX}{option}{instead} is required for the store {store}."


def _of_files(told: Mapping[str, Any]) -> Iterator[str]:
    for option in _SECRETS:
        path = told.get(f"{option}_file")
        if path and not told[option] and not Path(path).is_file():
            yield f"{PREFIX}{option}_file: there is no file {path}."


def _of_address(told: Mapping[str, Any]) -> Iterator[str]:
    if not told.get("store_url"):
        return
    try:
        check_url(told["store_url"], f"{PREFIX}store_url", "https://vault.example.com", f"{PREFIX}store_token")
    except BadInput as reason:
        yield str(reason)


def _of_days(told: Mapping[str, Any]) -> Iterator[str]:
    life, after = told.get("expires_in_days"), told["after_days"]
    if life is not None and life <= after:
        yield (
            f"{PREFIX}expires_in_days must be more than {PREFIX}after_days ({after}), not {life}:"
            " otherwise the stored key stops working before it is replaced."
        )


# What is said at the end


def _decision(settings: Mapping[str, Any], result: Mapping[str, Any], issued: bool, check: bool) -> str:
    name, owner = settings[f"{PREFIX}name"], settings[f"{PREFIX}service_account"]
    label = f"Key '{name}' of service account '{owner}' in project '{settings[f'{PREFIX}project']}'"
    if issued and check:
        return f"{label}: a new key would be issued, and stored in {_place(settings)}."
    if issued:
        return f"{label}: a new key, {result['api_key']['id']}, was issued, and stored in {_place(settings)}."
    current = result["project_api_key"]
    if current["created_at"] is None:
        return f"{label}: no new key is due. The API does not say when {current['id']} was issued."
    due = day(current["created_at"] + settings[f"{PREFIX}after_days"] * timedelta(days=1).total_seconds())
    return f"{label}: no new key is due. {current['id']}, of {day(current['created_at'])}, is to be replaced on {due}."


def _of_older(older: Sequence[Key], current: Key, issued: bool, days: int) -> Iterator[str]:
    if not older:
        return
    keys = ", ".join(f"{key['id']} ({_use(key)})" for key in older)
    if issued:
        unused = f"what was not used for {counted(days, 'day')}"
        yield f"Still working: {keys}. Once the new key has been used, a run revokes {unused}."
    elif current.get("last_used_at") is None:
        yield f"Still working: {keys}. {current['id']} was not used yet: have applications take it from the store."
    else:
        yield f"Still used: {keys}. A run revokes what was not used for {counted(days, 'day')}. Find out who uses it."


def _ids(keys: Iterable[Key]) -> str:
    return ", ".join(str(key["id"]) for key in keys)


def _use(key: Key) -> str:
    used = key.get("last_used_at")
    return "never used" if used is None else f"last used on {day(used)}"


def _knows_what_is_stored(settings: Mapping[str, Any]) -> bool:
    return settings[f"{PREFIX}store"] in STORES or bool(settings.get(f"{PREFIX}store_read"))


def _place(settings: Mapping[str, Any]) -> str:
    store, path = settings[f"{PREFIX}store"], settings.get(f"{PREFIX}store_path")
    places = {
        "vault_kv2": f"Vault ({settings.get(f'{PREFIX}store_mount')}/{path})",
        "kubernetes": f"the Kubernetes secret {settings.get(f'{PREFIX}store_namespace')}/{path}",
        "ansible_vault": f"the encrypted file {path}",
        "file": f"the file {path}",
    }
    return places.get(store, f"the store {store}")


# What is said where a key could not be stored


def _fate(key_id: str, storing: Mapping[str, Any]) -> Iterator[str]:
    stored, revoked = storing.get("stored"), storing.get("revoked")
    if storing["can_be_read"] and stored is None:
        yield (
            f"It could not be read whether the store has it, so {key_id} was not revoked."
            " Run the job again when the store can be read: if it has another key, a new one is issued."
        )
    elif stored == key_id:
        yield f"The store has it anyway, so {key_id} was not revoked. Look at the task, and run the job again."
    elif not revoked:
        raise ValueError("a key that is not stored was to be revoked")
    elif "project_api_key" in revoked:
        yield f"The new key {key_id} was revoked. Look at the task, and run the job again."
    else:
        yield (
            f"Nor could {key_id} be revoked, so revoke it by hand, with community.openai_admin.project_api_key,"
            f" api_key_id: {key_id} and state: absent. ({revoked.get('msg')})"
        )


def _untouched(previous: Sequence[Key]) -> Iterator[str]:
    if previous:
        verb = "is untouched and still works" if len(previous) == 1 else "are untouched and still work"
        yield f"What was there before, {_ids(previous)}, {verb}."
    else:
        yield "There was no key before it."


def _message(storing: Mapping[str, Any]) -> str:
    """Return the message of the task, with the answer of Vault or Kubernetes."""
    answer = storing.get("answer") or {}
    told = [storing.get("message"), *(answer.get("errors") or [answer.get("message")])]
    return " ".join(" ".join(str(each).split()) for each in told if each)


def _without(message: str, value: str) -> str:
    """Return a task's message, unless it contains a part of the key."""
    if not message:
        return ""
    return " (Its message contains the key, and is not shown.)" if tells(message, value) else f" ({message})"


def _forms(value: str) -> Iterator[str]:
    plain = value.encode()
    yield value
    yield plain.hex()
    for before in range(3):  # also between other bytes
        encoded = base64.b64encode(b"\0" * before + plain).decode().rstrip("=")
        inner = encoded[-(-before * 8 // 6) : -1]
        yield inner
        yield inner.replace("+", "-").replace("/", "_")


def _parts(form: str) -> Iterator[str]:
    yield from (form[at : at + _TELLING] for at in range(len(form) - _TELLING + 1))
