"""What does an e-mail address say about whose it is?"""

import re
from typing import Final

# Not localhost, and no number in brackets: a letter must not be sent to a machine inside.
PUBLIC_DOMAIN: Final = re.compile(r"@[^\[\]]+\.[^\[\]]+$")

# Addresses that anybody takes for an hour: nobody can be found by one.
_DISPOSABLE: Final = """
    10minutemail.com 20minutemail.com 33mail.com anonaddy.me byom.de discard.email discardmail.com dispostable.com
    dropmail.me emailondeck.com fakeinbox.com getairmail.com getnada.com grr.la guerrillamail.biz guerrillamail.com
    guerrillamail.de guerrillamail.net guerrillamail.org guerrillamailblock.com harakirimail.com inboxkitten.com
    incognitomail.org jetable.org mail-temp.com mail.tm mailcatch.com maildrop.cc mailinator.com mailinator.net
    mailnesia.com mailnull.com mailsac.com minutemail.com mintemail.com moakt.com mohmal.com mytemp.email
    nada.email sharklasers.com spam4.me spamgourmet.com temp-mail.io temp-mail.org tempail.com tempmail.dev tempmail.net
    tempmailo.com tempr.email throwawaymail.com tmpmail.net tmpmail.org trash-mail.com trashmail.com trashmail.de
    trashmail.net wegwerfmail.de yopmail.com yopmail.fr yopmail.net
    """
DISPOSABLE_DOMAINS: Final = frozenset(_DISPOSABLE.split())

# Where anybody has a mailbox for good: an address there says nothing about where its holder works.
_OPEN_TO_ALL: Final = """
    126.com 139.com 163.com aol.com bluewin.ch daum.net fastmail.com free.fr gmail.com gmx.at gmx.ch gmx.com gmx.de
    gmx.net googlemail.com hey.com hotmail.co.uk hotmail.com hotmail.fr hotmail.it icloud.com inbox.ru laposte.net
    libero.it list.ru live.com mac.com mail.com mail.ru mailbox.org me.com msn.com naver.com orange.fr outlook.com
    outlook.fr posteo.de proton.me protonmail.com qq.com rambler.ru rediffmail.com sina.com t-online.de tuta.com
    tutanota.com uol.com.br wanadoo.fr web.de yahoo.co.in yahoo.co.jp yahoo.co.uk yahoo.com yahoo.com.br yahoo.de
    yahoo.es yahoo.fr yandex.com yandex.ru ymail.com zoho.com
    """
OPEN_DOMAINS: Final = frozenset(_OPEN_TO_ALL.split())


def domain_of(email: str) -> str:
    """Return the part after the sign, in small letters."""
    return email.rpartition("@")[2].lower()


def with_parents(domain: str) -> list[str]:
    """Return a mail domain and those above it, without the last one, which is nobody's own."""
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(len(parts) - 1)]


def one_domain(first: str, second: str) -> bool:
    """Tell whether two mail domains are one, or one lies within the other."""
    return f".{first}".endswith(f".{second}") or f".{second}".endswith(f".{first}")


def is_disposable(email: str) -> bool:
    """Tell whether an address is of a service that gives one to anybody, for minutes."""
    parts = domain_of(email).split(".")
    return any(".".join(parts[start:]) in DISPOSABLE_DOMAINS for start in range(len(parts)))


def is_anybodys(domain: str) -> bool:
    """Tell whether a mail domain is no organisation's own: a provider for everybody, or for minutes."""
    return domain in OPEN_DOMAINS or is_disposable(f"@{domain}")


def mailbox_of(email: str) -> str:
    """Return an address without what many servers ignore (dots, a tag after a plus, capitals), to compare it."""
    local, _sign, domain = email.lower().rpartition("@")
    return f"{local.partition('+')[0].replace('.', '')}@{domain}"
