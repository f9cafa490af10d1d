# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a refusal says, in whatever form it comes: the server's words, and that a permission is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._api.client import Client, Connection, Request
from ansible_collections.community.openai_admin.plugins.module_utils._api.errors import ApiError
from integration.servers import refusing

WORDS = "You have insufficient permissions for this operation. Missing scopes: api.management.read"
READ = Request("GET", "/organization/projects", "list the projects")
FORMS: dict[str, Any] = {
    "an object": {"error": {"message": WORDS, "type": "invalid_request_error", "param": None, "code": None}},
    "a bare text": {"error": WORDS},
    "without an error": {"message": WORDS},
    "nothing but a text": WORDS,
}


def refusal(status: int, body: bytes, kind: str = "application/json") -> ApiError:
    with refusing(status, body, kind) as served:
        client = Client(Connection("sk-admin-test", f"http://127.0.0.1:{served.port}/v1", max_wait=0))
        with pytest.raises(ApiError) as caught:
            client.send(READ)
        client.close()
    return caught.value


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("form", FORMS)
def test_missing_scopes_are_told(status: int, form: str) -> None:
    error = refusal(status, json.dumps(FORMS[form]).encode())
    assert error.message == (
        f"Could not list the projects: {WORDS} (HTTP {status}). The admin key lacks a permission: use one with these"
        " scopes."
    )
    assert error.words == WORDS


@pytest.mark.parametrize("status", [401, 403])
def test_missing_scopes_are_told_from_plain_text(status: int) -> None:
    error = refusal(status, f"{WORDS}\n".encode(), "text/plain; charset=utf-8")
    assert f"{WORDS} (HTTP {status}). The admin key lacks a permission" in error.message


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("words", ["Missing scopes: a.b", "missing scope a.b", "You are Missing Scopes"])
def test_however_the_words_are_spelt(status: int, words: str) -> None:
    assert "lacks a permission" in refusal(status, json.dumps({"error": words}).encode()).message


@pytest.mark.parametrize("kind", ["text/html", "", "application/json"])
def test_a_page_of_a_gateway_is_not_told(kind: str) -> None:
    error = refusal(502, b"<html>\x1b[2J sk-admin-secretsecretsecret</html>", kind)
    assert error.message == "Could not list the projects: Bad Gateway (HTTP 502). The server failed: run again later."


def test_a_long_text_is_cut() -> None:
    assert len(refusal(403, b"x" * 100_000, "text/plain").message) < 1000
