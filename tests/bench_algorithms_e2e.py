# SPDX-License-Identifier: Apache-2.0
"""`folio bench algorithms` from outside: table, JSON lines, interruption, wrong usage."""
import json
import signal
import subprocess
import unittest

from command import FOLIO, UTF8, FolderTest, run

SMALL = ["bench", "algorithms", "--size", "16K", "--budget", "60s"]
SEARCHERS = ["packed-pair", "two-way", "boyer-moore", "horspool", "memmem", "std::bm", "std::search", "naive"]


class AlgorithmsTest(FolderTest):
    def lines(self, *flags, status=0):
        target = self.folder / "out.json"
        self.check(run(*SMALL, "--json", str(target), *flags), status)
        return [json.loads(line) for line in target.read_text().splitlines()]

    def test_every_searcher_has_a_cell_in_every_case(self):
        lines = self.lines()
        self.assertEqual(lines[0]["type"], "machine")
        self.assertEqual(lines[0]["schema"], "folio.bench.algorithms/1")
        self.assertEqual(lines[1]["type"], "limit")
        cells = [line for line in lines if line["type"] == "cell"]
        cases = {}
        for cell in cells:
            cases.setdefault((cell["group"], cell["case"]), []).append(cell)
        self.assertEqual({group for group, _ in cases}, {"needle-size", "alphabet", "density", "pathological"})
        for name, found in cases.items():
            self.assertEqual([cell["searcher"] for cell in found], SEARCHERS, name)
            whole = {cell["matches"] for cell in found if not cell["shortened"]}
            self.assertEqual(len(whole), 1, name)
            self.assertEqual(min(cell["ratio_to_best"] for cell in found if not cell["shortened"]), 1)
        summary = lines[-1]
        self.assertEqual(summary, {"type": "summary", "cases": len(cases), "measured": len(cases), "complete": True,
                                   "interrupted": False})
        self.assertTrue([line for line in lines if line["type"] == "finding" and line["verdict"] == "even"])

    def test_the_table_marks_one_best_in_each_row(self):
        result = self.check(run(*SMALL, "--only", "density"), 0, stderr=rb"\A\Z")
        rows = [line for line in result.stdout.splitlines() if line.startswith((b"none", b"one per", b"every byte"))]
        self.assertEqual(len(rows), 5)
        for row in rows:
            self.assertEqual(row.count(b" * "), 1, row)
        self.assertIn(b"What this says", result.stdout)
        self.assertNotIn(b"Alphabet", result.stdout)

    def test_shortened_haystacks_are_told(self):
        result = self.check(run("bench", "algorithms", "--size", "1M", "--only", "Fibonacci"), 0)
        self.assertIn(b"(horspool, std::search, naive: only 16.0 KiB of 1.00 MiB, so that they end)", result.stdout)

    def test_a_spent_budget_is_told(self):
        lines = self.lines("--budget", "0s")
        self.assertEqual([line["type"] for line in lines], ["machine", "limit", "summary"])
        self.assertFalse(lines[-1]["complete"])

    def test_quick_is_a_smaller_run(self):
        result = self.check(run("bench", "algorithms", "--quick", "--budget", "500ms", "--only", "64 bytes"), 0)
        self.assertRegex(result.stdout, rb"(?m)^64 bytes .* \* ")

    def test_an_interrupt_shows_what_there_is(self):
        target = self.folder / "out.json"
        words = [FOLIO, "bench", "algorithms", "--size", "2M", "--budget", "1h", "--json", str(target)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8) as process:
            for line in process.stdout:
                if line.startswith(b"1 byte"):
                    break
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertRegex(errors, rb"\Afolio: bench algorithms: interrupted; [^\n]*\n\Z")
        self.assertIn(b"cases were measured: interrupted", output)
        lines = [json.loads(line) for line in target.read_text().splitlines()]
        self.assertTrue(lines[-1]["interrupted"])
        self.assertEqual([path.name for path in self.folder.iterdir()], ["out.json"])

    def test_a_closed_pipe_ends_it_and_leaves_no_temporary_file(self):
        target = self.folder / "out.json"
        words = [FOLIO, *SMALL, "--json", str(target)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8) as process:
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            process.wait(timeout=60)
        self.assertLessEqual({path.name for path in self.folder.iterdir()}, {"out.json"})

    def test_wrong_usage_is_one_sentence(self):
        for flags, sentence in ((["--size", "1"], rb"at least 4K"), (["--budget", "soon"], rb"a time such as"),
                                (["--only", "nothing like it"], rb"there is no case"),
                                (["--json", "/no/such/folder/x"], rb"/no/such/folder"), (["extra"], rb"extra")):
            result = run("bench", "algorithms", *flags)
            self.check(result, 2, b"", rb"\Afolio: [^\n]*" + sentence + rb"[^\n]*\n\Z")

    def test_a_full_output_is_an_error(self):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([FOLIO, *SMALL, "--only", "none"], stdout=full, stderr=subprocess.PIPE, env=UTF8,
                                    timeout=60, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, rb"\Afolio: standard output: [^\n]*\n\Z")


if __name__ == "__main__":
    unittest.main()
