"""config/settings.py: what is left out gets a value that works in use, not on the engineer's machine."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


def read(name, **environment):
    """A setting as a process started with this environment has it."""
    code = f"import json; from config import settings; print(json.dumps(settings.{name}))"
    needed = {"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 60, "ALLOWED_HOSTS": "hoiam.example.gov.vn,other.vn"}
    done = subprocess.run(  # noqa: S603 — our own words
        [sys.executable, "-c", code], env=needed | environment, cwd=settings.BASE_DIR, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, "https://hoiam.example.gov.vn"),
        ({"SITE_URL": "https://kiennghi.example.vn/"}, "https://kiennghi.example.vn"),
        ({"DEBUG": "on"}, "http://127.0.0.1:8000"),
    ],
)
def test_letters_and_mails_lead_to_the_first_host_name_unless_told_otherwise(environment, address):
    assert read("SITE_URL", **environment) == address
