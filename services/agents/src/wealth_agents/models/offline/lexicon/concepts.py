"""What words mean, by the grammar's names for them (see roman_urdu)."""

from collections.abc import Sequence
from enum import Enum, auto

from wealth_agents.models.offline.glossary import names, phrases


class Concept(Enum):
    SPEND = auto()  # the act
    EXPENSE = auto()  # the thing
    INCOME = auto()
    BALANCE = auto()
    ACCOUNT = auto()
    LEFT = auto()
    CATEGORY = auto()
    PAYEE = auto()
    TRANSACTION = auto()
    LARGEST = auto()
    LATEST = auto()
    COMPARE = auto()
    MORE = auto()
    SUMMARY = auto()
    LIST = auto()
    WHERE = auto()
    WHEN = auto()
    HELP = auto()
    GREETING = auto()
    ADVISE = auto()
    INVESTMENT = auto()
    BEYOND = auto()  # what rules can't work out
    BUDGET = auto()
    CAP = auto()  # at most so much
    GOAL = auto()
    SAVE_UP = auto()
    NET_WORTH = auto()
    CASH_FLOW = auto()
    FORECAST = auto()
    UNUSUAL = auto()
    HEALTH = auto()
    UPCOMING = auto()
    REMIND = auto()
    REPEATED = auto()
    PORTFOLIO = auto()
    PERFORMANCE = auto()
    TRANSFER = auto()
    WITHDRAW = auto()
    DEPOSIT = auto()
    RECORD = auto()
    EARNED = auto()  # money that came to the speaker


# The longest phrase that fits at a position wins.
_PHRASES: dict[Concept, str] = {
    Concept.SPEND: """how many times, tipped, refueled, refuelled, spend, spent, spending, spendings, spends,
        cost, costs, costing, pay, paid, paying, pays, buy, bought, blow, blew, shell out, shelled out, charged,
        money go, money goes, money went, money gone, money going, money is going, money been going, went out,
        going out, goes out, went on, goes on, purchased, splurged, splurge, gave, give, donated, lent, lost,
        ordered, treated, settled, repaid, forked out, coughed up, dropped, blown, used up, given, donate, chip
        in, chipped in, fork out, parted with, swiped, cost me, came to, went to, money on, out of pocket, put
        into, topped up, filled up, recharged, set me back, ~kharch, ~kharch ~do, ~cost, ~give, ~buy, ~ada, ~ada
        ~do, ~spend, ~fill, ~eat, ~have_done, ~go, ~deduct, ~cost ~go""",
    Concept.EXPENSE: """expense, expenses, expenditure, expenditures, outgoings, purchase, purchases, payment,
        payments, bill, bills, charge, charges, receipt""",
    Concept.INCOME: """income, incomes, earn, earned, earning, earnings, did i make, have i made, much do i make,
        did we make, salary, salaries, wage, wages, receive, received, get paid, got paid, was i paid, been paid,
        came in, come in, coming in, comes in, money came, money come, do i make, ~earn, ~kitna ~come, money
        ~come, money ~get""",
    Concept.EARNED: """got a refund, refund, refunded, cashback, bonus, sold, sell, won, gave me, sent me, paid
        me, gifted me, client paid, paid back, returned, deposited my salary, prize, dividend received, profit
        of, profit, borrowed, ~udhaar ~take, qarz ~take, قرض ~take, grant, commission, winnings, received,
        receive, got my, earned, earn, made from, inherited, commission, tip of, reimbursed, reimbursement,
        lottery, stipend, pocket money, allowance, paycheck, pension, ~get, ~earn, ~sell, ~wapas ~do, ~wapas
        ~get, ~wapas ~come, ~return, salary ~come, money ~come, ~come, eidi, عیدی, credited""",
    Concept.BALANCE: """balance, balances, how much do i have, how much money do i have, how much have i got, i
        own, do i have money, do i have any money, am i broke, do we have money, ~paas ~kitna money, ~kitna money
        ~is, ~kitna money, money ~left ~is, money ~left, ~kitna balance, any money, money in my, enough money,
        out of money, got in the bank, money have i, money do we have""",
    Concept.ACCOUNT: "account, accounts, is in my, is in the",
    Concept.LEFT: """left, left over, leftover, money left, have left, remaining, do i have left, still have,
        remains, ~left""",
    Concept.CATEGORY: """category, categories, breakdown, break down, by type, spend on most, spend the most on,
        spend most on, break it down, what things, ~konsa category, ~kis ~cheez, ~kis ~cheez ~par, ~kis ~par,
        ~konsa ~cheez, ~kya ~kya ~kharch, split up""",
    Concept.PAYEE: """payee, payees, merchant, merchants, shop, shops, store, stores, vendor, vendors, retailer,
        retailers, who, whom, which shop, ~kis ~ko, ~kis ~se""",
    Concept.TRANSACTION: "transaction, transactions, entries, movements, statement, activity, entry",
    Concept.LARGEST: """biggest, largest, highest, top, most expensive, most, priciest, greatest, ~sab ~se ~bara,
        ~bara, ~sab ~se ~zyada, costliest""",
    Concept.LATEST: "latest, recent, recently, newest, last time, most recent",
    Concept.COMPARE: "compare, compared, comparison, versus, vs, difference, differ, changed, change, against",
    Concept.MORE: """more, less, higher, lower, increase, increased, decrease, decreased, ~se ~zyada, ~se ~kam,
        ~zyada, ~kam, as much, fewer""",
    Concept.SUMMARY: """summary, summarise, summarize, overview, net, save, saved, saving, savings, savings rate,
        how did i do, how am i doing, how is my month, income and expenses, income and spending, recap, report,
        ~bachat, ~kitna ~save, ~kitna ~left, ~kitna ~bachat, how are we doing, how did we do, put aside, set
        aside""",
    Concept.LIST: "show, list, display, see, find, search, ~show",
    Concept.WHERE: "where",
    Concept.WHEN: "when",
    Concept.HELP: """help, what can you do, what can i ask, who are you, you who, you who ~be, what do you do,
        how do you work, how does this work, what are you able to do, what else can you do, you ~kya ~do, ~kya
        ~kya ~do, ~chahiye help, help ~chahiye, how can you help, what can you help""",
    Concept.GREETING: """hello, hi, hey, good morning, good evening, good afternoon, good night, thanks, thank
        you, thx, cheers, great, ok thanks, okay, ok, bye, goodbye, salam, assalam, assalamualaikum, assalamu,
        asalam, aoa, walaikum, how are you, khuda hafiz, jazakallah, theek ~is, acha, jee, ji, allah hafiz, خدا
        حافظ, اللہ حافظ, well done, nice, perfect""",
    Concept.ADVISE: """go up, go down, will rise, will fall, crash, should i, should we, shall i, would you,
        recommend, recommendation, recommendations, suggest, advise, advice, best, good, worth, wise, tip, tips,
        which, how do i, how can i, how could i, how should i, good idea, is it smart, better, safe to, right
        time, what should, where should, ~chahiye, ~behtar, ~kaisa ~left, ~kaisa ~be, ~konsa, mashwara, mashwra,
        مشورہ""",
    Concept.INVESTMENT: """invest, investing, investment, investments, stock, stocks, shares, share, etf, etfs,
        fund, funds, mutual fund, crypto, bitcoin, ethereum, bond, bonds, tax, taxes, pension, sue, legal, gold,
        sona, sone, سونا, سونے, psx, prize bond, real estate, property, plot, forex, ٹیکس, پلاٹ, securities,
        equities""",
    Concept.BEYOND: """average, averages, on average, per month, per week, per day, per year, typical, typically,
        usual, usually, a typical, normally""",
    Concept.BUDGET: """budget, budgets, envelope, envelopes, budgeted, overspent, over spent, spending limit,
        overspending""",
    Concept.CAP: """limit, cap, no more than, not more than, at most, spending limit, restrict, keep under, not
        let me spend, do not let me, not spend more, not spend over, not exceed, not go over, keep it under, stay
        under, cap on, ceiling, ~se ~zyada ~nahi, ~zyada ~nahi, maximum of, a maximum""",
    Concept.GOAL: """goal, goals, target, targets, emergency fund, savings goal, savings goals, savings target,
        saving goal, milestone, ~bachat ~ka goal""",
    Concept.SAVE_UP: """save, save up, saving for, saving up, put aside, set aside, ~save, ~jama ~do, ~jama,
        ~bachat ~do""",
    Concept.NET_WORTH: """net worth, networth, am i worth, worth altogether, total assets, assets minus, assets
        and liabilities, assets and debts, my wealth, total wealth, how rich, how wealthy, richer, ~daulat, i
        worth, what i own and owe, own minus, total worth, everything i own""",
    Concept.CASH_FLOW: """cash flow, cashflow, cash flows, money in versus money out, money in and out, money in
        and money out, inflow, inflows, outflow, outflows, inflow and outflow, income versus expenses over,
        ~kitna ~come and ~kitna ~go, money coming in and going out""",
    Concept.FORECAST: """enough, enough money, be left, will be left, will remain, money will, should i have, am
        i going to have, going to run, get through, make it to, see me through, forecast, forecasts, predict,
        prediction, projection, project, projected, afford, will i have, will i still have, will my money, will
        my balance, run out, have enough, will i be able, money last, will there be, balance look like, will we
        have, be left with, will i be left, expect to have, ~be enough, last me, will i end up, will it last,
        will i run""",
    Concept.UNUSUAL: """normal, duplicate, duplicates, double charge, double charged, unusual, anomaly,
        anomalies, strange, suspicious, weird, odd, out of the ordinary, fraud, fraudulent, unexpected, abnormal,
        irregular, fishy, outlier, outliers, unfamiliar""",
    Concept.HEALTH: """health score, finances ~kitna, finances ~kaisa, finances theek, financial health,
        financially healthy, healthy are my finances, finances healthy, financial shape, financial score,
        financial wellbeing, financial fitness, money health, financial condition, finances in good shape, health
        ~score, healthy financially, finances in shape, financial situation, finances doing, financial
        well-being, shape are my finances""",
    Concept.UPCOMING: """upcoming, coming up, due, bills due, next bill, next payment, recurring, subscriptions,
        standing orders, scheduled, regular payments, direct debits, owe this, do i owe, i owe, have to pay, need
        to pay, must i pay, ~konsa bill, due soon, falls due, fall due, unpaid, repeating""",
    Concept.REMIND: """remind, reminder, reminders, not forget, do not let me forget, forget, ~yaad, ~yaad
        ~remind, ~yaad ~keep, remember to, alert me, notify me, ping me""",
    Concept.REPEATED: """every, each month, each week, monthly, weekly, daily, yearly, annually, every month,
        recurring, a month, per month, a week, fortnightly, quarterly, each year, repeating, subscription of,
        standing order, every other""",
    Concept.PORTFOLIO: """portfolio, holdings, holding, stocks do i own, shares do i, my stocks, my shares, my
        investments, investments do i, stocks do i, allocation, allocated, asset allocation, positions, my funds,
        ~kitna shares, my etfs, investments ~kitna, investments ~show, ~paas shares, ~kitna investments, ~konsa
        shares, invested in, my crypto""",
    Concept.PERFORMANCE: """my stocks doing, my investments doing, my shares doing, my funds doing, lost money,
        made money, performance, perform, performed, performing, return, returns, profit, loss, gain, gains,
        making money on, dividends, yield, xirr, irr, up or down, doing well, made on, lost on, making a profit,
        losing money, did best, did worst, best performing, worst performing, doing best, best performer, worst
        performer, growth, grown, grow, roi, did my stocks do, did my investments do, stocks doing, investments
        doing, portfolio doing, portfolio do""",
    Concept.TRANSFER: """transfer, transferred, move, moved, send, sent, wire, wired, shift, shifted, ~send, put,
        transfer ~do, ~put, switched, swap""",
    Concept.WITHDRAW: """withdraw, withdrew, withdrawn, took out, take out, cashed out, atm withdrawal,
        withdrawal, ~take_out, took cash, cash out, drew, pulled out, got cash""",
    Concept.DEPOSIT: "deposit, deposited, paid in, ~jama, ~jama ~do, ~jama ~have_done, paid into, put in",
    Concept.RECORD: """add, log, record, note, enter, put down, note down, write down, jot down, book, track,
        register, save this, log it, ~write, darj, درج, note ~do, add ~do, record ~do, new expense, new income,
        insert""",
}
MEANINGS = dict[str, tuple[Concept, ...]]()
for _concept, _text in _PHRASES.items():
    for _phrase in phrases(_text):
        MEANINGS[_phrase] = (*MEANINGS.get(_phrase, ()), _concept)
# "Get paid" is nothing that was paid.
_COMING_IN = frozenset({Concept.INCOME, Concept.EARNED})
_LONGEST_PHRASE = max(len(phrase.split()) for phrase in MEANINGS)
# Words of which several meanings stand together, whichever phrase they are in.
ALSO: dict[str, Concept] = {
    "monthly": Concept.REPEATED,
    "savings": Concept.SUMMARY,
    "subscriptions": Concept.REPEATED,
    "invest": Concept.INVESTMENT,
    "save": Concept.SUMMARY,
    "saved": Concept.SUMMARY,
    "~save": Concept.SUMMARY,
    "~kharch": Concept.EXPENSE,
    "limit": Concept.CAP,
    "investments": Concept.INVESTMENT,
    "stocks": Concept.INVESTMENT,
    "shares": Concept.INVESTMENT,
    "portfolio": Concept.PORTFOLIO,
    "~jama": Concept.DEPOSIT,
    "~left": Concept.LEFT,
    "~show": Concept.LIST,
    "due": Concept.UPCOMING,
    "left": Concept.LEFT,
    "most": Concept.LARGEST,
    "~bara": Concept.LARGEST,
    "sent": Concept.TRANSFER,
    "paid": Concept.SPEND,
    "spent": Concept.SPEND,
    "spend": Concept.SPEND,
    "spending": Concept.SPEND,
    "~give": Concept.SPEND,
    "account": Concept.ACCOUNT,
    "~konsa": Concept.ADVISE,
    "bill": Concept.EXPENSE,
    "budget": Concept.BUDGET,
    "budgets": Concept.BUDGET,
    "every": Concept.REPEATED,
    "goal": Concept.GOAL,
}


def find_concepts(words: Sequence[str]) -> list[tuple[Concept, int, int]]:
    """Concepts with the words they were read from: the longest phrase at each position, and its words' own."""
    found, position = list[tuple[Concept, int, int]](), 0
    while position < len(words):
        for length in range(min(_LONGEST_PHRASE, len(words) - position), 0, -1):
            concepts = MEANINGS.get(" ".join(words[position : position + length]), ())
            if concepts:
                found += [(concept, position, position + length) for concept in concepts]
                within = range(position, position + length) if not set(concepts) & _COMING_IN else ()
                found += [(ALSO[words[at]], at, at + 1) for at in within if words[at] in ALSO]
                position += length
                break
        else:
            if words[position] in ALSO:
                found.append((ALSO[words[position]], position, position + 1))
            position += 1
    return found


STOPWORDS = names(
    """a about actually all also altogether am amount an and any anything are as at average be because been but by
    can check come could currency did do does doing done each every everything exactly far few for from get give
    go going got had has have having how i if in into is it its just know last like look many may me money month
    months much my need next of off on or our out over overall own per please really same see so some sum tell
    than that the their them there these they thing things this those to total totally twice up us want was we
    week weeks went were what which will with would year years you your time times day days yet now currently
    recorded made dollars dollar euros euro bucks pounds rupees usd eur gbp inr chf pkr rs been ever his her he
    she him via using using through new set create not no yes monthly weekly daily under within let put took
    bill bills budget goal due cash bank card account tomorrow yesterday today had must back , # $ € £ ₹ % sorry
    oops cost item items stuff one else please kindly ~ka ~ko ~se ~mein ~par ~ne ~tak ~liye ~sath ~wala ~ya ~to
    ~darmiyan ~zyada ~kam ~sab ~kitna ~kya ~konsa ~kis ~kaisa ~mujhe ~hum ~i ~wo ~usko ~nahi ~chahiye ~galat
    ~paas ~ye ~is ~be ~do ~go ~come ~cheez ~muqarrar ~akhir ~pehle ~baad ~tareekh ~show ~tell ~make ~keep ~left
    ~have_done ~wapas ~ada ~jama ~yaad ~remind ~kal ~parson ~sau ~hazar lakh crore کہ ke کوئی koi haal balke
    بلکہ aa flag rate happen happened subscribe arrive arrived close i'd i'll progress picked schedule reduce
    increase raise lower make plan start towards submitted still explain enough renewal developed bhi hi aur
    sakta sakte sakti raha rahi rahe rahay zara mehrbani karke بھی ہی سکتا سکتے سکتی رہا رہی رہے ذرا where who
    when why own half thousand hundred million ~run ~reach"""
)

# A request to change something, where it stands as a command.
CHANGES = names("delete remove erase edit cancel rename undo wipe clear merge ~wipe")
MOVES = names("transfer send wire")
COMMANDED_AFTER = names("please and then now you to just me i")
# Words of a question that isn't short for "how much did I spend on …".
QUESTION_WORDS = names(
    """what who whose why is are was were will can could would does tell write explain capital weather how ~kya
    where ~konsa ~kis when ~kaisa ~chahiye won translate joke ~tell who ~is"""
)
# Words that begin a question in English.
ASKING_FIRST = names(
    """what who whose whom which where when why how is are was were am do does did can could will would should any
    has show list display find search tell compare break see give summarise summarize view"""
)
ASKING_URDU = names("~kya ~kitna where who ~konsa ~kis when ~kaisa why ~show ~tell")
