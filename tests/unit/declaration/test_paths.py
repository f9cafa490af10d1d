# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Paths of options: relative ones become absolute, at any depth, and everything else stays as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options, option
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declaration_options,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._declaration.paths import (
    absolute,
    with_absolute_paths,
)
from ansible_collections.community.openai_admin.plugins.plugin_utils._jobs.settings import settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PART", "part")
    monkeypatch.setenv("HOME", "/home/of-a-test")
    return str(tmp_path)


@pytest.mark.parametrize("path", ["/etc/a.pem", "~/a.pem", "$HOME/a.pem", ""])
def test_what_is_absolute_stays_as_it_is(path: str) -> None:
    assert absolute(path) == path


def test_what_is_relative_begins_here(here: str) -> None:
    assert absolute("a.pem") == f"{here}/a.pem"
    assert absolute("./b/../a.pem") == f"{here}/a.pem"
    assert absolute("$PART/a.pem") == f"{here}/part/a.pem"


def test_paths_at_any_depth_are_absolute_and_nothing_else(here: str) -> None:
    given: dict[str, Any] = {
        "certificates": [{"name": "a.pem", "src": "a.pem"}, {"name": "b", "src": None}, "c.pem"],
        "projects": [{"name": "a.pem"}],
        "ca_path": "/etc/ca.pem",
        "client_cert": 5,
        "unknown": "a.pem",
    }
    spec = {**connection_options(), **declaration_options()}
    changed = with_absolute_paths(spec, given, {})
    assert changed["certificates"][0] == {"name": "a.pem", "src": f"{here}/a.pem"}
    assert {**changed, "certificates": given["certificates"]} == given
    assert changed["projects"] is given["projects"]
    assert with_absolute_paths({"files": option("list", elements="path")}, {"files": ["a"]}, {}) == {
        "files": [f"{here}/a"]
    }


def test_the_environment_counts_where_there_is_no_option(here: str) -> None:
    spec = connection_options()
    environment = {"OPENAI_CA_PATH": "ca.pem", "OPENAI_MTLS_KEY_PATH": "/etc/key.pem", "OPENAI_ADMIN_KEY": "sk"}
    assert with_absolute_paths(spec, {}, environment) == {"ca_path": f"{here}/ca.pem"}
    assert with_absolute_paths(spec, {"ca_path": "/etc/ca.pem"}, environment) == {"ca_path": "/etc/ca.pem"}


def test_the_environment_counts_as_it_does_for_the_module(here: str) -> None:
    spec = connection_options()
    assert with_absolute_paths(spec, {}, dict.fromkeys(["OPENAI_CA_PATH", "OPENAI_MTLS_CERT_PATH"], "  ")) == {}
    theirs = {"OPENAI_MTLS_CLIENT_CERT_FILE": "cert.pem"}
    assert with_absolute_paths(spec, {}, theirs) == {"client_cert": f"{here}/cert.pem"}
    assert with_absolute_paths(spec, {}, {**theirs, "OPENAI_MTLS_KEY_PATH": "/key.pem"}) == {}


def test_settings_of_jobs_begin_here_too(here: str) -> None:
    options = {"a": {"type": "path"}, "b": {"type": "path"}, "c": {"type": "path"}, "d": {"type": "str"}}
    told = settings(["a", "~/b", "", "d"], options)
    assert told == {"a": f"{here}/a", "b": "/home/of-a-test/b", "c": None, "d": "d"}
