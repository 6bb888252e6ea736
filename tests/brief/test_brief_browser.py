"""The page as a reader meets it: wide and narrow, light and dark, with and without JavaScript, on paper."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs Chromium")
    api = pytest.importorskip("playwright.sync_api", reason="needs pip install 'ostraka[browser]'")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


def opened(chromium: Any, page_file: Path, **how: Any) -> Any:
    page = chromium.new_context(**how).new_page()
    page.said = []
    page.asked = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(page_file.as_uri())
    return page


@pytest.mark.parametrize("width", [320, 380, 768, 1280])
def test_nothing_sticks_out_loads_or_complains(chromium: Any, page_file: Path, width: int) -> None:
    page = opened(chromium, page_file, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.said == []
    assert page.asked == [page_file.as_uri()]


def test_pictures_fit_the_width(chromium: Any, page_file: Path) -> None:
    for width, shown, hidden in ((1280, ".wide", ".narrow"), (380, ".narrow", ".wide")):
        page = opened(chromium, page_file, viewport={"width": width, "height": 800})
        assert page.locator(f"{shown} svg").first.is_visible()
        assert not page.locator(f"{hidden} svg").first.is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_figure_shows_what_it_rests_on(chromium: Any, page_file: Path, javascript: bool) -> None:
    page = opened(chromium, page_file, java_script_enabled=javascript, viewport={"width": 1280, "height": 800})
    figure = page.locator(".fig").first
    pop = figure.locator(".pop")
    assert not pop.is_visible()
    figure.hover()
    assert pop.is_visible()
    page.mouse.move(0, 0)
    figure.locator("a").focus()
    assert pop.is_visible()
    if javascript:
        page.keyboard.press("Escape")
        assert not pop.is_visible()


def test_every_note_stays_on_a_phone_screen(chromium: Any, page_file: Path) -> None:
    page = opened(chromium, page_file, viewport={"width": 380, "height": 800})
    for figure in page.locator(".fig").all()[:40]:
        if not figure.is_visible():
            continue
        figure.locator("a").focus()
        box = figure.locator(".pop").bounding_box()
        assert box["x"] >= -1
        assert box["x"] + box["width"] <= 381


CONTRAST = """() => {
  const light = (c) => { const v = c.match(/[\\d.]+/g).map(Number).slice(0, 3).map(x => x / 255).map(x => x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return ['body', '.meta', '.kicker', '.answer p', 'th', 'figcaption', 'a', '.pill'].map(s => { const e = document.querySelector(s); if (!e) return [s, 21]; const ink = light(getComputedStyle(e).color); return [s, (Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05)]; });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_in_light_and_dark(chromium: Any, page_file: Path, scheme: str) -> None:
    page = opened(chromium, page_file, color_scheme=scheme)
    assert {name: ratio for name, ratio in page.evaluate(CONTRAST) if ratio < 4.5} == {}


def test_the_switch_turns_the_light_off_and_on(chromium: Any, page_file: Path) -> None:
    page = opened(chromium, page_file, color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.locator(".switch").click()
    assert page.evaluate(paper) != light
    page.locator(".switch").click()
    assert page.evaluate(paper) == light


def test_on_paper_everything_is_there_and_nothing_floats(chromium: Any, page_file: Path) -> None:
    page = opened(chromium, page_file)
    page.emulate_media(media="print")
    assert not page.locator(".switch").is_visible()
    assert len(page.pdf(format="A4")) > 20_000
