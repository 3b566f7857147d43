-- SPDX-License-Identifier: GPL-3.0-or-later
-- Schema 7: of what batch the roll is that an alarm stopped at. The rules of 001.sql hold.

-- As printed on the roll and noted by hand or by a scan: the firm that packed it, and its
-- batch. Nothing else of the label.
ALTER TABLE alarm ADD COLUMN roll_packer TEXT;
ALTER TABLE alarm ADD COLUMN roll_batch TEXT;
