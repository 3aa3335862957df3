"""Tell acronyms letter by letter, unless people say them as words."""

from __future__ import annotations

import re

from roadcast.spoken.rules import Reading, rule, word

# Said as words.
_SAID = frozenset(
    "NASA NATO OPEC UNESCO UNICEF FIFA UEFA AIDS COVID EMEA LATAM OSHA FEMA HIPAA ERISA RAM ROM LAN WAN SIM PIN ZIP BANT MEDDIC"
    " MEDDPICC MEDDICC SPIN SPICED SMART SOAR CRUD SOC DARPA ASEAN NAFTA SCUBA RADAR LASER SONAR SWAT TASER YOLO FOMO GIF JPEG"
    " LIDAR MOMA NASDAQ NIMBY PETA REIT SARS SCADA SOHO SOAP REST SAAS PAAS IAAS TED UNIX WASP WAP ZEN BASIC COBOL FORTRAN"
    " NOAA AMEX CAPEX OPEX GAAP NAND NOR SEAL SALT START SNAP MERS EBIT EBITDA COGS NASCAR INTERPOL BRIC BRICS TARP SPAC SPACS"
    " IKEA LEGO ASAP CAD CAM CAT DOS FAQ HUD ISIS LED NEET SIDS STEM VAT WHO WIN OK TV DIN SPAM SAT SAG BAFTA EDGAR MIPS".split()
) - frozenset("TV OK FAQ LED VAT WHO ISIS WIN".split())  # noqa: SIM905
# Told by letters although they could be said.
_SPELLED = frozenset(
    "US UK EU UN AI IT HR PR QA UX UI IP ID IO OS API APIS ROI ARR ARPU ACV AOV AE AM AR AP AWS BI CEO CIO CISO COO CMO CRO ICP IPO"
    " IOT ISO IDE IRS FBI CIA NSA MIT USA UAE UPS IBM SAP HP AMD GE GM EPS EOD EOQ EOY ETA ETF FAQ FYI GPU CPU TPU HTTP LLM MQL SQL NDA"
    " NRR GRR NPS MRR MSA SLA SOW POC POV PO RFP RFI RFQ RVP SDR BDR SE SKO QBR TAM SAM SOM TCO TCV UAT VP EVP SVP VPN YTD QTD MTD LTV CAC CPA CPC CTR"
    " SEO SEM SSO MFA OEM OTE OKR KPI KPIS PTO PM ERP EHR EMR ECB FDA EPA SEC ESG DEI DIY DOJ DOE EST EDT UTC BOM BOL ADA AEC AGM ATM AUM AVP"
    " BBC CBS ABC NBC CNN ESPN HBO LED VAT WHO ISIS TV OK EA EV EVS EVP IA IRA INA NIH NYSE OTC UPC URL USB USP EFT EU".split()  # noqa: SIM905
)
_WORDS = frozenset(
    "A I AN AND ARE AS AT BE BIG BUT BUY BY CAN DO FOR FREE FROM GET GO HAS HAVE HE HER HIS HOW IF IN IS ITS LET MAY ME MORE MY NEW NO NOT"
    " NOW OF OFF OLD ON ONE ONLY OR OUR OUT SAY SEE SHE SO STOP THAN THAT THE THEN THEY THIS TO TOP TWO UP USE VERY WAS WE"
    " WILL WITH YES YOU YOUR ALL ANY DAY END WHY WON ASK CALL DEAL BEST LAST NEXT WEEK FAST WINS DOWN JUST MUST DATE TIME NOTE"
    " JAN FEB MAR APR JUN JUL AUG SEP OCT NOV DEC MON TUE WED THU FRI SUN SIR MR MRS DR MS ST OH AH HEY".split()  # noqa: SIM905
)
_VOWEL = re.compile(r"[AEIOUY]")


def _spelled(letters: str, reading: Reading) -> bool:
    """Decide whether capitals are told one by one."""
    if letters in reading.said or letters in _WORDS:
        return False
    if letters in reading.spelled or letters in _SPELLED:
        return True
    if letters in _SAID:
        return False
    return len(letters) < 4 or (len(letters) < 7 and not _VOWEL.search(letters))


def _acronym(match: re.Match[str], reading: Reading) -> str:
    letters, more = match["letters"], match["more"] or ""
    if not _spelled(letters, reading):
        return match.group()
    return " ".join(letters) + ("'s" if more else "")


def _initials(match: re.Match[str], reading: Reading) -> str:
    """Say U.S. and Ph.D.; keep the full stop where the sentence ends."""
    del reading
    text, end = match.string, match.end()
    behind = text[end : end + 20].lstrip("\"')] ")
    stop = (
        "." if not behind or re.match(r"(?:The|A|It|We|In|This|That|They|But|He|She|And|Our|You|If)\b", behind) else ""
    )
    return " ".join(re.findall(r"[A-Za-z]+", match.group())) + (stop if match.group().endswith(".") else "")


_ALONE = r"(?<![\w&.'/-])"
_LOUD = re.compile(r"[A-Z]{2,}\b")
_WORD = re.compile(r"[A-Za-z]{2,}")

RULES = (
    rule(r"\bPh\.\s?D\.?", lambda m, r: "P H D" + _initials(m, r).removeprefix("Ph D"), hint="P"),
    rule(
        r"\b(?:[A-Z]\.\s?){2,7}(?<=\.)(?!\w)|\b(?:[A-Za-z]\.){2,6}(?:[A-Za-z]\b)?\.?",
        lambda m, r: _initials(m, r) + (" " if m.group()[-1] == " " else ""),
        hint=".",
    ),
    word(r"(?<=\b[A-Z])\.(?=\s?[A-Z])", " ", hint="."),
)

LETTERS = (rule(r"(?<![\w'])(?P<letters>[A-Z]{2,6})(?P<more>'?s\b)?(?!\w)", _acronym, hint=""),)


def shouted(text: str) -> bool:
    """Tell whether a text is written in capitals throughout, so that capitals mean nothing."""
    words = _WORD.findall(text)
    loud = len(_LOUD.findall(text))
    return loud >= 4 and loud * 10 >= len(words) * 7
