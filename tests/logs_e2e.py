#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""folio logs from outside. The oracle splits each line with one regular expression and counts in dictionaries."""
import gzip
import json
import os
import re
import subprocess
import unittest
from collections import Counter
from datetime import datetime, timezone

from command import FOLIO, UTF8, FolderTest, peer, run, variants

COMBINED = re.compile(
    rb'(\S+) (\S+) (\S+) \[([^\]]+)\] "((?:[^"\\]|\\.)*)" (\d{3}) (\d+|-) "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)"$')


def line(host="192.0.2.1", time="10/Oct/2025:13:55:36 +0000", request="GET /index.html HTTP/1.1", status=200, size=2326,
         referrer="-", agent="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"):
    return f'{host} - - [{time}] "{request}" {status} {size} "{referrer}" "{agent}"\n'.encode()


def some_lines(count=300):
    statuses = [200, 200, 200, 304, 404, 503]
    return b"".join(
        line(host=f"192.0.2.{n % 17}", time=f"{10 + n % 3}/Oct/2025:{n % 24:02}:{n % 60:02}:00 +0200",
             request=f"{'GET' if n % 5 else 'POST'} /p{n % 23}?x={n % 7} HTTP/1.1", status=statuses[n % 6], size=n * 10,
             referrer=f"https://example.org/{n % 4}", agent=f"agent {n % 6}") for n in range(count))


class Oracle:
    """Everything that a report says about Combined lines."""

    def __init__(self, text, wanted=lambda record: True):
        self.panels = {name: Counter() for name in ("hosts", "paths", "targets", "status", "methods", "protocols",
                                                    "referrers", "agents", "not_found", "hours", "weekdays")}
        self.count = self.bytes = self.errors = self.server_errors = 0
        self.visitors = set()
        self.times = []
        for raw in text.splitlines():
            self.add(COMBINED.match(raw).groups(), wanted)

    def add(self, groups, wanted):
        host, _, _, stamp, request, status, size, referrer, agent = [group.decode() for group in groups]
        time = datetime.strptime(stamp, "%d/%b/%Y:%H:%M:%S %z").astimezone(timezone.utc)
        method, target, protocol = request.split(" ")
        status, size = int(status), 0 if size == "-" else int(size)
        record = {"host": host, "time": time, "target": target, "status": status, "bytes": size}
        if not wanted(record):
            return
        self.count += 1
        self.bytes += size
        self.errors += status >= 400
        self.server_errors += status >= 500
        self.visitors.add((host, time.date(), agent))
        self.times.append(time)
        path = target.split("?")[0]
        seen = {"hosts": host, "paths": path, "targets": target, "methods": method, "protocols": protocol,
                "referrers": referrer, "agents": agent, "hours": f"{time.hour:02}", "weekdays": time.strftime("%A")}
        for name, key in seen.items():
            if key != "-":
                self.panels[name][key] += 1
        self.panels["status"][str(status)] += 1
        if status == 404:
            self.panels["not_found"][path] += 1


def panels_of(report):
    """Panel name -> key -> count."""
    found = {}
    for panel in report["panels"]:
        rows = {row["key"]["text"]: row["count"] for row in panel["rows"]}
        found[panel["name"]] = rows
    if "status" in found:
        found["status"] = {key.split(" ")[0]: count for key, count in found["status"].items()}
    return found


class LogsTest(FolderTest):
    def report(self, *words, status=0, stdin=None):
        result = self.check(run("logs", "--json", "--top", "1000000", *words, stdin=stdin), status)
        return json.loads(result.stdout)

    def compare(self, report, oracle):
        totals = report["totals"]
        self.assertEqual((totals["count"], totals["bytes"], totals["errors"], totals["server_errors"]),
                         (oracle.count, oracle.bytes, oracle.errors, oracle.server_errors))
        self.assertEqual(totals["visitors"], len(oracle.visitors))
        found = panels_of(report)
        for name, rows in oracle.panels.items():
            shown = {key: count for key, count in found.get(name, {}).items() if count}
            if name in ("hours", "weekdays"):
                shown = {key[:2] if name == "hours" else key: count for key, count in shown.items()}
            self.assertEqual(shown, dict(rows), name)
        self.assertEqual(report["first_time"][:19], min(oracle.times).strftime("%Y-%m-%dT%H:%M:%S"))
        self.assertEqual(report["last_time"][:19], max(oracle.times).strftime("%Y-%m-%dT%H:%M:%S"))
        self.assertEqual(sum(bucket["count"] for bucket in report["series"]["buckets"]), oracle.count)


class ReportTest(LogsTest):
    def test_a_generated_log_agrees_with_the_oracle(self):
        path = str(self.folder / "access.log")
        self.check(run("generate", "log", "--size", "4M", "--seed", "7", path), 0)
        with open(path, "rb") as file:
            self.compare(self.report(path), Oracle(file.read()))

    def test_the_same_bytes_however_the_file_is_read(self):
        path = self.file("access.log", some_lines())
        expected = run("logs", "--json", path).stdout
        self.assertEqual(json.loads(expected)["records"], 300)
        for flags in variants():
            self.assertEqual(run("logs", "--json", *flags, path).stdout, expected, flags)

    def test_two_files_are_one_log(self):
        text = some_lines()
        cut = text.index(b"\n", len(text) // 3) + 1
        names = [self.file("a.log", text[:cut]), self.file("b.log", text[cut:])]
        self.compare(self.report(*names), Oracle(text))

    def test_a_directory_is_read_with_all_that_is_in_it(self):
        text = some_lines()
        (self.folder / "logs" / "old").mkdir(parents=True)
        (self.folder / "logs" / "access.log").write_bytes(text)
        (self.folder / "logs" / "old" / "access.log.1.gz").write_bytes(gzip.compress(text))
        self.compare(self.report(str(self.folder / "logs")), Oracle(text + text))

    def test_compressed_input_and_standard_input(self):
        text = some_lines()
        plain = self.file("a.log", text)
        for tool in ("gzip", "zstd", "xz", "bzip2", "lz4"):
            packed = self.file(f"a.{tool}", peer(tool, "-c", plain).stdout)
            self.compare(self.report(packed), Oracle(text))
        self.compare(self.report("-", stdin=text), Oracle(text))
        self.compare(self.report(stdin=text), Oracle(text))
        self.compare(self.report("-", stdin=gzip.compress(text)), Oracle(text))

    def test_line_ends(self):
        text = some_lines(7)
        for name, changed in (("crlf", text.replace(b"\n", b"\r\n")), ("open end", text[:-1])):
            with self.subTest(name):
                self.compare(self.report(self.file("a.log", changed)), Oracle(text))

    def test_bytes_that_are_no_text_stay_what_they_are(self):
        path = self.file("a.log", line(agent="x").replace(b'"x"', b'"\xff\x00\x1b[31m"'))
        rows = {panel["name"]: panel["rows"] for panel in self.report(path)["panels"]}
        self.assertEqual(rows["agents"][0]["key"], {"bytes": "/wAbWzMxbQ=="})
        shown = self.check(run("logs", path), 0).stdout
        self.assertNotIn(b"\x1b", shown)
        self.assertNotIn(b"\x00", shown)


class AskTest(LogsTest):
    def test_where(self):
        text = some_lines()
        path = self.file("a.log", text)
        for asked, wanted in (
            ("status >= 500", lambda r: r["status"] >= 500),
            ("status == 404", lambda r: r["status"] == 404),
            ('path == "/p3"', lambda r: r["target"].startswith("/p3?")),
            ('path ~ "^/p1" and not status == 200', lambda r: r["target"].startswith("/p1") and r["status"] != 200),
            ('host in ("192.0.2.3", "192.0.2.4") or bytes > 2K', lambda r: r["host"] in ("192.0.2.3", "192.0.2.4")
             or r["bytes"] > 2048),
        ):
            with self.subTest(asked):
                report = self.report("--where", asked, path)
                oracle = Oracle(text, wanted)
                self.assertGreater(oracle.count, 0)
                self.compare(report, oracle)
                self.assertEqual(report["records"] + report["filtered"], 300)

    def test_since_and_until(self):
        text = some_lines()
        path = self.file("a.log", text)
        begin, end = "2025-10-11T03:00:00", "2025-10-12T00:00:00"
        report = self.report("--since", begin, "--until", end, path)
        limits = [datetime.fromisoformat(limit).replace(tzinfo=timezone.utc) for limit in (begin, end)]
        self.compare(report, Oracle(text, lambda r: limits[0] <= r["time"] < limits[1]))

    def test_a_mistake_in_a_condition_is_one_sentence(self):
        path = self.file("a.log", some_lines(3))
        for asked in ("status >=", "nothing == 3", 'status ~ "("', "status == ", "(status == 3", "host > 3"):
            result = self.check(run("logs", "--where", asked, path), 2, b"")
            self.assertEqual(result.stderr.count(b"\n"), 1, result.stderr)


class BadInputTest(LogsTest):
    def test_rejected_lines_are_counted_and_kept(self):
        lines = some_lines(40).splitlines(keepends=True)
        bad = [b"no log at all\n", lines[5][:40] + b"\n", lines[3].replace(b"/Oct/", b"/Okt/")]
        mixed = lines[:10] + bad[:2] + lines[10:] + bad[2:]
        path = self.file("a.log", b"".join(mixed))
        kept = str(self.folder / "rejected")
        report = self.report("--rejects", kept, path)
        self.compare(report, Oracle(b"".join(lines)))
        self.assertEqual(report["rejected"], 3)
        self.assertEqual(sum(reject["lines"] for reject in report["rejects"]), 3)
        with open(kept, "rb") as file:
            self.assertEqual(file.read(), b"".join(bad))
        first = [reject["first"] for reject in report["rejects"]]
        starts = {mixed.index(one) + 1: sum(map(len, mixed[:mixed.index(one)])) for one in bad}
        for place in first:
            self.assertEqual(place["offset"], starts[place["line"]])

    def test_many_rejects_are_a_warning_and_nothing_else_an_error(self):
        good, bad = some_lines(20), b"x\n" * 10
        result = self.check(run("logs", "--json", "--format", "combined", self.file("a.log", good + bad)), 0)
        self.assertRegex(result.stderr, b"10 of 30 lines")
        for name in ("combined", "auto"):
            self.check(run("logs", "--format", name, self.file("b.log", bad)), 2, b"", rb"\Afolio: .+\n\Z")

    def test_files_that_cannot_be_read(self):
        good = self.file("a.log", some_lines(5))
        self.check(run("logs", str(self.folder / "missing")), 2, b"", rb"\Afolio: .*missing.*\n\Z")
        result = self.check(run("logs", "--json", good, str(self.folder / "missing")), 2, None, rb"missing")
        self.assertEqual(json.loads(result.stdout)["records"], 5)

    def test_empty_and_tiny_files(self):
        for content in (b"", b"\n"):
            result = self.check(run("logs", "--json", self.file("a.log", content)), 0)
            self.assertEqual(json.loads(result.stdout)["records"], 0)
        self.check(run("logs", self.file("a.log", b"x")), 2, b"", rb"\Afolio: .+\n\Z")

    def test_a_first_line_longer_than_what_the_format_is_found_by(self):
        text = line(request="GET /" + "a" * 3_000_000 + " HTTP/1.1") + some_lines(5)
        self.compare(self.report(self.file("a.log", text)), Oracle(text))
        self.compare(self.report("-", stdin=gzip.compress(text)), Oracle(text))

    def test_damaged_compressed_data(self):
        packed = gzip.compress(some_lines(3000), mtime=0)
        result = self.check(run("logs", "--json", self.file("a.gz", packed[:len(packed) // 2])), 2, None, rb"folio: ")
        self.assertLess(json.loads(result.stdout)["records"], 3000)

    def test_output_that_cannot_be_written(self):
        path = self.file("a.log", some_lines(5))
        with open("/dev/full", "wb") as full:
            done = subprocess.run([FOLIO, "logs", path], stdout=full, stderr=subprocess.PIPE, env=UTF8, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, b"No space left")
        for flag in ("--html", "--rejects"):
            self.check(run("logs", flag, str(self.folder / "none" / "x"), path), 2, None, rb"folio: ")

    def test_no_unknown_format(self):
        path = self.file("a.log", some_lines(5))
        self.check(run("logs", "--format", "nonsense", path), 2, b"", rb"\Afolio: .*nonsense.*\n\Z")
        self.check(run("logs", "--format", "%h %q$", path), 2, b"", rb"\Afolio: .+\n\Z")


class PartialTest(LogsTest):
    def scan(self, name, *words, status=0):
        path = str(self.folder / name)
        self.check(run("logs", "scan", "-o", path, *words), status)
        return path

    def shown(self, *partials):
        return self.check(run("logs", "report", "--json", *partials), 0).stdout

    def test_ranges_in_any_order_give_the_same_bytes(self):
        text = some_lines()
        path = self.file("a.log", text)
        whole = run("logs", "--json", path).stdout
        cuts = [0, 1, 1000, 4096, 4097, len(text) - 5, len(text)]
        parts = [self.scan(f"{n}.partial", "--range", f"{begin}:{end}", path)
                 for n, (begin, end) in enumerate(zip(cuts, cuts[1:]))]
        self.assertEqual(self.shown(*parts), whole)
        self.assertEqual(self.shown(*reversed(parts)), whole)
        one, other = str(self.folder / "one"), str(self.folder / "other")
        self.check(run("logs", "merge", "-o", one, *parts[:4]), 0)
        self.check(run("logs", "merge", "-o", other, *reversed(parts[4:])), 0)
        self.assertEqual(self.shown(other, one), whole)
        everything = self.scan("all.partial", path)
        self.check(run("logs", "merge", "-o", one, *parts), 0)
        with open(one, "rb") as merged, open(everything, "rb") as scanned:
            self.assertEqual(merged.read(), scanned.read())

    def test_bytes_that_would_count_twice_are_refused(self):
        path = self.file("a.log", some_lines())
        first = self.scan("1.partial", "--range", "0:3000", path)
        second = self.scan("2.partial", "--range", "2999:", path)
        self.check(run("logs", "report", first, second), 2, b"", rb"\Afolio: .+\n\Z")
        self.check(run("logs", "merge", "-o", str(self.folder / "x"), first, second), 2, b"", rb"\Afolio: .+\n\Z")
        self.assertFalse((self.folder / "x").exists())
        self.check(run("logs", "--json", path, path), 2, None, rb"\Afolio: .+\n\Z")

    def test_other_conditions_are_refused(self):
        path = self.file("a.log", some_lines())
        first = self.scan("1.partial", "--range", ":3000", path)
        second = self.scan("2.partial", "--range", "3000:", "--where", "status == 200", path)
        self.check(run("logs", "report", first, second), 2, b"", rb"different settings")

    def test_damage_is_refused(self):
        with open(self.scan("1.partial", self.file("a.log", some_lines(20))), "rb") as file:
            good = file.read()
        flipped = good[:300] + bytes([good[300] ^ 1]) + good[301:]
        for name, bad in (("empty", b""), ("cut", good[:-1]), ("flipped", flipped), ("text", b"a log\n")):
            self.check(run("logs", "report", self.file(name, bad)), 2, b"", rb"\Afolio: .+\n\Z")
        self.check(run("logs", "report", str(self.folder / "missing")), 2, b"", rb"\Afolio: .+\n\Z")


class FormatTest(LogsTest):
    def test_custom_formats_in_both_languages(self):
        text = some_lines()
        path = self.file("a.log", text)
        apache = r'%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"'
        nginx = ('$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" '
                 '"$http_user_agent"')
        for form in (apache, nginx, "combined", "auto"):
            with self.subTest(form):
                self.compare(self.report("--format", form, path), Oracle(text))

    def test_explain_says_why(self):
        result = self.check(run("logs", "--explain", self.file("a.log", some_lines(9))), 0)
        self.assertRegex(result.stderr, b"combined")

    def test_json_lines(self):
        rows = [{"time": "2025-10-10T13:55:36Z", "level": "error" if n % 3 else "info", "msg": f"task {n} failed",
                 "service": "api"} for n in range(30)]
        text = "".join(json.dumps(row) + "\n" for row in rows).encode()
        report = self.report(self.file("a.jsonl", text))
        self.assertEqual(report["format"], "json")
        self.assertEqual(panels_of(report)["levels"], {"error": 20, "info": 10})

    def test_formats_are_listed(self):
        shown = self.check(run("logs", "--formats"), 0).stdout
        for name in (b"combined", b"json", b"logfmt", b"syslog", b"haproxy", b"w3c"):
            self.assertIn(name, shown)


class ChangingFileTest(LogsTest):
    def test_a_closed_pipe_ends_silently(self):
        path = self.file("a.log", some_lines(5))
        reading, writing = os.pipe()
        os.close(reading)
        with subprocess.Popen([FOLIO, "logs", path], stdout=writing, stderr=subprocess.PIPE, env=UTF8) as process:
            os.close(writing)
            self.assertEqual(process.communicate(timeout=60)[1], b"")


if __name__ == "__main__":
    unittest.main()
