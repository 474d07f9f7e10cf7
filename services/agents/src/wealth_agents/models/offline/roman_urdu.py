"""Urdu in Latin letters: what its words are called in the grammar, however they are spelt.

A name of the grammar is an English word where that means the same in every rule, otherwise the commonest spelling
after a "~".
"""

from wealth_agents.models.offline.glossary import Gloss, glossary, names, verbs

_WORDS = glossary(
    """
    today: aaj, aj
    now: abhi, ab
    ~kal: kal, kall
    ~parson: parson, parso, parsun
    day: din, dinon, dino, roz
    week: hafta, hafte, haftay, hafton
    month: mahina, mahine, mahinay, maheena, maheene, mahinon, mah, maah, mahiny
    year: saal, sal, saalon, baras
    daily: rozana
    weekly: hafta war, haftawar
    monthly: mahana, mahwar, mahana
    yearly: salana
    every: har
    last: pichla, pichle, pichli, pichlay, pichly, guzishta, guzashta, aakhri, akhri, akhiri
    next: agla, agle, agli, aglay, agly, aainda, ainda, aindah
    this: is, iss, isi
    ~ye: ye, yeh, yay
    ~pehle: pehle, pehlay, pahle, pehly, qabl
    ~baad: baad, bad, bad
    ~tareekh: tareekh, tarikh, tareeq
    ~akhir: aakhir, akhir, ikhtitam, khatam hone, khatm hone
    ~udhaar: udhaar, udhar, udhaari
    1st: yakum, yakam, pehli, pehli tareekh, pehli tarikh, yakum tareekh
    monday: peer, pir, somwar, somvar
    tuesday: mangal
    wednesday: budh, budhwar
    thursday: jumerat, jumeraat, jumeyrat, jummerat
    friday: juma, jumma, jumme, jume, jummah, jumay
    saturday: sanichar, shamba
    sunday: itwar, itvaar
    january: janwari, janvari
    february: farwari, farvari
    april: aprail
    may: mai
    july: julai
    august: agast
    september: sitambar
    october: aktubar
    november: navambar
    december: disambar, desambar
    ~sarhe: sarhe, sarhay, saarhe, saarhay, sadhe, saadhe, saray, sarhy
    ~sawa: sawa, sava, sawaa
    ~pone: paune, pone, ponay, poney, pauney, paunay
    ~derh: derh, dedh, dairh, daidh, deirh, derrh
    ~dhai: dhai, dhaai, dhaayi, adhai, dhay, dhayi, arhai
    ~adha: adha, aadha, adhay, aadhi, adhi
    ~sau: sau, so, saw, soo
    ~hazar: hazar, hazaar, hazr, hazaron, hazzar, hzar
    lakh: lakh, lac, laakh, lakhs, lacs
    crore: crore, karor, carore, crores, karore
    arab: arab
    rupees: rupay, rupey, rupaye, rupees, rupiya, rupe, rupai, rupya, rupiye, rupey
    money: paise, paisay, paisa, paisey, paison, raqam, raqm, pese
    litre: leter, litter
    dozen: darjan
    pieces: adad
    percent: fisad, feesad
    oclock: baje, bajay
    times: baar, dafa, martaba
    ~ka: ka, ki, ke, kay, k
    ~ko: ko
    ~se: se, say, sy
    ~mein: mein, main, mai, me, mei, mn
    ~par: par, pe, pay, pr, py
    ~ne: ne, nay
    ~tak: tak, takk
    ~liye: ke liye, ke liay, kay liye, k liye, k lie
    ~sath: saath, sath
    ~wala: wala, wale, wali, walay, walon, waly
    and: aur, or, awr
    ~ya: ya
    ~to: to, tou
    ~darmiyan: darmiyan, darmian
    due: aakhri tareekh, akhri tareekh, aakhri tarikh
    ~zyada: upar, ooper, uper, zyada, ziyada, zayada, zada, ziada
    limit: had, limit
    ~kam: kam, neeche, niche, neechay
    ~sab: sab, sb
    total: total, kul, majmui
    ~kya: kya, kyaa
    ~kitna: kitna, kitne, kitni, kitnay, kitny
    where: kahan, kahaan, kidhar, kaha
    who: kaun, kon
    ~konsa: konsa, konsi, konse, kaunsa, kaunsi, kaunse, kaun sa, kaun se, kaun si, kon sa, kon se, kon si
    ~kis: kis, kin
    when: kab
    ~kaisa: kaisa, kaise, kaisi, kesa, kese, kesi
    why: kyun, kyon, kiyun
    my: mera, mere, meri, meray, mery, hamara, hamare, hamari
    own: apna, apne, apni, apny
    ~mujhe: mujhe, mujhay, mujhko, mujh, hamein, humein
    ~hum: hum, hum ne, humne
    ~i: maine, mene, mainay, main ne, mein ne, mai ne
    you: tum, aap
    ~wo: wo, woh, vo
    ~usko: usko, use, usay, isko, isay, ise, us ko, is ko, inhein
    ~nahi: nahi, nahin, nai, nhi, nahee, nahe, na
    ~chahiye: chahiye, chahiay, chahye, chaiye, chahie
    ~galat: galat, ghalat, ghalti, galti
    ~paas: paas, pas
    ~kharch: kharch, kharcha, kharche, kharchay, kharchon, kharcho, akhrajat, kharchy
    income: aamdani, amdani, kamai, kamayi
    salary: tankhwah, tankha, tankhwa, tankhuwah, tankhah, tanqah
    bill: bill, bil, bills
    account: khata, khate
    transactions: len den, lain dain
    goal: hadaf, ahdaf, maqsad
    ~bachat: bachat, bacchat
    shares: hissay, hisas
    investments: sarmaya kari, sarmayakari
    performance: karkardagi
    profit: munafa, munafe, faida, nafa, fayda
    loss: nuqsan, nuksan, nuqsaan
    ~daulat: daulat, dolat, maliyat, asasay, asase
    financial: maali, mali
    health: halat, haalat, sehat
    strange: ajeeb, ghair mamooli, gair mamuli, mashkook, gadbad, garbar, anokha
    forecast: andaza, peshgoi
    average: ausat, osat
    compare: farq, muqabla, muwazna, mawazna, mukabla
    ~bara: bara, bare, bari, baray, bada, bade, badi, mehnga, mehngi, mehnge
    help: madad
    thanks: shukriya, shukria, meherbani, mehrbani, jazak
    hello: salam, salaam, assalam, aslam, asalam, adaab
    summary: hisab, hisaab, khulasa, hisab kitab
    category: zumra
    delete: delete
    transfer: transfer, muntaqil
    ~jama: jama, jamma
    ~yaad: yaad, yad
    instalment: qist, kist, qistein
    ~wapas: wapas, wapis, vapas, wapsi
    ~behtar: behtar, acha, achha, behtareen
    upcoming: aane wale, aane wala, aane wali, anay wale, ane wale, aanay walay
    ~ada: ada, adaa
    ~cheez: cheez, chiz, cheezon
    ~muqarrar: set, muqarrar, tay
    bitcoin: bitcoin, crypto
    weather: mausam
    joke: lateefa, latifa, kahani, kahaniyan
    cash: naqd, naqad, nakad, naqdi, naqdh
    enough: kaafi, kafi
    shop: dukan, dukaan
    """
)
_VERBS = verbs(
    {
        "~give": "de", "~take": "le", "~do": "kar", "~go": "ja", "~come": "aa a", "~be": "ho",
        "~buy": "kharid khareed", "~fill": "bhar",
        "~keep": "rakh", "~send": "bhej bheij", "~get": "mil", "~sell": "bech baich",
        "~take_out": "nikal nikalwa nikaal nikl niklwa",
        "~left": "bach bch reh", "~save": "bacha", "~put": "daal dal", "~cost": "lag",
        "~spend": "laga ura uda khila dilwa", "~eat": "kha pi",
        "~earn": "kama", "~have_done": "karwa kara silwa katwa dhulwa mangwa banwa dalwa dlwa lagwa chuka krwa",
        "~make": "bana", "~show": "dikha dekh",
        "~tell": "bata suna", "~write": "likh", "~run": "chal", "~reach": "pahunch pohanch pohonch", "~remind": "dila",
        "~deduct": "kat", "~wipe": "mita hata", "~add_up": "barha", "~want": "chah", "~change": "badal",
        "~return": "lauta",
    },
    past=("a", "i", "e", "ay", "in", "ya", "yi", "ye", "yee", "yay", "ein", "aya", "ee"),
    infinitive=("na", "ni", "ne", "nay", "ana", "ani", "ane"),
    habit=("ta", "ti", "te", "tay"),
    future=("unga", "oonga", "ungi", "oongi", "ega", "egi", "enge", "engay", "eingay", "einge", "yega", "yegi",
    "yenge", "yein ge", "ye ga",
            "ein ge", "en ge", "un ga", "oon ga", "e ga", "yenge", "aenge"),
    command=("o", "ao", "ein", "en", "lo", "do", "dena", "un", "oon", "iye", "dein"),
    irregular={
        "~give": ("diya di diye diyay diay dye dia diyae", "dena deni dene denay", "deta deti dete",
        "dunga, doonga, dungi, denge, dega, degi, dein ge, de ga",
                  "dedo dein do deo"),
        "~take": ("liya li liye liay lia lye", "lena leni lene", "leta leti lete", "lunga, lenge, lega, loonga",
        "lo lelo"),
        "~do": ("kiya kiye kiay kia", "karna karni karne krna krni krne", "karta karti karte",
        "karunga, karenge, karega", "karo karein kardo krdo kr krein"),
        "~left": ("bacha bache bachay bachi", "", "", "rahega, rahegi, rahenge, rahe ga, rahen ge", ""),
        "~go": ("gaya gayi gaye gai gay gya gyi", "jana jani jane", "jata jati jate",
        "jayega, jayenge, jaunga, jayegi, jaega, jaenge, jaye ga, jayen ge", ""),
        "~come": ("aaya aya aayi ayi aaye aye aai", "aana aani aane ana anay", "aata aati aate ata ati",
        "aayega, aega, aayenge, ayegi", ""),
        "~be": ("hua hui huay hue huwa huwi tha thi thay the thin", "hona honi hone", "hota hoti hote",
        "hoga, hogi, honge, ho ga, ho gi, hon ge, hongay", ""),
    },
)  # fmt: skip
_PRESENT = dict.fromkeys(("hai", "hain", "he", "hay", "hy", "hon", "h", "hei", "hoon", "hun", "hu"), ("~is", "present"))
GLOSSES: dict[str, Gloss] = {
    word: gloss for word, gloss in (_VERBS | _PRESENT | _WORDS).items() if word not in {"aa", "a", "ae", "ai", "an"}
}

NUMBERS: dict[str, int] = {
    word: value
    for value, words in {
        1: "ek aik ikk", 2: "do", 3: "teen tin", 4: "char chaar", 5: "paanch panch paach", 6: "chhe chhay cheh che",
        7: "saat sat",
        8: "aath ath", 9: "nau", 10: "das dus", 11: "gyarah gyara", 12: "barah bara", 13: "terah tera",
        14: "chaudah chodah", 15: "pandrah pandra pandarah",
        16: "solah sola", 17: "satrah satra", 18: "atharah athara", 19: "unees unnis", 20: "bees bis",
        21: "ikkees ikkis", 22: "baees bais",
        23: "teis teyis", 24: "chaubees chobis chobees", 25: "pachees pachis pachchis", 26: "chabbees chabbis",
        27: "sataees satais", 28: "athaees athais", 29: "untees unattis",
        30: "tees", 31: "iktees", 32: "battees battis", 33: "tentees", 34: "chontees", 35: "paintees pentis paintis",
        36: "chattees chattis", 37: "sentees",
        38: "artees", 39: "untalis", 40: "chalees chalis", 41: "iktalis", 42: "bayalis", 43: "tentalis",
        44: "chawalis", 45: "paintalis pentalis paintalees", 46: "chiyalis",
        47: "sentalis", 48: "artalis", 49: "unchas", 50: "pachas pachaas", 51: "ikawan", 52: "bawan", 53: "tirpan",
        54: "chawwan", 55: "pachpan", 56: "chappan",
        57: "satawan", 58: "athawan", 59: "unsath", 60: "saath saathh", 61: "iksath", 62: "basath", 63: "tresath",
        64: "chonsath", 65: "painsath",
        66: "chiyasath", 67: "sarsath", 68: "arsath", 69: "unhattar", 70: "sattar", 71: "ikhattar", 72: "bahattar",
        73: "tihattar", 74: "chohattar",
        75: "pachattar pichattar pachhattar", 76: "chihattar", 77: "satattar", 78: "athattar", 79: "unasi",
        80: "assi asi", 81: "ikasi", 82: "bayasi", 83: "tirasi",
        84: "chorasi", 85: "pachasi", 86: "chiyasi", 87: "satasi", 88: "athasi", 89: "nawasi",
        90: "nabbe nawway nawe navve", 91: "ikanway", 92: "banway",
        93: "tiranway", 94: "choranway", 95: "pachanway", 96: "chiyanway", 97: "satanway", 98: "athanway",
        99: "ninanway",
    }.items()
    for word in words.split()
}  # fmt: skip
# Numbers that are other words too, and count only before a scale or a currency.
DOUBTFUL_NUMBERS = frozenset(
    (
        "saath",
        "bara",
        "tera",
        "sat",
        "bais",
        "asi",
        "che",
        "tin",
        "ath",
        "do",
        "sola",
        "athara",
        "bis",
        "دو",
        "ستر",
        "اسی",
    )
)

# English words that are Urdu ones in a sentence that is Urdu otherwise.
ENGLISH_TOO = names(
    """had limit is to me main the so do or an pay hum use par pas bad baad he sat char tin das din dal are lag ma
    an may say kay hay say aye ran and mali set total bill bills health delete transfer bitcoin crypto ana pin
    sent den dye chat lie nay na sy pr ate ice cat dino arab kin mail ye you see day rang man hue thin lac kill
    bare bara bari sal mah saw sab kam pir mil mile pie pine banana pita karen kate date pen"""
)


def spelling(word: str) -> str:
    """The same for the spellings of a word: kharidi and khareedee, hafte and haftay, waqt and vakt."""
    for written, spoken in (
        ("aa", "a"),
        ("ee", "i"),
        ("oo", "u"),
        ("ii", "i"),
        ("uu", "u"),
        ("ou", "u"),
        ("w", "v"),
        ("q", "k"),
        ("ph", "f"),
    ):
        word = word.replace(written, spoken)
    if word.endswith(("ay", "ey", "ai")):
        word = f"{word[:-2]}e"
    word = word.removesuffix("h") if len(word) > len("abcd") else word
    return "".join(letter for letter, before in zip(word, f" {word}", strict=False) if letter != before)
