"""Every page in both languages, as a phone and a desktop show it, in light and dark, with much data and with none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.e2e.conftest import ARTIFACTS, DESKTOP, LOCALES, PHONE, Findings, Person, Texts, new_person, open_context
from tests.e2e.pages import NOWHERE, PAGES, Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
WCAG_2_2_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# off unless asked for, and one of 2.2's
ALL_OF_IT = {"runOnly": {"type": "tag", "values": WCAG_2_2_AA}, "rules": {"target-size": {"enabled": True}}}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

# Its scripts run, and nothing in it is still being loaded. Links that are fetched ahead don't count.
# `display:none` as an inline style, and nothing else: see proxy.ts.
HIDDEN_PARTS = "style-src-attr 'unsafe-hashes' 'sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE='"
FILLED = """() =>
    Object.keys(document.querySelector("h1")).some((key) => key.startsWith("__react")) &&
    document.querySelector("[aria-busy=true]") === null"""

TOO_WIDE = """() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const wide = [...document.querySelectorAll("body *")].filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return right > clientWidth + 1 || left < -1;
    });
    const some = wide.slice(0, 3).map((element) => element.outerHTML.slice(0, 120));
    return `${scrollWidth - clientWidth} px wider than the screen: ${some.join(" | ")}`;
}"""

TEXTS = """() => {
    const names = ["aria-label", "placeholder", "title", "alt"];
    const named = [...document.querySelectorAll(names.map((name) => `[${name}]`).join())];
    const attributes = named.flatMap((element) => names.map((name) => element.getAttribute(name) ?? ""));
    return [document.title, document.body.innerText, ...attributes].join("\\n");
}"""

# What a mouse can use and a keyboard can't: it takes clicks, but nothing in or around it takes the focus.
MOUSE_ONLY = """() => {
    const focusable = "a[href], button, input, select, textarea, summary, label, dialog, [tabindex]";
    const clickable = [...document.querySelectorAll("body *")].filter((element) => {
        const properties = Object.keys(element).find((key) => key.startsWith("__reactProps$"));
        return properties !== undefined && element[properties].onClick !== undefined && element.checkVisibility();
    });
    return clickable
        .filter((element) => !element.closest(focusable) && !element.querySelector(focusable))
        .map((element) => element.outerHTML.slice(0, 120));
}"""

# Notes what gets the focus, and whether that can be seen on it or close around it.
WATCH_FOCUS = """() => {
    const visible = ["outline", "boxShadow", "borderColor", "backgroundColor", "textDecoration", "insetBlockStart"];
    const look = (element) => visible.map((property) => getComputedStyle(element)[property]).join();
    const looks = (element) => [element, element.parentElement, element.parentElement.parentElement].map(look).join();
    const describe = (element) => ({
        html: element.outerHTML.slice(0, 120),
        inMain: element.closest("main") !== null,
        stops: /date|time|month|week/.test(element.type) ? 6 : 1,
    });
    const focusable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")];
    const tabbable = focusable.filter(
        (element) =>
            element.tabIndex >= 0 &&
            !element.disabled &&
            !element.closest("[inert]") &&
            element.checkVisibility({ visibilityProperty: true }) &&
            // of a group of radio buttons Tab reaches one
            !(element.type === "radio" && !element.checked),
    );
    const resting = new Map(tabbable.map((element) => [element, looks(element)]));
    window.focused = [];
    addEventListener("focusin", ({ target }) => {
        const seen = looks(target) !== resting.get(target);
        window.focused.push({ ...describe(target), index: tabbable.indexOf(target), seen });
    });
    return tabbable.map(describe);
}"""


@dataclass
class Visit:
    """A page of the app, and what is wrong with it."""

    page: Page
    entry: Entry
    language: str
    texts: Texts
    folder: Path
    problems: list[str]

    def open(self) -> None:
        response = self.page.goto(self.entry.path)
        assert response
        expected = 404 if self.entry is NOWHERE else 200
        assert response.status == expected, f"{self.entry.path} answered {response.status}"
        heading = self.page.get_by_role("heading", level=1, name=self.texts(self.language, self.entry.heading))
        heading.first.wait_for()
        self.page.wait_for_function(FILLED)
        policy = response.headers.get("content-security-policy", "")
        rest = policy.replace(HIDDEN_PARTS, "")
        if re.search(r"unsafe-|https?:|\*", rest) or "script-src 'nonce-" not in policy:
            self.problems.append(f"the policy lets in too much: {policy}")

    def appear(self, size: ViewportSize, scheme: Literal["light", "dark"]) -> None:
        self.page.set_viewport_size(size)
        self.page.emulate_media(color_scheme=scheme)
        # no colour halfway between two
        self.page.evaluate("Promise.all(document.getAnimations().map((animation) => animation.finished))")

    def check_language(self) -> None:
        root = self.page.locator("html")
        expected = {"lang": self.language, "dir": "rtl" if self.language == "ur" else "ltr"}
        found = {name: root.get_attribute(name) for name in expected}
        if found != expected:
            self.problems.append(f"html has {found}, not {expected}")
        keys = re.compile(rf"(?<![\w.@/-])(?:{'|'.join(sorted(self.texts.namespaces))})\.[a-z]\w+")
        if left := sorted(set(keys.findall(self.page.evaluate(TEXTS)))):
            self.problems.append(f"keys in place of texts: {left}")

    def check_width(self) -> None:
        if wide := self.page.evaluate(TOO_WIDE):
            self.problems.append(wide)

    def check_accessibility(self, rules: dict[str, Any], where: str) -> None:
        found = self.page.evaluate("(rules) => axe.run(document, { ...rules, resultTypes: ['violations'] })", rules)
        for violation in found["violations"]:
            nodes = "; ".join(f"{node['target'][0]}: {node['failureSummary']}" for node in violation["nodes"][:3])
            self.problems.append(f"axe ({where}): {violation['id']}, {len(violation['nodes'])} times: {nodes}")

    def check_keyboard(self) -> None:
        """Tab comes to everything, in sight, and from the link that skips the navigation straight into the page."""
        for html in self.page.evaluate(MOUSE_ONLY):
            self.problems.append(f"only a mouse can use {html}")
        expected = self.page.evaluate(WATCH_FOCUS)
        for _ in range(sum(one["stops"] for one in expected)):
            self.page.keyboard.press("Tab")
        reached = self.page.evaluate("window.focused")
        self.problems += [f"nothing shows that it has the focus: {one['html']}" for one in reached if not one["seen"]]
        indices = {one["index"] for one in reached}
        if missed := [one["html"] for index, one in enumerate(expected) if index not in indices]:
            self.problems.append(f"Tab does not reach {len(missed)} of {len(expected)}: {missed[:3]}")
        if self.entry in PAGES and self.entry.signed_in and any(one["inMain"] for one in expected):
            self.page.locator("a[href='#content']").focus()
            self.page.keyboard.press("Enter")
            self.page.keyboard.press("Tab")
            if not self.page.evaluate("window.focused.at(-1).inMain"):
                self.problems.append("the first link does not skip to what the page is about")

    def screenshot(self, what: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=self.folder / f"{self.entry.name}-{self.language}-{what}.png", full_page=True)


@pytest.fixture(scope="module")
def visitors(browser: Browser, base_url: str) -> Iterator[Callable[..., tuple[Page, Findings]]]:
    """One window for each language and person, which goes from page to page."""
    windows: dict[tuple[str, Person | None], tuple[Page, Findings]] = {}
    contexts: list[BrowserContext] = []

    def open_window(language: str, person: Person | None, *, is_new: bool = False) -> tuple[Page, Findings]:
        if (language, person) not in windows:
            context = open_context(browser, base_url, language)
            contexts.append(context)
            context.add_init_script(path=AXE)
            if person and is_new:
                person.sign_up(context, base_url)
            elif person:
                person.sign_in(context, base_url)
            findings = Findings(host=base_url.partition("://")[2])
            page = context.new_page()
            findings.watch(page)
            windows[language, person] = page, findings
        return windows[language, person]

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def newcomers() -> dict[str, Person]:
    return {language: new_person() for language in LOCALES}


def names(entry: Entry) -> str:
    return entry.name


@pytest.mark.spec("FR-006")
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("entry", [*PAGES, NOWHERE], ids=names)
def test_page(
    entry: Entry, language: str, visitors: Callable[..., tuple[Page, Findings]], demo: Person, texts: Texts
) -> None:
    page, findings = visitors(language, demo if entry.signed_in else None)
    findings.problems.clear()
    visit = Visit(page, entry, language, texts, ARTIFACTS / "pages", findings.problems)
    visit.appear(DESKTOP, "light")
    visit.open()
    visit.check_language()
    visit.check_width()
    visit.check_accessibility(ALL_OF_IT, "desktop, light")
    visit.screenshot("desktop-light")
    visit.appear(DESKTOP, "dark")
    visit.check_accessibility(COLOURS, "desktop, dark")
    visit.screenshot("desktop-dark")
    visit.appear(PHONE, "dark")
    visit.screenshot("phone-dark")
    visit.appear(PHONE, "light")
    visit.check_width()
    visit.check_accessibility(ALL_OF_IT, "phone, light")
    visit.screenshot("phone-light")
    visit.appear(DESKTOP, "light")
    if language == "en":
        visit.check_keyboard()
    assert not findings.problems, "\n".join(findings.problems)


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("entry", [entry for entry in PAGES if entry.signed_in], ids=names)
def test_page_of_a_new_user(
    entry: Entry,
    language: str,
    visitors: Callable[..., tuple[Page, Findings]],
    newcomers: dict[str, Person],
    texts: Texts,
) -> None:
    page, findings = visitors(language, newcomers[language], is_new=True)
    findings.problems.clear()
    visit = Visit(page, entry, language, texts, ARTIFACTS / "new-user", findings.problems)
    visit.appear(PHONE, "light")
    visit.open()
    visit.check_language()
    visit.check_width()
    visit.check_accessibility(ALL_OF_IT, "phone, light")
    visit.screenshot("phone-light")
    assert not findings.problems, "\n".join(findings.problems)
