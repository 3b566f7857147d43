-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 3: the shelf. The rules of 001.sql hold.

-- Devices -----------------------------------------------------------------------------------

-- owner: 'own', 'lease', 'aids-store'; not known without. A lease that was ended keeps its
-- last day. labelled_ms: when a label was last made for it.
ALTER TABLE device ADD COLUMN owner TEXT;
ALTER TABLE device ADD COLUMN lease_end_date TEXT;
ALTER TABLE device ADD COLUMN labelled_ms INTEGER;

-- What belongs to a device and whether it is there; the newest row of a device and a kind
-- counts. kind: as in the model's file.
CREATE TABLE accessory (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  present INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX accessory_by_device ON accessory (device_id, kind);

-- A device kept for a user until a day. ended: 'used', 'given-up'; open without.
CREATE TABLE reservation (
  id BLOB NOT NULL PRIMARY KEY,
  device_id BLOB NOT NULL,
  person_id BLOB NOT NULL,
  wanted_date TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  staff_id BLOB,
  ended TEXT,
  ended_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX reservation_by_device ON reservation (device_id);
CREATE INDEX reservation_by_person ON reservation (person_id);
CREATE INDEX reservation_open ON reservation (wanted_date) WHERE ended IS NULL;

-- Stock -------------------------------------------------------------------------------------

-- How many of a model should be in stock at least; of one place, or of all without.
CREATE TABLE stock_limit (
  id BLOB NOT NULL PRIMARY KEY,
  model_id TEXT NOT NULL,
  place_id BLOB,
  least INTEGER NOT NULL,
  made_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

-- The day a limit was last warned of.
CREATE TABLE stock_warning (
  limit_id BLOB NOT NULL PRIMARY KEY,
  day_date TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A count of what is on the shelves. Without place_id all places of the store's own.
CREATE TABLE stocktake (
  id BLOB NOT NULL PRIMARY KEY,
  place_id BLOB,
  started_ms INTEGER NOT NULL,
  staff_id BLOB,
  ended_ms INTEGER,
  dropped INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- A device of a count: expected at its start, found later, or both; code: what was scanned
-- where no device is known by it. place_id: where it was expected; found_place_id: where
-- it was found. settled: what was done about a difference. state: what the device's was
-- when it was expected, or else found.
CREATE TABLE stocktake_item (
  id BLOB NOT NULL PRIMARY KEY,
  stocktake_id BLOB NOT NULL,
  device_id BLOB,
  code TEXT,
  expected INTEGER NOT NULL,
  place_id BLOB,
  found_place_id BLOB,
  found_ms INTEGER,
  staff_id BLOB,
  settled TEXT,
  settled_ms INTEGER,
  state TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX stock_limit_by_model ON stock_limit (model_id);
CREATE INDEX stocktake_open ON stocktake (started_ms) WHERE ended_ms IS NULL;
CREATE INDEX stocktake_item_by_stocktake ON stocktake_item (stocktake_id);
CREATE INDEX stocktake_item_by_device ON stocktake_item (device_id)
  WHERE device_id IS NOT NULL;

-- Models ------------------------------------------------------------------------------------

-- A make that the district added, or its changes of one. body: the text of a model's file;
-- the newest row of a model counts, and one without a body takes the district's own away.
CREATE TABLE model_file (
  id BLOB NOT NULL PRIMARY KEY,
  model_id TEXT NOT NULL,
  body TEXT,
  digest BLOB,
  made_ms INTEGER NOT NULL,
  staff_id BLOB
) STRICT, WITHOUT ROWID;

CREATE INDEX model_file_by_model ON model_file (model_id, made_ms);

-- Lists -------------------------------------------------------------------------------------

-- How a list with these headings was read last time. headings: the digest of all of them
-- in order; columns: what each was taken for; words: which state a word stands for.
CREATE TABLE import_profile (
  headings TEXT NOT NULL PRIMARY KEY,
  columns TEXT NOT NULL,
  words TEXT NOT NULL,
  used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Two rows found to be one device; ended when that was taken back.
ALTER TABLE alias ADD COLUMN made_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE alias ADD COLUMN ended_ms INTEGER;
CREATE INDEX alias_by_target ON alias (target_id);
