# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation site: the guides, and antsibull-docs' pages of modules, plugins and roles."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

REPOSITORY = "https://github.com/ansible-collections/community.openai_admin/blob/main"
ANSIBLE = "https://docs.ansible.com/ansible/latest"
LABELS = {
    "action_plugins": f"{ANSIBLE}/plugins/action.html",
    "ansible_configuration_settings": f"{ANSIBLE}/reference_appendices/config.html",
    "common_return_values": f"{ANSIBLE}/reference_appendices/common_return_values.html",
}
"""Labels of Ansible's own documentation that antsibull-docs links to; its inventory is only on the network."""

project = "community.openai_admin"
author = "community.openai_admin contributors"
project_copyright = f"2026 {author}"
html_title = "community.openai_admin"
html_short_title = "community.openai_admin"

extensions = ["myst_parser", "sphinx_antsibull_ext"]
myst_heading_anchors = 3

html_theme = "sphinx_ansible_theme"
html_theme_options = {"documentation_home_url": REPOSITORY, "titles_only": True}
html_show_sphinx = False
html_use_index = False
html_copy_source = False
pygments_style = "ansible"
highlight_language = "YAML+Jinja"

nitpicky = True


def lead_outside(unused_app: Sphinx, unused_name: str, source: list[str]) -> None:
    """Link to the repository from guides that name its files, such as ../SECURITY.md, which have no pages here."""
    source[0] = re.sub(r"\]\(\.\./", f"]({REPOSITORY}/", source[0])


def shorten(unused_app: Sphinx, name: str, source: list[str]) -> None:
    """Shorten names in the lists of all modules, plugins and roles, which do not need the collection's name."""
    if name == "reference/index":
        title = "Modules, plugins and roles"
        source[0] = re.sub(
            r"^Community\.Openai_Admin\n=+$", f"{title}\n{'=' * len(title)}", source[0], flags=re.MULTILINE
        )
        source[0] = re.sub(r"^    (\w+)_(module|filter|lookup|role)$", r"    \1 <\1_\2>", source[0], flags=re.MULTILINE)


def lead_to_ansible(
    unused_app: Sphinx, unused_env: BuildEnvironment, node: pending_xref, text: nodes.TextElement
) -> nodes.Node | None:
    """Resolve labels of Ansible's documentation to its site."""
    label = node["reftarget"]
    builtin = re.fullmatch(r"ansible_collections\.ansible\.builtin\.(\w+)", label)
    address = f"{ANSIBLE}/collections/ansible/builtin/{builtin[1]}.html" if builtin else LABELS.get(label)
    return None if address is None else nodes.reference("", "", text, refuri=address, internal=False)


def setup(app: Sphinx) -> None:
    """Connect the functions above to Sphinx."""
    app.connect("missing-reference", lead_to_ansible)
    app.connect("source-read", lead_outside)
    app.connect("source-read", shorten)
