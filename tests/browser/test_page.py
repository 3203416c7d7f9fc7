"""The page of hybridgen graph in a browser: it is drawn, clicked, filtered, sorted, and used by keyboard. $PICTURES keeps screenshots."""
import os
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import browser

HYBRIDGEN = str(Path(os.environ["HYBRIDGEN"]).resolve())
EXAMPLES = Path(os.environ["EXAMPLES"])
TAB, ENTER, ESCAPE = "\ue004", "\ue007", "\ue00c"

SHOP = """\
name: shop
host: shop.example.com
imageRegistry: registry.example.com/shop
imageTag: "1.0"
services:
  web:
    runtime: cpython
    expose: /
    calls: [orders, search]
  orders: {runtime: cpython}
  search: {runtime: condon}
"""


def large(count):
    """A model of many services, each of which calls a few of those behind it."""
    chance = random.Random(count)
    names = [f"{thing}-{part}" for thing in "order cart billing user search stock mail report audit price route image".split()
             for part in "api worker store gateway sync".split()][:count]
    lines = ["name: shop", "imageRegistry: registry.example.com/shop", 'imageTag: "1.0"', "services:"]
    for i, name in enumerate(names):
        calls = sorted(chance.sample(names[i + 1:], min(len(names) - i - 1, chance.choice([0, 1, 1, 2, 2, 3]))))
        lines.append(f"  {name}: {{runtime: cpython, calls: [{', '.join(calls)}]}}")
    return "\n".join(lines) + "\n"


# Texts that leave their box; boxes that cover each other; labels of arrows that lie on a box or on another label.
UGLY = """
const rectangle = (element) => element.getBoundingClientRect();
const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
const name = (element) => element.textContent.trim().split('\\n')[0];
const boxes = [...document.querySelectorAll('svg .box')], labels = [...document.querySelectorAll('svg .label')];
const found = [];
for (const box of boxes) {
  const outline = rectangle(box.querySelector('.outline'));
  for (const text of box.querySelectorAll('text')) {
    const own = rectangle(text);
    if (own.left < outline.left || own.right > outline.right || own.top < outline.top || own.bottom > outline.bottom) found.push('leaves its box: ' + text.textContent);
  }
}
boxes.forEach((box, i) => boxes.slice(i + 1).forEach((other) => {
  if (meet(rectangle(box.querySelector('.outline')), rectangle(other.querySelector('.outline')))) found.push('cover each other: ' + name(box) + ', ' + name(other));
}));
labels.forEach((label, i) => {
  for (const box of boxes) if (meet(rectangle(label), rectangle(box.querySelector('.outline')))) found.push('label on a box: ' + label.textContent + ', ' + name(box));
  for (const other of labels.slice(i + 1)) if (other.parentNode !== label.parentNode && meet(rectangle(label), rectangle(other))) found.push('labels on each other: ' + label.textContent);
});
return found;
"""

# The contrast of texts to what is behind them, least first, by the formula of WCAG 2.
CONTRAST = """
const light = (color) => {
  const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((n) => n / 255).map((n) => n <= 0.03928 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
const style = (element) => getComputedStyle(element);
const found = [contrast(style(document.body).color, style(document.body).backgroundColor)];
for (const text of document.querySelectorAll('svg text')) {
  const box = text.closest('.box'), group = document.querySelector('svg .group rect');
  found.push(contrast(style(text).fill, box ? style(box.querySelector('.outline')).fill : style(group).fill));
}
return Math.min(...found);
"""


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser.Browser()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hybridgen-test-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.browser.prefer("light")

    def show(self, model):
        """Opens the page of a model: its text, or its file."""
        if isinstance(model, str):
            (self.folder / "hybriddeploy.yaml").write_text(model)
            model = Path("hybriddeploy.yaml")
        self.make("-q", "-f", model)

    def make(self, *args):
        done = subprocess.run([HYBRIDGEN, "graph", "--format", "html", "-o", "page.html", *map(str, args)], cwd=self.folder, check=False, capture_output=True, text=True)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.browser.complaints()
        self.browser.open(self.folder / "page.html")

    def reason(self):
        return self.browser.run("const reason = document.getElementById('reason'); return reason.hidden ? null : reason.innerText;")

    def arrow(self, source, target):
        """The selector of the arrow of a row."""
        number = self.browser.run("for (const row of document.querySelectorAll('#connections tbody tr')) if (row.cells[0].textContent === arguments[0] &&"
                                  " row.cells[1].textContent === arguments[1]) return row.dataset.arrow; return null;", source, target)
        self.assertIsNotNone(number)
        return f"#arrow-{number}"

    def test_three_sizes(self):
        for name, model, services in (("small", SHOP, 3), ("graphmemory", EXAMPLES / "graphmemory/hybriddeploy.yaml", 7), ("large", large(60), 60)):
            self.show(model)
            for scheme in ("light", "dark"):
                with self.subTest(name=name, scheme=scheme):
                    self.browser.prefer(scheme)
                    self.assertEqual(self.browser.run("return document.querySelectorAll('svg .workload').length"), services)
                    self.assertEqual(self.browser.run(UGLY), [])
                    self.assertGreaterEqual(self.browser.run(CONTRAST), 4.5)
                    if os.environ.get("PICTURES"):
                        self.browser.screenshot(Path(os.environ["PICTURES"]) / f"{name}-{scheme}.png")
            self.assertEqual(self.browser.complaints(), [])
            self.assertEqual(self.browser.run("return performance.getEntriesByType('resource').map((one) => one.name)"), [], "the page asks for something else")

    def test_click(self):
        self.show(SHOP)
        self.assertIsNone(self.reason())
        self.browser.click(self.arrow("shop/web[Deployment]", "shop/orders[Deployment]") + " .label")
        self.assertIn("shop/web[Deployment] → shop/orders[Deployment]: TCP 8000 (network)", self.reason())
        self.assertRegex(self.reason(), r"hybriddeploy\.yaml:9:13: model: web calls orders\n<generated>:\d+:5: egress: NetworkPolicy shop/web allows it by this rule\n"
                         r"<generated>:\d+:5: ingress: NetworkPolicy shop/orders allows it by this rule")
        self.browser.click("#close")
        self.assertIsNone(self.reason())

    def test_line_in_a_box(self):
        self.show(large(60))
        self.browser.click(self.arrow("shop/audit-api[Deployment]", "169.254.20.10-169.254.20.10") + " text")
        self.assertIn("shop/audit-api[Deployment] → 169.254.20.10-169.254.20.10: TCP 53; UDP 53 (network)", self.reason())
        self.assertIn("NetworkPolicy shop/audit-api allows it by this rule", self.reason())

    def test_keyboard(self):
        self.show(SHOP)
        arrow = self.arrow("shop/web[Deployment]", "shop/search[Deployment]")
        for key in (ENTER, " "):
            self.browser.run("document.activeElement.blur(); document.getElementById('fit').focus()")
            for _ in range(20):
                self.browser.press(TAB)
                if self.browser.run("return '#' + document.activeElement.id") == arrow:
                    break
            self.assertEqual(self.browser.run("return '#' + document.activeElement.id"), arrow)
            self.assertNotEqual(self.browser.run("return getComputedStyle(document.activeElement.querySelector('.hit')).stroke"), "rgba(0, 0, 0, 0)", "the focus is not seen")
            self.browser.press(key)
            self.assertIn("web calls search", self.reason())
            self.browser.press(ESCAPE)
            self.assertIsNone(self.reason())

    def test_filter(self):
        self.show(SHOP)
        total = self.browser.run("return document.querySelectorAll('#connections tbody tr').length")
        self.browser.type("#filter", "WEB 8000")
        shown = self.browser.run("return [...document.querySelectorAll('#connections tbody tr')].filter((row) => !row.hidden).map((row) => row.cells[1].textContent)")
        self.assertEqual(shown, ["shop/orders[Deployment]", "shop/search[Deployment]"])
        self.assertEqual(self.browser.run("return document.getElementById('count').textContent"), f"2 of {total} connections")
        self.assertEqual(self.browser.run("return document.querySelectorAll('svg .arrow[id]:not(.dim)').length"), 2)
        self.assertEqual(self.browser.run("return document.querySelectorAll('svg .workload:not(.dim)').length"), 3)
        self.assertEqual(self.browser.run("return document.querySelectorAll('svg .addresses.dim').length"), 1)
        self.browser.type("#filter", " NetworkPolicy")
        self.assertEqual(self.browser.run("return document.querySelectorAll('#connections tbody tr:not([hidden])').length"), 0)
        self.browser.click("#with-reasons")
        self.assertEqual(self.browser.run("return document.querySelectorAll('#connections tbody tr:not([hidden])').length"), 2)
        self.browser.run("const filter = document.getElementById('filter'); filter.value = ''; filter.dispatchEvent(new Event('input'))")
        self.assertEqual(self.browser.run("return document.querySelectorAll('.dim, tbody tr[hidden]').length"), 0)

    def test_sort(self):
        self.show(SHOP)
        column = "return [...document.querySelectorAll('#connections tbody tr')].map((row) => row.cells[1].textContent)"
        before = self.browser.run(column)
        self.browser.click("#connections th:nth-child(2) button")
        ascending = self.browser.run(column)
        self.browser.click("#connections th:nth-child(2) button")
        descending = self.browser.run(column)
        self.assertEqual(sorted(before), sorted(ascending))
        self.assertNotEqual(ascending, descending)
        self.assertEqual((ascending[0], descending[-1]), ("169.254.20.10-169.254.20.10",) * 2)
        self.assertEqual(self.browser.run("return document.querySelector('#connections th[aria-sort]').textContent"), "To")

    def test_whole_picture(self):
        self.show(large(60))
        wide = "const picture = document.getElementById('picture'); return picture.scrollWidth > picture.clientWidth"
        self.assertTrue(self.browser.run(wide))
        self.browser.click("#fit")
        self.assertFalse(self.browser.run(wide))

    def test_hostile_names(self):
        """A name of a file is no markup, and what would be a script could not run."""
        (self.folder / "<img src=x onerror=alert(1)>&lt;\x01.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: main, image: x}]}\n")
        self.make("<img src=x onerror=alert(1)>&lt;\x01.yaml")
        self.assertEqual(self.browser.run("return document.querySelectorAll('img').length"), 0)
        self.assertIn("<img src=x onerror=alert(1)>&lt;<U+0001>.yaml:1:1", self.browser.run("return document.getElementById('ends').textContent"))
        self.browser.run("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit = 1\">')")
        self.browser.run("const script = document.createElement('script'); script.textContent = 'window.hit = 1'; document.body.append(script)")
        self.assertIsNone(self.browser.run("return window.hit ?? null"))


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


if browser.missing():
    skip(f"the pages are not shown in a browser, because {browser.missing()} is not installed")
with tempfile.TemporaryDirectory() as place:
    (Path(place) / "hybriddeploy.yaml").write_text(SHOP)
    first = subprocess.run([HYBRIDGEN, "graph", "--format", "svg"], cwd=place, check=False, capture_output=True, text=True)
if "cannot be loaded" in first.stderr:
    skip("the pages are not shown in a browser, because Graphviz's library (package libgvc6) is not installed")
unittest.main()
