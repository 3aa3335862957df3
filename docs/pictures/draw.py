"""Draw the pictures of the README from the sample workspace, once it is built: .venv/bin/python docs/pictures/draw.py.

player.png is not drawn here: it is a screenshot of the page that a listener of the sample's show sees.
"""

import datetime as dt
import io
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from roadcast.bootstrap import open_studio
from roadcast.cli.tables import rundown_table
from roadcast.workflow import line, order, settling

HERE = Path(__file__).parent


def console() -> Console:
    return Console(record=True, width=92, file=io.StringIO(), force_terminal=True)


def main() -> None:
    with open_studio(HERE.parents[1]) as studio:
        asked = order.Order(edition=studio.edition(studio.shows[0].id, dt.date(2026, 11, 20)))
        desk, brief = line.prepare(studio, asked, order.Progress())
        rundown = settling.plan(desk, brief)
        predicted = [desk.predict(desk.script(entry.segment)) for entry in rundown.entries]
    table = console()
    table.print(rundown_table(rundown, str(rundown.edition), predicted=predicted))
    table.save_svg(str(HERE / "plan.svg"), title="roadcast plan road-briefing --date 2026-11-20")
    progress = console()
    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=progress)
    bar.add_task(f"voicing {asked.edition}", total=len(rundown.entries), completed=len(rundown.entries) * 2 // 3)
    progress.print(bar.get_renderable())
    progress.save_svg(str(HERE / "progress.svg"), title="roadcast build --date 2026-11-20")


if __name__ == "__main__":
    main()
