"""Measure the coding screen in Chromium on transcripts of the corpus of this folder.

    python benchmarks/bench_web.py [--runs 5] [--chromium /usr/bin/chromium]

Each figure is the median of the runs, its range behind it. CPU is what the page's main thread used by the clock
of the thread (a busy machine changes it little); the longest task is by that clock too, the wall clock beside it.
`all painted` is opening the page and then laying out and painting every turn with every coding at once;
`scrolling` goes through the transcript by the mouse wheel (of the very long one the first 60,000 pixels).
What applying a code costs at the server alone: bench_server.py.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
import gen_corpus

from mihqda import Project

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip
SIZES = {"two-hours": (20_000, 1_000), "very-long": (200_000, 10_000)}  # words, codings
GOALS = {
    "two-hours": {"all painted, CPU s": 1, "longest task, CPU ms": 50, "code to paint, wall ms": 100},
    "very-long": {"open, wall s": 2, "longest task, CPU ms": 50},
}


def build(folder: Path, seed: int) -> Path:
    """Make a study with the transcripts of `SIZES`, coded by two coders with the 51 codes of the corpus."""
    codes = folder / "codes.csv"
    rows = "".join(f"{d}.{c},{c.replace('_', ' ')}\n" for d, c in gen_corpus.all_codes())
    codes.write_text("id,name\n" + rows, encoding="utf-8")
    path = folder / "bench.mihqda"
    ids = [f"{d}.{c}" for d, c in gen_corpus.all_codes()]
    with Project.create(path, codebooks=[codes]) as study:
        for number, (name, (words, count)) in enumerate(SIZES.items()):
            talk = gen_corpus.make_doc(seed, 4 * number + 3, words)  # every fourth is a focus group
            text = folder / f"{name}.txt"
            text.write_text(gen_corpus.doc_text(talk), encoding="utf-8")
            people = pd.DataFrame(
                [(person, group, name) for person, group in talk["people"]],
                columns=["participant", "group", "transcript"],
            )
            study.import_transcripts(text, participants=people)
            draw = random.Random(f"{seed}:{name}")
            spans = gen_corpus.sentence_spans(talk)
            chosen: set[tuple[int, int, str, str]] = set()
            while len(chosen) < count:
                first = draw.randrange(len(spans))
                last = min(first + draw.choice((0, 0, 0, 1, 2)), len(spans) - 1)
                chosen.add((spans[first][0], spans[last][1], draw.choice(ids), draw.choice(("ana", "ben"))))
            study.code_from(
                pd.DataFrame(
                    [(name, *one) for one in sorted(chosen)],
                    columns=["transcript", "start", "end", "code", "coder"],
                )
            )
    return path


@contextmanager
def serving(study: Path):
    """Run `mihqda serve` and give its start address."""
    command = [sys.executable, "-m", "mihqda", "serve", str(study), "--coder", "ana", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        if not found:
            raise SystemExit(f"the server did not start: {said}")
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def cpu(session: CDPSession) -> float:
    """Return the seconds of CPU that the main thread has used for tasks."""
    found = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return found["TaskDuration"]


def settle(page: Page) -> None:
    """Wait until everything in view is painted."""
    page.evaluate(
        "() => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(() => setTimeout(done))))"
    )


def longest_task(trace: Path) -> tuple[float, float]:
    """Return the longest task of the page's main thread in milliseconds: by the thread's clock, by the wall clock."""
    events = json.loads(trace.read_text())["traceEvents"]
    mains = {
        (one["pid"], one["tid"]) for one in events
        if one.get("name") == "thread_name" and one["args"].get("name") == "CrRendererMain"
    }  # fmt: skip
    tasks = [
        one
        for one in events
        if one.get("ph") == "X" and one["name"] == "RunTask" and (one["pid"], one["tid"]) in mains
    ]
    return max(one.get("tdur", one["dur"]) for one in tasks) / 1000, max(one["dur"] for one in tasks) / 1000


def measure(browser: Browser, start: str, name: str, folder: Path) -> dict[str, float]:
    """Open a transcript and scroll through it once."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(start)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = cpu(session)
    page.goto(f"{start.split('/start')[0]}/transcripts/{name}", wait_until="commit")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    settle(page)
    figures = {"open, wall s": page.evaluate("performance.now()") / 1000}
    paints = page.evaluate("performance.getEntriesByType('paint').map((one) => one.startTime)")
    figures["text there, wall s"] = max(paints) / 1000
    figures["open, CPU s"] = cpu(session) - before
    page.mouse.move(700, 500)
    trace = folder / "trace.json"
    browser.start_tracing(
        page=page,
        path=trace,
        categories=["disabled-by-default-devtools.timeline", "toplevel", "devtools.timeline"],
    )
    before = cpu(session)
    while True:
        at = page.evaluate("scrollY")
        page.mouse.wheel(0, 1600)
        page.wait_for_timeout(60)
        if page.evaluate("scrollY") == at:
            page.wait_for_timeout(200)
            if page.evaluate("scrollY") == at:
                break
        if name != "two-hours" and at > 60_000:
            break
    settle(page)
    figures["scrolling, CPU s"] = cpu(session) - before
    browser.stop_tracing()
    figures["longest task, CPU ms"], figures["longest task, wall ms"] = longest_task(trace)
    figures["stripes drawn"] = page.evaluate(
        "new Set([...document.querySelectorAll('.stripe')].map((one) => one.dataset.coding)).size"
    )
    # A code from the key to the screen: the time until the frame that shows its stripe.
    page.evaluate("scrollTo(0, 0)")
    settle(page)
    figures["code to paint, wall ms"] = statistics.median(page.evaluate(CODE))
    page.goto(page.url, wait_until="commit")
    before = cpu(session)
    page.wait_for_selector("html[data-ready=true]", state="attached")
    settle(page)
    page.evaluate(ALL)
    settle(page)
    figures["all painted, CPU s"] = cpu(session) - before
    context.close()
    return figures


# What the page does before it is printed, but on the screen: no turn is left out, every stripe and highlight is drawn.
ALL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".block { content-visibility: visible !important; }");
  document.adoptedStyleSheets = [sheet];
  dispatchEvent(new Event("beforeprint"));
}"""
CODE = """async () => {
  const { run } = await import("/static/commands.js");
  const { state } = await import("/static/state.js");
  const codes = [...state.codes.values()].filter((one) => one.codable);
  const times = [];
  for (let at = 0; at < 9; at++) {
    run("turn.go", 2 + at);
    await new Promise((done) => setTimeout(done, 150));
    const begin = performance.now();
    const id = run("code.apply", codes[at].id);
    while (!document.querySelector(`[data-coding="${id}"]`)) await new Promise(requestAnimationFrame);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - begin);
  }
  return times;
}"""


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        study = build(folder, options.seed)
        browser = playwright.chromium.launch(executable_path=options.chromium, args=ARGUMENTS)
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(
            f"{os.cpu_count()} cores, load {load:.1f} before; wall-clock figures of a busy machine are too large"
        )
        for name, (words, codings) in SIZES.items():
            runs = []
            for _ in range(options.runs):
                with serving(study) as start:
                    runs.append(measure(browser, start, name, folder))
            print(f"\n{name}: {words:,} words, {codings:,} codings; median of {options.runs} (range)")
            for what in runs[0]:
                values = [one[what] for one in runs]
                middle, goal = statistics.median(values), GOALS[name].get(what)
                said = "" if goal is None else f"   at most {goal:g}: {'met' if middle <= goal else 'MISSED'}"
                print(f"  {what:<24} {middle:>8.2f}   ({min(values):.2f} to {max(values):.2f}){said}")
        browser.close()


if __name__ == "__main__":
    main()
