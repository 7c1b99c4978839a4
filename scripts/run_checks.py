"""What `make check` does: everything a machine can judge without running the suite."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable


def main():
    os.chdir(ROOT)
    os.environ["DEBUG"] = "on"
    compile_messages = ["manage.py", "compilemessages", "--locale", "vi", "--verbosity", "0"]
    subprocess.run([PYTHON, *compile_messages], check=True)  # the diagrams name each state in both languages
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        failed = [name for name, in_order in pool.map(judged, *zip(*checks(), strict=True)) if not in_order]
    if failed:
        sys.exit(f"Not in order: {', '.join(failed)}.")
    print("Everything is in order.")


def checks():
    """(name, command) pairs; as many run at once as there are processors."""
    manage = [PYTHON, "manage.py"]
    templates = [str(path) for kind in ("*.html", "*.txt") for path in sorted(Path("templates").rglob(kind))]
    yield "lint", [PYTHON, "-m", "ruff", "check", "--quiet", "."]
    yield "format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]
    yield "templates", [tool("djade"), "--check", "--target-version", "5.2", *templates]
    yield "import contracts", [tool("lint-imports"), "--no-cache"]
    yield "system check", [*manage, "check", "--fail-level", "WARNING"]
    yield "migrations", [*manage, "makemigrations", "--check", "--dry-run", "--verbosity", "1"]
    yield "message catalogue", [PYTHON, "scripts/check_messages.py"]
    yield "diagrams", [*manage, "draw_workflows", "--check"]
    yield "deployment", [PYTHON, "scripts/check_deploy.py"]


def tool(name):
    """A program of the virtual environment."""
    return str(Path(PYTHON).with_name(name))


def judged(name, command):
    """(name, whether it is in order); says at once what is not."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    words = f"ok  {name}" if done.returncode == 0 else f"NO  {name}\n{done.stdout}{done.stderr}"
    print(words, flush=True)
    return name, done.returncode == 0


if __name__ == "__main__":
    main()
