# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The job rotate_key and files of Ansible Vault as people write them: what it writes is what was meant, or nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.parsing.vault import VaultLib, VaultSecret
from integration.key_rotations import FIELD, ID_FIELD, OLD, PASSWORD, STORED, Job, decrypted, said, writes
from integration.key_series import left
from integration.playbooks import Ansible

FILES = {
    "an alias": f"{FIELD}: &k {STORED[FIELD]}\nlegacy: *k\n{ID_FIELD}: {OLD['id']}\n",
    "an alias of another": f"now: &k {STORED[FIELD]}\n{FIELD}: *k\n{ID_FIELD}: {OLD['id']}\n",
    "an end": f"other: kept\n{ID_FIELD}: {OLD['id']}\n# the end\n...\n",
    "indented": f"  other: kept\n  {ID_FIELD}: {OLD['id']}\n",
    "braces": f"{{other: kept, {ID_FIELD}: {OLD['id']}}}\n",
    "blocks": f"{ID_FIELD}: {OLD['id']}\nother: |+\n  kept\n\n\n",
}


def job(ansible: Ansible, text: str) -> Job:
    """The job with an encrypted file of this text."""
    path = ansible.folder / "vault.yml"
    path.write_bytes(VaultLib().encrypt(text, VaultSecret(PASSWORD.encode()), vault_id="search"))
    settings = {"store": "ansible_vault", "store_path": str(path), "store_password": PASSWORD}
    return Job(ansible, settings, lambda: content(path))


def content(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(decrypted(path)))


@pytest.mark.parametrize("kind", FILES)
def test_a_key_is_set_and_all_else_says_what_it_said(kind: str, ansible: Ansible) -> None:
    before = yaml.safe_load(FILES[kind])
    rotated = job(ansible, FILES[kind])
    run = rotated.run()
    assert run.status == 0, run.output
    after = rotated.stored()
    assert rotated.works()
    assert {**after, FIELD: "", ID_FIELD: ""} == {**before, FIELD: "", ID_FIELD: ""}
    assert writes(rotated.run()) == []


def test_a_file_in_which_a_key_cannot_be_set_is_refused_before_one_is_issued(ansible: Ansible) -> None:
    text = f"{FIELD}: &k [{STORED[FIELD]}]\nlegacy: *k\n"
    refused = job(ansible, text)
    refused.stored = dict
    run = refused.run()
    assert "does not hold variables that can be set. (" in said(run)
    assert "it cannot be changed without a change to other variables" in said(run)
    assert writes(run) == []
    assert decrypted(Path(refused.settings["store_path"])) == text


@contextmanager
def spoilt_once(path: Path, text: str) -> Iterator[None]:
    """As soon as a file has changed, it is an encrypted file of another text."""
    before, over = path.read_bytes(), threading.Event()

    def spoil() -> None:
        while not over.wait(0.002):
            if path.read_bytes() != before:
                path.write_bytes(VaultLib().encrypt(text, VaultSecret(PASSWORD.encode()), vault_id="search"))
                return

    thread = threading.Thread(target=spoil)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_file_that_does_not_hold_what_was_written_is_put_back_and_the_key_revoked(ansible: Ansible) -> None:
    rotated = job(ansible, FILES["indented"])
    path = Path(rotated.settings["store_path"])
    before = path.read_bytes()
    path.chmod(0o640)
    with spoilt_once(path, f"other: kept\n{ID_FIELD}: {OLD['id']}\n"):
        run = rotated.run()
    assert f"{path} does not hold what was written to it." in said(run)
    assert "was revoked" in said(run)
    assert writes(run) == ["POST", "DELETE"]
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o777 == 0o640
    assert left(rotated.simulator) == {OLD["id"]}
