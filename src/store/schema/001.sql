-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 1. Classes of tables: benk-schema-tables.c. A journalled table has
-- `id BLOB NOT NULL PRIMARY KEY`, WITHOUT ROWID, no UNIQUE beside the key, no trigger, no
-- CASCADE or SET NULL, no key into another class; later columns come last, with a default.

-- The chain ---------------------------------------------------------------------------------

CREATE TABLE store (
  one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  site BLOB NOT NULL CHECK (length (site) = 16),
  demo INTEGER NOT NULL CHECK (demo IN (0, 1)),
  created_ms INTEGER NOT NULL
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

-- Local -------------------------------------------------------------------------------------

-- The history of a row is a join with journal, not a scan of it.
CREATE TABLE touch (
  tbl TEXT NOT NULL,
  row_id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (tbl, row_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX touch_seq ON touch (seq);
