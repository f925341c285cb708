#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio search --follow: lines that are appended are shown as they come, whatever becomes of the file's name."""
import json
import os
import queue
import signal
import subprocess
import threading
import time
import unittest

from command import FOLIO, UTF8, FolderTest

WAIT = 5


class Follower:
    """A running `folio search --follow`, whose lines arrive in a queue."""

    def __init__(self, *words, cwd=None):
        self.process = subprocess.Popen([FOLIO, "search", "--follow", *map(os.fsencode, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        stdin=subprocess.DEVNULL, env=UTF8, cwd=cwd)
        self.lines, self.told = queue.Queue(), queue.Queue()
        self.readers = [threading.Thread(target=self.read, args=pair, daemon=True)
                        for pair in ((self.process.stdout, self.lines), (self.process.stderr, self.told))]
        for reader in self.readers:
            reader.start()

    @staticmethod
    def read(source, target):
        for line in source:
            target.put(line)
        target.put(None)

    def wait_until_it_watches(self):
        for _ in range(WAIT * 100):
            if any(b"inotify wd" in self.facts(number) for number in self.descriptors()):
                time.sleep(0.03)
                return
            time.sleep(0.01)

    def descriptors(self):
        try:
            return os.listdir(f"/proc/{self.process.pid}/fdinfo")
        except OSError:
            return []

    def facts(self, number):
        try:
            with open(f"/proc/{self.process.pid}/fdinfo/{number}", "rb") as facts:
                return facts.read()
        except OSError:
            return b""

    def line(self):
        return self.lines.get(timeout=WAIT)

    def says(self):
        return self.told.get(timeout=WAIT)

    def end(self, number=signal.SIGINT):
        """Status, and the lines that had not been taken."""
        self.process.send_signal(number)
        status = self.process.wait(WAIT)
        for reader in self.readers:
            reader.join(WAIT)
        self.process.stdout.close()
        self.process.stderr.close()
        rest = []
        while not self.lines.empty():
            rest.append(self.lines.get())
        return status, [line for line in rest if line is not None]


class FollowTest(FolderTest):
    def follow(self, *words):
        follower = Follower(*words, cwd=self.folder)
        self.addCleanup(lambda: follower.process.poll() is None and follower.end(signal.SIGKILL))
        follower.wait_until_it_watches()
        return follower

    def append(self, name, content):
        with open(self.folder / name, "ab", buffering=0) as target:
            target.write(content)

    def test_what_is_appended(self):
        """And not what was there before; lines count from where the search began, as those of `tail -n0 -F | grep -n`."""
        self.file("log", b"old needle\nhay\n")
        follower = self.follow("-n", "needle", "log")
        self.append("log", b"hay\n")
        self.append("log", b"new needle\n")
        self.assertEqual(follower.line(), b"2:new needle\n")
        self.append("log", b"half a nee")
        self.append("log", b"dle\nhay\n")
        self.assertEqual(follower.line(), b"3:half a needle\n")
        self.assertEqual(follower.end(), (130, []))

    def test_rotation_by_rename(self):
        self.file("log", b"")
        follower = self.follow("needle", "log")
        self.append("log", b"needle 1\n")
        self.assertEqual(follower.line(), b"needle 1\n")
        os.rename(self.folder / "log", self.folder / "log.1")
        self.append("log.1", b"needle 2\n")
        self.file("log", b"needle 3\n")
        self.assertEqual([follower.line(), follower.line()], [b"needle 2\n", b"needle 3\n"])
        self.append("log", b"needle 4\n")
        self.assertEqual(follower.line(), b"needle 4\n")
        self.assertIn(b"log", follower.says())
        self.assertEqual(follower.end(), (130, []))

    def test_truncation_in_place(self):
        self.file("log", b"")
        follower = self.follow("needle", "log")
        self.append("log", b"needle 1\n" + b"hay\n" * 1000)
        self.assertEqual(follower.line(), b"needle 1\n")
        os.truncate(self.folder / "log", 0)
        self.append("log", b"needle 2\n")
        self.assertEqual(follower.line(), b"needle 2\n")
        self.assertIn(b"log", follower.says())
        self.assertEqual(follower.end(), (130, []))

    def test_removal_and_creation(self):
        self.file("log", b"")
        follower = self.follow("needle", "log")
        self.append("log", b"needle 1\n")
        self.assertEqual(follower.line(), b"needle 1\n")
        os.unlink(self.folder / "log")
        self.assertIn(b"log", follower.says())
        self.file("log", b"needle 2\n")
        self.assertEqual(follower.line(), b"needle 2\n")
        self.assertEqual(follower.end(signal.SIGTERM), (130, []))

    def test_a_file_that_comes_later(self):
        self.file("other", b"")
        follower = self.follow("needle", "log")
        self.assertIn(b"log", follower.says())
        self.file("log", b"needle\n")
        self.assertEqual(follower.line(), b"needle\n")
        self.assertEqual(follower.end(), (130, []))

    def test_two_files(self):
        self.file("a", b"")
        self.file("b", b"")
        follower = self.follow("needle", "a", "b")
        self.append("a", b"needle a\n")
        self.assertEqual(follower.line(), b"a:needle a\n")
        self.append("b", b"needle b\n")
        self.assertEqual(follower.line(), b"b:needle b\n")
        self.append("a", b"needle c\n")
        self.assertEqual(follower.line(), b"a:needle c\n")
        self.assertEqual(follower.end(), (130, []))

    def test_context_as_it_comes(self):
        self.file("log", b"")
        follower = self.follow("-n", "-A2", "-B1", "needle", "log")
        self.append("log", b"before\nneedle\n")
        self.assertEqual([follower.line(), follower.line()], [b"1-before\n", b"2:needle\n"])
        for number in range(3, 8):
            self.append("log", b"line %d\n" % number)
        self.assertEqual([follower.line(), follower.line()], [b"3-line 3\n", b"4-line 4\n"])
        self.append("log", b"needle again\n")
        self.assertEqual([follower.line() for _ in range(3)], [b"--\n", b"7-line 7\n", b"8:needle again\n"])
        self.append("log", b"after\n")
        self.assertEqual(follower.line(), b"9-after\n")
        self.assertEqual(follower.end(), (130, []))

    def test_flags_of_output(self):
        for flags, expected in ((["-o"], b"needle\n"), (["-N"], b"a needle b\n"), (["-r", "<$0>"], b"a <needle> b\n"), (["-H"], b"log:a needle b\n"),
                                (["--column", "-N"], b"3:a needle b\n"), (["-w"], b"a needle b\n"), (["-P"], b"a needle b\n"),
                                (["-v", "-e", "hay"], None), (["--color=always"], b"a \x1b[0m\x1b[1m\x1b[31mneedle\x1b[0m b\n")):
            with self.subTest(flags=flags):
                self.file("log", b"hay\n")
                follower = self.follow(*flags, *(["-e", "needle"] if expected else []), "log")
                self.append("log", b"a needle b\n")
                self.assertEqual(follower.line(), expected or b"a needle b\n")
                self.assertEqual(follower.end(), (130, []))

    def test_a_limited_number_ends_it(self):
        self.file("log", b"")
        follower = self.follow("-m2", "needle", "log")
        self.append("log", b"needle 1\nneedle 2\nneedle 3\n")
        self.assertEqual([follower.line(), follower.line(), follower.line()], [b"needle 1\n", b"needle 2\n", None])
        self.assertEqual(follower.process.wait(WAIT), 0)
        self.assertEqual(follower.end()[1], [])

    def test_json(self):
        self.file("log", b"")
        follower = self.follow("--json", "needle", "log")
        self.append("log", b"needle 1\n")
        self.assertEqual([json.loads(follower.line())["type"] for _ in range(2)], ["begin", "match"])
        self.append("log", b"needle 2\n")
        self.assertEqual(json.loads(follower.line())["data"]["line_number"], 2)
        follower.end()

    def test_lines_that_end_with_nul(self):
        self.file("log", b"")
        follower = self.follow("--null-data", "-o", r"needle \d\n?", "log")
        self.append("log", b"needle 1\0needle 2\n\0needle 3\0")
        self.assertEqual(follower.line(), b"needle 1\0needle 2\n")

    def test_a_closed_pipe_ends_it(self):
        self.file("log", b"")
        process = subprocess.Popen([FOLIO, "search", "--follow", "needle", str(self.folder / "log")], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8)
        process.stdout.close()
        for _ in range(200):
            self.append("log", b"needle\n" * 10)
            try:
                process.wait(0.05)
                break
            except subprocess.TimeoutExpired:
                pass
        self.assertIn(process.wait(WAIT), (0, -signal.SIGPIPE))
        process.stderr.close()

    def test_a_directory_can_not_be_followed(self):
        follower = self.follow("needle", ".")
        self.assertEqual(follower.process.wait(WAIT), 2)
        self.assertIn(b"regular files", follower.says())


if __name__ == "__main__":
    unittest.main()
