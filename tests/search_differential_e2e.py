#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio search against ripgrep and GNU grep on generated patterns, flags and texts. Differences that are meant are in
one table, ALLOWED, each with its reason; everything else must be the same, byte for byte, with the same status."""
import os
import random
import shutil
import unittest

from command import FolderTest, peer, run

SEED = int(os.environ.get("FOLIO_DIFFERENTIAL_SEED", "7"))
CASES = int(os.environ.get("FOLIO_DIFFERENTIAL_CASES", "400"))

WORDS = ["needle", "Needle", "NEEDLE", "foo", "foobar", "bar", "Sherlock Holmes", "the", "a", "x", "xyz", "12", "2024",
         "10.0.0.1", "error:", "kelvin", "street", "caf\u00e9", "na\u00efve", "\u0436\u0443\u043a", "\u212a", "\u017f",
         "\u00df", "_under_score", "fn(x)", "[tag]", "a-b", "tab\there", "$5", "^caret", "\\back", "\u65e5\u672c"]
PATTERNS = ["needle", "foo|bar", "fo+", "[A-Z][a-z]+ [A-Z][a-z]+", r"\w+", r"\d{2,4}", r"^a", r"e$", "^$", "", "x*", "x*y*z*",
            r"\bfoo\b", r"\Boo", r"foo\B", ".", "(foo)(bar)?", "(?i)needle", "[^a]", r"\s+", r"[[:alpha:]]+", "caf\u00e9",
            r"\p{Lu}\w*", r"\p{Greek}|\p{Cyrillic}+", "needle|foo|bar|xyz|error:", "(a|b)*x", "e{2}", r"10\.0\.0\.\d", "h.*s",
            r"(?P<first>\w+) (?P<second>\w+)", "^.*$", ".*", "a?", r"\$5", r"(?-u:\w+)", "[a-z&&[^aeiou]]+", "(?x) foo # c",
            r"[\w-]+\(x\)", "k", "s", "street", "\u212a", "[k]", "the|a|x", "^(the|a)", "(error|street).*$", r"\W", r"\S+$",
            "na.ve", r"a-b|[^\x00-\x7F]", "Holmes.*[0-9]", "[0-9]+", r"o\b", "ee|e", "e|ee", "(?s).", r"(?m)^foo"]
LITERALS = ["needle", "foo", "a", "", "fn(x)", "[tag]", "caf\u00e9", "\\back", "$5", "e", "Holmes", "K", "s"]

# Flag lists that may be combined, each with the chance that it is taken.
FLAGS = [(["-n"], .3), (["-b"], .15), (["--column"], .15), (["-H"], .2), (["-i"], .25), (["-S"], .1), (["-w"], .15), (["-x"], .07),
         (["-v"], .12), (["-o"], .15), (["-c"], .08), (["--count-matches"], .05), (["-l"], .04), (["--files-without-match"], .03),
         (["-m2"], .08), (["-A1"], .08), (["-B2"], .08), (["-C1"], .08), (["--passthru"], .03), (["-r", "<$0>$first-${1}x$2"], .08), (["-0"], .04), (["--heading"], .06), (["-M20"], .06), (["-M20", "--max-columns-preview"], .04),
         (["--trim"], .06), (["--vimgrep"], .05), (["--color=always"], .1), (["-a"], .1), (["--crlf"], .05), (["--include-zero"], .05),
         (["-N"], .05), (["--no-unicode"], .03), (["-q"], .03), (["-I"], .05),
         (["--field-match-separator", "|"], .03), (["--context-separator", "=="], .03)]

MAY_BE_EMPTY = {"", "x*", "x*y*z*", "a?", "^$", ".*", "^.*$", r"\Boo"}
SPANNING = [r"needle\n", r"foo\s+\w+", r"\n\n", r"(?s)needle.{1,30}foo", r"the[^x]+x", r"e\n\w", "needle", r"foo\nbar|street", r"[a-z]+\s[A-Z]+", r"^a\n^",
            r"(?m)^foo$", r"\w+\n\w+\n"]
PERL = ["needle", r"(?<=n)ee", r"foo(?!bar)", r"(\w)\1", r"(?i)holmes", r"\bfoo\b", r"\d+(?= )", r"^(?:a|the)", r"[A-Z]\w++", r"(?<w>e)\k<w>", "a-b|street", r"\p{Lu}"]
SHOWS_MATCHES = {"-o", "--count-matches", "-r", "--vimgrep", "--column", "--color=always", "-M20"}

ALLOWED = [
    # (reason, function of (flags, pattern, corpus) that tells whether the case is left out)
    ("with -m and context ripgrep 13 marks lines behind the last match as matches, later ones do not",
     lambda flags, pattern, corpus: "-m2" in flags and has_context(flags)),
    ("ripgrep 13 lets -C, -A and -B override each other as a whole; folio takes -A and -B beside -C, as later ones and grep do",
     lambda flags, pattern, corpus: sum(flag in flags for flag in ("-A1", "-B2", "-C1", "--passthru")) > 1),
    ("ripgrep 13 puts -w into the pattern as \\W on both sides, which moves matches; folio and later ones look at the neighbours",
     lambda flags, pattern, corpus: "-w" in flags and SHOWS_MATCHES & set(flags)),
    ("ripgrep 13 finds empty matches inside characters; folio and later ones do not",
     lambda flags, pattern, corpus: pattern in MAY_BE_EMPTY and SHOWS_MATCHES & set(flags) and not corpus.isascii()),
    ("ripgrep 13 does not find the empty match at the end of a text without a final newline",
     lambda flags, pattern, corpus: pattern in MAY_BE_EMPTY and SHOWS_MATCHES & set(flags) and not corpus.endswith(b"\n")),
    ("with --crlf ripgrep writes CR LF behind whatever it writes; folio ends its own lines with LF, and takes no CR for a match",
     lambda flags, pattern, corpus: "--crlf" in flags and {"-l", "-c", "--files-without-match", "--include-zero", "-w"} | SHOWS_MATCHES & set(flags)),
    ("ripgrep 13 builds -w and -x by text around the pattern, which a comment at its end swallows",
     lambda flags, pattern, corpus: pattern.startswith("(?x)") and {"-w", "-x"} & set(flags)),
    ("without Unicode ripgrep refuses characters beyond ASCII; folio takes their bytes",
     lambda flags, pattern, corpus: "--no-unicode" in flags and not pattern.isascii()),
    ("ripgrep 13 counts no lines with -v, -o and -c together",
     lambda flags, pattern, corpus: {"-v", "-o", "-c"} <= set(flags)),
    ("of -c, --count-matches, -l and --files-without-match the last one counts, as in later versions of ripgrep",
     lambda flags, pattern, corpus: sum(flag in flags for flag in ("-c", "--count-matches", "-l", "--files-without-match")) > 1),
]


def has_context(flags):
    return any(flag in flags for flag in ("-A1", "-B2", "-C1", "--passthru"))


def corpus(rng, kind):
    """Bytes of a text of some lines."""
    lines = [" ".join(rng.choices(WORDS, k=rng.choice([0, 1, 1, 2, 3, 6, 12]))) for _ in range(rng.choice([1, 5, 40]))]
    end = "\r\n" if kind == "crlf" else "\n"
    text = end.join(lines) + (end if rng.random() < .7 else "")
    data = text.encode()
    if kind == "ascii":
        data = bytes(byte for byte in data if byte < 0x80)
    if kind == "invalid":
        data = data.replace(b"foo", b"f\xffoo").replace(b"the", b"\xc3(").replace(b"x", b"x\xe2\x84")
    return data


def explained(flags, pattern, data):
    return any(rule(flags, pattern, data) for _, rule in ALLOWED)


@unittest.skipUnless(shutil.which("rg"), "ripgrep is not installed")
class AgainstRipgrep(FolderTest):
    def compare(self, flags, pattern, paths):
        words = ["--sort", "path", *flags, "-e", pattern, *paths]
        theirs = peer("rg", "--no-config", *words, cwd=self.folder)
        ours = run("search", *words, cwd=self.folder)
        if theirs.returncode == 2 and ours.returncode == 2:
            return
        self.maxDiff = None
        self.assertEqual((ours.stdout, ours.returncode), (theirs.stdout, theirs.returncode), words)

    def test_generated_cases(self):
        rng = random.Random(SEED)
        kinds = ["ascii", "utf8", "crlf", "invalid"]
        for number in range(CASES):
            names = []
            for kind in rng.choices(kinds, k=rng.choice([1, 1, 1, 2])):
                name = f"f{len(names)}.txt"
                self.file(name, corpus(rng, kind))
                names.append(name)
            flags = [flag for choice, chance in FLAGS if rng.random() < chance for flag in choice]
            pattern = rng.choice(PATTERNS)
            if rng.random() < .15:
                flags, pattern = flags + ["-F"], rng.choice(LITERALS)
            data = b"".join((self.folder / name).read_bytes() for name in names)
            if explained(flags, pattern, data):
                continue
            with self.subTest(number=number):
                self.compare(flags, pattern, names)

    def test_generated_cases_of_other_modes(self):
        """Across lines, Perl's expressions, lines that end with NUL."""
        rng = random.Random(SEED + 1)
        for number in range(CASES // 2):
            mode = rng.choice([["-U"], ["-P"], ["--null-data"], ["-U", "--multiline-dotall"]])
            data = corpus(rng, rng.choice(["ascii", "utf8"]))
            if mode == ["--null-data"]:
                data = data.replace(b"\n", rng.choice([b"\0", b"\0", b"\n"]))
            if not data.endswith((b"\n", b"\0")):
                data += b"\0" if mode == ["--null-data"] else b"\n"
            self.file("f.txt", data)
            patterns = {"-U": SPANNING, "-P": PERL, "--null-data": [p for p in PATTERNS if p not in MAY_BE_EMPTY]}[mode[0]]
            allowed = {"-n", "-b", "-H", "-i", "-v", "-o", "-c", "--count-matches", "-l", "-m2", "-A1", "-B2", "-C1", "--passthru", "-N", "-q", "-I"}
            flags = [flag for choice, chance in FLAGS if choice[0] in allowed and rng.random() < chance for flag in choice]
            pattern = rng.choice(patterns)
            spans = mode[0] == "-U" and {"-o", "-m2", "-v"} & set(flags)
            # With NUL as line end, ^ and $ of ripgrep 13 do not match there; those of folio and later ones do.
            anchored = mode[0] == "--null-data" and {"^", "$"} & set(pattern)
            if explained(flags, pattern, data) or spans or anchored:
                continue
            with self.subTest(number=number):
                self.compare([*mode, *flags], pattern, ["f.txt"])


@unittest.skipUnless(shutil.which("grep"), "grep is not installed")
class AgainstGrep(FolderTest):
    """Flags and expressions that both have. grep -E takes the longest of several matches, so that alternatives are left
    out where matches are shown; grep -a takes invalid bytes for no character, as folio does."""

    def test_generated_cases(self):
        rng = random.Random(SEED + 2)
        flags_of_both = [(["-n"], .3), (["-b"], .2), (["-H"], .2), (["-i"], .2), (["-v"], .2), (["-x"], .1), (["-o"], .2), (["-c"], .1), (["-l"], .05),
                         (["-m2"], .1), (["-A1"], .15), (["-B2"], .15), (["-C1"], .1), (["-q"], .05)]
        expressions = ["needle", "fo+", "[A-Z][a-z]+ [A-Z][a-z]+", "^a", "e$", "x*y", r"10\.0\.0\..", "h.*s", "(a|b)+x", "e{2}", "[^a]r", r"\$5", "[a-z]+:",
                       "[[:digit:]]{2}", "(foo)(bar)", "n.edle", "caf.", "s.*t", "[0-9]+", "o b"]
        for number in range(CASES // 2):
            data = corpus(rng, rng.choice(["ascii", "utf8"]))
            data += b"" if data.endswith(b"\n") else b"\n"
            self.file("f.txt", data)
            flags = [flag for choice, chance in flags_of_both if rng.random() < chance for flag in choice]
            fixed = rng.random() < .4
            pattern = rng.choice([literal for literal in LITERALS if literal] if fixed else expressions)
            if {"-o", "-v"} <= set(flags) or ("-o" in flags and ("|" in pattern or has_context(flags))) or ("-c" in flags and "-o" in flags):
                continue  # folio counts and shows matches there, as ripgrep does
            if "-m2" in flags and has_context(flags) or ("-l" in flags and "-c" in flags):
                continue
            if sum(flag in flags for flag in ("-A1", "-B2", "-C1")) > 1:
                continue
            if "-i" in flags and {"k", "s"} & set(pattern.lower()) and not data.isascii():
                continue  # grep does not fold the Kelvin sign and the long s, as Unicode does
            with self.subTest(number=number):
                theirs = peer("grep", "-a", "-F" if fixed else "-E", *flags, "-e", pattern, "f.txt", cwd=self.folder)
                ours = run("search", "-a", *(["-F"] if fixed else []), *flags, "-e", pattern, "f.txt", cwd=self.folder)
                if "-c" in flags and theirs.stdout.endswith(b"0\n") and ours.stdout == b"":
                    continue  # a count of none is not shown
                self.assertEqual((ours.stdout, ours.returncode), (theirs.stdout, theirs.returncode), (flags, pattern))


if __name__ == "__main__":
    unittest.main()
