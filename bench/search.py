#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares `folio search` with ripgrep: pattern classes on one big log, with all threads and with one; trees of small and
of middling files; start-up. Interleaved, medians and ratios; every case first checks that both give the same answer.

usage: bench/search.py [--size BYTES] [--rounds N] [--dir DIR] [--only WORD] [--log FILE] [--json FILE]"""
import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from compare import FOLIO, Case, answer, faults_per_mebibyte, measure, read_as_huge, write_in_pieces

RARE = "XYZZYneedle"
ALTERNATION = "YandexBot/9|SemrushBot/9|XYZZYneedle|PetalBot/9|/wp-login-x"
SMALL_TREES = ("/usr/include", "/usr/share", "/usr/lib/python3", "/usr/src", "/var/lib/dpkg", "/etc")
SMALL_FILES = 100_000


def words(count, seed):
    """Made-up words that are rare in any log."""
    rng = random.Random(seed)
    syllables = [a + b for a in "bcdfghjklmnprstvwz" for b in "aeiou"]
    return ["".join(rng.choices(syllables, k=rng.choice([4, 5, 6]))) for _ in range(count)]


def pattern_cases(log, list_file):
    """(name, flags and pattern, goal, through a pipe)"""
    yield "rare literal", ["-c", RARE], 0.60, False
    yield "rare literal, -n", ["-n", RARE], 0.60, False
    yield "literal -i", ["-c", "-i", "xyzzyNEEDLE"], 0.40, False
    yield "literal -i with k and s", ["-c", "-i", "ask statistics"], 0.40, False
    yield "5 literals", ["-c", ALTERNATION], 0.45, False
    yield "5 literals -i", ["-c", "-i", ALTERNATION], 0.45, False
    yield "[A-Z][a-z]+ [0-9]{4}", ["-c", "[A-Z][a-z]+ [0-9]{4}"], 0.60, False
    yield r"\w+\s+\w+\s+needle", ["-c", r"\w+\s+\w+\s+needle"], 0.60, False
    yield r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}\.9", ["-c", r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}\.9"], 0.60, False
    yield "1 line in 20, to a pipe", ["HTTP/1.1\" 404"], 0.60, True
    yield "1,000 literals", ["-c", "-F", "-f", list_file], 0.50, False


def cases(log, list_file):
    rg = ["rg", "--no-config"]
    for name, flags, goal, pipe in pattern_cases(log, list_file):
        yield Case(name, [FOLIO, "search", *flags, log], [[*rg, *flags, log]], goal, pipe)
        one = ["--threads", "1"]
        yield Case(name + ", 1 thread", [FOLIO, "search", *one, *flags, log], [[*rg, *one, *flags, log]], 1.1, pipe)


def small_tree(folder):
    """Copies small files of this machine until there are enough of them."""
    tree, count = folder / "small", 0
    for source in SMALL_TREES:
        for path in sorted(Path(source).rglob("*")):
            if count >= SMALL_FILES or not path.is_file() or path.is_symlink() or path.stat().st_size > 200_000:
                continue
            target = tree / str(count // 500) / f"{count}{path.suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            count += 1
    number = 0
    while count < SMALL_FILES:
        target = tree / f"more{number // 500}" / f"{number}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(" ".join(words(200, number)) + "\n")
        number, count = number + 1, count + 1
    return str(tree)


def middling_tree(folder):
    tree = folder / "middling"
    tree.mkdir()
    made = tree / "0"
    subprocess.run([FOLIO, "generate", "log", made, "--size", "10M"], check=True, stdout=subprocess.DEVNULL)
    for number in range(1, 200):
        shutil.copyfile(made, tree / str(number))
    return str(tree)


def tree_cases(folder, wanted):
    rg = ["rg", "--no-config"]
    trees = (("tree of 100,000 small files", small_tree, 1.0), ("200 files of 10 MB", middling_tree, 0.9))
    for name, make, goal in trees:
        if wanted not in name:
            continue
        tree = make(folder)
        for kind, flags in (("rare literal", ["-c", RARE]), ("expression", ["-c", "[A-Z][a-z]+ [0-9]{4}"]),
                            ("frequent, lines", ["-n", "the"])):
            yield Case(f"{name}, {kind}", [FOLIO, "search", *flags, tree], [[*rg, *flags, tree]], goal)
    tiny = folder / "tiny"
    tiny.write_text("one line\n")
    yield Case("start-up, one tiny file", [FOLIO, "search", "one", tiny], [[*rg, "one", tiny]], 1.5)
    yield Case("start-up, regular expression", [FOLIO, "search", r"o\w+", tiny], [[*rg, r"o\w+", tiny]], 1.5)


def same(case):
    return sorted(answer(case.ours).splitlines()) == sorted(answer(case.peers[0]).splitlines())


def run(case, rounds, state, rows):
    if not same(case):
        sys.exit(f"{case.name}: the answers differ")
    many = rounds if "start-up" not in case.name else 51
    medians = measure(case, many)
    ratio = medians[0] / medians[1]
    missed = "" if ratio <= case.goal else "  MISSED"
    print(f"{state:6} {case.name:44} {medians[0] * 1e3:9.1f} ms  rg {medians[1] * 1e3:9.1f} ms  ratio {ratio:5.2f}  "
          f"goal {case.goal:.2f}{missed}", flush=True)
    rows.append({"case": case.name, "state": state, "folio": medians[0], "rg": medians[1], "ratio": ratio, "goal": case.goal})


def make_log(folder, size):
    made, log = str(folder / "made"), str(folder / "log")
    subprocess.run([FOLIO, "generate", "log", made, "--size", str(size), "--needle", RARE, "--every", "100000"],
                   check=True, stdout=subprocess.DEVNULL)
    write_in_pieces(made, log)
    Path(made).unlink()
    return log


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=2 * 10**9)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--dir", default=None)
    parser.add_argument("--only", default="")
    parser.add_argument("--log", default=None)
    parser.add_argument("--json", default=None)
    options = parser.parse_args()
    folder, rows = Path(tempfile.mkdtemp(dir=options.dir)), []
    try:
        log = options.log or make_log(folder, options.size)
        list_file = folder / "list"
        list_file.write_text("\n".join(words(1000, 1)) + "\n")
        for state in ("small", "huge"):
            if state == "huge":
                read_as_huge(log)
            print(f"page cache `{state}`: {faults_per_mebibyte(log):.1f} faults per MiB when mapped", flush=True)
            for case in cases(log, list_file):
                if options.only in case.name:
                    run(case, options.rounds, state, rows)
        for case in tree_cases(folder, options.only):
            if options.only in case.name:
                run(case, options.rounds, "", rows)
        if options.json:
            Path(options.json).write_text(json.dumps(rows, indent=1))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
