#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio search for literal text, against grep -F and an oracle of its own, for every way to read."""
import json
import random
import unittest

from command import FolderTest, peer, run, variants

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
        self.check(run("search", "--sort=path", "needle", self.folder), 0, f"{one}:needle\n".encode())
        self.check(run("search", "a\nb", one), 2, b"", rb"folio: [^\n]*-U[^\n]*\n\Z")
        self.check(run("search"), 2, b"")

    def test_lines_before_a_nul_are_shown_whatever_the_chunk_size(self):
        path = self.file("sample", b"a\n" * 25000 + b"x\0y\n" + b"a\n" * 10)
        for chunk in ("4096", "64K", "1M"):
            result = self.check(run("search", "--chunk-size", chunk, "a", path), 0)
            self.assertEqual(len(result.stdout.splitlines()), 25001, chunk)

    def test_json_of_repeated_files_and_limits(self):
        path = self.file("sample", b"a a a\na")
        messages = [json.loads(line) for line in self.check(run("search", "--json", "a", path, path), 0).stdout.splitlines()]
        self.assertEqual([message["type"] for message in messages], ["begin", "match", "match", "end"] * 2 + ["summary"])
        self.assertEqual(messages[0]["data"]["schema"], "folio.search/2")
        self.assertEqual(messages[2]["data"]["lines"], {"text": "a"})
        *_, end, summary = map(json.loads, run("search", "--json", "-m1", "a", path).stdout.splitlines())
        self.assertEqual((end["data"]["stats"]["matches"], summary["data"]["stats"]["matches"]), (3, 3))

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
        self.check(run("search", "-I", "needle", "-", "-", stdin=b"needle\n" * 300000), 0, b"needle\n" * 300000)

    def test_range_takes_lines_that_begin_in_it(self):
        content = b"one needle\ntwo needle\nthree needle\n"
        path = self.file("sample", content)
        self.check(run("search", "--range", "1:12", "needle", path), 0, b"two needle\n")
        self.check(run("search", "-n", "--range", "0:11", "needle", path), 0, b"1:one needle\n")
        self.check(run("search", "--range", "23:30", "needle", path), 1, b"")


if __name__ == "__main__":
    unittest.main()
