-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 2: the bench in depth. The rules of 001.sql hold. A step of a checklist in the
-- district's own words, what was typed or noted at a step, who decided a version and the
-- name of a template are rows of note (…_id), so that they can be erased.

-- Checklists --------------------------------------------------------------------------------

-- One version of the list of a make for a task. body: the steps in order, a line each.
CREATE TABLE checklist_version (
  id BLOB NOT NULL PRIMARY KEY,
  model_id TEXT NOT NULL,
  task TEXT NOT NULL,
  number INTEGER NOT NULL,
  origin TEXT NOT NULL,
  body TEXT NOT NULL,
  digest BLOB NOT NULL,
  based_on_id BLOB,
  made_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

-- Which version counts from now on, and who decided it; without version_id the program's
-- own proposal counts again. The newest row counts.
CREATE TABLE checklist_decision (
  id BLOB NOT NULL PRIMARY KEY,
  model_id TEXT NOT NULL,
  task TEXT NOT NULL,
  version_id BLOB,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  decided_by_id BLOB
) STRICT, WITHOUT ROWID;

-- A list that is being worked through, or was.
CREATE TABLE checklist_work (
  id BLOB NOT NULL PRIMARY KEY,
  version_id BLOB NOT NULL,
  state TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  staff_id BLOB,
  person_id BLOB,
  plan_id BLOB,
  ended_ms INTEGER,
  reason_id BLOB
) STRICT, WITHOUT ROWID;

-- A device of a list; several in a batch. run_id: what the list gave for it.
CREATE TABLE checklist_member (
  id BLOB NOT NULL PRIMARY KEY,
  work_id BLOB NOT NULL,
  device_id BLOB NOT NULL,
  left_out INTEGER NOT NULL DEFAULT 0,
  reason_id BLOB,
  run_id BLOB
) STRICT, WITHOUT ROWID;

-- A step ticked, or a tick taken back. Without member_id it holds for every device of
-- the list; the newest row counts.
CREATE TABLE checklist_tick (
  id BLOB NOT NULL PRIMARY KEY,
  work_id BLOB NOT NULL,
  member_id BLOB,
  step TEXT NOT NULL,
  done INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  value_id BLOB,
  stated_by_id BLOB,
  note_id BLOB
) STRICT, WITHOUT ROWID;

-- A picture, kept as a file beside the store; its bytes are never in the change log.
CREATE TABLE checklist_photo (
  id BLOB NOT NULL PRIMARY KEY,
  work_id BLOB NOT NULL,
  member_id BLOB,
  step TEXT NOT NULL,
  file TEXT NOT NULL,
  size INTEGER NOT NULL,
  digest BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  erased_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX checklist_version_by_list ON checklist_version (model_id, task, number);
CREATE INDEX checklist_decision_by_list ON checklist_decision (model_id, task, at_ms);
CREATE INDEX checklist_work_open ON checklist_work (started_ms) WHERE state = 'open';
CREATE INDEX checklist_work_by_person ON checklist_work (person_id)
  WHERE person_id IS NOT NULL;
CREATE INDEX checklist_member_by_work ON checklist_member (work_id);
CREATE INDEX checklist_member_by_device ON checklist_member (device_id);
CREATE INDEX checklist_member_by_run ON checklist_member (run_id) WHERE run_id IS NOT NULL;
CREATE INDEX checklist_tick_by_work ON checklist_tick (work_id, at_ms);
CREATE INDEX checklist_photo_by_work ON checklist_photo (work_id);

-- Plans -------------------------------------------------------------------------------------

-- A plan to start from. body: the text of a plan file; name_id: what a person called it.
CREATE TABLE plan_template (
  id BLOB NOT NULL PRIMARY KEY,
  name_id BLOB NOT NULL,
  body TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX run_by_plan ON run (plan_id) WHERE plan_id IS NOT NULL;

-- USB ---------------------------------------------------------------------------------------

-- Whatever enumerates with these numbers is this device. usb_serial is '' where the
-- device has none.
CREATE TABLE usb_binding (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  vendor_id INTEGER NOT NULL,
  product_id INTEGER NOT NULL,
  usb_serial TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX usb_binding_by_numbers ON usb_binding (vendor_id, product_id, usb_serial);
CREATE INDEX usb_binding_by_device ON usb_binding (device_id);

-- Visits ------------------------------------------------------------------------------------

-- What is done in a home, or a swap anywhere: what was begun, so that it can be gone on
-- with. What came of it is in the rows it changed. other_id: the device that takes over;
-- lines: what a swap was asked to do; done: what of it leaves no other trace.
CREATE TABLE visit (
  id BLOB NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  device_id BLOB NOT NULL,
  other_id BLOB,
  person_id BLOB,
  way TEXT,
  lines INTEGER NOT NULL,
  done INTEGER NOT NULL,
  started_ms INTEGER NOT NULL,
  staff_id BLOB,
  left_ms INTEGER,
  ended_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_by_device ON visit (device_id, started_ms);
CREATE INDEX visit_open ON visit (started_ms) WHERE ended_ms IS NULL;
