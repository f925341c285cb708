#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the programs of examples/ and checks what they print."""
import os
import random
import subprocess
import tempfile
import unittest
from pathlib import Path

EXAMPLES = Path(os.environ["FOLIO_EXAMPLES"])


def run_example(name, *arguments):
    return subprocess.run([EXAMPLES / name, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
                          check=False)


def make_text(size):
    """Lines of random length with a pattern in some of them; larger than several chunks."""
    chance = random.Random(1)
    words = [b"ERROR", b"folio", b"mapping", b"aaaa", b"x" * 50]
    lines = []
    while size > 0:
        lines.append(b" ".join(chance.choices(words, k=chance.randrange(12))) + b"\n")
        size -= len(lines[-1])
    return b"".join(lines)


def all_offsets(text, pattern):
    offsets, at = [], text.find(pattern)
    while at >= 0:
        offsets.append(at)
        at = text.find(pattern, at + 1)
    return offsets


class ExamplesTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.text = make_text(5_000_000)
        self.file = Path(self.folder.name, "text")
        self.file.write_bytes(self.text)

    def test_count_byte_parallel(self):
        result = run_example("count_byte_parallel", self.file, "o")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual(int(result.stdout), self.text.count(b"o"))

    def test_find_pattern(self):
        for pattern in (b"ERROR folio", b"aa", b"not there"):
            result = run_example("find_pattern", self.file, pattern)
            self.assertEqual((result.returncode, result.stderr), (0, b""))
            self.assertEqual([int(line) for line in result.stdout.split()], all_offsets(self.text, pattern))

    def test_find_pattern_refuses_a_pattern_over_lines(self):
        self.assertEqual(run_example("find_pattern", self.file, "a\nb").returncode, 2)

    def test_edit_in_place(self):
        result = run_example("edit_in_place", self.file, "a", "A")
        self.assertEqual((result.returncode, result.stderr, result.stdout), (0, b"", b""))
        self.assertEqual(self.file.read_bytes(), self.text.replace(b"a", b"A"))

    def test_edit_in_place_of_an_empty_file(self):
        self.file.write_bytes(b"")
        self.assertEqual(run_example("edit_in_place", self.file, "a", "A").returncode, 0)
        self.assertEqual(self.file.read_bytes(), b"")

    def test_search_tree(self):
        tree = Path(self.folder.name, "tree")
        (tree / "below").mkdir(parents=True)
        (tree / ".ignore").write_text("*.tmp\n")
        for name in ("b", "below/a", "left.tmp", ".hidden"):
            (tree / name).write_text(f"one\n{name} 2024\n")
        result = run_example("search_tree", tree, r"[a-z] \d{4}$")
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        self.assertEqual(result.stdout.decode(), f"{tree}/b:b 2024\n{tree}/below/a:below/a 2024\n")
        self.assertEqual(run_example("search_tree", tree, "none").returncode, 1)
        self.assertIn(b"position 2", run_example("search_tree", tree, "a(b").stderr)

    def test_follow_file(self):
        log, old = Path(self.folder.name, "log"), Path(self.folder.name, "log.1")
        log.write_text("start\nerror 1\n")
        with subprocess.Popen([EXAMPLES / "follow_file", log, "^error", "3"], stdout=subprocess.PIPE) as process:
            self.addCleanup(process.kill)
            self.assertEqual(process.stdout.readline(), b"error 1\n")
            with log.open("a") as file:
                file.write("warning\nerror 2\n")
            self.assertEqual(process.stdout.readline(), b"error 2\n")
            log.rename(old)
            log.write_text("error 3\nerror 4\n")
            self.assertEqual(process.stdout.read(), b"error 3\n")
            self.assertEqual(process.wait(60), 0)

    def test_missing_file_is_an_error_that_names_it(self):
        missing = str(self.file) + ".gone"
        for name, arguments in (("count_byte_parallel", "o"), ("find_pattern", "o"), ("edit_in_place", "ab"),
                                ("search_tree", "o")):
            result = run_example(name, missing, *arguments)
            self.assertEqual((result.returncode, result.stdout), (2, b""), name)
            self.assertIn(missing.encode(), result.stderr)

    def test_wrong_usage(self):
        for name in ("count_byte_parallel", "find_pattern", "edit_in_place", "search_tree", "follow_file"):
            result = run_example(name)
            self.assertEqual(result.returncode, 2)
            self.assertTrue(result.stderr.startswith(b"usage: " + name.encode()))


if __name__ == "__main__":
    unittest.main()
