"""A browser against a running stack. BASE_URL says where it is; without it these tests are skipped."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ARTIFACTS = Path(__file__).resolve().parents[2] / ".artifacts" / "e2e"
# Two cores carry the whole cluster and the browser.
TIMEOUT_MS = 30_000
expect.set_options(timeout=TIMEOUT_MS)
CHROMIUM_FLAGS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass
class Findings:
    """What no page may do, whatever else it shows: ask another host, break its own policy, fail in a script."""

    host: str
    problems: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("request", lambda request: self._check_host(request.url))
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("console", lambda message: self._check_console(message.type, message.text))

    def _check_host(self, url: str) -> None:
        target = urlsplit(url)
        if target.scheme not in {"data", "blob"} and target.netloc != self.host:
            self.problems.append(f"request to another host: {url}")

    def _check_console(self, kind: str, text: str) -> None:
        # The browser itself writes a line for each refused request; those are the answers the tests ask for.
        if kind == "error" and not text.startswith("Failed to load resource"):
            self.problems.append(f"console error: {text}")


@pytest.fixture(scope="session")
def base_url() -> str:
    url = os.environ.get("BASE_URL", "").rstrip("/")
    if not url:
        pytest.skip("not run: BASE_URL is not set")
    return url


@pytest.fixture(scope="session")
def browser(base_url: str) -> Iterator[Browser]:  # only started when there is a stack to look at
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.fail("Chromium is missing: install Debian's package `chromium` or set CHROMIUM to a browser's path.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, headless=True, args=CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """Opens a fresh visitor's page; afterwards none of them may have done what no page may do."""
    findings = Findings(host=urlsplit(base_url).netloc)
    contexts: list[BrowserContext] = []

    def open_new(**options: Any) -> Page:
        settings: dict[str, Any] = {
            "base_url": base_url,
            "locale": "en-US",
            "viewport": {"width": 1280, "height": 900},
        } | options
        context = browser.new_context(**settings)
        context.set_default_timeout(TIMEOUT_MS)
        contexts.append(context)
        page = context.new_page()
        findings.watch(page)
        return page

    yield open_new
    for context in contexts:
        context.close()
    assert not findings.problems, "\n".join(findings.problems)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    folder = ARTIFACTS / re.sub(r"\W+", "-", request.node.name)
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return take
