# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: running the built command, and access methods, thread counts and chunk sizes that
must never change an answer."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

FOLIO = os.environ["FOLIO"]
ACCESS = ["auto", "map", "read", "uring", "direct"]
UTF8 = {**os.environ, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
SANITIZED = bool(os.environ.get("FOLIO_SANITIZE"))


def run(*words, stdin=None, timeout=120, cwd=None, env=None, **more):
    source = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin or subprocess.DEVNULL}
    return subprocess.run([FOLIO, *map(os.fsencode, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=timeout, cwd=cwd, env=env or UTF8, check=False, **source, **more)


def peer(*words, stdin=None, cwd=None):
    source = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": subprocess.DEVNULL}
    return subprocess.run([os.fsencode(word) for word in words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          cwd=cwd, env=UTF8, timeout=120, check=False, **source)


def variants():
    """Flags under which every answer must be the same."""
    for access in ACCESS:
        for threads in ("1", "3"):
            for chunk in ("1", "7", "4096", "1M"):
                yield ["--access", access, "--threads", threads, "--chunk-size", chunk]


class FolderTest(unittest.TestCase):
    """A test with a folder of its own on a disk file system."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(dir=os.environ.get("FOLIO_BUILD")))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def check(self, result, status, stdout=None, stderr=None):
        self.assertEqual(result.returncode, status, (result.args, result.stdout[:500], result.stderr[:500]))
        if stdout is not None:
            self.assertEqual(result.stdout, stdout, result.args)
        if stderr is not None:
            self.assertRegex(result.stderr, stderr)
        return result
