# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small AWX: the routes that configure.yml uses, with state, and with what AWX refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from awx.rules import (
    ENCRYPTED,
    Refused,
    check_configuration,
    check_credential_type,
    check_inputs,
    check_messages,
    check_rule,
    check_survey,
    refuse,
    secret_fields,
)

Item = dict[str, Any]

TOKEN = "awx-token-4711"

NAMED = {"name": "", "description": ""}
OWNED = {**NAMED, "organization": None}
DEFAULTS: dict[str, Item] = {
    "organizations": NAMED,
    "credential_types": {**NAMED, "kind": "cloud", "inputs": {}, "injectors": {}, "managed": False},
    "credentials": {**OWNED, "credential_type": None, "inputs": {}},
    "execution_environments": {**OWNED, "image": "", "pull": "", "credential": None},
    "projects": {
        **OWNED,
        "scm_type": "",
        "scm_url": "",
        "scm_branch": "",
        "credential": None,
        "scm_update_on_launch": False,
        "scm_revision": "",
        "allow_override": False,
    },
    "inventories": {**OWNED, "kind": "", "host_filter": None, "variables": ""},
    "hosts": {**NAMED, "inventory": None, "enabled": True, "variables": ""},
    "notification_templates": {
        **OWNED,
        "notification_type": "",
        "notification_configuration": {},
        "messages": dict.fromkeys(("started", "success", "error")),
    },
    "job_templates": {
        **OWNED,
        "job_type": "run",
        "inventory": None,
        "project": None,
        "playbook": "",
        "execution_environment": None,
        "extra_vars": "",
        "timeout": 0,
        "survey_enabled": False,
        "become_enabled": False,
        "diff_mode": False,
        "allow_simultaneous": False,
        "ask_job_type_on_launch": False,
        "ask_variables_on_launch": False,
    },
    "workflow_job_templates": {**OWNED, "extra_vars": "", "survey_enabled": False, "allow_simultaneous": False},
    "workflow_job_template_nodes": {
        "identifier": "",
        "workflow_job_template": None,
        "unified_job_template": None,
        "extra_data": {},
    },
    "workflow_approval_templates": {**NAMED, "timeout": 0},
    "schedules": {**NAMED, "unified_job_template": None, "rrule": "", "enabled": True, "extra_data": {}},
    "project_updates": {"status": "successful"},
}
UNIFIED = ("job_templates", "workflow_job_templates", "projects")
LINKS = {
    "job_templates": {
        "credentials": "credentials",
        "notification_templates_error": "notification_templates",
    },
    "workflow_job_templates": {
        "notification_templates_error": "notification_templates",
        "notification_templates_approvals": "notification_templates",
    },
    "workflow_job_template_nodes": {
        "success_nodes": "workflow_job_template_nodes",
        "failure_nodes": "workflow_job_template_nodes",
    },
}
UNIQUE = {
    "workflow_job_template_nodes": ("identifier", "workflow_job_template"),
    "hosts": ("name", "inventory"),
    "schedules": ("name", "unified_job_template"),
}
READ_ONLY = {"id", "type", "url", "related", "summary_fields"}


class NotThere(Exception):
    """What AWX answers with 404."""


class Awx:
    """Its objects, and the requests that it got."""

    def __init__(self, playbooks: set[str]) -> None:
        self.playbooks = playbooks
        self.items: dict[str, dict[int, Item]] = {name: {} for name in DEFAULTS}
        self.links: dict[tuple[str, int, str], list[int]] = {}
        self.surveys: dict[int, Item] = {}
        self.requests: list[tuple[str, str, Any]] = []
        self.url = ""
        self.create("organizations", {"name": "Default"})
        self.create("project_updates", {})

    def named(self, collection: str, name: str) -> Item:
        """An object as it is kept, secrets included."""
        (item,) = (each for each in self.items[collection].values() if each.get("name", each.get("identifier")) == name)
        return item

    def linked(self, collection: str, name: str, link: str) -> list[str]:
        """The names of what is associated with an object."""
        there = self.items[LINKS[collection][link]]
        found = (there[each] for each in self.links.get((collection, self.named(collection, name)["id"], link), []))
        return [each.get("name", each.get("identifier")) for each in found]

    @property
    def writes(self) -> list[tuple[str, str, Any]]:
        """The requests other than GET, as method, path and body."""
        return [request for request in self.requests if request[0] != "GET"]

    # What is answered

    def answer(self, method: str, path: str, query: Mapping[str, str], body: Any) -> tuple[int, Any]:
        """Carry a request out."""
        self.requests.append((method, path, body))
        collection, *rest = path.removeprefix("/api/v2/").strip("/").split("/")
        if not rest:
            return self.listing(collection, query) if method == "GET" else self.made(collection, body)
        owner = int(rest[0])
        if owner not in self.items.get(collection, {}):
            raise NotThere(path)
        if len(rest) == 1:
            if method == "PATCH":
                self.change(collection, owner, body)
            return 200, self.shown(collection, owner)
        return self.below(method, collection, owner, rest[1], body)

    def below(self, method: str, collection: str, owner: int, part: str, body: Any) -> tuple[int, Any]:
        """Answer a request about a part of an object: its survey, its links, or an approval node."""
        if part == "survey_spec" and collection in ("job_templates", "workflow_job_templates"):
            if method == "POST":
                check_survey(body)
                self.surveys[owner] = body
            return 200, self.surveys.get(owner, {})
        if part == "create_approval_template" and method == "POST":
            approval = self.create("workflow_approval_templates", body)
            self.items[collection][owner]["unified_job_template"] = approval
            return 201, self.shown("workflow_approval_templates", approval)
        if part not in LINKS.get(collection, {}):
            raise NotThere(f"{collection}/{owner}/{part}")
        members = self.links.setdefault((collection, owner, part), [])
        if method == "GET":
            return 200, page([self.shown(LINKS[collection][part], each) for each in members])
        self.link(collection, part, members, body)
        return 204, None

    def link(self, collection: str, part: str, members: list[int], body: Item) -> None:
        """Add an object to a list of links, or remove it. Raises C(Refused) for a second credential of a type."""
        there = self.items[LINKS[collection][part]]
        if body["id"] not in there:
            raise NotThere(f"{part} {body['id']}")
        if body.get("disassociate"):
            members.remove(body["id"])
            return
        if part == "credentials":
            kinds = [there[each]["credential_type"] for each in (*members, body["id"])]
            refuse("" if len(kinds) == len(set(kinds)) else "Cannot assign multiple credentials of one type.")
        members.append(body["id"])

    def listing(self, collection: str, query: Mapping[str, str]) -> tuple[int, Item]:
        """Answer a listing with the filters of its query."""
        if collection == "unified_job_templates":
            found = [self.shown(each, key) for each in UNIFIED for key in self.items[each]]
        elif collection in self.items:
            found = [self.shown(collection, key) for key in self.items[collection]]
        else:
            raise NotThere(collection)
        exact = {name: value for name, value in query.items() if not name.startswith("or__")}
        either = {name.removeprefix("or__"): value for name, value in query.items() if name.startswith("or__")}
        found = [each for each in found if all(str(each[name]) == value for name, value in exact.items())]
        if either:
            found = [each for each in found if any(str(each[name]) == value for name, value in either.items())]
        return 200, page(found)

    def made(self, collection: str, body: Item) -> tuple[int, Item]:
        """Create an object, and answer with it."""
        return 201, self.shown(collection, self.create(collection, body))

    # What is kept

    def create(self, collection: str, body: Item) -> int:
        """Create an object, and return its ID. Raises C(Refused) if the name is taken."""
        if collection not in DEFAULTS:
            raise NotThere(collection)
        key = 1 + sum(map(len, self.items.values()))
        item = self.checked(collection, {**deepcopy(DEFAULTS[collection]), "id": key}, body)
        same = UNIQUE.get(collection, ("name",))
        taken = [
            each for each in self.items[collection].values() if all(each.get(name) == item.get(name) for name in same)
        ]
        refuse(
            f"{collection}: {[item.get(name) for name in same]} is there already" if taken and same[0] in item else ""
        )
        self.items[collection][key] = item
        return key

    def change(self, collection: str, key: int, body: Item) -> None:
        """Change an object. Raises C(Refused) for what AWX does not accept."""
        self.items[collection][key] = self.checked(collection, self.items[collection][key], body)

    def checked(self, collection: str, before: Item, body: Item) -> Item:
        """An object as it is after a change, unless AWX refuses that."""
        unknown = body.keys() - DEFAULTS[collection].keys() - READ_ONLY
        refuse(*(f"{collection} has no {name}" for name in unknown))
        item = {**before, **{name: value for name, value in body.items() if name not in READ_ONLY}}
        if collection == "credential_types":
            check_credential_type(item)
        elif collection == "credentials":
            check_inputs(item["inputs"], self.items["credential_types"][item["credential_type"]])
            item["inputs"] = kept(before["inputs"], item["inputs"])
        elif collection == "job_templates":
            refuse("" if item["playbook"] in self.playbooks else "Playbook not found for project.")
        elif collection == "schedules":
            check_rule(item["rrule"])
        elif collection == "notification_templates":
            check_messages(item["messages"])
            configuration = kept(before["notification_configuration"], item["notification_configuration"])
            item["notification_configuration"] = check_configuration(item["notification_type"], configuration)
        return item

    def shown(self, collection: str, key: int) -> Item:
        """An object as AWX answers with it: without secrets."""
        item = deepcopy(self.items[collection][key])
        address = f"/api/v2/{collection}/{key}/"
        item.update(type=collection.removesuffix("s"), url=address, summary_fields={}, related={})
        if collection in ("job_templates", "workflow_job_templates"):
            item["related"]["survey_spec"] = f"{address}survey_spec/"
        elif collection == "inventories":
            item["type"] = "inventory"
        elif collection == "projects":
            item["summary_fields"]["current_update"] = {"id": next(iter(self.items["project_updates"]))}
        elif collection == "credentials":
            secrets = secret_fields(self.items["credential_types"][item["credential_type"]])
            item["inputs"] = masked(item["inputs"], secrets)
        elif collection == "notification_templates":
            item["notification_configuration"] = masked(item["notification_configuration"], {"password"})
        elif item.get("unified_job_template") in self.items["workflow_approval_templates"]:
            approval = item["unified_job_template"]
            item["related"]["unified_job_template"] = f"/api/v2/workflow_approval_templates/{approval}/"
        return item


def page(items: list[Item]) -> Item:
    """Return a page with all items."""
    return {"count": len(items), "next": None, "previous": None, "results": items}


def kept(before: Item, after: Item) -> Item:
    """Return new values, with the old value wherever AWX's placeholder for secrets was sent."""
    return {name: before.get(name, "") if value == ENCRYPTED else value for name, value in after.items()}


def masked(values: Item, secrets: set[str]) -> Item:
    """Return values with AWX's placeholder in place of secrets."""
    return {name: ENCRYPTED if name in secrets and value else value for name, value in values.items()}


@contextmanager
def running(awx: Awx) -> Iterator[Awx]:
    """Serve it on a free port."""
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        def do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            address = urlsplit(self.path)
            try:
                if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    status, answer = 401, {"detail": "Authentication credentials were not provided."}
                else:
                    with lock:
                        status, answer = awx.answer(self.command, address.path, dict(parse_qsl(address.query)), body)
            except Refused as error:
                status, answer = 400, {"__all__": [str(error)], "error": str(error)}
            except NotThere as error:
                status, answer = 404, {"detail": f"Not found: {error}"}
            self.send_response(status)
            self.send_header("X-API-Product-Name", "AWX")
            self.send_header("X-API-Product-Version", "24.6.1")
            self.send_header("Content-Type", "application/json")
            text = b"" if answer is None else json.dumps(answer).encode()
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *unused_arguments: object) -> None:
            pass

    for method in "GET", "POST", "PATCH":
        setattr(Handler, f"do_{method}", Handler.do)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        awx.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield awx
        finally:
            server.shutdown()
