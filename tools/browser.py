"""A page in headless Chromium, spoken to through a pipe: sized, looked at, measured, printed. For tests and pictures."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--remote-debugging-pipe")
A4 = (8.27, 11.69)  # inches


class Browser:
    """with Browser() as browser: browser.open("report.html", 1280); browser.run("document.title")"""

    def __enter__(self):
        program = next(filter(None, map(shutil.which, NAMES)), None)
        if program is None:
            raise FileNotFoundError("no Chromium (Debian package: chromium)")
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # The browser reads descriptor 3 and writes descriptor 4; ours are kept clear of both.
        low = [*os.pipe(), *os.pipe()]
        from_us, self.write, self.read, to_us = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
        for end in low:
            os.close(end)
        command = [program, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"]
        self.process = subprocess.Popen(["bash", "-c", f'exec "$0" "$@" 3<&{from_us} 4>&{to_us}', *command],
                                        pass_fds=(from_us, to_us), stderr=subprocess.DEVNULL)
        os.close(from_us)
        os.close(to_us)
        self.number, self.rest, self.session, self.log = 0, b"", None, []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        return self

    def __exit__(self, *_):
        os.close(self.write)
        os.close(self.read)
        self.process.terminate()
        self.process.wait(30)
        self.profile.cleanup()

    def _receive(self):
        while b"\0" not in self.rest:
            got = os.read(self.read, 1 << 20)
            if not got:
                raise RuntimeError("the browser has ended")
            self.rest += got
        message, self.rest = self.rest.split(b"\0", 1)
        message = json.loads(message)
        if "method" in message:
            self.log.append(message)
        return message

    def call(self, method, **arguments):
        """A command of the DevTools protocol; its result. Events go to `log`."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": arguments}
        if self.session:
            message["sessionId"] = self.session
        text = json.dumps(message).encode() + b"\0"
        while text:
            text = text[os.write(self.write, text):]
        while (answer := self._receive()).get("id") != self.number:
            pass
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    def open(self, path, width, height=900, scale=1, dark=False):
        """Loads a file into a window `width` CSS pixels wide; returns what else it asked for."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale,
                  mobile=width < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media="", features=[scheme])
        self.log.clear()
        self.call("Page.navigate", url="file://" + os.path.realpath(path))
        while not any(e["method"] == "Page.loadEventFired" for e in self.log):
            self._receive()
        self.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        asked = [e["params"]["request"]["url"] for e in self.log if e["method"] == "Network.requestWillBeSent"]
        return [url for url in asked[1:] if not url.startswith("data:")]

    def errors(self):
        """What scripts of the page have thrown."""
        return [e["params"]["exceptionDetails"] for e in self.log if e["method"] == "Runtime.exceptionThrown"]

    def run(self, script):
        """The value of an expression in the page; promises are waited for."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(json.dumps(answer["exceptionDetails"]))
        return answer["result"].get("value")

    def picture(self, path, height=None):
        """The page from its top as PNG, all of it or `height` CSS pixels."""
        width, full = self.run("[innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height or full, full), "scale": 1}
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)["data"]
        with open(path, "wb") as stream:
            stream.write(base64.b64decode(data))

    def paper(self, path):
        """The page as PDF, on A4, as the browser's own dialogue prints it."""
        data = self.call("Page.printToPDF", paperWidth=A4[0], paperHeight=A4[1], preferCSSPageSize=True,
                         printBackground=True)["data"]
        with open(path, "wb") as stream:
            stream.write(base64.b64decode(data))
