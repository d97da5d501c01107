"""Publish small sites on command, some of them killed just before one numbered step.

Reads one JSON list a line: the output folder, the text every page gets, the number of the step to
die at (0 to live), and ``rename`` where the system is to answer as one that cannot exchange
folders. Answers each with a line: the number of steps, ``killed``, or ``failed``.
Steps are counted by Python's own audit events, so that each touch of the file system is one.
Every build is a fork of this process: a whole Python each would take a minute more.
"""

import json
import os
import signal
import sys
from pathlib import Path

from daybook.publishing.staging import Stage

from .no_exchange import forbid_exchange

WATCHED = ("open", "os.", "fcntl.", "shutil.", "ctypes.")
steps = [0]


def build(output: Path, text: str, die_at: int, mode: str) -> None:
    def count(event: str, _: object) -> None:
        if event.startswith(WATCHED):
            steps[0] += 1
            if steps[0] == die_at:
                os.kill(os.getpid(), signal.SIGKILL)

    if mode == "rename":
        forbid_exchange()
    sys.addaudithook(count)
    stage = Stage.open(output)
    for name in ("index.html", "papers/a.html", "papers/b.html"):
        stage.write(name, f"<p>{text} {name}".encode())
    stage.write("same.txt", b"the same in every build", spare=True)
    stage.write("also/same.txt", b"the same, and written again")
    stage.write(f"only-{text}.html", b"one build's own")
    stage.publish()


for line in sys.stdin:
    output, text, die_at, mode = json.loads(line)
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            build(Path(output), text, die_at, mode)
            os.write(sending, str(steps[0]).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(sending)
    answer = os.read(receiving, 100).decode()
    os.close(receiving)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        answer = "killed"
    sys.stdout.write((answer or "failed") + "\n")
    sys.stdout.flush()
