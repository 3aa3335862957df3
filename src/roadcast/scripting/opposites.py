"""List words that exclude each other: putting one for another turns a message round.

A group ends with ";", its alternatives are parted by "|", and each holds the forms of words that say the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# To say one of these where the source says neither is a claim of its own.
_MOVEMENTS = """
rise rises rose risen rising raise raises raised raising increase increases increased increasing grow grows grew
    grown growing growth climb climbs climbed climbing gain gains gained gaining surge surges surged surging jump
    jumps jumped soar soars soared up upward upwards higher | fall falls fell fallen falling drop drops dropped
    dropping decrease decreases decreased decreasing decline declines declined declining shrink shrinks shrank
    shrunk shrinking sink sinks sank sunk sinking lower lowers lowered lowering cut cuts cutting reduce reduces
    reduced reducing reduction plunge plunges plunged slump slumped slip slips slipped down downward downwards ;
win wins won winning | lose loses lost losing loss losses ;
launch launches launched launching introduce introduces introduced introducing release releases released | retire
    retires retired retiring discontinue discontinues discontinued withdraw withdraws withdrew withdrawn withdrawing
    recall recalls recalled scrap scraps scrapped ;
approve approves approved accept accepts accepted accepting allow allows allowed allowing permit permits permitted
    grant grants granted | reject rejects rejected refuse refuses refused refusing deny denies denied forbid forbids
    forbidden ban bans banned prohibit prohibits prohibited decline declined ;
improve improves improved improving improvement better best | worsen worsens worsened worsening worse worst ;
double doubles doubled doubling triple triples tripled | halve halves halved halving ;
cancel cancels cancelled canceled cancelling postpone postpones postponed postponing suspend suspends suspended
    suspending revoke revokes revoked void voided ;
false falsely untrue doubt doubts doubted doubtful myth hoax fake allegedly supposedly contrary opposite mistaken
    mistakenly wrongly disproved refuted ;
"""

# To change one of these into another is a claim; to add one is a manner of speaking.
_CONTRASTS = """
profit profits profitable | deficit unprofitable ;
healthy fine | failing broken sick faulty damaged ;
lease leases leased rent rents rented | buy buys bought ;
buy buys bought buying purchase purchases purchased order orders ordered ordering | sell sells sold selling cancel
    cancels cancelled canceled cancelling ;
succeed succeeds succeeded pass passes passed success | fail fails failed failing failure failures ;
start starts started starting begin begins began begun beginning open opens opened opening resume resumes resumed |
    stop stops stopped stopping end ends ended ending finish finishes finished close closes closed closing cease
    ceases ceased pause pauses paused ;
more | less fewer ;
most | least fewest ;
over above exceeding | under below beneath ;
before | until | after | since ;
within | after ;
at-least | at-most ;
best highest biggest largest most top | worst lowest smallest least fewest bottom ;
day daytime | night overnight ;
early earlier earliest | late later latest ;
first | last final ;
next | previous | same ;
this | next | last previous ;
new newer newest | old older oldest ;
large larger largest big bigger biggest | small smaller smallest ;
high higher highest | low lower lowest ;
long longer longest | short shorter shortest ;
fast faster fastest quick quicker quickest quickly | slow slower slowest slowly ;
cheap cheaper cheapest | expensive dear dearer dearest ;
strong stronger strongest | weak weaker weakest ;
good | bad poor ;
easy easier easily | hard harder difficult ;
safe safer safely | dangerous unsafe ;
heavy heavier | light lighter ;
hot hotter warm warmer | cold colder cool cooler ;
wet | dry ;
full | empty ;
right correct true | wrong false incorrect untrue ;
right | left ;
near nearer nearest close closer | far farther further ;
inside in into within indoors indoor | outside out outdoors outdoor ;
on | off ;
with | without ;
for | against ;
from | to ;
to into | from ;
always | never | sometimes often | rarely seldom ;
all every each everybody everyone everything | some somebody someone something | none nobody nothing | most | few |
    many | half | both | neither ;
must shall | need-not | should | can | could | may might | will shall | would ;
still | already | yet ;
only just | also even ;
keep keeps kept hold holds held | drop drops dropped leave leaves left release ;
keep keeps kept retain | change changes changed replace replaced ;
add adds added include includes included including | remove removes removed exclude excludes excluded excluding omit
    omits ;
connect connects connected attach | disconnect disconnects disconnected detach ;
enable enables enabled activate | disable disables disabled deactivate ;
send sends sent | receive receives received ;
give gives gave given | take takes took taken ;
lend lends | borrow borrows ;
push pushes pushed | pull pulls pulled ;
import imports | export exports ;
enter enters entered join joins joined arrive arrives arrived | leave leaves leaving depart departs departed ;
come comes came | go goes went gone ;
remember remembers | forget forgets forgot forgotten ;
live lives lived alive survive survives survived | die dies died dead ;
save saves saved saving | waste wastes wasted spend spends spent ;
earn earns earned | pay pays paid ;
protect protects protected | expose exposes exposed harm harms ;
agree agrees agreed | disagree disagrees disagreed object objects ;
support supports supported | oppose opposes opposed ;
love loves loved like likes liked | hate hates hated dislike dislikes disliked ;
ahead | behind ;
forward forwards | backward backwards back ;
front | rear back ;
top | bottom ;
north northern | south southern | east eastern | west western ;
today | tomorrow | yesterday ;
morning | noon midday | afternoon | evening | night overnight | midnight ;
spring | summer | autumn fall | winter ;
monday | tuesday | wednesday | thursday | friday | saturday | sunday ;
hourly | daily | weekly | monthly | quarterly | yearly annual annually ;
minute minutes | hour hours | day days | week weeks | month months | quarter quarters | year years ;
black | white | grey gray | red | green | blue | yellow | orange | brown ;
free | paid charged chargeable ;
public | private confidential secret | internal ;
mandatory compulsory required obligatory | optional voluntary ;
temporary temporarily | permanent permanently ;
minimum min | maximum max ;
gross | net ;
internal inside | external ;
manual manually | automatic automatically ;
wired | wireless ;
online | offline ;
indoor | outdoor ;
domestic | foreign abroad ;
customer customers buyer buyers client clients | competitor competitors rival rivals | supplier suppliers ;
he him his | she her hers | they them their ;
we us our | they them their ;
you your | we our us ;
yes | no ;
credit | debit ;
asset assets | liability liabilities ;
supply supplies | demand demands ;
cause causes caused | prevent prevents prevented ;
confirm confirms confirmed | deny denies denied ;
hire hires hired | fire fires fired ;
lengthen extend extends extended | shorten shortens shortened ;
expand expands expanded | contract contracts contracted ;
heat heats heated | freeze freezes frozen cool cools cooled ;
thick thicker | thin thinner ;
wide wider | narrow narrower ;
deep deeper | shallow ;
loud louder | quiet quieter ;
rich | poor ;
happy glad | sad sorry unhappy ;
simple | complex complicated ;
clear | vague unclear ;
visible | hidden invisible ;
same | different other ;
together | apart alone ;
"""

HEDGES = frozenset(
    ("may", "might", "perhaps", "maybe", "possibly", "probably", "reportedly", "apparently", "presumably")
)
"""What makes a plain statement uncertain."""


Group = tuple[frozenset[str], ...]


def _groups(table: str) -> tuple[Group, ...]:
    groups = table.rstrip().removesuffix(";").split(";")
    return tuple(tuple(frozenset(alternative.split()) for alternative in group.split("|")) for group in groups)


MOVEMENTS = _groups(_MOVEMENTS)
CONTRASTS = _groups(_CONTRASTS)


def _by_word() -> Mapping[str, tuple[Group, ...]]:
    found: dict[str, tuple[Group, ...]] = {}
    for group in (*MOVEMENTS, *CONTRASTS):
        for word in frozenset().union(*group):
            found[word] = (*found.get(word, ()), group)
    return found


GROUPS = _by_word()
"""The groups in which a word stands."""

NEGATIONS = frozenset(
    (
        "not",
        "no",
        "never",
        "none",
        "nobody",
        "nothing",
        "neither",
        "nor",
        "nowhere",
        "without",
        "hardly",
        "barely",
        "need-not",
    )
)

_CONTRACTED = re.compile(r"\b(\w+?)n['’]t\b", re.IGNORECASE)
_UNABLE = re.compile(r"\b(?:is|are|am) (?:not able|unable) to\b")
_WHOLE = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}


def spell_out(text: str) -> str:
    """Write "don't" as "do not", "cannot" and "is unable to" as "can not": a negation is a word of its own."""
    text = _CONTRACTED.sub(lambda found: f"{_WHOLE.get(found[1].lower(), found[1])} not", text)
    text = re.sub(r"\b([Cc])annot\b", r"\1an not", text)
    return _UNABLE.sub("can not", text)


_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non-", "non", "mis", "de")


def unprefixed(word: str) -> Iterator[str]:
    """List what may be left of a word without a prefix that turns it round."""
    return (word.removeprefix(prefix) for prefix in _PREFIXES[:-2] if word.startswith(prefix) and len(word) > 5)


def turned(word: str, other: str) -> bool:
    """Tell whether one word is the other with its sense turned by a prefix or suffix: "approved", "unapproved"."""
    short, long = sorted((word, other), key=len)
    if len(short) < 3 or short == long:
        return False
    if any(long == prefix + short for prefix in _PREFIXES):
        return True
    return any(
        {word, other} == {stem + "ful", stem + "less"}
        for stem in (short.removesuffix("ful"), short.removesuffix("less"))
    )
