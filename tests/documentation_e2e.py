#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the `$ folio ...` commands of README.md in order, in one folder, so that the documents stay true."""
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from console_blocks import read_steps

SOURCE = Path(os.environ["FOLIO_SOURCE"])
README = SOURCE / "README.md"


def run_step(step, folder):
    env = {**os.environ, "PATH": f"{Path(os.environ['FOLIO']).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8",
           "TERM": "dumb"}
    return subprocess.run(["bash", "-o", "pipefail", "-c", step.command], cwd=folder, env=env, text=True, timeout=300,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)


class ReadmeTest(unittest.TestCase):
    def test_commands_work_as_printed(self):
        steps = [step for step in read_steps(README.read_text()) if re.match(r"folio\b", step.command)]
        self.assertTrue(steps, "README.md shows no command")
        with tempfile.TemporaryDirectory() as folder:
            for step in steps:
                with self.subTest(command=step.command, line=step.line):
                    result = run_step(step, folder)
                    self.assertEqual(result.returncode, step.status, result.stdout)
                    if step.exact:
                        self.assertEqual(result.stdout.splitlines(), step.output)

    def test_code_is_taken_from_what_the_tests_build(self):
        programs = [path.read_text() for path in (SOURCE / "examples").glob("*.cpp")]
        for code in re.findall(r"^```cpp\n(.*?)^```$", README.read_text(), re.M | re.S):
            self.assertTrue(any(code in program for program in programs), code)
        outside = (SOURCE / "tests" / "packaging" / "outside" / "CMakeLists.txt").read_text()
        for code in re.findall(r"^```cmake\n(.*?)^```$", README.read_text(), re.M | re.S):
            for line in code.splitlines():
                self.assertIn(line, outside)

    def test_links_lead_somewhere(self):
        for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/search.md", "docs/logs.md"):
            document = SOURCE / name
            for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
                self.assertTrue((document.parent / target).exists(), f"{name}: {target}")

    def test_rooms_of_the_code_map_are_the_rooms_there_are(self):
        text = (SOURCE / "ARCHITECTURE.md").read_text()
        named = set(re.findall(r"`src/([a-z0-9_]+)/`", text))
        self.assertEqual(named, {path.name for path in (SOURCE / "src").iterdir() if any(path.iterdir())})


class ConsoleBlocksTest(unittest.TestCase):
    def test_blocks_are_read(self):
        text = "```console\n$ folio a\nx\n$ folio b\n```\n```console exact exit=1\n$ folio c\ny\nz\n```\n" \
               "```sh\n$ folio no\n```\n```console skip\n$ folio no\n```\n"
        found = [(step.command, step.line, step.status, step.exact, step.output) for step in read_steps(text)]
        self.assertEqual(found, [("folio a", 2, 0, False, ["x"]), ("folio b", 4, 0, False, []),
                                 ("folio c", 7, 1, True, ["y", "z"])])

    def test_a_failing_command_is_seen(self):
        step = read_steps("```console\n$ false | true\n```\n")[0]
        self.assertNotEqual(run_step(step, ".").returncode, step.status)


if __name__ == "__main__":
    unittest.main()
