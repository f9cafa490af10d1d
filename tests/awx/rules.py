# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What AWX 24 refuses, and how it evaluates what it is given: for the fake, and for jobs as AWX starts them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import ChainableUndefined, StrictUndefined, TemplateError, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

ENCRYPTED = "$encrypted$"
NAME = r"^[a-zA-Z_]+[a-zA-Z0-9_]*$"
FIELD = {
    "type": str,
    "format": str,
    "choices": list,
    "id": str,
    "label": str,
    "help_text": str,
    "multiline": bool,
    "secret": bool,
    "ask_at_runtime": bool,
    "default": object,
}
FORBIDDEN = {
    *("VIRTUAL_ENV", "PATH", "PYTHONPATH", "JOB_ID", "INVENTORY_ID", "INVENTORY_SOURCE_ID", "INVENTORY_UPDATE_ID"),
    *("AD_HOC_COMMAND_ID", "REST_API_URL", "REST_API_TOKEN", "MAX_EVENT_RES", "CALLBACK_QUEUE", "CALLBACK_CONNECTION"),
    *("CACHE", "JOB_CALLBACK_DEBUG", "INVENTORY_HOSTVARS", "AWX_HOST", "PROJECT_REVISION", "SUPERVISOR_CONFIG_PATH"),
}
ANSWERS = {
    "text": str,
    "textarea": str,
    "password": str,
    "multiplechoice": str,
    "multiselect": str,
    "integer": int,
    "float": (float, int),
}
CONFIGURATION: dict[str, dict[str, tuple[type, Any]]] = {
    "email": {
        "host": (str, None),
        "port": (int, None),
        "username": (str, None),
        "password": (str, None),
        "use_tls": (bool, None),
        "use_ssl": (bool, None),
        "sender": (str, None),
        "recipients": (list, None),
        "timeout": (int, 30),
    },
    "webhook": {
        "url": (str, None),
        "http_method": (str, "POST"),
        "disable_ssl_verification": (bool, False),
        "username": (str, ""),
        "password": (str, ""),
        "headers": (dict, None),
    },
}
JOB = {
    "id": 42,
    "name": "Stub",
    "status": "running",
    "artifacts": {},
    "job_type": "run",
    "url": "/api/v2/jobs/42/",
}
SAMPLE = {
    "job": JOB,
    "job_friendly_name": "Job",
    "url": "https://awx.example.com/#/jobs/playbook/42",
    "approval_status": "approved",
    "approval_node_name": "Approve",
    "workflow_url": "https://awx.example.com/#/jobs/workflow/41",
    "job_metadata": "{}",
}
"""A job as AWX makes one up to try messages on: it has no artifacts."""


class Refused(Exception):
    """What AWX answers with 400."""


def refuse(*problems: str) -> None:
    """Raise C(Refused) with all problems that are not empty."""
    if any(problems):
        raise Refused("; ".join(filter(None, problems)))


class Complaining(StrictUndefined):
    """Cannot even be printed, while messages are tried."""

    # methods by assignment, which mypy does not know, and as jinja2 makes all the others of this class
    __repr__ = __str__ = StrictUndefined._fail_with_undefined_error  # type: ignore[assignment]


def rendered(text: str, values: Mapping[str, Any], undefined: type[Undefined] = Undefined) -> str:
    """Return a rendered template, in the sandbox that AWX uses."""
    return ImmutableSandboxedEnvironment(undefined=undefined).from_string(text).render(**values)


def try_out(text: str, values: Mapping[str, Any], undefined: type[Undefined]) -> str:
    """Return why a template cannot be rendered; empty if it can."""
    try:
        rendered(text, values, undefined)
    except TemplateError as error:
        return f"{text!r} cannot be rendered: {error}"
    return ""


# Credentials


def check_credential_type(item: Mapping[str, Any]) -> None:
    """Raise C(Refused) if AWX would not accept the fields or the injectors of a credential type."""
    refuse(*field_problems(item["inputs"]))
    ids = [field["id"] for field in item["inputs"]["fields"]]
    tower = SimpleNamespace(filename=SimpleNamespace())
    files = item["injectors"].get("file", {})
    for label in files:
        refuse("" if re.match(r"^template\.[a-zA-Z_]+[a-zA-Z0-9_]*$", label) else f"{label} is not the name of a file")
        setattr(tower.filename, label.split(".")[1], "EXAMPLE_FILENAME")
    example = {**dict.fromkeys(ids, "EXAMPLE"), "tower": tower}
    for kind, templates in item["injectors"].items():
        refuse("" if kind in ("env", "file", "extra_vars") else f"injector {kind}")
        for name, template in templates.items():
            refuse(try_out(template, example, StrictUndefined), variable_problem(name) if kind == "env" else "")


def field_problems(inputs: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with the fields of a credential type; empty strings for what is right."""
    yield "" if inputs.keys() <= {"fields", "required"} else f"inputs: {sorted(inputs)}"
    ids = [field["id"] for field in inputs["fields"]]
    yield "" if len(ids) == len(set(ids)) and "tower" not in ids else "ids must be unique, and not tower"
    for field in inputs["fields"]:
        yield "" if field.keys() <= FIELD.keys() and "label" in field else f"{field['id']}: {sorted(field)}"
        for key, value in field.items():
            yield "" if isinstance(value, FIELD[key]) else f"{field['id']}: {key} {value!r}"
        yield "" if re.match(NAME, field["id"]) else f"{field['id']} is an invalid variable name"
        yield "" if field["type"] in ("string", "boolean") else f"{field['id']}: type {field['type']}"
        boolean = field["type"] == "boolean" and field.keys() & {"choices", "multiline", "format", "secret"}
        yield f"{boolean} not allowed for boolean type ({field['id']})" if boolean else ""


def variable_problem(name: str) -> str:
    """Return why an environment variable cannot be set; empty if it can."""
    allowed = re.match(NAME, name) and not name.startswith("ANSIBLE_") and name not in FORBIDDEN
    return "" if allowed else f"Environment variable {name} is not allowed to be used in credentials."


def secret_fields(credential_type: Mapping[str, Any]) -> set[str]:
    """Return the IDs of a credential type's secret fields."""
    return {field["id"] for field in credential_type["inputs"]["fields"] if field.get("secret")}


def check_inputs(inputs: Mapping[str, Any], credential_type: Mapping[str, Any]) -> None:
    """Whatever is required may be missing: it can come from elsewhere, and is wanted when a job is launched."""
    types = {
        field["id"]: {"string": str, "boolean": bool}[field["type"]] for field in credential_type["inputs"]["fields"]
    }
    refuse(*(f"{name} unexpected" for name in inputs.keys() - types.keys()))
    refuse(*(f"{name}: {value!r}" for name, value in inputs.items() if not isinstance(value, types[name])))


def injected(
    credential_type: Mapping[str, Any], inputs: Mapping[str, Any], folder: Path, seen_as: Callable[[Path], str] = str
) -> tuple[dict[str, str], dict[str, str]]:
    """The environment and the extra variables that a credential adds to a job, its files written to a folder."""
    tower = SimpleNamespace(filename=SimpleNamespace())
    values = {name: value for name, value in inputs.items() if value != ""}
    for field in credential_type["inputs"]["fields"]:
        if field["type"] == "boolean":
            values.setdefault(field["id"], False)
    values["tower"] = tower
    for label, template in credential_type["injectors"].get("file", {}).items():
        path = folder / f"{label}.{len(list(folder.iterdir()))}"
        path.write_text(rendered(template, values), encoding="utf-8")
        path.chmod(0o600)
        setattr(tower.filename, label.split(".")[1], seen_as(path))
    env, extra = (
        {name: rendered(text, values) for name, text in credential_type["injectors"].get(kind, {}).items()}
        for kind in ("env", "extra_vars")
    )
    return env, extra


# Surveys


def check_survey(spec: Mapping[str, Any]) -> None:
    """Raise C(Refused) if AWX would not accept a survey."""
    refuse(*(f"{name} is missing" for name in ("name", "description", "spec") if name not in spec))
    refuse("" if spec["spec"] else "'spec' doesn't contain any items.")
    variables = [question["variable"] for question in spec["spec"]]
    refuse("" if len(variables) == len(set(variables)) else "'variable' duplicated")
    for question in spec["spec"]:
        refuse(*question_problems(question))


def question_problems(question: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a question of a survey; empty strings for what is right."""
    name, kind = question["variable"], question["type"]
    for key, expected in {"question_name": str, "variable": str, "required": bool}.items():
        yield "" if isinstance(question.get(key), expected) else f"{name}: {key}"
    yield "" if kind in ANSWERS else f"{name}: type {kind}"
    default = question.get("default", "")
    yield "" if default == "" or isinstance(default, ANSWERS[kind]) else f"{name}: default {default!r}"
    for key in "min", "max":
        yield "" if isinstance(question.get(key, 0), int) else f"{name}: {key}"
    if kind.startswith("multi"):
        yield "" if "choices" in question else f"{name} must specify choices"
        chosen = default.splitlines()
        yield "" if set(chosen) <= set(question.get("choices", [])) else f"{name}: default {default!r}"
        yield "" if kind == "multiselect" or len(chosen) <= 1 else f"{name}: one default"


def answer_problem(question: Mapping[str, Any], answer: Any) -> str:
    """Why AWX does not take an answer, or an empty text."""
    kind = question["type"]
    if kind == "multiselect":
        right = isinstance(answer, list) and set(answer) <= set(question["choices"])
    elif kind == "multiplechoice":
        right = answer in question["choices"]
    elif kind == "integer":
        right = (
            isinstance(answer, int) and not isinstance(answer, bool) and question["min"] <= answer <= question["max"]
        )
    else:
        right = isinstance(answer, str) and question["min"] <= len(answer) <= question["max"]
    return "" if right else f"{question['variable']}: {answer!r}"


def launched(template: Mapping[str, Any], spec: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The extra variables of a job: of its template, then what the survey has by itself, then what is answered.

    What is neither asked for nor promptable is ignored without an error.
    """
    questions = {question["variable"]: question for question in spec["spec"]}
    missing = [
        name for name, each in questions.items() if each["required"] and name not in given and not each.get("default")
    ]
    refuse(*(f"{name} value missing" for name in missing))
    answers = {name: answer for name, answer in given.items() if name in questions}
    refuse(*(answer_problem(questions[name], answer) for name, answer in answers.items()))
    defaults = {name: each["default"] for name, each in questions.items() if "default" in each}
    accepted = {name: value for name, value in defaults.items() if not answer_problem(questions[name], value)}
    return {**json.loads(template["extra_vars"] or "{}"), **accepted, **answers}


# Schedules, notifications


def check_rule(text: str) -> None:
    """Raise C(Refused) if AWX would not accept the rule of a schedule."""
    match = re.fullmatch(r"DTSTART:(\d{8}T\d{6})Z RRULE:(\S+)", text)
    if match is None:
        raise Refused(f"rrule {text!r}")
    datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=timezone.utc)
    rule = dict(part.split("=") for part in match[2].split(";"))
    refuse("" if "INTERVAL" in rule else "INTERVAL required in rrule", "" if "FREQ" in rule else "FREQ required")


def check_configuration(kind: str, configuration: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration with AWX's own defaults."""
    known = CONFIGURATION[kind]
    whole = {
        **{name: default for name, (unused_type, default) in known.items() if default is not None},
        **configuration,
    }
    refuse(*(f"Missing required fields for Notification Configuration: {name}" for name in known.keys() - whole.keys()))
    refuse(
        *(
            f"{name}: {whole[name]!r}"
            for name, (expected, unused_default) in known.items()
            if not isinstance(whole[name], expected) or (expected is int and isinstance(whole[name], bool))
        )
    )
    return whole


def check_messages(messages: Mapping[str, Any]) -> None:
    """Raise C(Refused) if AWX would not accept the messages of a notification."""
    for event, parts in messages.items():
        refuse("" if event in ("started", "success", "error", "workflow_approval") else f"Event {event!r} invalid")
        for each in parts.values() if event == "workflow_approval" else filter(None, [parts]):
            refuse("" if each.keys() <= {"message", "body"} else f"{event}: {sorted(each)}")
            refuse("Messages cannot contain newlines" if "\n" in each.get("message", "") else "")
            refuse(*(try_out(text, SAMPLE, Complaining) for text in each.values()))


def told(text: str, **job: Any) -> str:
    """A message, as AWX sends it about a job."""
    return rendered(text, {**SAMPLE, "job": {**JOB, **job}}, ChainableUndefined)
