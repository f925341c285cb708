#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/pattern/unicode_tables.cpp: what regular expressions need of Unicode, asked of this machine's perl."""
import json
import pathlib
import subprocess

CODE_POINTS = 0x110000
PROPERTIES = ("Alphabetic", "Cased", "Dash", "Emoji", "Extended_Pictographic", "Hex_Digit", "Ideographic",
              "Lowercase", "Math", "Uppercase", "White_Space", "XID_Continue", "XID_Start")
PERL = r"""
use strict; use Unicode::UCD qw(prop_invmap prop_value_aliases); use JSON::PP;
my %out = (version => Unicode::UCD::UnicodeVersion());
for my $name (@ARGV) {
  my ($starts, $values) = prop_invmap($name) or next;
  $out{maps}{$name} = [$starts, $values];
}
for my $property ("General_Category", "Script") {
  my %seen;
  for my $value (@{$out{maps}{$property}[1]}) {
    next if $seen{$value}++;
    $out{aliases}{$property}{$value} = [prop_value_aliases($property, $value)];
  }
}
print encode_json(\%out);
"""


def ask_perl():
    names = ("General_Category", "Script", "Simple_Case_Folding", "Join_Control", *PROPERTIES)
    data = json.loads(subprocess.run(["perl", "-e", PERL, *names], check=True, capture_output=True).stdout)
    for name, (starts, values) in data["maps"].items():
        data["maps"][name] = ([int(start) for start in starts], values)
    return data


def runs(inversion):
    """(first, last, value) of each run; neighbours of the same value joined."""
    starts, values = inversion
    joined = []
    for index, first in enumerate(starts):
        last = min(starts[index + 1] if index + 1 < len(starts) else CODE_POINTS, CODE_POINTS) - 1
        if first >= CODE_POINTS:
            break
        if joined and joined[-1][2] == values[index]:
            joined[-1] = (joined[-1][0], last, values[index])
        else:
            joined.append((first, last, values[index]))
    return joined


def join(ranges):
    out = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out


def without_surrogates(ranges):
    out = []
    for first, last in ranges:
        if first < 0xD800:
            out.append((first, min(last, 0xD7FF)))
        if last > 0xDFFF:
            out.append((max(first, 0xE000), last))
    return [r for r in out if r[0] <= r[1]]


def holding(inversion):
    return without_surrogates([(f, l) for f, l, value in runs(inversion) if value == "Y"])


def folding_runs(inversion):
    """(first, last, stride, delta): each stride-th code point folds to itself + delta."""
    folds = {}
    for (first, last, value) in split_runs(inversion):
        for code in range(first, last + 1):
            if value != 0:
                folds[code] = int(value) + (code - first) - code
    out = []
    for code in sorted(folds):
        if out:
            first, last, stride, delta = out[-1]
            step = code - last
            if folds[code] == delta and (step == stride or (first == last and step in (1, 2))):
                out[-1] = (first, code, step, delta)
                continue
        out.append((code, code, 1, folds[code]))
    return out


def split_runs(inversion):
    starts, values = inversion
    for index, first in enumerate(starts):
        last = min(starts[index + 1] if index + 1 < len(starts) else CODE_POINTS, CODE_POINTS) - 1
        yield first, last, int(values[index])


def array(lines, kind, name, entries, per_line=10):
    lines.append(f"constexpr {kind} {name}[] = {{")
    for first in range(0, len(entries), per_line):
        lines.append("    " + ", ".join(entries[first:first + per_line]) + ",")
    lines.append("};")


def packed(ranges):
    return [f"{{0x{first:X}, 0x{last:X}}}" for first, last in ranges]


def partition(lines, name, property_runs, aliases):
    """Runs as first << 8 | index of the value's name."""
    values = sorted({value for _, _, value in property_runs})
    index = {value: place for place, value in enumerate(values)}
    array(lines, "std::uint32_t", f"k{name}Runs",
          [f"0x{first << 8 | index[value]:X}" for first, _, value in property_runs], 14)
    names = []
    for value in values:
        known = aliases[value] + [aliases[value][0]]
        names.append(f'{{"{loose(known[0])}", "{loose(known[1])}"}}')
    array(lines, "PropertyName", f"k{name}Names", names, 5)


def loose(name):
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")


def word_ranges(maps):
    marks = {"M", "Mn", "Mc", "Me", "Nd", "Pc"}
    ranges = [(f, l) for f, l, value in runs(maps["General_Category"]) if value in marks]
    return join(ranges + holding(maps["Alphabetic"]) + holding(maps["Join_Control"]))


def main():
    data = ask_perl()
    maps = data["maps"]
    lines = [
        "// SPDX-License-Identifier: Apache-2.0",
        f"// Made by tools/make_unicode_tables.py from Unicode {data['version']} as perl has it. Do not edit.",
        '#include "pattern/unicode_tables.h"',
        "", "namespace folio::pattern {", "namespace {", "// clang-format off",
    ]
    partition(lines, "Category", runs(maps["General_Category"]), data["aliases"]["General_Category"])
    partition(lines, "Script", runs(maps["Script"]), data["aliases"]["Script"])
    array(lines, "CodeRange", "kWord", packed(word_ranges(maps)))
    for name in PROPERTIES:
        array(lines, "CodeRange", f"k{name.replace('_', '')}", packed(holding(maps[name])))
    rows = [f'{{"{loose(name)}", k{name.replace("_", "")}}}' for name in PROPERTIES]
    array(lines, "BinaryProperty", "kBinaryProperties", rows, 3)
    rows = [f"{{0x{f:X}, 0x{l:X}, {s}, {d}}}" for f, l, s, d in folding_runs(maps["Simple_Case_Folding"])]
    array(lines, "FoldingRun", "kFoldingRuns", rows, 6)
    lines += [
        "// clang-format on", "}  // namespace", "",
        "PropertyPartition category_partition() {", "  return {kCategoryRuns, kCategoryNames};", "}", "",
        "PropertyPartition script_partition() {", "  return {kScriptRuns, kScriptNames};", "}", "",
        "std::span<const BinaryProperty> binary_properties() {", "  return kBinaryProperties;", "}", "",
        "std::span<const CodeRange> word_ranges() {", "  return kWord;", "}", "",
        "std::span<const CodeRange> white_space_ranges() {", "  return kWhiteSpace;", "}", "",
        "std::span<const FoldingRun> folding_runs() {", "  return kFoldingRuns;", "}", "",
        "}  // namespace folio::pattern", "",
    ]
    target = pathlib.Path(__file__).parent.parent / "src/pattern/unicode_tables.cpp"
    target.write_text("\n".join(lines))


main()
