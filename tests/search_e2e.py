#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio search against grep -F and an oracle of its own, for every way to read."""
import base64
import json
import os
import random
import re
import signal
import subprocess
import time
import unittest

from command import FOLIO, SANITIZED, UTF8, FolderTest, peer, run, variants

TEXT = b"alpha needle\nbeta\nneedle needle\n\nNEEDLE\nlast needle without end"


def oracle(content, pattern, invert=False, fold=False):
    """(number, offset, line) of the selected lines."""
    selected, offset = [], 0
    for number, line in enumerate(content.split(b"\n"), 1):
        if offset < len(content):
            hit = (pattern.lower() in line.lower()) if fold else (pattern in line)
            if hit != invert:
                selected.append((number, offset, line))
        offset += len(line) + 1
    return selected


class SearchTest(FolderTest):
    def test_lines_as_grep_prints_them(self):
        path = self.file("sample", TEXT)
        for flags in ([], ["-n"], ["-b"], ["-nb"], ["-v"], ["-vn"], ["-c"], ["-i"], ["-in"], ["-o"], ["-ob"], ["-on"],
                      ["-m1"], ["-m2", "-n"], ["-H"], ["-cv"], ["-l"], ["-m1", "-v"], ["-bo", "-i"]):
            with self.subTest(flags=flags):
                expected = peer("grep", "-F", *flags, "needle", path)
                self.check(run("search", *flags, "needle", path), expected.returncode, expected.stdout)

    def test_same_answer_for_every_way_to_read(self):
        rng = random.Random(11)
        pieces = [b"needle", b"need", b"le", b"\n", b"\n\n", b"x" * 50, b"\r\n", b"\xff\xfe", "é".encode()]
        content = b"".join(rng.choices(pieces, k=1500))
        path = self.file("sample", content)
        for modes in (["-nb"], ["-v", "-n"], ["-c"], ["-on"], ["-m7", "-n"]):
            expected = run("search", *modes, "needle", stdin=content).stdout
            grep = peer("grep", "-aF", *modes, "needle", path)
            self.assertEqual(expected, grep.stdout, modes)
            for flags in variants():
                with self.subTest(modes=modes, flags=flags):
                    self.check(run("search", *modes, *flags, "needle", path), 0, expected)

    def test_algorithms_agree(self):
        content = b"".join(random.Random(5).choices([b"aab", b"a", b"b", b"\n"], k=5000))
        path = self.file("sample", content)
        for pattern in ("a", "aab", "aabaab", "abaa", "b" * 6):
            answers = {run("search", "-c", "--include-zero", "--algorithm", name, pattern, path).stdout
                       for name in ("auto", "boyer-moore", "naive")}
            self.assertEqual(len(answers), 1, pattern)
            self.assertEqual(int(answers.pop()), len(oracle(content, pattern.encode())))

    def test_edges(self):
        samples = [b"", b"\n", b"a", b"\n\n\n", b"a\n", b"x" * 4095 + b"a", b"x" * 4096 + b"a\n", b"a" * 100000, b"a\r\nb\r\n"]
        for content in samples:
            path = self.file("sample", content)
            for pattern in ("a", "", "b\r"):
                for invert in (False, True):
                    with self.subTest(content=content[:20], pattern=pattern, invert=invert):
                        expected = oracle(content, pattern.encode(), invert)
                        flags = ["-v"] if invert else []
                        wanted = b"".join(line + b"\n" for _, _, line in expected)
                        self.check(run("search", *flags, "--", pattern, path), 0 if expected else 1, wanted)

    def test_status_and_names(self):
        one, two = self.file("one", b"needle\n"), self.file("two", b"hay\n")
        self.check(run("search", "needle", one, two), 0, f"{one}:needle\n".encode())
        self.check(run("search", "-I", "needle", one, two), 0, b"needle\n")
        self.check(run("search", "-c", "needle", one, two), 0, f"{one}:1\n".encode())
        self.check(run("search", "-c", "--include-zero", "needle", one, two), 0, f"{one}:1\n{two}:0\n".encode())
        self.check(run("search", "-l", "needle", two, one), 0, f"{one}\n".encode())
        self.check(run("search", "-q", "needle", two, one), 0, b"")
        self.check(run("search", "absent", one, two), 1, b"", rb"^$")
        self.check(run("search", "needle", one, "missing"), 2, f"{one}:needle\n".encode(), rb"missing")
        self.check(run("search", "-q", "needle", "missing", one), 0, b"")
        self.check(run("search", "needle", self.folder), 2, b"", rb"directory")
        self.check(run("search", "a\nb", one), 2, b"", rb"line end")
        self.check(run("search"), 2, b"")

    def test_binary_rule_is_the_same_for_every_way_to_read(self):
        samples = {
            "nul before": b"x\0y\nneedle\n",
            "nul after": b"needle\nhay\n\0\n",
            "nul in line": b"hay\n" * 50000 + b"a needle\0\nneedle\n",
            "nul far away": b"hay\n" * 50000 + b"\0\nneedle\n",
        }
        expected = {"nul before": (b"", True), "nul after": (b"needle\n", False), "nul in line": (b"", True),
                    "nul far away": (b"needle\n", False)}
        for name, content in samples.items():
            path = self.file("sample", content)
            lines, binary = expected[name]
            for flags in [*variants(), None]:
                if flags and flags[-1] in ("1", "7") and len(content) > 1000:
                    continue
                with self.subTest(name=name, flags=flags):
                    result = run("search", "needle", stdin=content) if flags is None else run("search", *flags, "needle", path)
                    self.assertEqual(result.returncode, 0)
                    self.assertTrue(result.stdout.startswith(lines))
                    self.assertEqual(b"binary file matches" in result.stdout, binary)
            expected_all = peer("grep", "-aF", "needle", path).stdout
            self.check(run("search", "-a", "needle", path), 0, expected_all)

    def test_json(self):
        path = self.file("sample", b"a needle\n\xff needle needle\n")
        result = self.check(run("search", "--json", "needle", path), 0)
        begin, first, second, end = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual((begin["type"], end["type"]), ("begin", "end"))
        self.assertEqual(first["data"]["lines"], {"text": "a needle\n"})
        self.assertEqual(first["data"]["line_number"], 1)
        self.assertEqual(first["data"]["submatches"], [{"match": {"text": "needle"}, "start": 2, "end": 8}])
        self.assertEqual(base64.b64decode(second["data"]["lines"]["bytes"]), b"\xff needle needle\n")
        self.assertEqual(second["data"]["absolute_offset"], 9)
        self.assertEqual(end["data"]["matched_lines"], 2)

    def test_json_of_binary_files_repeated_files_and_limits(self):
        kinds = lambda result: [json.loads(line)["type"] for line in result.stdout.splitlines()]
        binary = self.file("binary", b"a\0b\na\n")
        result = self.check(run("search", "--json", "a", binary), 0)
        self.assertEqual(kinds(result), ["begin", "end"])
        self.assertTrue(json.loads(result.stdout.splitlines()[1])["data"]["binary"])
        path = self.file("sample", b"a a a\na")
        result = self.check(run("search", "--json", "a", path, path), 0)
        self.assertEqual(kinds(result), ["begin", "match", "match", "end"] * 2)
        self.assertEqual(json.loads(result.stdout.splitlines()[2])["data"]["lines"], {"text": "a"})
        result = self.check(run("search", "--json", "-m1", "a", path), 0)
        self.assertEqual(json.loads(result.stdout.splitlines()[-1])["data"]["matches"], 3)

    def test_lines_before_a_nul_are_shown_whatever_the_chunk_size(self):
        path = self.file("sample", b"a\n" * 25000 + b"x\0y\n" + b"a\n" * 10)
        for chunk in ("4096", "64K", "1M"):
            result = self.check(run("search", "--json", "--chunk-size", chunk, "a", path), 0)
            self.assertEqual(len(result.stdout.splitlines()), 25002, chunk)

    def test_operands_and_numbers(self):
        bracket = self.file("[t]", b"needle\n")
        self.file("t", b"hay\n")
        self.check(run("search", "-c", "needle", "[t]", cwd=self.folder), 0, b"1\n")
        self.check(run("search", "-m", "-5", "needle", bracket), 2, b"")
        self.check(run("search", "-m", "18446744073709551616", "needle", bracket), 2, b"")
        self.check(run("search", "-m", "0", "-m", "1", "-c", "needle", bracket), 0, b"1\n")

    def test_standard_input_is_consumed(self):
        path = self.file("sample", b"needle\n")
        with open(path, "rb") as source:
            self.check(run("search", "-c", "-I", "needle", "-", "-", stdin=source), 0, b"1\n")

    @unittest.skipIf(SANITIZED, "a sanitizer delays signals")
    def test_a_signal_ends_a_blocked_write(self):
        path = self.file("sample", b"needle\n" * 400000)
        process = subprocess.Popen([FOLIO, "search", "needle", path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)  # and no more: the pipe fills up
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 130)
        process.stdout.close()
        process.stderr.close()

    def test_color(self):
        path = self.file("sample", b"a needle b\n")
        result = self.check(run("search", "-n", "--color", "always", "needle", path), 0)
        self.assertEqual(result.stdout, b"\x1b[32m1\x1b[0m:a \x1b[1;31mneedle\x1b[0m b\n")
        self.assertNotIn(b"\x1b", run("search", "needle", path).stdout)

    def test_range_takes_lines_that_begin_in_it(self):
        content = b"one needle\ntwo needle\nthree needle\n"
        path = self.file("sample", content)
        self.check(run("search", "--range", "1:12", "needle", path), 0, b"two needle\n")
        self.check(run("search", "-n", "--range", "0:11", "needle", path), 0, b"1:one needle\n")
        self.check(run("search", "--range", "23:30", "needle", path), 1, b"")

    def test_record_limit(self):
        path = self.file("sample", b"needle\n" + b"x" * 5000 + b"needle\nneedle\n")
        for flags in variants():
            with self.subTest(flags=flags):
                result = run("search", "--max-record", "4K", *flags, "needle", path)
                self.check(result, 2, b"needle\n", rb"longer than the limit of 4096 bytes at byte 7")

    @unittest.skipIf(SANITIZED, "a sanitizer's own memory counts")
    def test_memory_is_bounded(self):
        """Whatever the number of matches, and however long a line is, where the way to read is left to folio."""
        one_line = self.file("one line", b"a" * 100_000_000)
        many_lines = self.file("many lines", b"y\n" * 4_000_000)
        for words in ([one_line], ["--json", many_lines], ["-nb", many_lines], ["-v", many_lines]):
            pattern = "aab" if words == [one_line] else "zz" if words[0] == "-v" else "y"
            result = run("search", "--stats", pattern, *words)
            peak = re.search(rb"peak anonymous memory ([0-9.]+) (B|KiB|MiB)", result.stderr)
            self.assertTrue(peak, result.stderr)
            self.assertTrue(peak.group(2) != b"MiB" or float(peak.group(1)) < 64, result.stderr)

    def test_closed_pipe_is_silent(self):
        path = self.file("sample", b"needle\n" * 400000)
        for restore in (True, False):  # with SIGPIPE at its default, and ignored
            process = subprocess.Popen([FOLIO, "search", "needle", path], stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, restore_signals=restore)
            process.stdout.read(100)
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            process.stderr.close()
            self.assertIn(process.wait(30), (0, -signal.SIGPIPE))

    def test_interrupt_while_waiting_for_a_pipe(self):
        process = subprocess.Popen([FOLIO, "search", "needle"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdin.write(b"a needle\n")
        process.stdin.flush()
        self.assertEqual(process.stdout.readline(), b"a needle\n")  # delivered at once, not when the pipe ends
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(30), 130)
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()

    def test_fifo_and_growing_input(self):
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        process = subprocess.Popen([FOLIO, "search", "-c", "needle", fifo], stdout=subprocess.PIPE, env=UTF8)
        with open(fifo, "wb") as target:
            for part in (b"nee", b"dle\nhay", b"\nneedle"):
                target.write(part)
                target.flush()
                time.sleep(0.02)
        self.assertEqual(process.communicate(timeout=30)[0], b"2\n")


if __name__ == "__main__":
    unittest.main()
