# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An API that knows no kind: it stores JSON objects by their routes, for kinds that the simulator does not have.

Tasks send it requests through their client, in the process of the test, and without waiting.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection
from ansible_collections.community.openai_admin.plugins.module_utils._core.task import Outcome, Task
from integration.direct import NoWaiting, perform_task
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from urllib3.exceptions import ProtocolError

ADDRESS = "http://localhost/v1"
PROJECTS = "/organization/projects"
PROJECT = {"id": "proj_1", "name": "search-prod", "status": "active"}

Item = dict[str, Any]


class NoSuchThingError(Exception):
    """The answer is 404, with these words."""


@dataclass
class Collection:
    """Objects that are listed, and made of what is sent."""

    objects: list[Item] = field(default_factory=list)
    make: Callable[[Item], Item] = dict
    """The object that is stored of a body."""
    id_path: str = "id"
    answer: Callable[[Item], Item] = dict
    """What a create answers of the stored object."""
    can_read: bool = True
    """An object can be read alone."""
    made: int = 0

    def find(self, own_id: str) -> Item:
        """The object of an id. Raises `NoSuchThingError`."""
        for item in self.objects:
            if item[self.id_path] == own_id:
                return item
        raise NoSuchThingError(f"No object {own_id}")


@dataclass
class Value:
    """Something that is there once: set, changed and, where it can be, unset."""

    stored: Item | None = None
    words: str = "Nothing is set"
    """Of the 404 where it is unset."""
    make: Callable[[Item], Item] = dict


@dataclass
class Api:
    """What is stored at which path, and what was asked."""

    collections: dict[str, Collection] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    log: list[tuple[str, str, Any]] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    """C(METHOD path) of requests whose next answer gets lost, after they were carried out."""
    refused: dict[str, tuple[int, str]] = field(default_factory=dict)
    """C(METHOD path) of requests that are answered with a status and words instead."""
    before: dict[str, Callable[[], None]] = field(default_factory=dict)
    """C(METHOD path) of requests, and what somebody else does directly before the next one of them."""

    def __post_init__(self) -> None:
        self.collections.setdefault(PROJECTS, Collection([dict(PROJECT)]))

    @property
    def writes(self) -> list[tuple[str, str, Any]]:
        """The requests that were to change something."""
        return [asked for asked in self.log if asked[0] != "GET"]

    def forget(self) -> None:
        """Forget what was asked so far."""
        self.log.clear()

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Item]:
        """What a request is answered with."""
        self.log.append((method, path, body))
        name = f"{method} {path}"
        if name in self.before:
            self.before.pop(name)()
        if name in self.refused:
            status, words = self.refused[name]
            return status, {"error": {"message": words}}
        try:
            return 200, self._act(method, path, body)
        except NoSuchThingError as error:
            return 404, {"error": {"message": str(error)}}

    def _act(self, method: str, path: str, body: Any) -> Item:
        self._require_project(path)
        folder, unused_slash, own_id = path.rpartition("/")
        if path in self.collections:
            return _collect(self.collections[path], method, body)
        if path in self.values:
            return _set(self.values[path], method, body)
        if folder in self.collections:
            return _change(self.collections[folder], method, unquote(own_id), body)
        raise NoSuchThingError(f"Invalid URL ({method} {path})")

    def _require_project(self, path: str) -> None:
        parts = path.split("/")
        if "projects" in parts[:-1]:
            self.collections[PROJECTS].find(parts[parts.index("projects") + 1])


def _collect(there: Collection, method: str, body: Any) -> Item:
    if method == "GET":
        return {"object": "list", "data": there.objects, "has_more": False}
    there.made += 1
    made = {there.id_path: f"made_{there.made}", **there.make(body)}
    there.objects.append(made)
    return there.answer(made)


def _set(value: Value, method: str, body: Any) -> Item:
    if method == "POST":
        value.stored = {**(value.stored or {}), **value.make(body)}
    if value.stored is None:
        raise NoSuchThingError(value.words)
    if method == "DELETE":
        value.stored = None
        return {"deleted": True}
    return value.stored


def _change(there: Collection, method: str, own_id: str, body: Any) -> Item:
    known = there.find(own_id)
    if method == "DELETE":
        there.objects.remove(known)
        return {"id": own_id, "deleted": True}
    if method == "POST":
        known.update(there.make(body))
    elif not there.can_read:
        raise NoSuchThingError(f"No object {own_id}")
    return known


class Adapter(HTTPAdapter):
    """Has the requests of a session answered by an `Api`."""

    def __init__(self, api: Api) -> None:
        super().__init__()
        self._api = api

    def send(self, request: requests.PreparedRequest, *unused_arguments: Any, **unused_options: Any) -> Any:
        """Have a request answered. Raises `requests.ConnectionError` where the answer gets lost."""
        path = urlsplit(request.url or "").path.removeprefix("/v1")
        body = json.loads(request.body) if request.body else None
        status, answer = self._api.answer(request.method or "", path, body)
        name = f"{request.method} {path}"
        if name in self._api.lost:
            self._api.lost.remove(name)
            raise requests.ConnectionError(ProtocolError("Connection aborted."), request=request)
        raw = HTTPResponse(
            io.BytesIO(json.dumps(answer).encode()),
            HTTPHeaderDict({"Content-Type": "application/json"}),
            status,
            reason=HTTPStatus(status).phrase,
            preload_content=False,
        )
        return self.build_response(request, raw)


def perform(api: Api, task: Task, check: bool = False, **arguments: Any) -> Outcome:
    """Run a task against it. Raises C(AdminError), as the engine does."""
    client = Client(Connection("sk-admin-trial", ADDRESS), NoWaiting().clock())
    client._session.mount("http://", Adapter(api))
    validator = ArgumentSpecValidator(dict(task.argument_spec))
    return perform_task(task, validator, client, arguments, check=check)


@dataclass(frozen=True)
class Runs:
    """The same task three times: predicted, run, and run again."""

    predicted: Outcome
    real: Outcome
    again: Outcome
    writes: list[tuple[str, str, Any]]


def settle(api: Api, task: Task, **arguments: Any) -> Runs:
    """Predict a task, run it and run it again: the prediction sends no write and is right, the second run changes
    nothing and sends no write."""
    api.forget()
    predicted = perform(api, task, check=True, **arguments)
    assert api.writes == []
    real = perform(api, task, **arguments)
    writes = api.writes
    assert predicted.changed == real.changed == bool(writes)
    assert _known(predicted.returns, real.returns) == predicted.returns, (predicted.returns, real.returns)
    assert (predicted.before, predicted.after, predicted.header) == (real.before, real.after, real.header)
    api.forget()
    again = perform(api, task, **arguments)
    assert not again.changed
    assert api.writes == []
    if arguments.get("state") != "absent":
        told = {**real.returns, **{name: [] for name in ("added", "removed") if name in real.returns}}
        assert again.returns == told, (again.returns, told)
    return Runs(predicted, real, again, writes)


def _known(predicted: Any, real: Any) -> Any:
    """A real value, but null where a prediction has null: what the server makes."""
    if predicted is None:
        return None
    if isinstance(predicted, Mapping) and isinstance(real, Mapping):
        assert list(predicted) == list(real)
        return {name: _known(value, real[name]) for name, value in predicted.items()}
    if isinstance(predicted, list) and isinstance(real, list) and len(predicted) == len(real):
        return [_known(*pair) for pair in zip(predicted, real, strict=True)]
    return real
