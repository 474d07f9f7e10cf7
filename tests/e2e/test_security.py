"""What pages grant to scripts and other sites, what a browser keeps of a session, and that the app can be installed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import open_context

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserType, Page, Route

    from tests.e2e.conftest import Person

PREFERENCES = {"language", "theme"}
HEADERS = {
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
SLIPPED_IN = """
    <script>window.slipped = 1</script>
    <img src="/icon.svg" onload="window.slipped = 1">
    <img src="https://example.org/seen.png">
"""


@pytest.mark.parametrize("path", ["/sign-in", "/dashboard"])
def test_pages_are_shut_to_other_sites(page: Page, path: str, base_url: str, user: Person) -> None:
    user.sign_up(page.context, base_url)
    response = page.goto(path)
    assert response
    assert response.headers.items() >= HEADERS.items()
    policy = dict(part.partition(" ")[::2] for part in response.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["connect-src"] == policy["img-src"] == policy["font-src"] == policy["form-action"] == "'self'"
    again = page.goto(path)
    assert again
    assert again.headers["content-security-policy"] != response.headers["content-security-policy"]


def test_a_script_that_is_slipped_in_does_not_run(browser: Browser, base_url: str) -> None:
    def slip_in(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</body>", f"{SLIPPED_IN}</body>"))

    context = open_context(browser, base_url)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.route("**/sign-in", slip_in)
    page.goto("/sign-in")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.slipped") is None
    assert sum("Content Security Policy" in text for text in refused) == 3
    context.close()


def test_no_script_can_read_a_token(page: Page, base_url: str, user: Person) -> None:
    user.sign_up(page.context, base_url)
    page.goto("/dashboard")
    page.get_by_role("heading", level=1).wait_for()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    secret = {name: cookie for name, cookie in cookies.items() if name not in PREFERENCES}
    assert secret
    for name, cookie in secret.items():
        assert cookie["httpOnly"], name
        assert cookie["sameSite"] in {"Lax", "Strict"}, name
        assert cookie["secure"] == base_url.startswith("https:"), name
    readable = page.content() + page.evaluate("document.cookie + JSON.stringify([localStorage, sessionStorage])")
    assert [name for name, cookie in secret.items() if cookie["value"] in readable] == []


def test_the_app_can_be_installed(chromium: tuple[BrowserType, dict[str, Any]], base_url: str, tmp_path: Path) -> None:
    # with a profile of its own: nothing can be installed from a private window
    program, options = chromium
    context = program.launch_persistent_context(tmp_path, **options)
    page = context.new_page()
    page.goto(f"{base_url}/sign-in")
    devtools = context.new_cdp_session(page)
    found = devtools.send("Page.getAppManifest")
    assert not found["errors"], found["errors"]
    manifest = json.loads(found["data"])
    for icon in manifest["icons"]:
        answer = page.request.get(f"{base_url}{icon['src']}")
        assert answer.headers["content-type"] == icon["type"]
        size = page.evaluate(
            """async (src) => {
                const image = new Image();
                image.src = src;
                await image.decode();
                return `${image.naturalWidth}x${image.naturalHeight}`;
            }""",
            icon["src"],
        )
        assert size == icon["sizes"]
    assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
    assert urlsplit(found["url"]).path == "/manifest.webmanifest"
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    context.close()
