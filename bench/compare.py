#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares folio with wc and ripgrep on the same files, interleaved in one run, and prints medians and ratios.

usage: bench/compare.py [--size BYTES] [--rounds N] [--dir DIR] [--only WORD] [--json FILE]

Every case first checks that both programs give the same answer. The page cache is put into a stated state: `small`,
written in pieces of 4 KiB (folios of 4 KiB where the file system makes them as large as the writes), and `huge`, read
cold through a mapping with MADV_HUGEPAGE. How far that worked is shown as faults per MiB of a mapped scan."""
import argparse
import json
import mmap
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent
BUILD = Path(os.environ.get("FOLIO_BUILD", SOURCE / "build" / "release"))
FOLIO = os.environ.get("FOLIO", str(BUILD / "folio"))
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
PIECE = 4096
MADV_HUGEPAGE = 14


class Case:
    """One row: a folio command and a peer's, and the ratio that is aimed at."""

    def __init__(self, name, ours, peers, goal=None, pipe=False):
        self.name, self.ours, self.peers, self.goal, self.pipe = name, ours, peers, goal, pipe


def once(command, pipe):
    """Seconds and output of one run. With `pipe` the output goes through a pipe to a reader, else to /dev/null."""
    target = subprocess.PIPE if pipe else subprocess.DEVNULL
    begin = time.perf_counter()
    if pipe:
        process = subprocess.Popen(command, stdout=target, env=ENVIRONMENT)
        reader = subprocess.Popen(["cat"], stdin=process.stdout, stdout=subprocess.DEVNULL)
        process.stdout.close()
        reader.wait()
        process.wait()
    else:
        subprocess.run(command, stdout=target, env=ENVIRONMENT, check=False)
    return time.perf_counter() - begin


def answer(command):
    return subprocess.run(command, stdout=subprocess.PIPE, env=ENVIRONMENT, check=False).stdout


def measure(case, rounds):
    """Medians of the commands, run in turns whose order is reversed each time."""
    commands = [case.ours, *case.peers]
    times = [[] for _ in commands]
    for command in commands:
        once(command, case.pipe)
    for number in range(rounds):
        order = list(range(len(commands)))
        for index in order if number % 2 == 0 else reversed(order):
            times[index].append(once(commands[index], case.pipe))
    return [statistics.median(values) for values in times]


def write_in_pieces(source, target):
    with open(source, "rb") as reader, open(target, "wb", buffering=0) as writer:
        while block := reader.read(PIECE):
            writer.write(block)
        os.fsync(writer.fileno())


def read_as_huge(path):
    with open(path, "rb") as source:
        os.fsync(source.fileno())
        os.posix_fadvise(source.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        with mmap.mmap(source.fileno(), 0, prot=mmap.PROT_READ) as view:
            view.madvise(MADV_HUGEPAGE)
            for offset in range(0, len(view), 4096):
                view[offset]


def faults_per_mebibyte(path):
    result = subprocess.run([FOLIO, "count", "-l", "--access", "map", "--stats", path], stderr=subprocess.PIPE,
                            stdout=subprocess.DEVNULL, check=True, text=True)
    faults = int(re.search(r"faults: ([\d,]+) minor", result.stderr).group(1).replace(",", ""))
    return faults / (os.path.getsize(path) / 2**20)


def bandwidth():
    program = BUILD / "folio_bandwidth"
    return json.loads(answer([str(program)])) if program.exists() else None


def cases(log, state):
    rg = shutil.which("rg")
    goal_lines = 0.30 if state == "huge" else 0.40
    rows = [Case(f"count -l ({state})", [FOLIO, "count", "-l", log], [["wc", "-l", log]], goal_lines),
            Case(f"count ({state})", [FOLIO, "count", log], [["wc", log]], 0.10)]
    if not rg:
        return rows
    for name, pattern, goal in (("rare", "XYZZYneedle", 0.60), ("1 line in 20", "HTTP/1.1\" 404", 0.40),
                                ("frequent", "Mozilla", None)):
        rows.append(Case(f"search -c {name} ({state})", [FOLIO, "search", "-c", pattern, log],
                         [[rg, "-c", "-F", pattern, log]], goal))
    rows.append(Case(f"search -c rare, 1 thread ({state})", [FOLIO, "search", "-c", "--threads", "1", "XYZZYneedle", log],
                     [[rg, "-c", "-F", "--threads", "1", "XYZZYneedle", log]], 1.0))
    rows.append(Case(f"search 1 line in 20, to a pipe ({state})", [FOLIO, "search", "HTTP/1.1\" 404", log],
                     [[rg, "-F", "HTTP/1.1\" 404", log]], 0.60, pipe=True))
    return rows


def access_cases(folder, log):
    """auto against each fixed access method: the peers of these rows."""
    for size, name in ((4096, "4 KiB"), (2**20, "1 MiB"), (64 * 2**20, "64 MiB"), (os.path.getsize(log), "all")):
        path = log
        if size < os.path.getsize(log):
            path = str(folder / f"part{size}")
            with open(log, "rb") as source, open(path, "wb") as target:
                shutil.copyfileobj(PartReader(source, size), target)
        for work in (["count", "-l"], ["search", "-c", "XYZZYneedle"]):
            fixed = [[FOLIO, *work, "--access", access, path] for access in ("map", "read", "uring")]
            yield Case(f"auto {name}, {work[0]}, against the best of map, read, uring", [FOLIO, *work, path], fixed, 1.15)


class PartReader:
    def __init__(self, source, size):
        self.source, self.left = source, size

    def read(self, count):
        data = self.source.read(min(count, self.left))
        self.left -= len(data)
        return data


def check_answers(case):
    ours = answer(case.ours)
    for peer in case.peers:
        if re.findall(rb"\d+", ours[:200])[:1] != re.findall(rb"\d+", answer(peer)[:200])[:1]:
            sys.exit(f"{case.name}: the answers differ")


def show(case, medians, size, rows):
    best = min(medians[1:])
    ratio = medians[0] / best
    speed = f"{size / medians[0] / 1e9:6.2f} GB/s" if size > 2**24 else " " * 11
    goal = "" if case.goal is None else f"  goal {case.goal:.2f}{'' if ratio <= case.goal else '  MISSED'}"
    print(f"{case.name:58} {medians[0] * 1e3:9.2f} ms {speed}  peer {best * 1e3:9.2f} ms  ratio {ratio:5.2f}{goal}", flush=True)
    rows.append({"case": case.name, "seconds": medians, "ratio": ratio, "goal": case.goal})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=2 * 10**9)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--dir", default=None)
    parser.add_argument("--only", default="")
    parser.add_argument("--json", default=None)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(dir=options.dir))
    rows = []
    try:
        made, log = str(folder / "made"), str(folder / "log")
        subprocess.run([FOLIO, "generate", "log", made, "--size", str(options.size), "--needle", "XYZZYneedle",
                        "--every", "100000"], check=True, stdout=subprocess.DEVNULL)
        write_in_pieces(made, log)
        os.unlink(made)
        limit = bandwidth()
        for state in ("small", "huge"):
            if state == "huge":
                read_as_huge(log)
            print(f"page cache `{state}`: {faults_per_mebibyte(log):.1f} faults per MiB when mapped; memory limit "
                  f"{limit['best'] / 1e9 if limit else 0:.1f} GB/s", flush=True)
            rows.append({"state": state, "faults_per_mebibyte": faults_per_mebibyte(log), "bandwidth": limit})
            for case in [*cases(log, state), *access_cases(folder, log)]:
                if options.only in case.name:
                    check_answers(case)
                    small = max(options.rounds, 41) if "KiB" in case.name or "1 MiB" in case.name else options.rounds
                    show(case, measure(case, small), os.path.getsize(log) if "MiB" not in case.name and "KiB" not in case.name else 0, rows)
        tiny = str(folder / "tiny")
        Path(tiny).write_text("one line\n")
        case = Case("start-up on a tiny file", [FOLIO, "count", "-l", tiny], [["wc", "-l", tiny]], 3.0)
        if options.only in case.name:
            show(case, measure(case, 101), 0, rows)
        if options.json:
            Path(options.json).write_text(json.dumps(rows, indent=1))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
