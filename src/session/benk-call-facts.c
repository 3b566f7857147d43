/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-call-facts-private.h"

#include <json-glib/json-glib.h>

#include "benk-alarm-code.h"
#include "benk-alarms-private.h"
#include "benk-run.h"
#include "benk-table-run.h"

/* What says that nothing comes from it. */
#define NO_CONTACT "1.20"

/* A checklist is a person's word, a list says nothing of the device itself. */
static gboolean
is_reached (BenkLinkKind link)
{
  return link == BENK_LINK_KIND_USB || link == BENK_LINK_KIND_SIMULATED ||
         link == BENK_LINK_KIND_NETWORK;
}

/* -1 where the run did not read it. */
static gboolean
read_battery (BenkDb *db, BenkRun *run, int *battery, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *reading =
    benk_table_run_get_reading (db, benk_run_get_id (run), &local);
  g_autoptr (JsonNode) root = NULL;

  *battery = -1;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  /* What cannot be read as it was written is not known. */
  root = reading != NULL ? json_from_string (reading, NULL) : NULL;
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    *battery = (int) json_object_get_int_member_with_default (json_node_get_object (root),
                                                              "battery", -1);
  return TRUE;
}

/* The newest first: the first that was reached is the last contact, the first that read
 * the battery the last reading of it. */
static gboolean
read_runs (BenkDb *db, GListModel *runs, BenkCallFacts *facts, GError **error)
{
  for (guint i = 0; i < g_list_model_get_n_items (runs) && facts->battery < 0; i++)
    {
      g_autoptr (BenkRun) run = g_list_model_get_item (runs, i);
      BenkLinkKind link = benk_run_get_link_kind (run);
      int battery;

      if (!is_reached (link))
        continue;
      if (!read_battery (db, run, &battery, error))
        return FALSE;
      if (facts->contact_ms == 0 &&
          (battery >= 0 || benk_run_get_outcome (run) == BENK_RUN_OUTCOME_VERIFIED))
        {
          facts->contact_ms = benk_run_get_ended_ms (run);
          facts->contact_link = link;
        }
      if (battery < 0)
        continue;
      facts->battery = battery;
      facts->battery_ms = benk_run_get_ended_ms (run);
      facts->battery_link = link;
    }
  return TRUE;
}

/* Those of a source came from the device; those by telephone from a person. */
static void
look_at_alarms (GListModel *alarms, BenkCallFacts *facts)
{
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (alarms, i);

      if (benk_id_is_nil (benk_alarm_get_feed_id (alarm)) ||
          g_strcmp0 (benk_alarm_get_code (alarm), NO_CONTACT) == 0 ||
          benk_alarm_get_raised_ms (alarm) <= facts->contact_ms)
        continue;
      facts->contact_ms = benk_alarm_get_raised_ms (alarm);
      facts->contact_by_alarm = TRUE;
    }
}

/*< private >
 * benk_call_facts_read:
 * @db: a connection
 * @device: a device
 * @runs: its runs, the newest first
 * @alarms: its alarms
 * @facts: (out caller-allocates): what is known
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_call_facts_read (BenkDb *db,
                      const BenkId *device,
                      GListModel *runs,
                      GListModel *alarms,
                      BenkCallFacts *facts,
                      GError **error)
{
  *facts = (BenkCallFacts){ .next_dose_ms = -1, .battery = -1 };
  if (!benk_alarms_find_next_dose (db, device, benk_db_get_wall_ms (db),
                                   &facts->next_dose_ms, error) ||
      !read_runs (db, runs, facts, error))
    return FALSE;
  look_at_alarms (alarms, facts);
  return TRUE;
}
