"""Office files as programs write them, made here: each carries the planted word wherever it could leave a trace."""

from tests.core.files.corpus import PLANTED, VISIBLE, archive, moving, photo

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
X15 = 'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument."


def types(overrides: dict[str, str]) -> str:
    suffixes = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "jpeg": "image/jpeg",
        "gif": "image/gif",
        "emf": "image/x-emf",
        "bin": f"{OFFICE}spreadsheetml.printerSettings",
        "xlsx": f"{OFFICE}spreadsheetml.sheet",
    }
    items = [f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in suffixes.items()]
    items += [f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items()]
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{"".join(items)}</Types>'


def links(*targets: str) -> str:
    """Relationships rId1, rId2 …; each written `kind target`, outside ones with an address as target."""
    items = []
    for number, (kind, target) in enumerate((each.split() for each in targets), 1):
        outside = ' TargetMode="External"' if ":" in target else ""
        items.append(f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"{outside}/>')
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(items)}</Relationships>'


def about(main: str) -> dict[str, str | bytes]:
    """The parts that say who made a package."""
    return {
        "_rels/.rels": links(
            f"officeDocument {main}",
            "metadata/core-properties docProps/core.xml",
            "extended-properties docProps/app.xml",
            "custom-properties docProps/custom.xml",
            "metadata/thumbnail docProps/thumbnail.jpeg",
        ),
        "docProps/core.xml": f"<core><creator>{PLANTED}</creator></core>",
        "docProps/app.xml": f"<app><Company>{PLANTED}</Company><Manager>{PLANTED}</Manager></app>",
        "docProps/custom.xml": f"<custom>{PLANTED}</custom>",
        "docProps/thumbnail.jpeg": photo(),
        "customXml/item1.xml": f"<item>{PLANTED}</item>",
        "hidden/unreached.xml": f"<hidden>{PLANTED}</hidden>",
    }


DOCUMENT = f"""<w:document {W} {R} {WP} {A}><w:body><!-- {PLANTED} -->
<w:p w:rsidR="00Xyzz"><w:r><w:t>{VISIBLE} lights</w:t></w:r></w:p>
<w:p><w:ins w:id="1" w:author="{PLANTED}" w:date="2026-01-01T00:00:00Z"><w:r><w:t>added</w:t></w:r></w:ins>
<w:del w:id="2" w:author="{PLANTED}"><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>
<w:p><w:hyperlink r:id="rId4"><w:r><w:t>shared folder</w:t></w:r></w:hyperlink>
<w:hyperlink r:id="rId5"><w:r><w:t>web</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAU</w:instrText></w:r>
<w:r><w:instrText>TO c:\\{PLANTED}</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:p><w:r><w:drawing><wp:docPr id="1" name="{PLANTED}.jpg" descr="C:\\Users\\{PLANTED}\\a.jpg"/>
<a:blip r:embed="rId6"/><a:blip r:embed="rId7"/><a:blip r:link="rId8"/></w:drawing></w:r></w:p>
<w:altChunk r:id="rId9"/></w:body></w:document>"""

SETTINGS = f"""<w:settings {W} {R}><w:attachedTemplate r:id="rId1"/><w:rsids><w:rsid w:val="Xyzz"/></w:rsids>
<w:docVars><w:docVar w:name="a" w:val="{PLANTED}"/></w:docVars><w:zoom w:percent="100"/></w:settings>"""


def docx(**more: str | bytes) -> bytes:
    word = f"{OFFICE}wordprocessingml."
    overrides = {
        "word/document.xml": f"{word}document.main+xml",
        "word/settings.xml": f"{word}settings+xml",
        "word/comments.xml": f"{word}comments+xml",
        "word/people.xml": f"{word}people+xml",
    }
    document_links = links(
        "settings settings.xml",
        "comments comments.xml",
        "people people.xml",
        f"hyperlink file:///C:/{PLANTED}",
        "hyperlink https://example.org/",
        "image media/image1.jpeg",
        "image media/image2.emf",
        f"image https://{PLANTED}.example/track.png",
        f"aFChunk {PLANTED}.html",
        "customXml ../customXml/item1.xml",
    )
    parts = {
        "[Content_Types].xml": types(overrides),
        **about("word/document.xml"),
        "word/document.xml": DOCUMENT,
        "word/_rels/document.xml.rels": document_links,
        "word/settings.xml": SETTINGS,
        "word/_rels/settings.xml.rels": links(f"attachedTemplate file:///{PLANTED}.dotm"),
        "word/comments.xml": f'<w:comments {W}><w:comment w:id="0" w:author="{PLANTED}" w:initials="Xyzz">'
        "<w:p><w:r><w:t>a remark</w:t></w:r></w:p></w:comment></w:comments>",
        "word/people.xml": f"<people>{PLANTED}</people>",
        "word/media/image1.jpeg": photo(),
        "word/media/image2.emf": PLANTED.encode(),
        f"word/{PLANTED}.html": f"<html>{PLANTED}</html>",
    }
    return archive({**parts, **more})


def xlsx(**more: str | bytes) -> bytes:
    sheet = f"{OFFICE}spreadsheetml."
    overrides = {
        "xl/workbook.xml": f"{sheet}sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{sheet}worksheet+xml",
        "xl/sharedStrings.xml": f"{sheet}sharedStrings+xml",
        "xl/comments1.xml": f"{sheet}comments+xml",
        "xl/externalLinks/externalLink1.xml": f"{sheet}externalLink+xml",
        "xl/connections.xml": f"{sheet}connections+xml",
        "xl/pivotCache/definition1.xml": f"{sheet}pivotCacheDefinition+xml",
    }
    parts = {
        "[Content_Types].xml": types(overrides),
        **about("xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook {S} {R} {X15}><fileSharing userName="{PLANTED}"/>'
        f'<x15ac:absPath url="C:\\{PLANTED}"/><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets>'
        f'<externalReferences><externalReference r:id="rId2"/></externalReferences>'
        f"<definedNames><definedName name='a'>[1]{PLANTED}!A1</definedName></definedNames></workbook>",
        "xl/_rels/workbook.xml.rels": links(
            "worksheet worksheets/sheet1.xml",
            "externalLink externalLinks/externalLink1.xml",
            "sharedStrings sharedStrings.xml",
            "connections connections.xml",
            "pivotCacheDefinition pivotCache/definition1.xml",
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet {S} {R}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
        f'<c r="B1"><f>[1]{PLANTED}!A1</f><v>7</v></c></row></sheetData><pageSetup r:id="rId1"/></worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": links("printerSettings ../printer.bin", "comments ../comments1.xml"),
        "xl/sharedStrings.xml": f"<sst {S}><si><t>{VISIBLE} lights</t></si></sst>",
        "xl/comments1.xml": f"<comments {S}><authors><author>{PLANTED}</author></authors><commentList>"
        f'<comment ref="A1" authorId="0"><text><r><t>{PLANTED}:</t></r><r><t>a remark</t></r></text></comment>'
        "</commentList></comments>",
        "xl/externalLinks/externalLink1.xml": f"<externalLink {S}>{PLANTED}</externalLink>",
        "xl/connections.xml": f"<connections {S}>{PLANTED}</connections>",
        "xl/pivotCache/definition1.xml": f'<pivotCacheDefinition {S} refreshedBy="{PLANTED}"/>',
        "xl/printer.bin": PLANTED.encode(),
    }
    return archive({**parts, **more})


def pptx(**more: str | bytes) -> bytes:
    show = f"{OFFICE}presentationml."
    overrides = {
        "ppt/presentation.xml": f"{show}presentation.main+xml",
        "ppt/slides/slide1.xml": f"{show}slide+xml",
        "ppt/commentAuthors.xml": f"{show}commentAuthors+xml",
        "ppt/tags/tag1.xml": f"{show}tags+xml",
    }
    parts = {
        "[Content_Types].xml": types(overrides),
        **about("ppt/presentation.xml"),
        "ppt/presentation.xml": f'<p:presentation {P} {R}><p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
        '<p:custDataLst><p:tags r:id="rId3"/></p:custDataLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": links(
            "slide slides/slide1.xml", "commentAuthors commentAuthors.xml", "tags tags/tag1.xml"
        ),
        "ppt/slides/slide1.xml": f"<p:sld {P} {A} {R}><a:p><a:r><a:rPr><a:hlinkClick r:id='rId2'/></a:rPr>"
        f"<a:t>{VISIBLE} lights</a:t></a:r></a:p><p:pic><p:cNvPr id='2' name='{PLANTED}' descr='a lighthouse'/>"
        '<a:blip r:embed="rId1"/></p:pic></p:sld>',
        "ppt/slides/_rels/slide1.xml.rels": links("image ../media/image1.gif", f"hyperlink file:///{PLANTED}"),
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst {P}><p:cmAuthor id="1" name="{PLANTED}" initials="Xyzz"/>'
        "</p:cmAuthorLst>",
        "ppt/tags/tag1.xml": f"<p:tagLst {P}>{PLANTED}</p:tagLst>",
        "ppt/media/image1.gif": moving("GIF"),
    }
    return archive({**parts, **more})


ODF = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(
    [
        f'xmlns:{name}="{ODF}{name}:1.0"'
        for name in ("office", "text", "draw", "table", "meta", "script", "presentation")
    ]
    + ['xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:xlink="http://www.w3.org/1999/xlink"']
    + ['xmlns:officeooo="http://openoffice.org/2009/office"']
)
CONTENT = f"""<office:document-content {SPACES}>
<office:scripts><office:script>{PLANTED}</office:script></office:scripts>
<office:body><office:text><text:tracked-changes><text:changed-region><text:insertion><office:change-info>
<dc:creator>{PLANTED}</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>
<text:p officeooo:rsid="Xyzz">{VISIBLE} lights <text:author-name>{PLANTED}</text:author-name>
<office:annotation><dc:creator>{PLANTED}</dc:creator><text:p>a remark</text:p></office:annotation>
<text:user-defined text:name="a">{PLANTED}</text:user-defined>
<text:a xlink:href="file:///home/{PLANTED}">folder</text:a> <text:a xlink:href="https://example.org/">web</text:a></text:p>
<draw:frame><draw:image xlink:href="Pictures/a.jpg"/></draw:frame>
<draw:frame><draw:image xlink:href="https://{PLANTED}.example/track.png"/></draw:frame>
<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>
<draw:frame><draw:object xlink:href="./Object 2"/></draw:frame>
<draw:frame><draw:floating-frame xlink:href="https://{PLANTED}.example"/></draw:frame>
</office:text></office:body></office:document-content>"""


def opened(kind: str = "text", **more: str | bytes) -> bytes:
    """An OpenDocument file with a chart, and with a sheet behind a picture."""
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    listed = {
        "/": media_type,
        "Object 1/": "application/vnd.oasis.opendocument.chart",
        "Object 2/": "application/vnd.oasis.opendocument.spreadsheet",
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in listed.items()
    )
    parts: dict[str, str | bytes] = {
        "mimetype": media_type,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}manifest:1.0">{entries}</manifest:manifest>',
        "content.xml": CONTENT,
        "styles.xml": f"<office:document-styles {SPACES}/>",
        "meta.xml": f"<office:document-meta {SPACES}><dc:creator>{PLANTED}</dc:creator></office:document-meta>",
        "settings.xml": f"<settings>{PLANTED}</settings>",
        "Pictures/a.jpg": photo(),
        "Thumbnails/thumbnail.png": photo("PNG"),
        "Basic/Standard/Module1.xml": f"<module>{PLANTED}</module>",
        "Object 1/content.xml": f"<office:document-content {SPACES}><text:p>a chart</text:p></office:document-content>",
        "Object 2/content.xml": f"<office:document-content {SPACES}>{PLANTED}</office:document-content>",
        "META-INF/documentsignatures.xml": f"<signature>{PLANTED}</signature>",
    }
    return archive({**parts, **more})
