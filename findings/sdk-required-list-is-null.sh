#!/usr/bin/env bash
# Copyright (c) 2026 community.openai_admin contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A list that the SDK's type requires is None where the answer lacks it.
#
# With: openai 3.57.0 and pydantic 2.14.4, Python 3.13.
#
# Guess: answers are pydantic models, so an answer that lacks a required field is an error when it comes. If the field
# is a list, and no error comes, then it is an empty one, or reading it is an AttributeError.
#
# Seen: Invite.projects is required, of type List[Project], without None. The answer has no projects, which a server
# that leaves out empty lists would send. The SDK makes the object all the same, and the list is None:
#
#     Invite.projects required: True, value: None
#     pydantic's own opinion of the same answer: 1 error, missing
#
# So "for project in invite.projects" fails far from the answer, and type checkers see nothing wrong. Only the
# client's private option _strict_response_validation=True refuses such an answer.

set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python=${PYTHON:-}
for candidate in python3.14 python3.13 "$HOME"/.pyenv/versions/3.1[34]*/bin/python3; do
    [ -n "$python" ] || ! "$candidate" -c '' 2>/dev/null || python=$candidate
done
"${python:?set PYTHON to a Python 3.13 or newer}" -m venv venv
venv/bin/pip install --quiet openai==3.57.0 pydantic==2.14.4

venv/bin/python - <<'END'
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import openai


class Api(BaseHTTPRequestHandler):
    def do_GET(self):
        asked.append(self.path)
        body = json.dumps(answer(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def answer(path):
    """An invite to no project."""
    return {
        "object": "organization.invite",
        "id": "invite-1",
        "email": "new@example.com",
        "role": "reader",
        "status": "pending",
        "created_at": 1,
    }


asked = []
server = HTTPServer(("127.0.0.1", 0), Api)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = openai.OpenAI(api_key="x", admin_api_key="x", base_url=f"http://127.0.0.1:{server.server_port}/v1")
organization = client.admin.organization

from openai.types.admin.organization import Invite
from pydantic import ValidationError

invite = organization.invites.retrieve("invite-1")
required = Invite.model_fields["projects"].is_required()
print("Invite.projects required:", required, "value:", invite.projects)
try:
    Invite.model_validate(answer(""))
    errors = []
except ValidationError as error:
    errors = [each["type"] for each in error.errors()]
print("pydantic's own opinion of the same answer:", errors)
as_seen = required and invite.projects is None and errors == ["missing"]
print("As seen." if as_seen else "Changed.")
sys.exit(0 if as_seen else 1)
END
