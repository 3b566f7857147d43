-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 6: whom to phone and what to do at an alarm. The rules of 001.sql hold.

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
