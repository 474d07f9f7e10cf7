# ruff: noqa: RUF001 - Urdu letters are meant
"""What money is spent on or comes from, in three languages, by one English name for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wealth_agents.models.offline.glossary import phrases
from wealth_agents.models.offline.roman_urdu import spelling

INCOME = frozenset({"salary", "freelance", "bonus", "dividends", "interest", "pension"})

# Names of payees: they tell the category of what is bought there, but a question about one is about that payee alone.
BRANDS = frozenset(
    (
        "amazon",
        "daraz",
        "imtiaz",
        "netflix",
        "spotify",
        "icloud",
        "uber",
        "careem",
        "bykea",
        "foodpanda",
        "fiverr",
        "upwork",
        "ptcl",
        "نیٹ فلکس",
        "دراز",
        "کریم",
        "اوبر",
    )
)

_LONGEST_PHRASE = 3
_SHORTEST_SPELT = 4
_SHORTEST_STEM = 3
_NAMES: dict[str, str] = {
    "electricity": "electricity, electric, power bill, lesco, k-electric, iesco, wapda, bijli, bijlee, bijlii, بجلی",
    "gas": "gas, gas bill, sui gas, ssgc, sngpl, گیس, سوئی گیس",
    "water": "water, water bill, water tanker, pani, paani, tanker, پانی, ٹینکر",
    "internet": "internet, wifi, wi-fi, broadband, ptcl, nayatel, انٹرنیٹ, وائی فائی",
    "phone": """phone bill, mobile bill, mobile load, mobile top up, mobile ka bill, phone ka bill, top up,
        topup, recharge, recharged, easyload, easy load, load, mobile ka kharcha, mobile package, phone spending,
        cell phone, airtime, jazz load, mobile phone bill, موبائل لوڈ, لوڈ, ایزی لوڈ, موبائل کا بل, فون کا بل,
        موبائل بل, ریچارج, پیکج""",
    "rent": "rent, kiraya, kiraye, kiraaya, kraya, makan ka kiraya, housing, کرایہ, کرائے, کرایے, مکان کا کرایہ",
    "fuel": """petrol, fuel, diesel, cng, gasoline, petrol pump, tank, filled up, gas station, patrol, pitrol,
        tel dalwaya, bike mein, dizel, پیٹرول, پٹرول, ڈیزل, سی این جی, فیول""",
    "groceries": """grocery, groceries, supermarket, kirana, kiryana, kiraana, kiryane, kirane, sauda, soda
        salaf, sauda salaf, rashan, ration, sabzi, sabziyan, sabzian, vegetables, vegetable, fruit, fruits, phal,
        atta, aata, flour, cheeni, chini, sugar, doodh, milk, anday, ande, eggs, egg, gosht, meat, chicken, aloo,
        pyaz, piyaz, tamatar, kele, kelay, آلو, پیاز, ٹماٹر, کیلے, murghi, chawal, rice, daal, dal, ghee, cooking
        oil, bread, dahi, yogurt, imtiaz, کریانہ, کریانے, سودا, سودا سلف, راشن, سبزی, سبزیاں, پھل, آٹا, چینی,
        دودھ, انڈے, گوشت, مرغی, چاول, دال, گھی, گروسری, دہی""",
    "dining": """ate out, ate at, eating out, eat out, eating outside, dining, dining out, restaurant,
        restaurants, lunch, dinner, breakfast, brunch, cafe, coffee, tea, chai, chay, pizza, burger, burgers,
        biryani, karahi, takeaway, take-out, takeout, foodpanda, fast food, sandwich, snacks, snack, juice, ice
        cream, bahar khana, bahar khane, bahar ka khana, khana, khane, nashta, dawat, hotel mein khana, کھانا,
        کھانے, باہر کھانا, باہر کھانے, چائے, ناشتہ, ناشتا, ریستوران, ہوٹل, پیزا, برگر, بریانی, کافی پی, آئس کریم,
        دعوت""",
    "transport": """transport, transportation, transit, commuting, commute, rickshaw, riksha, rikshaw, raksha,
        taxi, cab, uber, careem, indrive, bykea, bus, metro bus, train, parking, toll, fare, bus fare, gari ka
        kiraya, bus ka kiraya, rickshaw ka kiraya, رکشہ, رکشے, رکشا, ٹیکسی, بس, کریم, اوبر, کرایہ بس, بس کا
        کرایہ, پارکنگ, ٹرین""",
    "education": """school fees, school fee, fees, tuition, tuition fee, education, school, college, university,
        books, course, bachon ki fees, fee, سکول کی فیس, اسکول کی فیس, فیس, تعلیم, سکول, اسکول, ٹیوشن, کالج,
        یونیورسٹی, کتابیں""",
    "health": """medicine, medicines, medical, doctor, hospital, pharmacy, chemist, dentist, clinic, dawai, dawa,
        dawaiyan, dawaai, dawaiyaan, dawaiyon, ilaj, ilaaj, health care, healthcare, doctor ki fees, lab test,
        دوائی, دوا, دوائیں, دوائیاں, ادویات, ڈاکٹر, ہسپتال, ہاسپٹل, علاج""",
    "charity": """charity, zakat, zakaat, sadqa, sadaqah, sadqah, donation, donated, donate, donations, khairat,
        fitrana, chanda, zakat ke, زکوٰۃ, زکات, زکوۃ, صدقہ, خیرات, فطرانہ, چندہ""",
    "clothing": """clothes, clothing, shirt, shirts, kapray, kapre, kapde, kapra, shoes, shoe, jootay, joote,
        jute, jotay, jacket, dress, jeans, trousers, suit, کپڑے, کپڑا, جوتے, جوتا, سوٹ, شرٹ""",
    "shopping": "shopping, amazon, daraz, online shopping, شاپنگ, خریداری, دراز",
    "entertainment": "entertainment, cinema, movie, movies, film, concert, games, tafreeh, تفریح, سینما, فلم",
    "subscriptions": "subscription, netflix, spotify, youtube premium, prime, icloud, نیٹ فلکس, سبسکرپشن",
    "travel": """travel, trip, hotel, flight, flights, airfare, ticket, tickets, safar, vacation, holiday, ہوٹل
        میں, سفر, ٹکٹ, فلائٹ""",
    "insurance": "insurance, bima, premium, insurance premium, car insurance, انشورنس, بیمہ, بیما",
    "loan": """loan, instalment, installment, emi, mortgage, qist, kist, qistein, loan repayment, qarz, qarza,
        karza, gari ki qist, car loan, قسط, قسطیں, قرض, قرضہ, لون""",
    "gifts": "gift, gifts, present, presents, tohfa, tohfay, tohfe, eidi di, salami di, تحفہ, تحفے",
    "personal care": """haircut, salon, barber, parlour, parlor, cosmetics, makeup, baal katwaye, nai, حجام,
        پارلر, میک اپ""",
    "household": """household, furniture, maid, cleaner, cleaning, maali, gardener, safai wali, bartan, صفائی,
        صفائی والی, مالی کو, فرنیچر, برتن""",
    "repairs": """repair, repairs, plumber, electrician, mechanic, mistri, mistry, marammat, maintenance, مستری,
        مرمت, مکینک, پلمبر, الیکٹریشن""",
    "fitness": "gym, fitness, جم",
    "taxes": "tax, taxes, income tax, ٹیکس",
    "salary": """salary, salaries, paycheck, wage, wages, pay check, tankhwah, tankha, tankhwa, tankhuwah,
        tankhah, تنخواہ, سیلری""",
    "freelance": "freelance, freelancing, fiverr, upwork, client, فری لانسنگ, فری لانس, کلائنٹ, فائیور",
    "bonus": "bonus, بونس",
    "dividends": "dividend, dividends, ڈیویڈنڈ",
    "interest": "interest, profit on savings",
    "pension": "pension, پنشن",
    "bills": "utilities, utility bills, یوٹیلٹی",
    "children": "bachon, kids, diapers, pampers, toys, بچوں, کھلونے",
}  # fmt: skip
_BY_PHRASE = {phrase: name for name, text in _NAMES.items() for phrase in phrases(text)}
_ROMAN_ENDINGS = ("iyon", "iyan", "on", "en", "an", "a", "e", "i", "o")
_URDU_ENDINGS = ("یوں", "یاں", "وں", "یں", "ہ", "ا", "ے", "ی")


def _stem(word: str) -> str:
    """Without what number and case add: nashta, nashte and nashton; کریانہ and کریانے."""
    urdu = word[0] >= "\u0600"
    spelt = word if urdu else spelling(word)
    for ending in _URDU_ENDINGS if urdu else _ROMAN_ENDINGS:
        if spelt.endswith(ending) and len(spelt) - len(ending) >= (_SHORTEST_STEM if urdu else _SHORTEST_SPELT):
            return spelt.removesuffix(ending)
    return spelt


_BY_STEM = {
    _stem(phrase): name for phrase, name in _BY_PHRASE.items() if " " not in phrase and len(phrase) >= _SHORTEST_SPELT
}
# These give way to any other category in the sentence, and the later to the earlier: a bus's rent, a doctor's fees.
_GENERAL = ("rent", "education", "water", "shopping", "subscriptions", "loan", "household", "bills", "children")


@dataclass(frozen=True, slots=True)
class Named:
    """A category and the words that name it: from `start` up to, not including, `end`."""

    name: str
    start: int
    end: int


def find_categories(words: Sequence[str], *, urdu: bool, verbs: frozenset[int] = frozenset()) -> list[Named]:
    """`words` as they are written; `urdu` lets all but `verbs` vary in spelling and ending."""
    return list(_find(words, urdu=urdu, verbs=verbs))


def _find(words: Sequence[str], *, urdu: bool, verbs: frozenset[int]) -> Iterator[Named]:
    at = 0
    while at < len(words):
        found = _at(words, at, varies=urdu and at not in verbs)
        if found is None:
            at += 1
        else:
            yield found
            at = found.end


def _at(words: Sequence[str], at: int, *, varies: bool) -> Named | None:
    for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
        phrase = " ".join(words[at : at + length])
        name = _BY_PHRASE.get(phrase) or _BY_PHRASE.get(phrase.removesuffix("s"))
        if name:
            return Named(name, at, at + length)
    word = words[at]
    name = _BY_STEM.get(_stem(word)) if varies and len(word) >= _SHORTEST_SPELT else None
    return Named(name, at, at + 1) if name else None


def main_category(named: Sequence[Named]) -> str | None:
    particular = [one.name for one in named if one.name not in _GENERAL]
    general = [name for name in _GENERAL if name in {one.name for one in named}]
    return next(iter([*particular, *general]), None)


def canonical(text: str) -> str | None:
    """The category that a name such as "Food & Dining" or "petrol" stands for."""
    words = text.casefold().replace("&", " ").split()
    if BRANDS & set(words):
        return None
    return main_category(find_categories(words, urdu=True))
