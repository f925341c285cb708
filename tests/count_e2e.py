#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio count against wc itself, on generated files, on the system's files and on bad input."""
import json
import os
import random
import subprocess
import unittest

from command import FOLIO, SANITIZED, UTF8, FolderTest, peer, run, variants

FLAGS = [[], ["-l"], ["-w"], ["-m"], ["-c"], ["-L"], ["-lw"], ["-mL"], ["-c", "-l", "-w", "-m", "-L"]]

SAMPLES = {
    "empty": b"",
    "one byte": b"x",
    "newline": b"\n",
    "no final newline": b"one\ntwo",
    "crlf": b"one two\r\nthree\r\n",
    "nul": b"a\0b\n\0\n",
    "page - 1": b"a" * 4095,
    "page": b"ab c\n" * 819 + b"z",
    "page + 1": b"x" * 4096 + b"\n",
    "tabs": b"a\tb\n\t\tcd\n1234567\t8\n",
    "unicode": "naïve Ünïcödé日本語 текст\u00a0nbsp\u2003em\u3000ideo\n".encode() * 50,
    "long line": b"word " * 40000,
    "wide": ("日本語\t" * 300 + "\n").encode(),
}


class CountTest(FolderTest):
    def test_equals_wc(self):
        for name, content in SAMPLES.items():
            self.file("sample", content)
            for flags in FLAGS:
                with self.subTest(name=name, flags=flags):
                    expected = peer("wc", *flags, "sample", cwd=self.folder)
                    self.check(run("count", *flags, "sample", cwd=self.folder), 0, expected.stdout)

    def test_same_answer_for_every_way_to_read(self):
        rng = random.Random(7)
        pieces = [b"word", b" ", b"\n", b"\t", "é".encode(), "日".encode(), b"\xff", b"\0", b"\r\n", "\u3000".encode()]
        content = b"".join(rng.choices(pieces, k=2500))
        self.file("sample", content)
        expected = run("count", "-lwmcL", "sample", cwd=self.folder).stdout
        for flags in variants():
            with self.subTest(flags=flags):
                self.check(run("count", "-lwmcL", *flags, "sample", cwd=self.folder), 0, expected)
        self.check(run("count", "-lwmcL", stdin=content), 0)
        numbers = run("count", "-lwmcL", stdin=content).stdout.split()
        self.assertEqual(numbers, expected.split()[:5])

    def test_many_files_total_and_missing(self):
        self.file("a", b"1\n")
        self.file("b", b"2 3\n4\n")
        expected = peer("wc", "a", "b", cwd=self.folder)
        self.check(run("count", "a", "b", cwd=self.folder), 0, expected.stdout)
        expected = peer("wc", "a", "missing", "b", cwd=self.folder)
        self.check(run("count", "a", "missing", "b", cwd=self.folder), 2, expected.stdout,
                   rb"^folio: missing: .*No such file or directory\n$")

    def test_name_with_newline_is_quoted(self):
        self.file("a\nb", b"1\n")
        expected = peer("wc", "-l", "a\nb", cwd=self.folder)
        self.check(run("count", "-l", "a\nb", cwd=self.folder), 0, expected.stdout)

    def test_standard_input(self):
        path = self.file("sample", b"one two\nthree\n")
        self.check(run("count", stdin=b"one two\nthree\n"), 0, peer("wc", stdin=b"one two\nthree\n").stdout)
        with open(path, "rb") as source:
            self.check(run("count", "-", stdin=source), 0)
        with open(path, "rb", buffering=0) as source:
            source.read(8)
            self.check(run("count", "-l", stdin=source), 0, b"1\n")

    def test_more_files_than_descriptors(self):
        names = [self.file(f"file{number}", b"x\n") for number in range(200)]
        limited = subprocess.run(["bash", "-c", 'ulimit -n 64; exec "$@"', "limited", FOLIO, "count", "-l", *names],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        self.assertEqual(limited.returncode, 0, limited.stderr[:300])
        self.assertTrue(limited.stdout.endswith(b"200 total\n"))

    def test_standard_input_is_consumed(self):
        path = self.file("sample", b"one\ntwo\n")
        with open(path, "rb") as source, open(path, "rb") as same:
            expected = subprocess.run(["wc", "-l", "-", "-"], stdin=same, stdout=subprocess.PIPE, check=False).stdout
            self.assertEqual(run("count", "-l", "-", "-", stdin=source).stdout.split(), expected.split())

    def test_directory_unreadable_and_devices(self):
        self.check(run("count", self.folder), 2, b"", rb"directory")
        self.check(run("count", "-c", "/dev/null"), 0, b"0 /dev/null\n")
        secret = self.file("secret", b"x")
        os.chmod(secret, 0)
        if os.geteuid() != 0:
            self.check(run("count", secret), 2, b"", rb"Permission denied")

    def test_pseudo_files(self):
        result = self.check(run("count", "-c", "/proc/cpuinfo"), 0)
        self.assertGreater(int(result.stdout.split()[0]), 0)

    def test_range(self):
        path = self.file("sample", b"0123\n567 9\nabc")
        for begin, end in ((0, 5), (3, 9), (5, 14), (4, 4), (10, 100)):
            expected = peer("wc", "-lwc", stdin=b"0123\n567 9\nabc"[begin:end]).stdout.split()
            result = self.check(run("count", "--range", f"{begin}:{end}", path), 0)
            self.assertEqual(result.stdout.split()[:3], expected)

    def test_json(self):
        path = self.file("na\xefve", b"one two\n")
        result = self.check(run("count", "--json", path, path), 0)
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([line["type"] for line in lines], ["file", "file", "total"])
        self.assertEqual({key: lines[0][key] for key in ("lines", "words", "bytes")}, {"lines": 1, "words": 2, "bytes": 8})
        self.assertEqual(lines[0]["covered"], [0, 8])
        self.assertEqual(lines[2]["bytes"], 16)

    def test_wrong_usage(self):
        for words in (["--bogus"], ["--threads", "0", "x"], ["--range", "5:1", "x"], ["--access", "magic", "x"]):
            result = self.check(run("count", *words), 2, b"")
            self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)

    def test_explain_and_stats_go_to_standard_error(self):
        path = self.file("sample", b"x\n")
        result = self.check(run("count", "-l", "--explain", "--stats", path), 0, f"1 {path}\n".encode())
        self.assertEqual(len(result.stderr.splitlines()), 2)

    def test_full_disk(self):
        path = self.file("sample", b"x\n")
        with open("/dev/full", "wb") as full:
            result = subprocess.run([FOLIO, "count", path], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(b"No space left", result.stderr)

    @unittest.skipIf(SANITIZED, "too slow under a sanitizer")
    def test_equals_wc_on_the_systems_files(self):
        roots = ["/usr/include", "/usr/share/doc", "/usr/share/perl5", "/usr/lib/python3", "/usr/bin", "/etc"]
        found = peer("find", *[root for root in roots if os.path.isdir(root)], "-type", "f", "-readable", "-size", "-2000k")
        names = found.stdout.splitlines()
        rng = random.Random(3)
        rng.shuffle(names)
        names = [name for name in names if b"\n" not in name][:4000]
        self.assertGreater(len(names), 50)
        for flags in (["-lc"], ["-lwmcL"]):
            expected = subprocess.run([b"wc", *map(os.fsencode, flags), *names], stdout=subprocess.PIPE, env=UTF8, check=False)
            actual = run("count", *flags, *names)
            wanted, got = expected.stdout.splitlines(), actual.stdout.splitlines()
            self.assertEqual(len(wanted), len(got), actual.stderr)
            different = [(w, g) for w, g in zip(wanted[:-1], got[:-1]) if w.split() != g.split()]
            if flags == ["-lwmcL"]:
                # Words and characters of data that is not text are a matter of definition; the help says of which.
                different = [pair for pair in different if is_text(pair[0].split(None, 5)[5])]
            self.assertEqual(different, [])


def is_text(name):
    with open(name, "rb") as source:
        try:
            return "\0" not in source.read().decode()
        except UnicodeDecodeError:
            return False


if __name__ == "__main__":
    unittest.main()
