#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio search in directories: which files are searched, in what order, and what is said about those that can't be.
`rg --no-config` is the oracle on generated trees."""
import json
import os
import random
import shutil
import subprocess
import unittest
from pathlib import Path

from command import FOLIO, UTF8, FolderTest, peer, run

SEED = int(os.environ.get("FOLIO_DIFFERENTIAL_SEED", "7"))
NAMES = ["a.txt", "b.c", "c.h", "d.py", "e.rs", "README", "Makefile", "x y.txt", ".hidden", ".env.txt", "\u00e9.md", "A.TXT", "z.log", "build"]
FOLDERS = ["src", "doc", ".config", "target", "deep", "build"]
RULES = ["*.log", "build/", "/a.txt", "!keep.log", "target", "**/deep/*.c", "doc/*.md", "*.TXT", "!a.txt", "# comment", "", "\\#x", "x\\ y.txt"]
TEXTS = [b"needle\n", b"hay\nneedle one\nhay\nneedle two", b"nothing\n", b"", b"n\xc3\xa9edle needle\r\n", b"bin\0ary\nneedle\n", b"needle\n\0\n",
         b"\xff\xfen\0e\0e\0d\0l\0e\0\n\0", b"\xef\xbb\xbfneedle\n", b"a\n" * 3000 + b"needle\n"]
FLAGS = [([], 1), (["--hidden"], .3), (["--no-ignore"], .15), (["-u"], .1), (["-uu"], .1), (["-uuu"], .1), (["-L"], .2), (["-g", "*.txt"], .1),
         (["-g", "!*.c"], .1), (["--iglob", "*.TXT"], .1), (["-t", "c"], .1), (["-T", "py"], .1), (["--max-depth", "2"], .1),
         (["--max-filesize", "100"], .1), (["--no-ignore-vcs"], .1), (["--no-ignore-dot"], .1), (["--no-ignore-parent"], .1),
         (["--no-require-git"], .15), (["--ignore-file-case-insensitive"], .1), (["--type-add", "log:*.log", "-t", "log"], .05),
         (["--type-clear", "c"], .05), (["--one-file-system"], .05), (["--binary"], .1), (["-a"], .1), (["-g", "src/**"], .07),
         (["--no-ignore-exclude"], .05), (["--no-ignore-global"], .05)]
MODES = [[], ["-n"], ["-c"], ["-l"], ["--files-without-match"], ["--files"], ["--count-matches"], ["--heading", "-n"], ["-C1"], ["-0", "-l"],
         ["--files", "-0"], ["-o"], ["--json"], ["-v", "-c"], ["--vimgrep"]]


def grow(rng, root, depth=0):
    for name in rng.sample(NAMES, k=rng.randrange(2, 6)):
        if not (root / name).exists():
            (root / name).write_bytes(rng.choice(TEXTS))
    if rng.random() < .35:
        (root / rng.choice([".gitignore", ".ignore", ".rgignore"])).write_text("\n".join(rng.sample(RULES, k=3)) + "\n")
    for name in rng.sample(FOLDERS, k=rng.randrange(0, 4)):
        if depth < 3 and not (root / name).exists():
            (root / name).mkdir()
            grow(rng, root / name, depth + 1)
    if rng.random() < .3 and not (root / "link").exists():
        (root / "link").symlink_to(rng.choice(["a.txt", "src", "missing", "README"]))


SHOW_LINES = [[], ["-n"], ["--heading", "-n"], ["-C1"], ["-o"], ["--vimgrep"], ["--json"]]
OWN_MEMBERS = {"schema", "covered", "complete"}


def messages(output):
    """ripgrep's messages: without times, sizes of output, and what folio adds. The summary of ripgrep 13 counts files
    without a match as not searched, and its count of bytes ends at the first NUL."""
    found = []
    for line in output.splitlines():
        message = json.loads(line)
        data = message["data"]
        for name in OWN_MEMBERS | {"elapsed_total"}:
            data.pop(name, None)
        ignored = {"elapsed", "bytes_printed", "bytes_searched"} | ({"searches"} if message["type"] == "summary" else set())
        for name in ignored:
            data.get("stats", {}).pop(name, None)
        found.append(message)
    return found


# Differences that are meant: (reason, whether it concerns (flags, mode)).
ALLOWED = [
    ("with --binary ripgrep takes NUL bytes for line ends, so that it counts other lines",
     lambda flags, mode: {"--binary", "-uuu", "-a"} & set(flags) and "-v" in mode),
    ("with --no-ignore-dot ripgrep 13 still looks at .rgignore; later ones and folio do not", lambda flags, mode: "--no-ignore-dot" in flags),
    ("ripgrep calls it a success if it left a binary file, though it lists none", lambda flags, mode: "--files-without-match" in mode),
    ("with --binary ripgrep withholds lines before the NUL byte, too, and says so without an empty line under headings",
     lambda flags, mode: ("--binary" in flags or "".join(flags).count("u") > 2) and mode in SHOW_LINES),
]


@unittest.skipUnless(shutil.which("rg"), "ripgrep is not installed")
class AgainstRipgrep(FolderTest):
    def compare(self, words, sort=True):
        words = [*(["--sort", "path"] if sort else []), *words]
        theirs, ours = peer("rg", "--no-config", *words, cwd=self.folder), run("search", *words, cwd=self.folder)
        if "--json" in words:
            self.assertEqual(messages(ours.stdout), messages(theirs.stdout), words)
        elif sort:
            self.assertEqual(ours.stdout, theirs.stdout, words)
        else:
            self.assertEqual(sorted(ours.stdout.splitlines()), sorted(theirs.stdout.splitlines()), words)
        self.assertEqual(ours.returncode, theirs.returncode, (words, ours.stderr, theirs.stderr))

    def test_generated_trees(self):
        rng = random.Random(SEED)
        for number in range(12):
            root = self.folder / f"tree{number}"
            root.mkdir()
            grow(rng, root)
            if rng.random() < .6:
                (root / ".git" / "info").mkdir(parents=True)
                (root / ".git" / "info" / "exclude").write_text("README\n")
            for _ in range(12):
                flags = [word for choice, chance in FLAGS if rng.random() < chance * .5 for word in choice]
                mode = rng.choice(MODES)
                pattern = [] if "--files" in mode else ["needle"]
                if any(concerns(flags, mode) for _, concerns in ALLOWED):
                    continue
                with self.subTest(number=number, flags=flags, mode=mode):
                    self.compare([*flags, *mode, *pattern, f"tree{number}"])
                    if rng.random() < .2 and "--heading" not in mode and "-C1" not in mode and "--json" not in mode and "-0" not in mode:
                        self.compare([*flags, *mode, *pattern, f"tree{number}"], sort=False)

    def test_orders(self):
        for index, name in enumerate(["b", "a/z", "a/b", "a.txt", "c", "a-b"]):
            path = self.folder / "t" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"needle\n")
            os.utime(path, (1_700_000_000 + index * 7 % 5 * 100 + index, 1_700_000_000 + index * 3 % 5 * 100 + index))
        names = [b"t/" + name for name in (b"a-b", b"a.txt", b"a/b", b"a/z", b"b", b"c")]
        for order, field in (("path", None), ("modified", "st_mtime"), ("accessed", "st_atime")):
            # As later versions of ripgrep do, over all directories; 13 sorts each by itself. Paths are the same in both.
            by_field = sorted(names, key=lambda name: getattr((self.folder / os.fsdecode(name)).stat(), field)) if field else None
            expected = by_field or peer("rg", "--no-config", "--sort", "path", "--files", "t", cwd=self.folder).stdout.splitlines()
            for flag, wanted in (("--sort", expected), ("--sortr", expected[::-1])):
                for mode, end in ((["-c", "needle"], b":1\n"), (["-l", "needle"], b"\n"), (["--files"], b"\n")):
                    with self.subTest(order=order, flag=flag, mode=mode):
                        self.check(run("search", flag, order, *mode, "t", cwd=self.folder), 0, b"".join(name + end for name in wanted))
        self.compare(["--sort", "none", "needle", "t"], sort=False)
        self.compare(["--sort-files", "needle", "t"], sort=False)

    def test_roots(self):
        self.file("a", b"needle\n")
        (self.folder / "d" / "e").mkdir(parents=True)
        (self.folder / "d" / "e" / "b").write_bytes(b"needle\n")
        for roots in ([], ["."], ["./"], ["d"], ["d/"], ["./d"], ["d/../d"], ["a", "d"], ["d", "a"], [str(self.folder)], ["d", "d"], ["a", "a"], ["d//e"]):
            for mode in (["needle"], ["-l", "needle"], ["-c", "needle"], ["--files"]):
                with self.subTest(roots=roots, mode=mode):
                    self.compare([*mode, *roots])

    def test_ignore_files_given_by_name(self):
        for name in ("a.txt", "b.txt", "sub/a.txt", "sub/c.c"):
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(b"needle\n")
        self.file("rules", b"a.txt\n")
        for flags in (["--ignore-file", "rules"], ["--ignore-file", "rules", "--no-ignore-files"], ["--ignore-file", "rules", "--no-ignore"],
                      ["--ignore-file", "rules", "-g", "a.txt"], ["--ignore-file", "rules", "--ignore-files"], ["-u", "--ignore-file", "rules"]):
            with self.subTest(flags=flags):
                self.compare([*flags, "--files"])

    def test_types(self):
        theirs, ours = peer("rg", "--no-config", "--type-list"), run("search", "--type-list")
        known = {line.split(b":")[0]: set(line.split(b": ")[1].split(b", ")) for line in ours.stdout.splitlines()}
        for line in theirs.stdout.splitlines():
            name, globs = line.split(b": ")
            self.assertIn(name, known)
        for flags in (["--type-add", "mine:*.q", "--type-add", "mine:include:c"], ["--type-clear", "c", "--type-add", "c:*.q"]):
            listed = run("search", *flags, "--type-list").stdout.splitlines()
            self.assertEqual([line for line in listed if line.startswith((b"mine:", b"c:"))],
                             [line for line in peer("rg", "--no-config", *flags, "--type-list").stdout.splitlines() if line.startswith((b"mine:", b"c:"))])

    def test_json_of_one_file(self):
        self.file("a", b"needle one needle\nhay\n\xff needle\nlast needle")
        self.file("b\u00ff", b"needle\n")
        for flags in ([], ["-C1"], ["-v"], ["-o"], ["-m1"], ["-U"], ["-i"], ["-N"], ["--crlf"], ["-F"], ["--passthru"], ["-b"], ["--trim"]):
            with self.subTest(flags=flags):
                self.compare(["--json", *flags, "needle"])
        spanning = [message for message in messages(run("search", "--json", "-U", r"one needle\nhay\n", "a", cwd=self.folder).stdout) if message["type"] == "match"]
        self.assertEqual(spanning, [message for message in messages(peer("rg", "--no-config", "--json", "-U", r"one needle\nhay\n", "a", cwd=self.folder).stdout)
                                    if message["type"] == "match"])
        self.compare(["--json", "absent", "a"])
        quiet = [json.loads(line)["type"] for line in run("search", "--json", "-q", "needle", cwd=self.folder).stdout.splitlines()]
        self.assertEqual(quiet, ["summary"])
        self.compare(["--json", "", "b\u00ff"])


class Tree(FolderTest):
    def test_json_says_what_was_covered(self):
        content = b"\0needle\n" + b"x\n" * 10
        self.file("a", content)
        for words in ([], ["a"], ["--access", "map"], ["--access", "read", "--chunk-size", "7", "a"]):
            with self.subTest(words=words):
                result = self.check(run("search", "--json", "--binary", "needle", *words, cwd=self.folder), 0)
                end = json.loads(result.stdout.splitlines()[-2])["data"]
                self.assertEqual((end["covered"], end["complete"], end["binary_offset"]), ([0, len(content)], True, 0))
                end = json.loads(run("search", "--json", "-a", "needle", *words, cwd=self.folder).stdout.splitlines()[-2])["data"]
                self.assertIsNone(end["binary_offset"])

    @unittest.skipIf(os.geteuid() == 0 and not shutil.which("setpriv"), "root reads everything")
    def test_unreadable_files_and_directories(self):
        for name in ("open", "closed"):
            (self.folder / name).mkdir()
            (self.folder / name / "f").write_bytes(b"needle\n")
        self.file("secret", b"needle\n")
        os.chmod(self.folder, 0o755)
        os.chmod(self.folder / "closed", 0)
        os.chmod(self.folder / "secret", 0)
        self.addCleanup(os.chmod, self.folder / "closed", 0o755)
        drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        for folder in [*self.folder.parents]:
            if os.geteuid() == 0 and not folder.stat().st_mode & 0o001:
                self.skipTest("the folder can't be reached by others")
        for flags, silent in (([], False), (["--no-messages"], True), (["--files"], False)):
            words = ["needle"] if "--files" not in flags else []
            result = subprocess.run([*drop, FOLIO, "search", "--sort", "path", *flags, *words], cwd=self.folder, env=UTF8,
                                    capture_output=True, stdin=subprocess.DEVNULL, check=False)
            self.assertEqual(result.returncode, 2, result)
            self.assertIn(b"open/f", result.stdout)
            self.assertEqual(result.stderr == b"", silent, result.stderr)
            if not silent:
                self.assertIn(b"closed", result.stderr)
                self.assertIn(b"ermission denied", result.stderr)

    def test_loops_of_links(self):
        (self.folder / "a" / "b").mkdir(parents=True)
        (self.folder / "a" / "b" / "f").write_bytes(b"needle\n")
        (self.folder / "a" / "b" / "up").symlink_to("../../a")
        (self.folder / "self").symlink_to("self")
        self.check(run("search", "needle", cwd=self.folder), 0, b"a/b/f:needle\n")
        result = self.check(run("search", "-L", "--sort", "path", "needle", cwd=self.folder), 2, b"a/b/f:needle\n")
        self.assertIn(b"a/b/up", result.stderr)
        self.check(run("search", "needle", "a/b/up", cwd=self.folder), 0, b"a/b/up/b/f:needle\n")

    def test_order_does_not_depend_on_threads(self):
        for number in range(60):
            (self.folder / f"d{number % 7}").mkdir(exist_ok=True)
            (self.folder / f"d{number % 7}" / f"f{number}").write_bytes(b"needle\n" * (number % 5) + b"x" * (number % 3) * 40000)
        expected = run("search", "--sort", "path", "-n", "-j1", "needle", cwd=self.folder).stdout
        self.assertEqual(expected.count(b"\n"), sum(number % 5 for number in range(60)))
        for threads in ("1", "2", "7"):
            for flags in ([], ["--access", "map"], ["--access", "read", "--chunk-size", "7"], ["--access", "uring"]):
                self.check(run("search", "--sort", "path", "-n", "-j", threads, *flags, "needle", cwd=self.folder), 0, expected)
                unsorted = run("search", "-n", "-j", threads, *flags, "needle", cwd=self.folder).stdout
                self.assertEqual(sorted(unsorted.splitlines()), sorted(expected.splitlines()))

    def test_lines_of_a_file_stay_together(self):
        for number in range(30):
            self.file(f"f{number}", b"needle\n" * 3000)
        lines = run("search", "needle", cwd=self.folder).stdout.splitlines()
        names = [line.split(b":")[0] for line in lines]
        changes = sum(first != second for first, second in zip(names, names[1:]))
        self.assertEqual((len(lines), changes), (90000, 29))

    def test_found_and_named_binary_files(self):
        (self.folder / "d").mkdir()
        (self.folder / "d" / "late").write_bytes(b"needle\n" + b"x\n" * 40000 + b"\0\n")
        (self.folder / "d" / "early").write_bytes(b"\0needle\n")
        message = b"d/early: binary file matches (found \"\\0\" byte around offset 0)\n"
        self.check(run("search", "needle", "d", cwd=self.folder), 0, b"d/late:needle\n")
        self.check(run("search", "-H", "needle", "d/early", cwd=self.folder), 0, message)
        self.check(run("search", "--binary", "--sort=path", "needle", "d", cwd=self.folder), 0, message + b"d/late:needle\n")
        self.check(run("search", "-uuu", "--sort=path", "needle", "d", cwd=self.folder), 0, message + b"d/late:needle\n")
        self.check(run("search", "-a", "--sort=path", "-c", "needle", "d", cwd=self.folder), 0, b"d/early:1\nd/late:1\n")

    def test_globally_ignored_files(self):
        home = self.folder / "home"
        (home / ".config" / "git").mkdir(parents=True)
        (home / ".config" / "git" / "ignore").write_text("*.skip\n")
        tree = self.folder / "tree"
        (tree / ".git").mkdir(parents=True)
        for name in ("a.skip", "a.txt"):
            (tree / name).write_bytes(b"needle\n")
        env = {key: value for key, value in UTF8.items() if key != "XDG_CONFIG_HOME"} | {"HOME": str(home)}
        self.check(run("search", "-l", "needle", cwd=tree, env=env), 0, b"a.txt\n")
        self.check(run("search", "--sort=path", "--no-ignore-global", "-l", "needle", cwd=tree, env=env), 0, b"a.skip\na.txt\n")

    def test_a_large_file_among_small_ones(self):
        self.file("small", b"needle\n")
        self.file("large", b"hay hay hay\n" * 3_200_000 + b"needle\n")
        self.check(run("search", "--sort=path", "-n", "needle", cwd=self.folder), 0, b"large:3200001:needle\nsmall:1:needle\n")
        self.check(run("search", "--sort=path", "-c", "hay|needle", cwd=self.folder), 0, b"large:3200001\nsmall:1\n")

    def test_standard_input_among_files(self):
        (self.folder / "d").mkdir()
        (self.folder / "d" / "f").write_bytes(b"needle f\n")
        self.check(run("search", "--sort=path", "needle", "-", "d", stdin=b"needle in\n", cwd=self.folder), 0, None)
        lines = run("search", "needle", "-", "d", stdin=b"needle in\n", cwd=self.folder).stdout.splitlines()
        self.assertEqual(sorted(lines), [b"<stdin>:needle in", b"d/f:needle f"])


if __name__ == "__main__":
    unittest.main()
