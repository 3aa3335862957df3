"""The settings: one typed tree, and one line for each mistake."""

from pathlib import Path

import pytest

from roadcast import settings
from roadcast.bootstrap import open_studio
from roadcast.errors import SettingsError
from roadcast.workspace import find_workspace
from workspaces import workspace

RULED = '[shows.a]\ntitle="t"\ndescription="d"\npresenters=[{{name="x"}}]\nrrule = "{}"\n'


def load(tmp_path, text):
    (tmp_path / "roadcast.toml").write_text(text, encoding="utf-8")
    return settings.load(tmp_path)


def test_a_setting_left_out_has_its_default(tmp_path):
    assert settings.load(workspace(tmp_path)).shows["briefing"].minutes == 7


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("ROADCAST_BASE_URL", "https://audio.example.com/reps")
    assert settings.load(workspace(tmp_path)).base_url == "https://audio.example.com/reps/"


@pytest.fixture
def secret(tmp_path):
    """Give a way to put a secret file into a workspace, and to load its settings."""
    folder = workspace(tmp_path)
    secrets = folder / ".roadcast" / "secrets"
    secrets.mkdir(parents=True)

    def put(name, text="hidden words\n"):
        (secrets / name).write_text(text)
        return settings.load(folder)

    return put


@pytest.mark.parametrize("name", ["ROADCAST_MAIL__PASSWORD", "roadcast_mail__password"])
def test_a_secret_file_is_named_like_a_variable(secret, name):
    assert secret(name).mail.password.get_secret_value() == "hidden words"


def test_a_secret_file_may_hold_a_whole_table(secret):
    assert secret("roadcast_mail", '{"password": "hidden words"}').mail.password.get_secret_value() == "hidden words"


def test_a_variable_wins_over_a_secret_file(secret, monkeypatch):
    monkeypatch.setenv("ROADCAST_MAIL__PASSWORD", "shown words")
    assert secret("ROADCAST_MAIL__PASSWORD").mail.password.get_secret_value() == "shown words"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("ROADCAST_MIAL__PASSWORD", "x", "did you mean 'ROADCAST_MAIL__PASSWORD'?"),
        ("mail__password", "x", "did you mean 'ROADCAST_MAIL__PASSWORD'?"),
        ("password", "x", "a name is such as ROADCAST_MAIL__PASSWORD"),
        (
            "ROADCAST_MAIL__PASSWROD",
            "x",
            "ROADCAST_MAIL__PASSWROD: unknown key 'mail.passwrod'; did you mean 'password'?",
        ),
        ("ROADCAST_MAIL", "x", "it has to be JSON"),
    ],
)
def test_a_secret_file_that_sets_nothing_is_refused(secret, name, text, says):
    with pytest.raises(SettingsError) as caught:
        secret(name, text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_secret_file_that_is_no_text_is_refused(tmp_path):
    folder = workspace(tmp_path)
    file = folder / ".roadcast" / "secrets" / "ROADCAST_MAIL__PASSWORD"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"secrets: cannot be read"):
        settings.load(folder)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ROADCAST_BAS_URL", "x", "the variable ROADCAST_BAS_URL: sets nothing; did you mean 'ROADCAST_BASE_URL'?"),
        ("ROADCAST_AUDIO__LUFS", "-40", "the variable ROADCAST_AUDIO__LUFS: audio.lufs"),
        ("ROADCAST_AUDIO__LUFFS", "-16", "the variable ROADCAST_AUDIO__LUFFS: unknown key"),
    ],
)
def test_a_slip_in_a_variable_is_named(tmp_path, monkeypatch, name, value, says):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        settings.load(workspace(tmp_path))
    assert str(caught.value).startswith(says)


def test_variables_of_others_that_begin_alike_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("ROADCAST_RECORDER_PORT", "1")
    assert settings.load(workspace(tmp_path)).workers == 0


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('bas_url = "x"\n', ":1:", "did you mean 'base_url'?"),
        ("\n[audio]\nluffs = -16\n", ":3:", "did you mean 'lufs'?"),
        ("\n[audio]\nlufs = -13.9\n", ":3:", "less than or equal to -14"),
        ("[audio]\nloudness_range = [8, 3]\n", ":2:", "must be the least and the most, between 0 and 30"),
        ("[audio]\nloudness_range = [3, nan]\n", ":2:", "must be the least and the most"),
        (
            '[shows.a]\ntitle="t"\ndescription="d"\nminutes = 11\npresenters=[{name="x"}]\n',
            ":4:",
            "less than or equal to 10",
        ),
        (
            '[shows.a]\ntitle="t"\ndescription="d"\n[[shows.a.presenters]]\nname = "x"\nvoic = "y"\n',
            ":6:",
            "did you mean 'voice'?",
        ),
        ('[shows.a]\ntitle=" "\ndescription="d"\npresenters=[{name="x"}]\n', ":2:", "must not be empty"),
        (
            '[shows.a]\ntitle="t"\ndescription="d"\ncategory="Bussiness"\npresenters=[{name="x"}]\n',
            ":1:",
            "Bussiness > Management is no category of Apple's list",
        ),
        (
            '[shows.a]\ntitle="t"\ndescription="d"\nlanguage="English"\npresenters=[{name="x"}]\n',
            ":4:",
            "'English' is no language tag; write one such as 'en'",
        ),
        (
            '[shows.a]\ntitle="t"\ndescription="d"\npresenters=[{name="x"}]\npublish_at = "6 am"\n',
            ":5:",
            "'6 am' is no time of day",
        ),
        ('[[shows.b]]\ntitle="t"\n', ":1:", "must be a table; write [shows.b]"),
        (RULED.format("FREQ=SOMETIMES"), ":5:", "rrule: nothing comes 'SOMETIMES'; known: SECONDLY, MINUTELY"),
        (RULED.format("FREQ=WEEKLI"), ":5:", "did you mean 'WEEKLY'?"),
        (RULED.format("FREQ=DAILY;BYDAYS=MO"), ":5:", "no rule has 'BYDAYS'; did you mean 'BYDAY'?"),
        (RULED.format("FREQ=DAILY;BYDAY=MON"), ":5:", "is no rule: invalid 'BYDAY': MON; write one such as"),
        (RULED.format("FREQ=DAILY;"), ":5:", "no rule has ''"),
        (RULED.format("BYDAY=MO"), ":5:", "does not begin with FREQ"),
        (RULED.format("FREQ=DAILY; BYDAY=MO"), ":5:", "has a space"),
        ('[shows."Our Show"]\ntitle="t"\n', ":1:", "a name has small letters, digits and hyphens"),
        ('base_url = "ftp://files"\n', ":1:", "http or https"),
        ('base_url = "https://ada:hunter2@feeds.example/"\n', ":1:", "must hold no name or password"),
        ('base_url = "https://feeds.example:70000/"\n', ":1:", "one from 1 to 65535"),
        ('base_url = "https://feeds.example:0/"\n', ":1:", "one from 1 to 65535"),
        ('base_url = "https://feeds.example:x/"\n', ":1:", "one from 1 to 65535"),
        ('base_url = "https://:8000/"\n', ":1:", "must name a host"),
        ('base_url = "https://[::1/"\n', ":1:", "Invalid IPv6"),
        ('base_url = "https://münchen.example/"\n', ":1:", "in its xn-- form"),
        ("[engines]\nonlin = true\n", ":2:", "unknown key 'engines.onlin'; did you mean 'online'?"),
        ("minutes = \n", "roadcast.toml", "line 1"),
    ],
)
def test_a_mistake_is_one_line_with_its_place(tmp_path, text, line, says):
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    message = str(caught.value)
    assert line in message
    assert says in message
    assert "\n" not in message
    assert "hunter2" not in message


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=+4TH",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=MO,TU;BYSETPOS=-1;WKST=SU",
        "FREQ=WEEKLY;UNTIL=20271231T000000Z",
        "FREQ=WEEKLY;UNTIL=20271231",
    ],
)
def test_a_rule_that_can_be_is_taken_as_it_is(tmp_path, rule):
    assert load(tmp_path, RULED.format(rule)).shows["a"].rrule == rule


@pytest.mark.parametrize(
    "url", ["http://[::1]:8000/", "https://xn--mnchen-3ya.example/a/b/", "http://office_pc:65535/", "http://192.0.2.1/"]
)
def test_an_address_that_can_be_is_taken_as_it_is(tmp_path, url):
    assert load(tmp_path, f'base_url = "{url}"\n').base_url == url


def test_a_missing_workspace_says_how_to_make_one(tmp_path):
    with pytest.raises(SettingsError, match="roadcast init"):
        find_workspace(tmp_path)


def test_a_folder_that_may_not_be_looked_into_is_one_line(tmp_path, monkeypatch):
    def refuse(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", refuse)
    with pytest.raises(SettingsError, match=r"roadcast\.toml: no permission to look there"):
        find_workspace(tmp_path)


def test_the_nearest_workspace_upward_is_found(tmp_path):
    inner = workspace(tmp_path) / "briefings" / "deep"
    inner.mkdir()
    assert find_workspace(inner) == tmp_path


def test_secrets_are_masked_and_options_of_engines_too(tmp_path):
    folder = workspace(
        tmp_path, more='[mail]\npassword = "pass words"\n[engines.openai]\napi_key = "sk-1"\nmodel = "tts"\n'
    )
    shown = settings.masked(settings.load(folder))
    assert "pass words" not in str(shown)
    assert "sk-1" not in str(shown)
    assert shown["engines"]["openai"]["model"] == "tts"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://bob:hunter2@db/cat", "postgresql://bob:**********@db/cat"),
        ("postgresql+psycopg://bob:p%40ss/w:@rd@db:5432/cat", "postgresql+psycopg://bob:**********@db:5432/cat"),
        ("postgresql://bob@db/cat", "postgresql://bob@db/cat"),
        ("sqlite:///cat.db", "sqlite:///cat.db"),
    ],
)
def test_the_password_in_an_address_is_masked(tmp_path, monkeypatch, url, shown):
    monkeypatch.setenv("ROADCAST_DATABASE", url)
    assert settings.masked(settings.load(workspace(tmp_path)))["database"] == shown


@pytest.mark.parametrize("zone", ["Europe", "Europe/Atlantis", "x" * 300, "../etc"])
def test_a_time_zone_that_is_none_is_one_line(tmp_path, monkeypatch, zone):
    monkeypatch.setenv("ROADCAST_TIME_ZONE", zone)
    with pytest.raises(SettingsError, match=r"time_zone: .* is not known"), open_studio(workspace(tmp_path)):
        pass


def test_a_file_in_another_encoding_is_named_with_its_byte(tmp_path):
    (tmp_path / "roadcast.toml").write_bytes('title = "caf\xe9"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="UTF-8 at byte 12"):
        settings.load(tmp_path)


def test_a_file_that_windows_has_marked_as_utf8_is_read(tmp_path):
    (tmp_path / "roadcast.toml").write_bytes(b"\xef\xbb\xbfworkers = 2\r\n")
    assert settings.load(tmp_path).workers == 2


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('title = "Test Briefing"', "title = “Test”", 'at line 4, column 9); write straight quotes (") in place of “'),
        ('name = "One"', "", "presenters.0.name: is missing, and has to be set"),
        ("[shows.briefing]", "[shows.briefing]\nminutes = 3", "minutes: should be greater than or equal to 5"),
        (
            "[shows.briefing]",
            '[shows.briefing]\ncolours = ["#0b3954", "blue"]',
            "colours: 'blue' is no colour; write it like",
        ),
    ],
)
def test_a_slip_is_told_in_the_words_of_a_settings_file(tmp_path, before, after, says):
    text = (workspace(tmp_path) / "roadcast.toml").read_text()
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text.replace(before, after, 1))
    assert says in str(caught.value)
