// The player of a listener's page. No library: everything it needs is in the page or beside the episode.
"use strict";

const BACK = 15, FORWARD = 30; // seconds, as on the buttons
const REPORT_EVERY = 30; // seconds between two reports of what was heard
const PATIENCE = 4000; // ms after a hand on the transcript before it follows the audio again

const at = (id) => document.getElementById(id);
const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
const spoken = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  return `${minutes ? `${minutes} minute${minutes === 1 ? "" : "s"} ` : ""}${whole % 60} seconds`;
};

// Private browsing may refuse to remember anything; the player then simply starts at the beginning.
const memory = {
  get(key) { try { return localStorage.getItem(`roadcast ${key}`); } catch { return null; } },
  set(key, value) { try { localStorage.setItem(`roadcast ${key}`, value); } catch { /* as above */ } },
  drop(key) { try { localStorage.removeItem(`roadcast ${key}`); } catch { /* as above */ } },
};

// What was really played, as stretches of seconds, sent to our own server and to nobody else.
class Heard {
  constructor(address) { this.address = address; this.stretches = []; this.open = null; this.guid = ""; }
  begin(guid) { this.send(); this.guid = guid; }
  hear(position) {
    if (this.open === null || position < this.open[1] || position - this.open[1] > 5) { this.close(); this.open = [position, position]; }
    this.open[1] = position;
    if (this.open[1] - this.open[0] >= REPORT_EVERY) this.send();
  }
  close() {
    if (this.open && this.open[1] - this.open[0] >= 1) this.stretches.push(this.open);
    this.open = null;
  }
  send() {
    this.close();
    if (!this.stretches.length) return;
    const round = (value) => Math.round(value * 10) / 10;
    const told = { episode: this.guid, heard: this.stretches.map(([from, to]) => [round(from), round(to)]) };
    navigator.sendBeacon(this.address, JSON.stringify(told));
    this.stretches = [];
  }
}

class Player {
  constructor(section) {
    this.audio = at("audio");
    this.heard = new Heard(section.dataset.heard);
    this.lines = [];
    this.handled = 0;
    this.length = 0;
    this.audio.controls = false;
    at("controls").hidden = false;
    this.wireButtons();
    this.wireAudio();
    this.wireTabs();
    this.wireKeys();
    this.setSpeed(Number(memory.get("speed")) || 1);
    for (const link of document.querySelectorAll(".episode")) {
      link.addEventListener("click", (event) => { event.preventDefault(); history.replaceState(null, "", link.hash); this.load(link); this.play(); });
    }
    const links = [...document.querySelectorAll(".episode")];
    this.load(links.find((link) => link.hash === location.hash) || links[0]);
  }

  load(link) {
    const { guid, audio, transcript, seconds, about } = link.dataset;
    if (this.guid === guid) return;
    this.heard.begin(guid);
    this.guid = guid;
    this.length = Number(seconds);
    this.audio.src = audio;
    for (const other of document.querySelectorAll(".episode")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    at("about").textContent = about;
    at("title").textContent = link.querySelector("strong").textContent;
    at("seek").max = Math.round(this.length);
    at("status").textContent = "";
    at("notes").replaceChildren(link.parentElement.querySelector("template.notes").content.cloneNode(true));
    this.showChapters(link.parentElement.querySelector("template.chapters"));
    this.lines = [];
    at("transcript").replaceChildren();
    this.transcript = transcript;
    if (!at("transcript").hidden) this.fetchTranscript();
    this.resume = Number(memory.get(guid)) || 0;
    if (this.resume > this.length - 5) this.resume = 0;
    if (this.resume) at("status").textContent = `Continues at ${clock(this.resume)}.`;
    this.show(this.resume);
    this.announce();
  }

  showChapters(template) {
    const list = at("chapters");
    list.replaceChildren(template.content.cloneNode(true));
    this.chapters = [...list.querySelectorAll("button")];
    const ticks = this.chapters.slice(1).map((button) => {
      const tick = document.createElement("span");
      tick.style.left = `${(100 * button.dataset.start) / this.length}%`;
      return tick;
    });
    at("ticks").replaceChildren(...ticks);
    for (const button of this.chapters) button.addEventListener("click", () => { this.seek(Number(button.dataset.start)); this.play(); });
  }

  async fetchTranscript() {
    const wanted = this.transcript;
    if (!wanted || this.lines.length) return;
    try {
      const answer = await fetch(wanted, { cache: "default" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { segments } = await answer.json();
      if (wanted === this.transcript) this.showTranscript(segments);
    } catch {
      at("transcript").textContent = "The transcript cannot be loaded just now.";
    }
  }

  showTranscript(segments) {
    const paragraphs = [];
    let speaker = null;
    for (const segment of segments) {
      if (segment.speaker !== speaker) {
        speaker = segment.speaker;
        const paragraph = document.createElement("p");
        const name = document.createElement("b");
        name.textContent = speaker;
        paragraph.append(name);
        paragraphs.push(paragraph);
      }
      const line = document.createElement("span");
      line.className = "line";
      line.dataset.start = segment.startTime;
      line.dataset.end = segment.endTime;
      line.textContent = `${segment.body} `;
      line.addEventListener("click", () => { this.seek(segment.startTime); this.play(); });
      paragraphs.at(-1).append(line);
    }
    at("transcript").replaceChildren(...paragraphs);
    this.lines = [...at("transcript").querySelectorAll(".line")];
    this.follow(this.position(), true);
  }

  position() { return this.audio.readyState ? this.audio.currentTime : this.resume; }

  seek(seconds) {
    const wanted = Math.min(Math.max(0, seconds), this.length);
    this.heard.close();
    if (this.audio.readyState) { this.audio.currentTime = wanted; this.resume = 0; } else { this.resume = wanted; }
    this.show(wanted);
    memory.set(this.guid, String(wanted));
  }

  play() {
    at("status").textContent = "";
    this.audio.play().catch((error) => {
      if (error.name !== "AbortError") at("status").textContent = "The episode cannot be played just now. Check the connection and try again.";
    });
  }

  toggle() { if (this.audio.paused) this.play(); else this.audio.pause(); }

  nextChapter() {
    const now = this.position() + 0.5;
    const next = this.chapters.find((button) => Number(button.dataset.start) > now);
    if (next) this.seek(Number(next.dataset.start));
  }

  setSpeed(speed) {
    const select = at("speed");
    const option = [...select.options].find((one) => Number(one.value) === speed) || select.options[1];
    select.value = option.value;
    this.audio.defaultPlaybackRate = this.audio.playbackRate = Number(option.value);
    memory.set("speed", option.value);
  }

  faster(step) {
    const select = at("speed");
    const index = Math.min(Math.max(0, select.selectedIndex + step), select.options.length - 1);
    this.setSpeed(Number(select.options[index].value));
  }

  show(position) {
    const seek = at("seek");
    seek.value = Math.round(position);
    seek.style.setProperty("--done", `${(100 * position) / (this.length || 1)}%`);
    seek.setAttribute("aria-valuetext", `${spoken(position)} of ${spoken(this.length)}`);
    at("elapsed").textContent = clock(position);
    at("left").textContent = `-${clock(this.length - position)}`;
    const current = this.chapters.filter((button) => Number(button.dataset.start) <= position + 0.25).at(-1);
    for (const button of this.chapters) {
      if (button === current) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
    }
    const name = current ? current.lastElementChild.textContent : "";
    if (at("chapter").textContent !== name) at("chapter").textContent = name; // only then is it read aloud
    this.follow(position, false);
  }

  follow(position, jump) {
    const current = this.lines.filter((line) => Number(line.dataset.start) <= position + 0.1).at(-1);
    if (current === this.line && !jump) return;
    if (this.line) { this.line.classList.remove("now"); this.line.removeAttribute("aria-current"); }
    this.line = current;
    if (!current) return;
    current.classList.add("now");
    current.setAttribute("aria-current", "true");
    const box = at("transcript");
    if (box.hidden || Date.now() - this.handled < PATIENCE) return;
    const calm = jump || matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollTo({ top: current.offsetTop - box.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
  }

  wireButtons() {
    at("play").addEventListener("click", () => this.toggle());
    at("back").addEventListener("click", () => this.seek(this.position() - BACK));
    at("forward").addEventListener("click", () => this.seek(this.position() + FORWARD));
    at("next").addEventListener("click", () => this.nextChapter());
    at("seek").addEventListener("input", (event) => this.seek(Number(event.target.value)));
    at("speed").addEventListener("change", (event) => this.setSpeed(Number(event.target.value)));
    for (const event of ["wheel", "touchmove", "keydown"]) {
      at("transcript").addEventListener(event, () => { this.handled = Date.now(); }, { passive: true });
    }
  }

  wireAudio() {
    const { audio } = this;
    audio.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(audio.duration)) { this.length = audio.duration; at("seek").max = Math.round(audio.duration); }
      audio.playbackRate = audio.defaultPlaybackRate;
      if (this.resume) { audio.currentTime = this.resume; this.resume = 0; }
    });
    audio.addEventListener("timeupdate", () => {
      if (audio.paused && !audio.readyState) return;
      this.show(audio.currentTime);
      if (audio.paused || audio.seeking) return;
      this.heard.hear(audio.currentTime);
      memory.set(this.guid, String(audio.currentTime));
    });
    const tell = () => {
      at("play").setAttribute("aria-label", audio.paused ? "Play" : "Pause");
      at("play").setAttribute("aria-pressed", String(!audio.paused));
      if ("mediaSession" in navigator) navigator.mediaSession.playbackState = audio.paused ? "paused" : "playing";
    };
    audio.addEventListener("play", tell);
    audio.addEventListener("pause", () => { tell(); this.heard.send(); });
    audio.addEventListener("ended", () => { tell(); this.heard.send(); memory.drop(this.guid); });
    audio.addEventListener("waiting", () => { at("status").textContent = "Loading…"; });
    audio.addEventListener("playing", () => { at("status").textContent = ""; });
    audio.addEventListener("error", () => {
      if (audio.error) at("status").textContent = "The episode cannot be loaded just now. Check the connection and try again.";
    });
    addEventListener("pagehide", () => this.heard.send());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.heard.send(); });
  }

  wireTabs() {
    const tabs = [...document.querySelectorAll("[role=tab]")];
    const choose = (chosen) => {
      for (const tab of tabs) {
        const on = tab === chosen;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
        at(tab.getAttribute("aria-controls")).hidden = !on;
      }
      if (chosen.id === "tab-transcript") { this.fetchTranscript(); this.follow(this.position(), true); }
    };
    for (const [index, tab] of tabs.entries()) {
      tab.addEventListener("click", () => choose(tab));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = tabs[(index + step + tabs.length) % tabs.length];
        choose(next);
        next.focus();
        event.stopPropagation();
      });
    }
  }

  wireKeys() {
    const keys = {
      " ": () => this.toggle(), k: () => this.toggle(),
      j: () => this.seek(this.position() - BACK), l: () => this.seek(this.position() + FORWARD),
      n: () => this.nextChapter(), "<": () => this.faster(-1), ">": () => this.faster(1),
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, summary")) return;
      if (event.key === " " && event.target.closest("button, a")) return; // it presses that
      const action = keys[event.key.toLowerCase()];
      if (action) { event.preventDefault(); action(); }
    });
  }

  announce() {
    if (!("mediaSession" in navigator)) return;
    const cover = document.querySelector(".cover");
    navigator.mediaSession.metadata = new MediaMetadata({
      title: at("title").textContent,
      artist: document.querySelector("h1").textContent,
      artwork: cover ? [{ src: cover.src }] : [],
    });
    const actions = {
      play: () => this.play(), pause: () => this.audio.pause(),
      seekbackward: () => this.seek(this.position() - BACK), seekforward: () => this.seek(this.position() + FORWARD),
      nexttrack: () => this.nextChapter(), seekto: (told) => this.seek(told.seekTime),
    };
    for (const [name, action] of Object.entries(actions)) {
      try { navigator.mediaSession.setActionHandler(name, action); } catch { /* an older browser lacks this one */ }
    }
  }
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = at(button.dataset.copy);
    let copied = true;
    try { await navigator.clipboard.writeText(field.value); } catch { field.select(); copied = document.execCommand("copy"); }
    at("copied").textContent = copied ? "Copied. Paste it into your podcast app." : "Select the address and copy it by hand.";
  });
}

const section = at("player");
if (section) globalThis.player = new Player(section);
