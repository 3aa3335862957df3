"""One Asterisk from unpacked packages: its configuration, its console, its end."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

MODULES = (
    "codec_ulaw codec_alaw codec_gsm codec_g722 codec_resample format_pcm format_wav format_wav_gsm format_gsm format_sln "
    "func_strings func_logic func_callerid func_channel pbx_config pbx_spool bridge_simple res_timing_timerfd "
    "res_rtp_asterisk res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject res_statsd res_pjsip "
    "res_pjsip_session res_pjsip_pubsub res_pjsip_caller_id res_pjsip_endpoint_identifier_ip res_pjsip_sdp_rtp "
    "chan_pjsip app_playback app_voicemail app_amd app_waitforsilence app_verbose app_stack app_originate"
)
EMPTY = "features cdr cel udptl ccss manager http acl stasis codecs indications pjproject statsd dnsmgr dsp amd"


class Switch:
    """An Asterisk on an address of its own.

    Attributes:
        spool, sounds, log: its folders and its full log.
    """

    def __init__(self, packages: Path, work: Path, ip: str, *, peers: dict[str, str], extensions: str) -> None:
        self.root, self.work, self.ip = packages, work, ip
        self.spool, self.log = work / "spool", work / "log" / "full"
        self.data = work / "data"
        self._folders()
        self._configure(peers, extensions)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def _command(self) -> list[str]:
        return [str(self.root / "usr/sbin/asterisk"), "-C", str(self.work / "etc/asterisk.conf")]

    @property
    def _environment(self) -> dict[str, str]:
        libraries = [next((self.root / "usr/lib").glob("*-linux-gnu"), self.root), self.root / "usr/lib"]
        return os.environ | {"LD_LIBRARY_PATH": ":".join(map(str, libraries))}

    def _folders(self) -> None:
        for name in [
            "etc",
            "lib",
            "db",
            "key",
            "agi",
            "spool/outgoing",
            "spool/outgoing_done",
            "spool/voicemail",
            "spool/tmp",
            "run",
            "log",
        ]:
            (self.work / name).mkdir(parents=True)
        self.data.mkdir()
        shared = self.root / "usr/share/asterisk"
        for child in shared.iterdir():
            if child.name != "sounds":
                (self.data / child.name).symlink_to(child)
        (self.data / "sounds").mkdir()
        for child in (shared / "sounds").iterdir():
            (self.data / "sounds" / child.name).symlink_to(child.resolve())

    def _configure(self, peers: dict[str, str], extensions: str) -> None:
        work, etc = self.work, self.work / "etc"
        modules = f"{self.root}/usr/lib/asterisk/modules"
        (etc / "asterisk.conf").write_text(
            f"[directories]\nastetcdir=>{etc}\nastmoddir=>{modules}\nastvarlibdir=>{work}/lib\nastdbdir=>{work}/db\n"
            f"astkeydir=>{work}/key\nastdatadir=>{self.data}\nastagidir=>{work}/agi\nastspooldir=>{self.spool}\n"
            f"astrundir=>{work}/run\nastlogdir=>{work}/log\n[options]\nverbose=4\n"
        )
        loads = "".join(f"load={name}.so\n" for name in MODULES.split())
        (etc / "modules.conf").write_text(f"[modules]\nautoload=no\n{loads}")
        (etc / "logger.conf").write_text("[general]\n[logfiles]\nfull=>notice,warning,error,verbose\n")
        for name in EMPTY.split():
            (etc / f"{name}.conf").write_text("")
        (etc / "rtp.conf").write_text("[general]\nrtpstart=20000\nrtpend=20200\nstrictrtp=no\n")
        (etc / "pjsip.conf").write_text(self._pjsip(peers))
        (etc / "extensions.conf").write_text(extensions)
        (etc / "voicemail.conf").write_text(
            "[general]\nformat=wav49|gsm|wav\nmaxsecs=180\nminsecs=2\nmaxsilence=10\nsilencethreshold=128\n"
            "[default]\n1001=>1234,Rep One\n1002=>1234,Rep Two\n1003=>1234,Rep Three\n1004=>1234,Rep Four\n"
        )

    def _pjsip(self, peers: dict[str, str]) -> str:
        text = f"[udp]\ntype=transport\nprotocol=udp\nbind={self.ip}:5060\n"
        for name, contact in {**peers, "any": "sip:nobody@127.0.0.99:5060"}.items():
            text += (
                f"[{name}]\ntype=endpoint\ntransport=udp\ncontext=in\ndisallow=all\nallow=ulaw\ndirect_media=no\n"
                f"media_address={self.ip}\naors={name}\n[{name}]\ntype=aor\ncontact={contact}\n"
            )
        return text + "[any]\ntype=identify\nendpoint=any\nmatch=127.0.0.0/8\n"

    def __enter__(self) -> Switch:
        self.process = subprocess.Popen(
            [*self._command, "-f", "-q"],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(80):
            if "fully booted" in self.say("core waitfullybooted"):
                return self
            time.sleep(0.25)
        raise TimeoutError(f"Asterisk did not start; see {self.log}")

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        self.say("core stop now")
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)

    def say(self, command: str) -> str:
        """Say something on its console and give the answer."""
        done = subprocess.run(
            [*self._command, "-rx", command], env=self._environment, capture_output=True, text=True, timeout=20
        )
        return done.stdout + done.stderr

    def dial(self, text: str, name: str) -> None:
        """Hand over a call file the way it is meant: written elsewhere, then renamed."""
        path = self.spool / "tmp" / name
        path.write_text(text)
        path.rename(self.spool / "outgoing" / name)

    def wait_for(self, text: str, *, seconds: float) -> bool:
        """Wait until the log says something."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.log.exists() and text in self.log.read_text(errors="replace"):
                return True
            time.sleep(0.2)
        return False
