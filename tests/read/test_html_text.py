from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostraka.read.html_text import html_page

LONG = "The envoy left his post in the night and has not been seen since, the ministry said on Monday. " * 2


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>one<br>two<br/>three</p>", "one\ntwo\nthree"),
        ("a <b>bold</b> man", "a bold man"),
        ("<ul><li>one<li>two</ul>", "one\n\ntwo"),
        ("<table><tr><td>Kim</td><td>1997</td></tr></table>", "Kim 1997"),
        ("<script>var a = '<p>no</p>';</script>yes", "yes"),
        ("<SCRIPT>no</SCRIPT >yes", "yes"),
        ("<style>p::after{content:'no'}</style>yes", "yes"),
        ("<noscript>no</noscript>yes", "yes"),
        ("<template>no</template>yes", "yes"),
        ("<svg><title>no</title><text>no</text></svg>yes", "yes"),
        ("<p hidden>no</p>yes", "yes"),
        ("<p aria-hidden='true'>no</p>yes", "yes"),
        ("<div style='color:red; DISPLAY : none'>no<p>no</p></div>yes", "yes"),
        ("<span style='visibility:hidden'>no</span>yes", "yes"),
        ("<span style='font-size:0'>no</span>yes", "yes"),
        ("<span style='font-size:0.8em'>yes</span>", "yes"),
        ("<div role=navigation>no</div>yes", "yes"),
        ("<nav>no</nav><aside>no</aside><footer>no</footer>yes", "yes"),
        ("<!-- no -->yes<!-- no", "yes"),
        ("<!DOCTYPE html [<!ENTITY a 'no'>]>yes", "yes"),
        ("fish &amp; chips &eacute;&#233;&#xe9; &unknown; &lt;b&gt;", "fish & chips ééé &unknown; <b>"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ('<p title="a > b">yes</p>', "yes"),
        ("<p title=it's>yes</p>", "yes"),
        ("<p title=\"unclosed>yes</p>", "yes"),
        ("<form id=page><p>yes</p></form>", "yes"),
        ("<head><title>T</title><body><p>yes", "yes"),
        ("yes<p>", "yes"),
        ("<pre>a\n  b</pre>", "a\nb"),
        ("", ""),
        ("<", "<"),
        ("<p", ""),
    ],
)  # fmt: skip
def test_what_a_reader_sees(source: str, text: str) -> None:
    assert html_page(source).text == text


def test_only_the_marked_article_is_kept() -> None:
    source = f"<div>Most read: ten stars</div><article><h1>Gone</h1><p>{LONG}</p></article><div>More stories</div>"
    assert html_page(source).text == f"Gone\n\n{LONG.strip()}"


def test_an_article_too_short_to_be_one_does_not_hide_the_rest() -> None:
    source = f"<article>Teaser</article><div><p>{LONG}</p></div>"
    assert LONG.strip() in html_page(source).text


ACCOUNTS = [
    ('<meta property="article:published_time" content="2011-08-20T16:01:00+03:00">', "2011-08-20"),
    ('<meta name="pubdate" content="20 Aug 2011"><time datetime="2011-08-20">yesterday</time>', "2011-08-20"),
    ('<meta itemprop="datePublished" content="2011/8/20">', "2011-08-20"),
    ('<span itemprop="datePublished" content="2011-08-20">x</span>', "2011-08-20"),
    ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2011-08-20"}</script>', "2011-08-20"),
    ('<script type="application/ld+json">{"@graph":[{"datePublished":"2011-08-20"}]}</script>', "2011-08-20"),
    ('<script type="application/ld+json">[{"datePublished":["2011-08-20"]}]</script>', ""),
    ('<script type="application/ld+json">{"datePublished":</script>', ""),
    ("<p>no date</p>", ""),
]


@pytest.mark.parametrize(("source", "published"), ACCOUNTS)
def test_when_a_page_says_it_was_published(source: str, published: str) -> None:
    assert html_page(source + "<p>text</p>").published == published


def test_what_a_page_says_of_itself() -> None:
    page = html_page(
        '<html lang="en-GB"><head><title>Envoy gone &raquo; Post</title><link rel="canonical" href="https://a.example/1">'
        '<meta property="og:title" content="Envoy gone"><meta property="og:site_name" content="The Post"></head><p>x</html>'
    )
    assert (page.title, page.publisher, page.url, page.lang) == ("Envoy gone", "The Post", "https://a.example/1", "en")


def test_what_a_page_conceals_is_counted() -> None:
    page = html_page("<p>seen</p><p style='display:none'>mark <b>all</b> accepted</p><nav>menu</nav><p>seen</p>")
    assert (page.text, page.n_concealed) == ("seen\n\nseen", len("markallaccepted"))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.example", " "]
)
def test_an_address_is_a_web_address(address: str) -> None:
    assert html_page(f'<link rel=canonical href="{address}"><p>x').url == ""


def test_deep_json_is_refused_quietly() -> None:
    nested = "[" * 50_000 + "]" * 50_000
    assert html_page(f'<script type="application/ld+json">{nested}</script>text').text == "text"


@given(st.text(alphabet=st.sampled_from("<>/!-\"'= abpdivscriptstyle&#;x0[]?\n")))
def test_any_markup_gives_some_text(source: str) -> None:
    assert isinstance(html_page(source).text, str)


@given(st.text())
def test_text_without_markup_keeps_its_words(text: str) -> None:
    plain = text.replace("<", "").replace("&", "")
    assert html_page(plain).text.split() == plain.split()


BOMBS = [
    "<div>", "</div>", "<p>", "<", "<a", "<!--", "<!", "<?", "<script>", '<a b="', "<a b='", "<a b=", "&", "&#", "&#9", "&amp",
    "<article>", "<b><i>", "</b></i>", "<a b c d=e ", "<br>", "<title>", "<table><tr><td>", "\n", " ", "<p hidden>", "=",
]  # fmt: skip


@pytest.mark.parametrize("unit", BOMBS)
def test_no_markup_makes_it_slow(unit: str) -> None:
    source = unit * (300_000 // len(unit))
    started = time.perf_counter()
    html_page(source)
    assert time.perf_counter() - started < 6


@pytest.mark.parametrize(
    "source",
    [
        "<p title='" + "x" * 1_000_000 + "'>yes</p>",
        "<p " + "a=b " * 250_000 + ">yes</p>",
        "<p style='" + "display:" * 120_000 + "'>yes</p>",
        "<p>&#" + "9" * 1_000_000 + ";yes</p>",
        "<p>&" + "a" * 1_000_000 + ";yes</p>",
    ],
    ids=["long value", "many attributes", "long style", "long number", "long name"],
)
def test_a_megabyte_in_one_place(source: str) -> None:
    started = time.perf_counter()
    assert html_page(source).text.endswith("yes")
    assert time.perf_counter() - started < 6
