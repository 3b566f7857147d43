/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-alarm-end.h"

#include "benk-config.h"
#include "benk-table-alarm.h"
#include "benk-table-private.h"

#include <glib/gi18n.h>

/**
 * benk_table_alarm_reopen:
 * @db: a connection with an open scope
 * @id: an alarm that was looked at in this scope
 * @error: return location for an error
 *
 * Opens an alarm again that had ended: nobody has it.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_reopen (BenkDb *db, const BenkId *id, GError **error)
{
  return benk_table_change (
           db, error,
           "UPDATE alarm SET status = 'new', taken_ms = NULL, taken_by = NULL,"
           " closed_ms = NULL, cause = NULL, action = NULL, confirmed_by_id = NULL,"
           " confirmed_ms = NULL, waiting_for = NULL, waiting_until_ms = NULL,"
           " covered = NULL, waiting_case_id = NULL, covered_by_id = NULL WHERE id = ?1",
           "i", id) &&
         benk_table_require_change (db, _ ("The alarm"), error);
}

/**
 * benk_table_alarm_set_confirmed:
 * @db: a connection with an open scope
 * @id: an alarm that is closed in it
 * @confirmed_ms: when they confirmed it, UTC milliseconds; 0 = not told
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_confirmed (BenkDb *db,
                                const BenkId *id,
                                gint64 confirmed_ms,
                                GError **error)
{
  return benk_table_change (db, error, "UPDATE alarm SET confirmed_ms = ?2 WHERE id = ?1",
                            "im", id, confirmed_ms);
}

/**
 * benk_table_alarm_set_text:
 * @db: a connection with an open scope
 * @id: an alarm
 * @text: (nullable): the text of the source as it came
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_text (BenkDb *db, const BenkId *id, const char *text, GError **error)
{
  if (text == NULL || *text == '\0')
    return benk_table_change (db, error, "DELETE FROM alarm_text WHERE alarm_id = ?", "i",
                              id);

  return benk_table_change (db, error,
                            "INSERT INTO alarm_text (alarm_id, text) VALUES (?, ?)"
                            " ON CONFLICT (alarm_id) DO UPDATE SET text = excluded.text",
                            "it", id, text);
}

/**
 * benk_table_alarm_set_told:
 * @db: a connection with an open scope
 * @id: an alarm that is closed
 * @told_ms: when somebody told that it was handled, UTC milliseconds
 * @error: return location for an error
 *
 * It has ended when that was told, not when it was written here.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_alarm_set_told (BenkDb *db, const BenkId *id, gint64 told_ms, GError **error)
{
  return benk_table_change (
    db, error, "UPDATE alarm SET closed_ms = ?2, confirmed_ms = ?2 WHERE id = ?1", "in",
    id, told_ms);
}
