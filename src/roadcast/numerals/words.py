"""List the English words and signs that stand for numbers, magnitudes and units."""

from __future__ import annotations

from fractions import Fraction

ONES = dict(
    zip(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(10), strict=True)
)
TEENS = dict(
    zip(
        ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        range(10, 20),
        strict=True,
    )
)
TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
DECADES = {word[:-1] + "ies": value for word, value in TENS.items()}

MAGNITUDES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
}
BIG = {word: scale for word, scale in MAGNITUDES.items() if scale > 100}
MAGNITUDE_SIGNS = {
    "k": 1_000,
    "K": 1_000,
    "M": 1_000_000,
    "MM": 1_000_000,
    "mn": 1_000_000,
    "mln": 1_000_000,
    "mio": 1_000_000,
    "bn": 1_000_000_000,
    "B": 1_000_000_000,
    "tn": 1_000_000_000_000,
    "trn": 1_000_000_000_000,
}
# Only beside money do these stand for a magnitude: "$5m", "$5b", "$2T"; elsewhere metres, bytes and tonnes.
MONEY_SIGNS = {"m": 1_000_000, "mm": 1_000_000, "b": 1_000_000_000, "T": 1_000_000_000_000, "t": 1_000_000_000_000}
COUNTED = frozenset(
    [
        "people",
        "users",
        "customers",
        "subscribers",
        "employees",
        "listeners",
        "households",
        "residents",
        "inhabitants",
        "shares",
        "downloads",
        "euros",
        "euro",
        "dollars",
        "dollar",
        "pounds",
        "yen",
        "kronor",
        "francs",
        "units",
    ]
)
MANY = {"hundreds": 100, "thousands": 1_000, "millions": 1_000_000, "billions": 1_000_000_000, "dozens": 12}

ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    **{word + "th": value for word, value in TEENS.items() if value > 12},
    **{word[:-1] + "ieth": value for word, value in TENS.items()},
    "hundredth": 100,
    "thousandth": 1_000,
    "millionth": 1_000_000,
}
DENOMINATORS = {
    "half": 2,
    "halves": 2,
    "quarter": 4,
    "quarters": 4,
    **{word + ending: value for word, value in ORDINALS.items() if 2 < value <= 20 for ending in ("", "s")},
    "hundredths": 100,
    "thousandths": 1_000,
}
MULTIPLES = {"twice": 2, "thrice": 3, "double": 2, "doubles": 2, "doubled": 2, "triple": 3, "triples": 3, "tripled": 3}
FOLDS = {word + "fold": value for word, value in {**ONES, **TEENS, **TENS, "hundred": 100}.items() if value > 1}
FRACTION_SIGNS = {
    "½": Fraction(1, 2),
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5),
    "⅙": Fraction(1, 6),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
    "⅞": Fraction(7, 8),
}

_MONTHS = "January February March April May June July August September October November December"
MONTHS = {word: number for number, word in enumerate(_MONTHS.split(), 1)}
MONTHS_SHORT = {**{word[:3]: number for word, number in MONTHS.items()}, "Sept": 9}

MONEY = {"$": "$", "€": "€", "£": "£", "¥": "¥"}
ROMAN_KEYS = frozenset(
    [
        "phase",
        "part",
        "type",
        "class",
        "level",
        "chapter",
        "volume",
        "section",
        "mark",
        "tier",
        "stage",
        "act",
        "title",
        "wave",
    ]
)

_UNITS = """
% percent pct
pp
bp bps
x × times fold
$ dollar dollars usd buck bucks
€ euro euros eur
£ gbp
pound pounds lb lbs
¥ yen jpy
kr krona kronor sek nok dkk
cent cents ¢
penny pence
ms millisecond milliseconds msec
µs microsecond microseconds
s second seconds sec secs
min minute minutes mins
h hour hours hr hrs
day days
week weeks wk wks
mo month months mos
yr year years yrs
mm millimetre millimetres millimeter millimeters
cm centimetre centimetres centimeter centimeters
m metre metres meter meters
km kilometre kilometres kilometer kilometers
inch inches
ft foot feet
mile miles mi
yd yard yards
mg milligram milligrams
g gram grams
kg kilogram kilograms kilo kilos
tonne tonnes ton tons
ml millilitre millilitres milliliter milliliters
l litre litres liter liters
mv millivolt millivolts
v volt volts
kv kilovolt kilovolts
ma milliamp milliamps milliampere milliamperes
amp amps ampere amperes
w watt watts
kw kilowatt kilowatts
kwh
hz hertz
khz kilohertz
kb kilobyte kilobytes
mb megabyte megabytes
gb gigabyte gigabytes
tb terabyte terabytes
mbps
gbps
bar bars
psi
kpa kilopascal kilopascals
rpm
ppm
ppb
db decibel decibels
° degree degrees
°c celsius
°f fahrenheit
"""
UNITS = {word: line.split()[0] for line in _UNITS.strip().splitlines() for word in line.split()}
# The same letters in another case are another unit: mega and milli, mega and metre.
UNITS_CASED = {
    "MW": "MW",
    "mW": "mW",
    "MHz": "MHz",
    "GHz": "GHz",
    "MPa": "MPa",
    "Mb": "Mb",
}
ONE_LETTER = {"x": "x", "m": "m", "g": "g", "l": "l", "s": "s", "h": "h", "V": "v", "W": "w"}
UNITS_LONG = {
    "megawatt": "MW",
    "megawatts": "MW",
    "milliwatt": "mW",
    "milliwatts": "mW",
    "megahertz": "MHz",
    "gigahertz": "GHz",
    "megapascal": "MPa",
    "megapascals": "MPa",
}
UNIT_PHRASES = {
    ("percentage", "point"): "pp",
    ("percentage", "points"): "pp",
    ("per", "cent"): "%",
    ("basis", "point"): "bp",
    ("basis", "points"): "bp",
    ("parts", "per", "million"): "ppm",
    ("parts", "per", "billion"): "ppb",
    ("kilowatt", "hour"): "kwh",
    ("kilowatt", "hours"): "kwh",
    ("megabits", "per", "second"): "mbps",
    ("gigabits", "per", "second"): "gbps",
    ("revolutions", "per", "minute"): "rpm",
    ("pounds", "sterling"): "£",
    ("degrees", "celsius"): "°c",
    ("degree", "celsius"): "°c",
    ("degrees", "fahrenheit"): "°f",
    ("degree", "fahrenheit"): "°f",
    ("degrees", "centigrade"): "°c",
    ("°", "c"): "°c",
    ("°", "f"): "°f",
}
