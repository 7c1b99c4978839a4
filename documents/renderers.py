"""Processes that lay papers out beside this one, so that many are made on all cores at once.

They are started when first needed, read one paper after the other, and end with the process that started them or
when it has had nothing for them for a while.
"""

import logging
import pickle
import select
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from queue import SimpleQueue

from django.conf import settings

logger = logging.getLogger(__name__)

#: A process nobody has given work for so many seconds ends.
IDLE_SECONDS = 120


def render_all(papers):
    """The PDFs of many (paper or part of one, source) pairs, in order; None for one that could not be made."""
    idle = _processes(settings.RENDERERS)

    def one(pair):
        process = idle.get()
        try:
            return process.render(pair)
        finally:
            idle.put(process)

    with ThreadPoolExecutor(settings.RENDERERS) as threads:
        return list(threads.map(one, papers))


@cache
def _processes(number):
    idle = SimpleQueue()
    for _process in range(number):
        idle.put(_Process())
    return idle


def stop():
    """End those that wait for work, and wait until they have ended."""
    idle = _processes(settings.RENDERERS)
    for _process in range(idle.qsize()):
        process = idle.get()
        process.end()
        idle.put(process)


class _Process:
    """One process that lays out what it is given; started again where it has ended."""

    running = None

    def render(self, pair):
        try:
            return self._asked(pair)
        except (OSError, EOFError, pickle.PickleError):
            logger.info("a process that lays papers out has ended", exc_info=True)
            self.running = None
            return None

    def end(self):
        if self.running is not None:
            self.running.stdin.close()
            self.running.wait()
            self.running = None

    def _asked(self, pair):
        if self.running is None or self.running.poll() is not None:
            command = [sys.executable, "-m", "documents.renderers"]
            self.running = subprocess.Popen(  # noqa: S603 — our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR
            )
        pickle.dump(pair, self.running.stdin)
        self.running.stdin.flush()
        return pickle.load(self.running.stdout)  # noqa: S301 — what our own process wrote


def serve():
    """What such a process does: one paper after the other, until its input ends or stays empty."""
    import django  # noqa: PLC0415 — only the process itself starts the apps

    django.setup()
    from documents import pdf  # noqa: PLC0415 — as above
    from documents.papers import Part  # noqa: PLC0415 — as above

    given, made = sys.stdin.buffer, sys.stdout.buffer
    while select.select([given], [], [], IDLE_SECONDS)[0]:
        try:
            paper, source = pickle.load(given)  # noqa: S301 — what the process that started us wrote
        except EOFError:
            return
        try:
            content = (pdf.render_part if isinstance(paper, Part) else pdf.render)(paper, source)
        except Exception:
            logger.exception("a paper could not be laid out")
            content = None
        pickle.dump(content, made)
        made.flush()


if __name__ == "__main__":
    serve()
