"""The settings: one typed tree, and one line for each mistake."""

import pytest

from roadcast import settings
from roadcast.errors import SettingsError
from roadcast.workspace import find_workspace
from workspaces import workspace


def load(tmp_path, text):
    (tmp_path / "roadcast.toml").write_text(text, encoding="utf-8")
    return settings.load(tmp_path)


def test_a_setting_left_out_has_its_default(tmp_path):
    assert settings.load(workspace(tmp_path)).shows["briefing"].minutes == 7


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("ROADCAST_BASE_URL", "https://audio.example.com/reps")
    assert settings.load(workspace(tmp_path)).base_url == "https://audio.example.com/reps/"


def test_a_secret_file_is_read(tmp_path):
    folder = workspace(tmp_path)
    (folder / ".roadcast" / "secrets").mkdir(parents=True)
    (folder / ".roadcast" / "secrets" / "roadcast_mail").write_text('{"password": "hidden words"}')
    assert settings.load(folder).mail.password.get_secret_value() == "hidden words"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('bas_url = "x"\n', ":1:", "did you mean 'base_url'?"),
        ("\n[audio]\nluffs = -16\n", ":3:", "did you mean 'lufs'?"),
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
        ('base_url = "ftp://files"\n', ":1:", "http or https"),
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


def test_a_missing_workspace_says_how_to_make_one(tmp_path):
    with pytest.raises(SettingsError, match="roadcast init"):
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


def test_a_file_in_another_encoding_is_named_with_its_byte(tmp_path):
    (tmp_path / "roadcast.toml").write_bytes('title = "caf\xe9"'.encode("latin-1"))
    with pytest.raises(SettingsError, match="UTF-8 at byte 12"):
        settings.load(tmp_path)
