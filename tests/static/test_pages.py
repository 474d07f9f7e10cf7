"""No page of the app is left out of what the browser tests look at."""

from __future__ import annotations

from tests.e2e.pages import FRONTEND, PAGES


def test_every_page_is_looked_at() -> None:
    folder = FRONTEND / "src" / "app" / "(app)"
    there = {f"/{page.parent.relative_to(folder)}" for page in folder.rglob("page.tsx")}
    assert there == {page.path for page in PAGES if page.signed_in}
