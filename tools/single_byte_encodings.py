#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/decode/single_byte_tables.inc: what the bytes 0x80 to 0xff mean in the single-byte encodings of the WHATWG's
Encoding standard, from Python's codecs and the few places where the standard differs from them.

usage: single_byte_encodings.py > src/decode/single_byte_tables.inc
"""
CODECS = {
    "ibm866": "cp866", **{f"iso-8859-{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    "koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman", "windows-874": "cp874",
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259)}, "x-mac-cyrillic": "mac_cyrillic",
}
DIFFERENCES = {
    "koi8-u": {0xAE: 0x045E, 0xBE: 0x040E},
    "windows-1255": {0xCA: 0x05BA},
}
REPLACEMENT = 0xFFFD


def meaning(name, byte):
    if byte in DIFFERENCES.get(name, {}):
        return DIFFERENCES[name][byte]
    character = ord(bytes([byte]).decode(CODECS[name], "replace"))
    # What Windows leaves open among the control characters stays what it is.
    if character == REPLACEMENT and name.startswith("windows-") and byte < 0xA0:
        return byte
    return character


def main():
    print("// SPDX-License-Identifier: Apache-2.0")
    print("// Written by tools/single_byte_encodings.py: name, and the characters of the bytes 0x80 to 0xff.")
    print("// clang-format off")
    for name in sorted(CODECS):
        values = [meaning(name, byte) for byte in range(0x80, 0x100)]
        print(f'{{"{name}", {{{{')
        for start in range(0, 128, 16):
            print("  " + ", ".join(f"0x{value:04x}" for value in values[start:start + 16]) + ",")
        print("}}},")
    print("// clang-format on")


if __name__ == "__main__":
    main()
