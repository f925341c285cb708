# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium for end-to-end tests of HTML pages, driven over WebDriver with the standard library only."""
import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key under which WebDriver hands out elements
FLAGS = ["--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars"]
KEYS = {"Left": "\ue012", "Up": "\ue013", "Right": "\ue014", "Down": "\ue015", "Tab": "\ue004", "Escape": "\ue00c"}


def missing():
    """Why there can be no browser here; empty where there is one. `./dev test` installs it, so that tests are skipped
    only where they are run by hand without it."""
    absent = [name for name in ("chromium", "chromedriver") if not shutil.which(name)]
    return f"not installed: {', '.join(absent)}; ./dev test installs them" if absent else ""


class BrowserError(Exception):
    """What the browser or its driver answered instead of a value."""


class Browser:
    """One window. The driver and the browser end with close(), or with the `with` block."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="folio-browser-")
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       stdin=subprocess.DEVNULL, text=True)
        try:
            self.base = f"http://127.0.0.1:{self._port()}"
            self.session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": self._wanted()}})["sessionId"]
        except BaseException:
            self._end_driver()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _wanted(self):
        flags = FLAGS + [f"--user-data-dir={self.profile}"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
        return {"goog:chromeOptions": {"binary": shutil.which("chromium"), "args": flags},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}, "unhandledPromptBehavior": "ignore"}

    def _port(self):
        for line in self.driver.stdout:
            if match := re.search(r"started successfully on port (\d+)", line):
                return int(match.group(1))
        raise BrowserError("chromedriver did not start")

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise BrowserError(f"{value['error']}: {value['message']}") from None

    def _do(self, method, path, body=None):
        return self._call(method, f"/session/{self.session}{path}", body)

    def close(self):
        try:
            self._do("DELETE", "")
        finally:
            self._end_driver()

    def _end_driver(self):
        self.driver.terminate()
        self.driver.wait(timeout=20)
        self.driver.stdout.close()
        shutil.rmtree(self.profile, ignore_errors=True)

    def open(self, url):
        self._do("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        """Runs the body of a function; `arguments[i]` are its arguments."""
        return self._do("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def wait_for(self, script, *arguments, seconds=10):
        """Waits until the script returns something true, and returns that."""
        end = time.monotonic() + seconds
        while not (value := self.run(script, *arguments)):
            if time.monotonic() > end:
                raise BrowserError(f"never true: {script}")
            time.sleep(0.02)
        return value

    def find(self, selector):
        return self._do("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def click(self, selector):
        self._do("POST", f"/element/{self.find(selector)}/click", {})

    def type(self, selector, text):
        self._do("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def choose(self, selector, text):
        """Chooses the option with this text of a list."""
        self.run("""const list = document.querySelector(arguments[0]);
            list.selectedIndex = [...list.options].findIndex((one) => one.text.replaceAll("\\u00a0", " ") === arguments[1]);
            if (list.selectedIndex < 0) throw new Error("no option " + arguments[1]);
            list.dispatchEvent(new Event("change", {bubbles: true}));""", selector, text)

    def point_at(self, x, y):
        """Moves the mouse to a place of the window."""
        self.actions([{"type": "pointerMove", "duration": 0, "x": round(x), "y": round(y), "origin": "viewport"}])

    def actions(self, steps):
        """Does with the mouse what WebDriver's pointer actions say."""
        self._do("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": steps}]})

    def press(self, key):
        keys = [{"type": kind, "value": KEYS.get(key, key)} for kind in ("keyDown", "keyUp")]
        self._do("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": keys}]})

    def emulate(self, width=1200, height=900, scheme="light", media=""):
        """Sets the window's size in CSS pixels, the preferred colours, and the medium ("" or "print")."""
        self._devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        self._devtools("Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def _devtools(self, command, **parameters):
        return self._do("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def has_alert(self):
        try:
            self._do("GET", "/alert/text")
        except BrowserError as error:
            if str(error).startswith("no such alert"):
                return False
            raise
        return True

    def console(self):
        """Messages of the console since the last call."""
        return [entry["message"] for entry in self._do("POST", "/se/log", {"type": "browser"})]

    def requests(self):
        """Addresses that pages asked for since the last call; the browser's own first page does not count."""
        entries = [json.loads(entry["message"])["message"] for entry in self._do("POST", "/se/log", {"type": "performance"})]
        sent = [entry["params"] for entry in entries if entry["method"] == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in sent if not one["documentURL"].startswith("chrome")]

    def pdf(self):
        return base64.b64decode(self._do("POST", "/print", {}))

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self._do("GET", "/screenshot")))
