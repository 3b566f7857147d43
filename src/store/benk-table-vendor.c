/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-vendor.h"

#include "benk-table-note.h"
#include "benk-table-private.h"

/**
 * benk_table_vendor_put:
 * @db: a connection with an open scope
 * @contact: how to reach a vendor; checked
 * @error: return location for an error
 *
 * Keeps how to reach a vendor. What was kept before stays as an older row.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_vendor_put (BenkDb *db, const BenkVendorContact *contact, GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const BenkChange *change;

  if (!benk_scope_require (db, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));
  return benk_table_change (
    db, error,
    "INSERT INTO vendor_contact (id, vendor, customer_number, phone, hours, made_ms,"
    " staff_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
    "ittttni", &id, contact->vendor, contact->customer_number, contact->phone,
    contact->hours, benk_db_get_wall_ms (db), &change->actor_staff);
}

/**
 * benk_table_vendor_find:
 * @db: a connection
 * @vendor: name of a vendor
 * @contact: (out): how to reach it; all %NULL where nothing is kept
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_vendor_find (BenkDb *db,
                        const char *vendor,
                        BenkVendorContact *contact,
                        GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT c.vendor, c.customer_number, c.phone, c.hours"
                       " FROM vendor_contact c WHERE c.vendor = ?"
                       " ORDER BY " BENK_TABLE_ROW_SEQ ("vendor_contact",
                                                        "c") " DESC,"
                                                             " c.id DESC LIMIT 1",
                       "t", vendor);

  *contact = (BenkVendorContact){ 0 };
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      contact->vendor = benk_stmt_dup_text (stmt, 0);
      contact->customer_number = benk_stmt_dup_text (stmt, 1);
      contact->phone = benk_stmt_dup_text (stmt, 2);
      contact->hours = benk_stmt_dup_text (stmt, 3);
    }
  return benk_table_ended (stmt, &local, error);
}

/* Whom it was about: the words go when the person goes. */
static gboolean
find_person (BenkDb *db, const BenkVendorCallRow *call, BenkId *person, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT ifnull ((SELECT person_id FROM alarm WHERE id = ?1),"
                       " (SELECT person_id FROM device WHERE id = ?2))",
                       "ii", &call->alarm, &call->device);

  *person = BENK_ID_NIL;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    benk_stmt_get_id (stmt, 0, person);
  return benk_table_ended (stmt, &local, error);
}

/**
 * benk_table_vendor_call_insert:
 * @db: a connection with an open scope
 * @call: a call; checked
 * @error: return location for an error
 *
 * Keeps a call by the actor of the scope, now. Insert only.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_vendor_call_insert (BenkDb *db, const BenkVendorCallRow *call, GError **error)
{
  BenkId id = benk_id_new (benk_db_get_clock (db));
  const BenkChange *change;
  BenkId person, number, with;

  if (!benk_scope_require (db, error) || !find_person (db, call, &person, error) ||
      !benk_table_note_add (db, BENK_NOTE_CASE, call->case_number, &person, &number,
                            error) ||
      !benk_table_note_add (db, BENK_NOTE_ROLE, call->spoke_with, &person, &with, error))
    return FALSE;
  change = benk_scope_get_change (benk_scope_get_current (db));
  return benk_table_change (
    db, error,
    "INSERT INTO vendor_call (id, device_id, alarm_id, vendor, at_ms, staff_id, case_id,"
    " spoke_with_id, guidance_id, tried) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "iiitniiiit", &id, &call->device, &call->alarm, call->vendor,
    benk_db_get_wall_ms (db), &change->actor_staff, &number, &with, &call->guidance,
    call->tried);
}

/**
 * benk_table_vendor_call_find_last:
 * @db: a connection
 * @device: a device
 * @case_number: (out) (transfer full) (nullable): of the newest call that has one; ""
 *   if erased
 * @at_ms: (out): when that was, UTC milliseconds; 0 = never
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_vendor_call_find_last (
  BenkDb *db, const BenkId *device, char **case_number, gint64 *at_ms, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT ifnull (n.text, ''), c.at_ms FROM vendor_call c"
                       " LEFT JOIN note n ON n.id = c.case_id"
                       " WHERE c.device_id = ? AND c.case_id IS NOT NULL"
                       " ORDER BY " BENK_TABLE_ROW_SEQ ("vendor_call",
                                                        "c") " DESC,"
                                                             " c.id DESC LIMIT 1",
                       "i", device);

  *case_number = NULL;
  *at_ms = 0;
  if (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      *case_number = benk_stmt_dup_text (stmt, 0);
      *at_ms = benk_stmt_get_int64 (stmt, 1);
    }
  return benk_table_ended (stmt, &local, error);
}
