#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs folio into a folder and uses it from outside: with find_package, with pkg-config, and as a subdirectory."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ["FOLIO_SOURCE"])
BUILD = Path(os.environ["FOLIO_BUILD"])
OUTSIDE = SOURCE / "tests" / "packaging" / "outside"
TEXT = "one\ntwo\nthree\n"
ANSWER = "3 lines in 14 bytes\n"


def run(*command, **environment):
    result = subprocess.run([str(part) for part in command], env={**os.environ, **environment}, text=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if result.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: status {result.returncode}\n{result.stdout}")
    return result.stdout


class PackagingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        base = Path(cls.folder.name)
        cls.work = base / "work"
        cls.work.mkdir()
        cls.text = base / "text"
        cls.text.write_text(TEXT)
        # Installed to one place and moved to another: nothing in the tree may depend on where it was made.
        run("cmake", "--install", BUILD, "--prefix", base / "made")
        cls.prefix = shutil.move(base / "made", base / "moved")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def installed(self, pattern):
        found = sorted(Path(self.prefix).rglob(pattern))
        self.assertTrue(found, f"no {pattern} in the installed tree")
        return found[0]

    def configure(self, name, *definitions):
        folder = self.work / name
        run("cmake", "-S", OUTSIDE, "-B", folder, "-G", "Ninja", *definitions)
        return folder

    def test_tree_is_complete(self):
        expected = {path.name for path in (SOURCE / "include" / "folio").glob("*.h")}
        self.assertEqual({path.name for path in (Path(self.prefix) / "include" / "folio").iterdir()}, expected)
        for name in ("LICENSE", "folio.pc", "folio-config.cmake", "folio-config-version.cmake"):
            self.installed(name)

    def test_command_runs(self):
        if "FOLIO" not in os.environ:
            self.skipTest("built without the command")
        self.assertIn("folio", run(self.installed("bin/folio"), "--version"))

    def test_find_package(self):
        folder = self.configure("found", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", folder)
        self.assertEqual(run(folder / "outside", self.text), ANSWER)

    def test_find_package_refuses_another_minor_version(self):
        version = self.installed("folio-config-version.cmake").read_text()
        self.assertIn("CVF_VERSION_MINOR", version)

    def test_pkg_config(self):
        paths = {"PKG_CONFIG_PATH": str(self.installed("folio.pc").parent)}
        flags = run("pkg-config", "--cflags", "--libs", "folio", **paths).split()
        program = self.work / "with_pkg_config"
        run("g++", "-std=c++23", OUTSIDE / "main.cpp", "-o", program, *flags)
        self.assertEqual(run(program, self.text), ANSWER)

    def test_subdirectory(self):
        # Configuring is enough: it fails where a target that folio links is not visible from outside.
        self.configure("subdirectory", f"-DFOLIO_SOURCE={SOURCE}")


if __name__ == "__main__":
    unittest.main()
