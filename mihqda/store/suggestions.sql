-- Version 2: suggestions, what people decided about them, and what they turned out to be worth.

-- The ledger: what suggesters proposed. Derived data, so not in the history. `content` is the text that was
-- read: of another text under the same id, or of a transcript taken out, nothing is shown.
CREATE TABLE suggestions (
  id          TEXT PRIMARY KEY CHECK (id <> ''),
  transcript  TEXT NOT NULL,
  content     TEXT NOT NULL,
  start       INTEGER NOT NULL CHECK (start >= 0),
  "end"       INTEGER NOT NULL CHECK ("end" > start),
  unit        TEXT NOT NULL,
  code        TEXT NOT NULL CHECK (code <> ''),
  probability REAL CHECK (probability BETWEEN 0 AND 1),
  score       REAL NOT NULL,
  strength    TEXT NOT NULL CHECK (strength IN ('strong', 'medium', 'weak')),
  evidence    TEXT NOT NULL CHECK (json_valid(evidence)),
  suggester   TEXT NOT NULL CHECK (suggester <> ''),
  version     TEXT NOT NULL,
  settings    TEXT NOT NULL CHECK (json_valid(settings)),
  state       TEXT NOT NULL,
  coded       INTEGER NOT NULL CHECK (coded >= 0)
) STRICT;
CREATE INDEX suggestions_by_place ON suggestions (transcript, start, "end");
CREATE INDEX suggestions_by_suggester ON suggestions (suggester);

-- What a coder decided about a suggestion. It holds what was proposed itself, because the ledger may be
-- replaced; places and ids, never text.
CREATE TABLE decisions (
  suggestion  TEXT NOT NULL CHECK (suggestion <> ''),
  coder       TEXT NOT NULL CHECK (coder <> ''),
  transcript  TEXT NOT NULL REFERENCES transcripts (id) DEFERRABLE INITIALLY DEFERRED,
  start       INTEGER NOT NULL CHECK (start >= 0),
  "end"       INTEGER NOT NULL CHECK ("end" > start),
  code        TEXT NOT NULL REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
  suggester   TEXT NOT NULL,
  version     TEXT NOT NULL,
  state       TEXT NOT NULL,
  probability REAL CHECK (probability BETWEEN 0 AND 1),
  decision    TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected', 'changed', 'skipped')),
  at          TEXT NOT NULL,
  seconds     REAL CHECK (seconds >= 0),
  why         TEXT REFERENCES contents (key),
  coding      TEXT REFERENCES codings (id) DEFERRABLE INITIALLY DEFERRED,
  to_code     TEXT REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
  to_start    INTEGER CHECK (to_start >= 0),
  to_end      INTEGER CHECK (to_end > to_start),
  is_bulk     INTEGER NOT NULL CHECK (is_bulk IN (0, 1)),
  PRIMARY KEY (suggestion, coder),
  CHECK ((decision = 'changed') = (to_code IS NOT NULL)),
  CHECK ((to_code IS NULL) = (to_start IS NULL) AND (to_start IS NULL) = (to_end IS NULL)),
  CHECK (coding IS NULL OR decision IN ('accepted', 'changed'))
) STRICT;
CREATE INDEX decisions_by_place ON decisions (transcript, start, "end");
CREATE INDEX decisions_by_coder ON decisions (coder);
CREATE INDEX decisions_by_code ON decisions (code);
CREATE INDEX decisions_by_coding ON decisions (coding);

-- Transcripts that a coder has read to the end: what she left there is left on purpose.
CREATE TABLE finished (
  transcript TEXT NOT NULL REFERENCES transcripts (id) DEFERRABLE INITIALLY DEFERRED,
  coder      TEXT NOT NULL CHECK (coder <> ''),
  PRIMARY KEY (transcript, coder)
) STRICT;

-- What a suggester was worth on this study, when; derived data like the ledger.
CREATE TABLE evaluations (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,
  who    TEXT NOT NULL,
  state  TEXT NOT NULL,
  result TEXT NOT NULL CHECK (json_valid(result))
) STRICT;
