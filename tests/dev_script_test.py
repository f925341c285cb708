#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What ./dev says when it is asked for something that it does not have."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

DEV = Path(__file__).resolve().parent.parent / "dev"


def run_dev(*arguments, fakes=None, **environment):
    """Runs ./dev, with shell scripts of these names and bodies in front of the real programs."""
    with tempfile.TemporaryDirectory() as folder:
        for name, body in (fakes or {}).items():
            path = Path(folder, name)
            path.write_text(f"#!/bin/sh\n{body}\n")
            path.chmod(0o755)
        env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", **environment}
        return subprocess.run([DEV, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=60, check=False)


class DevScriptTest(unittest.TestCase):
    def test_help_lists_every_command(self):
        result = run_dev("help")
        self.assertEqual(result.returncode, 0)
        for command in ("demo", "test", "build", "install", "lint", "format", "asan", "tsan", "fuzz", "bench"):
            self.assertRegex(result.stdout, rf"(?m)^  {command}\b")

    def test_unknown_command_is_an_error(self):
        result = run_dev("frobnicate")
        self.assertEqual(result.returncode, 1)
        self.assertIn("unknown command: frobnicate", result.stderr)

    def test_missing_packages_are_named_where_installing_is_forbidden(self):
        result = run_dev("format", fakes={"dpkg-query": "exit 1"}, FOLIO_NO_INSTALL="1")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr.strip(), "dev: these Debian packages are missing: clang-format-19 git")

    def test_missing_packages_are_named_without_root(self):
        fakes = {"dpkg-query": "exit 1", "id": "echo 1000", "sudo": "exit 1", "apt-get": "exit 99"}
        result = run_dev("format", fakes=fakes, FOLIO_NO_INSTALL="0")
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr.strip(), "dev: needs root or sudo, once: apt-get install clang-format-19 git")

    def test_package_that_cannot_be_had_is_one_line(self):
        fakes = {"dpkg-query": "exit 1", "id": "echo 0", "apt-get": "exit 100"}
        result = run_dev("format", fakes=fakes, FOLIO_NO_INSTALL="0")
        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot install these Debian packages: clang-format-19 git", result.stderr)

    def test_install_refuses_unknown_arguments(self):
        result = run_dev("install", "--perfix", "/x")
        self.assertEqual(result.returncode, 1)
        self.assertIn("install takes --prefix DIR only", result.stderr)


if __name__ == "__main__":
    unittest.main()
