/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-history-words.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-device.h"
#include "benk-fact.h"
#include "benk-guard.h"
#include "benk-names.h"
#include "benk-proof.h"
#include "benk-run.h"

static const BenkName column_names[] = {
  { "model_id", N_ ("Model") },
  { "serial", N_ ("Serial") },
  { "former_serials", N_ ("Former serials") },
  { "imei", N_ ("IMEI") },
  { "asset", N_ ("Asset number") },
  { "state", N_ ("State") },
  { "origin", N_ ("Origin") },
  { "vendor", N_ ("Vendor") },
  { "received_date", N_ ("Received") },
  { "warranty_date", N_ ("Warranty until") },
  { "place_id", N_ ("Place") },
  { "team_id", N_ ("Team") },
  { "person_id", N_ ("User") },
  { "note_id", N_ ("Note") },
  { "owner", N_ ("Owner") },
  { "lease_end_date", N_ ("Lease until") },
  { "wanted_date", N_ ("Wanted") },
  { "ended", N_ ("Reservation") },
};

/* How a reservation ended. */
static const BenkName ended_names[] = {
  { "used", N_ ("used") },
  { "given-up", N_ ("given up") },
};

static const BenkName table_names[] = {
  { "fact", N_ ("Attested") },        { "run", N_ ("Run") },
  { "proof", N_ ("Proof") },          { "alarm", N_ ("Alarm") },
  { "return_case", N_ ("Return") },   { "owed_task", N_ ("To be done") },
  { "accessory", N_ ("Accessory") },  { "alias", N_ ("Other row") },
  { "reservation", N_ ("Reserved") },
};

static const char *
find_label (const BenkName *names, gsize n_names, const char *name)
{
  guint at;

  return benk_names_find (names, n_names, name, &at)
           ? benk_names_get_label (names, n_names, at)
           : name;
}

/*< private >
 * benk_history_get_column_label:
 * @column: a column of a device's row
 *
 * Returns: what a person calls it, translated; its name where there is no word for it
 */
const char *
benk_history_get_column_label (const char *column)
{
  return find_label (column_names, G_N_ELEMENTS (column_names), column);
}

/*< private >
 * benk_history_get_table_label:
 * @table: a table with rows about devices
 *
 * Returns: what a person calls such a row, translated
 */
const char *
benk_history_get_table_label (const char *table)
{
  return find_label (table_names, G_N_ELEMENTS (table_names), table);
}

static char *
say_date (const char *date)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *midnight = g_strdup_printf ("%sT00:00:00Z", date);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (midnight, utc);

  return day != NULL ? g_date_time_format (day, _ ("%-d %b %Y")) : g_strdup (date);
}

static const char *
find_kind (const char *table, const char *value)
{
  BenkFactKind fact;
  BenkRunKind run;
  BenkProofKind proof;

  if (g_str_equal (table, "fact") && benk_fact_kind_from_name (value, &fact))
    return benk_fact_kind_get_label (fact);
  if (g_str_equal (table, "run") && benk_run_kind_from_name (value, &run))
    return benk_run_kind_get_label (run);
  if (g_str_equal (table, "proof") && benk_proof_kind_from_name (value, &proof))
    return benk_proof_kind_get_label (proof);

  return value;
}

/*< private >
 * benk_history_say_value:
 * @table: a journalled table
 * @column: a column of it
 * @value: a text as it is kept
 *
 * Returns: (transfer full): @value as a person reads it, translated
 */
char *
benk_history_say_value (const char *table, const char *column, const char *value)
{
  BenkDeviceState state;
  BenkOrigin origin;
  BenkOwner owner;

  if (g_str_has_suffix (column, "_date"))
    return say_date (value);
  if (g_str_equal (column, "kind"))
    return g_strdup (find_kind (table, value));
  if (g_str_equal (column, "guard") && benk_guard_find (value) != NULL)
    return g_strdup (benk_guard_get_message (benk_guard_find (value)));
  if (g_str_equal (column, "state") && benk_device_state_from_name (value, &state))
    return g_strdup (benk_device_state_get_label (state, TRUE));
  if (g_str_equal (column, "origin") && benk_origin_from_name (value, &origin))
    return g_strdup (benk_origin_get_label (origin));
  if (g_str_equal (column, "owner") && benk_owner_from_name (value, &owner))
    return g_strdup (benk_owner_get_label (owner));
  if (g_str_equal (column, "ended"))
    return g_strdup (find_label (ended_names, G_N_ELEMENTS (ended_names), value));
  if (g_str_equal (column, "former_serials"))
    {
      g_auto (GStrv) list = g_strsplit (value, "\n", -1);

      return g_strjoinv (", ", list);
    }

  return g_strdup (value);
}
