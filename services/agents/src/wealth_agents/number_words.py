"""Numbers that are written as words: English, Urdu and Roman Urdu."""

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_URDU = "صفر ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس"
_URDU_TENS = "بیس تیس چالیس پچاس ساٹھ ستر اسی نوے"
_ROMAN = "sifar ek do teen char panch chay saat aath nau das gyara bara tera chauda pandra sola satra athara unees"
_ROMAN_TENS = "bees tees chalees pachas saath sattar assi navvay"


def _numbers(units: str, tens: str) -> dict[str, int]:
    return {word: value for value, word in enumerate(units.split())} | {
        word: 10 * value for value, word in enumerate(tens.split(), start=2)
    }


NUMBERS = {
    **_numbers(_ROMAN, _ROMAN_TENS),
    **_numbers(_URDU, _URDU_TENS),
    **_numbers(_ENGLISH, _ENGLISH_TENS),
    "پچیس": 25,
    "pachees": 25,
    "paanch": 5,
    "chaar": 4,
    "che": 6,
}

HUNDREDS = {"hundred": 100, "سو": 100, "sau": 100}

THOUSANDS = {
    **dict.fromkeys(("thousand", "grand", "hazar", "hazaar", "ہزار"), 10**3),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs", "لاکھ"), 10**5),
    **dict.fromkeys(("million", "millions", "mn", "mio", "ملین"), 10**6),
    **dict.fromkeys(("crore", "crores", "karor", "کروڑ"), 10**7),
    **dict.fromkeys(("billion", "billions", "bn", "arab", "ارب"), 10**9),
}

# Only directly behind the digits: "15k", but "5 m" are metres.
LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9}

PERCENT = frozenset({"%", "percent", "pct", "per cent", "فیصد", "feesad"})

_CURRENCIES = (
    "dollar dollars buck bucks cent cents euro euros pound pounds pence rupee rupees rupay rupaye paisa paise rs dirham"
    " dirhams riyal riyals yen franc francs taka yuan lira usd eur gbp pkr inr aed sar jpy chf cad aud bdt cny try"
    " روپے روپیہ روپیے ڈالر یورو پاؤنڈ درہم ریال"
)
CURRENCIES = frozenset(_CURRENCIES.split())
