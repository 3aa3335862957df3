"""Find where sentences end in plain writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence.
_BOUND = _words(
    "dr mr mrs ms mx prof gen sen rep pres gov capt cpt lt col sgt maj rev hon messrs mt ft vs v cf approx ca esp"
    " e.g i.e eg ie viz al incl excl adj a/prof wm chas geo thos jas robt benj saml fredk"
    " smt jt cllr mme mlle brig cdr pvt pte adm cpl det insp pfc spc msgr bp abp bro ald cmdr fr rt"
)
# The end only where a capital letter follows that begins a sentence; with a number behind them they never end one.
_MAYBE = _words(
    "inc ltd co corp llc plc bros jr sr etc st ave blvd rd dept est a.m p.m u.s u.k u.n u.s.a e.u d.c ph.d m.d b.a m.a"
    " b.sc m.sc jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed weds thu thur thurs fri sat sun"
    " min max hr hrs sec mins yr yrs mo mos wk wks qtr avg ext tel univ assn intl natl mfg mkt mkts mgr mgrs mgmt acct"
    " gal lb lbs oz cu qt tbsp tsp ga accts amt agmt cust disc distr eff emp exp impl impr avail incr decr "
    "dir exec mktg opp opps prelim prob qty sched"
    " svc wtd bldg ea addr terr flr wt dim dims lvl appx dist mob mio mrd ref ex conf edn vols tot org stat "
    "std reg adv op assoc asst val dep fin obj objs proj ph bal del sig lic prop contr neg maint hosp resp curr equip"
    " loc appt comp ent ded cr corr purch conc supt cand cont contd mech elec insp constr prem sal poss recep snr jnr"
    " env diff frt dlvry dlr mktpl jct sgl dbl rnwl acc rec rpt enq dist dists proj budg upl pref calc cont'd add'l"
    " lb lbs oz tbsp tsp qt pkg pkgs attn atty apt ste elev deg subsec commonw thm lem cmte treas sta isl twp stn stns"
    " regt bn sqn hq ff ibid cit inf armd cav abn phila balt switz hons emer phil orch perc exod deut matt assn profs"
    " gdns cres tce pde pkwy hwy sq ln intl mss gov't feat arr reg'd pt hum perm exc jnl conv integ intgr"
    " compl settl coll subj const recov integr agr mand appr ret occ secy mtg mtgs govt misc ctr doz encl"
)
# An abbreviation only where a number follows.
_AMOUNT = re.compile(r"[-–+~±<>]?(?:\d|[A-Z]{0,3}[#$€£₹¥])")
_NUMBERED = _words(
    "no nos nr fig figs vol p pp ch sec sect art para eq ext pg c ca n nn ll vv bk r ps rom bldg rm tel rs tk rte inv"
    " exh freq dwg dwgs fn regs sects pt pop op fr sfr ver mio mrd mod sc ed temp hwy div tbl lat alt mag plat sch gr"
    " chap chaps chs pl col cols paras eqs cl fol ser iss ep eps b d fl blk"
)
_STARTERS = _words(
    "a after all also although an and any are as at because before but by do does each even every for from get has have"
    " he her here his how however i if in is it its just last let many more most much my new next no not now of on once"
    " one only or our over please read see she since so some such sign still than thank that the their then there these"
    " they this those through thus to today together tomorrow two until we what when where which while who why will"
    " with yesterday yet you your"
)
_STOP = re.compile(r"[.!?…]+[\"'”’)\]»*]*(?=\s|$)|[。！？]+|\n\s*\n")
_NUMBER = re.compile(r"[Nn]os?\.\s?#?\d")
_GOES_ON = re.compile(r"(?:&|\+|=)\s")  # $49/mo. = $588/yr.
_ROMAN = re.compile(r"[IVXL]+\b(?! [a-z])")
_CODE = re.compile(r"[A-Z]{1,4}[- ]?\d|[B-H](?=[,;.)\s]|$)")
_DAY = re.compile(r"\d\d?\.?[-–]\d\d?")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_DATED = re.compile(r"\b(?:on|by|until|till?|from|since|to|the|am|vom|bis|zum|before|after|due)\s\d\d?$")
_OF_YEAR = re.compile(
    r"(?:Jan(?:uary|uar)?|Feb(?:ruary|ruar)?|Mar(?:ch)?|März|Apr(?:il)?|Ma[iy]|Jun[ei]?|Jul[iy]?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)\b"
)
_SIDE = re.compile(r"(?:[NS]{1,2}[EW]?|[EW])\.?\s(?:of|from)\b")  # 20 mi. SW of Eureka
_WORD = re.compile(r"[^\W_]+")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Find where sentences start and end."""
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, start, stop.start(), stop.end()):
            yield from _span(text, start, stop.end())
            start = stop.end()
    yield from _span(text, start, len(text))


def _span(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    return ((start, end),) if text[start:end].strip() else ()


def _ends(text: str, start: int, stop: int, after: int) -> bool:
    """Tell whether the stop at `stop`, ending at `after`, ends the sentence that began at `start`."""
    if text[stop] in "\n。！？":
        return True
    rest = text[after : after + 60].lstrip().lstrip("\"'“‘([*«")
    if not rest or "\n" in text[after : after + 2].strip(" "):
        return True
    following = rest[:1]
    if _GOES_ON.match(rest):
        return False
    if following.islower() and not rest[1:2].isupper():  # "Yahoo! said" goes on; "iPhone" may begin
        return False
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return True
    before = text[max(start, stop - 24) : stop]
    if _DATED.search(before) and _OF_YEAR.match(rest):  # on 5. October
        return False
    word = before.split()[-1].lstrip("\"'“‘([*«") if before.split() else ""
    return _ends_after(word, rest, first=len(before.split()) == 1 and stop - start < 24)


def _ends_after(word: str, rest: str, *, first: bool) -> bool:
    """Tell whether a full stop behind this word ends a sentence, given what follows."""
    low, numbered = word.lower().rpartition("/")[2].lstrip("0123456789-"), _AMOUNT.match(rest) is not None
    if (_DAY.fullmatch(word) or low in {"b", "d"}) and _MONTH.match(rest):  # 3.–5. Sept.; b. Jan. 4
        return False
    if (
        word.lower() in _BOUND
        or low in _BOUND
        or ((low in _NUMBERED or word == "App") and (numbered or _ROMAN.match(rest) or _CODE.match(rest)))
    ):
        return False
    if low.endswith("str") and numbered:  # Hauptstr. 14
        return False
    if low in _MAYBE and _NUMBER.match(rest):  # acct. no. 55
        return False
    if low == "mi" and _SIDE.match(rest):
        return False
    if first and word.isdecimal():  # "1. Open the app": the number of a step
        return False
    initial = len(word) == 1 and word.isupper() and word != "I"
    if initial or low in _MAYBE or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        follower = _WORD.match(rest)
        return not numbered and follower is not None and follower.group().lower() in _STARTERS
    return True


def split(text: str) -> tuple[str, ...]:
    """Split plain writing into sentences; abbreviations, initials, decimals, versions and addresses stay whole."""
    return tuple(" ".join(text[start:end].split()) for start, end in spans(text))
