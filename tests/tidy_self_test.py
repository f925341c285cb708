#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that tests/tidy.py finds each kind of violation, and nothing in a clean tree."""
import tempfile
import unittest
from pathlib import Path

import tidy

HEAD = "// SPDX-License-Identifier: Apache-2.0\n// What it is for.\n"

# path, content, part of the expected message
VIOLATIONS = (
    ("src/core/a.cpp", '#include "os/file.h"\n', "core must not include os/file.h of os"),
    ("src/core/a.cpp", '#include "folio/scan.h"\n', "core must not include folio/scan.h of scan"),
    ("src/os/a.cpp", '#include "simd/find.h"\n', "os must not include simd/find.h of simd"),
    ("src/scan/a.cpp", '#include "count/fold.h"\n', "scan must not include count/fold.h of count"),
    ("src/count/a.cpp", '#include "search/fold.h"\n', "count must not include search/fold.h of search"),
    ("src/search/a.cpp", '#include "cli/flags.h"\n', "search must not include cli/flags.h of cli"),
    ("src/core/a_test.cpp", '#include "scan/plan.h"\n', "core must not include scan/plan.h of scan"),
    ("src/core/a.cpp", '#include "folio/unheard_of.h"\n', "is in no room"),
    ("include/folio/file.h", '#pragma once\n#include "os/handle.h"\n', "must not include the private"),
    ("include/folio/unheard_of.h", "#pragma once\n", "belongs to no room"),
    ("src/a.cpp", "", "belongs to no room"),
    ("src/attic/a.cpp", "", "belongs to no room"),
    ("src/scan/a.cpp", "#include <sys/mman.h>\n", "operating-system headers belong into src/os"),
    ("src/cli/a.cpp", "#include <unistd.h>\n", "operating-system headers belong into src/os"),
    ("src/scan/a.cpp", "#include <liburing.h>\n", "operating-system headers belong into src/os"),
    ("src/count/a.cpp", "#include <hwy/highway.h>\n", "Highway belongs into src/simd"),
    ("src/count/a.cpp", "void f() { HWY_ASSERT(true); }\n", "Highway belongs into src/simd"),
    ("src/core/a.cpp", "#include <iostream>\n", "<iostream> is banned"),
    ("src/scan/a.cpp", "#include <execution>\n", "<execution> is banned"),
    ("src/scan/a.cpp", "void f() { std::cout << 1; }\n", "never prints"),
    ("src/scan/a.cpp", 'void f() { std::printf("1"); }\n', "never prints"),
    ("src/scan/a.cpp", 'void f() { fprintf(stderr, "1"); }\n', "never prints"),
    ("src/os/a.cpp", "void f() { std::exit(1); }\n", "never ends the process"),
    ("src/os/a.cpp", "void f() { ::abort (); }\n", "never ends the process"),
    ("src/core/a.cpp", "// na\u00efve\n", "sources are ASCII"),
    ("src/core/a.cpp", "// TO" + "DO: later\n", "an open end"),
    ("src/core/a.h", "int f();\n", "#pragma once"),
    ("src/core/CamelCase.cpp", "", "snake_case"),
    ("src/core/a.cpp", "//" + "x" * tidy.FILE_SIZE_MAX + "\n", "is larger than"),
    ("examples/a.cpp", '#include "core/try.h"\n', "public headers only"),
    ("examples/a.cpp", "//\n" * 40, "fewer than 40 lines"),
)

CLEAN = (
    ("include/folio/error.h", "#pragma once\n#include <string>\n"),
    ("include/folio/file.h", '#pragma once\n#include "folio/error.h"\n'),
    ("src/os/file.cpp", '#include <fcntl.h>\n#include "core/try.h"\n#include "folio/file.h"\n'),
    ("src/os/file_test.cpp", "#include <iostream>\nvoid f() { std::cout << 1; std::_Exit(1); }\n"),
    ("src/scan/plan_test.cpp", "#include <sys/stat.h>\n"),
    ("src/simd/find.cpp", '#include <hwy/highway.h>\n#include "core/try.h"\n'),
    ("src/simd/mask-inl.h", "#include <hwy/highway.h>\n"),
    ("src/scan/plan.cpp", '#include "simd/find.h"\n#include "os/uring.h"\n'),
    ("src/count/fold.cpp", '// printf("%d") and HWY_ASSERT in a comment\nconst char* text = "std::cout, exit(1)";\n'),
    ("src/count/render.cpp", "void f() { std::snprintf(b, n, x); worker.exit(); on_exit(1); }\n"),
    ("src/cli/main.cpp", '#include <iostream>\n#include "count/fold.h"\nint main() { std::cout << 1; }\n'),
    ("examples/a.cpp", '#include "folio/file.h"\n'),
)


def violations_in(files):
    with tempfile.TemporaryDirectory() as name:
        for path, content in files:
            target = Path(name, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(HEAD + content, encoding="utf-8")
        return tidy.violations(name)


class TidyTest(unittest.TestCase):
    def test_each_violation_is_found(self):
        for path, content, expected in VIOLATIONS:
            with self.subTest(path=path, expected=expected):
                found = violations_in([(path, content)])
                self.assertTrue(any(line.startswith(path) and expected in line for line in found), found)

    def test_clean_tree_has_none(self):
        self.assertEqual(violations_in(CLEAN), [])

    def test_missing_licence_line_is_found(self):
        with tempfile.TemporaryDirectory() as name:
            for path in ("src/core/a.cpp", "tests/a.py", "cmake/a.cmake", "dev"):
                target = Path(name, path)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text("\n", encoding="utf-8")
            found = tidy.violations(name)
        for path in ("src/core/a.cpp", "tests/a.py", "cmake/a.cmake", "dev"):
            self.assertTrue(any(line.startswith(path + ":1:") and "SPDX" in line for line in found), (path, found))

    def test_line_numbers_survive_comments_and_literals(self):
        found = violations_in([("src/core/a.cpp", '/* two\nlines */\nauto s = R"(x\ny)";\nvoid f() { exit(1); }\n')])
        self.assertEqual([line.split(":")[1] for line in found], ["7"])


if __name__ == "__main__":
    unittest.main()
