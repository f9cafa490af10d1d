# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Somebody else who changes the organization between two tasks of a playbook."""

from __future__ import annotations

import json
import os
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    """Sends C(method), C(path) and C(body) to the API, or with C(control) to the simulator's control routes."""

    def run(self, tmp: Any = None, task_vars: Any = None) -> dict[str, Any]:
        arguments = self._task.args
        control = arguments.get("control")
        root = os.environ["SIMULATOR_CONTROL"] if control else os.environ["OPENAI_BASE_URL"]
        body = arguments.get("body")
        headers = {"Authorization": f"Bearer {os.environ['OPENAI_ADMIN_KEY']}", "Content-Type": "application/json"}
        address = urlsplit(f"{root}{arguments['path']}")
        kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
        with closing(kind(address.netloc)) as connection:
            target = address._replace(scheme="", netloc="").geturl()
            sent = None if body is None else json.dumps(body).encode()
            connection.request(arguments.get("method", "POST"), target, sent, headers)
            response = connection.getresponse()
            answer = response.read()
        if response.status >= HTTPStatus.BAD_REQUEST:
            raise HTTPException(f"{response.status} {response.reason}: {answer.decode()}")
        return {"changed": True, "answer": json.loads(answer or "null")}
