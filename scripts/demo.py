"""What `make demo` does once everything is installed: build, tell, serve."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAPERS = Path("var") / "demo"
ACCOUNTS = """
Sign in with the password {password}:

  thuky         secretariat officer           Văn phòng Đoàn ĐBQH và HĐND tỉnh Ninh Bình
  chanhvp       secretariat leader            (the same office)
  chuyenvien    drafter                       Sở Xây dựng tỉnh Ninh Bình
  giamdoc       head                          (the same department)
  phogiamdoc    head, for what a deputy signs (the same department)
  vanthu        registrar                     (the same department)
  phoihop       drafter, coordinating         Công an tỉnh Ninh Bình
  lanhdao       head, coordinating            (the same agency)
  tonghop       drafter                       Ủy ban nhân dân tỉnh Ninh Bình
  lanhdao.ubnd  head                          (the same committee)
  vanthu.ubnd   registrar                     (the same committee)
  giamsat       member of a delegation        Ban Pháp chế
  uyvien        member of a committee         Ban Pháp chế
  daibieu       delegate, reads only          HĐND tỉnh Ninh Bình
  quantri       administrator
  truongphong   head of a unit                Sở Nông nghiệp và Môi trường tỉnh Ninh Bình
  thethuc       checker of form and layout    (the same department)

  thuky.binhphuoc  chuyenvien.binhphuoc  giamdoc.binhphuoc  vanthu.binhphuoc
  thuky.tayninh    thuky.dongthap        each sees its own council only
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--serve", default="1")
    options = parser.parse_args()
    os.chdir(ROOT)
    build()
    tell(options.port)
    if options.serve != "0":
        serve(options.port)


def build():
    """Database, message catalogue, demo council, papers: each only where it is missing."""
    manage("compilemessages", "--locale", "vi", "--verbosity", "0")
    manage("migrate", "--verbosity", "0")
    manage("createcachetable", "--verbosity", "0")
    if not (PAPERS / "done").exists():
        print("Building the demo council: about two minutes, once …", flush=True)
        manage("seed_demo", "--papers", str(PAPERS), "--verbosity", "0")
        (PAPERS / "done").touch()


def tell(port):
    print("\nPapers to look at:")
    for file in sorted(PAPERS.glob("*.*")):
        print(f"  {file}")
    print(ACCOUNTS.format(password=os.environ.get("DEMO_PASSWORD", "hoiam-demo")))
    print(f"Serve: make demo → http://127.0.0.1:{port}", flush=True)


def serve(port):
    """The pages, and a worker for long work beside them; both end together."""
    signal.signal(signal.SIGTERM, lambda *_arguments: sys.exit(0))
    worker = subprocess.Popen([sys.executable, "manage.py", "qcluster"], stdout=subprocess.DEVNULL)
    pages = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    try:
        subprocess.run([*pages, "--log-level", "warning"], check=False)
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        worker.terminate()
        worker.wait()


def manage(*arguments):
    """Run a command; one that fails has said why, and ends this one too."""
    done = subprocess.run([sys.executable, "manage.py", *arguments], check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
