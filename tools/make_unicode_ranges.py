#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/count/unicode_ranges.inc: how wc sees each code point, asked of this machine's glibc in C.UTF-8."""
import ctypes
import ctypes.util
import pathlib
import sys

LC_ALL_MASK = 0x1FBF
CODE_POINTS = 0x110000
BLOCK = 128
NO_BREAK_SPACES = {0x00A0, 0x2007, 0x202F, 0x2060}  # wc separates words at these as well
NEUTRAL, WORD, SEPARATOR = range(3)


def open_libc():
    libc = ctypes.CDLL(ctypes.util.find_library("c"))
    libc.newlocale.restype = ctypes.c_void_p
    libc.uselocale.argtypes = [ctypes.c_void_p]
    libc.gnu_get_libc_version.restype = ctypes.c_char_p
    locale = libc.newlocale(LC_ALL_MASK, b"C.UTF-8", None)
    if not locale:
        sys.exit("this machine has no C.UTF-8 locale")
    libc.uselocale(locale)
    return libc


def kind(libc, code_point):
    if code_point in (0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20):
        return SEPARATOR | (code_point == 0x20) << 2
    if not libc.iswprint(code_point):
        return NEUTRAL
    separates = code_point in NO_BREAK_SPACES or libc.iswspace(code_point)
    width = max(libc.wcwidth(code_point), 0)
    assert width <= 2
    return (SEPARATOR if separates else WORD) | width << 2


def main():
    libc = open_libc()
    kinds = bytes(kind(libc, code_point) for code_point in range(CODE_POINTS))
    starts = [c for c in range(CODE_POINTS) if c == 0 or kinds[c] != kinds[c - 1]]
    blocks = len({kinds[b:b + BLOCK] for b in range(0, CODE_POINTS, BLOCK)})
    version = libc.gnu_get_libc_version().decode()
    entries = [f"0x{start << 4 | kinds[start]:X}" for start in starts]
    lines = [
        "// SPDX-License-Identifier: Apache-2.0",
        f"// Made by tools/make_unicode_ranges.py from glibc {version}, locale C.UTF-8. Do not edit.",
        "// Each entry: first code point of a range << 4 | width << 2 | class (neutral 0, word 1, separator 2).",
        "// clang-format off",
        f'constexpr const char* kUnicodeRangesLibcVersion = "{version}";',
        f"constexpr std::size_t kDistinctBlocks = {blocks};",
        "constexpr std::uint32_t kUnicodeRanges[] = {",
    ]
    for first in range(0, len(entries), 12):
        lines.append("  " + ", ".join(entries[first:first + 12]) + ",")
    lines += ["};", "// clang-format on", ""]
    target = pathlib.Path(__file__).parent.parent / "src/count/unicode_ranges.inc"
    target.write_text("\n".join(lines))


main()
