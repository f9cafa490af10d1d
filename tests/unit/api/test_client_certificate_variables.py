# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The official command line's variables for a client's certificate count where ours are not set, and in pairs."""

from __future__ import annotations

from itertools import product

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible_collections.community.openai_admin.plugins.module_utils._core.options import connection_options

OURS = {"client_cert": "OPENAI_MTLS_CERT_PATH", "client_key": "OPENAI_MTLS_KEY_PATH"}
THEIRS = {"client_cert": "OPENAI_MTLS_CLIENT_CERT_FILE", "client_key": "OPENAI_MTLS_CLIENT_KEY_FILE"}
VARIABLES = [*OURS.values(), *THEIRS.values()]


def taken(**options: str) -> dict[str, str | None]:
    checked = ArgumentSpecValidator(connection_options()).validate(options)
    assert not checked.error_messages
    return {option: checked.validated_parameters[option] for option in OURS}


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.mark.parametrize("values", list(product([None, "", "/file"], repeat=4)), ids=str)
def test_a_pair_of_variables_counts(values: tuple[str | None, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    given = {name: f"{value}/{name}" if value else value for name, value in zip(VARIABLES, values, strict=True)}
    for name, value in given.items():
        if value is not None:
            monkeypatch.setenv(name, value)
    ours = any(given[name] for name in OURS.values())
    expected = {option: given[name] or None for option, name in (OURS if ours else THEIRS).items()}
    assert taken() == expected


def test_an_option_counts_before_all_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.setenv(variable, f"/{variable}")
    assert taken(client_cert="/cert", client_key="/key") == {"client_cert": "/cert", "client_key": "/key"}
