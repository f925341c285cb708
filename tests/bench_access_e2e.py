#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`folio bench access` from outside: what it measures, where it writes it, and how it fails."""
import json
import os
import re
import signal
import subprocess
import time
import unittest

from command import FOLIO, UTF8, FolderTest, run

SMALL = ["--quick", "--no-memory-limit", "--threads", "2", "--budget", "1s"]
CELL = {"shape", "work", "state", "size", "threads", "file", "method", "label", "buffer", "depth", "files", "bytes", "operations",
        "seconds", "seconds_min", "seconds_max", "rounds", "spread", "bytes_per_second", "operations_per_second",
        "user_seconds", "system_seconds", "minor_faults", "major_faults", "voluntary_switches", "involuntary_switches",
        "peak_memory", "limit", "limit_share", "cached_before", "faults_per_mib", "used", "evicted", "notes"}


class AccessBench(FolderTest):
    def measure(self, *words, **more):
        return run("bench", "access", "--dir", self.folder, *words, timeout=120, **more)

    def lines(self, *words):
        path = self.folder / "run.json"
        result = self.check(self.measure(*SMALL, *words, "--json", path), 0)
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        path.unlink()
        return lines, result.stdout.decode()

    def test_writes_every_line_of_the_schema(self):
        lines, text = self.lines("--size", "20000", "--only", "warm")
        self.assertEqual(lines[0]["type"], "machine")
        self.assertEqual(lines[0]["schema"], "folio.bench.access/1")
        self.assertEqual(lines[-1]["type"], "summary")
        self.assertFalse(lines[-1]["interrupted"])
        cells = [line for line in lines if line["type"] == "cell"]
        self.assertEqual(lines[-1]["cells"], len(cells))
        for cell in cells:
            self.assertEqual(CELL, set(cell) - {"type"})
            self.assertGreater(cell["seconds"], 0)
            self.assertLessEqual(cell["seconds_min"], cell["seconds"])
            self.assertGreaterEqual(cell["rounds"], 1)
        methods = {cell["method"] for cell in cells}
        self.assertLessEqual({"map", "map-sequential", "map-huge", "map-populate", "read", "auto"}, methods)
        autos = [line for line in lines if line["type"] == "auto"]
        self.assertTrue(autos)
        for row in autos:
            self.assertAlmostEqual(row["ratio"], row["seconds"] / row["best_seconds"], delta=0.01 * row["ratio"] + 1e-3)
        for name in ("Limits of this machine", "worst ratio", "read 4 KiB", "auto ("):
            self.assertIn(name, text)

    def test_measures_cold_files_only_if_they_are(self):
        lines, _ = self.lines("--size", "300000", "--only", "cold")
        cells = [line for line in lines if line["type"] == "cell"]
        self.assertTrue(cells)
        for cell in cells:
            self.assertEqual(cell["state"], "cold")
            if cell["cached_before"] > 0.05:
                self.assertIn("not cold", cell["notes"])

    def test_says_where_mapping_wins_and_loses(self):
        lines, text = self.lines("--size", "4K", "--only", "one pass")
        verdicts = {line["verdict"] for line in lines if line["type"] == "finding"}
        titles = {"mmap-wins": "Where mmap wins", "mmap-loses": "Where mmap loses", "even": "Where it makes no difference"}
        self.assertTrue(verdicts)
        for verdict, title in titles.items():
            self.assertEqual(verdict in verdicts, title in text, verdict)

    def test_writes_one_html_file(self):
        page = self.folder / "report.html"
        self.check(self.measure(*SMALL, "--size", "4K", "--only", "one pass", "--html", page), 0)
        html = page.read_text()
        self.assertIn("<!doctype html>", html.lower())
        self.assertIn('"folio.bench.access/1"', html)
        self.assertNotRegex(html, r'(src|href)="https?:')

    def test_measures_named_files_without_writing_them(self):
        path = self.folder / "a name with <b>markup<b> and \n a line end"
        path.write_bytes(b"some\nlines\n" * 1000)
        before = path.stat()
        json_path = self.folder / "run.json"
        self.check(run("bench", "access", *SMALL, "--only", "one pass", "--json", json_path, path), 0)
        after = path.stat()
        self.assertEqual((before.st_mtime_ns, before.st_ctime_ns, before.st_size),
                         (after.st_mtime_ns, after.st_ctime_ns, after.st_size))
        first = json.loads(json_path.read_text().splitlines()[0])
        self.assertEqual(first["files"][0]["path"], {"text": str(path)})

    def test_leaves_nothing_behind(self):
        self.check(self.measure(*SMALL, "--size", "4K", "--only", "one pass"), 0)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_shows_what_there_is_when_interrupted(self):
        path = self.folder / "run.json"
        process = subprocess.Popen([FOLIO, "bench", "access", "--quick", "--no-memory-limit", "--size", "64K", "--dir",
                                    self.folder, "--budget", "10m", "--json", path],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not (path.exists() and '"cell"' in path.read_text()):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, err)
        self.assertIn(b"interrupted; this is what was measured", err)
        self.assertIn(b"cells in", out)
        self.assertTrue(json.loads(path.read_text().splitlines()[-1])["interrupted"])
        self.assertEqual([entry.name for entry in self.folder.iterdir()], ["run.json"])

    def test_refuses_what_it_cannot_measure(self):
        empty = self.file("empty", b"")
        fifo = str(self.folder / "fifo")
        os.mkfifo(fifo)
        for name, sentence in ((str(self.folder), b"directory|not a file"), (empty, b"is empty"),
                               (str(self.folder / "missing"), b"missing"), ("/dev/zero", b"no regular file")):
            self.check(run("bench", "access", *SMALL, name), 2, b"", b"^folio: .*(" + sentence + b")")
        for words in (["--size", "0"], ["--size", "1M,x"], ["--memory-limit", "1M"], ["--budget", "soon"], ["--dir", "/nowhere"], ["--only"]):
            result = run("bench", "access", *words)
            self.check(result, 2, b"", b"^folio: ")
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)

    def test_tells_when_a_report_cannot_be_written(self):
        small = [*SMALL, "--size", "4K", "--only", "one pass"]
        self.check(self.measure(*small, "--json", "/nowhere/run.json"), 2, b"", b"/nowhere/run.json")
        self.check(self.measure(*small, "--json", "/dev/full"), 2, None, b"/dev/full")
        self.check(self.measure(*small, "--html", "/nowhere/page.html"), 2, None, b"/nowhere/page.html")

    def test_ends_silently_with_a_closed_pipe(self):
        process = subprocess.Popen([FOLIO, "bench", "access", *SMALL, "--size", "4K", "--dir", self.folder],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        process.wait(timeout=60)

    def test_finds_no_part_of_an_unknown_name(self):
        self.check(run("bench"), 2, b"", b"say which part")
        self.check(run("bench", "nothing"), 2, b"", b"there is no part 'nothing'")
        help_text = self.check(run("bench", "--help"), 0).stdout.decode()
        for part in ("access", "algorithms", "compare", "page"):
            self.assertRegex(help_text, rf"(?m)^  {part} ")

    def test_limits_its_memory_where_that_is_allowed(self):
        lines, text = self.lines_limited()
        cells = [line for line in lines if line["type"] == "cell"]
        if not cells:
            self.assertRegex(text, r"(?s)larger than the memory\s+allowed was left out")
            self.skipTest("no memory cgroup may be made here")
        for cell in cells:
            self.assertEqual(cell["state"], "limited")
            self.assertEqual(cell["size"], 4 * 32 * 2**20)
            self.assertIsNotNone(cell["evicted"])

    def lines_limited(self):
        path = self.folder / "run.json"
        result = self.check(self.measure("--quick", "--threads", "1", "--budget", "3s", "--size", "4K", "--memory-limit",
                                         "32M", "--only", "larger than", "--json", path), 0)
        return [json.loads(line) for line in path.read_text().splitlines()], result.stdout.decode()


if __name__ == "__main__":
    unittest.main()
