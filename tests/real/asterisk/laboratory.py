"""Prove a bundle against two real Asterisks inside a network namespace that has nothing but loopback.

    unshare -rn python laboratory.py PACKAGES WORK BUNDLE HELLO.ulaw

A calls, B has the mailboxes. Everything that can happen at once does. What was seen goes to WORK/seen.json,
recordings beside it.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import endpoint
from switch import Switch

A, B, PHONE = "127.0.0.2", "127.0.0.3", "127.0.0.4"
FULL_GREETING = """[in]
exten => _1XXX,1,Answer()
 same => n,Wait(1)
 same => n,VoiceMail(${EXTEN}@default,u)
 same => n,Hangup()
exten => _9XXXX,1,Answer()
 same => n,VoiceMail(${EXTEN:1}@default,s)
 same => n,Hangup()
[listen]
exten => s,1,NoOp(play ${MSGBOX} ${MSGID})
 same => n,VoiceMailPlayMsg(${MSGBOX}@default,${MSGID})
 same => n,Verbose(1,VMPLAY ${VOICEMAIL_PLAYBACKSTATUS} ${MSGID})
 same => n,Hangup()
"""
VERDICTS = """[verdict]
exten => s,1,Playback(${SOUND})
 same => n,Verbose(1,VERDICT ${SOUND} ${PLAYBACKSTATUS})
 same => n,Hangup()
[silent]
exten => s,1,Answer()
 same => n,Wait(20)
[lines]
exten => s,1,Verbose(1,CALLER ${CALLERID(name)} NUMBER ${CALLERID(num)})
 same => n,Hangup()
"""


class Laboratory:
    def __init__(self, packages: Path, work: Path, bundle: Path, hello: Path) -> None:
        self.work, self.bundle, self.hello = work, bundle, hello.read_bytes()
        self.seen: dict[str, object] = {}
        self.message = (bundle / "audio/asterisk.ulaw").read_bytes()
        self.calls = sorted((bundle / "pbx/asterisk/calls").glob("*.call"))
        dialplan = (bundle / "pbx/asterisk/extensions.conf").read_text()
        phones = {name: f"sip:phone@{PHONE}:{port}" for name, port in (("human", 5071), ("listener", 5072))}
        self.a = Switch(
            packages, work / "a", A, peers={"trunk": f"sip:{B}:5060", **phones}, extensions=dialplan + VERDICTS
        )
        phones_b = {name: f"sip:phone@{PHONE}:{port}" for name, port in (("reader", 5073), ("reader2", 5074))}
        self.b = Switch(packages, work / "b", B, peers=phones_b, extensions=FULL_GREETING)

    def run(self) -> None:
        self.install_spool()
        with self.a, self.b:
            self.install_sounds()
            jobs: list[Callable[[], None]] = [
                self.mailbox_by_phone,
                self.playback_raw,
                self.full_drop,
                self.drop_at_answer,
                self.human_answers,
                self.injected,
                self.verdicts,
                self.hostile_name,
            ]
            with ThreadPoolExecutor(len(jobs)) as pool:
                for future in [pool.submit(job) for job in jobs]:
                    future.result()
        (self.work / "seen.json").write_text(json.dumps(self.seen, indent=1))

    def installer(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        script = self.bundle / "pbx/asterisk/install.sh"
        return subprocess.run(["sh", script, *arguments], capture_output=True, text=True, timeout=60)

    def install_spool(self) -> None:
        """Put the messages into mailbox 1003, which has two already, and then once more."""
        inbox = self.b.spool / "voicemail/default/1003/INBOX"
        inbox.mkdir(parents=True)
        for number in range(2):
            for extension in ("WAV", "gsm", "wav"):
                (inbox / f"msg{number:04d}.{extension}").write_bytes(b"old")
            (inbox / f"msg{number:04d}.txt").write_text(f"[message]\nmsg_id=1-0000000{number}\nduration=1\n")
        first, again = self.installer("spool", self.b.spool), self.installer("spool", self.b.spool)
        self.seen["install"] = [first.returncode, first.stderr, again.returncode, again.stderr]
        self.seen["inbox"] = sorted(path.name for path in inbox.iterdir())
        self.seen["old kept"] = all((inbox / f"msg000{n}.wav").read_bytes() == b"old" for n in (0, 1))
        envelope = (inbox / "msg0002.txt").read_text()
        self.seen["envelope"] = envelope
        self.seen["msg_id"] = next(line[7:] for line in envelope.splitlines() if line.startswith("msg_id="))

    def install_sounds(self) -> None:
        """Let the installer hand over sounds and call files; their time is long past, so they start at once."""
        done = self.installer("calls", self.a.spool, self.a.data / "sounds")
        self.seen["install calls"] = [done.returncode, done.stderr]
        for path in (self.a.spool / "outgoing").glob("*.call"):
            self.seen["mtime"] = path.stat().st_mtime
            self.seen["call file"] = path.name
            path.unlink()  # its time is in the future; full_drop hands over the same text now

    def mailbox_by_phone(self) -> None:
        endpoint.call("127.0.0.8", f"sip:91001@{B}:5060", wait=1.0, say=self.message)
        self.keep_message("1001", "by-phone")

    def keep_message(self, box: str, name: str) -> None:
        inbox = self.b.spool / f"voicemail/default/{box}/INBOX"
        end = time.monotonic() + 15
        while not (inbox / "msg0000.txt").exists() and time.monotonic() < end:
            time.sleep(0.2)
        if (inbox / "msg0000.txt").exists():
            shutil.copy(inbox / "msg0000.wav", self.work / f"{name}.wav")
            self.seen[f"{name}.txt"] = (inbox / "msg0000.txt").read_text()

    def playback_raw(self) -> None:
        """A sound that exists as .ulaw only, so that nothing is transcoded on a mu-law leg."""
        target = self.a.data / "sounds/raw-only.ulaw"
        shutil.copy(self.bundle / "audio/asterisk.ulaw", target)
        with ThreadPoolExecutor(1) as pool:
            heard = pool.submit(endpoint.answer, PHONE, 5072, say=b"", seconds=80)
            time.sleep(0.3)
            self.a.dial(
                "Channel: PJSIP/listener\nWaitTime: 10\nMaxRetries: 0\nApplication: Playback\nData: raw-only\n",
                "raw.call",
            )
            (self.work / "played.ulaw").write_bytes(heard.result())

    def call_file(self, channel: str) -> str:
        text = self.calls[0].read_text()
        line = next(line for line in text.splitlines() if line.startswith("Channel:"))
        return text.replace(line, f"Channel: {channel}")

    def full_drop(self) -> None:
        """The exported call file and dialplan against a mailbox with a full greeting and a beep."""
        self.a.dial(self.call_file("PJSIP/trunk/sip:1001@127.0.0.3:5060".replace("1001", "1002")), "full.call")
        self.keep_message_after("1002", "full-drop")

    def keep_message_after(self, box: str, name: str) -> None:
        inbox = self.b.spool / f"voicemail/default/{box}/INBOX"
        end = time.monotonic() + 120
        while not (inbox / "msg0000.txt").exists() and time.monotonic() < end:
            time.sleep(0.5)
        time.sleep(0.5)
        self.keep_message(box, name)

    def drop_at_answer(self) -> None:
        """The same message to the same kind of mailbox, played when it answers: what everybody does wrong."""
        self.a.dial(
            "Channel: PJSIP/trunk/sip:1004@127.0.0.3:5060\nWaitTime: 20\nMaxRetries: 0\n"
            "Application: Playback\nData: raw-only\n",
            "early.call",
        )
        self.keep_message_after("1004", "at-answer")

    def human_answers(self) -> None:
        with ThreadPoolExecutor(1) as pool:
            heard = pool.submit(endpoint.answer, PHONE, 5071, say=self.hello, seconds=30)
            time.sleep(0.3)
            self.a.dial(self.call_file("PJSIP/human"), "human.call")
            (self.work / "human.ulaw").write_bytes(heard.result())
        lines = [line for line in self.a.log.read_text(errors="replace").splitlines() if "PJSIP/human" in line]
        self.seen["human detected"] = any("HUMAN:" in line for line in lines)
        self.seen["played to human"] = [line for line in lines if "Playback(" in line or "Playing" in line]

    def injected(self) -> None:
        """Does the PBX count the message that was put into its spool, and play it by its identifier?"""
        self.seen["users"] = self.b.say("voicemail show users")
        with ThreadPoolExecutor(1) as pool:
            heard = pool.submit(endpoint.answer, PHONE, 5073, say=b"", seconds=80)
            time.sleep(0.3)
            self.b.dial(
                "Channel: PJSIP/reader\nWaitTime: 10\nMaxRetries: 0\nContext: listen\nExtension: s\nPriority: 1\n"
                f"Set: MSGBOX=1003\nSet: MSGID={self.seen['msg_id']}\n",
                "listen.call",
            )
            (self.work / "injected.ulaw").write_bytes(heard.result())
        self.seen["played by id"] = self.b.wait_for(f"app_verbose.c: VMPLAY SUCCESS {self.seen['msg_id']}", seconds=5)

    def verdicts(self) -> None:
        """Ask Asterisk itself which files it plays; the files are in WORK/verdicts, three seconds each."""
        folder = self.work / "verdicts"
        names = sorted(path.name for path in folder.iterdir())
        for path in folder.iterdir():
            shutil.copy(path, self.a.data / "sounds" / path.name)
        stems = [name.partition(".")[0] for name in names]
        for stem in stems:
            self.a.dial(
                "Channel: Local/s@silent\nWaitTime: 10\nMaxRetries: 0\nContext: verdict\nExtension: s\nPriority: 1\n"
                f"Set: SOUND={stem}\n",
                f"{stem}.call",
            )
        verdicts = {}
        for name, stem in zip(names, stems, strict=True):
            verdicts[name] = self.said(f"VERDICT {stem} ", seconds=40)
        self.seen["verdicts"] = verdicts

    def hostile_name(self) -> None:
        """The business of the bundle has a name that tries to break out of every file."""
        text = self.call_file("Local/s@silent").replace("Context: roadcast-drop", "Context: lines")
        self.a.dial(text, "hostile.call")
        self.seen["caller"] = self.said("CALLER ", seconds=20)

    def said(self, start: str, *, seconds: float) -> str:
        """Wait until A's dialplan has said a line that begins like this, and give the rest of it."""
        start = f"app_verbose.c: {start}"
        self.a.wait_for(start, seconds=seconds)
        return self.a.log.read_text(errors="replace").partition(start)[2].partition("\n")[0].strip()


if __name__ == "__main__":
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    Laboratory(*map(Path, sys.argv[1:5])).run()
