"""Reduce any text to the characters that the rules know: plain quotes and dashes, no emoji, no control characters."""

from __future__ import annotations

import re
import unicodedata

from roadcast.spoken.footnotes import without_plain, without_raised
from roadcast.spoken.gaps import without_gaps
from roadcast.spoken.german import in_english
from roadcast.spoken.notation import usual
from roadcast.spoken.patterns import pattern
from roadcast.spoken.screens import worked
from roadcast.spoken.verdicts import worded

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
    "≡": " equals ", "∠": " angle ",
    "∆": " delta ", "Δ": " delta ", "α": " alpha ", "β": " beta ", "γ": " gamma ", "π": " pi ",
    "σ": " sigma ", "Σ": " sigma ", "λ": " lambda ", "θ": " theta ", "ε": " epsilon ", "φ": " phi ", "ω": " omega ",
    "δ": " delta ", "χ": " chi ", "ρ": " rho ", "τ": " tau ", "η": " eta ", "κ": " kappa ", "ψ": " psi ", "ζ": " zeta ",
    "ξ": " xi ", "Φ": " phi ", "Γ": " gamma ", "Λ": " lambda ", "Ψ": " psi ", "Θ": " theta ",
}  # fmt: skip
_GREEK = frozenset("ΔαβγπσΣλθεφωδχρτηκψζξΦΓΛΨΘ")

# Units that are multiplied: N·m, W/(m²·K), mPa·s.
_PRODUCT = pattern(
    r"\b(?:k?J/\(?kg|W/\(?m²?)[·⋅]?K\)?|\b(?:k?N|Ω|[kK]?A|mPa|lb|ft)[·⋅](?:m|h|s|ft|lb)\b|Ω[·⋅]m\b|\bm²[·⋅]K/W\b"
)
# A link whose target stands elsewhere: [pricing][1].
_REFERRED = pattern(r"\[([^\[\]]+)\]\s?\[\w*\]")
_MARKED = pattern(r"\[\^\w{1,20}\](?!\()")
_LESS = pattern(r"(?<=[\w)])\s−\s(?=[\w(])")  # the sign itself, never a dash
_RATED = pattern(
    r"(?<![\w.])([1-7])\*(?=\s?(?:hotels?|resorts?|propert(?:y|ies)|rat(?:ed|ing)s?|reviews?|spa|service)\b)"
)
# Powers in small figures: 10²³, 10⁻³.
_RAISED = pattern(r"(?<=\b10)[⁻⁺]?[⁰¹²³⁴-⁹]+|(?<=\d)[⁻⁺]?[⁰¹²³⁴-⁹]{2,}(?!\w)")
# Pictures that tell which way a figure went.
_ROSE = pattern(r"[▲△⬆🔺↗⇧]\ufe0f?\s?(?=[$€£]?\d)")
_FELL = pattern(r"[▼▽⬇🔻↘⇩]\ufe0f?\s?(?=[$€£]?\d)")
_RATING = pattern(r"(?<![\d★⭐.])(?<!\d\s)([★⭐]\ufe0f?(?:\s?[★⭐]\ufe0f?){1,4})[☆✩]*(?![★⭐☆])")
_SPAN = pattern(r"(?<=\d)\s?…\s?(?=[-+−–]?\d)")
_DIAMETER = pattern(r"(?<!\w)[Øø⌀∅]\s?(?=\d)")
_STARS = pattern(r"(?<=\d)\s?[★⭐]\ufe0f?(?!\s?[★⭐])")
# Lights that stand as a value, behind a count or where one is told: 3 accounts 🔴, from 🟡 to 🟢.
_LIGHTS = {
    "🔴": "red",
    "🟠": "orange",
    "🟡": "yellow",
    "🟢": "green",
    "🔵": "blue",
    "🟣": "purple",
    "⚫": "black",
    "⚪": "white",
}
_LIGHT = pattern(
    rf"(\d(?:\s[A-Za-z]+){{0,2}}|\b(?:from|to|is|are|was|now|still|turned|went|at|in|[Ss]tatus:?|RAG:?|[Hh]ealth:?|[Rr]ating:?|[Cc]olou?r:?))"
    rf"\s?([{''.join(_LIGHTS)}])\ufe0f?(?=\s*(?:[,;.)/|&+]|and\b|or\b|to\b|→|$))"
)
# Lights before figures, where several count something: 🟢 7, 🔴 1.
_COUNTED = pattern(rf"([{''.join(_LIGHTS)}])\ufe0f?\s?:?\s?(?=\d)")
# A calendar before figures tells a day.
_CALENDAR = pattern(r"[📅📆🗓]\ufe0f?\s?(?=\d\d?/\d)")
# Words in which a figure is not a number.
_NICKNAMES = {
    "k8s": "Kubernetes",
    "gr8": "great",
    "l8r": "later",
    "b4": "before",
    "f2f": "face to face",
    "i18n": "internationalization",
    "l10n": "localization",
    "a11y": "accessibility",
    "wwii": "World War Two",
    "ww2": "World War Two",
    "wwi": "World War One",
    "ww1": "World War One",
}
_NICKNAME = pattern(
    r"(?<!\w)(?:WW(?:II?|[12])|(?i:k8s|gr8|l8r|f2f|i18n|l10n|a11y)|b4(?!\s(?:paper|size|sheet|envelope)))(?!\w)"
)

_KEEP = frozenset("×µ²³Ω°€£¥₹₩₽₪₺₫₱₦₴฿¢₿¦")
# What is dropped without a word: symbols that are pictures, modifiers, marks that lean on nothing, control characters.
_DROPPED = frozenset({"So", "Sk", "Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Mc"})
_SPACE = pattern(r"\s+")
_FRACTION = pattern("(\\d)?\\s?([" + "".join(_FRACTIONS) + "])")
_TEXT_ONLY = pattern(r"[ -~]*")
_SHORTCODE = pattern(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])")
_EMOTICON = pattern(r"(?<!\S)(?:[:;=xX]['\-]?[)(DPpOo|/\\*]|\^_\^|:'\(|\(:)(?=\s|[.,!?]|$)")
_EYES = pattern(r"[:;^=]|\b[xX]\W")
_ASIDE = pattern(r"\s?\(!+\)(?=\s*(?P<more>\S?))")
# A heart where somebody is thanked or cheered; elsewhere fewer than three of something.
_HEART = pattern(r"(?<!\S)<3(?=\s*(?:[.,!?:;]|$))")
_WARM = pattern(r"(?i:\b(?:thank\w*|thx|love\w*|great|team|everyone|you|congrat\w*|happy|miss|welcome|job)\b)")


def clean(text: str) -> str:
    """Reduce a text to letters, figures and the signs that rules know; what nobody knows is left to the gate."""
    text = worked(text)
    if not text.isascii():
        text = _without_pictures(worded(text))
    text = without_gaps(text)
    text = _REFERRED.sub(r"\1", text) if "][" in text else text
    text = _MARKED.sub("", text) if "[^" in text else text
    if not _TEXT_ONLY.fullmatch(text):
        text = _PRODUCT.sub(_together, text.replace("§§", " sections "))
        text = _LESS.sub(" minus ", text)
        text = _STARS.sub(" stars", text)
        text = _FRACTION.sub(_parted, without_raised(text))
        text = "".join(map(_character, unicodedata.normalize("NFC", _greek_alone(text))))
    text = _HEART.sub(" ", text) if "<3" in text and _WARM.search(text) else text
    text = _EMOTICON.sub(" ", _SHORTCODE.sub(" ", text)) if _EYES.search(text) else text
    text = text.replace("[at]", "@").replace("[dot]", ".") if "[at]" in text else text
    text = text.replace("~>", "~").replace("+/-", " plus or minus ")
    text = text if "(b)" in text.lower() else text.replace("(c) ", " ").replace("(C) ", " ")
    text = _RATED.sub(r"\1 star", text) if "*" in text else text
    text = _ASIDE.sub(_aside, text) if "(!" in text else text
    if "`" in text:
        text = text.replace("``", '"').replace("`", "'")
    text = without_plain(usual(in_english(text)))
    text = _NICKNAME.sub(lambda match: _NICKNAMES[match.group().lower()], text)
    return _SPACE.sub(" ", text).strip()


def _together(match: re.Match[str]) -> str:
    """Write units that are multiplied without the point and the brackets: W/(m·K) as W/mK."""
    return re.sub("[·⋅]", "-", match[0]) if match[0][0] in "lf" else re.sub("[·⋅()]", "", match[0])


def _aside(match: re.Match[str]) -> str:
    """Leave out a mark of surprise in brackets, and breathe there."""
    return "" if match["more"] in ("", ",", ";", ".", ")") else ","


def _without_pictures(text: str) -> str:
    """Write powers of ten with a caret and diameters as a word; a shrug made of letters is dropped."""
    text = _SPAN.sub(" to ", _RATING.sub(lambda match: f" {len(re.findall('[★⭐]', match[1]))} stars ", text))
    text = _RAISED.sub(lambda match: "^" + unicodedata.normalize("NFKC", match[0]).replace("−", "-"), text)
    if len(set(_COUNTED.findall(text))) > 1:
        text = _COUNTED.sub(lambda match: f"{_LIGHTS[match[1]]} ", text)
    text = _CALENDAR.sub("on ", text)
    text = _LIGHT.sub(lambda match: f"{match[1]} {_LIGHTS[match[2]]}", text)
    text = _FELL.sub(" down ", _ROSE.sub(" up ", text))
    return _DIAMETER.sub("diameter ", text).replace("¯\\_(ツ)_/¯", " ").replace("¯_(ツ)_/¯", " ")


def _parted(match: re.Match[str]) -> str:
    """Write 1½ as 1 1/2."""
    whole = match.group(1)
    return f"{whole} {_FRACTIONS[match.group(2)]}" if whole else f" {_FRACTIONS[match.group(2)]}"


def _greek_alone(text: str) -> str:
    """Name Greek letters that stand alone, as in formulas; in words they are a language that we do not read."""
    if not any(letter in text for letter in _GREEK):
        return text
    return re.sub(f"(?<![^\\W\\d_])[{''.join(_GREEK)}](?![^\\W\\d_²³])", lambda match: _SYMBOLS[match.group()], text)


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
    if category == "Sm" and "ARROW" in unicodedata.name(character, ""):
        return " to "
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
