/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-settings-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-model.h"
#include "benk-plan-file.h"
#include "benk-plan.h"
#include "benk-run.h"
#include "benk-table-plan.h"
#include "benk-table-run.h"
#include "benk-wording.h"

void
benk_visit_settings_clear (BenkVisitSettings *self)
{
  g_clear_pointer (&self->times, g_free);
}

/*
 * benk_visit_say_times:
 * @n_times: (out): how many
 *
 * Returns: (transfer full): the dose times of a plan as it is stored, in their order
 */
char *
benk_visit_say_times (const char *plan_body, guint *n_times, GError **error)
{
  g_autoptr (BenkPlan) plan = benk_plan_file_parse (plan_body, strlen (plan_body), error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (plan == NULL)
    return NULL;
  *n_times = benk_plan_get_n_doses (plan);
  for (guint i = 0; i < *n_times; i++)
    {
      const BenkDoseTime *dose = benk_plan_get_dose (plan, i);

      g_string_append_printf (text, "%s%02u:%02u", i > 0 ? ", " : "", dose->minute / 60,
                              dose->minute % 60);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
take_times (BenkDb *db, BenkRun *run, BenkVisitSettings *out, GError **error)
{
  const BenkId *id = benk_run_get_plan_id (run);
  g_autoptr (BenkPlanRow) plan = NULL;
  g_autoptr (GError) local = NULL;

  if (benk_id_is_nil (id))
    return TRUE;
  plan = benk_table_plan_get (db, id, &local);
  if (plan != NULL)
    out->times = benk_visit_say_times (plan->body, &out->n_times, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static BenkSettingsKnown
get_known (BenkLinkKind link_kind)
{
  switch (link_kind)
    {
    case BENK_LINK_KIND_USB:
      return BENK_SETTINGS_READ_BACK;
    case BENK_LINK_KIND_CHECKLIST:
      return BENK_SETTINGS_BY_CHECKLIST;
    case BENK_LINK_KIND_SIMULATED:
      return BENK_SETTINGS_SIMULATED;
    case BENK_LINK_KIND_REPLAY:
    case BENK_LINK_KIND_IMPORTED:
    default:
      return BENK_SETTINGS_NOT_PROVEN;
    }
}

/* Whether a run tells what the device holds now; one that left it as it was does not, and
 * one whose link counts for nothing here never touched it. */
static gboolean
tells (BenkRun *run, gboolean demo)
{
  BenkRunKind kind = benk_run_get_kind (run);

  return (kind == BENK_RUN_KIND_PROVISION || kind == BENK_RUN_KIND_SETTINGS ||
          kind == BENK_RUN_KIND_RESET) &&
         benk_run_get_outcome (run) != BENK_RUN_OUTCOME_UNTOUCHED &&
         benk_link_kind_counts (benk_run_get_link_kind (run), demo);
}

/*
 * benk_visit_settings_load:
 * @demo: whether the store is a demo store
 * @out: (out): what is known; clear it
 *
 * Asks the newest work on a device that may have changed what it holds.
 */
gboolean
benk_visit_settings_load (
  BenkDb *db, gboolean demo, const BenkId *device, BenkVisitSettings *out, GError **error)
{
  g_autoptr (GPtrArray) runs = benk_table_run_list (db, device, error);

  *out = (BenkVisitSettings){ .known = BENK_SETTINGS_NOT_PROVEN };
  if (runs == NULL)
    return FALSE;
  for (guint i = 0; i < runs->len; i++)
    {
      BenkRun *run = g_ptr_array_index (runs, i);

      if (!tells (run, demo))
        continue;
      out->at_ms = benk_run_get_ended_ms (run);
      if (!benk_table_run_get_order (db, benk_run_get_id (run), &out->order, error))
        return FALSE;
      if (benk_run_get_kind (run) == BENK_RUN_KIND_RESET)
        return TRUE;
      out->known = benk_run_get_outcome (run) == BENK_RUN_OUTCOME_VERIFIED
                     ? get_known (benk_run_get_link_kind (run))
                     : BENK_SETTINGS_UNCERTAIN;
      return out->known == BENK_SETTINGS_UNCERTAIN || take_times (db, run, out, error);
    }

  return TRUE;
}

/* Returns: (transfer full): "08:00, 20:00: read back and equal, 09:42" */
char *
benk_visit_settings_describe (const BenkVisitSettings *self, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *at = benk_wording_instant (self->at_ms, now_ms, zone);
  const char *known = benk_settings_known_get_label (self->known);

  if (self->known == BENK_SETTINGS_NOT_PROVEN)
    return g_strdup (known);
  if (self->times == NULL)
    return g_strdup_printf ("%s, %s", known, at);

  return g_strdup_printf ("%s: %s, %s", self->times, known, at);
}

const char *
benk_visit_name_device (BenkDevice *device)
{
  const char *asset = benk_device_get_asset (device);

  return asset != NULL && *asset != '\0' ? asset : benk_device_get_serial (device);
}

char *
benk_visit_describe_device (BenkModel *model, BenkDevice *device)
{
  return g_strdup_printf ("%s %s",
                          model != NULL ? benk_model_get_name (model)
                                        : benk_device_get_model_id (device),
                          benk_visit_name_device (device));
}
