-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 4: alarms in depth. The rules of 001.sql hold.

-- Waiting -----------------------------------------------------------------------------------

-- What a taken alarm waits for: 'vendor', 'visit', 'care', 'delivery'; not waiting without.
-- covered: whether the user has their medicine meanwhile: 'yes', 'no', 'unknown'. The case
-- number and who said so are rows of note. An end that has come changes no row.
ALTER TABLE alarm ADD COLUMN waiting_for TEXT;
ALTER TABLE alarm ADD COLUMN waiting_until_ms INTEGER;
ALTER TABLE alarm ADD COLUMN covered TEXT;
ALTER TABLE alarm ADD COLUMN waiting_case_id BLOB;
ALTER TABLE alarm ADD COLUMN covered_by_id BLOB;

-- The same of a step 'waiting'; note_id is the case number.
ALTER TABLE alarm_step ADD COLUMN waiting_for TEXT;
ALTER TABLE alarm_step ADD COLUMN waiting_until_ms INTEGER;
ALTER TABLE alarm_step ADD COLUMN covered TEXT;
ALTER TABLE alarm_step ADD COLUMN covered_by_id BLOB;

-- The end of waiting that was told on this laptop.
ALTER TABLE alarm_local ADD COLUMN wait_told_ms INTEGER;
