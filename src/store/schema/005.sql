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

-- Duty --------------------------------------------------------------------------------------

-- How the duties of a team go; without place_id of every team that has no row of its own.
-- Minutes of the local day; late_end 0 = as on other days. owner_… and supporter_…: a role.
-- Telephone numbers are of desks, not of persons. Who decided it is a row of note; nobody
-- has without.
CREATE TABLE duty_team (
  id BLOB NOT NULL PRIMARY KEY,
  place_id BLOB,
  trial INTEGER NOT NULL DEFAULT 0,
  day_start INTEGER NOT NULL,
  day_end INTEGER NOT NULL,
  evening_end INTEGER NOT NULL,
  eve_end INTEGER NOT NULL,
  late_end INTEGER NOT NULL DEFAULT 0,
  owner_day TEXT NOT NULL,
  owner_evening TEXT NOT NULL,
  owner_night TEXT NOT NULL,
  owner_weekend TEXT NOT NULL,
  supporter_day TEXT NOT NULL,
  supporter_evening TEXT NOT NULL,
  supporter_night TEXT NOT NULL,
  supporter_weekend TEXT NOT NULL,
  phone_coordinator TEXT,
  phone_charge_nurse TEXT,
  phone_technician TEXT,
  phone_vendor TEXT,
  made_ms INTEGER NOT NULL,
  staff_id BLOB,
  decided_by_id BLOB,
  decided_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Something else for a time: another team covers, another role owns or supports. Without
-- place_id it is of every team; ended_ms: taken back.
CREATE TABLE duty_override (
  id BLOB NOT NULL PRIMARY KEY,
  place_id BLOB,
  covering_id BLOB,
  owner TEXT,
  supporter TEXT,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  made_ms INTEGER NOT NULL,
  staff_id BLOB,
  ended_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX duty_override_open ON duty_override (to_ms) WHERE ended_ms IS NULL;

-- Who has taken an alarm hands it over by name and keeps it until somebody has accepted.
-- handed_role: the role it goes to, where it is one; to whom, and who accepted, are rows of
-- note.
ALTER TABLE alarm ADD COLUMN handed_ms INTEGER;
ALTER TABLE alarm ADD COLUMN handed_role TEXT;
ALTER TABLE alarm ADD COLUMN handed_to_id BLOB;
ALTER TABLE alarm ADD COLUMN accepted_ms INTEGER;
ALTER TABLE alarm ADD COLUMN accepted_by_id BLOB;

-- Versions of alarms ------------------------------------------------------------------------

-- Every version of an alarm that a source has told of, so that one that comes late or twice
-- changes nothing that a newer one says. status: 'open', 'taken', 'closed', 'settled'.
-- seq: the order of arrival, which counts only where nothing else tells two apart.
CREATE TABLE alarm_version (
  seq INTEGER PRIMARY KEY,
  alarm_id BLOB NOT NULL,
  feed_id BLOB NOT NULL,
  version TEXT NOT NULL,
  updated_ms INTEGER NOT NULL,
  status TEXT NOT NULL,
  taken_ms INTEGER,
  UNIQUE (alarm_id, feed_id, version)
) STRICT;

INSERT INTO alarm_version (alarm_id, feed_id, version, updated_ms, status, taken_ms)
  SELECT a.id, s.feed_id, substr (s.version, instr (s.version, '/') + 1),
    CAST (s.version AS INTEGER), iif (a.status = 'new', 'open', a.status), a.taken_ms
  FROM feed_seen s JOIN alarm a ON a.id = s.alarm_id AND a.remote_id IS s.remote_id
  ORDER BY s.seen_ms, s.remote_id;

-- What joined another alarm gets a row of its own: it is read once more. What is left of
-- feed_seen is what something is wrong with.
UPDATE feed SET cursor = NULL;
DELETE FROM feed_seen WHERE fault IS NULL;

-- Since when the source of an alarm does not know it any more.
ALTER TABLE alarm_local ADD COLUMN gone_ms INTEGER;

-- The open alarms of one code from one device.
CREATE INDEX alarm_open_alike ON alarm (device_id, serial, code, raised_ms)
  WHERE status IN ('new', 'taken');
