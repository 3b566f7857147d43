-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 1. Classes of tables: benk-schema-tables.c. A journalled table has
-- `id BLOB NOT NULL PRIMARY KEY`, WITHOUT ROWID, no UNIQUE beside the key, no trigger, no
-- CASCADE or SET NULL, no key into another class; later columns come last, with a default.
-- Ids are 16 bytes, instants UTC milliseconds (_ms), dates local YYYY-MM-DD (_date).

-- The chain ---------------------------------------------------------------------------------

CREATE TABLE store (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  site BLOB NOT NULL CHECK (length (site) = 16),
  demo INTEGER NOT NULL CHECK (demo IN (0, 1))
) STRICT;

CREATE TABLE journal (
  site BLOB NOT NULL,
  seq INTEGER NOT NULL,
  prev BLOB NOT NULL,
  wall_ms INTEGER NOT NULL,
  staff BLOB NOT NULL,
  account TEXT NOT NULL,
  verb TEXT NOT NULL,
  subject BLOB NOT NULL,
  reason BLOB NOT NULL,
  undoes INTEGER NOT NULL,
  schema INTEGER NOT NULL,
  changeset BLOB NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (site, seq)
) STRICT;

CREATE INDEX journal_undoes ON journal (undoes) WHERE undoes > 0;

-- Local -------------------------------------------------------------------------------------

-- The history of a row is a join with journal, not a scan of it.
CREATE TABLE touch (
  tbl TEXT NOT NULL,
  row_id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (tbl, row_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX touch_seq ON touch (seq);

CREATE TABLE feed (
  id BLOB NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  followup_url TEXT,
  token_file TEXT,
  cursor TEXT,
  polled_ms INTEGER,
  answered_ms INTEGER,
  clock_skew_ms INTEGER NOT NULL DEFAULT 0,
  last_error TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_seen (
  feed_id BLOB NOT NULL,
  remote_id TEXT NOT NULL,
  version TEXT NOT NULL,
  alarm_id BLOB,
  seen_ms INTEGER NOT NULL,
  fault TEXT,
  PRIMARY KEY (feed_id, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  id BLOB NOT NULL PRIMARY KEY,
  alarm_id BLOB NOT NULL,
  feed_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_ms INTEGER NOT NULL DEFAULT 0,
  sent_ms INTEGER,
  location TEXT,
  etag TEXT,
  last_error TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm_local (
  alarm_id BLOB NOT NULL PRIMARY KEY,
  received_ms INTEGER NOT NULL,
  opened_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE watch_log (
  n INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  feed_id BLOB,
  detail TEXT
) STRICT;

CREATE TABLE import_map (
  heading TEXT NOT NULL PRIMARY KEY,
  field TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX feed_seen_by_alarm ON feed_seen (alarm_id) WHERE alarm_id IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox (next_ms) WHERE state IN ('queued', 'sent');
CREATE INDEX watch_log_by_time ON watch_log (at_ms);

-- Journalled --------------------------------------------------------------------------------

-- State and facts, no personal word: what a person wrote or said is a row of note, whom it
-- is about a row of person; both are pointed at by a random id.

CREATE TABLE place (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  id BLOB NOT NULL PRIMARY KEY,
  model_id TEXT NOT NULL,
  serial TEXT NOT NULL,
  serial_key TEXT NOT NULL,
  imei TEXT,
  asset TEXT,
  state TEXT NOT NULL,
  state_since_ms INTEGER NOT NULL,
  origin TEXT NOT NULL,
  vendor TEXT,
  received_date TEXT,
  warranty_date TEXT,
  place_id BLOB,
  team_id BLOB,
  person_id BLOB,
  note_id BLOB,
  former_serials TEXT,
  twin INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE placement (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  person_id BLOB NOT NULL,
  team_id BLOB,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE plan (
  id BLOB NOT NULL PRIMARY KEY,
  person_id BLOB,
  body TEXT NOT NULL,
  digest BLOB NOT NULL,
  valid_from_ms INTEGER NOT NULL,
  made_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  ref_id BLOB,
  stated_by_id BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  link_kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL,
  plan_id BLOB,
  staff_id BLOB,
  detail TEXT,
  reading TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE proof (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  link_kind TEXT NOT NULL,
  run_id BLOB,
  at_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB,
  person_id BLOB,
  model_id TEXT,
  serial TEXT,
  code TEXT NOT NULL,
  severity INTEGER NOT NULL,
  via TEXT NOT NULL,
  feed_id BLOB,
  remote_id TEXT,
  status TEXT NOT NULL,
  responsibility TEXT NOT NULL,
  raised_ms INTEGER NOT NULL,
  taken_ms INTEGER,
  taken_by BLOB,
  closed_ms INTEGER,
  cause TEXT,
  action TEXT,
  confirmed_by_id BLOB,
  take_deadline_ms INTEGER,
  resolve_deadline_ms INTEGER,
  deadlines_proposed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm_step (
  id BLOB NOT NULL PRIMARY KEY,
  alarm_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  place TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  note_id BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE consignment (
  id BLOB NOT NULL PRIMARY KEY,
  vendor TEXT NOT NULL,
  tracking TEXT,
  made_ms INTEGER NOT NULL,
  sent_ms INTEGER,
  received_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE return_case (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  vendor TEXT NOT NULL,
  state TEXT NOT NULL,
  reason_id BLOB,
  opened_ms INTEGER NOT NULL,
  state_since_ms INTEGER NOT NULL,
  deadline_ms INTEGER,
  rma_number TEXT,
  no_rma INTEGER NOT NULL DEFAULT 0,
  tracking TEXT,
  consignment_id BLOB,
  outcome TEXT,
  replacement_id BLOB,
  closed_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE return_step (
  id BLOB NOT NULL PRIMARY KEY,
  return_id BLOB NOT NULL,
  state TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  note_id BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE transition (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  verb TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  reason_id BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE owed_task (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  guard TEXT NOT NULL,
  to_state TEXT NOT NULL,
  opened_ms INTEGER NOT NULL,
  due_ms INTEGER NOT NULL,
  done_ms INTEGER,
  staff_id BLOB,
  reason_id BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE alias (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  target_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The order of the list of devices, and all it asks.
CREATE INDEX device_in_order ON device (model_id, serial_key, state);
CREATE INDEX device_by_serial ON device (serial_key);
CREATE INDEX device_by_imei ON device (imei) WHERE imei IS NOT NULL;
CREATE INDEX device_by_asset ON device (asset) WHERE asset IS NOT NULL;
CREATE INDEX device_with_former ON device (former_serials)
  WHERE former_serials IS NOT NULL;
CREATE INDEX device_by_state ON device (state);
CREATE INDEX device_by_place ON device (place_id) WHERE place_id IS NOT NULL;
CREATE INDEX device_by_person ON device (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX placement_by_device ON placement (device_id);
CREATE INDEX placement_by_person ON placement (person_id);
CREATE INDEX plan_by_person ON plan (person_id, made_ms);
CREATE INDEX fact_by_device ON fact (device_id, kind, at_ms);
CREATE INDEX run_by_device ON run (device_id, started_ms);
CREATE INDEX proof_by_device ON proof (device_id, kind, at_ms);
CREATE INDEX alarm_by_device ON alarm (device_id, raised_ms);
CREATE INDEX alarm_by_person ON alarm (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX alarm_by_remote ON alarm (feed_id, remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX alarm_open ON alarm (status) WHERE status IN ('new', 'taken');
CREATE INDEX alarm_step_by_alarm ON alarm_step (alarm_id, at_ms);
CREATE INDEX return_case_by_device ON return_case (device_id);
CREATE INDEX return_case_by_state ON return_case (state);
CREATE INDEX return_step_by_return ON return_step (return_id, at_ms);
CREATE INDEX transition_by_device ON transition (device_id, at_ms);
CREATE INDEX owed_task_by_device ON owed_task (device_id);
CREATE INDEX owed_task_open ON owed_task (due_ms) WHERE done_ms IS NULL;

-- Personal ----------------------------------------------------------------------------------

-- Erasable. person_id of a note says whom it was written about, so that it goes when the
-- person goes.

CREATE TABLE person (
  id BLOB NOT NULL PRIMARY KEY,
  reference TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  id BLOB NOT NULL PRIMARY KEY,
  initials TEXT NOT NULL,
  name TEXT NOT NULL,
  account TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  person_id BLOB,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alarm_text (
  alarm_id BLOB NOT NULL PRIMARY KEY,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device_search (
  device_id BLOB NOT NULL PRIMARY KEY,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run_secret (
  run_id BLOB NOT NULL PRIMARY KEY,
  salt BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX person_by_reference ON person (reference);
CREATE INDEX note_by_person ON note (person_id) WHERE person_id IS NOT NULL;
