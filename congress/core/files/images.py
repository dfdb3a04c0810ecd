"""How does an image lose everything but its pixels?"""

import io
import warnings
from pathlib import Path
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageOps

from congress.core.files import limits
from congress.core.files.kinds import Kind
from congress.core.files.refusal import Reason, RefusalError

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# Telephones append a second picture to a JPEG; Pillow calls that MPO, and only the first one is kept.
PHOTOS = frozenset({"JPEG", "MPO"})
MAY_MOVE = frozenset({"PNG", "WEBP", "GIF"})
SAVING: dict[Kind, dict[str, Any]] = {
    Kind.JPEG: {"format": "JPEG", "quality": 90},
    Kind.PNG: {"format": "PNG"},
}
SRGB = ImageCms.createProfile("sRGB")


def clean(source: Path, target: Path) -> Kind:
    """Write an image's pixels as a new image, upright and in sRGB; return its kind. Raises: RefusalError."""
    with source.open("rb") as old, target.open("wb") as new:
        return rewrite(old, new)


def rewrite(old: BinaryIO, new: BinaryIO, *, still: bool = False) -> Kind:
    """Write an open image anew; of one that moves take the first picture if `still`, else refuse."""
    pixels, kind = pixels_of(old, still=still)
    pixels.save(new, **SAVING[kind])
    return kind


def pixels_of(old: BinaryIO, *, still: bool = False) -> tuple[Image.Image, Kind]:
    """Return nothing but the pixels of an open image, upright and in sRGB, and the kind that suits them.

    Raises: RefusalError, and whatever Pillow raises.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _opened(old, still=still)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise RefusalError(Reason.TOO_MANY_PIXELS) from error


def _opened(old: BinaryIO, *, still: bool) -> tuple[Image.Image, Kind]:
    with Image.open(old, formats=FORMATS) as image:
        if image.width * image.height > limits.IMAGE_PIXELS:
            raise RefusalError(Reason.TOO_MANY_PIXELS)
        if image.format in MAY_MOVE and getattr(image, "n_frames", 1) > 1 and not still:
            raise RefusalError(Reason.ANIMATED)
        kind = _kind(image)
        return _pixels(image, may_be_clear=kind is Kind.PNG), kind


def _kind(image: Image.Image) -> Kind:
    """WebP becomes what it is most like: its encoder needs four times the memory of the others."""
    is_photo = image.format in PHOTOS or (image.format == "WEBP" and not image.has_transparency_data)
    return Kind.JPEG if is_photo else Kind.PNG


def _pixels(image: Image.Image, *, may_be_clear: bool) -> Image.Image:
    """Return nothing but pixels: what is known beside them stays behind in `info` and is dropped."""
    profile = image.info.get("icc_profile")
    ImageOps.exif_transpose(image, in_place=True)
    plain = _in_srgb(image.convert(_mode(image, may_be_clear=may_be_clear)), profile)
    plain.info.clear()
    plain.getexif().clear()
    return plain


def _mode(image: Image.Image, *, may_be_clear: bool) -> str:
    if may_be_clear and image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in {"1", "L"} else "RGB"


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the colours as most screens show them, so that the profile, which may name a device, can go."""
    if not profile or image.mode == "L":
        return image
    try:
        ImageCms.profileToProfile(image, io.BytesIO(profile), SRGB, inPlace=True)
    except ImageCms.PyCMSError:  # a profile that is damaged or for other colours changes nothing
        return image
    return image


def on_white(pixels: Image.Image) -> Image.Image:
    """Return pixels without anything clear among them, for what has no clear ones: JPEG, and paper."""
    if pixels.mode != "RGBA":
        return pixels.convert("RGB")
    plain = Image.new("RGB", pixels.size, "white")
    plain.paste(pixels, mask=pixels.getchannel("A"))
    return plain
