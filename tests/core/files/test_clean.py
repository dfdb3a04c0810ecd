"""Is nothing left in a clean file but what its reader is meant to see?"""

import io
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from congress.core.files.clean import clean
from congress.core.files.kinds import Kind
from congress.core.files.refusal import Reason, RefusalError
from congress.core.files.text import words_of
from tests.core.files import corpus, office

TRACED = {
    "jpeg": (corpus.photo("JPEG"), Kind.JPEG),
    "png": (corpus.photo("PNG"), Kind.PNG),
    "webp": (corpus.photo("WEBP"), Kind.JPEG),
    "gif": (corpus.photo("GIF"), Kind.PNG),
    "pdf": (corpus.pdf(), Kind.PDF),
    "docx": (office.docx(), Kind.DOCX),
    "xlsx": (office.xlsx(), Kind.XLSX),
    "pptx": (office.pptx(), Kind.PPTX),
    "odt": (office.opened("text"), Kind.ODT),
    "ods": (office.opened("spreadsheet"), Kind.ODS),
    "odp": (office.opened("presentation"), Kind.ODP),
}


@pytest.fixture
def cleaned(tmp_path: Path):
    def cleaned(data: bytes) -> tuple[Path, Kind]:
        sent, target = tmp_path / "sent", tmp_path / "clean"
        sent.write_bytes(data)
        return target, clean(sent, target)

    return cleaned


@pytest.mark.parametrize("name", TRACED)
def test_clean_leaves_no_trace_of_who_or_where(cleaned, tmp_path, name: str):
    data, kind = TRACED[name]
    target, found = cleaned(data)
    assert found == kind
    assert corpus.holds_planted(tmp_path / "sent")
    assert not corpus.holds_planted(target)


@pytest.mark.parametrize("name", TRACED)
def test_clean_file_is_clean_when_it_is_cleaned_again(cleaned, name: str):
    target, kind = cleaned(TRACED[name][0])
    assert cleaned(target.read_bytes())[1] == kind


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jpeg", ""),
        ("pdf", "harbour lights a remark"),
        ("docx", "harbour lights addedgone shared folderweb a remark"),
        ("xlsx", "harbour lights 7 Author:a remark"),
        ("pptx", "harbour lights"),
        ("odt", "Author harbour lights Author Author a remark folder web a chart"),
    ],
)
def test_words_of_a_clean_file_are_what_is_read_in_it(cleaned, name: str, words: str):
    found = words_of(*cleaned(TRACED[name][0]))
    assert (sorted(found.text.split()), found.is_whole) == (sorted(words.split()), True)


def test_image_is_upright_and_keeps_its_colours(cleaned):
    target, _kind = cleaned(corpus.photo("PNG"))
    with Image.open(target) as image:
        assert (image.size, image.getpixel((19, 0)), image.getpixel((0, 39))) == ((20, 40), (255, 165, 0), (0, 0, 128))
        assert image.info == {}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_image_of_any_mode_is_taken(cleaned, mode: str):
    new = io.BytesIO()
    kind = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    Image.new(mode, (8, 8)).save(new, kind)
    assert cleaned(new.getvalue())[1] == Kind(kind.lower())


def test_clear_parts_of_an_image_stay_clear(cleaned):
    new = io.BytesIO()
    Image.new("P", (8, 8), 3).save(new, "GIF", transparency=3)
    target, _kind = cleaned(new.getvalue())
    with Image.open(target) as image:
        assert (image.mode, image.getchannel("A").getpixel((0, 0))) == ("RGBA", 0)


def test_pdf_keeps_its_web_link_and_loses_what_acts(cleaned):
    target, _kind = cleaned(corpus.pdf())
    with pikepdf.open(target) as document:
        notes = document.pages[0].obj.Annots.as_list()
        assert [str(note.Subtype) for note in notes] == ["/Text", "/Link", "/Link", "/Link"]
        assert [str(note.A.URI) for note in notes if "/A" in note] == ["https://example.org/"]
        assert sorted(document.Root.keys()) == ["/AcroForm", "/Names", "/Pages", "/Type"]
        assert "/Info" not in document.trailer


def parts_of(target: Path) -> dict[str, str]:
    with zipfile.ZipFile(target) as file:
        return {name: file.read(name).decode("utf-8", "replace") for name in file.namelist()}


def test_docx_holds_only_known_parts_that_still_fit(cleaned):
    parts = parts_of(cleaned(office.docx())[0])
    assert sorted(parts) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/_rels/document.xml.rels",
        "word/_rels/settings.xml.rels",
        "word/comments.xml",
        "word/document.xml",
        "word/media/image1.jpeg",
        "word/media/image2.emf",
        "word/settings.xml",
    ]
    document = parts["word/document.xml"]
    assert [document.count(gone) for gone in ("rId4", "rId8", "rId9", "altChunk", "DDE", "descr")] == [0] * 6
    kept = ("rId5", "rId6", "rId7", "<w:hyperlink>", "shared folder")
    assert [document.count(each) for each in kept] == [1] * 5
    assert 'PartName="/word/media/image2.emf" ContentType="image/png"' in parts["[Content_Types].xml"]


def test_xlsx_keeps_values_and_loses_other_books(cleaned):
    parts = parts_of(cleaned(office.xlsx())[0])
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<v>7</v>" in sheet
    assert "<pageSetup/>" in sheet
    assert "<f>" not in sheet
    assert "externalReference" not in parts["xl/workbook.xml"]


SHEET = """<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>
<c><f>SUM(A1:A2)</f></c><c><f>Table1[2020]</f></c><c><f t="shared" si="0" ref="A1:A2">'[2]a'!A1</f></c>
<c><f t="shared" si="0"/></c><c><f>cmd|'/c calc'!A0</f></c></row></sheetData></worksheet>"""


def test_xlsx_formulas_stay_unless_they_read_other_files(cleaned):
    sheet = parts_of(cleaned(office.xlsx(**{"xl/worksheets/sheet1.xml": SHEET}))[0])["xl/worksheets/sheet1.xml"]
    assert re.findall("<f.*?(?:/>|</f>)", sheet) == ["<f>SUM(A1:A2)</f>", "<f>Table1[2020]</f>"]


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("PAGE", 1),
        ('TOC \\o "1-3" \\h', 1),
        ('HYPERLINK "https://example.org/"', 1),
        ('HYPERLINK "\\\\server\\share"', 0),
        ("DDEAUTO cmd", 0),
        ('INCLUDEPICTURE "https://example.org/track.png"', 0),
    ],
)
def test_docx_fields_stay_unless_one_loads_something(cleaned, code: str, count: int):
    document = f"<w:document {office.W}><w:instrText>{code}</w:instrText><w:fldSimple w:instr='PAGE'/></w:document>"
    parts = parts_of(cleaned(office.docx(**{"word/document.xml": document}))[0])
    assert parts["word/document.xml"].count("<w:instrText>") == count


def test_pptx_click_starts_no_program(cleaned):
    clicks = "".join(f'<a:hlinkClick action="ppaction://{to}"/>' for to in ("program", "macro?a", "hlinksldjump"))
    slide = f"<p:sld {office.P} {office.A}>{clicks}</p:sld>"
    parts = parts_of(cleaned(office.pptx(**{"ppt/slides/slide1.xml": slide}))[0])
    assert re.findall("ppaction://([a-z]+)", parts["ppt/slides/slide1.xml"]) == ["hlinksldjump"]


def test_odt_keeps_its_chart_and_loads_nothing(cleaned):
    parts = parts_of(cleaned(office.opened())[0])
    assert next(iter(parts)) == "mimetype"
    assert sorted(parts)[:3] == ["META-INF/manifest.xml", "Object 1/content.xml", "Pictures/a.jpg"]
    assert [parts["content.xml"].count(f'href="{to}"') for to in ("./Object 1", "Pictures/a.jpg", "#")] == [1, 1, 1]
    assert parts["content.xml"].count("href") == 4


@pytest.mark.parametrize(
    ("sent", "kept", "kind"),
    [
        ("\ufeffone line\r\nanother", "one line\r\nanother", Kind.TEXT),
        ("Dear all, this is it.\nYours, the port", "Dear all, this is it.\nYours, the port", Kind.TEXT),
        ("a,b\n1,2\n", "a,b\n1,2\n", Kind.CSV),
        ("a;b\n-1,5;=1+1\n", "a;b\n-1,5;'=1+1\n", Kind.CSV),
        ("name,note\n@SUM(1),\"=cmd|' /C calc'!A0\"\n", "name,note\n'@SUM(1),\"'=cmd|' /C calc'!A0\"\n", Kind.CSV),
        ("= not a table =\n", "= not a table =\n", Kind.TEXT),
        ("الاسم\tالبلد\nعمر\tمصر\n", "الاسم\tالبلد\nعمر\tمصر\n", Kind.CSV),
    ],
)
def test_text_is_kept_as_it_is_and_a_table_without_formulas(cleaned, sent: str, kept: str, kind: Kind):
    target, found = cleaned(sent.encode())
    assert (target.read_bytes().decode(), found) == (kept, kind)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n", Reason.EMPTY),
        (b"<svg onload='alert(1)'/>", Reason.UNKNOWN_KIND),
        (b"\xef\xbb\xbf \n<!DOCTYPE html><script>1</script>", Reason.UNKNOWN_KIND),
        (b"<?xml version='1.0'?><svg/>", Reason.UNKNOWN_KIND),
        (b"{\\rtf1 harmless}", Reason.UNKNOWN_KIND),
        (b"#!/bin/sh\nrm -r /\n", Reason.UNKNOWN_KIND),
        (b"%!PS-Adobe-3.0\n", Reason.UNKNOWN_KIND),
        (b"MZ\x90\x00\x03" + bytes(100), Reason.UNKNOWN_KIND),
        (b"\x7fELF" + bytes(100), Reason.UNKNOWN_KIND),
        (b"\x1f\x8b\x08" + bytes(100), Reason.UNKNOWN_KIND),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), Reason.UNKNOWN_KIND),
        ("text in another coding: é".encode("utf-16"), Reason.UNKNOWN_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.OLD_OFFICE),
        (corpus.archive({"readme.txt": "a"}), Reason.UNKNOWN_KIND),
        (corpus.archive({"mimetype": "application/epub+zip"}), Reason.UNKNOWN_KIND),
        (corpus.moving("GIF"), Reason.ANIMATED),
        (corpus.moving("WEBP"), Reason.ANIMATED),
        (corpus.moving("PNG"), Reason.ANIMATED),
        (corpus.pdf(201), Reason.TOO_MANY_PAGES),
        (corpus.pdf(encryption=pikepdf.Encryption(owner="a", user="b")), Reason.ENCRYPTED),
        (corpus.pdf(encryption=pikepdf.Encryption(owner="a", user="")), Reason.ENCRYPTED),
    ],
)
def test_clean_refuses_what_is_not_taken(cleaned, data: bytes, reason: Reason):
    with pytest.raises(RefusalError) as refusal:
        cleaned(data)
    assert refusal.value.reason == reason


DOCM = office.OFFICE.replace("openxmlformats-officedocument.", "ms-word.document.macroEnabled.main+xml")


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"word/vbaProject.bin": b"macro"}, Reason.MACROS),
        ({"word/activeX/activeX1.xml": "<x/>"}, Reason.MACROS),
        ({"[Content_Types].xml": office.types({"word/document.xml": DOCM})}, Reason.MACROS),
        ({"word/embeddings/oleObject1.bin": b"object"}, Reason.OBJECTS),
        ({"word/document.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, Reason.UNREADABLE),
        ({"word/document.xml": f"<w:document {office.W}><w:OLEObject/></w:document>"}, Reason.OBJECTS),
        ({"word/document.xml": f"<w:document {office.W}><w:control/></w:document>"}, Reason.MACROS),
        ({"word/document.xml": "<w:document"}, Reason.UNREADABLE),
        ({"../outside.xml": "<a/>"}, Reason.UNREADABLE),
        ({"word/media/image1.jpeg": corpus.photo()[:200]}, Reason.UNREADABLE),
    ],
)
def test_clean_refuses_office_files_that_act(cleaned, more: dict[str, str | bytes], reason: Reason):
    with pytest.raises(RefusalError) as refusal:
        cleaned(office.docx(**more))
    assert refusal.value.reason == reason


def test_clean_refuses_an_encrypted_opendocument(cleaned):
    with pytest.raises(RefusalError) as refusal:
        cleaned(office.opened(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"}))
    assert refusal.value.reason == Reason.ENCRYPTED
