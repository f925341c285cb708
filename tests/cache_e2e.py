#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio cache: numbers are vmtouch's, looking never maps, loading and dropping do what they say, and locks hold."""
import json
import mmap
import os
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from command import FOLIO, SANITIZED, UTF8, FolderTest, peer, run

PAGE = mmap.PAGESIZE
SIZE = 6 * 1024 * PAGE + 100
PAGES = -(-SIZE // PAGE)
NOBODY = 65534


def cache(action, *words, **more):
    return run("cache", action, *words, **more)


def messages(action, *words, **more):
    result = cache(action, "--json", *words, **more)
    return [json.loads(line) for line in result.stdout.splitlines()]


def total(*words):
    return messages("status", "-s", *words)[-1]


def resident(*words):
    found = total(*words)
    return found["resident"], found["pages"]


def vmtouch(*words):
    text = peer("vmtouch", *words).stdout.decode()
    return tuple(map(int, re.search(r"Resident Pages: (\d+)/(\d+)", text).groups()))


def limited(which, amount):
    return lambda: resource.setrlimit(which, (amount, amount))


class CacheTest(FolderTest):
    def setUp(self):
        super().setUp()
        self.log = self.file("a.log", os.urandom(PAGE) * (SIZE // PAGE) + b"x" * (SIZE % PAGE))
        subprocess.run(["sync", self.log], check=True)

    def need_eviction(self):
        self.check(cache("evict", self.log), 0)
        if total(self.log)["method"] != "cachestat" or resident(self.log)[0] > 0:
            self.skipTest("this file system keeps its pages, or this kernel does not count them")

    def start_lock(self, *words, **more):
        process = subprocess.Popen([FOLIO, "cache", "lock", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env=UTF8, **more)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        line = process.stderr.readline()
        self.assertIn(b"pinned", line)
        return process


@unittest.skipUnless(shutil.which("vmtouch"), "vmtouch is not installed")
class VmtouchTest(CacheTest):
    def check_equal(self, *names):
        for _ in range(5):  # the kernel may drop pages in between
            ours, theirs = resident(*names), vmtouch(*names)
            if ours == theirs:
                return ours
        self.fail(f"folio {ours}, vmtouch {theirs}")

    def test_cold_half_and_warm(self):
        self.need_eviction()
        self.assertEqual(self.check_equal(self.log), (0, PAGES))
        with open(self.log, "rb", buffering=0) as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_RANDOM)
            os.pread(file.fileno(), SIZE // 2, 0)
        self.assertGreaterEqual(self.check_equal(self.log)[0], PAGES // 2)
        self.check(cache("load", self.log), 0)
        self.assertEqual(self.check_equal(self.log), (PAGES, PAGES))

    def test_tree_with_links(self):
        for name, size in (("empty", 0), ("one", 1), ("page", PAGE), ("more", PAGE + 1), (".hidden", 3 * PAGE)):
            self.file(name, b"x" * size)
        (self.folder / "sub").mkdir()
        os.link(self.log, self.folder / "sub" / "again.log")
        os.symlink("../a.log", self.folder / "sub" / "link")
        os.mkfifo(self.folder / "sub" / "pipe")
        self.assertEqual(self.check_equal(self.folder)[1], PAGES + 1 + 1 + 2 + 3)
        found = total(self.folder)
        self.assertEqual((found["files"], found["repeated"]), (6, 1))
        self.assertEqual(resident(self.folder, self.log, self.log), resident(self.folder))


class StatusTest(CacheTest):
    def test_text_shows_bar_and_total(self):
        other = self.file("b\nb", b"x")
        lines = self.check(cache("status", self.log, other), 0, stderr=b"^$").stdout.decode().splitlines()
        self.assertEqual(len(lines), 4)
        self.assertRegex(lines[1], rf"24\.0 MiB +24\.0 MiB +100 % +{PAGES:,} of {PAGES:,} +\d+.* \[O{{40}}\] .*a\.log$")
        self.assertTrue(lines[2].endswith(r"b'$'\n''b'"), lines[2])
        self.assertRegex(lines[3], rf" {PAGES + 1:,} of .* total of 2 files$")
        self.assertEqual(len(self.check(cache("status", self.log), 0).stdout.splitlines()), 2)

    def test_json(self):
        name = os.fsencode(self.folder) + b"/\xff"
        os.rename(self.log, name)
        file, everything = messages("status", "--regions", "7", name)
        self.assertEqual((file["schema"], file["type"], file["action"]), ("folio.cache/1", "file", "status"))
        self.assertIn("bytes", file["path"])
        self.assertEqual(file["range"], [0, SIZE])
        self.assertEqual((file["pages"], file["page_size"]), (PAGES, PAGE))
        if file["method"] == "cachestat":
            self.assertEqual(len(file["regions"]), 7)
            self.assertEqual([sum(part) for part in zip(*file["regions"])], [file["resident"], file["pages"]])
        self.assertEqual((everything["type"], everything["files"], everything["bytes"]), ("total", 1, SIZE))

    def test_order_top_and_choice(self):
        for name, pages in (("x1", 1), ("x3", 3), ("x2", 2)):
            self.file(name, b"x" * pages * PAGE)

        def names(*words):
            return [Path(found["path"]["text"]).name for found in messages("status", self.folder, *words)[:-1]]
        self.assertEqual(names(), ["a.log", "x1", "x2", "x3"])
        self.assertEqual(names("--sort", "size"), ["a.log", "x3", "x2", "x1"])
        self.assertEqual(names("--sort", "resident", "--top", "2"), ["a.log", "x3"])
        self.assertEqual(names("--top", "1"), ["a.log"])
        self.assertEqual(names("-g", "x*", "--min-size", str(2 * PAGE)), ["x2", "x3"])
        self.assertEqual(names("--max-size", "8K", "-x"), ["x1", "x2"])
        self.assertEqual(total("--top", "1", self.folder)["files"], 4)

    def test_range(self):
        self.assertEqual(total("--range", f"{PAGE - 1}:{PAGE + 1}", self.log)["pages"], 2)
        self.assertEqual(total("--range", "1G:", self.log)["pages"], 0)

    def test_bad_input(self):
        os.mkfifo(self.folder / "pipe")
        result = self.check(cache("status", self.folder / "missing", self.folder / "pipe", self.log), 2)
        self.assertRegex(result.stderr, rb"^folio: [^\n]*missing: [^\n]*No such file[^\n]*\n"
                                        rb"folio: [^\n]*pipe: not a regular file; skipped\n$")
        self.assertIn(b"a.log", result.stdout)
        self.check(cache("status", self.folder / "pipe"), 0)
        for words in ([], ["--range", "2:1", self.log], ["--sort", "x", self.log], ["--regions", "0", self.log]):
            self.check(cache("status", *words), 2, b"", rb"^folio: [^\n]*\n$")
        self.check(run("cache"), 2, b"", b"say which action")
        self.check(run("cache", "touch"), 2, b"", b"no action 'touch'")

    def test_broken_output(self):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([FOLIO, "cache", "status", self.log], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, rb"^folio: standard output: [^\n]*\n$")
        for number in range(2000):
            (self.folder / f"f{number}").touch()
        process = subprocess.Popen([FOLIO, "cache", "status", self.folder], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertIn(process.wait(timeout=60), (0, -signal.SIGPIPE))

    @unittest.skipIf(SANITIZED, "sanitizers need more addresses than the limit leaves")
    def test_maps_nothing(self):
        huge = self.folder / "huge"
        with open(huge, "wb") as file:
            file.truncate(1 << 36)
        limit = {"preexec_fn": limited(resource.RLIMIT_AS, 1 << 30)}
        self.check(cache("status", huge, **limit), 0, stderr=b"^$")
        self.check(cache("lock", "--force", huge, **limit), 2, stderr=b"^folio: .*huge: ")  # this one has to map


class OtherUserTest(CacheTest):
    """Files of somebody else, looked at by a user who may only read them."""

    def setUp(self):
        super().setUp()
        if os.geteuid() != 0:
            self.skipTest("only root can become another user")
        self.place = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.place)
        os.chmod(self.place, 0o755)
        self.command = shutil.copy(FOLIO, self.place / "folio")
        self.copy = shutil.copy(self.log, self.place / "a.log")
        os.chmod(self.copy, 0o644)

    def as_nobody(self, *words, **more):
        return subprocess.run([self.command, "cache", *words], user=NOBODY, group=NOBODY, extra_groups=[], cwd="/",
                              stdin=subprocess.DEVNULL, capture_output=True, env=UTF8, timeout=60, check=False, **more)

    def test_numbers_say_about_and_little_is_loaded(self):
        self.check(cache("evict", self.copy), 0)
        result = self.check(self.as_nobody("status", self.copy), 0)
        self.assertRegex(result.stdout, rb"about \d+ %")
        if resident(self.copy)[0] > 500:  # 64 samples
            self.skipTest("this file system keeps its pages")
        self.check(cache("load", self.copy), 0)
        self.assertRegex(self.check(self.as_nobody("status", self.copy), 0).stdout, rb"about 100 %")

    def test_unreadable(self):
        os.chmod(self.copy, 0o600)
        self.check(self.as_nobody("status", self.copy), 2, stderr=rb"^folio: [^\n]*a\.log: [^\n]*[Pp]ermission[^\n]*\n$")

    @unittest.skipIf(SANITIZED, "sanitizers make mlock do nothing")
    def test_limit_of_locking(self):
        limit = {"preexec_fn": limited(resource.RLIMIT_MEMLOCK, 64 << 10)}
        self.check(self.as_nobody("lock", self.copy, **limit), 2, b"",
                   rb"may pin only 64\.0 KiB; nothing was pinned.*ulimit -l 24580.*LimitMEMLOCK=.*CAP_IPC_LOCK")
        self.check(self.as_nobody("lock", "--force", self.copy, **limit), 2,
                   stderr=rb": 65536 of \d+ bytes could be pinned, and are released again")


class ChangeTest(CacheTest):
    def test_load_and_evict(self):
        self.need_eviction()
        self.check(cache("load", "--range", "0:1M", self.log), 0, stderr=rb"^loaded 1\.00 MiB in ")
        self.assertLess(resident(self.log)[0], PAGES)
        self.assertEqual(resident("--range", "0:1M", self.log), ((1 << 20) // PAGE,) * 2)
        for way in ([], ["--huge"], ["--threads", "1"]):
            self.check(cache("evict", self.log), 0, stderr=b"^$")
            file, everything = messages("load", *way, self.log)
            self.assertEqual((file["resident"], file["resident_before"], file["loaded_bytes"]), (PAGES, 0, SIZE))
            self.assertEqual(everything["loaded_bytes"], SIZE)
        file, everything = messages("evict", self.log)
        self.assertEqual((file["resident"], file["resident_before"], file["held"]), (0, PAGES, "none"))

    def test_dirty_pages_are_written_and_dropped(self):
        self.need_eviction()
        with open(self.log, "r+b") as file:
            file.write(b"y" * 5 * PAGE)
        self.assertGreaterEqual(sum(total(self.log)[name] for name in ("dirty", "writeback")), 1)
        self.check(cache("evict", self.log), 0, stderr=b"^$")
        self.assertEqual(resident(self.log)[0], 0)
        self.assertEqual(Path(self.log).read_bytes()[:5 * PAGE], b"y" * 5 * PAGE)

    def test_what_stays_is_explained(self):
        self.need_eviction()
        self.check(cache("load", self.log), 0)
        with open(self.log, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            self.assertEqual(len(mapped[::PAGE]), PAGES)
            self.check(cache("evict", self.log), 0, stderr=rb"a\.log: [\d,]+ pages stayed in the cache: programs have")

    def test_errors_do_not_stop_the_others(self):
        for action in ("load", "evict"):
            found = messages(action, self.folder / "missing", self.log)
            self.assertEqual((found[-1]["files"], found[-1]["failed"]), (1, 1))
            self.check(cache(action, self.folder / "missing", self.log), 2)

    def test_interrupted_load(self):
        with open(self.folder / "huge", "wb") as file:
            file.truncate(1 << 36)
        process = subprocess.Popen([FOLIO, "cache", "load", "--progress", "always", self.folder / "huge"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if os.sysconf("SC_PHYS_PAGES") * PAGE < 1 << 35:
            self.assertIn(b"larger than the memory", process.stderr.readline())
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, stderr)
        self.assertEqual(stdout, b"")
        self.assertRegex(stderr, rb"loaded [1-9][\d.]* [KMGT]iB in ")


class LockTest(CacheTest):
    PINNED = 10 * PAGE  # what every user may pin

    def setUp(self):
        super().setUp()
        os.unlink(self.log)
        self.log = self.file("a.log", b"x" * (self.PINNED - 1))

    def test_holds_until_it_is_interrupted(self):
        for way in (signal.SIGINT, signal.SIGTERM):
            process = self.start_lock(self.log)
            if not SANITIZED:
                locked = re.search(r"VmLck:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text())
                self.assertEqual(int(locked[1]) * 1024, self.PINNED)
                self.check(cache("evict", self.log), 0)
                self.assertEqual(resident(self.log), (10, 10))
            process.send_signal(way)
            stdout, stderr = process.communicate(timeout=60)
            self.assertEqual((process.returncode, stderr), (130, b""))
            self.assertRegex(stdout, rb"a\.log\n$")
            self.assertEqual(len(stdout.splitlines()), 2)

    def test_releases_after_a_time(self):
        result = self.check(cache("lock", "--for", "0s", "--json", self.log, self.folder), 0, stderr=b"released in 0 s")
        file, everything = map(json.loads, result.stdout.splitlines())
        self.assertEqual((file["locked_bytes"], everything["locked_bytes"]), (self.PINNED,) * 2)
        self.check(cache("lock", "--for", "soon", self.log), 2, b"", b"expected a time")

    def test_survives_truncation(self):
        process = self.start_lock("--for", "60", self.log)
        os.truncate(self.log, 10)
        self.assertIn(b"became shorter", process.stderr.readline())
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=60), 130)
        process.stdout.close()
        process.stderr.close()

    def test_more_files_than_descriptors_at_first(self):
        limit = resource.getrlimit(resource.RLIMIT_MEMLOCK)[1]
        if os.geteuid() != 0 and limit != resource.RLIM_INFINITY and limit < 300 * PAGE:
            self.skipTest("this user may not pin 211 pages")
        for number in range(200):
            self.file(f"f{number}", b"x")
        result = self.check(cache("lock", "--for", "0", "-s", "--json", self.folder,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (50, 1000))), 0)
        self.assertEqual(json.loads(result.stdout)["files"], 201)

    def test_more_than_there_is(self):
        with open(self.folder / "huge", "wb") as file:
            file.truncate(1 << 42)
        self.check(cache("lock", self.folder / "huge"), 2, b"", b"^folio: lock: 4.00 TiB .*nothing was pinned")


if __name__ == "__main__":
    unittest.main()
