"""Are people found under any spelling in any script, in the right order, and does the row say why?"""

import pytest
from django.db import connection
from django.utils.html import escape

from congress.core.names import ONE_WORD, WHOLE_NAME
from congress.core.roles import Standing
from congress.core.sectors import Sector
from congress.core.topics import Expertise
from members.actions import refresh_search
from members.models import Member
from members.queries.directory import directory
from members.queries.filters import Filters, Sort
from tests import factories

THRESHOLDS = ["similarity_threshold", "word_similarity_threshold"]
NATIVE = {
    "arabic": "محمد الشهري",
    "russian": "Борис Щербаков",
    "ukrainian": "Володимир Зеленський",
    "thai": "สมชาย ศรีสุข",
    "hebrew": "יצחק פרידמן",
    "greek": "Γεώργιος Παπαδόπουλος",
    "georgian": "ნინო ბერიძე",
    "armenian": "Անահիտ Հարությունյան",
    "chinese": "王伟",
    "korean": "김민수",
    "kana": "サトウ ケンイチ",
    "accents": "Łukasz Żółć",
}


@pytest.fixture
def viewer(db) -> Member:
    return factories.member("zz_viewer", sector=Sector.LAW_ENFORCEMENT, country="PE")


@pytest.fixture
def network(viewer) -> None:
    for script, name in NATIVE.items():
        factories.member(f"{script}1", latin_name="", native_name=name)
    factories.member("ivan_petrov")
    factories.member("hidden", latin_name="", native_name="محمد القحطاني", standing=Standing.SUSPENDED)
    refresh_search(Member.objects.all())


def found(viewer: Member, text: str) -> list[str]:
    return [str(row) for row in directory(viewer, Filters(q=text)).page.rows]


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Mohammed Al-Shehri", "arabic"),
        ("muhamad alshehri", "arabic"),
        ("Shehri", "arabic"),
        ("مُحَمَّد", "arabic"),
        ("boris shcherbakov", "russian"),
        ("Scherbakoff Boris", "russian"),
        ("щербоков", "russian"),
        ("Volodymyr Zelensky", "ukrainian"),
        ("Zelenskyy", "ukrainian"),
        ("Somchai Sisuk", "thai"),
        ("somchay srisook", "thai"),
        ("Yitzhak Friedman", "hebrew"),
        ("Georgios Papadopoulos", "greek"),
        ("papadopulos", "greek"),
        ("Beridze Nino", "georgian"),
        ("harutyunian", "armenian"),
        ("王伟", "chinese"),
        ("Wangwei", "chinese"),
        ("Kim Min-su", "korean"),
        ("Minsoo Kim", "korean"),
        ("Kenichi Sato", "kana"),
        ("lukasz zolc", "accents"),
        ("Lukash Zholch", "accents"),
        ("Щербаков Борис", "russian"),
    ],
)
def test_directory_finds_a_name_of_any_script(network, viewer, text, script):
    assert found(viewer, text)[0] == NATIVE[script]


@pytest.mark.parametrize("text", ["山田太郎", "山田", "yamada taro", "Taro Yamada", "tarou yamadda", "やまだ たろう"])
def test_directory_finds_characters_by_the_latin_form_that_was_given(viewer, text):
    factories.member("taro", latin_name="Taro Yamada", native_name="山田太郎")
    refresh_search(Member.objects.all())
    assert found(viewer, text) == ["Taro Yamada"]


@pytest.mark.parametrize("text", ["иван петров", "Ivan Petroff", "petrov ivan", "evan petrov"])
def test_directory_finds_a_latin_name_from_any_script(network, viewer, text):
    assert found(viewer, text)[0] == "Ivan Petrov"


@pytest.mark.parametrize("text", ["mohammed alqahtani", "القحطاني", "Qahtani"])
def test_directory_finds_nobody_hidden_by_another_spelling(network, viewer, text):
    result = directory(viewer, Filters(q=text))
    assert "القحطاني" not in "".join(map(str, result.page.rows))
    Member.objects.filter(standing=Standing.SUSPENDED).delete()
    assert directory(viewer, Filters(q=text)) == result


@pytest.mark.parametrize("text", ["%", "_", "%%%", "''", "\u0301", "&|!()", "*:*", "-- ;", "'); DROP TABLE", "\\"])
def test_directory_answers_what_is_no_name(network, signed_in, viewer, text):
    response = signed_in(viewer).get("/members/", {"q": text})
    assert response.status_code == 200
    assert response.context["directory"].count == 0


@pytest.mark.parametrize(
    "text", ["ก" * 10_000, "ا " * 5_000, "x" * 10_000, "a b c d e f g h i j k l m", "\u0e4c" * 300]
)
def test_directory_answers_what_is_too_long_for_a_name(network, signed_in, viewer, text):
    assert signed_in(viewer).get("/members/", {"q": text}).status_code == 200


def test_directory_orders_by_nearness(viewer):
    body = factories.organisation("Marin Institute")
    for name in ("marini", "marin", "ana_marin", "maryan", "martina"):
        factories.member(name)
    factories.member("other", organisation=body)
    refresh_search(Member.objects.all())
    assert found(viewer, "marin") == ["Marin", "Ana Marin", "Marini", "Maryan", "Other"]


def test_directory_puts_who_is_called_so_and_nothing_else_first(viewer):
    for number, name in enumerate(("יוסף כהן", "אברהם יוסף", "יוסף")):
        factories.member(f"n{number}", latin_name="", native_name=name)
    refresh_search(Member.objects.all())
    assert found(viewer, "Yosef")[0] == "יוסף"


def test_directory_takes_two_letters_as_they_stand(network, viewer):
    assert found(viewer, "iv") == ["Ivan Petrov"]


def test_directory_counts_what_it_lists(network, viewer):
    result = directory(viewer, Filters(q="mohammed shehri"))
    assert result.count == len(result.page.rows) == sum(option.count for option in result.facets["sector"])


def test_directory_goes_on_among_names_that_are_alike(viewer):
    for number in range(70):
        factories.member(f"n{number}", latin_name="", native_name=f"محمد {'ابجدهوزحطي'[number % 10]}")
    refresh_search(Member.objects.all())
    seen, after = [], ""
    while True:
        page = directory(viewer, Filters(q="Mohammed"), after).page
        seen += [row.pk for row in page.rows]
        if not (after := page.after):
            break
    assert len(seen) == len(set(seen)) == 70


def test_directory_lists_the_newest_of_those_found(network, viewer):
    assert [str(row) for row in directory(viewer, Filters(q="mohammed shehri", sort=Sort.NEWEST)).page.rows] == [
        NATIVE["arabic"]
    ]


def test_directory_says_why_a_row_matches(network, signed_in, viewer):
    page = signed_in(viewer).get("/members/?q=Mohammed+Shehri").content.decode()
    assert f"matches <bdi>{escape(NATIVE['arabic'])}</bdi>" in page


def test_directory_names_the_words_that_are_alike(viewer, signed_in):
    factories.member("long", latin_name="Abdulrahman bin Mohammed Al-Mutairi")
    refresh_search(Member.objects.all())
    assert "matches <bdi>Mohammed</bdi>" in signed_in(viewer).get("/members/?q=muhamad").content.decode()


@pytest.mark.parametrize("text", ["Ivan", "petrov", "محمد"])
def test_directory_does_not_explain_what_the_row_shows(network, signed_in, viewer, text):
    assert "matches <bdi>" not in signed_in(viewer).get("/members/", {"q": text}).content.decode()


def test_directory_names_the_expertise_that_the_row_leaves_out(network, signed_in, viewer):
    chemist = Member.objects.get(latin_name="Ivan Petrov")
    chemist.profile.expertise = [Expertise.LEGISLATION, Expertise.TOXICOLOGY, Expertise.FORENSIC_CHEMISTRY]
    chemist.profile.save()
    refresh_search(Member.objects.all())
    page = signed_in(viewer).get("/members/?q=forensic").content.decode()
    assert "matches <bdi>Forensic chemistry</bdi>" in page


def test_each_session_of_the_database_knows_how_near_names_are(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT similarity('loads', 'it')")
        cursor.execute("SELECT current_setting('pg_trgm.' || kind) FROM unnest(%s::text[]) AS kind", [THRESHOLDS])
        assert [float(value) for (value,) in cursor.fetchall()] == [WHOLE_NAME, ONE_WORD]


@pytest.mark.parametrize("count", [1, 3])
def test_directory_search_costs_the_same_for_one_hit_and_for_three(signed_in, viewer, django_assert_num_queries, count):
    for number in range(count):
        factories.member(f"n{number}", latin_name="", native_name="محمد الشهري")
    refresh_search(Member.objects.all())
    client = signed_in(viewer)
    with django_assert_num_queries(10):
        client.get("/members/?q=mohammed")


def test_directory_says_that_only_the_nearest_names_are_listed(network, signed_in, viewer, monkeypatch):
    monkeypatch.setattr("members.queries.finding.ALIKE_LIMIT", 1)
    factories.member("n", latin_name="", native_name="محمد الشهراني")
    refresh_search(Member.objects.all())
    assert "1,000 nearest" in signed_in(viewer).get("/members/?q=mohammed+shehri").content.decode()


@pytest.fixture
def alike(viewer) -> None:
    for number, name in enumerate(("Борис Щербаков", "Boris Sherbin", "Барис Щербина", "Igor Shcherbakov")):
        form = {"latin_name": name} if name.isascii() else {"latin_name": "", "native_name": name}
        factories.member(f"alike{number}", country=("FR", "PE")[number % 2], **form)
    refresh_search(Member.objects.all())


def test_directory_leaves_out_who_is_much_less_alike_than_the_nearest(alike, viewer):
    assert found(viewer, "Boris Shcherbakov") == ["Борис Щербаков"]
    Member.objects.filter(native_name="Борис Щербаков").delete()
    assert found(viewer, "Boris Shcherbakov") == ["Барис Щербина"]


@pytest.mark.parametrize("text", ["สมชาย", "Somchai", "Ramesh Shcherbakov", "Nikolai Sherstobitov", "ბორის წერეთელი"])
def test_directory_lists_no_stranger_when_nobody_is_called_so(alike, signed_in, viewer, text):
    factories.member("ramesh", latin_name="Ramesh Kumar Adhikari")
    refresh_search(Member.objects.all())
    response = signed_in(viewer).get("/members/", {"q": text})
    assert response.context["directory"].page.rows == []
    assert "Nobody here is called so or nearly so" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("Li Wei", ["Li", "Wei", "Lee Wei", "li wei"]),
        ("Kim Min-jun", ["Kim", "김", "Kim Minjun", "김민준"]),
        ("Wu Xia", ["Wu", "Xia", "Woo Xia"]),
        ("Ng Siew Lan", ["Ng", "Siew", "Ng Siu Lan"]),
        ("דן לוי", ["Dan", "Levi", "Dan Levy", "דן"]),
        ("رضا تقي", ["Reza", "Taqi", "Taghi Reza"]),
        ("هيثم الفاسي", ["Haythem", "Elfassi", "Haythem El Fassi"]),
        ("Amirhossein Nasrallah", ["Amir-Hossein Nasrallah", "Amirhossein Nasr Allah"]),
    ],
)
def test_directory_finds_short_names_and_names_in_one_word_or_two(viewer, name, texts):
    form = {"latin_name": name} if name.isascii() else {"latin_name": "", "native_name": name}
    factories.member("short", **form)
    refresh_search(Member.objects.all())
    assert [found(viewer, text) for text in texts] == [[name]] * len(texts)


def test_directory_means_the_same_people_whatever_the_filters(alike, viewer):
    everywhere, in_peru = (directory(viewer, Filters(q="Boris Shcherbakov", country=c)) for c in ((), ("PE",)))
    assert [option.count for option in everywhere.facets["country"]] == [1]
    assert (in_peru.count, in_peru.page.rows) == (0, [])


def test_directory_offers_the_single_words_when_names_are_left_out(alike, signed_in, viewer):
    response = signed_in(viewer).get("/members/?q=Boris+Shcherbakov&sector=government")
    assert response.context["single_words"] == [
        ("Boris", "?q=Boris&sector=government"),
        ("Shcherbakov", "?q=Shcherbakov&sector=government"),
    ]
    assert "Names that are less alike are left out" in response.content.decode()


def test_directory_offers_the_single_words_when_nobody_is_found(alike, signed_in, viewer):
    response = signed_in(viewer).get("/members/?q=Quentin+Underhill")
    assert response.context["directory"].count == 0
    assert response.context["single_words"] == [("Quentin", "?q=Quentin"), ("Underhill", "?q=Underhill")]


def test_directory_offers_no_single_words_when_nobody_is_left_out(alike, signed_in, viewer):
    for text in ("Igor", "Ramesh Kumar", "government industry"):
        assert "less alike" not in signed_in(viewer).get("/members/", {"q": text}).content.decode()
