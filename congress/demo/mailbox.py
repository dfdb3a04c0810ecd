"""What did the local mail sink receive?"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

ENVELOPE = {"x-envelope-from", "x-envelope-to"}


def mails(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield each mail as plain JSON values, the oldest first: file, envelope, headers, parts."""
    for path in sorted(folder.glob("*.eml")):
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        yield {
            "file": path.name,
            "envelope": {
                "from": str(message["X-Envelope-From"] or ""),
                "to": [address.strip() for address in str(message["X-Envelope-To"] or "").split(",")],
            },
            "headers": {name: str(value) for name, value in message.items() if name.lower() not in ENVELOPE},
            "parts": [_part(part) for part in message.walk() if not part.is_multipart()],
        }


def _part(part: EmailMessage) -> dict[str, str]:
    is_text = part.get_content_maintype() == "text"
    return {
        "content_type": part.get_content_type(),
        "filename": part.get_filename() or "",
        "text": str(part.get_content()) if is_text else "",
    }
