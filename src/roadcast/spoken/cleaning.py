"""Reduce any text to the characters that the rules know: plain quotes and dashes, no emoji, no control characters."""

from __future__ import annotations

import re
import unicodedata

from roadcast.spoken.footnotes import without_plain, without_raised

_FRACTIONS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅐": "1/7", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip

_SAME = {
    "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "′": "'", "‛": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"', "‟": '"',
    "‐": "-", "‑": "-", "‒": "–", "―": "—", "−": "-", "﹣": "-", "－": "-",
    "™": " ", "®": " ", "©": " ", "℠": " ", "…": "... ", "•": ", ", "·": ", ", "‣": ", ", "▪": ", ", "●": ", ",
    "→": " to ", "⇒": " to ", "➔": " to ", "➜": " to ", "⟶": " to ", "←": ", ", "↔": " to ", "↑": " up ", "↓": " down ",
    "¹": "", "º": "°", "℃": "°C", "℉": "°F", "№": "No. ", "⁄": "/", "∕": "/", "∼": "~", "≈": "~", "≃": "~", "≅": "~",
    "×": "×", "✕": "×", "✖": "×", "⨯": "×", "µ": "µ", "μ": "µ", "²": "²", "³": "³", "Ω": "Ω", "\u2126": "Ω",
    "\xad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "", "\ufe0e": "", "\ufe0f": "",
    "›": ", ", "‹": ", ", "˚": "°", "∙": ", ", "⋅": "·", "‚": ",", "¡": "", "¿": "",
    "\u20e3": " ", "†": "", "‡": "", "¶": "", "✓": "", "✔": "",
}  # fmt: skip

# Written by hand where the Unicode name would not be what people say.
_SYMBOLS = {
    "±": " plus or minus ", "÷": " divided by ", "≥": " at least ", "≤": " at most ", "≠": " is not equal to ",
    "∞": " infinity ", "√": " square root of ", "∑": " sum of ", "‰": " per mille ", "§": " section ", "¤": "",
    "≡": " equals ", "∆": " delta ", "Δ": " delta ", "α": " alpha ", "β": " beta ", "γ": " gamma ", "π": " pi ",
    "σ": " sigma ", "Σ": " sigma ", "λ": " lambda ", "θ": " theta ", "ε": " epsilon ", "φ": " phi ", "ω": " omega ",
    "δ": " delta ",
}  # fmt: skip
_GREEK = frozenset("ΔαβγπσΣλθεφωδ")

# Accountants write a loss in brackets, some people the minus behind the sign of money.
_LOST = re.compile(r"\b((?:US|HK|NZ|[ACS])\$)\((\d[\d.,]*)\)")
_NEGATIVE = re.compile(r"([$€£])\s?\((\d[\d.,]*)\)|(?<![A-Z])([$€£])\s?[-–]\s?(?=\.?\d)|\((\d[\d.,]*)\)(?=\s?%)")
# Thousands as the rest of Europe groups them, where it can be nothing else.
_CONTINENTAL = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})+),(\d\d?)(?!\d|[.,]\d)")
_EUROS = re.compile(r"(€\s?\d{1,3}),(\d\d?)(?![\d,])|(?<![\d.,])(\d{1,3}),(\d\d?)(?=\s?€)")
_SPACED = re.compile(
    r"(?<![\d.,])(?<!\d\s)(?:\d{1,3}(?:(?:[\u00a0\u2009\u202f]\d{3})+|(?: \d{3})* 000|(?: \d{3})+(?=\s?[€$£%]))"
    r"|(?:(?<=[€$£])|(?<=\bR))\d{1,3}(?: \d{3})+)(?![\d,]|\.\d)"
)
# As the Swiss group them: 40'000.
_SWISS = re.compile(r"(?<![\w.,'])\d{1,3}(?:'\d{3})+(?![\w'])")
# Decimals behind a comma: 88,7%, ±0,33 mm.
_COMMA = re.compile(
    r"(?<![\d.,])(\d{1,3}),(\d\d?)(?=\s?(?:%|°|(?:[mck]?m|[mk]?g|ml|l|k?V|k?W|m?A|bn|mn|kWh|million|billion|trillion)\b))"
)
_CENTS = re.compile(
    r",(?=\d\d(?![\d,]|\.\d))(?:" + "|".join(rf"(?<=[$£]\d{{{n}}},)|(?<=\bR\d{{{n}}},)" for n in (1, 2, 3)) + ")"
)
_GAP = re.compile(r"\s")
# How tables say that their figures stand for thousands or more: ('000), ($000s), ($M).
_THOUSANDS = re.compile(r"\((?:in\s)?([$€£]?)(?:'000'?s?|000'?s)\)|\((?:in\s)?([$€£])\s?(K|k|M|m|MM|mm|mn|B|b|bn)\)")
_SIGNS = {"": "", "$": " of dollars", "€": " of euros", "£": " of pounds"}
_SCALES = {"k": "thousands", "m": "millions", "b": "billions"}
# Circa: c.5%, c. £3m, c10bps.
_CIRCA = re.compile(r"(?<![\w.])c(?:\.\s?)?(?=(?:[A-Z]{1,3})?[£$€₹¥]\s?\d|\d[\d.,]*\s?(?:%|bps|bn|[mk]\b|x\b|pp\b))")
# The nought that is dialled only at home: +44 (0)20; alone it belongs to the number.
_HOME = re.compile(r"(\+\d{1,3}\s?)\(0\)\s?(?=\d)")
_NOUGHT = re.compile(r"(?<![\w+)])\(0\)(?=\d\d)")
# A link whose target stands elsewhere: [pricing][1].
_REFERRED = re.compile(r"\[([^\[\]]+)\]\s?\[\w*\]")
_MARKED = re.compile(r"\[\^\w{1,20}\](?!\()")
_LESS = re.compile(r"(?<=[\w)])\s−\s(?=[\w(])")  # the sign itself, never a dash
_STARS = re.compile(r"(?<=\d)\s?[★⭐]\ufe0f?(?!\s?[★⭐])")
# Words in which a figure is not a number.
_NICKNAMES = {"k8s": "Kubernetes", "i18n": "internationalization", "l10n": "localization", "a11y": "accessibility"}
_NICKNAME = re.compile(r"(?<!\w)(?:k8s|i18n|l10n|a11y)(?!\w)", re.IGNORECASE)

_KEEP = frozenset("×µ²³Ω°€£¥₹₩₽₪₺₫₱₦₴฿¢₿¦")
# What is dropped without a word: symbols that are pictures, modifiers, marks that lean on nothing, control characters.
_DROPPED = frozenset({"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Mc"})
_SPACE = re.compile(r"\s+")
_FRACTION = re.compile("(\\d)?\\s?([" + "".join(_FRACTIONS) + "])")
_TEXT_ONLY = re.compile(r"[ -~]*")
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])")
_EMOTICON = re.compile(r"(?<!\S)(?:[:;=xX]['\-]?[)(DPpOo|/\\*]|\^_\^|:'\(|\(:)(?=\s|[.,!?]|$)")
_EYES = re.compile(r"[:;^=]|\b[xX]\W")
# A heart where somebody is thanked or cheered; elsewhere fewer than three of something.
_HEART = re.compile(r"(?<!\S)<3(?=\s*(?:[.,!?:;]|$))")
_WARM = re.compile(r"(?i:\b(?:thank\w*|thx|love\w*|great|team|everyone|you|congrat\w*|happy|miss|welcome|job)\b)")


def clean(text: str) -> str:
    """Reduce a text to letters, figures and the signs that rules know; what nobody knows is left to the gate."""
    text = _SPACED.sub(lambda match: _GAP.sub(",", match[0]), text)
    text = _REFERRED.sub(r"\1", text) if "][" in text else text
    text = _MARKED.sub("", text) if "[^" in text else text
    if not _TEXT_ONLY.fullmatch(text):
        text = _LESS.sub(" minus ", text)
        text = _STARS.sub(" stars", text)
        text = _FRACTION.sub(_parted, without_raised(text))
        text = "".join(map(_character, unicodedata.normalize("NFC", _greek_alone(text))))
    text = _HEART.sub(" ", text) if "<3" in text and _WARM.search(text) else text
    text = _EMOTICON.sub(" ", _SHORTCODE.sub(" ", text)) if _EYES.search(text) else text
    text = text.replace("+/-", " plus or minus ").replace("(c) ", " ").replace("(C) ", " ")
    if "`" in text:
        text = text.replace("``", '"').replace("`", "'")
    text = _SWISS.sub(lambda match: match[0].replace("'", ","), text) if "'" in text else text
    text = _LOST.sub(r"-\1\2", text) if "$(" in text else text
    text = _NEGATIVE.sub(r"-\1\2\3\4", text)
    text = _THOUSANDS.sub(_in_thousands, text) if "(" in text else text
    text = _CIRCA.sub("circa ", text)
    text = _NOUGHT.sub("0", _HOME.sub(r"\1 ", text)) if "(0)" in text else text
    text = _CENTS.sub(".", _COMMA.sub(r"\1.\2", text)) if "," in text else text
    if "€" in text:
        text = _EUROS.sub(lambda match: f"{match[1] or match[3]}.{match[2] or match[4]}", text)
    text = without_plain(text)
    text = _CONTINENTAL.sub(lambda match: f"{match[1].replace('.', '')}.{match[2]}", text)
    text = _NICKNAME.sub(lambda match: _NICKNAMES[match.group().lower()], text)
    return _SPACE.sub(" ", text).strip()


def _in_thousands(match: re.Match[str]) -> str:
    """Say what a column of figures stands for, ($000s) or ($M)."""
    scale = _SCALES[match[3][0].lower()] if match[3] else "thousands"
    return f", in {scale}{_SIGNS[match[1] or match[2] or '']},"


def _parted(match: re.Match[str]) -> str:
    """Write 1½ as 1 1/2."""
    whole = match.group(1)
    return f"{whole} {_FRACTIONS[match.group(2)]}" if whole else f" {_FRACTIONS[match.group(2)]}"


def _greek_alone(text: str) -> str:
    """Name Greek letters that stand alone, as in formulas; in words they are a language that we do not read."""
    if not any(letter in text for letter in _GREEK):
        return text
    return re.sub(f"(?<![^\\W\\d_])[{''.join(_GREEK)}](?![^\\W\\d_])", lambda match: _SYMBOLS[match.group()], text)


def _character(character: str) -> str:
    """Say what one character is to the rules."""
    if character < "\x7f":
        return character if character >= " " else " "
    if character in _SAME:
        return _SAME[character]
    if character in _KEEP or character in "–—":
        return character
    if character in _SYMBOLS and character not in _GREEK:
        return _SYMBOLS[character]
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in _DROPPED:
        return _folded(character) if category == "So" else ""
    return _folded(character) if category not in {"Zs", "Zl", "Zp"} else " "


def _folded(character: str) -> str:
    """Use the plain form of letters and figures that only look special: 𝗕𝗼𝗹𝗱, ﬁ, Ⅳ, ①, Ｑ."""
    plain = unicodedata.normalize("NFKC", character)
    if unicodedata.category(character) == "So":
        return f" {plain} " if plain.isascii() and plain.strip("()").isalnum() else " "
    return plain if all(part.isalnum() or part < "\x7f" for part in plain) else character
