-- The study, version 1. Text of people (transcripts, memos) lies in `contents` alone, so that the history,
-- which quotes every other table, never holds it.

CREATE TABLE study (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Content-addressed and never changed: a row stays while anything, the history included, may need it again.
CREATE TABLE contents (
  key  TEXT PRIMARY KEY,
  text TEXT NOT NULL
) STRICT;

-- The turns of one text; unchanging like it.
CREATE TABLE turns (
  content        TEXT NOT NULL REFERENCES contents (key),
  turn           INTEGER NOT NULL CHECK (turn >= 0),
  start          INTEGER NOT NULL CHECK (start >= 0),
  "end"          INTEGER NOT NULL CHECK ("end" > start),
  speakers       TEXT NOT NULL CHECK (json_valid(speakers)),
  starts_at      REAL CHECK (starts_at >= 0),
  ends_at        REAL CHECK (ends_at >= 0),
  language       TEXT NOT NULL,
  words          INTEGER NOT NULL CHECK (words >= 0),
  is_backchannel INTEGER NOT NULL CHECK (is_backchannel IN (0, 1)),
  PRIMARY KEY (content, turn)
) STRICT, WITHOUT ROWID;

CREATE TABLE transcripts (
  id         TEXT PRIMARY KEY CHECK (id <> ''),
  source     TEXT NOT NULL,
  sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
  revision   INTEGER NOT NULL CHECK (revision >= 1),
  content    TEXT NOT NULL REFERENCES contents (key),
  characters INTEGER NOT NULL CHECK (characters > 0),
  language   TEXT NOT NULL,
  reader     TEXT NOT NULL,
  encoding   TEXT NOT NULL,
  warnings   TEXT NOT NULL CHECK (json_valid(warnings))
) STRICT;

CREATE TABLE participants (
  id         TEXT PRIMARY KEY CHECK (id <> ''),
  position   INTEGER NOT NULL,
  "group"    TEXT NOT NULL CHECK ("group" <> ''),
  role       TEXT NOT NULL,
  site       TEXT NOT NULL,
  attributes TEXT NOT NULL CHECK (json_valid(attributes))
) STRICT;

CREATE TABLE speaker_rules (
  transcript  TEXT NOT NULL,
  speaker     TEXT NOT NULL,
  participant TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('participant', 'interviewer', 'unknown', 'ignored')),
  PRIMARY KEY (transcript, speaker, participant)
) STRICT;

CREATE TABLE sessions (
  id       TEXT PRIMARY KEY CHECK (id <> ''),
  position INTEGER NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('interview', 'joint interview', 'focus group')),
  date     TEXT NOT NULL,
  mode     TEXT NOT NULL,
  language TEXT NOT NULL,
  duration REAL CHECK (duration >= 0)
) STRICT;

-- A session may be described before its transcripts are imported: no foreign key to transcripts.
CREATE TABLE session_transcripts (
  transcript TEXT PRIMARY KEY,
  session    TEXT NOT NULL REFERENCES sessions (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE asked (
  topic       TEXT NOT NULL CHECK (topic <> ''),
  participant TEXT NOT NULL,
  session     TEXT NOT NULL,
  CHECK ((participant = '') <> (session = '')),
  PRIMARY KEY (topic, participant, session)
) STRICT;

CREATE TABLE codebooks (
  id       TEXT PRIMARY KEY CHECK (id <> ''),
  position INTEGER NOT NULL,
  title    TEXT NOT NULL,
  version  TEXT NOT NULL,
  language TEXT NOT NULL,
  meta     TEXT NOT NULL CHECK (json_valid(meta)),
  base     TEXT NOT NULL REFERENCES contents (key) -- the codebook as last loaded, for three-way updates
) STRICT;

CREATE TABLE codes (
  id                 TEXT PRIMARY KEY CHECK (id <> ''),
  codebook           TEXT NOT NULL REFERENCES codebooks (id) DEFERRABLE INITIALLY DEFERRED,
  position           INTEGER NOT NULL,
  parent             TEXT REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
  name               TEXT NOT NULL CHECK (name <> ''),
  kind               TEXT NOT NULL,
  codable            INTEGER NOT NULL CHECK (codable IN (0, 1)),
  valence_applicable INTEGER NOT NULL CHECK (valence_applicable IN (0, 1)),
  retired            INTEGER NOT NULL CHECK (retired IN (0, 1)),
  rules              TEXT NOT NULL CHECK (json_valid(rules))
) STRICT;
CREATE INDEX codes_by_codebook ON codes (codebook, position);

CREATE TABLE codings (
  id         TEXT PRIMARY KEY CHECK (id <> ''),
  transcript TEXT NOT NULL REFERENCES transcripts (id) DEFERRABLE INITIALLY DEFERRED,
  start      INTEGER NOT NULL CHECK (start >= 0),
  "end"      INTEGER NOT NULL CHECK ("end" > start),
  code       TEXT NOT NULL REFERENCES codes (id) DEFERRABLE INITIALLY DEFERRED,
  coder      TEXT NOT NULL CHECK (coder <> ''),
  valence    TEXT CHECK (valence IN ('+', '-', 'mixed', 'neutral')),
  memo       TEXT REFERENCES contents (key),
  created    TEXT NOT NULL,
  origin     TEXT NOT NULL
) STRICT;
CREATE INDEX codings_by_place ON codings (transcript, start, "end");
CREATE INDEX codings_by_code ON codings (code);
CREATE INDEX codings_by_coder ON codings (coder, transcript);

CREATE TABLE themes (
  id         TEXT PRIMARY KEY CHECK (id <> ''),
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL CHECK (name <> ''),
  definition TEXT NOT NULL,
  query      TEXT NOT NULL CHECK (query <> ''),
  memo       TEXT REFERENCES contents (key)
) STRICT;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

-- Append-only. A step is one user action; undo and redo are steps as well and name the step they act on.
CREATE TABLE history (
  step   INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,
  who    TEXT NOT NULL,
  what   TEXT NOT NULL,
  why    TEXT NOT NULL,
  kind   TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
  target INTEGER REFERENCES history (step),
  CHECK ((kind = 'do') = (target IS NULL))
) STRICT;
CREATE INDEX history_by_target ON history (target, step);

-- What a step did to which row: the row before and after, as JSON; NULL where there was none.
CREATE TABLE changes (
  n      INTEGER PRIMARY KEY AUTOINCREMENT,
  step   INTEGER NOT NULL REFERENCES history (step),
  tbl    TEXT NOT NULL,
  before TEXT CHECK (before IS NULL OR json_valid(before)),
  after  TEXT CHECK (after IS NULL OR json_valid(after))
) STRICT;
CREATE INDEX changes_by_step ON changes (step, n);

CREATE TRIGGER history_is_append_only BEFORE DELETE ON history
BEGIN SELECT RAISE (ABORT, 'the history is append-only'); END;
CREATE TRIGGER history_is_not_rewritten BEFORE UPDATE ON history
BEGIN SELECT RAISE (ABORT, 'the history is append-only'); END;
