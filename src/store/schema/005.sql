-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 5: what the district decides about alarms, and how they end. The rules of 001.sql
-- hold.

-- Deadlines ---------------------------------------------------------------------------------

-- What a named person of the district decided about deadlines, one row each time. Who, and
-- in which role, are rows of note; decided_on is the day they told, "YYYY-MM-DD".
CREATE TABLE deadline_decision (
  id BLOB NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL,
  decided_on TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  decided_by_id BLOB,
  role_id BLOB
) STRICT, WITHOUT ROWID;

-- The deadlines of a decision. Without model_id they are of every make that has none of its
-- own; take_min 0 is none. The newest counts.
CREATE TABLE deadline (
  id BLOB NOT NULL PRIMARY KEY,
  decision_id BLOB NOT NULL,
  code TEXT NOT NULL,
  model_id TEXT,
  take_min INTEGER NOT NULL,
  resolve_kind TEXT NOT NULL,
  resolve_amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX deadline_by_code ON deadline (code);

-- Whose decision gave an alarm its deadlines; NULL = the program proposed them.
ALTER TABLE alarm ADD COLUMN deadline_decision_id BLOB;

-- Closing -----------------------------------------------------------------------------------

-- When somebody confirmed that an alarm of theirs was handled, as they said.
ALTER TABLE alarm ADD COLUMN confirmed_ms INTEGER;
