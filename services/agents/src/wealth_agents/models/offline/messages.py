# ruff: noqa: RUF001 - Urdu letters are meant
"""What the analyst says, in the language that it was asked in. Figures, names and dates are put in as they are."""

from wealth_agents.models.offline.language import Language
from wealth_agents.models.offline.periods import EARLIEST, Period

_COLUMN = {Language.ENGLISH: 0, Language.ROMAN_URDU: 1, Language.URDU: 2}

# Each in English, Roman Urdu and Urdu.
_MESSAGES: dict[str, tuple[str, str, str]] = {
    "spent": ("You spent {amount} {when}.", "Aap ne {when} {amount} kharch kiye.", "آپ نے {when} {amount} خرچ کیے۔"),
    "spent_on": (
        "You spent {amount} on {category} {when} ({count}).",
        "Aap ne {when} {category} par {amount} kharch kiye ({count}).",
        "آپ نے {when} {category} پر {amount} خرچ کیے ({count})۔",
    ),
    "paid_to": (
        "You paid {amount} to payees named “{subject}” {when} ({count}).",
        "Aap ne {when} “{subject}” ko {amount} diye ({count}).",
        "آپ نے {when} “{subject}” کو {amount} دیے ({count})۔",
    ),
    "nothing_on": (
        "I found no spending on “{subject}” {when}: no category and no payee of that name.",
        "Mujhe {when} “{subject}” par koi kharch nahi mila: is naam ki koi category ya payee nahi hai.",
        "مجھے {when} “{subject}” پر کوئی خرچ نہیں ملا: اس نام کی کوئی کیٹیگری یا وصول کنندہ نہیں ہے۔",
    ),
    "paid": ("You paid {amount} {when}.", "Aap ne {when} {amount} diye.", "آپ نے {when} {amount} دیے۔"),
    "no_spending": ("I found no spending {when}.", "Mujhe {when} koi kharch nahi mila.",
    "مجھے {when} کوئی خرچ نہیں ملا۔"),
    "largest_categories": ("The largest categories:", "Sab se bari categories:", "سب سے بڑی کیٹیگریز:"),
    "by_category": ("By category:", "Category ke hisab se:", "کیٹیگری کے حساب سے:"),
    "most_went_to": ("Most of it went to:", "Zyada tar in ko gaye:", "زیادہ تر ان کو گئے:"),
    "spent_most_on": ("You spent most on:", "Sab se zyada in par kharch hua:", "سب سے زیادہ ان پر خرچ ہوا:"),
    "income": (
        "Your income {when} was {amount}.",
        "{when} aap ki amdani {amount} thi.",
        "{when} آپ کی آمدنی {amount} تھی۔",
    ),
    "came_from": ("It came from:", "Yeh yahan se aayi:", "یہ یہاں سے آئی:"),
    "earned_and_spent": (
        "{When} you earned {income} and spent {expense}.",
        "{When} aap ne {income} kamaye aur {expense} kharch kiye.",
        "{When} آپ نے {income} کمائے اور {expense} خرچ کیے۔",
    ),
    "month_kept": (
        "{When} you earned {income}, spent {expense} and kept {net}.",
        "{When} aap ne {income} kamaye, {expense} kharch kiye aur {net} bachaye.",
        "{When} آپ نے {income} کمائے، {expense} خرچ کیے اور {net} بچائے۔",
    ),
    "month_overspent": (
        "{When} you earned {income}, spent {expense} and spent {net} more than came in.",
        "{When} aap ne {income} kamaye aur {expense} kharch kiye: amdani se {net} zyada.",
        "{When} آپ نے {income} کمائے اور {expense} خرچ کیے: آمدنی سے {net} زیادہ۔",
    ),
    "month_before": (
        "The month before you spent {amount}.",
        "Us se pehle mahine aap ne {amount} kharch kiye.",
        "اس سے پہلے مہینے آپ نے {amount} خرچ کیے۔",
    ),
    "balance": (
        "You have {amount} in your accounts.",
        "Aap ke accounts mein {amount} hain.",
        "آپ کے اکاؤنٹس میں {amount} ہیں۔",
    ),
    "no_accounts": ("You have no accounts yet.", "Abhi aap ka koi account nahi hai.",
    "ابھی آپ کا کوئی اکاؤنٹ نہیں ہے۔"),
    "largest": ("Your largest expenses{about} {when}:", "{when} aap ke sab se bare kharche{about}:",
    "{when} آپ کے سب سے بڑے خرچے{about}:"),
    "no_expenses": ("I found no expenses{about} {when}.", "Mujhe {when} koi kharcha nahi mila{about}.",
    "مجھے {when} کوئی خرچہ نہیں ملا{about}۔"),
    "expenses": ("Expenses{about}{when}, newest first:", "Kharche{about}{when}, naye pehle:",
    "خرچے{about}{when}، نئے پہلے:"),
    "transactions": ("Transactions{about}{when}, newest first:", "Transactions{about}{when}, nayi pehle:",
    "لین دین{about}{when}، نئے پہلے:"),
    "found_no_expenses": ("I found no expenses{about}{when}.", "Mujhe koi kharcha nahi mila{about}{when}.",
    "مجھے کوئی خرچہ نہیں ملا{about}{when}۔"),
    "found_no_transactions": ("I found no transactions{about}{when}.",
    "Mujhe koi transaction nahi mili{about}{when}.", "مجھے کوئی لین دین نہیں ملا{about}{when}۔"),
    "not_included": ("Not included: what was paid in {currencies}.",
    "Is mein shamil nahi: jo {currencies} mein diya gaya.", "اس میں شامل نہیں: جو {currencies} میں دیا گیا۔"),
    "and": ("and", "aur", "اور"),
    "not_found_out": ("I could not look that up: {reason}.", "Main yeh nahi dekh saka: {reason}.",
    "میں یہ نہیں دیکھ سکا: {reason}۔"),
    "no_tool": (
        "I can't do that here: the application doesn't offer it to me ({tools}).",
        "Main yeh yahan nahi kar sakta: application mujhe iski ijazat nahi deti ({tools}).",
        "میں یہ یہاں نہیں کر سکتا: ایپلیکیشن مجھے یہ سہولت نہیں دیتی ({tools})۔",
    ),
    "nothing": ("There is nothing to show yet.", "Abhi dikhane ke liye kuch nahi hai.",
    "ابھی دکھانے کے لیے کچھ نہیں ہے۔"),
    "nothing_named": (
        "I found nothing named “{subject}” there.",
        "Mujhe “{subject}” naam ka kuch nahi mila.",
        "مجھے “{subject}” نام کا کچھ نہیں ملا۔",
    ),
    "budgets": ("Your budgets for {month}:", "{month} ke liye aap ke budget:", "{month} کے لیے آپ کے بجٹ:"),
    "goals": ("Your goals:", "Aap ke goals:", "آپ کے اہداف:"),
    "upcoming": ("What is coming up until {end}:", "{end} tak kya dena hai:", "{end} تک کیا دینا ہے:"),
    "recurring": (
        "Your recurring payments:",
        "Aap ki baar baar ki adaigiyan:",
        "آپ کی بار بار کی ادائیگیاں:",
    ),
    "forecast": (
        "The forecast up to {end}; it is an estimate, not a promise:",
        "{end} tak ka andaza; yeh sirf andaza hai, wada nahi:",
        "{end} تک کا اندازہ؛ یہ صرف اندازہ ہے، وعدہ نہیں:",
    ),
    "cash_flow": ("Money in and out:", "Kitna aaya aur kitna gaya:", "کتنا آیا اور کتنا گیا:"),
    "anomalies": ("What looks unusual:", "Jo ghair mamooli lagta hai:", "جو غیر معمولی لگتا ہے:"),
    "no_anomalies": ("I found nothing unusual.", "Mujhe kuch ghair mamooli nahi mila.",
    "مجھے کچھ غیر معمولی نہیں ملا۔"),
    "health": ("Your financial health:", "Aap ki maali haalat:", "آپ کی مالی صحت:"),
    "net_worth": ("Your net worth:", "Aap ki kul maliyat:", "آپ کی کل مالیت:"),
    "portfolio": ("Your portfolio:", "Aap ka portfolio:", "آپ کا پورٹ فولیو:"),
    "performance": ("How your investments did {when}:", "{when} aap ki investments kaisi rahin:",
    "{when} آپ کی سرمایہ کاری کیسی رہی:"),
    "and_more": ("and {count} more", "aur {count} mazeed", "اور {count} مزید"),
    "proposed": (
        "I propose: {summary}\nNothing is done yet: please confirm it in the application, or tell me what to change.",
        "Meri tajweez: {summary}\nAbhi kuch nahi hua: application mein tasdeeq karein, ya bata dein kya badalna hai.",
        "میری تجویز: {summary}\nابھی کچھ نہیں ہوا: ایپلیکیشن میں تصدیق کریں، یا بتا دیں کیا بدلنا ہے۔",
    ),
    "unnamed_expense": ("Expense", "Kharcha", "خرچہ"),
    "unnamed_income": ("Income", "Amdani", "آمدنی"),
    "revised": (
        "This is a new proposal; please reject the earlier one.",
        "Yeh nayi tajweez hai; pehli wali ko reject kar dein.",
        "یہ نئی تجویز ہے؛ پہلی والی کو رد کر دیں۔",
    ),
    "not_proposed": (
        "I could not propose that: {reason}.",
        "Main yeh tajweez nahi de saka: {reason}.",
        "میں یہ تجویز نہیں دے سکا: {reason}۔",
    ),
    "how_much": (
        "How much is it? Tell me the amount and I will propose it.",
        "Kitne paise? Raqam bata dein to main tajweez bana doonga.",
        "کتنے پیسے؟ رقم بتا دیں تو میں تجویز بنا دوں گا۔",
    ),
    "which_account": (
        "Which account do you mean? You have: {accounts}.",
        "Kaun sa account? Aap ke accounts: {accounts}.",
        "کون سا اکاؤنٹ؟ آپ کے اکاؤنٹس: {accounts}۔",
    ),
    "which_category": (
        "Which category is it for? You have: {categories}.",
        "Kis category ke liye? Aap ki categories: {categories}.",
        "کس کیٹیگری کے لیے؟ آپ کی کیٹیگریز: {categories}۔",
    ),
    "account_taken": (
        "You named no account, so I took {account}.",
        "Aap ne account nahi bataya, is liye main ne {account} liya.",
        "آپ نے اکاؤنٹ نہیں بتایا، اس لیے میں نے {account} لیا۔",
    ),
    "no_such_currency": (
        "You have no account in {currency}.",
        "Aap ka {currency} mein koi account nahi hai.",
        "آپ کا {currency} میں کوئی اکاؤنٹ نہیں ہے۔",
    ),
    "greeting": (
        "Hello! Ask me about your own money, or tell me what you spent.",
        "Salam! Apne paison ke baare mein poochein, ya batayein kya kharch kiya.",
        "السلام علیکم! اپنے پیسوں کے بارے میں پوچھیں، یا بتائیں کیا خرچ کیا۔",
    ),
    "what_correction": (
        "I don't know what that corrects. Please say the whole of it once more.",
        "Mujhe nahi pata yeh kis ki durusti hai. Poori baat dobara bata dein.",
        "مجھے نہیں پتا یہ کس کی درستی ہے۔ پوری بات دوبارہ بتا دیں۔",
    ),
    "change": (
        "I can't move money, and I can't change or delete anything: I only propose new entries, which you confirm.",
        "Main paise bhej nahi sakta, na kuch badal ya mita sakta hoon: sirf tajweez deta hoon, tasdeeq aap karte hain.",
        "میں پیسے بھیج نہیں سکتا، نہ کچھ بدل یا مٹا سکتا ہوں: میں صرف تجویز دیتا ہوں جس کی آپ تصدیق کرتے ہیں۔",
    ),
    "beyond": (
        "I can't work that out without an AI model.",
        "AI model ke baghair main yeh hisab nahi laga sakta.",
        "اے آئی ماڈل کے بغیر میں یہ حساب نہیں لگا سکتا۔",
    ),
    "advice": (
        "I can't advise you what to invest in, buy or sell, and I give no tax or legal advice.",
        "Main mashwara nahi de sakta ke kahan invest karein, kya khareedein ya bechein; na tax ya qanoon ka.",
        "میں یہ مشورہ نہیں دے سکتا کہ کہاں سرمایہ لگائیں، کیا خریدیں یا بیچیں؛ نہ ٹیکس یا قانون کا مشورہ۔",
    ),
    "off_topic": (
        "I only know about your own money, and I didn't understand this as a question about it.",
        "Main sirf aap ke apne paison ke baare mein jaanta hoon, aur yeh mujhe us ka sawal nahi laga.",
        "میں صرف آپ کے اپنے پیسوں کے بارے میں جانتا ہوں، اور یہ مجھے اس کا سوال نہیں لگا۔",
    ),
    "capabilities": (
        (
            "I can tell you what you spent in a period, by category or payee, your largest expenses, your income,"
            " balances, budgets, goals, coming bills, forecast and net worth, and propose what you tell me to note. For"
            " example: “How much did I spend on groceries last month?”, “Spent 500 on petrol”, “Am I over budget?”,"
            " “Remind me to pay the rent of 30,000 on the 1st”."
        ),
        (
            "Main bata sakta hoon ke aap ne kis cheez par kitna kharch kiya, amdani, balance, budget, goals, aane wale"
            " bill, andaza aur maliyat; aur jo aap batayein us ki tajweez bana sakta hoon. Maslan: “pichle mahine"
            " kirane par kitna kharch hua?”, “500 ka petrol dalwaya”, “mera budget kaisa hai?”, “1 tareekh ko kiraya"
            " 30,000 dena hai”."
        ),
        (
            "میں بتا سکتا ہوں کہ آپ نے کس چیز پر کتنا خرچ کیا، آمدنی، بیلنس، بجٹ، اہداف، آنے والے بل، اندازہ اور مالیت؛"
            " اور جو آپ بتائیں اس کی تجویز بنا سکتا ہوں۔ مثلاً: “پچھلے مہینے کریانے پر کتنا خرچ ہوا؟”، “۵۰۰ کا پیٹرول"
            " ڈلوایا”، “میرا بجٹ کیسا ہے؟”، “یکم تاریخ کو کرایہ ۳۰۰۰۰ دینا ہے”۔"
        ),
    ),
}  # fmt: skip


def say(language: Language, key: str, **values: str) -> str:
    text = _MESSAGES[key][_COLUMN[language]].format(**values)
    return text[0].upper() + text[1:]


def word(language: Language, key: str) -> str:
    return _MESSAGES[key][_COLUMN[language]]


def when(period: Period, language: Language) -> str:
    if language is Language.ENGLISH:
        return period.when
    urdu = language is Language.URDU
    if period.start == EARLIEST:
        return "تمام ریکارڈ میں" if urdu else "tamam record mein"
    if period.is_day:
        return f"{period} کو" if urdu else f"{period} ko"
    first, to, last = str(period).partition(" to ")
    if to:
        return f"{first} سے {last} تک" if urdu else f"{first} se {last} tak"
    return f"{period} میں" if urdu else f"{period} mein"


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def in_all_languages() -> dict[str, tuple[str, str, str]]:
    return dict(_MESSAGES)
