#!/usr/bin/env python3
"""Seeded synthetic corpus with a known truth, for the benchmarks. Standard library only.

    python gen_corpus.py --out corpus --docs 100 --words 5000 --codings 10000

Writes below --out:
  txt/D001.txt        one speaker turn per paragraph, blank line between turns (unwrapped)
  wrapped/D001.txt    same text, hard-wrapped at 80 columns (what qc's pandoc importer makes)
  html/D001.html      same text, one <p> per turn  (Taguette's importer that needs no Calibre)
  participants.csv    participant, group, site, document, kind(interview|focus_group)
  codebook.csv        tag,description         (Taguette's import format; 'Domain.Construct' paths)
  codebook.yaml       nested YAML             (qc's format; letters, digits and _ only)
  codings.jsonl       one coding a line: doc, coder, code, code_id, start, end (characters in
                      txt/), bstart, bend (UTF-8 bytes of the text without paragraph breaks, as
                      Taguette counts), line (0-based line in wrapped/), speaker, group, quote
  truth.json          planted theme counts per participant group (ground truth for crosstabs)

Same seed + same arguments => byte-identical output.  Text mixes ASCII with curly quotes, accents,
em dashes and an astral-plane emoji, so byte, UTF-16 and code-point offsets all differ.
"""

import argparse
import collections
import csv
import html
import json
import random
import textwrap
from pathlib import Path

GROUPS = ["nurse", "physician", "manager", "patient", "community_worker"]
SITES = ["North", "South", "East"]

CFIR = {  # CFIR 2.0 domains and constructs (Damschroder et al. 2022), short descriptions
    "Innovation": [
        "Source",
        "Evidence_Base",
        "Relative_Advantage",
        "Adaptability",
        "Trialability",
        "Complexity",
        "Design",
        "Cost",
    ],
    "Outer_Setting": [
        "Critical_Incidents",
        "Local_Attitudes",
        "Local_Conditions",
        "Partnerships_Connections",
        "Policies_Laws",
        "Financing",
        "External_Pressure",
    ],
    "Inner_Setting": [
        "Structural_Characteristics",
        "Relational_Connections",
        "Communications",
        "Culture",
        "Tension_for_Change",
        "Compatibility",
        "Relative_Priority",
        "Incentive_Systems",
        "Mission_Alignment",
        "Available_Resources",
        "Access_to_Knowledge",
    ],
    "Individuals": [
        "High_Level_Leaders",
        "Mid_Level_Leaders",
        "Opinion_Leaders",
        "Implementation_Facilitators",
        "Implementation_Leads",
        "Team_Members",
        "Deliverers",
        "Recipients",
        "Need",
        "Capability",
        "Opportunity",
        "Motivation",
    ],
    "Process": [
        "Teaming",
        "Assessing_Needs",
        "Assessing_Context",
        "Planning",
        "Tailoring_Strategies",
        "Engaging",
        "Doing",
        "Reflecting_Evaluating",
        "Adapting",
    ],
    "Theme": ["Role_Ambiguity", "Workload", "Training_Gap", "Peer_Support"],
}

OPEN = [
    "Well,",
    "I think",
    "Honestly,",
    "You know,",
    "So,",
    "To be fair,",
    "At first",
    "Yeah \u2014",
    "In our unit",
    "When we started,",
    "For me",
    "Looking back,",
    "I\u2019d say",
    "Hmm,",
]
SUBJ = [
    "the new protocol",
    "the referral pathway",
    "our supervisor",
    "the caf\u00e9 meeting",
    "the electronic form",
    "the training day",
    "the outreach team",
    "the na\u00efve timeline",
    "the checklist",
    "the steering group",
    "the weekly huddle",
    "the budget line",
]
VERB = [
    "never really fitted",
    "helped us coordinate",
    "took longer than anyone expected",
    "was adapted on the fly",
    "made the handover easier",
    "added another layer",
    "got lost between departments",
    "won people over slowly",
    "needed a champion",
    "stalled after the first month",
    "was championed by \u00c9lodie",
    "felt imposed from above",
]
TAIL = [
    "because nobody had the time.",
    "and that was \u201cgood enough\u201d.",
    "in the first quarter.",
    "despite what the policy says.",
    "so we changed it.",
    "which surprised me \U0001f642.",
    "and patients noticed.",
    "until the funding came through.",
    "at least on our ward.",
    "although the numbers looked fine.",
    "when the audit came.",
    "and I would do it again.",
]
THEME_SENT = {
    "Role_Ambiguity": [
        "Nobody told me who was responsible for the follow-up calls.",
        "I was not sure whether it was my job or the coordinator\u2019s job.",
        "The boundaries between our roles were blurred from day one.",
    ],
    "Workload": [
        "We were already working double shifts before this landed on us.",
        "There are simply too many tasks and not enough hands.",
        "I stayed two hours late every day to finish the paperwork.",
    ],
    "Training_Gap": [
        "We had one slide deck and were expected to know the rest.",
        "New colleagues never got the training session.",
    ],
    "Peer_Support": [
        "My colleagues covered for me whenever I got stuck.",
        "We started a chat group and that kept us going.",
    ],
}
# probability that a sentence of this group plants that theme: gives a known group x theme table
THEME_P = {
    "Role_Ambiguity": [0.030, 0.008, 0.012, 0.002, 0.022],
    "Workload": [0.035, 0.020, 0.010, 0.003, 0.018],
    "Training_Gap": [0.010, 0.004, 0.006, 0.002, 0.020],
    "Peer_Support": [0.015, 0.006, 0.004, 0.006, 0.014],
}


def all_codes():
    return [(d, c) for d, cs in CFIR.items() for c in cs]


def _sentence(rng):
    return " ".join((rng.choice(OPEN), rng.choice(SUBJ), rng.choice(VERB), rng.choice(TAIL)))


def make_doc(seed, index, words):
    """-> dict(id, kind, turns=[(speaker, group, [sentence, ...], [theme or None, ...])])"""
    rng = random.Random(f"{seed}:{index}")
    kind = "focus_group" if index % 4 == 3 else "interview"
    group = GROUPS[index % len(GROUPS)]
    n = rng.randint(4, 8) if kind == "focus_group" else 1
    people = [
        (
            f"P{index:03d}{chr(97 + k)}",
            group if kind == "interview" or rng.random() < 0.6 else rng.choice(GROUPS),
        )
        for k in range(n)
    ]
    turns, total = [], 0
    while total < words:
        moderator = len(turns) % 2 == 0 if kind == "interview" else rng.random() < 0.2
        speaker, grp = ("Interviewer", "") if moderator else rng.choice(people)
        sents, themes = [], []
        for _ in range(rng.randint(1, 2) if moderator else rng.randint(2, 9)):
            theme = None
            if grp:
                for t, p in THEME_P.items():
                    if rng.random() < p[GROUPS.index(grp)]:
                        theme = t
                        break
            sents.append(
                rng.choice(THEME_SENT[theme])
                if theme
                else ("Could you tell me more about that?" if moderator else _sentence(rng))
            )
            themes.append(theme)
        turns.append((speaker, grp, sents, themes))
        total += 1 + sum(len(s.split()) for s in sents)
    return {"id": f"D{index:03d}", "kind": kind, "people": people, "turns": turns, "site": SITES[index % 3]}


def doc_text(doc):
    return "\n\n".join(f"{s}: " + " ".join(ss) for s, _, ss, _ in doc["turns"]) + "\n"


def doc_wrapped(doc, width=80):
    return (
        "\n\n".join(
            "\n".join(
                textwrap.wrap(f"{s}: " + " ".join(ss), width, break_long_words=False, break_on_hyphens=False)
            )
            for s, _, ss, _ in doc["turns"]
        )
        + "\n"
    )


def doc_html(doc):
    body = "".join(
        f"<p>{html.escape(s + ': ' + ' '.join(ss), quote=False)}</p>" for s, _, ss, _ in doc["turns"]
    )
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>'
        + doc["id"]
        + "</title></head><body>"
        + body
        + "</body></html>"
    )


def sentence_spans(doc):
    """-> [(start, end, bstart, bend, line, speaker, group, theme, sentence)]"""
    out, pos, bpos, line0 = [], 0, 0, 0
    for speaker, grp, sents, themes in doc["turns"]:
        head = f"{speaker}: "
        turn = head + " ".join(sents)
        lines = textwrap.wrap(turn, 80, break_long_words=False, break_on_hyphens=False)
        off = len(head)
        for s, t in zip(sents, themes):
            acc = 0
            for ln, l in enumerate(lines):
                if off < acc + len(l) + 1:
                    break
                acc += len(l) + 1
            bs = bpos + len(turn[:off].encode())
            out.append(
                (pos + off, pos + off + len(s), bs, bs + len(s.encode()), line0 + ln, speaker, grp, t, s)
            )
            off += len(s) + 1
        pos += len(turn) + 2
        bpos += len(turn.encode())
        line0 += len(lines) + 1
    return out


def make_codings(docs, total, seed, coders=("ana", "ben")):
    """`total` codings spread evenly over the documents; planted themes are always coded."""
    rng = random.Random(f"{seed}:codings")
    codes = [f"{d}.{c}" for d, c in all_codes() if d != "Theme"]
    per = [total // len(docs) + (i < total % len(docs)) for i in range(len(docs))]
    out = []
    for doc, quota in zip(docs, per):
        spans, seen, mine = sentence_spans(doc), set(), []
        text = doc_text(doc)
        for sp in [s for s in spans if s[7]][:quota]:
            mine.append((sp, "Theme." + sp[7], coders[0]))
        tries = 0
        while len(mine) < quota and tries < quota * 50:
            tries += 1
            sp, code, who = rng.choice(spans), rng.choice(codes), rng.choice(coders)
            if (sp[0], code, who) in seen or not sp[6]:
                continue
            seen.add((sp[0], code, who))
            mine.append((sp, code, who))
        for sp, code, who in sorted(mine, key=lambda m: (m[0][0], m[1], m[2])):
            assert text[sp[0] : sp[1]] == sp[8]
            out.append(
                {
                    "doc": doc["id"],
                    "coder": who,
                    "code": code,
                    "code_id": code.split(".")[1],
                    "start": sp[0],
                    "end": sp[1],
                    "bstart": sp[2],
                    "bend": sp[3],
                    "line": sp[4],
                    "speaker": sp[5],
                    "group": sp[6],
                    "quote": sp[8],
                }
            )
    return out


def build(out, docs=100, words=5000, codings=10000, seed=7):
    out = Path(out)
    for sub in ("txt", "wrapped", "html"):
        (out / sub).mkdir(parents=True, exist_ok=True)
    made = [make_doc(seed, i + 1, words) for i in range(docs)]
    truth = collections.Counter()
    with open(out / "participants.csv", "w", newline="", encoding="utf-8") as fh:
        w = csv.writer(fh)
        w.writerow(["participant", "group", "site", "document", "kind"])
        for d in made:
            (out / "txt" / f"{d['id']}.txt").write_text(doc_text(d), encoding="utf-8")
            (out / "wrapped" / f"{d['id']}.txt").write_text(doc_wrapped(d), encoding="utf-8")
            (out / "html" / f"{d['id']}.html").write_text(doc_html(d), encoding="utf-8")
            for p, g in d["people"]:
                w.writerow([p, g, d["site"], d["id"], d["kind"]])
            for _, g, _, themes in d["turns"]:
                for t in themes:
                    if t:
                        truth[f"{g}|{t}"] += 1
    with open(out / "codebook.csv", "w", newline="", encoding="utf-8") as fh:
        w = csv.writer(fh)
        w.writerow(["tag", "description"])
        for d, c in all_codes():
            w.writerow([f"{d}.{c}", f"{c.replace('_', ' ')} ({d.replace('_', ' ')} domain)"])
    (out / "codebook.yaml").write_text(
        "".join(f"- {d}:\n" + "".join(f"  - {c}\n" for c in cs) for d, cs in CFIR.items())
    )
    cod = make_codings(made, codings, seed)
    with open(out / "codings.jsonl", "w", encoding="utf-8") as fh:
        for c in cod:
            fh.write(json.dumps(c, ensure_ascii=False) + "\n")
    (out / "truth.json").write_text(json.dumps(dict(sorted(truth.items())), indent=1))
    return made, cod


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--out", required=True)
    ap.add_argument("--docs", type=int, default=100)
    ap.add_argument("--words", type=int, default=5000)
    ap.add_argument("--codings", type=int, default=10000)
    ap.add_argument("--seed", type=int, default=7)
    a = ap.parse_args()
    m, c = build(a.out, a.docs, a.words, a.codings, a.seed)
    print(
        f"{len(m)} documents, {sum(len(doc_text(d).split()) for d in m)} words, {len(c)} codings, "
        f"{len(all_codes())} codes -> {a.out}"
    )
