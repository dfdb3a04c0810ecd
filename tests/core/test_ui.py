"""Do the components keep what their signatures promise, and does the gallery show every one of them?"""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from congress.core.labels import Tlp
from congress.core.styleguide import NOTICES, PEOPLE, Body, Edition, Hit, Notice, SampleForm, styleguide
from congress.core.templatetags.ui import register
from congress.core.templatetags.ui.library import markup
from congress.core.templatetags.ui.marks import ICONS

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
GALLERY = [path for path in TEMPLATES if "styleguide" in str(path)]


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_styleguide_shows_every_component():
    gallery = "\n".join(path.read_text() for path in GALLERY)
    used = set(re.findall(r"{%\s+(\w+)", gallery))
    assert set(register.tags) - used == set()


@pytest.mark.django_db
def test_styleguide_page(client):
    response = client.get("/styleguide/")
    assert response.status_code in {200, 302}
    assert styleguide(RequestFactory().get("/styleguide/")).status_code == 200


@pytest.mark.parametrize("value", ["<b>&\"'", SafeString("<b>"), gettext_lazy("Start"), 7, None])
def test_markup_sets_values_as_django_does(value):
    assert markup('<i a="{}">{}</i>', value, value) == format_html('<i a="{}">{}</i>', value, value)


def test_an_unknown_argument_fails():
    with pytest.raises(TemplateSyntaxError, match="colour"):
        draw('{% button "Send" colour="red" %}')


@pytest.mark.parametrize(
    "source",
    ['{% state "x" "loud" %}', '{% icon "unicorn" %}', '{% button "x" kind="huge" %}', '{% portion "AMBER" %}'],
)
def test_a_word_that_the_design_does_not_know_fails(source):
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_every_icon_that_a_template_names_is_in_the_sprite():
    pattern = re.compile(r"""(?:\{% icon |\bicon=)"([^"]+)\"""")
    named = {name for path in TEMPLATES for name in pattern.findall(path.read_text())}
    assert named - ICONS == set()


def test_chips_of_very_many_filters_say_how_many_more():
    filters = [(f"Country {number}", f"?without={number}") for number in range(200)]
    drawn = draw("{% chips filters '?' %}", filters=filters)
    assert (drawn.count('class="chip"'), "and 176 more" in drawn, "Clear all" in drawn) == (24, True, True)
    long = [(label, url + "x" * 3000) for label, url in filters[:6]]
    assert draw("{% chips filters %}", filters=long).count('class="chip"') == 2
    assert "more" not in draw("{% chips filters '?' %}", filters=filters[:24])


def test_tlp_is_drawn_exactly():
    assert draw('{% tlp "TLP:AMBER+STRICT" %}') == (
        '<strong class="tlp tlp-amber-strict" translate="no">TLP:AMBER+STRICT</strong>'
    )


def test_tlp_refuses_an_unknown_label():
    with pytest.raises(KeyError):
        draw('{% tlp "TLP:PURPLE" %}')


def test_person_name_keeps_each_script_in_its_own_direction():
    html = draw('{% person_name "Layla al-Khatib" "ليلى الخطيب" lang="ar" url="/x/" %}')
    assert '<bdi class="person-latin">Layla al-Khatib</bdi>' in html
    assert '<bdi class="person-native" lang="ar">ليلى الخطيب</bdi>' in html
    assert html.startswith('<a class="person-name" href="/x/">')


def test_person_name_says_an_equal_name_once():
    assert draw('{% person_name "Ana Lima" "Ana Lima" %}').count("Ana Lima") == 1


def test_components_escape_what_people_typed():
    typed = "<script>alert(1)</script>"
    html = draw(
        "{% person_name n n %}{% state n %}{% button n %}{% avatar n %}{% audience n %}{% row n %}{{ n }}{% endrow %}"
        "{% fact n %}{% endfact %}{% page_header n lead=n %}{% endpage_header %}{% crumb n n %}{% secret n %}",
        n=typed,
    )
    assert "<script" not in html


def test_person_row_escapes_what_people_typed():
    typed = "<script>alert(1)</script>"
    told = replace(PEOPLE[0].shown, position=typed, main_expertise=(typed,), photograph=typed)
    found = {"found_by": typed, "found_in_profile": typed}
    person = replace(PEOPLE[0], latin_name=typed, native_name=typed, shown=told, organisation=Body(typed), **found)
    html = draw("{% person_row person with_organisation=True %}{% found_because person %}", person=person)
    assert ("<script" in html, html.count("&lt;script&gt;")) == (False, 9)


def test_person_row_says_no_more_than_is_asked():
    person = PEOPLE[0]
    short, long = (
        draw("{% person_row person with_organisation=both with_country=both %}", person=person, both=both)
        for both in (False, True)
    )
    assert [text in short for text in (person.organisation.name, "Romania")] == [False, False]
    assert [text in long for text in (person.organisation.name, "Romania")] == [True, True]


def test_notice_row_escapes_what_people_typed():
    typed = "<script>alert(1)</script>"
    texts = {"terms": (typed,), "what_changed": typed, "mark": typed}
    notice = replace(NOTICES[1], title=((typed, True),), hit=Hit(((typed, False),), typed), **texts)
    html = draw("{% notice_row notice at %}", notice=notice, at=AT)
    assert ("<script" in html, html.count("&lt;script&gt;")) == (False, 6)


def test_notice_row_says_nothing_that_is_not_so():
    plain = Notice("PN-2026-7KQ3F", Edition(Tlp.GREEN), (("Hollow books", False),), AT)
    html = draw("{% notice_row notice at %}", notice=plain, at=AT)
    words = re.findall(r">\s*([^<>\s][^<>]*)<", html)
    assert words == ["Hollow books", "PN-2026-7KQ3F", "Warning", "just now", "TLP:GREEN"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Suharto", "S"), ("María de los Ángeles Goikoetxea", "MG"), ("", "·"), ("al-Khatib", "AK"), ("(?) 7", "·")],
)
def test_avatar_shows_initials(name, initials):
    assert f">{initials}<" in draw("{% avatar name %}", name=name)


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=29), "29 days ago"),
        (timedelta(days=90), "24 Aug 2026"),
    ],
)
def test_age_is_said_in_words(ago, words):
    assert f">{words}<" in draw("{% age then at %}", then=AT - ago, at=AT)


def test_datetime_names_the_zone():
    assert ">22 Nov 2026, 16:30 UTC+07<" in draw('{% datetime at zone="Asia/Bangkok" %}', at=AT)
    assert ">22 Nov 2026, 10:30 CET<" in draw('{% datetime at zone="Europe/Paris" %}', at=AT)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2027, 5, 4), (2027, 5, 4), "4 May 2027"),
        ((2027, 5, 4), (2027, 5, 6), "4–6 May 2027"),
        ((2027, 4, 30), (2027, 5, 2), "30 April – 2 May 2027"),
        ((2026, 12, 30), (2027, 1, 2), "30 December 2026 – 2 January 2027"),
    ],
)
def test_date_range_is_brief(first, last, words):
    html = draw("{% date_range first last %}", first=datetime(*first).date(), last=datetime(*last).date())  # noqa: DTZ001
    assert f">{words}<" in html


def test_field_ties_hint_and_error_to_its_input():
    form = SampleForm({"email": "no address"})
    html = draw("{% field form.email %}", form=form)
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'value="no address"' in html


def test_field_marks_what_is_optional():
    form = SampleForm()
    assert "(optional)" in draw("{% field form.native_name %}", form=form)
    assert "(optional)" not in draw("{% field form.name %}", form=form)


def test_error_summary_links_to_each_field():
    html = draw("{% error_summary form %}", form=SampleForm({"email": "no address"}))
    assert '<a href="#id_email">Work e-mail address: Enter a valid email address.</a>' in html
    assert '<a href="#id_attendance">' in html


def test_error_summary_is_silent_without_errors():
    assert draw("{% error_summary form %}", form=SampleForm()).strip() == ""


def test_a_plain_form_is_drawn_by_the_same_components():
    html = str(SampleForm())
    assert 'class="field"' in html
    assert 'class="field-hint"' in html
    assert html.count('class="choice"') == 3 + 5 + 1


def test_facet_never_folds_away_what_is_chosen():
    options = [{"value": str(n), "label": str(n), "count": n, "selected": n == 19} for n in range(20)]
    html = draw('{% facet "country" "Country" options %}', options=[type("Option", (), option) for option in options])
    assert html.index('value="19"') < html.index("facet-more")


def test_pagination_keeps_the_other_parameters():
    request = RequestFactory().get("/members/?sector=industry&sector=academia&after=old")
    page = type("Page", (), {"after": "new", "is_first": False})
    html = draw("{% pagination page %}", request=request, page=page)
    assert 'href="?sector=industry&amp;sector=academia&amp;after=new"' in html
    assert 'href="/members/?sector=industry&amp;sector=academia"' in html
    html = draw('{% pagination page first="?a" following="?b" %}', request=request, page=page)
    assert ('href="/members/?a"' in html, 'href="?b"' in html, "sector" in html) == (True, True, False)


def test_document_bears_its_label_at_both_ends_and_on_paper():
    html = draw('{% document "TLP:AMBER" "Nobody" %}Text{% enddocument %}')
    assert html.count("TLP:AMBER") == 2
    assert 'class="document-frame on-tlp-amber"' in html


def test_document_bears_its_readers_mark_at_both_ends():
    at = datetime(2026, 11, 22, 10, 40, tzinfo=UTC)
    source = '{% reader_mark name "Bureau" at as mark %}{% document "TLP:RED" "One" mark=mark %}Text{% enddocument %}'
    html = draw(source, at=at, name="<Ann>")
    assert html.count("Opened by <bdi>&lt;Ann&gt;</bdi>, <bdi>Bureau</bdi>, <time") == 2
    assert "22 Nov 2026, 10:40 UTC" in html
