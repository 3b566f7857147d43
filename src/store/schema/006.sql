-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 6: whom to phone and what to do at an alarm, and what dispensers say themselves. The
-- rules of 001.sql hold.

-- Vendors -----------------------------------------------------------------------------------

-- What the district is to a vendor, and how to reach its support; the newest row of a
-- vendor counts. Numbers are of desks, not of persons.
CREATE TABLE vendor_contact (
  id BLOB NOT NULL PRIMARY KEY,
  vendor TEXT NOT NULL,
  customer_number TEXT,
  phone TEXT,
  hours TEXT,
  made_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX vendor_contact_by_vendor ON vendor_contact (vendor, made_ms);

-- A call to a vendor about a device, mostly for an alarm. The case number and with whom (a
-- role) are rows of note. guidance_id: the version of what to do that was shown then;
-- without it the program's own. tried: the numbers of its steps that had been tried.
CREATE TABLE vendor_call (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB,
  alarm_id BLOB,
  vendor TEXT,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  case_id BLOB,
  spoke_with_id BLOB,
  guidance_id BLOB,
  tried TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX vendor_call_by_device ON vendor_call (device_id, at_ms)
  WHERE device_id IS NOT NULL;

-- Settled by the dispenser ------------------------------------------------------------------

-- What a source told of being handed out, as long as an alarm of that time may still come.
-- serial_key: the serial number or IMEI as told, normalised. event: NULL where it was taken
-- back or is not complete. Neither the user nor the medicine.
CREATE TABLE dispense (
  feed_id BLOB NOT NULL,
  remote_id TEXT NOT NULL,
  version TEXT NOT NULL,
  updated_ms INTEGER NOT NULL,
  serial_key TEXT NOT NULL,
  event TEXT,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (feed_id, remote_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX dispense_by_serial ON dispense (serial_key, at_ms);
CREATE INDEX dispense_by_time ON dispense (at_ms);

-- When the dispenser handed out after an alarm was raised, what (a code of the national
-- dispense events), and which source told it. No person's doing.
ALTER TABLE alarm ADD COLUMN dispensed_ms INTEGER;
ALTER TABLE alarm ADD COLUMN dispensed_event TEXT;
ALTER TABLE alarm ADD COLUMN dispensed_feed_id BLOB;

-- How far what was handed out is read; whether the source tells of it: 'told', 'not-told',
-- 'failed'; NULL = not asked yet.
ALTER TABLE feed ADD COLUMN dispense_cursor TEXT;
ALTER TABLE feed ADD COLUMN dispenses TEXT;
ALTER TABLE feed ADD COLUMN dispenses_asked_ms INTEGER;

-- Guidance ----------------------------------------------------------------------------------

-- One version of what to do at an alarm: of a make or, without, of every make; in a part of
-- the week or, without, at any time. body: the steps, one a line, without anything of
-- persons; those of origin 'program' in the program's own words. Without a body it has none
-- of its own. The newest of each counts.
CREATE TABLE guidance_version (
  id BLOB NOT NULL PRIMARY KEY,
  model_id TEXT,
  code TEXT NOT NULL,
  part TEXT,
  number INTEGER NOT NULL,
  origin TEXT NOT NULL,
  body TEXT,
  based_on_id BLOB,
  made_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX guidance_version_by_code ON guidance_version (code, number);

-- That a named person of the district, a row of note, decided a version.
CREATE TABLE guidance_decision (
  id BLOB NOT NULL PRIMARY KEY,
  version_id BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB,
  decided_by_id BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX guidance_decision_by_version ON guidance_decision (version_id, at_ms);
