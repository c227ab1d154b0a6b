"""A real Chromium without a window."""

import base64
import os
from importlib.resources import files
from pathlib import Path
from urllib.parse import urljoin

from axe_selenium_python import Axe
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from .visitor import Visitor

# The axe-core that axe-selenium-python brings is from before OKLCH; the rules of this one are today's.
AXE = str(files("axe_playwright_python") / "axe.min.js")

NARROW = (390, 844)
WIDE = (1440, 900)


class Browser:
    def __init__(self, base: str):
        self.base = base
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in (
            "--headless=new",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
            "--mute-audio",
            "--autoplay-policy=no-user-gesture-required",
            # Whatever a page names, nothing but this machine is asked.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
        ):
            options.add_argument(argument)
        if os.geteuid() == 0:
            options.add_argument("--no-sandbox")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(60)
        self.resize(*WIDE)

    def close(self) -> None:
        self.driver.quit()

    def open(self, path: str) -> "Browser":
        self.driver.get(urljoin(self.base, path))
        return self

    @property
    def path(self) -> str:
        return self.driver.current_url.removeprefix(self.base)

    def resize(self, width: int, height: int) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
        )

    def prefer(self, scheme: str) -> None:
        """`light` or `dark`, as the system would say."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def find(self, selector: str):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def run(self, script: str, *arguments):
        return self.driver.execute_script(script, *arguments)

    def wait(self, holds, what: str, timeout: float = 30):
        """Waits until `holds()` is true; answers its value. A page may go away while it is looked at."""
        gone = [StaleElementReferenceException]
        wait = WebDriverWait(self.driver, timeout, poll_frequency=0.1, ignored_exceptions=gone)
        return wait.until(lambda _: holds(), f"waiting for {what}")

    def fill(self, form: str, **fields: str) -> None:
        """Types into the fields of a form and presses its button."""
        for name, value in fields.items():
            field = self.find(f"{form} [name={name}]")
            field.clear()
            field.send_keys(value)
        page = self.find("html")
        self.find(f"{form} button[type=submit], {form} button:not([type])").click()
        self.wait(lambda: page.id != self.find("html").id, f"the answer to {form}")

    def sign_up(self, username: str) -> None:
        self.open("/auth/register").find("[name=agreement]").click()
        self.fill(
            "form[action^='/auth/register']",
            username=username,
            email=f"{username}@example.org",
            password=Visitor.PASSWORD,
            password_confirmation=Visitor.PASSWORD,
        )

    def sign_in(self, username: str, password: str = Visitor.PASSWORD) -> None:
        self.open("/auth/login").fill("form[action^='/auth/login']", email=f"{username}@example.org", password=password)

    def complaints(self) -> list[str]:
        """What stands in the console since it was last asked: errors, warnings, violations of the content policy."""
        return [
            f"{entry['level']}: {entry['message']}"
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]

    def overflow(self) -> int:
        """By how many pixels the page can be scrolled sideways."""
        return self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def serious_findings(self) -> list[str]:
        """What axe finds that shuts somebody out."""
        axe = Axe(self.driver, AXE)
        axe.inject()
        return [
            f"{finding['id']} ({finding['impact']}): {finding['help']}: "
            + "; ".join(node["html"][:160] for node in finding["nodes"][:3])
            for finding in axe.run()["violations"]
            if finding["impact"] in ("serious", "critical")
        ]

    def photograph(self, file: Path) -> None:
        """The whole page, however long, as PNG."""
        height = min(self.run("return document.documentElement.scrollHeight"), 6000)
        width = self.run("return document.documentElement.clientWidth")
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
        taken = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        file.write_bytes(base64.b64decode(taken["data"]))
