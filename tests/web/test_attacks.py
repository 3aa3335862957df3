"""What somebody might try against the server, each threat by its number.

T1   Headers that ask for hundreds of ranges, or are huge, so that one request costs as much as thousands.
T2   A download that is resumed after the episode was built anew, and would be half of one and half of the other.
T3   Odd spellings of an address, and malformed host names, that get round the token or into an answer.
T4   Guessing tokens: an answer that tells an unknown one from one that was rotated, revoked or shortened.
T5   A good token used for what is not its holder's: another show, another group's episode, tomorrow's.
T6   Secrets that leak into logs, errors, headers or the database.
T7   Scanners and previews that open an address, and so use up an invitation or count as listening.
T8   Reports of what was heard that are nested, endless or absurd, to exhaust memory or time.
T10  Titles and texts that become markup or script on a page.
T12  File names that lead out of the folder, or mean something to a program.
T13  A key that is missing, short, a placeholder or easily guessed.
T14  Forged headers of a proxy, to get round the limit or to be counted as many.
T15  Redirects that lead to somebody else's site.
T16  Questions for pictures of a size that takes all memory.
T17  Pages of administration, other methods, and logins with a name and a guess.
T18  Texts with what XML cannot hold, which break the feed for everybody.

T9, an address that makes us ask somebody else's host, is tried in test_feedcheck.py; T11, a cell that a spreadsheet
calculates, in test_feedback.py: those threats do not touch serving.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
import time
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from roadcast.errors import SettingsError
from roadcast.model import Enclosure
from roadcast.web import limits
from roadcast.web.app import build
from roadcast.workflow import people
from staging import KEY, make_show, open_stage

PUBLIC = ("/healthz", "/robots.txt", "/static/pages.css", "/private/b/morning.xml")


@pytest.fixture
def anna(stage):
    return stage.enrol("anna", "morning")


@pytest.fixture
def app(stage):
    return build(stage.site())


def paths_of(stage, token: str, show: str = "morning") -> dict[str, str]:
    """Every address that a feed token opens, by what is there."""
    home = f"/private/s/{token}/"
    episode = stage.catalogue.editions.episodes(show)[0]
    vtt, json_, srt = episode.transcripts
    return {
        "feed": f"{home}{show}.xml",
        "audio": home + episode.audio.path,
        "vtt": home + vtt.path,
        "json": home + json_.path,
        "srt": home + srt.path,
        "chapters": home + episode.chapters_file.path,
        "artwork": home + episode.artwork.path,
        "page": home,
        "colours": f"{home}colours.css",
        "phone": f"{home}phone.svg",
    }


def nothing(heard) -> bool:
    """Tell whether this is the one answer for everything that is not there."""
    return (heard.status, heard.body) == (404, b"Nothing here.\n")


def shut(heard) -> bool:
    """Tell whether nothing was given away; whoever tries long enough is asked to wait."""
    return nothing(heard) or heard.status == 429


def test_t1_hundreds_of_ranges_and_a_huge_header_cost_nothing(stage, anna, app, ask):
    audio = paths_of(stage, anna)["audio"]
    whole = stage.bytes_of(stage.catalogue.editions.episodes("morning")[0])
    began = time.perf_counter()
    for header in (
        "bytes=" + ",".join(f"{i}-{i}" for i in range(500)),
        "bytes=0-" + "9" * 10_000,
        "bytes=" + "-," * 5_000,
    ):
        heard = ask(app, path=audio, Range=header)
        assert (heard.status, heard.body) == (200, whole)
    overlapping = ask(app, path=audio, Range="bytes=" + ",".join(["0-"] * 8))
    assert (overlapping.status, overlapping.body) == (206, whole)  # merged: sent once, not eight times
    assert time.perf_counter() - began < 20  # a moment, on a machine that does other work; a bomb takes minutes


def test_t2_a_download_resumed_after_a_rebuild_starts_anew(stage, anna, app, ask):
    audio = paths_of(stage, anna)["audio"]
    old = ask(app, path=audio, Range="bytes=0-999")
    rebuilt = stage.publish("morning", date(2026, 11, 20), seed=1)
    resumed = ask(app, path=audio, Range="bytes=1000-", If_Range=old.headers["etag"])
    assert resumed.status == 200
    assert resumed.body == stage.bytes_of(rebuilt)
    assert old.body != resumed.body[:1000]


def test_t3_no_spelling_of_a_private_address_gets_round_the_token(stage, anna, app, ask):
    wrong = "A" * 27
    for path in paths_of(stage, wrong).values():
        for public in PUBLIC:
            for spelling in (
                f"{path}?x={public}", f"{path}#{public}", f"{path}{public}", f"{path}/..{public}", f"{path};{public}",
                f"{public}/..{path}", f"{public}/../{path}", f"/{path}", f"{path}//", f"{path}/.", f"/.{path}",
                f"{path}%2e%2e{public}", f"{path}\x00", f"{path}%00", f"{path}..;/", f"{path}\n", f"{path}\\..{public}",
            ):  # fmt: skip
                assert shut(ask(app, path=spelling)), spelling
    for name, path in paths_of(stage, anna).items():
        for spelling in (f"/{path}", f"{path}/", f"{path}\n", f"{path}\x00", path.replace("/private/", "/Private/")):
            heard = ask(app, path=spelling)
            assert shut(heard), f"{name}: {spelling!r}"


@pytest.mark.parametrize(
    "host", ["", "evil.example", "127.0.0.1:8000@evil.example", "[::1", "a/b", "x\ty", "é.example"]
)
def test_t3_a_malformed_host_changes_no_answer_and_no_address(stage, anna, app, ask, host):
    for path in (*paths_of(stage, anna).values(), *paths_of(stage, "A" * 27).values()):
        plain, odd = ask(app, path=path), ask(app, path=path, Host=host)
        assert (odd.status, odd.body) == (plain.status, plain.body)
        if host:
            assert host.encode("latin-1") not in odd.body


def test_t4_every_bad_token_gets_one_and_the_same_answer(stage, app, ask):
    stage.enrol("anna", "morning")
    bad = {
        "unknown": "A" * 27,
        "short": "A" * 26,
        "long": "A" * 28,
        "one": "A",
        "unicode": "ä" * 27,
        "spaces": " " * 27,
    }
    bad["digest"] = "0" * 64
    bad["other purpose"] = stage.invite("anna", "morning")
    rotated = stage.token("anna", "morning")
    people.rotate(stage.circulation, "anna@example.com", grace=timedelta(0))
    bad["rotated without grace"] = rotated
    revoked = stage.enrol("ben", "morning")
    people.step(stage.circulation, "ben@example.com", people.Step.REVOKE)
    bad["revoked"] = revoked
    answers = set()
    for token in bad.values():
        for path in paths_of(stage, token).values():
            heard = ask(build(stage.site()), path=path)
            answers.add((heard.status, heard.body, tuple(sorted(heard.headers.items()))))
        heard = ask(
            build(stage.site()), path=f"/private/i/{token}" if token != bad["other purpose"] else "/private/i/x"
        )
        answers.add((heard.status, heard.body, tuple(sorted(heard.headers.items()))))
    ((status, body, headers),) = answers
    assert (status, body) == (404, b"Nothing here.\n")
    assert "www-authenticate" not in dict(headers)
    assert "etag" not in dict(headers)


def test_t4_an_empty_token_leads_nowhere(stage, app, ask):
    for path in ("/private/s//morning.xml", "/private/s/", "/private/i/", "/private/s//", "/private/"):
        assert nothing(ask(app, path=path))


def test_t4_a_graced_token_is_honoured_until_its_time_is_over(stage, anna, app, ask):
    people.rotate(stage.circulation, "anna@example.com", grace=timedelta(hours=1))
    fresh = stage.token("anna", "morning")
    assert fresh != anna
    for token in (anna, fresh):
        assert ask(app, path=paths_of(stage, token)["audio"]).status == 200
    stage.now += timedelta(hours=1)
    assert nothing(ask(app, path=paths_of(stage, anna)["audio"]))
    assert ask(app, path=paths_of(stage, fresh)["audio"]).status == 200


def test_t5_no_token_opens_anything_of_another_show(stage, anna, app, ask):
    ben = stage.enrol("ben", "evening")
    foreign = paths_of(stage, anna, "evening")
    for name in ("feed", "audio", "vtt", "json", "srt", "chapters", "artwork"):
        assert nothing(ask(app, path=foreign[name])), name
        assert ask(app, path=foreign[name].replace(anna, ben)).status == 200, name


def test_t5_no_token_opens_an_episode_of_other_groups_or_of_tomorrow(stage, anna, app, ask):
    west = stage.publish("morning", date(2026, 11, 18), groups=["west"])
    later = stage.publish("morning", date(2026, 11, 21), at=datetime(2026, 11, 21, 6, tzinfo=UTC))
    wanda = stage.enrol("wanda", "morning", groups=["west"])
    for episode in (west, later):
        for file in (episode.audio, episode.chapters_file, *episode.transcripts):
            assert nothing(ask(app, path=f"/private/s/{anna}/{file.path}")), file.path
            status = ask(app, path=f"/private/s/{wanda}/{file.path}").status
            assert status == (200 if episode is west else 404)


def test_t5_every_route_refuses_every_foreign_id(stage, anna, app, ask):
    ids = [stage.access("anna", "morning").feed_url, "../anna", "anna@example.com", "morning", "1", "0", "-1", "*", "%"]
    for route in app._app.routes:
        template = route.path
        if "/private/" not in template:
            continue
        for foreign in ids:
            path = template
            for name in ("token", "folder", "name", "show"):
                path = path.replace(f"{{{name}}}", str(foreign).replace("/", "_"))
            heard = ask(app, path=path, method="POST" if "POST" in (route.methods or ()) else "GET")
            assert heard.status in (401, 404, 405, 429), f"{path}: {heard.status}"


def test_t6_the_token_is_in_no_log_no_error_no_header_and_no_database(stage, anna, ask, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    secrets = {anna, stage.invite("anna", "morning")}

    def broken(show):
        raise RuntimeError(f"cannot show {anna} to anybody")

    sites = [build(stage.site()), build(stage.site(frame=broken))]
    for app in sites:
        for path in (*paths_of(stage, anna).values(), f"/private/i/{stage.invite('anna', 'morning')}"):
            for spelling in (
                path,
                f"/{path}",
                f"{path}?token={anna}",
                path + "x",
                path.replace("/private/s/", "/private/b/"),
            ):
                try:
                    heard = ask(app, path=spelling, Referer=f"http://127.0.0.1:8000/private/s/{anna}/")
                except RuntimeError as error:  # starlette passes it on to the server after answering
                    pytest.fail(f"reached the server: {error!r}"[:60])
                if heard.status not in (200, 303):
                    assert not any(secret.encode() in heard.body for secret in secrets)
                assert not any(
                    secret in value for secret in secrets for name, value in heard.headers.items() if name != "location"
                )
                assert heard.headers["referrer-policy"] == "no-referrer"
    shown = "".join(capfd.readouterr()) + caplog.text
    assert "GET" in shown
    assert "RuntimeError" in shown
    stage.catalogue.close()
    kept = b"".join(path.read_bytes() for path in (stage.root / ".roadcast").iterdir() if path.is_file())
    for secret in secrets:
        assert secret not in shown
        assert secret.encode() not in kept


def test_t6_an_address_with_the_token_in_the_wrong_place_is_told_to_no_log(stage, anna, app, ask, caplog):
    caplog.set_level(logging.INFO)
    for path in (
        f"/private/b/{anna}.xml",
        f"/private/b/{anna}",
        f"/private/s/x/{anna}.xml",
        f"/private/s/x/m/{anna}",
        f"/private/i/x/{anna}",
        f"/static/{anna}",
    ):
        assert ask(app, path=path).status in (401, 404)
    assert ask(app, "POST", f"/private/b/{anna}.xml").status == 405
    assert ask(app, "POST", f"/private/s/{anna}/heard", body=b"{}").status == 400
    assert {record.getMessage().split()[1] for record in caplog.records} == {"-"}


def test_t6_the_log_names_shows_and_files_that_are_there(stage, anna, app, ask, caplog):
    caplog.set_level(logging.INFO)
    paths = paths_of(stage, anna)
    audio = paths["audio"].removeprefix(f"/private/s/{anna}/")
    ask(app, path=paths["feed"])
    ask(app, path=paths["audio"], Range="bytes=9999999-")
    ask(app, path=paths["audio"], If_Match='"another"')
    told = [record.getMessage().split(" B ")[0] for record in caplog.records]
    assert [line.rpartition(" ")[0] for line in told] == [
        "GET feed morning 200",
        f"GET {audio} 416",
        f"GET {audio} 412",
    ]


def test_t7_looking_consumes_nothing_and_counts_nothing(stage, ask):
    anna = stage.enrol("anna", "morning")
    invitation = f"/private/i/{stage.invite('anna', 'morning')}"
    app = build(stage.site())
    before = people.history(stage.circulation, "anna@example.com")
    for method in ("HEAD", "GET", "GET", "HEAD"):
        assert ask(app, method, invitation, User_Agent="LinkScanner/1.0").status == 200
    for method, headers in (
        ("HEAD", {}),
        ("GET", {"Sec-Purpose": "prefetch"}),
        ("GET", {"Purpose": "prefetch"}),
        ("GET", {"If-None-Match": "*"}),
    ):
        ask(app, method, paths_of(stage, anna)["audio"], **headers)
    assert people.history(stage.circulation, "anna@example.com") == before
    assert stage.access("anna", "morning").state == "invited"
    assert notes_of(app, stage) == ([], 0)
    pressed = ask(app, "POST", invitation)
    assert pressed.status == 303
    assert pressed.headers["location"] == f"http://127.0.0.1:8000/private/s/{anna}/#apps"
    assert stage.access("anna", "morning").state == "active"


def notes_of(app, stage):
    """Write what waits, as the server does each second."""
    notes = app._app.routes[0].endpoint.answer.__self__.notes
    asyncio.run(notes.write())
    return stage.plays, len(stage.polls)


def test_t8_no_report_can_exhaust_the_server(stage, anna, app, ask):
    bombs = [
        b"[" * 8_000,
        b'{"episode": "x", "heard": ' + b"[" * 3_000 + b"]" * 3_000 + b"}",
        b'{"episode": "guid-morning-2026-11-20", "heard": [[0, 1e999]]}',
        b'{"episode": "guid-morning-2026-11-20", "heard": [[NaN, 1]]}',
        b'{"episode": "guid-morning-2026-11-20", "heard": [[0, ' + b"9" * 5_000 + b"]]}",
        b'{"a": "' + b"x" * 50_000_000 + b'"}',
        json.dumps({"episode": "guid-morning-2026-11-20", "heard": [[0, 1]] * 1000}).encode(),
        b"\xff\xfe",
        b"",
        b"null",
        b'{"episode": null, "heard": null}',
        b'{"episode": "guid-morning-2026-11-20", "heard": []}',
        b'{"episode": "guid-morning-2026-11-20", "heard": [["0", "1", "2"]]}',
        b'{"episode": "guid-morning-2026-11-20", "heard": [[5, 1]]}',
        b'{"episode": "guid-morning-2026-11-20", "heard": [[0, 86400]]}',
        b'{"episode": "guid-morning-2026-11-20", "heard": [[0, 1' + b"0" * 400 + b"]]}",
    ]
    bombs += [
        b'{"episode": "guid-morning-2026-11-20", "heard": ' + heard + b"}"
        for heard in (b"[[0, true]]", b"[[false, 1]]", b'{"12": 1}', b'["12"]', b'[{"0": 0, "1": 0}]', b'[["0", "1"]]')
    ]
    tracemalloc.start()
    began = time.perf_counter()
    for bomb in bombs:
        assert ask(app, "POST", f"/private/s/{anna}/heard", body=bomb).status == 400, bomb[:60]
    assert time.perf_counter() - began < 20  # a moment, on a machine that does other work; a bomb takes minutes
    assert tracemalloc.get_traced_memory()[1] < 200e6
    tracemalloc.stop()
    sound = b'{"episode": "guid-morning-2026-11-20", "heard": [[0, 1.5]]}'
    assert ask(app, "POST", f"/private/s/{anna}/heard", body=sound).status == 204
    ((play,), _) = notes_of(app, stage)
    assert play.heard == ((0.0, 1.5),)


XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "</title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "</template><script>alert(1)</script>",
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
)


@pytest.mark.parametrize("text", XSS)
def test_t10_no_text_of_an_author_becomes_markup_or_script(tmp_path, ask, text):
    stage = open_stage(tmp_path, make_show(title=f"T {text}", description=text, company=text, frequency=text))
    episode = stage.publish("morning", date(2026, 11, 20))
    stage.catalogue.editions.remember(
        episode.edition,
        digest="x",
        rundown=stage.catalogue.editions.plan_of(episode.edition).rundown,
        episode=replaced(
            episode, title=text, summary=text, chapters=tuple(replaced(c, title=text) for c in episode.chapters)
        ),
    )
    token = stage.enrol("anna")
    app = build(stage.site())
    for path in (f"/private/s/{token}/", f"/private/i/{stage.invite('anna', 'morning')}"):
        heard = ask(app, path=path)
        page = heard.body.decode()
        assert heard.status == 200
        for active in ("<script>alert", "<img src=x", "<svg onload", "</title><svg", "<math>", "</template><script"):
            assert active not in page
        assert page.count("<script") <= 1
        policy = heard.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
    ET.fromstring(ask(app, path=f"/private/s/{token}/morning.xml").body)
    stage.catalogue.close()


def replaced(value, **changed):
    from dataclasses import replace

    return replace(value, **changed)


@pytest.mark.parametrize(
    "name",
    [
        "-y",
        "concat:a",
        "a|b",
        "a\nb",
        "a" * 300,
        "\u202egpj.exe",
        "..",
        ".",
        "%2e%2e",
        "a\\b",
        "con",
        "x.mp3\x00",
        "~",
        "*",
    ],
)
def test_t12_no_file_name_leads_anywhere(stage, anna, app, ask, name):
    for folder in ("m", "t", "c", "a", "..", "clips", ".roadcast"):
        assert nothing(ask(app, path=f"/private/s/{anna}/{folder}/{name}"))
        assert nothing(ask(app, path=f"/static/{name}"))


@pytest.mark.parametrize("key", ["", "short", "changeme" * 8, "a" * 64])
def test_t13_a_bad_key_refuses_to_start(stage, anna, key, monkeypatch):
    from roadcast.web.opening import open_site
    from staging import write_settings

    write_settings(stage)
    monkeypatch.setenv("ROADCAST_KEY", key)
    with pytest.raises(SettingsError, match="key"), open_site(stage.root):
        pass


def test_t13_a_missing_key_refuses_to_start(stage, anna):
    from roadcast.web.opening import open_site
    from staging import write_settings

    write_settings(stage)
    (stage.root / ".roadcast" / "key").unlink()
    with pytest.raises(SettingsError, match="no key"), open_site(stage.root):
        pass


def test_t13_the_key_of_another_workspace_refuses_to_start(stage, anna, monkeypatch):
    from roadcast.web.opening import open_site
    from staging import write_settings

    write_settings(stage)
    monkeypatch.setenv("ROADCAST_KEY", "another-Key-of-32-bytes_0123456789xyz")
    with pytest.raises(SettingsError, match="not the one that the catalogue's tokens"), open_site(stage.root):
        pass


def test_t13_a_key_that_nobody_depends_on_any_more_may_be_replaced(stage, anna, monkeypatch):
    from roadcast.web.opening import open_site
    from staging import write_settings

    write_settings(stage)
    people.step(stage.circulation, "anna@example.com", people.Step.REVOKE)
    monkeypatch.setenv("ROADCAST_KEY", "another-Key-of-32-bytes_0123456789xyz")
    with open_site(stage.root) as site:
        assert site.circulation.key.startswith(b"another")


def test_t14_a_spoofed_forwarded_address_changes_no_count_and_no_limit(stage, anna, ask):
    app = build(stage.site())
    for number in range(limits.PER_MINUTE):
        spoofed = {"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.0.{number}"}
        assert nothing(ask(app, path=f"/private/s/{'A' * 27}/morning.xml", **spoofed))
    over = ask(app, path=f"/private/s/{'A' * 27}/morning.xml", X_Forwarded_For="10.9.9.9")
    assert over.status == 429
    assert over.headers["retry-after"] == "60"
    audio = paths_of(stage, anna)["audio"]
    for number in range(3):
        assert ask(app, path=audio, X_Forwarded_For=f"10.0.0.{number}").status == 200  # a good token is never limited
    plays, _ = notes_of(app, stage)
    assert len({play.network for play in plays}) == 1
    assert all("192.0.2.1" not in str(play) for play in plays)


def test_t14_the_limit_is_a_setting(stage, ask):
    from roadcast.web.opening import open_site
    from staging import write_settings

    write_settings(stage)
    with (stage.root / "roadcast.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[server]\nfailures_per_minute = 2\n")
    with open_site(stage.root) as site:
        app = build(site)
        asked = [ask(app, path=f"/private/i/{'A' * 27}").status for _ in range(3)]
    assert asked == [404, 404, 429]


def test_t14_what_a_good_token_does_not_open_is_no_failure(stage, anna, ask):
    app = build(stage.site(failures_per_minute=1))
    for _ in range(3):
        assert nothing(ask(app, path=f"/private/s/{anna}/m/none.mp3"))
    people.step(stage.circulation, "anna@example.com", people.Step.SUSPEND)
    for _ in range(3):
        assert nothing(ask(app, path=paths_of(stage, anna)["artwork"]))
    assert ask(app, path=f"/private/i/{'A' * 27}").status == 404


def test_t14_only_a_configured_proxy_is_believed(stage, ask):
    def networks(proxies):
        app = build(stage.site(proxies=proxies))
        app_ = getattr(app, "app", app)
        token = stage.token("zoe", "morning")
        stage.plays.clear()
        for number in range(2):
            ask(app, path=paths_of(stage, token)["audio"], X_Forwarded_For=f"10.0.0.{number}")
        return len({play.network for play in notes_of(app_, stage)[0]})

    stage.enrol("zoe", "morning")
    assert networks(()) == 1
    assert networks(("198.51.100.7",)) == 1
    assert networks(("192.0.2.1",)) == 2


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "\\\\evil.example", "https:evil.example", "javascript:alert(1)"],
)
def test_t15_no_redirect_leads_off_the_configured_site(stage, anna, app, ask, target):
    home = f"http://127.0.0.1:8000/private/s/{anna}/"
    opened = ask(
        app,
        path=f"/private/s/{anna}/morning.xml?next={target}&url={target}",
        Sec_Fetch_Dest="document",
        Host=target,
        Referer=target,
    )
    assert (opened.status, opened.headers["location"]) == (303, home)
    pressed = ask(
        app, "POST", f"/private/i/{stage.invite('anna', 'morning')}?next={target}", Host=target, Origin=target
    )
    assert (pressed.status, pressed.headers["location"]) == (303, f"{home}#apps")
    assert nothing(ask(app, path=f"/{target}"))


@pytest.mark.parametrize(
    "query", ["?size=100000", "?w=1&h=99999999", "?width=-1", "?format=bmp&size=1e9", "?" + "x=1&" * 5_000]
)
def test_t16_a_cover_has_one_size_whatever_is_asked(stage, anna, app, ask, query):
    artwork = paths_of(stage, anna)["artwork"]
    assert ask(app, path=artwork + query).body == ask(app, path=artwork).body


def test_t17_there_is_no_administration_to_reach(stage, anna, app, ask):
    for path in ("/admin", "/metrics", "/debug", "/docs", "/openapi.json", "/.git/config", "/.env", "/roadcast.toml",
                 "/private", "/private/s", "/private/b/", "/listens", "/.roadcast/key", "/static/", "/static/../app.py"):  # fmt: skip
        assert nothing(ask(app, path=path)), path
    for path in paths_of(stage, anna).values():
        for method in ("PUT", "DELETE", "PATCH", "POST", "TRACE"):
            assert ask(app, method, path).status == 405


def test_t17_a_login_without_a_token_is_refused_for_every_name(stage, anna, app, ask):
    def login(name, password):
        encoded = base64.b64encode(f"{name}:{password}".encode()).decode()
        return ask(app, path="/private/b/morning.xml", Authorization=f"Basic {encoded}")

    for name, password in (
        ("", ""),
        ("admin", ""),
        ("admin", "admin"),
        (anna, ""),
        ("anna@example.com", KEY.decode()),
        ("x", "A" * 27),
    ):
        assert login(name, password).status == 401
    for header in ("", "Basic", "Basic !!!", "Basic " + "A" * 9_999, f"Bearer {anna}", "Basic \xff\xfe"):
        heard = ask(app, path="/private/b/morning.xml", Authorization=header)
        assert heard.status == 401
        assert heard.body == login("a", "b").body
    assert ask(app, path="/private/b/nowhere.xml").body == ask(app, path="/private/b/morning.xml").body
    good = login("whoever", anna)
    assert good.status == 200
    assert good.body == ask(app, path=f"/private/s/{anna}/morning.xml").body


@pytest.mark.parametrize(
    "text",
    ["]]>", "a\x00b", "a\x0bb", "\ufffe", "\ud800", "😀 👩‍💻", "\u202eabc\u202c", "&amp; & <b>", "x" * 1_000_000],
)
def test_t18_no_text_breaks_the_feed(tmp_path, ask, text):
    stage = open_stage(tmp_path, make_show(description=f"About {text}"))
    stage.publish("morning", date(2026, 11, 20))
    token = stage.enrol("anna")
    heard = ask(build(stage.site()), path=f"/private/s/{token}/morning.xml")
    assert heard.status == 200
    channel = ET.parse(io.BytesIO(heard.body)).getroot().find("channel")
    assert channel is not None
    assert len(channel.findall("item")) == 1
    assert (channel.findtext("description") or "").startswith("About")
    stage.catalogue.close()


def test_an_artwork_that_is_a_link_is_not_served(stage, anna, app, ask, tmp_path):
    cover: Enclosure = stage.covers["morning"]
    path = stage.root / "feeds" / cover.path
    outside = tmp_path / "outside.jpg"
    outside.write_bytes(b"x" * cover.size)
    path.unlink()
    path.symlink_to(outside)
    assert ask(app, path=paths_of(stage, anna)["artwork"]).status >= 500
