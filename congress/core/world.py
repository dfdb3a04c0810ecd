"""Where on the map of the world does each country lie?

The map (static/img/world.svg) shows land and no borders: where they run is not for this network to say. It is drawn in
the Equal Earth projection, 1000 units from east to west. A country's point is the middle of its largest piece of land,
or its capital where it is too small. Source: Natural Earth and the time zone database, both in the public domain.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType
from typing import Final

WIDTH: Final = 1000
HEIGHT: Final = 435

_POINTS: Final = """
    AD 504 90, AE 645 153, AF 668 119, AG 332 178, AI 329 174, AL 549 95, AM 610 97, AO 548 287, AR 336 366, AS 33
    295, AT 533 75, AU 855 334, AW 308 195, AX 542 40, AZ 617 97, BA 543 85, BB 337 192, BD 740 153, BE 511 66, BF
    495 196, BG 561 89, BH 634 146, BI 583 254, BJ 506 205, BL 330 175, BM 334 124, BN 818 225, BO 324 303, BQ 312
    196, BR 354 281, BS 293 150, BT 738 141, BW 564 323, BY 562 58, BZ 259 178, CA 284 49, CC 766 287, CD 566 252,
    CF 557 217, CG 542 245, CH 519 77, CI 485 213, CK 71 320, CL 320 364, CM 535 220, CN 760 112, CO 297 227, CR 268
    204, CU 288 162, CV 435 185, CW 310 196, CX 791 280, CY 584 115, CZ 535 68, DE 524 65, DJ 617 198, DK 520 50, DM
    333 184, DO 309 171, DZ 507 139, EC 282 247, EE 555 44, EG 579 144, EH 467 152, ER 606 184, ES 491 97, ET 609
    209, FI 553 30, FJ 983 308, FK 367 420, FM 938 216, FO 486 35, FR 506 78, GA 533 244, GB 495 57, GD 330 196, GE
    606 91, GF 355 223, GG 494 69, GH 497 212, GI 487 111, GL 423 14, GM 458 191, GN 470 202, GP 332 181, GQ 529
    236, GR 556 100, GT 253 183, GU 897 191, GW 459 196, GY 336 223, HK 806 159, HN 263 186, HR 539 82, HT 303 171,
    HU 545 76, ID 817 242, IE 482 58, IL 590 127, IM 490 55, IN 712 158, IO 700 269, IQ 612 122, IR 640 124, IS 463
    29, IT 530 87, JE 495 70, JM 290 174, JO 595 128, JP 846 109, KE 605 239, KG 682 94, KH 788 194, KI 63 234, KM
    619 285, KN 329 177, KP 813 98, KR 821 110, KW 624 134, KY 280 170, KZ 656 74, LA 781 173, LB 591 118, LC 333
    190, LI 522 76, LK 723 213, LR 474 217, LS 573 349, LT 552 53, LU 514 68, LV 554 48, LY 547 143, MA 478 133, MC
    518 86, MD 567 76, ME 547 89, MF 329 174, MG 626 313, MH 974 215, MK 553 93, ML 490 177, MM 759 163, MN 742 77,
    MO 804 160, MP 898 185, MQ 333 187, MR 472 167, MS 331 179, MT 536 112, MU 655 316, MV 704 226, MW 594 291, MX
    228 154, MY 818 228, MZ 597 305, NA 546 323, NC 945 320, NE 525 177, NF 938 348, NG 522 206, NI 267 194, NL 513
    61, NO 526 32, NP 720 138, NR 964 243, NU 41 312, NZ 909 397, OM 651 165, PA 279 210, PE 295 275, PF 94 307, PG
    899 266, PH 831 182, PK 680 133, PL 544 62, PM 368 77, PN 159 331, PR 320 174, PS 591 125, PT 480 99, PW 872
    213, PY 344 327, QA 636 148, RE 649 319, RO 559 80, RS 550 85, RU 702 41, RW 583 249, SA 619 153, SB 942 277, SC
    654 259, SD 582 182, SE 534 35, SG 788 236, SH 484 301, SI 535 79, SJ 528 6, SK 545 71, SL 467 209, SM 530 86,
    SN 460 188, SO 627 224, SR 345 226, SS 584 214, ST 518 241, SV 257 190, SX 329 174, SY 598 115, SZ 583 339, TC
    308 161, TD 551 185, TG 503 210, TH 776 185, TJ 676 103, TK 27 276, TL 848 274, TM 647 101, TN 524 118, TO 29
    320, TR 588 102, TT 331 203, TV 995 273, TW 822 154, TZ 596 265, UA 572 70, UG 590 237, US 256 102, UY 356 360,
    UZ 654 93, VA 530 92, VC 332 192, VE 317 215, VG 325 173, VI 324 176, VN 789 180, VU 956 298, WF 17 291, WS 27
    292, YE 630 182, YT 624 289, ZA 566 347, ZM 576 291, ZW 581 312
"""


def _read(points: str) -> dict[str, tuple[int, int]]:
    entries = (entry.split() for entry in points.split(","))
    return {code: (int(x), int(y)) for code, x, y in entries}


POINTS: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(_read(_POINTS))


@dataclass(frozen=True)
class Bubble:
    """A number drawn at a place: its area grows with the number. `label` says all of it in words."""

    x: int
    y: int
    radius: float
    label: str
    url: str


LARGEST, SMALLEST = 22.0, 3.0


def bubbles(counts: Mapping[str, tuple[int, str, str]]) -> list[Bubble]:
    """Return a bubble for each country by its code, from (number, label, address); the largest first, to lie below."""
    most = max((number for number, _label, _url in counts.values()), default=1)
    drawn = [
        Bubble(*POINTS[code], round(max(SMALLEST, LARGEST * sqrt(number / most)), 1), label, url)
        for code, (number, label, url) in counts.items()
        if number and code in POINTS
    ]
    return sorted(drawn, key=lambda bubble: -bubble.radius)
