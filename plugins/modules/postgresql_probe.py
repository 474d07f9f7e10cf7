#!/usr/bin/python
"""Signs in to a PostgreSQL server and tells what it is, or in one sentence why that failed."""

from __future__ import annotations

import re
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

try:
    import psycopg
except ImportError:
    psycopg = None  # type: ignore[assignment]

DOCUMENTATION = """
module: postgresql_probe
short_description: Try a PostgreSQL URL without changing anything
description:
  - Signs in with the URL as libpq understands it, TLS settings included, and reads the server's version and limits.
  - A server that can not be used is a result and not a failure, so that the task may keep its output secret.
options:
  url:
    description: The URL, with user and password.
    type: str
    required: true
  name:
    description: What the user knows the URL as; named in the sentence.
    type: str
    required: true
  timeout_seconds:
    description: How long the server may take to answer.
    type: int
    default: 10
requirements: [psycopg]
author: [The Wealth Companion authors]
"""

EXAMPLES = """
- name: Try the database
  postgresql_probe:
    url: "{{ database_url }}"
    name: vault_database_url
  register: probe
  no_log: true
"""

RETURN = """
problem:
  description: Why the server can not be used, and the cure; empty when it can.
  type: str
  returned: success
version:
  description: The server's major version.
  type: int
  returned: when it can be used
connections:
  description: How many connections the server allows to users like this one.
  type: int
  returned: when it can be used
"""

# What the client library says, and what to do; the first match counts. No code comes with a refused connection.
CURES = {
    r"could not translate host name|Name or service not known|resolve host": "correct the host name in it",
    r"password authentication failed|role .* does not exist|no password supplied": "correct its user and password",
    r"database .* does not exist": "correct its database name or make that database",
    r"SSL|certificate|channel binding": "correct its sslmode, or give the server the TLS that is asked for",
    r"too many (clients|connections)|connection slots": "free some connections, or raise max_connections there",
    r"pg_hba.conf": "let this machine's address in on the server",
    r"refused|timeout|timed out|unreachable|closed the connection": (
        "correct its host and port, start the server, or open the way to it"
    ),
}
LIMITS = """
SELECT current_setting('server_version_num')::int / 10000,
       current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
"""


def sentence(name: str, message: str) -> str:
    reason = " ".join(message.split())
    cure = next((cure for pattern, cure in CURES.items() if re.search(pattern, reason)), "correct it")
    # only the words after the last address: before them libpq repeats host and user for each address it tried
    cause = re.split(r"failed: (?:FATAL: +)?", reason)[-1].rstrip(".")
    return f"{name} can not be used ({cause}): {cure}."


def probe(url: str, name: str, timeout_seconds: int) -> dict[str, Any]:
    try:
        with psycopg.connect(url, connect_timeout=timeout_seconds) as connection:
            version, connections = connection.execute(LIMITS).fetchall()[0]
    except psycopg.OperationalError as error:
        return {"problem": sentence(name, str(error))}
    except psycopg.ProgrammingError:
        # libpq repeats what it could not read, which may be the password
        return {
            "problem": f"{name} is no URL that PostgreSQL understands: percent-encode the special characters in it."
        }
    return {"problem": "", "version": version, "connections": connections}


def main() -> None:
    module = AnsibleModule(
        argument_spec={
            "url": {"type": "str", "required": True, "no_log": True},
            "name": {"type": "str", "required": True},
            "timeout_seconds": {"type": "int", "default": 10},
        },
        supports_check_mode=True,
    )
    if psycopg is None:
        module.fail_json(msg=missing_required_lib("psycopg"))
    module.exit_json(changed=False, **probe(**module.params))


if __name__ == "__main__":
    main()
