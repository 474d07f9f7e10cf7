"""A browser against a running stack. BASE_URL says where it is; without it these tests are skipped.

DEMO is what `make seed`, or `python -m tests.support.local_stack`, has said about the demo user that it has added.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, ViewportSize, expect, sync_playwright

from tests.e2e.pages import FRONTEND
from tests.support.services import NODE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ARTIFACTS = Path(__file__).resolve().parents[2] / ".artifacts" / "e2e"
# Two cores carry the whole cluster and the browser.
TIMEOUT_MS = 30_000
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
LOCALES = {"en": "en-US", "ur": "ur-PK"}
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
def chromium(base_url: str) -> Iterator[tuple[BrowserType, dict[str, Any]]]:
    """How to start the browser; only asked for when there is a stack to look at."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.fail("Chromium is missing: install Debian's package `chromium` or set CHROMIUM to a browser's path.")
    with sync_playwright() as playwright:
        yield playwright.chromium, {"executable_path": program, "headless": True, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser(chromium: tuple[BrowserType, dict[str, Any]]) -> Iterator[Browser]:
    program, options = chromium
    running = program.launch(**options)
    yield running
    running.close()


@dataclass(frozen=True)
class Person:
    email: str
    password: str

    def sign_up(self, context: BrowserContext, base_url: str) -> None:
        self._post(context, base_url, "sign-up", name="Ada Example", currency="USD")

    def sign_in(self, context: BrowserContext, base_url: str) -> None:
        self._post(context, base_url, "sign-in")

    def _post(self, context: BrowserContext, base_url: str, what: str, **more: str) -> None:
        wanted = {"email": self.email, "password": self.password} | more
        answer = context.request.post(f"{base_url}/api/v1/auth/{what}", data=wanted, headers={"Origin": base_url})
        assert answer.ok, answer.text()


@pytest.fixture
def user() -> Person:
    return new_person()


def new_person() -> Person:
    return Person(email=f"e2e-{secrets.token_hex(8)}@example.org", password=secrets.token_urlsafe(18))


@pytest.fixture(scope="session")
def demo() -> Person:
    said = re.search(r" as (\S+) with the password (\S+)", os.environ.get("DEMO", ""))
    if not said:
        pytest.skip("not run: DEMO does not say how to sign in as a demo user")
    return Person(*said.groups())


@dataclass(frozen=True)
class Texts:
    """The messages of the interface."""

    of: dict[str, dict[str, Any]]

    def __call__(self, language: str, key: str) -> str:
        # what is not translated yet is shown in English
        return str(self.of[language].get(key, self.of["en"][key]))

    @property
    def namespaces(self) -> set[str]:
        return {key.partition(".")[0] for key in self.of["en"]}


_READ_MESSAGES = """
    import { readdirSync } from "node:fs";
    const all = {};
    for (const name of readdirSync(".").filter((name) => name.endsWith(".ts") && name !== "index.ts"))
      for (const messages of Object.values(await import(`${process.cwd()}/${name}`))) Object.assign(all, messages);
    console.log(JSON.stringify(all));
"""


@pytest.fixture(scope="session")
def texts() -> Texts:
    command = [str(NODE), "--no-warnings", "--input-type=module", "-e", _READ_MESSAGES]
    read = {
        language: subprocess.run(
            command, cwd=FRONTEND / "src" / "messages" / language, check=True, stdout=subprocess.PIPE, text=True
        ).stdout
        for language in LOCALES
    }
    return Texts({language: json.loads(messages) for language, messages in read.items()})


def open_context(browser: Browser, base_url: str, language: str = "en", **options: Any) -> BrowserContext:
    """A fresh visitor who has chosen a language and leaves light or dark to the system."""
    settings: dict[str, Any] = {"base_url": base_url, "locale": LOCALES[language], "viewport": DESKTOP}
    context = browser.new_context(**settings | options)
    context.set_default_timeout(TIMEOUT_MS)
    context.add_cookies(
        [
            {"name": name, "value": value, "url": base_url}
            for name, value in (("language", language), ("theme", "system"))
        ]
    )
    return context


@pytest.fixture
def open_page(browser: Browser, base_url: str) -> Iterator[Callable[..., Page]]:
    """Opens a fresh visitor's page; afterwards none of them may have done what no page may do."""
    findings = Findings(host=urlsplit(base_url).netloc)
    contexts: list[BrowserContext] = []

    def open_new(**options: Any) -> Page:
        context = open_context(browser, base_url, **options)
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
