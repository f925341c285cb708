#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What folio search may cost: bounded memory whatever the input, no pattern or text that takes for ever, and one clear
sentence where a limit is reached."""
import os
import re
import subprocess
import unittest

from command import FOLIO, SANITIZED, UTF8, FolderTest, run, variants

MIB = 1 << 20


class Memory(FolderTest):
    """Peak anonymous memory stays under 64 MiB and twice the longest line."""

    def peak(self, *words, stdin=None):
        """Status, and the highest anonymous memory in bytes that the kernel and folio itself saw."""
        with subprocess.Popen([FOLIO, "search", "--stats", *map(os.fsencode, words)], stdin=stdin or subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, env=UTF8) as process:
            seen = 0
            while process.poll() is None:
                try:
                    with open(f"/proc/{process.pid}/status", encoding="ascii", errors="replace") as status:
                        found = re.search(r"RssAnon:\s+(\d+) kB", status.read())
                    seen = max(seen, int(found[1]) * 1024 if found else 0)
                    process.wait(0.005)
                except (OSError, subprocess.TimeoutExpired):
                    pass
            told = process.stderr.read()
        for number, unit in re.findall(rb"peak anonymous memory ([0-9.]+) (B|KiB|MiB|GiB)", told):
            seen = max(seen, int(float(number) * {b"B": 1, b"KiB": 1024, b"MiB": MIB, b"GiB": 1024 * MIB}[unit]))
        self.assertGreater(seen, 0, told)
        return process.returncode, seen

    @unittest.skipIf(SANITIZED, "a sanitizer's own memory counts")
    def test_any_number_of_matches(self):
        path = self.file("many", b"y needle y\n" * 3_000_000)
        self.file("few", b"needle\n")
        for words in (["y", path], ["-nb", "-o", "y", path], ["--json", "y", path], ["-v", "zz", path], ["-C2", "need.e", path], ["-r", "$0$0$0", r"\w+", path],
                      ["--sort=path", "-n", "y", str(self.folder)], ["y", path, path, path], ["--null-data", "-c", "y", path]):
            status, seen = self.peak(*words)
            longest = 33_000_000 if "--null-data" in words else 0
            self.assertEqual(status, 0, words)
            self.assertLess(seen, 64 * MIB + 2 * longest, words)

    @unittest.skipIf(SANITIZED, "a sanitizer's own memory counts")
    def test_one_long_line(self):
        size = 100_000_000
        path = self.file("long", b"a" * size)
        for words, status in ((["aab", path], 1), (["-c", r"a\w*b", path], 1), (["-c", "x*y*z*", path], 0), (["--count-matches", "x*y*z*a", path], 0),
                              (["-ic", "aaaaaaaab", path], 1), (["--access", "read", "-c", "ab", path], 1), (["-q", "a$", path], 0), (["-l", "^a", path], 0)):
            found, seen = self.peak(*words)
            self.assertEqual(found, status, words)
            self.assertLess(seen, 64 * MIB + 2 * size, words)
        with open(path, "rb") as source:
            self.assertEqual(run("search", "-c", "ab|ba|ac", "-", stdin=source).returncode, 1)

    @unittest.skipIf(SANITIZED, "a sanitizer's own memory counts")
    def test_many_files(self):
        for number in range(3000):
            self.file(f"f{number}", b"needle\n" * (number % 50))
        status, seen = self.peak("--sort=path", "needle", str(self.folder))
        self.assertEqual(status, 0)
        self.assertLess(seen, 64 * MIB)


class LongLines(FolderTest):
    def test_a_line_above_the_limit_is_an_error_of_that_file_only(self):
        self.file("a", b"needle a\n")
        self.file("b", b"needle b\n" + b"x" * 70_000 + b"\nneedle behind\n")
        self.file("c", b"needle c\n")
        for words in (["a", "b", "c"], ["."], ["-j1", "a", "b", "c"], ["-j1", "."], ["--access", "map", "."]):
            with self.subTest(words=words):
                result = run("search", "-I", "--sort=path", "--max-record", "64K", "needle", *words, cwd=self.folder)
                self.assertEqual(result.returncode, 2, result)
                self.assertEqual(result.stdout, b"needle a\nneedle b\nneedle c\n")
                self.assertRegex(result.stderr, rb"(?s)\Afolio: [^\n]*\bb: [^\n]*longer than the limit[^\n]*\n(folio: [^\n]*covers[^\n]*\n)?\Z")

    def test_every_way_to_read(self):
        path = self.file("a", b"needle\n" + b"x" * 5000 + b"needle\nneedle\n")
        for flags in variants():
            self.check(run("search", "--max-record", "4K", *flags, r"need\w+", path), 2, b"needle\n", rb"longer than the limit of 4096 bytes at byte 7")
        self.check(run("search", "--max-record", "4K", "needle", stdin=(self.folder / "a").read_bytes()), 2, b"needle\n", rb"longer than the limit")

    def test_lines_of_several_for_multiline(self):
        path = self.file("a", b"x\n" * 5000)
        result = run("search", "-U", "--max-record", "4K", "-c", r"x\nx", path)
        self.assertIn(result.returncode, (0, 2))
        if result.returncode == 2:
            self.assertIn(b"limit", result.stderr)


class Time(FolderTest):
    """Nothing takes more than linear time; the limit of a minute is there for a slow machine."""

    def quickly(self, *words, status=0, stdout=None):
        return self.check(run("search", *words, timeout=60), status, stdout)

    def test_periodic_needles_and_texts(self):
        path = self.file("a", b"a" * 2_000_000 + b"\n" + b"ab" * 1_000_000 + b"\n")
        for pattern, status in (("a" * 1000 + "b", None), ("b" + "a" * 1000, 1), ("ab" * 500 + "b", 1), ("(a*)*c", 1), ("(a|aa)+$", None), ("a{1,100}c", 1),
                                ("(x+x+)+y", 1), ("a.*b.*c", 1), (r"(?i)(a+b+)+c", 1), (r"[ab]{1000}c", 1)):
            with self.subTest(pattern=pattern[:20]):
                result = run("search", "-c", pattern, path, timeout=60)
                self.assertIn(result.returncode, (0, 1) if status is None else (status,), result.stderr)

    def test_empty_matches_everywhere(self):
        path = self.file("a", b"q" * 300_000 + b"\n")
        self.quickly("--count-matches", "x*y*z*", path, stdout=b"300001\n")
        self.assertEqual(len(run("search", "-o", "x*y*z*", path, timeout=60).stdout), 300_001)

    def test_a_runaway_perl_pattern_is_an_error_of_that_file_only(self):
        self.file("a", b"aaa\n")
        self.file("b", b"a" * 64 + b"b" * 2 + b"\nc\n")
        self.file("c", b"aaaa\n")
        for words in (["a", "b", "c"], ["."], ["-j1", "."]):
            with self.subTest(words=words):
                result = run("search", "-P", "-I", "--sort=path", r"^(a+)+$", *words, cwd=self.folder, timeout=60)
                self.assertEqual(result.returncode, 2, result)
                self.assertEqual(result.stdout, b"aaa\naaaa\n")
                self.assertRegex(result.stderr, rb"\Afolio: [^\n]*\bb: [^\n]+\n\Z")
        self.check(run("search", "^(a+)+$", "b", cwd=self.folder), 1, b"")

    def test_thousands_of_patterns(self):
        words = [f"w{number * 7919 % 100003:05d}" for number in range(5000)]
        patterns = self.file("patterns", "\n".join(words).encode())
        text = b"".join(b"x w%05d y\n" % number for number in range(20000))
        path = self.file("text", text)
        wanted = {word.encode() for word in words}
        expected = b"".join(line + b"\n" for line in text.splitlines() if line.split()[1] in wanted)
        for flags in (["-F"], [], ["-Fw"], ["-i"], ["-F", "-j1"], ["-F", "--chunk-size", "4096"]):
            self.quickly(*flags, "-f", patterns, path, stdout=expected)
        self.check(run("search", "-Fc", "-f", patterns, stdin=text), 0, b"%d\n" % expected.count(b"\n"))
        self.check(run("search", "-Fx", "-f", patterns, path), 1, b"")


class BadPatterns(FolderTest):
    def test_one_sentence_with_the_place(self):
        path = self.file("a", b"x\n")
        for pattern in ("(", "a)", "[a", "[z-a]", "*a", "a{2,1}", "a{99999}", "(?<n", "\\", "\\p{Nope}", "(?P<n>a)(?P<n>b)", "a**b(", "\\xZZ", "(?z)", "x{,"):
            for flags in ([], ["-P"]):
                with self.subTest(pattern=pattern, flags=flags):
                    result = run("search", *flags, "-e", pattern, path)
                    if result.returncode in (0, 1) and (flags or pattern in ("x{,", "*a", "a**b(")):
                        continue  # one engine's error is another one's literal
                    self.check(result, 2, b"", rb"\Afolio: [^\n]+\n\Z")
                    self.assertRegex(result.stderr, rb"\d|end")

    def test_which_of_several(self):
        path = self.file("a", b"x\n")
        result = self.check(run("search", "-e", "good", "-e", "b(d", path), 2, b"", rb"\Afolio: [^\n]+\n\Z")
        self.assertIn(b"position 2", result.stderr)
        patterns = self.file("patterns", b"good\nb[d\n")
        self.check(run("search", "-f", patterns, path), 2, b"", rb"\Afolio: [^\n]+\n\Z")
        self.check(run("search", "-f", "/none/such", path), 2, b"", rb"\Afolio: [^\n]*/none/such[^\n]*\n\Z")

    def test_line_ends_need_multiline(self):
        path = self.file("a", b"x\ny\n")
        for pattern in ("x\ny", r"x\ny"):
            self.check(run("search", pattern, path), 2, b"", rb"\Afolio: [^\n]*line[^\n]*\n\Z")
            self.check(run("search", "-U", pattern, path), 0, b"x\ny\n")


if __name__ == "__main__":
    unittest.main()
