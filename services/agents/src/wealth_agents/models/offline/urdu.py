# ruff: noqa: RUF001 - Urdu letters are meant
"""Urdu in its own script: what its words are called in the grammar, by the names that roman_urdu gives."""

from wealth_agents.models.offline.glossary import glossary, in_order, verbs

# Left: the name in the grammar. Right: the forms, with phrases between commas.
_WORDS = glossary(
    """
    today: آج
    now: ابھی, اب
    ~kal: کل
    ~parson: پرسوں
    day: دن, دنوں, روز
    week: ہفتہ, ہفتے, ہفتوں
    month: مہینہ, مہینے, مہینوں, ماہ
    year: سال, سالوں, برس
    daily: روزانہ
    weekly: ہفتہ وار, ہفتہ وارانہ
    monthly: ماہانہ, ماہوار
    yearly: سالانہ
    every: ہر
    last: پچھلا, پچھلے, پچھلی, گزشتہ, گذشتہ, آخری
    next: اگلا, اگلے, اگلی, آئندہ
    this: اس, اسی
    ~ye: یہ
    ~pehle: پہلے, قبل
    ~baad: بعد
    ~tareekh: تاریخ
    ~akhir: آخر, اختتام, ختم ہونے
    ~udhaar: ادھار
    1st: یکم, یکم تاریخ, پہلی تاریخ
    monday: پیر, سوموار
    tuesday: منگل
    wednesday: بدھ
    thursday: جمعرات
    friday: جمعہ, جمعے
    saturday: سنیچر
    sunday: اتوار
    january: جنوری
    february: فروری
    march: مارچ
    april: اپریل
    may: مئی, مءی
    june: جون
    july: جولائی
    august: اگست
    september: ستمبر
    october: اکتوبر
    november: نومبر
    december: دسمبر
    ~sarhe: ساڑھے
    ~sawa: سوا
    ~pone: پونے, پون
    ~derh: ڈیڑھ
    ~dhai: ڈھائی, اڑھائی
    ~adha: آدھا, آدھے, آدھی
    ~sau: سو
    ~hazar: ہزار, ہزاروں
    lakh: لاکھ, لاکھوں
    crore: کروڑ
    arab: ارب
    rupees: روپے, روپیہ, روپیے, روپئے, روپیوں
    dollars: ڈالر, ڈالرز
    euros: یورو
    pounds: پاونڈ
    money: پیسے, پیسہ, پیسوں, رقم
    kilo: کلو, کلوگرام
    litre: لیٹر
    dozen: درجن
    pieces: عدد
    percent: فیصد
    oclock: بجے
    times: بار, دفعہ, مرتبہ
    ~ka: کا, کی, کے
    ~ko: کو
    ~se: سے
    ~mein: میں
    ~par: پر, پہ
    ~ne: نے
    ~tak: تک
    ~liye: کے لیے, کے لئے, کیلئے, کیلیے
    ~sath: ساتھ
    ~wala: والا, والے, والی, والوں
    and: اور
    ~ya: یا
    ~to: تو
    ~darmiyan: درمیان
    ~zyada: زیادہ
    ~kam: کم
    ~sab: سب
    total: کل ملا کر, مجموعی, ٹوٹل
    ~kitna: کتنا, کتنے, کتنی
    where: کہاں, کدھر
    who: کون
    ~konsa: کونسا, کونسی, کونسے, کون سا, کون سی, کون سے
    ~kis: کس, کن
    when: کب
    ~kaisa: کیسا, کیسے, کیسی
    why: کیوں
    my: میرا, میرے, میری, ہمارا, ہمارے, ہماری
    own: اپنا, اپنے, اپنی
    ~mujhe: مجھے, ہمیں
    ~hum: ہم, ہم نے
    ~i: میں نے
    you: تم, آپ
    ~wo: وہ
    ~usko: اسے, اسکو, اس کو, انہیں
    ~nahi: نہیں, نہ
    ~chahiye: چاہیے, چاہئے, چاہئیے
    ~galat: غلط, غلطی
    ~paas: پاس
    ~kharch: خرچہ, خرچ, خرچے, خرچوں, اخراجات
    income: آمدنی, آمدن, کمائی
    salary: تنخواہ, سیلری
    bill: بل, بلز, بلوں
    budget: بجٹ, بجٹس
    account: اکاونٹ, اکاونٹس, کھاتہ, کھاتے, کھاتوں
    balance: بیلنس
    transactions: ٹرانزیکشن, ٹرانزیکشنز, لین دین
    goal: ہدف, اہداف, مقصد
    ~bachat: بچت, سیونگ
    portfolio: پورٹ فولیو, پورٹفولیو
    shares: شیئر, شیئرز, حصص, سٹاک, سٹاکس, اسٹاک
    investments: سرمایہ کاری, انویسٹمنٹ, انویسٹمنٹس
    performance: کارکردگی
    profit: منافع, نفع, فائدہ
    loss: نقصان
    ~daulat: دولت, مالیت, اثاثے, اثاثوں, نیٹ ورتھ
    cashflow: کیش فلو
    financial: مالی, مالیاتی
    health: صحت, حالت, ہیلتھ
    score: سکور, اسکور
    strange: عجیب, غیر معمولی, مشکوک, گڑبڑ, انوکھا
    forecast: پیش گوئی, اندازہ, پیشگوئی
    average: اوسط, اوسطا
    compare: مقابلہ, موازنہ
    ~bara: بڑا, بڑے, بڑی, مہنگا, مہنگی
    help: مدد
    thanks: شکریہ, مہربانی, جزاک
    hello: سلام, السلام, آداب, ہیلو
    summary: حساب, خلاصہ, حساب کتاب
    category: زمرہ, زمرے, کیٹیگری
    recurring: بار بار
    subscriptions: سبسکرپشن, سبسکرپشنز
    delete: ڈیلیٹ
    transfer: ٹرانسفر, منتقل
    ~jama: جمع
    ~yaad: یاد
    remind: یاد دہانی
    instalment: قسط, قسطیں
    ~wapas: واپس
    ~behtar: بہتر, اچھا
    upcoming: آنے والے, آنے والا, آنے والی
    ~ada: ادا
    withdraw: ودڈرا
    ~cheez: چیز, چیزوں
    ~muqarrar: مقرر, سیٹ, طے
    stocks: اسٹاکس
    bitcoin: بٹ کوائن, کرپٹو
    due: واجب, واجب الادا
    weather: موسم
    joke: لطیفہ, کہانی
    cash: نقد, کیش, نقدی
    enough: کافی
    shop: دکان, دکانوں
    """
)
_VERBS = verbs(
    {
        "~give": "دے", "~take": "لے", "~do": "کر", "~go": "جا", "~come": "آ", "~be": "ہو", "~buy": "خرید",
        "~fill": "بھر",
        "~keep": "رکھ", "~send": "بھیج", "~get": "مل", "~sell": "بیچ", "~take_out": "نکال نکلوا نکل", "~left": "بچ",
        "~save": "بچا", "~put": "ڈال", "~cost": "لگ", "~spend": "لگا اڑا کھلا دلوا", "~eat": "کھا پی", "~earn": "کما",
        "~have_done": "کروا کرا سلوا کٹوا دھلوا منگوا بنوا ڈلوا لگوا چکا", "~make": "بنا", "~show": "دکھا دیکھ",
        "~tell": "بتا سنا", "~write": "لکھ",
        "~run": "چل", "~reach": "پہنچ", "~remind": "دلا", "~deduct": "کٹ", "~wipe": "مٹا ہٹا", "~add_up": "بڑھا",
        "~want": "چاہ",
        "~change": "بدل", "~return": "لوٹا",
    },
    past=("ا", "ی", "ے", "یں", "یا", "ئی", "ئے", "یے"),
    infinitive=("نا", "نی", "نے"),
    habit=("تا", "تی", "تے", "تیں"),
    future=("وں گا", "وں گی", "ے گا", "ے گی", "یں گے", "یں گی", "ئے گا", "ئے گی", "ئیں گے", "ئیں گی", "ؤں گا",
    "ونگا", "یگا", "ینگے", "ئیگا"),
    command=("و", "ؤ", "یں", "ئیں", "دو"),
    irregular={
        "~give": ("دیا دی دیے دیئے دئے دیئیے دیں", "دینا دینی دینے", "دیتا دیتی دیتے",
        "دوں گا, دوں گی, دیں گے, دے گا, دے گی", "دو دیں دیجیے"),
        "~take": ("لیا لی لیے لئے", "لینا لینی لینے", "لیتا لیتی لیتے", "لوں گا, لوں گی, لیں گے, لے گا", "لو لیں"),
        "~do": ("کیے کئے", "", "", "کروں گا, کریں گے", "کرو کریں کیجیے"),
        "~left": ("رہ", "", "", "رہے گا, رہے گی, رہیں گے", ""),
        "~go": ("گیا گئی گئے گئیں", "", "", "", "جاو"),
        "~come": ("آیا آئی آئے آئیں", "", "", "", "آو"),
        "~be": ("ہوا ہوئی ہوئے تھا تھی تھے تھیں", "ہونا ہونی ہونے", "ہوتا ہوتی ہوتے",
        "ہو گا, ہو گی, ہوں گے, ہوں گی, ہوگا, ہوگی, ہونگے", ""),
    },
)  # fmt: skip
_PRESENT = dict.fromkeys(("ہے", "ہیں", "ہوں"), ("~is", "present"))
GLOSSES = _VERBS | _PRESENT | _WORDS

NUMBERS = dict(
    zip(
        in_order(
            """ایک دو تین چار پانچ چھ سات آٹھ نو دس گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس اکیس بائیس
            تیئیس چوبیس پچیس چھبیس ستائیس اٹھائیس انتیس تیس اکتیس بتیس تینتیس چونتیس پینتیس چھتیس سینتیس اڑتیس
            انتالیس چالیس اکتالیس بیالیس تینتالیس چوالیس پینتالیس چھیالیس سینتالیس اڑتالیس انچاس پچاس اکیاون
            باون تریپن چون پچپن چھپن ستاون اٹھاون انسٹھ ساٹھ اکسٹھ باسٹھ تریسٹھ چونسٹھ پینسٹھ چھیاسٹھ سڑسٹھ
            اڑسٹھ انہتر ستر اکہتر بہتر تہتر چوہتر پچھتر چھہتر ستتر اٹھہتر اناسی اسی اکیاسی بیاسی تراسی چوراسی
            پچاسی چھیاسی ستاسی اٹھاسی نواسی نوے اکیانوے بانوے ترانوے چورانوے پچانوے چھیانوے ستانوے اٹھانوے
            ننانوے"""
        ),
        range(1, 100),
        strict=True,
    )
) | {"چھے": 6, "اک": 1, "تئیس": 23, "دونوں": 2, "انیس": 19}

# کیا is "what" and "did": it did after these, or at the end of a clause that has asked already.
DONE_WITH = frozenset(
    ("~kharch", "~ada", "~jama", "transfer", "~wapas", "delete", "~muqarrar", "start", "withdraw", "compare")
)
AMBIGUOUS_KIYA = "کیا"
