"""The command line, as a user meets it: in a process of its own, right and wrong."""

import json
import subprocess
import sys
import wave

import pytest

from roadcast.cli.main import COMMANDS, HELP
from workspaces import add_item, roadcast, workspace

DATE = ("--date", "2026-11-20")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = workspace(tmp_path_factory.mktemp("cli"), items=6)
    done = roadcast("build", *DATE, "--json", cwd=folder)
    assert done.returncode == 20, done.stderr
    return folder, json.loads(done.stdout)


def test_build_json_holds_the_promised_keys_and_nothing_else_is_on_standard_output(built):
    folder, made = built
    assert set(made) == {"episodes", "feed"}
    episode = made["episodes"][0]
    assert (folder / episode["file"]).stat().st_size == episode["bytes"]
    assert made["feed"] == "feeds/briefing.xml"


def test_build_says_what_was_made_and_where_it_is(built):
    done = roadcast("build", *DATE, cwd=built[0])
    assert "0 clips voiced" in done.stdout
    assert "episode: feeds/m/briefing-2026-11-20-" in done.stdout
    assert "short:" in done.stdout
    assert done.returncode == 20


def test_a_short_build_names_what_was_too_long_for_it_and_so_does_plan(tmp_path):
    folder = workspace(tmp_path, items=1)
    with wave.open(str(folder / "speech.wav"), "wb") as file:
        file.setparams((1, 2, 8_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 8_000 * 500))
    for name in "abcd":
        add_item(folder, f"speech-{name}", front="audio: speech.wav")
    done = roadcast("build", *DATE, cwd=folder)
    assert done.returncode == 20
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("short:")]
    assert ", with no room for speech-a (at least 8:21.2), speech-b (at least 8:21.2), speech-c" in line
    assert line.endswith(" and 1 more; shorten what is too long, ask for more minutes, or add items")
    said = roadcast("plan", *DATE, cwd=folder).stdout
    assert "left out: speech-d: no room (new, priority 3); it takes at least 501 s" in said


def test_a_folder_below_the_workspace_will_do(built):
    assert "2026-11-20" in roadcast("episodes", cwd=built[0] / "briefings").stdout


def test_a_workspace_may_be_named(built, tmp_path):
    assert "2026-11-20" in roadcast("episodes", "--workspace", str(built[0]), cwd=tmp_path).stdout


def test_episodes_json_lists_chapters(built):
    (episode,) = json.loads(roadcast("episodes", "--json", cwd=built[0]).stdout)
    assert episode["chapters"][0] == {"title": "Welcome", "start_seconds": 0.0}


def test_plan_shows_true_seconds_after_a_build_and_predictions_before(built, tmp_path):
    plan = json.loads(roadcast("plan", "briefing", *DATE, "--json", cwd=built[0]).stdout)
    assert len(plan["entries"]) > 6
    assert all(entry["true_seconds"] and entry["predicted_seconds"] for entry in plan["entries"])
    fresh = workspace(tmp_path, items=6)
    plan = json.loads(roadcast("plan", "briefing", *DATE, "--json", cwd=fresh).stdout)
    assert len(plan["entries"]) > 6
    assert all(entry["predicted_seconds"] and entry["true_seconds"] is None for entry in plan["entries"])
    assert not (fresh / "audio_out").exists()
    assert not (fresh / "feeds").exists()


def test_plan_is_a_table_for_people(built):
    done = roadcast("plan", "briefing", *DATE, cwd=built[0])
    assert "segment" in done.stdout
    assert "item-00" in done.stdout


def test_feed_writes_the_feed_again(built):
    folder, made = built
    before = (folder / made["feed"]).read_bytes()
    (folder / made["feed"]).unlink()
    assert roadcast("feed", cwd=folder).stdout.strip() == "feeds/briefing.xml"
    assert (folder / made["feed"]).read_bytes() == before


def test_script_prints_the_path_of_the_written_script(tmp_path):
    folder = workspace(tmp_path, items=3)
    path = roadcast("script", "briefing", *DATE, cwd=folder).stdout.strip()
    assert "== item-00 (full, new): " in (folder / path).read_text()


def test_check_counts_errors_and_warnings_and_fails_on_errors(tmp_path):
    folder = workspace(tmp_path, items=1)
    done = roadcast("check", cwd=folder)
    assert done.returncode == 0
    assert "1 item, 0 errors" in done.stdout
    add_item(folder, "bad", front="prioritty: 4")
    done = roadcast("check", "--json", cwd=folder)
    assert done.returncode == 3
    assert "bad.md:" in json.loads(done.stdout)["errors"][0]


def test_config_shows_what_is_in_force_without_secrets(tmp_path):
    folder = workspace(tmp_path)
    done = roadcast("config", cwd=folder, ROADCAST_MAIL__PASSWORD="never shown")
    assert "shows.briefing.minutes = 7" in done.stdout
    assert "never shown" not in done.stdout
    assert json.loads(roadcast("config", "--json", cwd=folder).stdout)["shows"]["briefing"]["title"] == "Test Briefing"


def test_doctor_says_what_is_there(tmp_path):
    done = roadcast("doctor", cwd=workspace(tmp_path))
    assert "voices of briefing: tone/low, tone/high" in done.stdout
    assert done.returncode == 0


def test_doctor_lists_what_it_finds_where_the_catalogue_refuses(tmp_path):
    folder = workspace(tmp_path)
    assert "ok   catalogue: can be opened" in roadcast("doctor", cwd=folder).stdout
    done = roadcast("doctor", cwd=folder, ROADCAST_DATABASE=f"sqlite:///{folder}/roadcast.toml/catalogue.db")
    assert (done.returncode, done.stderr) == (1, "")
    assert "ok   voices of briefing: tone/low, tone/high" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert line.startswith("FAIL catalogue: ")
    assert ": the database cannot be made: " in line


def test_doctor_finds_a_voice_that_is_not_there(tmp_path):
    folder = workspace(tmp_path)
    settings = folder / "roadcast.toml"
    settings.write_text(settings.read_text().replace('name = "Two"', 'name = "Two"\nvoice = "hihg"'))
    done = roadcast("doctor", cwd=folder)
    assert done.returncode == 1
    assert "FAIL voices of briefing: presenter Two: no voice 'hihg' in tone; did you mean high?" in done.stdout


def test_init_makes_a_workspace_that_builds(tmp_path):
    done = roadcast("init", "mine", "--title", 'The "Quoted" Show', "--company", "Example Works", cwd=tmp_path)
    assert "made roadcast.toml" in done.stdout
    built = roadcast("build", "--engine", "tone", cwd=tmp_path / "mine")
    assert built.returncode == 20, built.stderr
    again = roadcast("init", "mine", cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr


WRONG = [
    (("build", "--show", "briefin"), 2, "unknown show 'briefin'"),
    (("build", "--engine", "pcio"), 2, "pico"),
    (("build", "--minutes", "99"), 2, "99"),
    (("build", "--date", "tomorrow"), 2, "tomorrow"),
    (("plan", "briefin"), 2, "this workspace has: briefing"),
    (("bild",), 2, "No such command 'bild'; did you mean 'build'?"),
    (("zzz",), 2, "No such command 'zzz'.\n"),
    (("build", "--minutes", "seven"), 2, "'seven' is not a valid number of minutes"),
    (("build", "--date", "20.11.2026"), 2, "'20.11.2026' is no day; write it as YYYY-MM-DD"),
    (("build", "--workspace", "/nowhere"), 2, "/nowhere"),
]


@pytest.mark.parametrize(("arguments", "code", "says"), WRONG)
def test_a_wrong_word_is_a_short_message_and_no_traceback(tmp_path, arguments, code, says):
    done = roadcast(*arguments, cwd=workspace(tmp_path, items=1))
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "feeds").exists()


@pytest.mark.parametrize("command", ["plan", "script"])
def test_the_only_show_need_not_be_named(tmp_path, command):
    folder = workspace(tmp_path, items=3)
    assert roadcast(command, "--date", "2026-11-20", cwd=folder).returncode == 0
    with (folder / "roadcast.toml").open("a") as settings:
        settings.write('[shows.other]\ntitle = "O"\ndescription = "D"\npresenters = [{name = "One"}]\n')
    done = roadcast(command, "--date", "2026-11-20", cwd=folder)
    assert (done.returncode, done.stderr) == (2, "roadcast: name a show: briefing, other\n")


@pytest.mark.parametrize("command", [("check",), ("plan", "briefing"), ("build",)])
def test_settings_without_a_show_are_one_line(tmp_path, command):
    folder = workspace(tmp_path, items=1)
    (folder / "roadcast.toml").write_text("")
    done = roadcast(*command, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"roadcast: {folder}/roadcast.toml: no shows; add a table [shows.NAME]\n"


def test_init_says_how_to_go_on_in_a_folder_with_a_space(tmp_path):
    assert "next: cd 'my show' && roadcast build" in roadcast("init", "my show", cwd=tmp_path).stdout


def test_outside_a_workspace_it_says_how_to_make_one(tmp_path):
    done = roadcast("build", cwd=tmp_path)
    assert done.returncode == 2
    assert "roadcast init" in done.stderr


def test_every_command_has_a_line_of_help():
    assert set(HELP) == set(COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command, tmp_path):
    done = roadcast(command, "--help", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Usage: roadcast" in done.stdout


def test_help_loads_nothing_heavy(tmp_path):
    code = (
        "import sys; sys.argv = ['roadcast', '--help']\n"
        "from roadcast.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'pydantic', 'sqlalchemy', 'jinja2', 'rich', 'lxml'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
