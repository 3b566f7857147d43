/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-plan.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-table-private.h"

#define SELECT_SQL                                                                       \
  "SELECT p.id, p.person_id, p.body, p.valid_from_ms, p.made_ms FROM plan p"

/**
 * benk_plan_row_free:
 * @self: (nullable) (transfer full): a plan
 */
void
benk_plan_row_free (BenkPlanRow *self)
{
  if (self == NULL)
    return;

  g_free (self->body);
  g_free (self);
}

static BenkPlanRow *
get_optional (BenkStmt *stmt, GError **error)
{
  BenkPlanRow *plan;

  if (stmt == NULL || !benk_stmt_step (stmt, error))
    return NULL;

  plan = g_new0 (BenkPlanRow, 1);
  benk_stmt_get_id (stmt, 0, &plan->id);
  benk_stmt_get_id (stmt, 1, &plan->person);
  plan->body = benk_stmt_dup_text (stmt, 2);
  plan->valid_from_ms = benk_stmt_get_int64 (stmt, 3);
  plan->made_ms = benk_stmt_get_int64 (stmt, 4);

  return plan;
}

/**
 * benk_table_plan_insert:
 * @db: a connection with an open scope
 * @person: (nullable): whose plan it is
 * @body: the plan as text, validated; times and roles, no personal word
 * @valid_from_ms: UTC milliseconds
 * @out_id: (out): the plan
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_plan_insert (BenkDb *db,
                        const BenkId *person,
                        const char *body,
                        gint64 valid_from_ms,
                        BenkId *out_id,
                        GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GBytes) bytes = NULL;

  g_checksum_update (checksum, (const guchar *) body, (gssize) strlen (body));
  g_checksum_get_digest (checksum, digest, &length);
  bytes = g_bytes_new (digest, length);
  *out_id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error,
    "INSERT INTO plan (id, person_id, body, digest, valid_from_ms, made_ms)"
    " VALUES (?, ?, ?, ?, ?, ?)",
    "iitbnn", out_id, person, body, bytes, valid_from_ms, benk_db_get_wall_ms (db));
}

/**
 * benk_table_plan_ensure:
 * @db: a connection with an open scope
 * @person: whose plan it is
 * @body: as of benk_table_plan_insert()
 * @valid_from_ms: UTC milliseconds
 * @out_id: (out): the plan
 * @error: return location for an error
 *
 * As benk_table_plan_insert(), but what is the newest plan of @person already is not
 * written again.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_plan_ensure (BenkDb *db,
                        const BenkId *person,
                        const char *body,
                        gint64 valid_from_ms,
                        BenkId *out_id,
                        GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkPlanRow) newest = benk_table_plan_get_of_person (db, person, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (newest == NULL || strcmp (newest->body, body) != 0)
    return benk_table_plan_insert (db, person, body, valid_from_ms, out_id, error);

  *out_id = newest->id;
  return TRUE;
}

/**
 * benk_table_plan_get:
 * @db: a connection
 * @id: a plan
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan; %NULL without @error if there is none
 */
BenkPlanRow *
benk_table_plan_get (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, SELECT_SQL " WHERE p.id = ?", "i", id);

  return get_optional (stmt, error);
}

/**
 * benk_table_plan_get_of_person:
 * @db: a connection
 * @person: a user
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the newest plan of a user; %NULL without @error if
 *   there is none
 */
BenkPlanRow *
benk_table_plan_get_of_person (BenkDb *db, const BenkId *person, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL " WHERE p.person_id = ? ORDER BY p.made_ms DESC, p.id DESC LIMIT 1", "i",
    person);

  return get_optional (stmt, error);
}

/**
 * benk_table_plan_get_in_device:
 * @db: a connection
 * @device: a device
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the plan that the newest verified run has written;
 *   %NULL without @error if a reset came after it, or a run that may have changed it
 */
BenkPlanRow *
benk_table_plan_get_in_device (BenkDb *db, const BenkId *device, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    SELECT_SQL " WHERE p.id = (SELECT iif (r.outcome = 'verified', r.plan_id, NULL)"
               " FROM run r WHERE r.device_id = ? AND r.outcome <> 'untouched'"
               " AND r.kind IN ('provision', 'settings', 'reset')"
               " ORDER BY r.ended_ms DESC, r.id DESC LIMIT 1)",
    "i", device);

  return get_optional (stmt, error);
}
