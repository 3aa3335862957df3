"""Whom a message may reach: every recipient ends in exactly one place, with a time inside the window or a reason."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

import drops
from roadcast.errors import VoicemailError
from roadcast.voicemail import numbers, reach, recipients, windows
from roadcast.voicemail.numbers import Reason

WINDOW = drops.RULES.window_for("US", "")


def reason_of(row: str, **how: object) -> Reason:
    decided = drops.decide(row, **how)
    assert decided.reached == ()
    return decided.withheld[0].reason


@pytest.mark.parametrize(
    "written",
    [
        "(415) 555-2671",
        "415.555.2671",
        "+1 415 555 2671",
        "1-415-555-2671",
        "tel:+14155552671",
        "4155552671",
        "415-555-COP1",
    ],
)
def test_messy_numbers_become_one_form(written):
    expected = "+14155552671"
    number = numbers.read(written, region="US")
    assert isinstance(number, numbers.Number)
    assert number.e164 == expected
    assert number.national == "4155552671"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("415-555-2671 x204", Reason.EXTENSION),
        ("tel:+14155552671;ext=12", Reason.EXTENSION),
        ("911", Reason.SHORT_CODE),
        ("72345", Reason.SHORT_CODE),
        ("+1 800 555 1234", Reason.TOLL_FREE),
        ("888-555-1234", Reason.TOLL_FREE),
        ("+1 900 555 1234", Reason.PREMIUM),
        ("555-2671", Reason.INVALID),
        ("415 555 26711", Reason.INVALID),
        ("none", Reason.INVALID),
        ("4.15555E+09", Reason.EXCEL_FLOAT),
        ("4155552671.0", Reason.EXCEL_FLOAT),
        ("=+14155552671", Reason.FORMULA),
        ('"=1+1"', Reason.FORMULA),
        ("@SUM(A1)", Reason.FORMULA),
        ("+4155*2", Reason.FORMULA),
        ("４１５５５５２６７１", Reason.FULL_WIDTH),
        ("+44 20 7946 0018", Reason.REGION),
        ("+1 416 555 0134", Reason.REGION),  # Toronto: no window for Canada in the rules
    ],
)
def test_every_kind_of_bad_number_has_its_own_reason(written, reason):
    assert reason_of(written) is reason


def test_duplicates_are_found_after_normalising():
    decided = drops.decide("+1 415 555 2671,,Ann", "(415) 555-2671,,Ann again", ",1001,Bob", ",1001,Bob again")
    assert [one.recipient.first_name for one in decided.reached] == ["Ann", "Bob"]
    assert [(one.reason, one.detail) for one in decided.withheld] == [
        (Reason.DUPLICATE, "of line 2"),
        (Reason.DUPLICATE, "of line 4"),
    ]


def test_everybody_ends_in_exactly_one_place():
    rows = ["+1 415 555 2671", "911", "", ",1001", "(415) 555-2671", "+1 212 555 0123", "=1+1", ",10 01"]
    read = [row or ",,Nobody" for row in rows]
    decided = drops.decide(*read)
    lines = Counter(one.recipient.row for one in (*decided.reached, *decided.withheld))
    assert set(lines.values()) == {1}
    assert decided.count == len(rows)
    assert {one.reason for one in decided.withheld} == {
        *(Reason.SHORT_CODE, Reason.NO_ADDRESS, Reason.DUPLICATE, Reason.FORMULA, Reason.MAILBOX)
    }


@pytest.mark.parametrize("box", ["../1001", "10;01", "1001@../x", "1001@a@b", "10\x0001", "x" * 99])
def test_a_mailbox_that_could_leave_its_folder_is_withheld(box):
    row = recipients.Recipient(
        **dict.fromkeys(
            ["phone", "first_name", "last_name", "email", "timezone", "site_timezone", "state", "postal_code"], ""
        ),
        row=2,
        mailbox=box,
        groups=frozenset(),
        consent=recipients.Consent(basis="written", at="2026-01-01", source="x", scope="*", revoked_at=""),
    )
    assert (
        reach.decide(recipients.AddressBook(recipients=(row,), has_consent=True), policy=drops.policy())
        .withheld[0]
        .reason
        is Reason.MAILBOX
    )


def test_somebody_whom_no_target_reaches_is_withheld():
    assert reason_of(",1001", by_mailbox=False) is Reason.NO_LIST
    assert reason_of("+1 415 555 2671", by_phone=False) is Reason.NO_LIST
    both = drops.decide("+1 415 555 2671,1001", by_phone=False).reached[0]
    assert (both.number, both.mailbox) == (None, "1001")


# ---- quiet hours


def local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%H:%M}"


def sent(row: str, now: datetime, **how: object) -> reach.Reached:
    return drops.decide(row, now=now, **how).reached[0]


def test_hawaii_and_new_york_in_one_run_each_wait_for_their_own_morning():
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # 7:00 in New York, 2:00 in Honolulu
    decided = drops.decide("+1 212 555 0123", "+1 808 555 1234", now=now)
    assert [one.send_at for one in decided.reached] == [
        datetime(2026, 11, 23, 13, 0, tzinfo=UTC),
        datetime(2026, 11, 23, 18, 0, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("22:30", "08:00"), ("21:00", "08:00"), ("20:59", "20:59"), ("08:00", "08:00"), ("07:59", "08:00")],
)
def test_send_now_outside_the_window_moves_to_the_next_opening(clock, expected):
    hour, minute = map(int, clock.split(":"))
    now = datetime(2026, 11, 23, hour, minute, tzinfo=ZoneInfo("America/New_York"))
    assert local(sent("+1 212 555 0123", now).send_at, "America/New_York") == expected


def test_split_area_codes_wait_for_all_their_clocks():
    now = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    one = sent("+1 208 333 1234", now)
    assert {"America/Boise", "America/Los_Angeles"} <= set(one.clocks)
    assert local(one.send_at, "America/Los_Angeles") == "08:00"
    late = sent("+1 850 555 1234", datetime(2026, 11, 24, 2, 30, tzinfo=UTC))  # 21:30 Eastern, 20:30 Central
    assert local(late.send_at, "America/Chicago") == "08:00"


def test_the_recipients_own_zone_wins_over_the_sites_and_over_the_number():
    now = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    consent = drops.CONSENT
    row = f"+1 212 555 0123,,Ann,,,America/Denver,,{consent}"
    one = sent(row, now)
    assert (one.basis, one.clocks) == ("recipient", ("America/Denver",))
    assert local(one.send_at, "America/Denver") == "08:00"
    by_site = recipients.read(
        b"phone,site_timezone,consent_basis,consent_at,consent_source,scope\n"
        b"+12125550123,America/Chicago,written,2026-01-01,form,*\n",
        name="x.csv",
    )
    site = reach.decide(by_site, policy=drops.policy(now=now)).reached[0]
    assert (site.basis, local(site.send_at, "America/Chicago")) == ("site", "08:00")


def test_the_companys_zone_is_one_more_clock_and_never_the_only_one():
    now = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # 8:00 in New York
    one = sent("+1 415 555 2671", now, site_timezone="America/New_York")
    assert local(one.send_at, "America/Los_Angeles") == "08:00"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "America", "EST5EDT4"])
def test_an_unknown_zone_is_withheld(zone):
    assert reason_of(f"+1 212 555 0123,,Ann,,,{zone},,{drops.CONSENT}") is Reason.ZONE


def test_a_number_that_does_not_tell_its_zone_is_withheld():
    nowhere = windows.Rules(checked_on=drops.RULES.checked_on, source="test", window=drops.RULES.window, split={})
    number = numbers.Number(e164="+10005550123", national="0005550123", region="US", zones=())
    recipient = drops.book("+1 212 555 0123").recipients[0]
    assert reach._clocks(recipient, number, drops.policy(rules=nowhere))[0] == ()


@pytest.mark.parametrize(
    ("before", "hours"),
    [
        (datetime(2026, 3, 8, 3, 0, tzinfo=UTC), 9),  # 22:00 EST on the eve of the short night
        (datetime(2026, 11, 1, 2, 0, tzinfo=UTC), 11),  # 22:00 EDT on the eve of the long night
    ],
)
def test_both_changes_of_the_clocks_keep_eight_in_the_morning(before, hours):
    one = sent("+1 212 555 0123", before)
    assert local(one.send_at, "America/New_York") == "08:00"
    assert one.send_at - before == timedelta(hours=hours)


def test_an_opening_inside_the_hour_that_does_not_exist_moves_behind_it():
    window = windows.Window(regions=("US",), opens=time(2, 30), closes=time(23))
    asked = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)  # midnight in New York
    opening = windows.next_opening(asked, ["America/New_York"], window)
    assert local(opening, "America/New_York") == "03:30"


def test_a_time_that_an_eastern_clock_shows_twice_is_not_written():
    now = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 19:30 in Honolulu; 1:30 EDT, and an hour later 1:30 EST
    plain = sent("+1 808 555 1234", now)
    assert plain.send_at == now
    written = sent("+1 808 555 1234", now, written_in=("America/New_York",))
    eastern = written.send_at.astimezone(ZoneInfo("America/New_York"))
    assert eastern.utcoffset() == eastern.replace(fold=1 - eastern.fold).utcoffset()
    assert WINDOW.admits(written.send_at.astimezone(ZoneInfo("Pacific/Honolulu")))


def test_no_time_of_a_whole_year_lies_outside_the_window():
    people = drops.book("+1 212 555 0123", "+1 208 333 1234", "+1 907 555 1234", "+1 808 555 1234", "+1 671 555 1234")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        decided = reach.decide(people, policy=drops.policy(now=moment))
        for one in decided.reached:
            assert one.send_at >= moment
            assert all(WINDOW.admits(one.send_at.astimezone(ZoneInfo(zone))) for zone in one.clocks)
        moment += timedelta(hours=31)


def test_a_stricter_state_and_days_of_rest_are_data(tmp_path):
    path = tmp_path / "rules.toml"
    extra = '[[window]]\nregions = ["US"]\nstate = "FL"\nopens = 09:00:00\ncloses = 20:00:00\ndays = [1, 2, 3, 4, 5]\n\n[split]'
    path.write_text(windows.PACKAGED.read_text().replace("[split]", extra, 1))
    rules = windows.load(path)
    assert rules.window_for("US", "fl").opens.hour == 9
    saturday = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
    opening = windows.next_opening(saturday, ["America/New_York"], rules.window_for("US", "FL"))
    assert f"{opening.astimezone(ZoneInfo('America/New_York')):%a %H}" == "Mon 09"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("opens = 08:00:00", "opens = 22:00:00", "never opens"),
        ('"America/Boise"', '"America/Boys"', "unknown time zone"),
        ("days = [1, 2, 3, 4, 5, 6, 7]", "days = [0]", "ISO days"),
        ("[split]", "[split", "rules.toml"),
    ],
)
def test_wrong_rules_are_one_line(tmp_path, old, new, words):
    path = tmp_path / "rules.toml"
    path.write_text(windows.PACKAGED.read_text().replace(old, new, 1))
    with pytest.raises(VoicemailError, match=words) as caught:
        windows.load(path)
    assert "\n" not in str(caught.value)


def test_clocks_that_are_never_open_together_withhold():
    window = windows.Window(regions=("US",), opens=time(9), closes=time(12))
    assert windows.next_opening(drops.NOW, ["America/New_York", "Asia/Tokyo"], window) is None


# ---- consent and suppression


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        (",,,,", Reason.NO_CONSENT),
        ("written,,form,morning,", Reason.CONSENT_UNCLEAR),
        (",2026-01-15,form,morning,", Reason.CONSENT_UNCLEAR),
        ("written,2026-01-15,,morning,", Reason.CONSENT_UNCLEAR),
        ("written,15/01/2026,form,morning,", Reason.CONSENT_UNCLEAR),
        ("written,2027-01-15,form,morning,", Reason.CONSENT_UNCLEAR),
        ("written,2026-01-15,form,evening,", Reason.SCOPE),
        ("written,2026-01-15,form,,", Reason.SCOPE),
        ("written,2026-01-15,form,morning,2026-10-01", Reason.REVOKED),
        ("written,2026-01-15,form,morning,yes", Reason.REVOKED),
    ],
)
def test_nobody_is_reached_without_unrevoked_consent_for_this_show(consent, reason):
    assert reason_of(f"+1 415 555 2671,,Ann,,,,,{consent}") is reason


@pytest.mark.parametrize("scope", ["morning", "*", "evening; morning"])
def test_consent_may_cover_several_shows(scope):
    assert drops.decide(f"+1 415 555 2671,,Ann,,,,,written,2026-01-15,form,{scope},").reached


def test_suppression_is_applied_after_normalising():
    decided = drops.decide("+1 415 555 2671", ",1001", "+1 212 555 0123", suppressed=("(415) 555.2671", "1001"))
    assert [one.number.national for one in decided.reached] == ["2125550123"]
    assert {one.reason for one in decided.withheld} == {Reason.SUPPRESSED}


def test_a_revocation_in_any_row_holds_for_the_number_in_every_row():
    decided = drops.decide("(415) 555-2671,,Ann", "+14155552671,,Ann,,,,,written,2026-01-15,form,morning,2026-11-01")
    assert decided.reached == ()
    assert {one.reason for one in decided.withheld} == {Reason.REVOKED}


def test_a_revocation_between_plan_and_export_wins():
    decided = drops.decide("+1 415 555 2671", "+1 212 555 0123")
    later = reach.without(decided, ["(212) 555-0123"], policy=drops.policy())
    assert [one.number.national for one in later.reached] == ["4155552671"]
    assert later.count == decided.count
    assert later.withheld[0].reason is Reason.SUPPRESSED


# ---- files


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column 'phone' or 'mailbox'"),
        (b"name,tel\nAnn,1\n", "no column 'phone' or 'mailbox'"),
        (b"phone,consent_bases\n1,x\n", "did you mean 'consent_basis'"),
        (b"phone,phone\n1,2\n", "occurs twice"),
        (b"phone\n", "no recipients"),
        (b"phone\n\n\n", "no recipients"),
        ("phone,first_name\n1,Zoë\n".encode("latin-1"), "team.csv:2: not UTF-8"),
        (b"phone\n\x00\n", "zero byte"),
        (b'phone,first_name\n1,"Ann\n2,Bob\n', "team.csv:2"),
        ("phone\n+1".encode("utf-16"), "UTF-16"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_it(content, words):
    with pytest.raises(VoicemailError, match=words) as caught:
        recipients.read(content, name="team.csv")
    assert "\n" not in str(caught.value)


def test_semicolons_and_a_byte_order_mark_are_read():
    book = recipients.read("\ufeffPhone;First_Name;hair colour\r\n4155552671;Zoë;red\r\n".encode(), name="x.csv")
    assert (book.recipients[0].phone, book.recipients[0].first_name, book.has_consent) == ("4155552671", "Zoë", False)


def test_a_group_is_chosen_and_an_empty_one_names_those_that_are_there():
    book = recipients.read(b"phone,groups\n1,field; west\n2,east\n", name="x.csv")
    assert [one.phone for one in recipients.in_group(book, "west").recipients] == ["1"]
    with pytest.raises(VoicemailError, match="east, field, west"):
        recipients.in_group(book, "north")


def test_a_revocation_in_a_row_of_another_group_holds_for_the_number():
    rows = (
        "phone,groups,consent_basis,consent_at,consent_source,scope,revoked_at",
        "+1 212 555 0123,north,written,2026-01-15,contract,morning,",
        "(212) 555-0123,south,written,2026-01-15,contract,morning,2026-10-01",
        "+1 212 555 0124,north,written,2026-01-15,contract,morning,",
    )
    book = recipients.in_group(recipients.read("\n".join(rows).encode(), name="team.csv"), "north")
    found = reach.decide(book, policy=drops.policy())
    assert [one.number.e164 for one in found.reached] == ["+12125550124"]
    assert [one.reason for one in found.withheld] == [reach.Reason.REVOKED]


def test_the_identifier_of_a_recipient_is_stable_per_briefing():
    one, again = drops.decide("+1 415 555 2671").reached[0], drops.decide("(415) 555-2671").reached[0]
    other = drops.decide("+1 415 555 2671", briefing="morning-2026-11-24").reached[0]
    assert one.external_id == again.external_id != other.external_id


# ---- barring: whoever must not be reached is recognised however written, or nobody is reached


BARRED = [
    "４１５５５５２６７１",
    "4155552671.0",
    "4155552671,0",
    "415-555-2671 x9",
    "=+14155552671",
    '"=""+14155552671"""',
    "'+14155552671",
    "\u202d(415)\u00a0555-2671\u202c",
    "tel:+14155552671;ext=12",
]


@pytest.mark.parametrize("written", BARRED)
@pytest.mark.parametrize("header", ["", "phone;\n", "Name;Phone Number\n", "mailbox;number\n"])
def test_a_suppressed_number_is_recognised_however_written(written, header):
    row = f"{written};note" if header in ("", "phone;\n") else f";{written}"
    suppressed = recipients.read_suppressed(f"{header}{row}\n".encode(), name="suppression.csv")
    decided = drops.decide("+1 415 555 2671", "+1 212 555 0123", suppressed=tuple(suppressed))
    assert [(one.recipient.phone, one.reason) for one in decided.withheld] == [("+1 415 555 2671", Reason.SUPPRESSED)]


@pytest.mark.parametrize("written", BARRED)
def test_a_revocation_holds_however_its_number_is_written(written):
    cell = written if written.startswith('"') else f'"{written}"'
    decided = drops.decide("+14155552671,,Ann", f"{cell},,Ann,,,,,written,2026-01-15,form,morning,2026-11-01")
    assert decided.reached == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("4.15555E+09\n", 1),
        ("+1 415 555 2671\n415-555-267\n", 2),
        ("555-2671\n", 1),
        ("name,telefon\nAnn,4155552671\n", 1),
        ("name,phone\nAnn,4155552671\nSmith, Bob,4155552672\n", 3),
        ("name,phone\nAnn,\n", 2),
        ("phone,mailbox\n,10 01\n", 2),
        ("ann@northwind.example\n", 1),
        ("415-555-2671 or 415-555-2672\n", 1),
        ("n/a\n", 1),
    ],
)
def test_what_names_nobody_on_the_suppression_list_refuses_the_run(content, line):
    with pytest.raises(VoicemailError, match=rf"^suppression\.csv:{line}: .*(write|add) .*delete the row") as caught:
        recipients.read_suppressed(content.encode(), name="suppression.csv")
    assert "\n" not in str(caught.value)


def test_a_revoked_row_that_cannot_be_read_refuses_the_run():
    with pytest.raises(VoicemailError, match=r"^team\.csv:3: '415-555-267' is neither number nor mailbox"):
        drops.decide("+14155552671,,Ann", "415-555-267,,Ann,,,,,written,2026-01-15,form,morning,2026-11-01")


def test_mailboxes_on_the_suppression_list_are_read():
    content = b"mailbox\n1001\nsales@north\n20012345\n"
    assert recipients.read_suppressed(content, name="x.csv") == {"1001", "sales@north", "20012345"}
    assert recipients.read_suppressed(b"\n1001\n\n", name="x.csv") == {"1001"}
    assert recipients.read_suppressed(b"", name="x.csv") == frozenset()
    assert recipients.read_suppressed(b"4155552671\n", name="x.csv") == {"+14155552671", "4155552671"}


@pytest.mark.parametrize("row", ["4155552671,wrong number", "4155552671,mobile", "'+1 415 555 2671,Number"])
def test_a_first_row_that_speaks_of_a_number_is_no_header(row):
    assert "+14155552671" in recipients.read_suppressed(f"{row}\n2125550123\n".encode(), name="x.csv")


def test_every_column_of_numbers_bars():
    content = b"line,Phone_E164,customer mobile,mailbox,reason\n1,'+14155552671,2125550123,1001,asked twice\n"
    assert recipients.read_suppressed(content, name="x.csv") == {"+14155552671", "+12125550123", "2125550123", "1001"}


@pytest.mark.parametrize(
    ("suppressed", "box"),
    [
        ("1001", "1001@default"),
        ("1001@default", "1001"),
        ("1001", "1001@Default"),
        ("１００１", "1001"),
        ("'1001", "1001"),
    ],
)
def test_a_suppressed_mailbox_is_the_same_with_and_without_its_context(suppressed, box):
    decided = drops.decide(f",{box}", ",1002", suppressed=(suppressed,))
    assert [one.mailbox for one in decided.reached] == ["1002"]
    later = reach.without(drops.decide(f",{box}", ",1002"), [suppressed], policy=drops.policy())
    assert [one.mailbox for one in later.reached] == ["1002"]


def test_the_context_of_a_mailbox_without_one_is_the_targets_own():
    boxes = (",1001@sales", ",1002@default")
    decided = drops.decide(*boxes, suppressed=("1001", "1002"), contexts=("sales",))
    assert [one.mailbox for one in decided.reached] == ["1002@default"]


def test_a_barred_phone_bars_the_mailbox_of_its_owner_where_no_phone_is_rung():
    """--full: parts go into mailboxes only."""
    rows = ("+1 415 555 2671,1001", "+1 212 555 0123,1002")
    revoked = "(415) 555-2671,,Ann,,,,,written,2026-01-15,form,morning,2026-11-01"
    by_list = drops.decide(*rows, suppressed=("415-555-2671 x9",), by_phone=False)
    by_row = drops.decide(*rows, revoked, by_phone=False)
    late = reach.without(drops.decide(*rows, by_phone=False), ["415-555-2671"], policy=drops.policy())
    for decided in (by_list, by_row, late):
        assert [(one.number, one.mailbox) for one in decided.reached] == [(None, "1002")]


def test_two_mailboxes_behind_one_phone_both_get_what_rings_no_phone():
    decided = drops.decide("+1 415 555 2671,1001", "+1 415 555 2671,1002", by_phone=False)
    assert [one.mailbox for one in decided.reached] == ["1001", "1002"]


# ---- rows of another length than the header


SHIFTED = "phone,last_name,consent_basis,consent_at,consent_source,scope,revoked_at"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            f"{SHIFTED}\n+14155552671,Smith, Ann,written,2026-01-15,form,*,2026-10-01\n",
            "8 cells.*7 columns; quote a cell",
        ),
        (f"{SHIFTED}\n+14155552671,Smith, Ann,written,2026-01-15,form,*,\n", "8 cells.*7 columns; quote a cell"),
        (f"{SHIFTED}\n+14155552671,Smith,written,2026-01-15,form,*\n", "6 cells.*7 columns.*'revoked_at' is missing"),
        ("revoked_at,phone,scope,email\n,+14155552671\n", "2 cells.*4 columns.*'scope' is missing"),
    ],
)
def test_a_row_that_would_be_shifted_is_one_line_that_names_it(content, words):
    with pytest.raises(VoicemailError, match=rf"^team\.csv:2: {words}") as caught:
        recipients.read(content.encode(), name="team.csv")
    assert "\n" not in str(caught.value)


def test_empty_cells_at_the_end_may_be_missing_where_no_consent_column_is():
    content = b"phone,revoked_at,email,groups\n+14155552671,\n+12125550123,2026-10-01,ann@x.example\n"
    first, second = recipients.read(content, name="team.csv").recipients
    assert (first.phone, first.consent.revoked_at, first.email, first.groups) == ("+14155552671", "", "", frozenset())
    assert (second.consent.revoked_at, second.email) == ("2026-10-01", "ann@x.example")
