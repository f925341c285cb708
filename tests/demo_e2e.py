#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio demo: every step is there, its numbers fit together, and nothing is left behind."""
import json
import os
import re
import signal
import subprocess
import unittest

from command import FOLIO, UTF8, FolderTest, run

TITLES = ["1. Creating", "2. Searching", "3. The same on all cores", "4. mmap against read", "5. What a mapping costs",
          "6. Is the answer right", "7. More cores", "8. The first search", "9. Safety"]
TYPES = ["setting", "creation", "one-core", "all-cores", "mmap-against-read", "memory", "matching", "cores", "cache",
         "proof", "end"]
SITUATIONS = ["first-pass", "second-pass", "file-4k", "file-64k", "random-new", "random-again", "cold"]


class DemoTest(FolderTest):
    def demo(self, *flags, **more):
        return run("demo", "--dir", str(self.folder), *flags, timeout=300, **more)

    def assert_nothing_left(self):
        self.assertEqual(os.listdir(self.folder), [])

    def steps(self, *flags):
        result = self.check(self.demo("--json", *flags), 0, stderr=rb"\A\Z")
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual([line["type"] for line in lines], TYPES)
        self.assertEqual({line["schema"] for line in lines}, {"folio.demo/1"})
        return {line["type"]: line for line in lines}

    def assert_cost(self, cost):
        self.assertGreater(cost["seconds"], 0)
        self.assertLessEqual(cost["seconds_min"], cost["seconds"])
        self.assertGreaterEqual(cost["seconds_max"], cost["seconds"])
        self.assertIn(cost["rounds"], (3, 4, 5))


class TextTest(DemoTest):
    def test_all_steps_are_told_and_nothing_is_left(self):
        text = self.check(self.demo("--size", "8M"), 0, stderr=rb"\A\Z").stdout.decode()
        places = [text.find(f"\n{title}") for title in TITLES]
        self.assertNotIn(-1, places, text)
        self.assertEqual(places, sorted(places))
        self.assertIn("All three agree.", text)
        self.assertIn("No crash and no wrong number", text)
        self.assertEqual([line for line in text.splitlines() if len(line) > 100 and "folder " not in line], [])
        self.assert_nothing_left()

    def test_three_counts_are_equal(self):
        text = self.demo("--size", "1M").stdout.decode()
        counts = re.findall(r"(?:generator|\(SIMD\)|Boyer-Moore) +([\d,]+) lines", text)
        self.assertEqual(len(counts), 3, text)
        self.assertEqual(len(set(counts)), 1, text)
        self.assertGreater(int(counts[0].replace(",", "")), 0)


class JsonTest(DemoTest):
    def test_numbers_fit_together(self):
        steps = self.steps("--size", "8M")
        size, written = 8 << 20, steps["creation"]["needle_lines"]
        self.assertEqual(steps["creation"]["size"], size)
        self.assertGreater(written, 0)
        searches = [steps["one-core"], *steps["all-cores"]["searches"], *steps["cores"]["rows"]]
        for search in searches:
            self.assertEqual(search["lines"], written)
            self.assert_cost(search["cost"])
            self.assertAlmostEqual(search["bytes_per_second"] * search["cost"]["seconds"] / size, 1, places=2)
        threads = [row["threads"] for row in steps["cores"]["rows"]]
        self.assertEqual((threads[0], threads[-1]), (1, steps["setting"]["cores"]))
        for row in steps["cores"]["rows"]:
            self.assertGreater(row["memory_bytes_per_second"], 0)
        matching = steps["matching"]
        self.assertEqual((matching["fast_lines"], matching["boyer_moore_lines"]), (written, written))
        self.assertIn("folio-was-here", matching["first_line"]["text"])
        self.assert_cost(steps["cache"]["first"])
        self.assert_cost(steps["cache"]["second"])
        self.assertEqual({key: steps["end"][key] for key in ("counts_agree", "proof_holds", "kept")},
                         {"counts_agree": True, "proof_holds": True, "kept": None})
        self.assert_nothing_left()

    def test_the_winner_is_the_one_that_was_faster(self):
        rows = self.steps("--size", "1M")["mmap-against-read"]["rows"]
        self.assertEqual([row["situation"] for row in rows], SITUATIONS)
        for row in rows:
            self.assert_cost(row["mmap"])
            self.assert_cost(row["read"])
            mapping, reading = row["mmap"]["seconds"], row["read"]["seconds"]
            expected = "mmap" if mapping * 1.05 < reading else "read" if reading * 1.05 < mapping else "even"
            self.assertEqual(row["winner"], expected)
            self.assertTrue(row["why"].endswith("."), row["why"])
            self.assertEqual(row["coldness"] is not None, row["situation"] == "cold")

    def test_pages_come_when_they_are_touched(self):
        memory = self.steps("--size", "16M")["memory"]
        moments = {moment["when"]: moment for moment in memory["moments"]}
        size, slack = memory["mapping_size"], 2 << 20
        self.assertGreaterEqual(moments["mapped"]["virtual"], moments["before"]["virtual"] + size)
        self.assertLess(moments["mapped"]["resident"], moments["before"]["resident"] + slack)
        self.assertGreater(moments["all-touched"]["resident"], moments["before"]["resident"] + size - slack)
        self.assertGreater(moments["all-touched"]["resident"], moments["mapped"]["resident"] + size // 2)
        self.assertLess(moments["unmapped"]["resident"], moments["before"]["resident"] + slack)
        touching = moments["half-touched"]["minor_faults"] + moments["half-touched"]["major_faults"]
        self.assertGreater(touching, 0)

    def test_the_proof_vouches_for_bytes_that_are_still_there(self):
        for size in ("1M", "5M", "20M"):
            proof = self.steps("--size", size)["proof"]
            self.assertEqual(proof["problem"]["code"], "truncated")
            self.assertLessEqual(proof["covered"][1], proof["size_after"])
            self.assertLess(proof["size_after"], proof["size"])
            self.assertEqual(proof["lines"], proof["lines_really"])


class CleaningTest(DemoTest):
    def interrupt_at(self, title, number, *flags):
        """Sends the signal when a step has begun."""
        words = [FOLIO, "demo", "--size", "64M", "--dir", str(self.folder), *flags]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8) as process:
            for line in process.stdout:
                if line.startswith(title):
                    break
            process.send_signal(number)
            output, errors = process.communicate(timeout=120)
        self.assertEqual(process.returncode, 130, errors)
        self.assertNotIn(b"removed.\n", output)
        self.assertRegex(errors, rb"\Afolio: demo: interrupted; [^\n]*\n\Z")
        self.assert_nothing_left()

    def test_an_interrupted_tour_leaves_nothing(self):
        for title in (b"1. ", b"3. ", b"4. ", b"6. "):
            with self.subTest(title=title):
                self.interrupt_at(title, signal.SIGINT)
        self.interrupt_at(b"5. ", signal.SIGTERM)
        self.interrupt_at(b"2. ", signal.SIGINT, "--keep")

    def test_a_closed_pipe_leaves_nothing(self):
        words = [FOLIO, "demo", "--size", "8M", "--dir", str(self.folder)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8) as process:
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            self.assertEqual(process.wait(timeout=120), 0)
        self.assert_nothing_left()

    def test_a_full_output_is_an_error_and_leaves_nothing(self):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([FOLIO, "demo", "--size", "1M", "--dir", str(self.folder)], stdout=full,
                                    stderr=subprocess.PIPE, env=UTF8, timeout=120, check=False)
        self.assertEqual(result.returncode, 2)
        self.assert_nothing_left()

    def test_keep_leaves_the_file_that_it_names(self):
        text = self.check(self.demo("--size", "1M", "--keep"), 0).stdout.decode()
        kept = re.search(r"^Kept: (.*)$", text, re.M).group(1)
        self.assertEqual([str(self.folder / name) for name in os.listdir(self.folder)], [kept])
        self.assertEqual(os.path.getsize(kept), 1 << 20)
        found = int(re.search(r"generator +([\d,]+) lines", text).group(1).replace(",", ""))
        self.check(run("search", "-c", "folio-was-here", kept), 0, b"%d\n" % found)


class RefusalTest(DemoTest):
    def assert_refused(self, result, sentence):
        self.check(result, 2, b"", rb"\Afolio: [^\n]*" + sentence + rb"[^\n]*\n\Z")
        self.assert_nothing_left()

    def test_too_little_space(self):
        self.assert_refused(self.demo("--size", "100T"), rb"free, but")
        self.assert_refused(self.demo("--size", "15E"), rb"free, but")

    def test_sizes_that_mean_nothing(self):
        for size in ("0", "1023K", "-1", "many", ""):
            self.assert_refused(self.demo("--size", size), rb"")

    def test_folders_that_are_none(self):
        missing = str(self.folder / "missing")
        self.assert_refused(run("demo", "--size", "1M", "--dir", missing), rb"there is no such folder")
        with self.subTest("file"):
            path = self.file("file", b"")
            self.check(run("demo", "--size", "1M", "--dir", path), 2, b"", rb"is not a folder")

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_folder_that_may_not_be_written(self):
        self.folder.chmod(0o500)
        self.assert_refused(self.demo("--size", "1M"), rb"cannot create")

    def test_default_folder_is_the_one_for_temporary_files(self):
        result = self.check(run("demo", "--size", "1M", env={**UTF8, "TMPDIR": str(self.folder)}), 0)
        self.assertIn(str(self.folder / "folio-demo-").encode(), result.stdout)
        self.assert_nothing_left()
        result = run("demo", "--size", "1M", env={**UTF8, "TMPDIR": str(self.folder / "missing")})
        self.assert_refused(result, rb"temporary files")


if __name__ == "__main__":
    unittest.main()
