#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What folio search reads: streams, compressed and encoded files, binary data, files that change or can't be read; and
where its output goes: closed pipes, full disks; and signals."""
import bz2
import gzip
import lzma
import os
import re
import shutil
import signal
import subprocess
import threading
import time
import unittest

from command import FOLIO, SANITIZED, UTF8, FolderTest, peer, run, variants

TEXT = b"".join(b"line %d %s\n" % (i, b"needle" if i % 97 == 5 else b"hay") for i in range(20000))
HITS = b"".join(b"line %d needle\n" % i for i in range(20000) if i % 97 == 5)


def by_tool(name, *flags):
    return lambda data: subprocess.run([name, *flags], input=data, capture_output=True, check=True).stdout


PACKERS = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress,
           **{name: by_tool(name, "-q", "-c") for name in ("zstd", "lz4") if shutil.which(name)}}


def popen(*words, **more):
    more = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": UTF8} | more
    return subprocess.Popen([FOLIO, "search", *map(os.fsencode, words)], **more)


class Streams(FolderTest):
    def test_input_is_searched_where_no_file_is_named(self):
        self.check(run("search", "-c", "needle", stdin=TEXT), 0, b"%d\n" % HITS.count(b"\n"))
        self.check(run("search", "needle", stdin=TEXT), 0, HITS)
        self.check(run("search", "-H", "-m1", "needle", "-", stdin=TEXT), 0, b"<stdin>:line 5 needle\n")
        self.check(run("search", "absent", stdin=b""), 1, b"")
        path = self.file("a", TEXT)
        with open(path, "rb") as source:
            self.check(run("search", "needle", stdin=source), 0, HITS)
        with open(path, "rb") as source:
            source.seek(10)
            self.check(run("search", "-b", "-m1", "needle", stdin=source), 0, None)
        self.check(run("search", "-n", "needle", "-", path, stdin=b"a needle\n"), 0,
                   b"<stdin>:1:a needle\n" + re.sub(rb"(?m)^line (\d+)", lambda m: b"%s:%d:%s" % (path.encode(), int(m[1]) + 1, m[0]), HITS))

    def test_the_directory_is_searched_where_nothing_comes_in(self):
        self.file("a", b"needle\n")
        self.check(run("search", "needle", cwd=self.folder), 0, b"a:needle\n")

    def test_lines_of_a_pipe_are_shown_at_once(self):
        for flags in ([], ["-n"], ["-C1"], ["-o"], ["--json"]):
            process = popen(*flags, "needle", stdin=subprocess.PIPE)
            process.stdin.write(b"needle\nhay\n")
            process.stdin.flush()
            self.assertIn(b"begin" if flags == ["--json"] else b"needle", process.stdout.readline(), flags)
            process.communicate(timeout=30)

    def test_fifo_in_pieces(self):
        fifo = self.folder / "fifo"
        os.mkfifo(fifo)
        for flags, expected in ((["-c"], b"2\n"), (["-n"], b"1:needle\n3:needle\n"), (["-U", "-o"], b"needle\nneedle\n")):
            process = popen(*flags, "needle", str(fifo))
            with open(fifo, "wb", buffering=0) as target:
                for part in (b"nee", b"dle\nhay", b"\nneedle"):
                    target.write(part)
                    time.sleep(0.01)
            self.assertEqual(process.communicate(timeout=30)[0], expected)

    def test_found_pipes_and_sockets_do_not_block(self):
        os.mkfifo(self.folder / "fifo")
        self.file("a", b"needle\n")
        self.check(run("search", "needle", cwd=self.folder, timeout=20), 0, b"a:needle\n")

    def test_files_of_the_kernel(self):
        for path in ("/proc/self/status", "/proc/cpuinfo", "/proc/self/maps", "/proc/version"):
            if os.path.exists(path):
                self.assertEqual(run("search", "-c", "", path).returncode, 0, path)
        name = b"Name:\t" + os.path.basename(FOLIO).encode()[:15] + b"\n"
        self.check(run("search", "^Name:", "/proc/self/status"), 0, name)
        self.check(run("search", "-H", "^Name:", "/proc/self/status", "/proc/self/status"), 0, (b"/proc/self/status:" + name) * 2)
        self.check(run("search", "x", "/dev/null"), 1, b"")

    def test_mixed_operands_that_fail(self):
        good = self.file("good", b"needle\n")
        (self.folder / "empty").mkdir()
        result = self.check(run("search", "needle", "missing", good, self.folder / "gone", self.folder / "empty"), 2, f"{good}:needle\n".encode())
        self.assertEqual(len(result.stderr.splitlines()), 2, result.stderr)
        self.assertIn(b"missing", result.stderr)
        self.check(run("search", "--no-messages", "needle", "missing", good), 2, f"{good}:needle\n".encode(), rb"\A\Z")
        closed = subprocess.run(f"exec 0<&-; '{FOLIO}' search needle -", shell=True, capture_output=True, check=False)
        self.assertEqual((closed.returncode, closed.stdout), (2, b""))
        self.assertRegex(closed.stderr, rb"\Afolio: [^\n]+\n\Z")


class Ranges(FolderTest):
    def test_lines_that_begin_in_the_range(self):
        path = self.file("a", TEXT)
        starts, offset = [], 0
        for line in TEXT.splitlines(keepends=True):
            starts.append((offset, line))
            offset += len(line)
        for begin, end in ((0, 100), (1, 50000), (777, 778), (100000, 10**9), (len(TEXT) - 3, len(TEXT)), (0, 0)):
            expected = b"".join(b"%d:%s" % (at, line) for at, line in starts if begin <= at < end and b"needle" in line)
            for access in ("auto", "map", "read", "uring", "direct"):
                for chunk in ("7", "4096", "1M") if end - begin < 1000 else ("4096", "1M"):
                    result = run("search", "-b", "--access", access, "--chunk-size", chunk, "--range", f"{begin}:{end}", r"need\w+", path)
                    self.check(result, 0 if expected else 1, expected)
        self.check(run("search", "-c", "--range", "1K:", "needle", path), 0, b"%d\n" % sum(at >= 1024 and b"needle" in line for at, line in starts))
        self.check(run("search", "-c", "--range", ":1K", "needle", path), 0, b"%d\n" % sum(at < 1024 and b"needle" in line for at, line in starts))

    def test_context_stays_inside(self):
        path = self.file("a", b"1\n2\nx\n4\n5\n")
        self.check(run("search", "--range", "2:6", "-C5", "x", path), 0, b"2\nx\n")


class Compressed(FolderTest):
    def test_every_format_named_found_and_streamed(self):
        for name, pack in PACKERS.items():
            packed = pack(TEXT)
            path = self.file("packed", packed)
            with self.subTest(name=name):
                self.check(run("search", "-z", "needle", path), 0, HITS)
                self.check(run("search", "-z", "needle", stdin=packed), 0, HITS)
                self.check(run("search", "-z", "-c", "needle", cwd=self.folder), 0, b"packed:%d\n" % HITS.count(b"\n"))
                self.check(run("search", "-z", "-o", "-b", "-m1", "needle", path), 0, b"62:needle\n")
                for flags in (["-j1"], ["-j3"], ["--chunk-size", "4096"], ["--access", "read"], ["--access", "map"]):
                    self.check(run("search", "-z", *flags, "-n", "needle", path), 0,
                               re.sub(rb"(?m)^line (\d+)", lambda m: b"%d:%s" % (int(m[1]) + 1, m[0]), HITS))

    def test_members_one_after_the_other(self):
        for name in ("gzip", "bzip2", "xz", "zstd", "lz4"):
            if name in PACKERS:
                path = self.file("packed", PACKERS[name](b"one needle\ntw") + PACKERS[name](b"o needle\n"))
                self.check(run("search", "-z", "-n", "needle", path), 0, b"1:one needle\n2:two needle\n")

    def test_truncated_and_damaged_files(self):
        other = self.file("other", b"needle in another\n")
        for name, pack in PACKERS.items():
            packed = pack(TEXT)
            for kind, damaged in (("half", packed[:len(packed) // 2]), ("one byte less", packed[:-1]),
                                  ("changed", packed[:len(packed) // 2] + b"\x55\xaa\x55\xaa" * 4 + packed[len(packed) // 2 + 16:])):
                with self.subTest(name=name, kind=kind):
                    path = self.file("packed", damaged)
                    result = run("search", "-z", "-I", "needle", path, other)
                    self.assertIn(result.returncode, (2, 3), result)
                    self.assertRegex(result.stderr, rb"\A(folio: [^\n]+\n){1,2}\Z")
                    self.assertIn(b"packed", result.stderr)
                    self.assertTrue(result.stdout.endswith(b"needle in another\n"))
                    shown = result.stdout[:-len(b"needle in another\n")]
                    if kind != "changed":
                        self.assertTrue(HITS.startswith(shown), shown[-200:])

    def test_what_only_looks_compressed_is_searched_as_it_is(self):
        path = self.file("a.gz", b"needle\n")
        self.check(run("search", "-z", "needle", path), 0, b"needle\n")
        self.check(run("search", "-z", "needle", self.file("short", b"\x1f\x8b")), 1, None)

    def test_a_bomb_is_streamed(self):
        path = self.file("bomb.gz", gzip.compress(b"\n" * (64 << 20) + b"needle\n"))
        self.check(run("search", "-z", "-n", "needle", path), 0, b"%d:needle\n" % ((64 << 20) + 1))

    def test_encoded_text_inside(self):
        path = self.file("a.gz", gzip.compress("\ufeffneedle \u20ac\n".encode("utf-16-le")))
        self.check(run("search", "-z", "needle \u20ac", path), 0, "needle \u20ac\n".encode())


class Encodings(FolderTest):
    def test_byte_order_marks(self):
        text = "alpha\nneedle \u20ac \U0001F600\nomega"
        for codec, mark in (("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
            content = mark + text.encode(codec)
            path = self.file("a", content)
            with self.subTest(codec=codec):
                expected = peer("rg", "--no-config", "-nb", "need.*", path).stdout if shutil.which("rg") else None
                self.check(run("search", "-nb", "need.*", path), 0, expected)
                self.check(run("search", "-n", "^alpha", path), 0, b"1:alpha\n")
                self.check(run("search", "-o", r"\S+$", path), 0, "alpha\n\U0001F600\nomega\n".encode())
                self.check(run("search", "-c", "needle", stdin=content), 0, b"1\n")
                self.check(run("search", "-l", "needle", cwd=self.folder), 0, b"a\n")
                self.assertEqual(run("search", "-E", "none", "-c", "^alpha", path).returncode, 1)

    def test_every_way_to_read_utf16(self):
        text = "".join(f"line {i} {'needle' if i % 13 == 4 else 'hay'} \u20ac\n" for i in range(300))
        path = self.file("a", b"\xff\xfe" + text.encode("utf-16-le"))
        expected = "".join(f"{i + 1}:line {i} needle \u20ac\n" for i in range(300) if i % 13 == 4).encode()
        for flags in variants():
            self.check(run("search", "-n", *flags, "needle .$", path), 0, expected)

    def test_named_encodings(self):
        for name, codec in (("latin1", "cp1252"), ("iso-8859-15", "iso-8859-15"), ("windows-1251", "cp1251"), ("utf-16le", "utf-16-le"),
                            ("utf-16be", "utf-16-be"), ("shift_jis", "shift_jis"), ("gbk", "gbk"), ("euc-jp", "euc-jp"), ("koi8-r", "koi8-r")):
            word = {"latin1": "caf\u00e9", "iso-8859-15": "\u0153uf", "windows-1251": "\u0436\u0443\u043a", "koi8-r": "\u0436\u0443\u043a",
                    "shift_jis": "\u65e5\u672c", "gbk": "\u65e5\u672c", "euc-jp": "\u65e5\u672c"}.get(name, "n\u00e4del")
            path = self.file("a", f"first\nx {word} y\n".encode(codec))
            with self.subTest(name=name):
                self.check(run("search", "-E", name, "-n", word, path), 0, f"2:x {word} y\n".encode())
                self.check(run("search", "--encoding=" + name.upper(), "-o", r"\w+ y", path), 0, f"{word} y\n".encode())

    def test_invalid_bytes_are_no_obstacle(self):
        path = self.file("a", b"a\xffneedle\xc3(\n")
        self.check(run("search", "needle", path), 0, b"a\xffneedle\xc3(\n")
        self.check(run("search", "-o", ".", path), 0, b"a\n" + b"".join(bytes([c]) + b"\n" for c in b"needle(") )
        self.check(run("search", "-o", r"(?-u:\xff)n", path), 0, b"\xffn\n")
        odd = self.file("odd", b"\xff\xfe" + "needle".encode("utf-16-le") + b"x")
        self.check(run("search", "-o", "needle", odd), 0, b"needle\n")


class Binary(FolderTest):
    def test_one_rule_for_every_way_to_read(self):
        samples = {"before": (b"x\0y\nneedle\n", b"", 1), "after": (b"needle\nhay\n\0\n", b"needle\n", None),
                   "in line": (b"hay\n" * 20000 + b"a needle\0\nneedle\n", b"", 80008), "far away": (b"hay\n" * 20000 + b"\0\nneedle\n", b"needle\n", None),
                   "behind a match": (b"needle\n\0\nneedle\n", b"needle\n", 7)}
        for name, (content, lines, offset) in samples.items():
            path = self.file("sample", content)
            said = b"" if offset is None else b'binary file matches (found "\\0" byte around offset %d)\n' % offset
            for flags in [*variants(), None]:
                if flags and flags[-1] in ("1", "7") and len(content) > 1000:
                    continue
                with self.subTest(name=name, flags=flags):
                    result = run("search", r"ne\w+", stdin=content) if flags is None else run("search", *flags, r"ne\w+", path)
                    self.check(result, 0, lines + said)
            self.check(run("search", "-a", "needle", path), 0, peer("grep", "-aF", "needle", path).stdout)
            self.check(run("search", "-c", "needle", path), 0, b"%d\n" % content.count(b"needle"))
            self.check(run("search", "-l", "needle", path), 0, path.encode() + b"\n")
            self.check(run("search", "--null-data", "-c", "", path), 0, b"%d\0" % (content.rstrip(b"\0").count(b"\0") + 1))

    def test_context_never_shows_what_is_withheld(self):
        path = self.file("a", b"needle\n\0secret\n")
        self.assertNotIn(b"secret", run("search", "-A3", "needle", path).stdout)
        self.assertNotIn(b"secret", run("search", "--passthru", "needle", path).stdout)


class Changes(FolderTest):
    def test_a_file_that_grows(self):
        path = self.file("log", TEXT)
        stop = threading.Event()

        def grow():
            with open(path, "ab", buffering=0) as target:
                for _ in range(2000):
                    if stop.wait(0.001):
                        return
                    target.write(b"line x needle\n" * 10)

        writer = threading.Thread(target=grow)
        writer.start()
        try:
            for flags in ([], ["--access", "map"], ["--access", "read"], ["--access", "uring"], ["-j1"], ["-j3", "--chunk-size", "4096"]):
                result = run("search", *flags, "needle", path)
                self.assertEqual(result.returncode, 0, (flags, result.stderr))
                self.assertTrue(result.stdout.startswith(HITS), flags)
                self.assertLessEqual(set(result.stdout[len(HITS):].splitlines()), {b"line x needle"})
        finally:
            stop.set()
            writer.join()

    def test_a_file_that_shrinks_is_told(self):
        path = self.file("log", b"hay\n" * 4_000_000)
        seen = set()
        for _ in range(12):
            self.file("log", b"hay\n" * 4_000_000)
            process = popen("-c", "--include-zero", r"h.y", path)
            time.sleep(0.004)
            os.truncate(path, 4096)
            out, err = process.communicate(timeout=60)
            seen.add(process.returncode)
            self.assertIn(process.returncode, (0, 3), err)
            if process.returncode == 3:
                self.assertIn(b"log", err)
        self.assertTrue(seen)


class Endings(FolderTest):
    def test_a_closed_pipe_is_silent(self):
        path = self.file("sample", b"needle\n" * 400000)
        for words in (["needle", path], ["-n", "needle", self.folder], ["--json", "needle", path], ["-v", "x", path], ["--sort=path", "needle", self.folder],
                      ["-C1", "needle", path]):
            for restore in (True, False):  # with SIGPIPE at its default, and ignored
                process = popen(*words, restore_signals=restore)
                process.stdout.read(100)
                process.stdout.close()
                self.assertEqual(process.stderr.read(), b"", words)
                process.stderr.close()
                self.assertIn(process.wait(30), (0, -signal.SIGPIPE))

    def test_a_full_disk_is_told_once(self):
        path = self.file("sample", b"needle\n" * 4000)
        for words in (["needle", path], ["-c", "needle", path], ["-l", "needle", self.folder], ["--json", "needle", path], ["--files", self.folder],
                      ["--type-list"], ["needle", path, path, path], ["-n", "needle", self.folder], ["--stats", "-q", "needle", path]):
            with self.subTest(words=words), open("/dev/full", "wb") as full:
                result = subprocess.run([FOLIO, "search", *map(os.fsencode, words)], stdout=full, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
                                        env=UTF8, check=False, timeout=60)
                self.assertEqual(result.returncode, 2)
                told = [line for line in result.stderr.splitlines() if b"o space" in line]
                self.assertEqual(len(told), 1, result.stderr)

    def test_signals_while_waiting_for_a_pipe(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            process = popen("needle", stdin=subprocess.PIPE)
            process.stdin.write(b"a needle\n")
            process.stdin.flush()
            self.assertEqual(process.stdout.readline(), b"a needle\n")
            process.send_signal(number)
            self.assertEqual(process.wait(30), 130)
            for stream in (process.stdin, process.stdout, process.stderr):
                stream.close()

    @unittest.skipIf(SANITIZED, "a sanitizer delays signals")
    def test_signals_while_a_write_is_blocked(self):
        path = self.file("sample", b"needle\n" * 400000)
        for words in (["needle", path], ["needle", self.folder], ["--sort=path", "-n", "needle", path, path]):
            process = popen(*words)
            process.stdout.read(10)  # and no more: the pipe fills up
            time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            self.assertEqual(process.wait(30), 130, words)
            process.stdout.close()
            process.stderr.close()

    def test_a_signal_in_a_tree(self):
        for number in range(40):
            self.file(f"f{number}", b"hay\n" * 300000)
        process = popen("-c", "x*y*z*w", self.folder)
        time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
        # Done before the signal came, stopped by it, or ended by it before the program had begun.
        self.assertIn(process.returncode, (1, 130, -signal.SIGINT))


if __name__ == "__main__":
    unittest.main()
