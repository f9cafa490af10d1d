# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the files, and parts of files, that ansible-core cannot share, each from one source: python -m tools.generate.

The results are ordinary files in git; nothing is generated when a task runs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml
from ansible_collections.community.openai_admin.plugins.module_utils._kinds.registry import (
    DECLARED_IN_ORGANIZATION,
    INSIDE,
    PROJECTS,
)
from ansible_collections.community.openai_admin.plugins.module_utils._model.kind import Kind
from ansible_collections.community.openai_admin.plugins.module_utils._model.membership import Membership
from ansible_collections.community.openai_admin.plugins.module_utils._model.resource import Resource
from ansible_collections.community.openai_admin.plugins.module_utils._organization.declaration import (
    declaration_options,
)
from ansible_collections.community.openai_admin.plugins.module_utils._organization.export import INCLUDED

from tools import role_tasks
from tools.project import ROOT, modules
from tools.suboptions import indentation, stamped

RETURNED = Path(__file__).with_name("returned.yml")
OWN = "  # its own"
"""The end of a line of RETURNED for which each module has its own text."""
CHANGING = {"diff", "done"}
"""The return values of modules that can change something; info modules do not have them."""
OF_ITS_OWN = {"organization": {"diff", "requests", "done"}}
"""The return values that a module documents in a shape of its own."""

PLUGINS = "ansible_collections.community.openai_admin.plugins"
NOT_YET = "not yet"
"""The entry in the list of operations for a useful operation that no module supports yet."""
DECLARING = "plugins/modules/organization.py"
"""The module whose options repeat those of many others."""
SPECIFICATIONS = "roles/*/meta/argument_specs.yml"

EXPORTING = "roles/export/meta/argument_specs.yml"
"""The specification of the role that reads everything that a declaration can contain."""

ACTION = """\
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.community.openai_admin.plugins.plugin_utils._action import ActionModule

__all__ = ("ActionModule",)
"""


def generated(root: Path) -> dict[str, str]:
    """Return the text of each file with generated parts, by path; the text is empty if the file should not exist."""
    names = modules(root)
    actions = {f"plugins/action/{name}.py": ACTION for name in names}
    alone = {path.replace("/modules/", "/action/") for path in below(root, "plugins/modules")} - actions.keys()
    found = {path: "" for path in below(root, "plugins/action") if path not in alone} | actions
    parts: dict[str, Callable[[Path, str], str]] = {
        "meta/runtime.yml": action_group,
        "README.md": readme,
        "docs/operations.yml": operations,
        "docs/rate_limits.md": requests,
        **{f"plugins/modules/{name}.py": returned for name in names},
        DECLARING: declaring,
        **{f"roles/{role}/vars/main.yml": partial(role_variables, role) for role in role_tasks.ROLES},
        **{path.relative_to(root).as_posix(): from_survey for path in sorted(root.glob(SPECIFICATIONS))},
        EXPORTING: exporting,
    }
    for role in role_tasks.ROLES:
        found |= role_tasks.files(role, module_about)
    return found | {path: make(root, path) for path, make in parts.items()}


def stale(root: Path) -> dict[str, str]:
    """Return the correct texts of the files that are out of date, by path."""
    return {path: text for path, text in generated(root).items() if read(root, path) != text}


def write(root: Path) -> list[str]:
    """Update the files that are out of date, and return their paths."""
    texts = stale(root)
    for path, text in texts.items():
        if text:
            (root / path).write_text(text, encoding="utf-8")
        else:
            (root / path).unlink()
    return list(texts)


def below(root: Path, folder: str) -> list[str]:
    """Return the paths of the Python files in a folder."""
    return sorted(f"{folder}/{path.name}" for path in (root / folder).glob("*.py") if path.stem != "__init__")


def read(root: Path, path: str) -> str:
    """Return the text of a file, or an empty text if the file does not exist."""
    file = root / path
    return file.read_text(encoding="utf-8") if file.exists() else ""


def replaced(pattern: str, text: str, by: str, where: str) -> str:
    """Return a text in which the only match of a pattern is replaced. Raises ValueError unless there is exactly one."""
    made, count = re.subn(pattern, lambda unused_match: by, text, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"{where}: {pattern!r} was found {count} times, and not once.")
    return made


@cache
def loaded(text: str) -> Any:
    """Return the value of a YAML text."""
    return yaml.safe_load(text)


# Parts about all modules


def action_group(root: Path, path: str) -> str:
    """Return the text of meta/runtime.yml with all modules in the action group."""
    names = "".join(f"    - {name}\n" for name in modules(root))
    return replaced(r"(?<=^  openai_admin:\n)(    - \w+\n)*", read(root, path), names, path)


def in_order(root: Path) -> list[str]:
    """Return all modules in the order of docs/requests.yml; modules that are not in it come last."""
    known = list(loaded(read(root, "docs/requests.yml")))
    names = modules(root)
    return [name for name in known if name in names] + [name for name in names if name not in known]


def readme(root: Path, path: str) -> str:
    """Return the README with a row for each module, and with the number of operations that have a module."""
    place = f"{loaded(read(root, 'galaxy.yml'))['repository']}/blob/main/plugins/modules"
    rows = "".join(f"| [{name}]({place}/{name}.py) | {purpose(root, name)} |\n" for name in in_order(root))
    text = replaced(r"(?<=^\| module \| what it does \|\n\|---\|---\|\n)(\|.*\n)*", read(root, path), rows, path)
    found = list(loaded(operations(root, "docs/operations.yml")).values())
    covered = sum(module != NOT_YET for module in found)
    counted = f"Of the {len(found)} operations of the Administration API in OpenAI's Python library, {covered} have"
    return replaced(r"Of the \d+ operations of [\w' ]+, \d+ have", text, counted, path)


def operations(root: Path, path: str) -> str:
    """Return the list of operations, in which each operation without a module gets the module that now supports it."""
    by_module = {name: module for module in modules(root) for name in operations_of(module)}

    def line(found: re.Match[str]) -> str:
        return f"{found[1]}: {by_module.get(found[1], NOT_YET)}"

    return re.sub(rf"^(\w+ /.*): {NOT_YET}$", line, read(root, path), flags=re.MULTILINE)


def operations_of(module: str) -> list[str]:
    """Return the operations on the objects that a module manages or reads."""
    if not (ROOT / module_file(module)).exists():
        return []
    about = about_of(module)
    sets = [each for each in (about if isinstance(about, tuple) else (about,)) if isinstance(each, Membership)]
    if sets:
        return [operation for each in sets for operation in operations_of_set(each, module.endswith("_info"))]
    if not isinstance(about, Resource):
        return []
    own = f"/{{{about.id_param}}}" if about.id_param else ""
    reads = [("GET", ""), *([("GET", own)] if about.by_id else [])]
    writes = [("POST", "", about.creates), ("POST", own, about.updates), ("DELETE", own, about.remove)]
    if about.validation:
        writes.append(("POST", own + about.validation.suffix, True))
    ways = reads if module.endswith("_info") else [(method, suffix) for method, suffix, has in writes if has]
    return [f"{method} {route.path}{suffix}" for route in about.own_routes for method, suffix in ways]


@cache
def about_of(module: str) -> Any:
    """Return the resource or the membership that a module is about, or None if it is about neither."""
    work = import_module(f"{PLUGINS}.modules.{module}").TASK.work
    return work.args[0] if isinstance(work, partial) and work.args else None


def module_about(about: object) -> str:
    """Return the name of the module about a resource or a membership; if it is an info module, without C(_info)."""
    found = ((name, about_of(name)) for name in modules(ROOT))
    named = (name for name, known in found if known is about or (isinstance(known, tuple) and about in known))
    return next(named).removesuffix("_info")


def operations_of_set(membership: Membership, reads: bool) -> list[str]:
    """Return the operations on the sets of a membership, on all routes of their owners."""
    own_id = f"{{{membership.members.id_param}}}"
    changes = [(method, suffix.replace("{id}", own_id)) for method, suffix in (membership.add, membership.remove)]
    ways = [("GET", "")] if reads else changes
    return [f"{method} {route.path}{suffix}" for route in membership.members.routes for method, suffix in ways]


def purpose(root: Path, module: str) -> str:
    """Return the first sentence of a module's description, without markup and without the full stop."""
    return re.sub(r"\b[A-Z]+\((?:community\.openai_admin\.)?([^)]*)\)", r"`\1`", first_sentence(root, module))


def first_sentence(root: Path, module: str, option: str = "") -> str:
    """Return the first sentence of the description of a module, or of one of its options, without the full stop."""
    blanks = " " * 4 if option else ""
    head = rf"(?<=^  {option}:\n)" if option else "^"
    part = re.search(rf"{head}{blanks}description:\n(?:^{blanks} .*\n)+", read(root, module_file(module)), re.MULTILINE)
    if part is None:
        raise ValueError(f"{module_file(module)}: there is no list as description{option and f' of {option}'}.")
    sentence: str = re.split(r"\.(?= |$)", loaded(part[0])["description"][0])[0]
    return sentence


def module_file(module: str) -> str:
    """Return the path of a module's file."""
    return f"plugins/modules/{module}.py"


def requests(root: Path, path: str) -> str:
    """Return the guide to rate limits with a row for each row of docs/requests.yml."""
    table = loaded(read(root, "docs/requests.yml"))
    rows = [f"| `{name}` | {row['task']} | {row['requests']} |\n" for name, own in table.items() for row in own]
    head = r"(?<=^\| module \| task \| requests \|\n\|---\|---\|---\|\n)"
    return replaced(rf"{head}(\|.*\n)*", read(root, path), "".join(rows), path)


# Variables of roles that list who has access


def role_variables(role: str, root: Path, path: str) -> str:
    """Return a role's variables file with the generated variables, which contain the results of its tasks."""
    part = rf"^openai_admin_{role}_{role_tasks.NAMES}:\n(?: .*\n)*openai_admin_{role}_{role_tasks.LISTED}:\n(?: .*\n)*"
    return replaced(part, read(root, path), role_tasks.variables(role), path)


# Options of a declaration


def declaring(root: Path, path: str) -> str:
    """Return the module C(organization) with the options of its specification and the common return values."""
    text = returned(root, path)
    found = re.search(r"(?<=^options:\n)(?:^ .*\n)+", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"{path} documents no options.")
    options = stamped(found[0], declaration_options(), partial(said_of, root))
    return f"{text[: found.start()]}{options}{text[found.end() :]}"


def said_of(root: Path, way: tuple[str, ...]) -> str:
    """Return the description of a new option of a declaration, taken from the module of its kind."""
    table: Mapping[str, Kind] = {PROJECTS.word: PROJECTS, **DECLARED_IN_ORGANIZATION}
    module, option = "", list(way)
    while option and option[0] in table:
        row = table[option.pop(0)]
        module, table = row.resource.kind, INSIDE[row]
    if module and option == ["purge"]:
        return "Kinds of objects in this entry of which the task removes those that are not declared."
    if module not in modules(root) or len(option) > 1 or way == (PROJECTS.word, *option):
        raise ValueError(f"{DECLARING}: say what {'.'.join(way)} is.")
    return f"{first_sentence(root, module, *option)}."


# Entry points for surveys


def from_survey(root: Path, path: str) -> str:
    """Return a role's specification with the entry point for surveys, which accepts any text for each option."""
    text = read(root, path)
    if not (root / path).parents[1].joinpath("tasks", "from_survey.yml").exists():
        return text
    own, unused_mark, unused_generated = text.partition("  from_survey:\n")
    main = loaded(own)["argument_specs"]["main"]
    lines = [
        "from_survey:",
        f"  short_description: {main['short_description']}",
        "  description:",
        "    - The same role for playbooks whose variables come as strings, from a survey or the command line.",
        "    - An empty string counts as not set, and a list can be given as a string. The role rejects invalid"
        " values.",
        "  options:",
    ]
    for name, option in main["options"].items():
        lines += [f"    {name}:", "      description: As for the entry point C(main).", "      type: raw"]
        lines += ["      no_log: true"] if option.get("no_log") else []
    return own + "".join(f"  {line}\n" for line in lines)


def exporting(root: Path, path: str) -> str:
    """Return the specification of the role C(export), with everything that it can read."""
    names = "".join(f"          - {name}\n" for name in INCLUDED)
    head = r"(?<=^      openai_admin_export_include:\n)((?:        .*\n)*?        choices:\n)(?:          - \w+\n)*"
    text = from_survey(root, path)
    found = re.search(head, text, re.MULTILINE)
    if found is None:
        raise ValueError(f"{path} does not say what can be read.")
    return replaced(head, text, f"{found[1]}{names}", path)


# Return values


def returned(root: Path, path: str) -> str:
    """Return a module whose RETURN contains the common return values; missing ones are added at the end."""
    text = read(root, path)
    found = re.search(r'(?<=^RETURN = r"""\n---\n)(?:.*\n)*?(?=""")', text, re.MULTILINE)
    if found is None:
        raise ValueError(f"{path} has no RETURN.")
    module = Path(path).stem
    blocks = dict(blocks_of(found[0]))
    for key, block in common(module).items():
        blocks[key] = filled(block, blocks.get(key, ""))
    return f"{text[: found.start()]}{''.join(blocks.values())}{text[found.end() :]}"


@cache
def of_all() -> dict[str, str]:
    """Return the blocks of the return values that modules share, by key."""
    return dict(blocks_of(RETURNED.read_text(encoding="utf-8").rpartition("\n\n")[2]))


def common(module: str) -> dict[str, str]:
    """Return the blocks of the return values that a module shares with others, by key."""
    own = OF_ITS_OWN.get(module, set()) | (CHANGING if module.endswith("_info") else set())
    return {key: block for key, block in of_all().items() if key not in own}


def blocks_of(text: str) -> Iterator[tuple[str, str]]:
    """Split YAML into its top-level keys and the lines of each."""
    for block in re.findall(r"^\w+:.*\n(?:^ .*\n)*", text, re.MULTILINE):
        yield block.partition(":")[0], block


def filled(block: str, module: str) -> str:
    """Return a common block in which lines marked as C(OWN) are replaced by the module's own lines."""
    own = dict(places(module))
    return "".join(
        own.get(place, "") if line.endswith(OWN) else f"{line}\n"
        for line, (place, dummy) in zip(block.splitlines(), places(block), strict=True)
    )


def places(block: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield, for each line of YAML, the path of keys to it, and the line with all lines below it."""
    lines = block.splitlines(keepends=True)
    way: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        depth = indentation(line)
        way = [(each, key) for each, key in way if each < depth] + [(depth, line.strip().partition(":")[0])]
        yield tuple(key for dummy, key in way), line + "".join(deeper(lines[number + 1 :], depth))


def deeper(lines: list[str], depth: int) -> Iterator[str]:
    """Return the leading lines that are indented by more than C(depth)."""
    return takewhile(lambda line: indentation(line) > depth, lines)


def main() -> int:
    """Write the files that are out of date, and print their paths."""
    for path in write(ROOT):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
