#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The flags of folio search that choose what is shown and how. Where ripgrep 13 does the same, it is the oracle; where
its later versions differ, or folio's flag is its own, the expected text stands here."""
import itertools
import json
import random
import re
import shutil
import unittest

from command import FolderTest, peer, run, variants

TEXT = b"""alpha needle
beta
\tneedle and Needle again, needle
gamma

delta
epsilon needle
zeta eta theta
\xce\xb2\xce\xb3 needle \xe2\x82\xac
last without needle's end"""
OTHER = b"hay\nhay\n  needle\nhay\nhay\nhay\nneedleneedle\nhay\n"


def lines_of(data, terminator=b"\n"):
    """(offset, line without its end) of all lines."""
    offset, lines = 0, []
    for line in data.split(terminator):
        lines.append((offset, line))
        offset += len(line) + 1
    return lines[:-1] if data.endswith(terminator) or not data else lines


@unittest.skipUnless(shutil.which("rg"), "ripgrep is not installed")
class AsRipgrep(FolderTest):
    def setUp(self):
        super().setUp()
        self.file("one.txt", TEXT)
        self.file("two.txt", OTHER)
        self.file("none.txt", b"nothing\n")

    def same(self, *words, stdin=None):
        theirs = peer("rg", "--no-config", *words, cwd=self.folder, stdin=stdin)
        ours = run("search", *words, cwd=self.folder, stdin=stdin)
        self.assertEqual((ours.stdout, ours.returncode), (theirs.stdout, theirs.returncode), words)
        return ours

    def same_for_all(self, choices, pattern="needle", files=("one.txt", "none.txt", "two.txt")):
        for flags in choices:
            with self.subTest(flags=flags, pattern=pattern):
                self.same("--sort", "path", *flags, "-e", pattern, *files)

    def test_each_flag_alone(self):
        single = [[], ["-n"], ["-N"], ["-b"], ["--column"], ["-H"], ["-I"], ["--no-filename"], ["--with-filename"], ["-c"],
                  ["--count"], ["--count-matches"], ["-c", "--include-zero"], ["--count-matches", "--include-zero"], ["-l"],
                  ["--files-with-matches"], ["--files-without-match"], ["-o"], ["-q"], ["-m0"], ["-m1"], ["-m", "2"],
                  ["--max-count=2"], ["-A1"], ["-A", "2"], ["-B1"], ["-B2"], ["-C1"], ["--context=2"], ["--after-context", "1"],
                  ["--before-context", "1"], ["--passthru"], ["--passthrough"], ["-r", "X"], ["--replace=<$0>"], ["-0"], ["--null"],
                  ["--heading"], ["--no-heading"], ["-M12"], ["--max-columns", "20"], ["-M0"], ["-M12", "--max-columns-preview"],
                  ["--trim"], ["--vimgrep"], ["--color=always"], ["--color", "ansi"], ["--color=never"], 
                  ["-v"], ["-i"], ["-s"], ["-S"], ["-w"], ["-x"], ["-a"], ["--text"], ["--no-unicode"], ["-U"], ["--heading", "-I"],
                  ["--line-buffered"], ["--block-buffered"], ["--no-messages"], ["-F"], ["-P"], ["--engine=auto"],
                  ["--engine=default"], ["--engine", "pcre2"], ["--auto-hybrid-regex"], ["--multiline", "--multiline-dotall"]]
        self.same_for_all(single)

    def test_flags_that_take_others_back(self):
        pairs = [["-n", "-N"], ["-N", "-n"], ["-H", "-I"], ["-I", "-H"], ["--column", "--no-column"], ["--heading", "--no-heading"],
                 ["--trim", "--no-trim"], ["-s", "-i"], ["-i", "-s"], ["-i", "-S"], ["-F", "--no-fixed-strings"], ["-U", "--no-multiline"],
                 ["-P", "--no-pcre2"], ["--crlf", "--no-crlf"], ["--no-unicode", "--unicode"], ["-M9", "--max-columns-preview", "--no-max-columns-preview"],
                 ["--stats", "--no-stats"], ["--json", "--no-json"], ["-a", "--no-text"], ["--binary", "--no-binary"],
                 ["--no-messages", "--messages"], ["-z", "--no-search-zip"], ["-E", "latin1", "--no-encoding"],
                 ["-C1", "--passthru"], ["--passthru", "-C1"], ["-A1", "-A2"], ["-m1", "-m3"],
                 ["--auto-hybrid-regex", "--no-auto-hybrid-regex"], ["--multiline-dotall", "--no-multiline-dotall"],
                 ["--line-buffered", "--no-line-buffered"], ["--block-buffered", "--no-block-buffered"]]
        self.same_for_all(pairs, "needle.")

    def test_pairs_of_flags(self):
        flags = [["-n"], ["-b"], ["--column"], ["-H"], ["-o"], ["-v"], ["-r", "<$0>"], ["--heading"], ["-0"], ["-M15"], ["--trim"],
                 ["--color=always"], ["-C1"], ["--passthru"], ["-c"], ["-l"], ["--vimgrep"], ["-i"], ["-q"]]
        later = [{"--passthru", "-C1"}, {"-c", "-l"}]  # ripgrep 13 differs from later versions
        choices = [first + second for first, second in itertools.combinations(flags, 2)
                   if {first[0], second[0]} not in later]
        self.same_for_all(choices)

    def test_separators(self):
        self.same_for_all([["-C1", "--context-separator", "=="], ["-C1", "--context-separator", ""], ["-C1", "--no-context-separator"],
                           ["-C1", "--context-separator", r"\t\x41"], ["-n", "--field-match-separator", "|"],
                           ["-n", "-C1", "--field-context-separator", " <> "], ["-nb", "--field-match-separator", r"\t"],
                           ["-n", "--field-match-separator", ""], ["-c", "--field-match-separator", "|"]])

    def test_colors(self):
        for spec in ("match:fg:blue", "match:bg:yellow", "match:style:nobold", "match:style:underline", "path:fg:1", "line:fg:0xff",
                     "line:fg:1,2,3", "column:fg:red", "column:style:intense", "match:none", "path:none", "match:fg:0x10,0x20,255",
                     "line:style:bold", "path:style:intense", "path:bg:white"):
            for flags in (["-n", "--column"], ["--heading", "-nb"], ["-l"], ["-c"], ["-o"]):
                with self.subTest(spec=spec, flags=flags):
                    self.same("--sort", "path", "--color=always", "--colors", spec, *flags, "needle", "one.txt", "two.txt")
        for spec in ("match", "match:fg", "match:fg:nocolor", "match:fg:256", "match:fg:1,2", "other:fg:red", "match:style:wild", ""):
            with self.subTest(spec=spec):
                self.check(run("search", "--colors", spec, "needle", self.folder / "one.txt"), 2, b"", rb"--colors: expected")

    def test_replacements(self):
        for template in ("$0", "$1", "${1}x", "$1x", "$first", "${first}2", "$$", "$", "$ $", "${", "${}", "${1", "$9", "[$2$1]", "", "\\n",
                         "${1}${2}$0", "$1-$2", "$first$second", "\u20ac$1"):
            for flags in ([], ["-o"], ["--color=always"], ["--column", "-b"], ["-C1"], ["-v"], ["--vimgrep"], ["-P"]):
                with self.subTest(template=template, flags=flags):
                    self.same("-n", *flags, "-r", template, r"(?P<first>\w+) (?P<second>needle)", "one.txt")

    def test_several_patterns(self):
        patterns = self.file("patterns", b"gamma\r\ndelta\n\xce\xb2\n")
        for words in (["-e", "beta", "-e", "zeta"], ["-e", "^a", "-e", "a$"], ["-f", patterns], ["-f", patterns, "-e", "zeta"],
                      ["-F", "-f", patterns], ["-w", "-e", "eta", "-e", "beta"], ["-x", "-e", "beta", "-e", "delta"],
                      ["-o", "-e", "eta", "-e", "zeta"], ["-i", "-e", "BETA", "-e", "Delta"], ["-e", "", "-e", "x"],
                      ["-f", self.file("empty", b"")], ["-e", "-n"], ["-f", self.file("blank", b"\n")], ["-v", "-f", patterns]):
            with self.subTest(words=words):
                self.same("-n", *words, "one.txt")
        self.same("-n", "-f", "-", "one.txt", stdin=b"gamma\nzeta\n")
        self.same("-n", "--", "-x", "one.txt")

    def test_empty_patterns_and_matches(self):
        for pattern in ("", "x*", "^", "$", "^$", r"\b", "(?:)", "a*?", "|needle", "needle|"):
            for flags in ([], ["-n"], ["-c"], ["-o"], ["-on"], ["-ob"], ["--count-matches"], ["-v"], ["-w"], ["-x"], ["-r", "-"],
                          ["--column"], ["--vimgrep"], ["-l"], ["--color=always"]):
                if "-w" in flags or (pattern == r"\b" and flags == ["-x"]):
                    continue
                with self.subTest(pattern=pattern, flags=flags):
                    self.same(*flags, "-e", pattern, "two.txt")
                    self.same(*flags, "-e", pattern, "none.txt")

    def test_status(self):
        for words in (["needle", "one.txt"], ["absent", "one.txt"], ["-q", "needle", "one.txt"], ["-q", "absent", "one.txt"],
                      ["needle", "missing", "one.txt"], ["-q", "needle", "one.txt", "missing"], ["absent", "missing"], ["-l", "absent", "one.txt"],
                      ["--files-without-match", "needle", "one.txt"], ["--files-without-match", "needle", "none.txt"], ["(", "one.txt"],
                      ["-c", "absent", "one.txt"], ["-c", "--include-zero", "absent", "one.txt"], ["-v", "", "one.txt"], ["-m0", "needle", "one.txt"],
                      ["--no-such-flag"], ["-A", "x", "needle", "one.txt"], ["--stats", "-q", "needle", "one.txt"], [],
                      ["-q", "--files"], ["--files", "-g", "*.none"], ["-j", "x", "a"], ["-E", "nothing", "a", "one.txt"], ["-t", "nothing", "a"]):
            with self.subTest(words=words):
                theirs = peer("rg", "--no-config", *words, cwd=self.folder)
                ours = run("search", *words, cwd=self.folder)
                self.assertEqual(ours.returncode, theirs.returncode)
                if "-q" not in words:  # ends at the first match, which may be before or behind a file that is missing
                    self.assertEqual(ours.returncode == 2, ours.stderr.startswith(b"folio: "), ours.stderr)


class OwnOutput(FolderTest):
    def test_matches_that_swallow_the_end_of_a_line(self):
        path = self.file("a", b"a\nb\n")
        for flags, shown in ((["-o", r"b\n"], b"b\n"), (["-o", r"\W"], b""), (["-r", "x", r"a\n"], b"x\n"), (["-o", "--color", "never", r"b\s"], b"b\n")):
            with self.subTest(flags=flags):
                self.check(run("search", "-U", *flags, path), 0, shown)

    def test_an_empty_match_at_the_end_of_a_line_without_end(self):
        path = self.file("a", b"abc\nq")
        for flags in ([], ["-P"], ["--chunk-size", "1"]):
            self.check(run("search", "-c", *flags, "$", path), 0, b"2\n")
            self.check(run("search", "-v", *flags, "$", path), 1, b"")

    def test_blocks_of_many_lines_take_linear_time(self):
        path = self.file("a", b"ab\n" * 50000)
        for flags in (["-o"], ["--color", "always"], ["-n", "-b"]):
            result = run("search", "-U", *flags, r"b\na", path, timeout=30)
            self.assertEqual(result.returncode, 0)

    def test_groups_and_classes_are_no_text_in_smart_case(self):
        path = self.file("a", b"abc\nABC\n")
        self.check(run("search", "-S", "(?P<Name>abc)", path), 0, b"abc\nABC\n")
        self.check(run("search", "-S", "[[:upper:]]+", path), 0, b"ABC\n")

    def test_the_last_of_several_modes_counts(self):
        path = self.file("a", b"x x\ny\n")
        self.check(run("search", "-c", "-l", "x", path), 0, path.encode() + b"\n")
        self.check(run("search", "-l", "-c", "x", path), 0, b"1\n")
        self.check(run("search", "-c", "--count-matches", "x", path), 0, b"2\n")
        self.check(run("search", "-l", "--files-without-match", "x", path), 1, b"")

    def test_context_of_both_sides_and_its_parts(self):
        path = self.file("a", b"1\n2\nx\n4\n5\n6\n7\nx\n9\n")
        self.check(run("search", "-C2", "-A0", "x", path), 0, b"1\n2\nx\n--\n6\n7\nx\n")
        self.check(run("search", "-A0", "-C2", "x", path), 0, b"1\n2\nx\n--\n6\n7\nx\n")
        self.check(run("search", "-B1", "-A1", "-m1", "x", path), 0, b"2\nx\n4\n")

    def test_context_behind_the_last_of_a_limited_number_is_context(self):
        path = self.file("a", b"x\nx\nx\ny\n")
        self.check(run("search", "-n", "-m1", "-A2", "x", path), 0, b"1:x\n2-x\n3-x\n")

    def test_words_may_touch_in_matches(self):
        path = self.file("a", b"foo foo foobar\n")
        self.check(run("search", "-ow", "foo", path), 0, b"foo\nfoo\n")
        self.check(run("search", "-w", "--count-matches", "foo", path), 0, b"2\n")

    def test_names_are_one_line_unless_nul_ends_them(self):
        self.file("new\nline", b"x\n")
        result = run("search", "x", cwd=self.folder)
        self.assertEqual(result.stdout.count(b"\n"), 1, result.stdout)
        self.check(run("search", "-0", "x", cwd=self.folder), 0, b"new\nline\0x\n")

    def test_pretty(self):
        paths = self.file("a", b"x y\n"), self.file("b", b"x\n")
        expected = run("search", "--color=always", "--heading", "-n", "x", *paths).stdout
        self.assertIn(b"\x1b[0m\x1b[32m1\x1b[0m:", expected)
        self.check(run("search", "-p", "x", *paths), 0, expected)
        self.check(run("search", "--no-heading", "--pretty", "x", *paths), 0, expected)

    def test_lines_that_end_with_cr_lf(self):
        path = self.file("a", b"x\r\nx y\r\ny x")
        self.check(run("search", "--crlf", "x$", path), 0, b"x\r\ny x\n")
        self.check(run("search", "--crlf", "-o", ".$", path), 0, b"x\ny\nx\n")
        self.check(run("search", "--null-data", "--crlf", "-c", "x", path), 0, b"3\n")
        self.check(run("search", "--crlf", "--null-data", "-c", "x", path), 0, b"1\0")

    def test_stats(self):
        first, second = self.file("a", b"x x\ny\nx\n"), self.file("b", b"y\n")
        result = self.check(run("search", "--stats", "x", first, second), 0)
        lines = result.stdout.decode().splitlines()
        self.assertEqual(lines[:2], [f"{first}:x x", f"{first}:x"])
        printed = sum(len(line) + 1 for line in lines[:2])
        self.assertEqual(lines[2:9], ["", "3 matches", "2 matched lines", "1 files contained matches", "2 files searched",
                                      f"{printed} bytes printed", "10 bytes searched"])
        self.assertRegex(lines[9], r"^\d+\.\d+ seconds spent searching$")
        self.assertRegex(lines[10], r"^\d+\.\d+ seconds$")
        counts = run("search", "--stats", "-c", "x", first, second).stdout.decode()
        self.assertIn("3 matches\n2 matched lines\n", counts)

    def test_quiet_with_stats_searches_everything(self):
        first, second = self.file("a", b"x\n"), self.file("b", b"x\n")
        self.assertIn(b"2 files searched", run("search", "-q", "--stats", "x", first, second).stdout)

    def test_wrong_values_are_refused_with_one_sentence(self):
        path = self.file("a", b"x\n")
        for flag, value in (("-A", "-1"), ("-B", "x"), ("-C", ""), ("-m", "1x"), ("-M", "1.5"), ("--color", "sometimes"), ("--sort", "size"),
                            ("--sortr", ""), ("--engine", "re2"), ("--algorithm", "best"), ("-E", "utf-99"), ("--max-depth", "-1"),
                            ("--max-filesize", "big"), ("-j", "2000"), ("--max-record", "0x"), ("--range", "5:1"), ("--chunk-size", "-4"),
                            ("--access", "stream"), ("--progress", "perhaps"), ("--type-add", "nothing"), ("-t", "nosuchtype"), ("-g", "{a"), ("--ignore-file", "/none/such")):
            with self.subTest(flag=flag, value=value):
                result = run("search", f"{flag}={value}" if flag.startswith("--") else flag + value, "x", path)
                self.check(result, 2, b"", rb"\A[^\n]+\n\Z")

    def test_contradictions_are_refused(self):
        path = self.file("a", b"x\n")
        for words in (["--json", "-c"], ["--json", "-l"], ["--json", "--vimgrep"], ["--follow", "-c"],
                      ["--follow", "-U"], ["--follow", "-q"]):
            with self.subTest(words=words):
                self.check(run("search", *words, "x", path), 2, b"", rb"\Afolio: search: [^\n]+\n\Z")

    def test_explain_names_the_ways(self):
        path = self.file("a", b"needle\n" * 1000)
        for pattern, flags in (("needle", []), ("needle|hay", []), ("[a-z]+", []), ("n.*e", ["-i"]), ("(?=n)", ["-P"]), ("x", ["-F"])):
            with self.subTest(pattern=pattern):
                result = run("search", "--explain", "-q", *flags, pattern, path)
                self.assertGreaterEqual(len(result.stderr.splitlines()), 2, result.stderr)
                self.assertIn(b"chunks of", result.stderr)

    def test_algorithms_agree(self):
        content = b"".join(random.Random(5).choices([b"aab", b"a", b"b", b"\n"], k=5000))
        path = self.file("a", content)
        for pattern in ("a", "aab", "aabaab", "abaa", "b" * 6):
            answers = {run("search", "-nb", "--algorithm", name, pattern, path).stdout for name in ("auto", "boyer-moore", "naive")}
            self.assertEqual(len(answers), 1, pattern)

    def test_output_that_needs_no_help(self):
        self.check(run("search", "--help"), 0, None, rb"\A\Z")
        types = self.check(run("search", "--type-list"), 0).stdout
        self.assertIn(b"\ncpp: ", types)


class SameForEveryWayToRead(FolderTest):
    """Access methods, thread counts and chunk sizes never change an answer."""

    def setUp(self):
        super().setUp()
        rng = random.Random(17)
        pieces = [b"needle", b"Needle", b"need", b"le", b" ", b"\n", b"\n", b"\n\n", b"x" * 30, b"\r\n", b"\xff\xfe", "\u00e9".encode(), b"12 34"]
        self.content = b"".join(rng.choices(pieces, k=900))
        self.path = self.file("sample", self.content)
        self.chosen = [flags for flags in variants()]

    def every_way(self, words, expected, status, path=None):
        for flags in self.chosen:
            self.check(run("search", *flags, *words, path or self.path), status, expected)

    def as_ripgrep(self, *words):
        theirs = peer("rg", "--no-config", "-a", *words, self.path)
        self.assertNotEqual(theirs.returncode, 2, theirs.stderr)
        self.every_way(["-a", *words], theirs.stdout, theirs.returncode)
        theirs_of_input = peer("rg", "--no-config", "-a", *words, stdin=self.content)
        self.check(run("search", "-a", *words, stdin=self.content), theirs_of_input.returncode, theirs_of_input.stdout)

    def test_regular_expressions(self):
        self.as_ripgrep("-nb", r"[a-z]+e\b")

    def test_inverted(self):
        self.as_ripgrep("-nv", r"n\w+e|^$")

    def test_only_matching(self):
        self.as_ripgrep("-onb", r"\w+d|\d+")

    def test_replacements(self):
        self.as_ripgrep("-n", "-r", "<$1>", r"(n)ee|(\d)")

    def test_context_before_and_after(self):
        self.as_ripgrep("-n", "-B2", "-A1", "needle.*needle")

    def test_wide_context(self):
        self.as_ripgrep("-nb", "-C5", r"needle\S* Needle")

    def test_context_of_inverted_lines(self):
        self.as_ripgrep("-n", "-v", "-A1", "[n ]")

    def test_passthru(self):
        self.as_ripgrep("-n", "--passthru", "needle")

    def test_multiline(self):
        self.as_ripgrep("-U", "-n", r"needle\s+n")

    def test_multiline_only_matching(self):
        self.as_ripgrep("-U", "-ob", r"e\n+\w")

    def test_counts(self):
        self.as_ripgrep("-c", "[ne]ed")
        self.as_ripgrep("--count-matches", "[ne]ed")

    def test_perl(self):
        self.as_ripgrep("-P", "-on", r"(?<=n)ee(?!dle )")

    def test_null_data(self):
        self.content = self.content.replace(b"\r\n", b"\0").replace(b" ", b"\0")
        self.path = self.file("sample", self.content)
        for words in (["-c", "n.*e"], ["-n", "-A1", "Needle"], ["-ob", "n.*?e"]):
            self.as_ripgrep("--null-data", *words)

    def test_limited_numbers(self):
        lines = [line for line in self.content.split(b"\n") if b"needle" in line][:7]
        self.every_way(["-a", "-m7", "needle"], b"".join(line + b"\n" for line in lines), 0)
        first = [(i, line) for i, line in enumerate(self.content.split(b"\n"), 1)]
        hits = [i for i, line in first if b"needle" in line][:3]
        expected, shown = b"", 0
        for number, line in first:
            near = [hit for hit in hits if 0 <= number - hit <= 2]
            if not near:
                continue
            expected += b"--\n" if shown and shown + 1 < number else b""
            expected += b"%d%s%s\n" % (number, b":" if number in hits else b"-", line)
            shown = number
        self.every_way(["-a", "-n", "-m3", "-A2", "needle"], expected, 0)

    def test_json(self):
        expected = run("search", "--json", "needle", self.path).stdout
        bare = [message for message in map(json.loads, expected.splitlines()) if message["type"] == "match"]
        self.assertEqual(len(bare), sum(b"needle" in line for line in self.content.split(b"\n")))
        for flags in self.chosen:
            found = run("search", "--json", *flags, "needle", self.path).stdout
            self.assertEqual([m for m in map(json.loads, found.splitlines()) if m["type"] == "match"], bare, flags)

    def test_line_numbers_and_offsets_of_a_loop(self):
        wanted = b"".join(b"%d:%d:%s\n" % (number, offset, line)
                          for number, (offset, line) in enumerate(lines_of(self.content), 1) if re.search(rb"e{2}dx* ", line))
        self.every_way(["-a", "-nb", "e{2}dx* "], wanted, 0)


if __name__ == "__main__":
    unittest.main()
