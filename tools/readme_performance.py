#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the performance section of README.md from committed measurements: bench/results/*.json, the JSON lines of
`folio bench compare --json` (and of `folio bench access --json`, where there are any).

usage: tools/readme_performance.py [--check] [ROOT]

With --check nothing is written; status 1 if README.md is not what the measurements give."""
import json
import sys
from pathlib import Path

BEGIN, END = "<!-- performance: begin -->", "<!-- performance: end -->"
WIDTH = 140
GIB = 2**30


def runs(folder):
    """Schema -> lines of the newest run that has it."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        schema = lines[0]["schema"]
        if schema not in found or found[schema][0]["time"] < lines[0]["time"]:
            found[schema] = lines
    return found


def of_type(lines, kind):
    return [line for line in lines if line["type"] == kind]


def plain(value):
    """The text of {"text": ...}, or what is legible of {"bytes": ...}."""
    return value if isinstance(value, str) else (value or {}).get("text", "?")


def duration(seconds):
    for unit, name in ((1, "s"), (1e-3, "ms")):
        if seconds >= unit or name == "ms":
            value = seconds / unit
            return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f} {name}"
    return ""


def size(count):
    return f"{count / GIB:.1f} GiB" if count >= GIB else f"{count / 2**20:.0f} MiB"


def escaped(text):
    return text.replace("|", "\\|")


def case_name(row):
    """Expressions as code, so that Markdown leaves them alone."""
    name = escaped(row["case"])
    return f"`{name}`" if set(name) & set("[]\\*_{") else name


def wrapped(text):
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return "\n".join(lines)


def state_text(lines):
    """What the page cache held, with what was measured of it."""
    names = {"warm-4k": "in folios of 4 KiB", "warm-2m": "in folios of 2 MiB", "as-found": "as it was found"}
    parts = []
    for state in of_type(lines, "state"):
        faults = state["faults_per_mib"]
        measured = "" if faults is None else f" ({faults:.1f} faults per MiB of a mapping)"
        parts.append(names[state["state"]] + measured)
    return " and ".join(parts)


def setting(lines):
    machine, limit = lines[0], of_type(lines, "limit")[0]
    rows = of_type(lines, "row")
    log = next((row["bytes"] for row in rows if row["input"] == "log"), None)
    tools = "; ".join(plain(tool["version"]) for tool in of_type(lines, "tool") if tool["installed"] and tool["cases"])
    text = (f"Medians of one run of `folio bench compare` on {machine['time'][:10]}, in which the programs took turns: "
            f"{machine['cpu'] or 'processor unknown'}, {machine['cores']} cores, {size(machine['memory'])} of memory, "
            f"Linux {machine['kernel']}, {machine['file_system']}. ")
    if log:
        text += f"The log has {size(log)} and was in the page cache {state_text(lines)}. "
    text += (f"Compared with {tools}. Memory gave {limit['bytes_per_second'] / 1e9:.1f} GB/s. Every answer was compared "
             "before anything was timed. A ratio is folio's time divided by the other program's: less than 1 is a win.")
    return wrapped(text)


def cell(entry):
    if entry is None:
        return ""
    if entry["state"] != "measured":
        return {"too-slow": "stopped: too slow", "missing": ""}.get(entry["state"], entry["state"])
    ratio = entry["ratio"]
    shown = f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"
    return f"{duration(entry['seconds'])}, {f'**{shown}**' if ratio > 1 else shown}"


def table(rows, peers, title):
    """One line for each row; ratios above 1 stand out."""
    out = [f"| {title} | folio | " + " | ".join(peers) + " |", "|---" * (len(peers) + 2) + "|"]
    for row in rows:
        entries = {entry["tool"]: entry for entry in row["entries"]}
        cells = [cell(entries.get(peer)) for peer in peers]
        ours = entries["folio"]
        out.append(f"| {case_name(row)} | {duration(ours['seconds'])} | " + " | ".join(cells) + " |")
    return "\n".join(out)


def peers_of(rows):
    names = []
    for row in rows:
        for entry in row["entries"][1:]:
            if entry["tool"] not in names and entry["state"] != "missing":
                names.append(entry["tool"])
    return names


def groups(rows):
    titles = {"warm-4k": "log, 4 KiB folios", "warm-2m": "log, 2 MiB folios", "as-found": "trees and start-up"}
    for state, title in titles.items():
        for counting in (True, False):
            chosen = [row for row in rows if row["state"] == state
                      and (row["entries"][1]["tool"] == "wc") == counting]
            if chosen:
                yield title, chosen


def losses(rows):
    """Every row in which some program was faster, the worst first."""
    found = []
    for row in rows:
        for entry in row["entries"][1:]:
            if entry["state"] == "measured" and entry["ratio"] > 1:
                where = {"warm-4k": ", 4 KiB folios", "warm-2m": ""}.get(row["state"], "")
                found.append((entry["ratio"], f"{entry['ratio']:.2f} times as long as {entry['tool']} at "
                                              f"{case_name(row)}{where}"))
    found.sort(reverse=True)
    return [text for _, text in found]


def compare_section(lines):
    rows = [row for row in of_type(lines, "row") if row["entries"][0]["state"] == "measured"]
    parts = [setting(lines)]
    parts += [table(chosen, peers_of(chosen), title) for title, chosen in groups(rows)]
    lost = losses(rows)
    parts.append(wrapped("Where folio loses in this run: it takes " + "; ".join(lost) + "." if lost
                         else "In this run folio lost nowhere."))
    missed = [case_name(row) + {"warm-4k": " (4 KiB folios)"}.get(row["state"], "") for row in rows
              if row["goal_met"] is False]
    if missed:
        parts.append(wrapped("Goals of the project that this run missed: " + "; ".join(missed) + "."))
    if not of_type(lines, "summary")[0]["complete"]:
        parts.append("The run ended before every case had been measured.")
    return parts


WINS_SHOWN = 6


def classic_table(lines):
    rows = of_type(lines, "classic")
    if not rows:
        return []
    out = ["| the table of the textbooks | there | here | file, method |", "|---|---|---|---|"]
    out += [f"| {row['name']} | {row['textbook'] / 1e6:.0f} MB/s | {row['bytes_per_second'] / 1e6:,.0f} MB/s | "
            f"{size(row['size'])}, {row['label']} |" for row in rows]
    return ["\n".join(out)]


def findings_list(lines):
    """Every loss, and the largest wins; the lines are sorted by size already."""
    found = of_type(lines, "finding")
    wins = [line for line in found if line["verdict"] == "mmap-wins"][:WINS_SHOWN]
    losses_of_map = [line for line in found if line["verdict"] == "mmap-loses"]
    parts = []
    for title, chosen in (("Where mmap wins most", wins), ("Where mmap loses", losses_of_map)):
        if chosen:
            parts.append(f"{title}:")
            parts.append("\n".join(f"- {escaped(line['text'])}" for line in chosen))
    return parts


def access_section(lines):
    machine, summary = lines[0], of_type(lines, "summary")
    parts = [wrapped(f"mmap or read? What `folio bench access` found on {machine['time'][:10]} ({machine['cpu']}, "
                     f"{machine['cores']} cores, Linux {machine['kernel']}, {machine['files'][0]['file_system']}):")]
    parts += classic_table(lines) + findings_list(lines)
    if summary and summary[0]["auto_cells"]:
        worst = max(of_type(lines, "auto"), key=lambda row: row["ratio"])
        parts.append(wrapped(
            f"Left alone, folio took {summary[0]['auto_median']:.2f} times as long as the best fixed way in the median over "
            f"{summary[0]['auto_cells']} situations, and {summary[0]['auto_worst']:.2f} times in the worst ({worst['shape']}, "
            f"{worst['size']:,} bytes, {worst['state']}, {worst['threads']} threads: {worst['seconds'] * 1e6:,.1f} us beside "
            f"{worst['best_seconds'] * 1e6:,.1f} us by {worst['best']})."))
    return parts


def section(root):
    found = runs(root / "bench" / "results")
    parts = []
    if lines := found.get("folio.bench.compare/1"):
        parts += compare_section(lines)
    if lines := found.get("folio.bench.access/1"):
        parts += access_section(lines)
    if not parts:
        sys.exit("readme_performance.py: there are no measurements in bench/results")
    return "\n\n".join(parts)


def main():
    words = sys.argv[1:]
    check = "--check" in words
    words = [word for word in words if word != "--check"]
    if len(words) > 1 or any(word.startswith("-") for word in words):
        print(__doc__.strip().splitlines()[3], file=sys.stderr)
        return 2
    root = Path(words[0]) if words else Path(__file__).resolve().parent.parent
    readme = root / "README.md"
    text = readme.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        print(f"readme_performance.py: README.md lacks {BEGIN} or {END}", file=sys.stderr)
        return 2
    made = f"{before}{BEGIN}\n{section(root)}\n{END}{after}"
    if made == text:
        return 0
    if check:
        print("README.md is not what bench/results gives: run tools/readme_performance.py", file=sys.stderr)
        return 1
    readme.write_text(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
