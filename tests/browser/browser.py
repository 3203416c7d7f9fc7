"""A browser that is driven by WebDriver's protocol."""
import base64
import json
import re
import shutil
import subprocess
import tempfile
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


def missing():
    """What must be installed before a browser can be started; None when all is there."""
    lacking = [package for package, program in (("chromium", "chromium"), ("chromium-driver", "chromedriver")) if not shutil.which(program)]
    return " and ".join(lacking) or None


class Browser:
    def __init__(self, width=1300, height=900):
        self.folder = tempfile.TemporaryDirectory(prefix="hybridgen-browser-")
        # pylint: disable=consider-using-with
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.session = None
        for line in self.driver.stdout:
            port = re.search(r"started successfully on port (\d+)", line)
            if port:
                break
        else:
            raise RuntimeError("chromedriver does not start")
        self.base = f"http://127.0.0.1:{port[1]}/session"
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--window-size={width},{height}", f"--user-data-dir={self.folder.name}"]
        wanted = {"browserName": "chrome", "goog:chromeOptions": {"args": arguments}, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = self.call("", capabilities={"alwaysMatch": wanted})["sessionId"]
        self.base += "/" + self.session

    def call(self, path, method="POST", **parameters):
        body = json.dumps(parameters).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, body, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, path):
        self.call("/url", url=path.as_uri())

    def run(self, script, *args):
        """What a function body returns in the page."""
        return self.call("/execute/sync", script=script, args=list(args))

    def click(self, selector):
        self.call(f"/element/{self.find(selector)}/click")

    def type(self, selector, keys):
        self.call(f"/element/{self.find(selector)}/value", text=keys)

    def press(self, *keys):
        """Presses keys, wherever the focus is."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.call("/actions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def find(self, selector):
        return self.call("/element", using="css selector", value=selector)[ELEMENT]

    def prefer(self, scheme):
        """light or dark."""
        self.call("/goog/cdp/execute", cmd="Emulation.setEmulatedMedia", params={"features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def complaints(self):
        """What the browser has to say of the page since it was asked last."""
        return [entry["message"] for entry in self.call("/se/log", type="browser") if "favicon" not in entry["message"]]

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("/screenshot", "GET")))

    def close(self):
        if self.session:
            self.call("", "DELETE")
        self.driver.terminate()
        self.driver.communicate()
        self.folder.cleanup()
