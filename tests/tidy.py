#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what the compiler does not: which room may include which, where the operating system and Highway may appear,
what the library must not call, and the form of the sources.

usage: tidy.py ROOT      prints one line per violation; status 1 if there is any
"""
import os
import re
import subprocess
import sys
from pathlib import Path

FEATURES = ("count", "search", "generate", "bench", "cache", "logs")
SCAN_AND_BELOW = {"core", "os", "simd", "scan"}
SHARED = {"pattern", "walk", "decode"}  # what several features are made of

# Room -> rooms that its files may include, beside its own. Arrows point one way.
ARROWS = {
    "core": set(),
    "os": {"core"},
    "simd": {"core"},
    "scan": {"core", "os", "simd"},
    "pattern": {"core", "os", "simd"},
    "walk": {"core", "os"},
    "decode": {"core", "os", "simd"},
    **{feature: SCAN_AND_BELOW | SHARED for feature in FEATURES},
    "demo": SCAN_AND_BELOW | SHARED | set(FEATURES),
    "cli": SCAN_AND_BELOW | SHARED | set(FEATURES) | {"demo"},
}
LIBRARY_ROOMS = SCAN_AND_BELOW | SHARED | set(FEATURES)

# Public header -> the room that it is the face of. A new public header gets its line here.
PUBLIC_HEADERS = {
    "bytes.h": "core",
    "error.h": "core",
    "fault_guard.h": "os",
    "file.h": "os",
    "limits.h": "os",
    "mapping.h": "os",
    "residency.h": "os",
    "stream.h": "os",
    "pattern.h": "pattern",
    "walk.h": "walk",
    "decode.h": "decode",
    "follow.h": "decode",
    "scan.h": "scan",
    "count.h": "count",
    "search.h": "search",
    "generate.h": "generate",
    "cache.h": "cache",
}

OS_HEADER = re.compile(
    r"^(sys/.*|linux/.*|asm/.*|liburing(\.h|/.*)|(unistd|fcntl|sched|pthread|poll|dirent|termios|dlfcn|syscall|mntent"
    r"|pwd|grp|glob|fnmatch|wait|spawn|ucontext|aio)\.h)$")
HIGHWAY_HEADER = re.compile(r"^hwy/")
HIGHWAY_NAME = re.compile(r"\bHWY_[A-Z0-9_]+|\bhwy::")

# Headers that no library room may include, with what to use instead.
BANNED_HEADERS = {
    "execution": "use the scan engine (the header drags in TBB where that is installed)",
    "iostream": "return a Result or a value; only the command line prints",
    "format": "libstdc++ 12 does not have it",
    "print": "libstdc++ 12 does not have it",
}

# Calls that no library room may make, with what to use instead.
BANNED_CALLS = (
    (re.compile(r"\bstd\s*::\s*(cout|cerr|clog)\b"), "the library never prints; return a value"),
    (re.compile(r"(?<![\w.>])(std\s*::\s*)?(v?f?printf|puts|putchar|fputs|perror)\s*\("),
     "the library never prints; return a value"),
    (re.compile(r"\bfmt\s*::\s*print\b"), "the library never prints; return a value"),
    (re.compile(r"(?<![\w.>])(std\s*::\s*|::\s*)?(exit|_exit|_Exit|quick_exit|abort|terminate)\s*\("),
     "the library never ends the process; return an Error"),
)

CPP_SUFFIXES = {".h", ".cpp"}
SOURCE_SUFFIXES = CPP_SUFFIXES | {".py", ".sh", ".cmake"}
SOURCE_NAMES = {"CMakeLists.txt", "dev", "run"}
FILE_SIZE_MAX = 200_000
SKIPPED_FOLDERS = {"build", ".git", ".cache", "__pycache__"}
LEFTOVER = re.compile(r"\b(TO" r"DO|FIX" r"ME)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]')
REINCLUDED = "-inl.h"  # Highway's name for headers that are included again for every target
FILE_NAME = re.compile(r"^[a-z0-9_]+(\.h|\.cpp|" + re.escape(REINCLUDED) + ")$")
CODE_NOISE = re.compile(
    r"//[^\n]*|/\*.*?\*/|R\"(?P<d>[^(\s]*)\(.*?\)(?P=d)\"|\"(?:\\.|[^\"\\\n])*\"|(?<![\w])'(?:\\.|[^'\\\n])+'", re.S)


def code_only(text):
    """The text without comments and literals, line numbers kept."""
    return CODE_NOISE.sub(lambda match: " " + "\n" * match.group(0).count("\n"), text)


def room_of(path):
    """Room of a file of src/ or include/folio/; None elsewhere; "" for a file that belongs to no room."""
    parts = path.parts
    if parts[0] == "src":
        return parts[1] if len(parts) > 2 and parts[1] in ARROWS else ""
    if parts[:2] == ("include", "folio"):
        return PUBLIC_HEADERS.get(parts[-1], "")
    return None


def room_of_include(name):
    """Room that an include line leads to; None where it leads out of folio; "" where it leads nowhere known."""
    folder, _, rest = name.partition("/")
    if folder == "folio":
        return PUBLIC_HEADERS.get(rest, "")
    return folder if rest and folder in ARROWS else None


def is_test(path):
    return path.stem.endswith("_test") or path.parts[0] in ("tests", "fuzz")


def check_include(path, room, name):
    """Yields what is wrong with an include line of a file of a room."""
    target = room_of_include(name)
    if target == "":
        yield f"{name} is in no room (tests/tidy.py, PUBLIC_HEADERS)"
    elif target is not None and target != room and target not in ARROWS[room]:
        yield f"{room} must not include {name} of {target}"
    if HIGHWAY_HEADER.match(name) and room != "simd":
        yield f"{name}: Highway belongs into src/simd"
    if OS_HEADER.match(name) and room not in ("os", "bench") and not is_test(path):
        yield f"{name}: operating-system headers belong into src/os"
    if name in BANNED_HEADERS and room in LIBRARY_ROOMS and not is_test(path):
        yield f"<{name}> is banned: {BANNED_HEADERS[name]}"
    if path.parts[0] == "include" and target is not None and not name.startswith("folio/"):
        yield f"a public header must not include the private {name}"


def check_room_file(path, text):
    """Yields (line number, message) for a C++ file of src/ or include/folio/."""
    room = room_of(path)
    if room == "":
        yield 1, "belongs to no room (src/ROOM/, or PUBLIC_HEADERS in tests/tidy.py)"
        return
    for number, line in enumerate(text.splitlines(), 1):
        if match := INCLUDE.match(line):
            for message in check_include(path, room, match.group(1)):
                yield number, message
    for number, line in enumerate(code_only(text).splitlines(), 1):
        if room != "simd" and HIGHWAY_NAME.search(line):
            yield number, "Highway belongs into src/simd"
        if room in LIBRARY_ROOMS and not is_test(path):
            for pattern, advice in BANNED_CALLS:
                if match := pattern.search(line):
                    yield number, f"{match.group(0).strip('( ')}: {advice}"


def check_cpp_form(path, text):
    """Yields (line number, message) for the form of any C++ file."""
    if not text.startswith("// SPDX-License-Identifier: Apache-2.0\n"):
        yield 1, "must begin with `// SPDX-License-Identifier: Apache-2.0`"
    if path.suffix == ".h" and "#pragma once" not in text and not path.name.endswith(REINCLUDED):
        yield 1, "a header needs `#pragma once`"
    if not FILE_NAME.match(path.name):
        yield 1, "file names are snake_case"


def check_example(path, text):
    """Yields (line number, message) for a file of examples/: public headers only, short enough to read at once."""
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if match and room_of_include(match.group(1)) is not None and not match.group(1).startswith("folio/"):
            yield number, "an example uses public headers only"
    if text.count("\n") >= 40:
        yield 40, "an example has fewer than 40 lines"


def is_source(path):
    return path.suffix in SOURCE_SUFFIXES or path.name in SOURCE_NAMES


def check_source(path, text):
    """Yields (line number, message) for any source file."""
    if "SPDX-License-Identifier: Apache-2.0" not in "\n".join(text.splitlines()[:3]):
        yield 1, "needs the SPDX line at the top"
    for number, line in enumerate(text.splitlines(), 1):
        if path.suffix != ".py" and not line.isascii():
            yield number, "sources are ASCII (but for the texts of Python tests)"
        if LEFTOVER.search(line):
            yield number, "an open end: do it, or write an issue"
    if path.suffix in CPP_SUFFIXES:
        yield from check_cpp_form(path, text)
        if room_of(path) is not None:
            yield from check_room_file(path, text)
        if path.parts[0] == "examples":
            yield from check_example(path, text)


def check_file(root, path):
    """Yields (line number, message) for a file, `path` being relative to `root`."""
    data = (root / path).read_bytes()
    if len(data) > FILE_SIZE_MAX:
        yield 1, f"is larger than {FILE_SIZE_MAX} bytes"
    if is_source(path):
        yield from check_source(path, data.decode("utf-8", "replace"))


def tracked_files(root):
    """Files that git knows or would add; all files where there is no git."""
    command = ["git", "-c", f"safe.directory={root}", "-C", str(root), "ls-files", "-z", "--cached", "--others",
               "--exclude-standard"]
    try:
        names = subprocess.run(command, capture_output=True, check=True).stdout.decode().split("\0")
        return sorted(Path(name) for name in set(names) if name and (root / name).is_file())
    except (OSError, subprocess.CalledProcessError):
        return walked_files(root)


def walked_files(root):
    found = []
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        found += [(Path(folder) / name).relative_to(root) for name in names]
    return sorted(found)


def violations(root):
    root = Path(root).resolve()
    return [f"{path}:{line}: {message}" for path in tracked_files(root) for line, message in check_file(root, path)]


def main():
    if len(sys.argv) != 2:
        print(__doc__.strip().splitlines()[-1], file=sys.stderr)
        return 2
    found = violations(sys.argv[1])
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
