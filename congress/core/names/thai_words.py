"""Which Thai name elements are read in another way than their letters say?

Elements of Pali and Sanskrit origin keep vowels that are not written, and letters that are not spoken. Each stands
with the official reading and, after a slash, the usual spelling in passports and on cards.
"""

# What an element is at the end of a name stands in the rules of `thai`; here is what it becomes before another one.
_BEFORE_ANOTHER = """
ณัฐ nattha/natta  ธน thana/tana  วร wora/wora  อร ora/ora  พัชร phatchara/patchara  ภัทร phatthara/pattara
วัชร watchara/watchara  จักร chakkra/jakka  รัตน rattana/ratana  วัฒน watthana/wattana  อินทร intha/intra
จันทร chanthra/jantra  สุนทร sunthon/sunthorn  นพ noppha/noppa  บริ bori/bori  ทัศน thatsana/tassana
กฤษ kritsa/krissa  ปิย piya/piya  สิริ siri/siri  กิตติ kitti/kitti  ชย chaya/chaya  วิทย witthaya/wittaya
อมร amon/amorn  ชล chon/chol  มณี mani/manee  ราช ratcha/racha  เทพ thep/thep  เพชร phet/petch
ศิลป sinlapa/silpa  พงศ phongsa/pongsa  วงศ wongsa/wongsa  ยศ yotsa/yossa  เดช det/dej  เกียรติ kiatti/kiatti
นันท nantha/nanta  สันต santa/santa  กันต kanta/kanta  อนันต ananta/ananta  ชนก chanok/chanok  ปรม parama/parama
อิทธิ itthi/itti  พุทธ phuttha/putta  สิทธิ sitthi/sitti  รัช ratcha/ratcha  ชวน chuan/chuan  ภูว phuwa/puwa
กุล kunla/kulla  พล phon/pol  ศรี si/sri  ฐิต thita/tita  จารุ charu/jaru  สุข suk/suk  วสุ wasu/wasu
อัคร akkhara/akara  บุษ butsa/bussa  พิสิษ phisit/pisit  เศรษฐ settha/setta  พุฒิ phutthi/putti  วุฒิ wutthi/wutti
พรหม phrom/prom  วิศว witsawa/wissawa  นฤ narue/naru  สรร san/san
ศุภ supha/supa  ทศ thotsa/tossa  กมล kamon/kamol  ชัช chatcha/chatcha  พชร phatchara/patchara
"""
_ANYWHERE = """
ชาติ chat/chart  เกียรติ kiat/kiat  ภูมิ phum/poom  สมบัติ sombat/sombat  ทรง song/song  ทราย sai/sai
ศรี si/sri  ทรัพ sap/sap  พร phon/porn  กร kon/korn  เกษม kasem/kasem  สมาน saman/saman  เพชร phet/petch
บุตร but/bud  มิตร mit/mit  จักร chak/jak  ฉัตร chat/chat  เนตร net/net  สมัคร samak/samak  บัณฑิต bandit/bandit
โสภณ sophon/sopon  อรรถ at/at  ธรรม tham/tham  กรรณ kan/kan  สุวรรณ suwan/suwan  พรรณ phan/pan  อังคาร angkhan/angkarn
เสมอ samoe/samer  เกียร kiat/kiat  เสริม soem/serm  แกว kaeo/kaew  กวี kawi/kawee  วรรณ wan/wan  จักรี chakkri/jakree
แสวง sawaeng/sawang  ไสว sawai/sawai  ปฏิ pati/pati  พฤก phruek/pruek  อุดม udom/udom
"""


def _table(text: str) -> dict[str, tuple[str, str]]:
    words = text.split()
    return {native: tuple(sounds.split("/")) for native, sounds in zip(words[::2], words[1::2], strict=True)}  # type: ignore[misc]


BEFORE_ANOTHER = _table(_BEFORE_ANOTHER)
ANYWHERE = _table(_ANYWHERE)
