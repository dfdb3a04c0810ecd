"""Does typed text become what its author meant, and never more?"""

import json

import pytest

from congress.core.prose import one_line, to_html, to_plain, to_tree


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("One,\ntwo.", "<p>One,<br>\ntwo.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("**Police.** *Look.*", "<p><strong>Police.</strong> <em>Look.</em></p>\n"),
        ("", ""),
    ],
)
def test_to_html_knows_paragraphs_lists_and_emphasis(text: str, html: str):
    assert to_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[here](https://evil.example)",
        "![x](https://evil.example/x.png)",
        "<https://evil.example>",
        "https://evil.example",
        "&#60;script&#62;",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_to_html_makes_nothing_that_leads_or_loads_or_runs(text: str):
    html = to_html(text)
    assert "<a" not in html
    assert "<img" not in html
    assert "<script" not in html


def test_to_html_takes_very_long_words_and_deep_lists():
    assert "x" * 5000 in to_html("x" * 5000)
    assert to_html("\n".join(" " * depth * 2 + "- a" for depth in range(200))).count("<li>") == 10


def test_to_plain_leaves_the_words():
    assert to_plain("- **Police.** Look.\n- Wait.") == "Police. Look. · Wait."


def test_to_tree_is_plain_data_with_what_was_typed_as_text():
    tree = to_tree("**a** *b* <i>c</i> #d()\n\n- e")
    assert tree == json.loads(json.dumps(tree))
    paragraph, bullets = tree["children"]
    inline = paragraph["children"][0]["children"]
    assert {node["kind"] for node in inline} == {"strong", "em", "text"}
    assert "".join(node["text"] for node in inline) == "  <i>c</i> #d()"
    assert bullets["kind"] == "bullet_list"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Hollow\r\nbooks\t ", "Hollow books"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("\u2067Anna\u2069 \x1b[31mMüller\ufeff", "Anna [31mMüller"),
        ("\u200b \u2060", ""),
        ("\u200d\u200f", ""),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("O’Brien–Nguyễn 王小明 👩", "O’Brien–Nguyễn 王小明 👩"),
    ],
)
def test_one_line_is_what_a_reader_sees(typed, line):
    assert one_line(typed) == line
