#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Truncation torture: files are cut at random moments while they are counted and searched. No signal death, no hang;
exit status 3, or a result that is right for the bytes that it names. FOLIO_TORTURE_ROUNDS sets the number of scans."""
import json
import os
import random
import re
import subprocess
import threading
import time
import unittest

from command import FOLIO, UTF8, FolderTest

ROUNDS = int(os.environ.get("FOLIO_TORTURE_ROUNDS", "100"))
ACCESS = ["map", "read", "uring", "direct", "auto"]
LINE = b"%015d needle %030d\n"
LINE_SIZE = len(LINE % (0, 0))
LINES = 200000


def wait_until_open(process, path):
    """A file cut before it is opened is just a shorter file."""
    folder = f"/proc/{process.pid}/fd"
    while process.poll() is None:
        try:
            if any(os.readlink(f"{folder}/{name}") == str(path) for name in os.listdir(folder)):
                return
        except OSError:
            pass  # the process is about to end, or the descriptor was closed while we looked


class TruncationTest(FolderTest):
    def setUp(self):
        super().setUp()
        self.content = b"".join(LINE % (number, number) for number in range(LINES))
        self.path = self.folder / "victim"

    def cut_while(self, words, rng):
        """Runs the command while another thread cuts the file; returns status, output and the size it was cut to."""
        self.path.write_bytes(self.content)
        size = rng.choice([0, rng.randrange(len(self.content)), rng.randrange(len(self.content)) // 4096 * 4096])
        process = subprocess.Popen([FOLIO, *words, str(self.path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8)

        def cut():
            wait_until_open(process, self.path)
            time.sleep(rng.random() * 0.012)
            os.truncate(self.path, size)
            if rng.random() < 0.3:
                os.truncate(self.path, len(self.content))

        cutter = threading.Thread(target=cut)
        cutter.start()
        output, errors = process.communicate(timeout=60)
        cutter.join()
        self.assertIn(process.returncode, (0, 1, 3), (words, process.returncode, errors))
        return process.returncode, output

    def check_count(self, flags, rng):
        status, output = self.cut_while(["count", "-lc", "--json", *flags], rng)
        data = json.loads(output)
        begin, end = data["covered"]
        self.assertEqual(status == 0, data["complete"])
        self.assertEqual(begin, 0)
        self.assertLessEqual(end, len(self.content))
        self.assertTrue(not data["complete"] or end == len(self.content), (flags, data))
        if data.get("problem") == "modified":
            self.assertEqual(end, 0)  # it names no bytes
            return status
        self.assertEqual(data["bytes"], end)
        self.assertEqual(data["lines"], end // LINE_SIZE, (flags, data))
        return status

    def check_search(self, flags, rng):
        # A literal, a required literal with an engine behind it, byte sets, and the automaton over everything.
        pattern = rng.choice(["needle", r"\bneedle [0-9]+$", r"[0-9] n[a-z]+ [0-9]{3}", r"^[^x]+$", r"(\d+) needle \d"])
        status, output = self.cut_while(["search", "--json", *flags, pattern], rng)
        numbers = [json.loads(line)["data"]["line_number"] for line in output.splitlines() if b'"match","data"' in line]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)), flags)
        if status == 0:
            self.assertEqual(len(numbers), LINES, flags)
        return status

    def check_tree(self, flags, rng):
        """The victim among others, which must be searched whatever becomes of it. Files cut under a reader that loads
        them whole may lack lines at the end, never in between."""
        (self.folder / "other").write_bytes(LINE % (1, 1))
        status, output = self.cut_while(["search", "-n", "-H", *flags, "needle", str(self.folder / "other")], rng)
        lines = output.splitlines()
        self.assertEqual(sum(b"other:1:" in line for line in lines), 1)
        # A file that was cut and has grown again holds NUL bytes: then there is one line that says so.
        numbers = [int(line.split(b":")[1]) for line in lines if re.search(rb"victim:\d", line)]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)), flags)
        return status

    def test_torture(self):
        rng = random.Random(int(os.environ.get("FOLIO_TORTURE_SEED", "1")))
        statuses = {0: 0, 1: 0, 3: 0}
        for number in range(ROUNDS):
            flags = ["--access", ACCESS[number % len(ACCESS)], "--threads", "2",
                     "--chunk-size", rng.choice(["64K", "256K", "1M"])]
            check = rng.choice([self.check_count, self.check_search, self.check_search, self.check_tree])
            statuses[check(flags, rng)] += 1
        print(f"{ROUNDS} scans: {statuses[0]} complete, {statuses[1]} without a match, {statuses[3]} cut")
        if ROUNDS >= 50:
            self.assertGreater(statuses[3], 0, "no scan was hit: the test tests nothing")


if __name__ == "__main__":
    unittest.main()
