# SPDX-License-Identifier: Apache-2.0
"""`folio bench compare` from outside, with scripts in the place of the programs that it compares with."""
import json
import os
import signal
import subprocess
import unittest

from command import FOLIO, UTF8, FolderTest

# Scripts that answer as the real programs do, by asking folio.
RIGHT = {
    "wc": 'if [ "$1" = --version ]; then echo "wc 1.2 (made up)"; exit; fi\nexec "$REAL_FOLIO" count "$@"',
    "rg": 'if [ "$1" = --version ]; then echo "rg 3.4"; exit; fi\nshift\nexec "$REAL_FOLIO" search "$@"',
}


class CompareTest(FolderTest):
    def setUp(self):
        super().setUp()
        self.work = self.folder / "work"
        self.work.mkdir()
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        self.fake(**RIGHT)
        for name in ("sh", "sleep", "cat"):
            (self.bin / name).symlink_to(f"/bin/{name}")
        self.env = {**UTF8, "PATH": str(self.bin), "REAL_FOLIO": FOLIO}

    def fake(self, **scripts):
        for name, body in scripts.items():
            path = self.bin / name
            path.write_text(f"#!/bin/sh\n{body}\n")
            path.chmod(0o755)

    def words(self, *flags):
        return [FOLIO, "bench", "compare", "--dir", str(self.work), "--size", "64K", "--rounds", "2", *flags]

    def compare(self, *flags, status=0):
        result = subprocess.run(self.words(*flags), stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self.env,
                                stdin=subprocess.DEVNULL, timeout=120, check=False)
        self.assertEqual(list(self.work.iterdir()), [])
        return self.check(result, status)

    def rows(self, *flags, status=0):
        target = self.folder / "out.json"
        result = self.compare("--json", str(target), *flags, status=status)
        lines = [json.loads(line) for line in target.read_text().splitlines()]
        return result, lines

    def test_rows_have_medians_ratios_and_costs(self):
        result, lines = self.rows("--only", "count -l")
        self.assertEqual([line["type"] for line in lines],
                         ["machine", "limit"] + 7 * ["tool"] + ["state", "row", "state", "row", "row", "summary"])
        self.assertEqual(lines[0]["schema"], "folio.bench.compare/1")
        rows = [line for line in lines if line["type"] == "row"]
        self.assertEqual([row["state"] for row in rows], ["warm-4k", "warm-2m", "as-found"])
        for row in rows:
            ours, peer = row["entries"]
            self.assertEqual((ours["tool"], peer["tool"]), ("folio", "wc"))
            self.assertEqual({ours["state"], peer["state"]}, {"measured"})
            self.assertAlmostEqual(peer["ratio"], ours["seconds"] / peer["seconds"], places=3)
            self.assertEqual(ours["ratio"], 1)
            self.assertGreater(peer["peak_memory"], 0)
            self.assertIsNotNone(row["goal_met"])
        self.assertEqual(rows[0]["entries"][0]["rounds"], 2)
        self.assertEqual(lines[-1]["measured"], 3)
        self.assertTrue(lines[-1]["complete"])
        self.assertEqual(result.stdout.count(b"  goal "), 3)

    def test_a_wrong_answer_is_an_error_and_never_a_ratio(self):
        self.fake(wc="echo 17 lines")
        result, lines = self.rows("--only", "start: count", status=2)
        peer = [line for line in lines if line["type"] == "row"][0]["entries"][1]
        self.assertEqual(peer["state"], "different")
        self.assertNotIn("ratio", peer)
        self.assertNotIn("seconds", peer)
        self.assertIn(b"ERROR: wc: the answers differ", result.stdout)
        self.assertIn(b"1 rows with errors", result.stdout)

    def test_a_folio_that_is_wrong_is_caught(self):
        self.fake(wrong='[ "$1" = count ] && echo "0 x"')
        result, _ = self.rows("--only", "start: count", "--folio", str(self.bin / "wrong"), status=2)
        self.assertIn(b"the answers differ", result.stdout)

    def test_a_peer_that_fails_is_an_error_with_what_it_said(self):
        self.fake(wc="echo no luck >&2; exit 5", rg="kill -9 $$")
        result = self.compare("--only", "start: ", status=2)
        self.assertIn(b"ERROR: wc: exit status 5: no luck", result.stdout)
        self.assertIn(b"ERROR: rg: ended by signal 9", result.stdout)

    def test_missing_peers_are_a_line_and_no_error(self):
        (self.bin / "rg").unlink()
        result, lines = self.rows("--only", "start: text")
        self.assertIn(b"not installed", result.stdout)
        entries = [line for line in lines if line["type"] == "row"][0]["entries"]
        self.assertEqual([entry["state"] for entry in entries], ["measured", "missing", "missing", "missing"])

    def test_trees_and_files_of_words_are_made(self):
        _, lines = self.rows("--only", "files, ")
        files = {line["input"]: line["files"] for line in lines if line["type"] == "row"}
        self.assertEqual(files, {"small-tree": 20, "middling-tree": 200})
        _, lines = self.rows("--only", "1,000 texts")
        self.assertEqual(len([line for line in lines if line["type"] == "row"]), 2)

    def test_files_of_the_user_are_read_only(self):
        names = [self.file("a", b"x XYZZYneedle\nHTTP/1.1\" 404\n" * 100), self.file("b", b"XYZZYneedle\n")]
        before = [os.stat(name).st_mtime_ns for name in names]
        _, lines = self.rows("--only", "rare text", *names)
        rows = [line for line in lines if line["type"] == "row"]
        self.assertEqual({row["state"] for row in rows}, {"as-found"})
        self.assertEqual({row["files"] for row in rows}, {2})
        self.assertEqual([os.stat(name).st_mtime_ns for name in names], before)

    def test_output_of_any_size_is_drained(self):
        name = self.file("many", b"HTTP/1.1\" 404\n" * 300_000)
        _, lines = self.rows("--only", "lines to a pipe, 1 thread", name)
        self.assertEqual(lines[-1]["errors"], 0)

    def test_the_list_tells_what_is_there_and_what_it_is_for(self):
        result = self.compare("--list")
        self.assertRegex(result.stdout, rb"(?m)^  wc +counting +\d+ cases +wc 1\.2 \(made up\)$")
        self.assertRegex(result.stdout, rb"(?m)^  lz4 .*no case in this run +not installed$")
        self.assertRegex(result.stdout, rb"(?m)^\* count -l +log +wc +goal 0\.40$")

    def test_a_spent_budget_is_told(self):
        result, lines = self.rows("--budget", "0s")
        self.assertIn(b"The budget was spent", result.stdout)
        self.assertFalse(lines[-1]["complete"])

    def interrupt(self, wait_for):
        target = self.folder / "out.json"
        with subprocess.Popen(self.words("--only", "start: ", "--json", str(target)), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, env=self.env) as process:
            if wait_for:
                for line in process.stdout:
                    if line.startswith(wait_for):
                        break
            while not (self.folder / "hanging").exists():
                pass
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertEqual(list(self.work.iterdir()), [])
        child = int((self.folder / "hanging").read_text())
        with self.assertRaises(ProcessLookupError):
            os.kill(child, 0)
        return output, errors, target

    def test_an_interrupt_shows_the_rows_so_far_kills_the_program_and_cleans_up(self):
        hang = f'[ "$1" = --version ] && exit\necho $$ > {self.folder}/new\nmv {self.folder}/new {self.folder}/hanging'
        (self.bin / "mv").symlink_to("/bin/mv")
        self.fake(rg=hang + "\nexec sleep 1000")
        output, errors, target = self.interrupt(b"start: count")
        self.assertRegex(errors, rb"\Afolio: bench compare: interrupted; the rows so far [^\n]*\n\Z")
        self.assertIn(b"1 of 3 rows measured", output)
        lines = [json.loads(line) for line in target.read_text().splitlines()]
        self.assertTrue(lines[-1]["interrupted"])

    def test_a_closed_pipe_leaves_nothing(self):
        with subprocess.Popen(self.words("--only", "start: "), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=self.env) as process:
            process.stdout.readline()
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            process.wait(timeout=60)
        self.assertEqual(list(self.work.iterdir()), [])

    def test_wrong_usage_is_one_sentence(self):
        for flags, sentence in ((["--size", "1"], rb"at least 4K"), (["--rounds", "0"], rb"from 1 to 1000"),
                                (["--only", "nothing like it"], rb"there is no case"),
                                (["/no/such/file"], rb"/no/such/file"), ([str(self.folder)], rb"irectory"),
                                (["--json", "/no/such/folder/x"], rb"/no/such/folder")):
            result = self.compare(*flags, status=2)
            self.assertRegex(result.stderr, rb"\Afolio: [^\n]*" + sentence + rb"[^\n]*\n\Z")
        os.mkfifo(self.folder / "pipe")
        self.check(self.compare(str(self.folder / "pipe"), status=2), 2, b"", rb"no regular file")
        result = self.compare("--dir", str(self.folder / "nowhere"), status=2)
        self.assertIn(b"there is no such folder", result.stderr)

    def test_too_little_room_is_told_before_anything_is_made(self):
        result = self.compare("--size", "100P", status=2)
        self.assertRegex(result.stderr, rb"\Afolio: [^\n]*choose a smaller --size[^\n]*\n\Z")


if __name__ == "__main__":
    unittest.main()
