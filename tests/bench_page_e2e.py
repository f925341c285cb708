#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The HTML report of folio bench: what the command writes, and what a browser makes of it."""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import bench_access_sample as sample
import browser
from command import FOLIO, UTF8, FolderTest, run
from page_checks import PALE_TEXTS, STRAY_COORDINATES

SIZE_MAX = 60_000  # of a page without its data
PLOTS = ("by-size", "by-threads", "by-state", "by-cost", "classic-plot")


def shape_of(plot):
    return f"return document.querySelector('#{plot} svg.drawing').innerHTML"


class CommandTest(FolderTest):
    """folio bench page, without a browser."""

    def setUp(self):
        super().setUp()
        self.run_file = self.file("run.json", sample.text_of(sample.sample()).encode())

    def test_page_goes_to_standard_output_or_to_a_file(self):
        page = self.check(run("bench", "page", self.run_file), 0, stderr=b"^$").stdout
        self.assertTrue(page.startswith(b"<!doctype html>"))
        self.assertEqual(self.check(run("bench", "page", "-", "-o", "-", stdin=Path(self.run_file).read_bytes()), 0).stdout, page)
        target = self.folder / "page.html"
        target.write_bytes(b"old")
        self.check(run("bench", "page", self.run_file, "-o", target), 0, b"", b"^$")
        self.assertEqual(target.read_bytes(), page)
        self.assertEqual({path.name for path in self.folder.iterdir()}, {"run.json", "page.html"})

    def test_page_without_data_is_small(self):
        lines = Path(self.run_file).read_bytes().splitlines(keepends=True)
        page = run("bench", "page", "-", stdin=lines[0]).stdout
        self.assertLess(len(page) - len(lines[0]), SIZE_MAX)

    def test_data_cannot_leave_its_element(self):
        page = self.check(run("bench", "page", self.run_file), 0).stdout.decode()
        data = re.search(r'<script type="application/json" id="data">\n(.*?)</script>', page, re.S).group(1)
        for text in ("<", "\u2028", "\u2029"):
            self.assertNotIn(text, data)
        self.assertEqual([json.loads(line) for line in data.split("\n") if line], sample.sample())

    def test_what_is_no_run_is_one_sentence(self):
        first = Path(self.run_file).read_bytes().splitlines(keepends=True)[0]
        for content, sentence in ((b"", b"not what `folio bench access --json` writes"), (b"x", b"line 1 is not a JSON object"),
                                  (b"\n\n", b"not what"), (b"{}\n", b"not what"), (b"[]\n", b"line 1"), (b"\x00", b"line 1"),
                                  (b'{"schema":"folio.bench.access/2"}\n', b"folio.bench.access/1"),
                                  (b'{"a":"\xff"}\n', b"line 1"), (first + b"{\n" + first, b"line 2"), (first + b"\xff\n", b"line 2")):
            result = run("bench", "page", self.file("bad.json", content))
            self.check(result, 2, b"", sentence)
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)

    def test_last_line_that_was_cut_off_is_left_out(self):
        content = Path(self.run_file).read_bytes()
        whole, cut = content[:content.rindex(b"\n", 0, -1) + 1], content[:-20]
        result = self.check(run("bench", "page", self.file("cut.json", cut)), 0, stderr=b"cut.json: the last line is cut off and left out\n")
        self.assertEqual(result.stdout, run("bench", "page", self.file("whole.json", whole)).stdout)

    def test_bad_inputs_and_targets(self):
        self.check(run("bench", "page", self.folder / "missing"), 2, b"", rb"^folio: .*missing.*\n$")
        self.check(run("bench", "page", self.folder), 2, b"", rb"^folio: .*irectory.*\n$")
        self.check(run("bench", "page"), 2, b"", rb"FILE is required")
        for target in (self.folder, self.folder / "none" / "page.html", "/dev/null"):
            self.check(run("bench", "page", self.run_file, "-o", target), 2, b"", rb"^folio: .*\n$")
        with open("/dev/full", "wb") as full:
            result = subprocess.run([FOLIO, "bench", "page", self.run_file], stdout=full, stderr=subprocess.PIPE, env=UTF8, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, rb"^folio: standard output: .*\n$")

    def test_closed_pipe_ends_it_silently(self):
        program = subprocess.Popen([FOLIO, "bench", "page", self.run_file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=UTF8)
        program.stdout.read(10)
        program.stdout.close()
        self.assertEqual(program.stderr.read(), b"")
        program.stderr.close()
        program.wait(timeout=20)


@unittest.skipIf(browser.missing(), browser.missing())
class PageTest(unittest.TestCase):
    """The page of a whole, hostile run in one browser."""

    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(folder := tempfile.TemporaryDirectory(dir=os.environ.get("FOLIO_BUILD")))
        cls.folder = Path(folder.name)
        cls.run_lines = sample.sample()
        cls.cells = [line for line in cls.run_lines if line["type"] == "cell"]
        cls.page = cls.write_page("page", cls.run_lines)
        cls.browser = cls.enterClassContext(browser.Browser())

    @classmethod
    def write_page(cls, name, lines):
        source, target = cls.folder / f"{name}.json", cls.folder / f"{name}.html"
        source.write_bytes(sample.text_of(lines).encode())
        result = run("bench", "page", source, "-o", target)
        assert result.returncode == 0, result.stderr
        return target.as_uri()

    def setUp(self):
        self.open(self.page)

    def open(self, page, **emulated):
        self.browser.emulate(**emulated)
        self.browser.console()
        self.browser.requests()
        self.browser.open(page)
        self.browser.wait_for("return document.querySelectorAll('svg.drawing[viewBox]').length === arguments[0]", len(PLOTS))

    def tearDown(self):
        self.assertEqual(self.browser.console(), [])

    def test_nothing_is_asked_for_and_policy_forbids_it(self):
        self.assertEqual(self.browser.requests(), [self.page])
        self.assertEqual(self.browser.run("return performance.getEntriesByType('resource').length"), 0)
        blocked = self.browser.run("""
            const refused = [];
            document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
            document.body.append(Object.assign(new Image(), {src: "https://example.org/x.png"}));
            const script = document.createElement("script");
            script.textContent = "window.taken = 1";
            document.body.append(script);
            fetch("https://example.org/").catch(() => 0);
            return new Promise((done) => setTimeout(() => done([...refused.sort(), typeof window.taken]), 50));""")
        self.assertEqual(blocked, ["connect-src", "img-src", "script-src-elem", "undefined"])
        self.assertTrue(self.browser.console())

    def test_plots_are_drawn_inside_their_boxes(self):
        for width in (1200, 360):
            self.open(self.page, width=width)
            for plot in PLOTS:
                self.assertGreater(self.browser.run(f"return document.querySelectorAll('#{plot} .mark, #{plot} .bar').length"), 7, plot)
            self.assertEqual(self.browser.run(STRAY_COORDINATES), [])

    def test_marks_stand_for_the_cells(self):
        # One thread, one pass, cold: the best of each method at each size.
        for label, text in (("State", "cold"), ("Threads", "1")):
            self.choose("by-size", label, text)
        chosen = [cell for cell in self.cells if (cell["shape"], cell["work"], cell["state"], cell["threads"]) == ("one-pass", "newlines", "cold", 1)]
        best = {}
        for cell in chosen:
            best[cell["method"], cell["size"]] = max(best.get((cell["method"], cell["size"]), 0), cell["bytes_per_second"])
        heights = self.browser.run("""return [...document.querySelectorAll("#by-size g[data-series]")].map((group) =>
            [group.dataset.series, [...group.querySelectorAll(".mark")].map((mark) => mark.transform.baseVal[0].matrix.f)])""")
        drawn = {(method, size): height for method, tops in heights for size, height in zip(sample.SIZES, tops, strict=True)}
        self.assertEqual(drawn.keys(), best.keys())
        faster = sorted(best, key=best.get)
        for slow, fast in zip(faster, faster[1:]):
            self.assertGreaterEqual(drawn[slow] + 0.01, drawn[fast])

    def choose(self, plot, label, text):
        mark = """const list = [...document.querySelectorAll(`section[aria-labelledby="${arguments[0]}-title"] label`)]
            .find((one) => one.firstChild.data === arguments[1]).querySelector("select");
            document.querySelectorAll("[data-here]").forEach((one) => delete one.dataset.here);
            list.dataset.here = "";"""
        self.browser.run(mark, plot, label)
        self.browser.choose("[data-here]", text)

    def test_every_choice_redraws(self):
        for plot, label, text in (("by-size", "Shape", "four passes"), ("by-size", "Methods", "every read"), ("by-size", "Scale", "logarithmic"),
                                  ("by-size", "Measure", "Share of the limit"), ("by-threads", "State", "cold"), ("by-threads", "Size", "16 MiB"),
                                  ("by-state", "Shape", "random 4 KiB"), ("by-state", "Threads", "1"), ("by-cost", "Cost", "CPU seconds per GiB"),
                                  ("by-cost", "State", "warm, 2 MiB folios")):
            before = self.browser.run(shape_of(plot))
            self.choose(plot, label, text)
            self.assertNotEqual(self.browser.run(shape_of(plot)), before, (plot, label))
            self.assertEqual(self.browser.run(STRAY_COORDINATES), [])

    def test_legend_hides_a_series(self):
        count = "return document.querySelectorAll('#by-size g[data-series]').length"
        before = self.browser.run(count)
        self.browser.click("#by-size .legend button:nth-child(2)")
        self.assertEqual(self.browser.run(count), before - 1)
        self.assertEqual(self.browser.run("return document.querySelectorAll('#by-size g[data-series=map]').length"), 0)
        self.browser.click("#by-size .legend button:nth-child(2)")
        self.assertEqual(self.browser.run(count), before)

    def test_pointer_and_keys_show_values(self):
        tip = "return document.querySelector('#by-size .tip').innerText"
        self.assertEqual(self.browser.run(tip), "")
        x, y = self.browser.run("""const mark = [...document.querySelectorAll("#by-size g[data-series=direct] .mark")].at(-1);
            mark.scrollIntoView({block: "center"});
            const box = mark.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2];""")
        self.browser.point_at(x, y)
        text = self.browser.run(tip)
        for expected in ("direct 1 MiB x16", "1 GiB", "GB/s", "of memory", "rounds", "Faults, minor"):
            self.assertIn(expected, text.replace("\xa0", " "))
        self.browser.run("document.querySelector('#by-size svg.drawing').focus()")
        seen = []
        for key in ("Right", "Right", "Down", "Left"):
            self.browser.press(key)
            seen.append(self.browser.run(tip))
        self.assertEqual(len(set(seen)), 4, seen)
        self.browser.press("Escape")
        self.assertEqual(self.browser.run(tip), "")

    def test_hostile_names_are_text(self):
        self.assertFalse(self.browser.has_alert())
        self.assertEqual(self.browser.run("return document.title"), "folio bench access")
        self.assertEqual(self.browser.run("return document.querySelectorAll('img, iframe, object, embed, link, base, form, b > *, td > *').length"), 0)
        inline = "return [...document.querySelectorAll('*')].flatMap((one) => [...one.attributes]).filter(({name}) => name.startsWith('on')).length"
        self.assertEqual(self.browser.run(inline), 0)
        shown = self.browser.run("return [...document.querySelectorAll('#machine tbody:first-of-type tr td:first-child')].map((one) => one.textContent)")
        for name in (sample.SCRIPT_NAME, sample.IMAGE_NAME, "<!--<script>", r"invoice\u202egnp.exe", r"a\u2028b\u2029c",
                     r"line\u000aend\u001b[31m", r"caf\xe9 <svg onload=alert(1)>\xff", "]]>&lt;b&gt;&amp;"):
            self.assertIn(name, shown)
        self.assertIn(sample.IMAGE_NAME, self.browser.run("return document.getElementById('notes').innerText"))

    def test_table_holds_every_cell(self):
        if self.browser.run("return [...document.querySelectorAll('#cells .under button')].length"):
            self.browser.click("#cells .under button")
        rows = self.browser.run("""return [...document.querySelectorAll("#cells tbody tr")].map((row) =>
            [...row.cells].map((cell) => cell.title || cell.textContent))""")
        numbers = {3: "size", 4: "threads", 6: "bytes_per_second", 9: "seconds", 12: "user_seconds", 14: "minor_faults", 18: "peak_memory"}
        shown = sorted((row[5], *(float(row[i]) for i in numbers)) for row in rows)
        self.assertEqual(shown, sorted((cell["label"], *(float(cell[name]) for name in numbers.values())) for cell in self.cells))

    def test_table_sorts_and_filters(self):
        speeds = "return [...document.querySelectorAll('#cells tbody tr')].map((row) => Number(row.cells[6].title))"
        all_speeds = sorted(cell["bytes_per_second"] for cell in self.cells)
        self.assertEqual(self.browser.run(speeds), all_speeds[::-1][:100])
        self.browser.click("#cells th button[data-key=bytes_per_second]")
        self.assertEqual(self.browser.run(speeds), all_speeds[:100])
        self.browser.choose("#cells select", "one pass")
        self.browser.type("#cells input", "cold x16")
        wanted = [cell for cell in self.cells if (cell["shape"], cell["state"]) == ("one-pass", "cold") and "x16" in cell["label"]]
        self.assertIn(f"of {len(wanted)} rows", self.browser.run("return document.querySelector('#cells .under').innerText"))
        self.browser.type("#cells input", " ?")
        self.assertEqual(self.browser.run(speeds), [])

    def test_findings_and_ratios_are_those_of_the_data(self):
        text = self.browser.run("return document.getElementById('findings').innerText")
        for line in self.run_lines:
            if line["type"] == "finding":
                self.assertIn(line["text"], text)
                self.assertIn(f"{line['ratio']:.2f}", text)
        summary = self.run_lines[-1]
        tiles = self.browser.run("return [...document.querySelectorAll('#auto .tile b')].map((one) => one.textContent)")
        self.assertEqual(tiles[:2], [f"{summary['auto_worst']:.2f}", f"{summary['auto_median']:.2f}"])

    def test_colours_have_contrast_in_light_and_dark(self):
        grounds = set()
        for scheme in ("light", "dark"):
            self.open(self.page, scheme=scheme)
            self.assertEqual(self.browser.run(PALE_TEXTS), [], scheme)
            grounds.add(self.browser.run("return getComputedStyle(document.body).backgroundColor"))
        self.browser.click("header .choice button:nth-child(2)")
        self.assertIn(self.browser.run("return getComputedStyle(document.body).backgroundColor"), grounds)
        self.assertEqual(len(grounds), 2)
        self.browser.click("header .choice button:nth-child(1)")

    def test_phone_needs_no_sideways_scrolling(self):
        self.open(self.page, width=360, height=740)
        self.browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), 360)

    def test_prints(self):
        self.open(self.page, media="print")
        self.assertEqual(self.browser.run(STRAY_COORDINATES), [])
        self.assertTrue(self.browser.pdf().startswith(b"%PDF"))

    def test_interrupted_run_and_missing_types(self):
        nothing = [self.run_lines[0]]
        few = [line for line in sample.sample(complete=False) if line["type"] in ("machine", "summary")] + self.cells[:3]
        nulls = [{name: None if name not in ("type", "schema", "shape", "work", "state", "size", "threads", "method", "label", "seconds") else value
                  for name, value in line.items()} for line in self.run_lines if line["type"] in ("cell", "machine", "auto")]
        nulls[0] = {**nulls[0], "files": [None, {}], "mitigations": [None], "command": [None, {"bytes": "*"}]}
        for name, lines, sentence in (("nothing", nothing, "cut off"), ("few", few, "interrupted"), ("nulls", nulls, "no summary")):
            self.open(self.write_page(name, lines))
            self.assertIn(sentence, self.browser.run("return document.querySelector('.warning').innerText"))
            self.assertEqual(self.browser.run(STRAY_COORDINATES), [], name)
            self.assertEqual(self.browser.console(), [], name)


if __name__ == "__main__":
    missing = browser.missing()
    program = unittest.main(exit=False)
    sys.exit(1 if not program.result.wasSuccessful() else 77 if missing else 0)
