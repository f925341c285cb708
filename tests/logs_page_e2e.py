#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The page of folio logs in a browser: pages of made reports, which cli_test writes, and those of the command."""
import csv
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import browser
from command import UTF8, FolderTest, run
from page_checks import PALE_TEXTS, STRAY_COORDINATES

BUILD = Path(os.environ.get("FOLIO_BUILD", "."))
SIZE_MAX = 1_000_000
PAGES = ("web", "other", "hostile", "long", "one", "empty")
TEXT = "return document.querySelector(arguments[0]).innerText"
COUNT = "return document.querySelectorAll(arguments[0]).length"

# Elements and attributes that only text taken for markup could have made.
FOREIGN = """return [...document.querySelectorAll("img, iframe, object, embed, link, base, form, a:not([href^='#'])")]
    .concat([...document.body.querySelectorAll("*")].filter((one) => [...one.attributes].some(({name}) => name.startsWith("on"))))
    .map((one) => one.outerHTML)"""

AGENT = "Mozilla/5.0 (X11; Linux x86_64)"
HOSTILE = ["<script>window.taken=1</script>", "</script><img src=x onerror=window.taken=1>", "<!--<script>", "\u202egnp.exe",
           "\u200fright\u2028left", "'`&lt;b&gt;", "=cmd|calc", "\x1b[31mred", "\xe9\xff"]


def combined(host, path, status, size, referrer, agent, second):
    line = f'{host} - - [15/Jan/2026:00:{second // 60:02}:{second % 60:02} +0000] "GET {path} HTTP/1.1" {status} {size} "{referrer}" "{agent}"\n'
    return line.encode("latin-1" if "\xff" in line else "utf-8")


def hostile_log():
    lines = [combined("192.0.2.1", "/plain", 200, 1000, "-", AGENT, i) for i in range(300)]
    for i, text in enumerate(HOSTILE):
        word = text.replace(" ", "+")
        lines.append(combined(word, f"/{word}", 404, 10, text, text, 300 + i))
    return lines


class PageTest(unittest.TestCase):
    """What is looked at in one browser."""

    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(folder := tempfile.TemporaryDirectory(dir=os.environ.get("FOLIO_BUILD")))
        cls.folder = Path(folder.name)
        cls.browser = cls.enterClassContext(browser.Browser())

    def tearDown(self):
        self.assertEqual(self.browser.console(), [])

    def open(self, name, **emulated):
        self.browser.emulate(**emulated)
        self.browser.console()
        self.browser.requests()
        self.browser.open((self.folder / f"{name}.html").as_uri())
        self.browser.wait_for("return document.querySelectorAll('svg.drawing:not([viewBox])').length === 0")


@unittest.skipIf(browser.missing(), browser.missing())
class SamplePageTest(PageTest):
    """Pages of reports that are made for tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        subprocess.run([BUILD / "cli_test", "--gtest_filter=HtmlReport.WritesPagesForABrowser"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "FOLIO_TEST_PAGES": str(cls.folder)}, timeout=60)

    def band(self, plot, index):
        """Sets the pointer's place: the middle of a bucket of a plot."""
        return self.browser.run("""const root = document.querySelector(`#${arguments[0]} svg.drawing`);
            root.scrollIntoView({block: "center"});
            const box = root.getBoundingClientRect();
            const [left, right] = [62, root.viewBox.baseVal.width - 14];
            return [box.x + (left + (right - left) * (arguments[1] + 0.5) / 96) * box.width / root.viewBox.baseVal.width, box.y + box.height / 2];""",
                                plot, index)

    def drag(self, plot, first, last):
        (x, y), (end, _) = self.band(plot, first), self.band(plot, last)
        move = lambda at: {"type": "pointerMove", "duration": 0, "x": round(at), "y": round(y), "origin": "viewport"}
        self.browser.actions([move(x), {"type": "pointerDown", "button": 0}, move((x + end) / 2), move(end), {"type": "pointerUp", "button": 0}])

    def test_every_page_is_drawn_without_errors(self):
        for name in PAGES:
            self.assertLessEqual((self.folder / f"{name}.html").stat().st_size, SIZE_MAX)
            for width in (1300, 360):
                self.open(name, width=width)
                self.browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
                self.assertEqual(self.browser.run(STRAY_COORDINATES), [], (name, width))
                self.assertLessEqual(self.browser.run("return document.documentElement.scrollWidth"), width, name)
                self.assertEqual(self.browser.console(), [], name)

    def test_nothing_is_asked_for_and_policy_forbids_it(self):
        self.open("hostile")
        self.assertEqual(self.browser.requests(), [(self.folder / "hostile.html").as_uri()])
        blocked = self.browser.run("""
            const refused = [];
            document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
            document.body.append(Object.assign(new Image(), {src: "https://example.org/x.png"}));
            document.body.append(Object.assign(document.createElement("script"), {textContent: "window.taken = 1"}));
            fetch("https://example.org/").catch(() => 0);
            return new Promise((done) => setTimeout(() => done([...refused.sort(), typeof window.taken]), 50));""")
        self.assertEqual(blocked, ["connect-src", "img-src", "script-src-elem", "undefined"])
        self.assertTrue(self.browser.console())

    def test_hostile_texts_are_text(self):
        self.open("hostile")
        self.browser.run("document.querySelectorAll('.under button').forEach((one) => one.click())")
        self.assertFalse(self.browser.has_alert())
        self.assertEqual(self.browser.run("return typeof window.taken"), "undefined")
        self.assertEqual(self.browser.run("return document.title"), "folio logs")
        self.assertEqual(self.browser.run(FOREIGN), [])
        text = self.browser.run("return document.body.textContent")
        for shown in ("<script>window.taken=1</script>", "</script><script>window.taken=1</script>", "<!--<script>", "<img src=x onerror",
                      r"invoice\u202egnp.exe", r"a\u2028b\u2029c", r"\u001b[31mred", r"line\u000d\u000aend\u0009tab", r"caf\xe9 \xff\xfe <svg",
                      r"\u200fright", "${window.taken=1}", "__proto__"):
            self.assertIn(shown, text)

    def test_figures_are_those_of_the_report(self):
        self.open("web")
        report = json.loads(self.browser.run("return document.getElementById('data').textContent").split("\n")[1])
        figures = self.browser.run(TEXT, ".figures")
        for number in (report["count"], report["visitors"], report["bytes"], report["errors"], report["serverErrors"]):
            self.assertIn(f"{number:,}", figures)

    def test_measures_redraw_the_time_series(self):
        self.open("web")
        drawing = "return document.querySelector('#time svg.drawing').innerHTML"
        seen = {self.browser.run(drawing)}
        for button in range(2, 5):
            self.browser.click(f"#time .choice button:nth-child({button})")
            seen.add(self.browser.run(drawing))
            self.assertEqual(self.browser.run(STRAY_COORDINATES), [])
        self.assertEqual(len(seen), 4)
        before = self.browser.run("return document.querySelector('#latency svg.drawing').innerHTML")
        self.browser.click("#latency .choice button:nth-child(2)")
        self.assertNotEqual(self.browser.run("return document.querySelector('#latency svg.drawing').innerHTML"), before)
        self.assertEqual(self.browser.run(STRAY_COORDINATES), [])

    def test_pointer_shows_the_bucket(self):
        self.open("web")
        buckets = json.loads(self.browser.run("return document.getElementById('data').textContent").split("\n")[2])["buckets"]
        for index in (0, 40, 95):
            self.browser.point_at(*self.band("time-plot", index))
            tip = self.browser.run(TEXT, "#time-plot .tip")
            self.assertIn(f"{buckets[index][1]:,}", tip)
            self.assertIn(f"{15 + index // 24} Jan 2026, {index % 24:02}:00", tip)

    def test_dragging_zooms_both_plots_and_a_double_click_shows_all(self):
        self.open("web")
        whole = self.browser.run("return document.querySelector('#latency svg.drawing').innerHTML")
        self.drag("time-plot", 24, 47)
        for plot in ("#time", "#latency"):
            self.assertIn("24 of 96 buckets", self.browser.run(TEXT, plot + " .hint"))
        self.assertNotEqual(self.browser.run("return document.querySelector('#latency svg.drawing').innerHTML"), whole)
        self.assertEqual(self.browser.run(STRAY_COORDINATES), [])
        self.browser.run("document.querySelector('#time details').open = true")
        self.browser.wait_for("return document.querySelectorAll('#time details tbody tr').length === 24")
        self.browser.run("document.querySelector('#time svg.drawing').dispatchEvent(new MouseEvent('dblclick', {bubbles: true}))")
        self.assertEqual(self.browser.run("return document.querySelector('#latency svg.drawing').innerHTML"), whole)
        self.drag("latency-plot", 10, 12)
        self.assertIn("3 of 96 buckets", self.browser.run(TEXT, "#time .hint"))
        self.browser.click("#time .hint button")
        self.assertIn("Drag to zoom", self.browser.run(TEXT, "#time .hint"))

    def test_keys_walk_and_zoom(self):
        self.open("web")
        self.browser.run("document.querySelector('#time svg.drawing').focus()")
        tips = []
        for key in ("Right", "Right", "Left"):
            self.browser.press(key)
            tips.append(self.browser.run(TEXT, "#time-plot .tip"))
        self.assertEqual((tips[0], tips[0] != tips[1]), (tips[2], True))
        for key, hint in (("+", "48 of 96"), ("+", "24 of 96"), ("-", "48 of 96"), ("0", "Drag")):
            self.browser.press(key)
            self.assertIn(hint, self.browser.run(TEXT, "#time .hint"))

    def test_tables_sort_search_and_show_all(self):
        self.open("web")
        card = self.browser.run("return [...document.querySelectorAll('.card')].find((one) => one.querySelector('h2').textContent === 'Requested paths').id")
        counts = f"return [...document.querySelectorAll('#{card} tbody tr')].map((row) => Number(row.cells[1].title))"
        first = self.browser.run(counts)
        self.assertEqual((len(first), first), (10, sorted(first, reverse=True)))
        self.browser.click(f"#{card} .under button")
        self.assertEqual(len(self.browser.run(counts)), 40)
        self.browser.click(f"#{card} th button[data-key=count]")
        rising = self.browser.run(counts)
        self.assertEqual(rising, sorted(rising))
        self.browser.type(f"#{card} input", "SITE css")
        self.assertEqual(self.browser.run(f"return [...document.querySelectorAll('#{card} tbody .key')].map((one) => one.textContent)"), ["/assets/site.css"])
        self.browser.type(f"#{card} input", " nothing")
        self.assertEqual(self.browser.run(counts), [])

    def test_bars_are_as_long_as_counts(self):
        self.open("web")
        bars = self.browser.run("""return [...document.querySelectorAll(".card tbody tr")].map((row) =>
            [row.closest(".card").id, Number(row.cells[1].title), row.querySelector(".fill").getBoundingClientRect().width,
             row.querySelector(".barred").getBoundingClientRect().width])""")
        most = {}
        for card, count, _, _ in bars:
            most[card] = max(most.get(card, 0), count)
        self.assertGreater(len(bars), 40)
        for card, count, width, room in bars:
            self.assertAlmostEqual(width, max(room * count / most[card], 2), delta=1)

    def test_headings_names_and_contrast(self):
        for name in ("web", "other"):
            for scheme in ("light", "dark"):
                self.open(name, scheme=scheme)
                self.assertEqual(self.browser.run(PALE_TEXTS), [], (name, scheme))
        self.assertEqual(self.browser.run(COUNT, "h1"), 1)
        self.assertEqual(self.browser.run(COUNT, "input:not([aria-label]), svg.drawing:not([aria-label]), th:not([scope])"), 0)
        self.assertEqual(self.browser.run("""return [...document.querySelectorAll("[aria-labelledby]")]
            .filter((one) => !document.getElementById(one.getAttribute("aria-labelledby"))).length"""), 0)

    def test_prints(self):
        self.open("web", media="print")
        self.assertEqual(self.browser.run(STRAY_COORDINATES), [])
        self.assertTrue(self.browser.pdf().startswith(b"%PDF"))


@unittest.skipIf(browser.missing(), browser.missing())
class CommandPageTest(PageTest):
    """The page that the command writes of a hostile log."""

    def test_hostile_log_stays_text(self):
        log = self.folder / "access.log"
        log.write_bytes(b"".join(hostile_log()))
        result = run("logs", "--html", self.folder / "page.html", log)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.open("page")
        self.assertEqual(self.browser.run(FOREIGN), [])
        self.assertEqual(self.browser.run("return typeof window.taken"), "undefined")
        self.assertEqual(self.browser.run(STRAY_COORDINATES), [])
        self.assertIn(f"{300 + len(HOSTILE)}", self.browser.run(TEXT, ".figures"))
        text = self.browser.run("return document.body.textContent")
        for shown in ("<script>window.taken=1</script>", "<!--<script>", r"\u202egnp.exe", r"\u001b[31mred"):
            self.assertIn(shown, text)


class CommandTest(FolderTest):
    """What the command writes of a hostile log, without a browser."""

    def setUp(self):
        super().setUp()
        self.lines = hostile_log()
        self.log = self.file("access.log", b"".join(self.lines))

    def test_terminal_gets_no_control_characters(self):
        for env in (UTF8, {**UTF8, "LC_ALL": "C"}):
            out = self.check(run("logs", self.log, env={**env, "COLUMNS": "100"}), 0).stdout
            self.assertNotRegex(out, rb"[\x00-\x09\x0b-\x1f\x7f]")
            for line in out.decode().splitlines():
                self.assertLessEqual(len(line), 100)
            self.assertNotIn("\u202e", out.decode())

    def test_json_is_exact(self):
        report = json.loads(self.check(run("logs", "--json", self.log), 0).stdout)
        self.assertEqual(report["schema"], "folio.logs/1")
        self.assertEqual((report["records"], report["totals"]["errors"]), (len(self.lines), len(HOSTILE)))

    def test_csv_goes_to_a_directory(self):
        self.check(run("logs", "--csv", self.folder / "csv", self.log), 0)
        names = {path.stem for path in (self.folder / "csv").iterdir()}
        report = json.loads(run("logs", "--json", self.log).stdout)
        self.assertEqual(names, {panel["name"] for panel in report["panels"]} | {"summary", "series", "rejects"})
        with open(self.folder / "csv" / "summary.csv", encoding="utf-8", newline="") as file:
            self.assertIn(["records", str(len(self.lines))], list(csv.reader(file)))
        self.check(run("logs", "--csv", self.log, self.log), 2, stderr=rb"^folio: .*\n")

    def test_page_in_a_directory_that_is_missing(self):
        self.check(run("logs", "--html", self.folder / "none" / "page.html", self.log), 2, stderr=rb"^folio: .*\n")


if __name__ == "__main__":
    missing = browser.missing()
    program = unittest.main(exit=False)
    sys.exit(1 if not program.result.wasSuccessful() else 77 if missing else 0)
