"""The network may be unplugged: a whole build with every socket refused."""

import json
import subprocess
import sys
import textwrap

from workspaces import workspace


def test_a_build_opens_no_socket(tmp_path):
    folder = workspace(tmp_path, items=2)
    text = (folder / "roadcast.toml").read_text().replace('engine = "tone"', 'engine = "pico"')
    (folder / "roadcast.toml").write_text(text)
    guard = textwrap.dedent("""
        import socket
        def refused(real):
            def call(self, *arguments):
                if self.family == socket.AF_UNIX:  # workers talk so to the process that ordered their work
                    return real(self, *arguments)
                raise SystemExit("a socket was opened")
            return call
        for name in ("connect", "connect_ex", "sendto"):
            setattr(socket.socket, name, refused(getattr(socket.socket, name)))
        def refuse(*_a, **_k):
            raise SystemExit("a socket was opened")
        socket.getaddrinfo = refuse
    """)
    (tmp_path / "shim").mkdir()
    (tmp_path / "shim" / "sitecustomize.py").write_text(guard)  # loaded by the workers as well
    done = subprocess.run(
        [sys.executable, "-m", "roadcast", "build", "--date", "2026-11-20", "--json"],
        cwd=folder,
        env={"PYTHONPATH": str(tmp_path / "shim"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 20, done.stderr
    assert json.loads(done.stdout)["episodes"][0]["clips_rendered"] > 0


def test_the_guard_would_catch_a_socket(tmp_path):
    code = "import socket; socket.socket.connect = lambda *a: sys.exit('caught'); import sys; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "caught" in done.stderr
