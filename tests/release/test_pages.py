# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation site, as a browser without a network shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from integration.browser import Browser, browsing
from tools import docs
from tools.project import ROOT

GUIDES = sorted(path.stem for path in (ROOT / "docs").glob("*.md"))
MODULES = sorted(path.stem for path in (ROOT / "plugins" / "modules").glob("*.py") if path.stem != "__init__")
WIDE, NARROW = 1200, 390


@pytest.fixture(scope="module")
def pages() -> Path:
    """The site, which "make test" has built just before."""
    if not (docs.PAGES / "index.html").exists():
        assert docs.main() == 0
    return docs.PAGES


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as chromium:
        yield chromium


def test_the_first_page_leads_to_all_guides_and_to_the_reference(pages: Path, browser: Browser) -> None:
    with browser.open(pages / "index.html", width=WIDE) as shown:
        links = [link.get_attribute("href") or "" for link in shown.page.locator("[role=main] a").all()]
    local = {urlsplit(link).path for link in links if not urlsplit(link).scheme}
    assert {f"guides/{guide}.html" for guide in GUIDES} <= local
    assert "reference/index.html" in local


@pytest.mark.parametrize(
    ("page", "heading", "text"),
    [
        ("index.html", "An OpenAI organization as code", "Getting started"),
        ("guides/getting_started.html", "Getting started", "ansible-galaxy collection install"),
        ("guides/terraform.html", "Coming from Terraform", "terraform state rm"),
        ("reference/index.html", "Modules, plugins and roles", "organization_info module"),
        ("reference/project_module.html", "project module", "external_key_id"),
        ("reference/organization_role.html", "organization role", "openai_admin_declaration"),
    ],
)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_page_shows_what_it_is_about(
    page: str, heading: str, text: str, width: int, pages: Path, browser: Browser
) -> None:
    with browser.open(pages / page, width=width) as shown:
        assert heading in shown.page.locator("h1").first.inner_text()
        assert text in shown.text
        assert [line for line in shown.said if "Failed to load" not in line] == []
        room, needed = shown.page.evaluate("[window.innerWidth, document.documentElement.scrollWidth]")
        assert needed <= room
        elsewhere = {address for address in shown.outside if not address.startswith("file:")}
        missing = [each for each in shown.outside if each.startswith("file:") and not there(each)]
    assert missing == []
    assert elsewhere == set()


def there(address: str) -> bool:
    return Path(unquote(urlsplit(address).path)).exists()


def test_every_module_has_a_page_with_its_examples(pages: Path) -> None:
    texts = {name: (pages / "reference" / f"{name}_module.html").read_text(encoding="utf-8") for name in MODULES}
    assert [name for name, text in texts.items() if "Examples" not in text or "Return Values" not in text] == []
    assert [name for name, text in texts.items() if "did not return correct DOCUMENTATION" in text] == []
