"""Files as members send them, made here: each carries the planted word wherever a program could leave a trace."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

PLANTED = "Xyzzyplanted"
VISIBLE = "harbour"
LATITUDE = (41.0, 24.0, 12.2)


def pixels(size: tuple[int, int] = (40, 20)) -> Image.Image:
    image = Image.new("RGB", size, "navy")
    image.paste("orange", (0, 0, size[0] // 2, size[1] // 2))
    return image


def exif() -> Image.Exif:
    facts = Image.Exif()
    facts[ExifTags.Base.Artist] = PLANTED
    facts[ExifTags.Base.Make] = PLANTED
    facts[ExifTags.Base.Orientation] = 6
    facts.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: LATITUDE, 29: PLANTED})
    return facts


def profile() -> bytes:
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made.replace("sRGB".encode("utf-16-be"), "Xyzz".encode("utf-16-be"))


def photo(kind: str = "JPEG", size: tuple[int, int] = (40, 20)) -> bytes:
    """An image with a photographer, a camera, a position, a comment and a colour profile."""
    new = io.BytesIO()
    extra: dict[str, Any] = {"exif": exif(), "icc_profile": profile()}
    if kind == "PNG":
        extra["pnginfo"] = PngImagePlugin.PngInfo()
        extra["pnginfo"].add_text("Author", PLANTED)
        extra["pnginfo"].add_itxt("XML:com.adobe.xmp", xmp().decode(), zip=True)
    if kind == "GIF":
        extra = {"comment": f"<html><script>{PLANTED}</script>"}
    if kind in {"JPEG", "WEBP"}:
        extra["xmp"] = xmp()
    if kind == "JPEG":
        extra["comment"] = PLANTED
    pixels(size).save(new, kind, **extra)
    return new.getvalue() + f"\n<html><!-- {PLANTED} -->".encode()


def moving(kind: str) -> bytes:
    new = io.BytesIO()
    pixels().save(new, kind, save_all=True, append_images=[Image.new("RGB", (40, 20), "red")], duration=100)
    return new.getvalue()


def xmp() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{PLANTED}</dc:creator></x:xmpmeta>'.encode()


def pdf(pages: int = 1, *, encryption: Any = False) -> bytes:
    """A PDF with everything that can tell or act, and an older revision of itself."""
    document = pikepdf.new()
    for _ in range(pages):
        _page(document)
    document.trailer.Info = document.make_indirect(Dictionary(Author=String(PLANTED)))
    document.attachments["secret.txt"] = PLANTED.encode()
    script = Dictionary(S=Name.JavaScript, JS=f"app.alert('{PLANTED}')")
    document.Root.OpenAction = document.make_indirect(script)
    document.Root.AA = Dictionary(WC=script)
    document.Root.Metadata = Stream(document, xmp())
    document.Root.AcroForm = Dictionary(Fields=Array(), XFA=Stream(document, xmp()))
    document.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script]))
    new = io.BytesIO()
    document.save(new, encryption=encryption)
    return new.getvalue() if encryption else _revised(new.getvalue())


def _page(document: pikepdf.Pdf) -> None:
    page = document.add_blank_page(page_size=(300, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    photo_stream = Stream(document, photo())
    photo_stream.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=40, Height=20, BitsPerComponent=8, ColorSpace=Name.DeviceRGB
    )
    photo_stream.write(photo(), filter=Name.DCTDecode)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(Im1=photo_stream))
    page.obj.Contents = Stream(document, f"BT /F1 12 Tf 20 200 Td ({VISIBLE} lights) Tj ET /Im1 Do".encode())
    page.obj.PieceInfo = Dictionary(Editor=Dictionary(Private=String(PLANTED)))
    page.obj.Thumb = Stream(document, PLANTED.encode())
    page.obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String(PLANTED)))
    page.obj.Annots = Array([document.make_indirect(note) for note in _notes(document)])


def _notes(document: pikepdf.Pdf) -> list[Dictionary]:
    place = Array([10, 10, 50, 50])
    run = Dictionary(S=Name.Launch, F=String(PLANTED))
    script = Dictionary(S=Name.URI, URI=String(f"javascript:{PLANTED}"))
    web = Dictionary(S=Name.URI, URI=String("https://example.org/"), Next=Array([run]))
    attached = Dictionary(Type=Name.Filespec, F=String(PLANTED), EF=Dictionary(F=Stream(document, PLANTED.encode())))
    return [
        Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=place, T=String(PLANTED), Contents=String("a remark")),
        Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=place, FS=attached),
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, A=run),
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, A=script),
        Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, A=web),
        Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=place, RichMediaContent=String(PLANTED)),
    ]


def _revised(first: bytes) -> bytes:
    """Append a revision as editors do: an object that nothing uses any more stays in the file."""
    start = int(first.rpartition(b"startxref")[2].split()[0])
    added = f"\n9999 0 obj\n({PLANTED})\nendobj\n".encode()
    table = f"xref\n9999 1\n{len(first) + 1:010} 00000 n \n".encode()
    with pikepdf.open(io.BytesIO(first)) as document:
        root = document.Root.objgen[0]
    trailer = f"trailer\n<< /Size 10000 /Root {root} 0 R /Prev {start} /Info 9999 0 R >>\n".encode()
    return first + added + table + trailer + f"startxref\n{len(first) + len(added)}\n%%EOF\n{PLANTED}".encode()


def archive(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    new = io.BytesIO()
    with zipfile.ZipFile(new, "w", method) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return new.getvalue()


def everything_in(clean: Path) -> bytes:
    """All that a file holds, also after unpacking, as one heap of bytes in which to look for a word."""
    heap = [clean.read_bytes()]
    if zipfile.is_zipfile(clean):
        with zipfile.ZipFile(clean) as file:
            heap += [name.encode() + file.read(name) + file.getinfo(name).comment for name in file.namelist()]
    elif heap[0].startswith(b"%PDF"):
        with pikepdf.open(clean) as document:
            heap += [_all_of(thing) for thing in document.objects]
            heap.append(document.trailer.unparse())
    else:
        with Image.open(clean) as image:
            heap += [repr(image.info).encode(), repr(dict(image.getexif())).encode()]
    return b"\n".join(heap)


def _all_of(thing: Any) -> bytes:
    if isinstance(thing, Stream):
        content = (
            thing.read_raw_bytes() if "/Filter" in thing and thing.Filter == Name.DCTDecode else thing.read_bytes()
        )
        return bytes(thing.stream_dict.unparse()) + bytes(content)
    return bytes(thing.unparse(resolved=True)) if isinstance(thing, pikepdf.Object) else b""


def holds_planted(clean: Path) -> bool:
    heap = everything_in(clean)
    words = [PLANTED, "Xyzz"]
    return any(word.encode(coding) in heap for word in words for coding in ("utf-8", "utf-16-be", "utf-16-le"))
