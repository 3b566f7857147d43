/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-stock.h"

#include "benk-table-alias.h"
#include "benk-table-forecast.h"
#include "benk-table-private.h"
#include "benk-table-reservation.h"

/* In stock, kept for nobody, and not on a lease that has ended. ?1: today. */
#define FREE_SQL                                                                         \
  "d.state = 'stock' AND d.person_id IS NULL"                                            \
  " AND (d.lease_end_date IS NULL OR d.lease_end_date >= ?1)"                            \
  " AND NOT " BENK_TABLE_RESERVATION_IS_OPEN " AND " BENK_TABLE_ALIAS_IS_NONE ("d")

/* Steps until there is no row left, or an error. */
static gboolean
each_row (BenkStmt *stmt,
          void (*read) (BenkStmt *stmt, gpointer data),
          gpointer data,
          GError **error)
{
  g_autoptr (GError) local = NULL;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    read (stmt, data);

  return benk_table_ended (stmt, &local, error);
}

/* --- models --- */

static void
read_model (BenkStmt *stmt, gpointer data)
{
  BenkStockSummary *summary = data;
  const char *model_id = benk_stmt_get_text (stmt, 0);
  BenkStockModel *model = benk_stock_summary_find (summary, model_id);
  BenkDeviceState state;

  if (model == NULL)
    {
      model = g_new0 (BenkStockModel, 1);
      model->model_id = g_strdup (model_id);
      g_ptr_array_add (summary->models, model);
    }
  if (!benk_device_state_from_name (benk_stmt_get_text (stmt, 1), &state))
    return;
  model->counts[state] = (guint) benk_stmt_get_int64 (stmt, 2);
  model->n_free += (guint) benk_stmt_get_int64 (stmt, 3);
}

static gboolean
load_models (BenkDb *db, BenkStockSummary *summary, const char *today, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT d.model_id, d.state, count (*), sum (" FREE_SQL
                       ") FROM device d WHERE " BENK_TABLE_ALIAS_IS_NONE (
                         "d") " GROUP BY d.model_id, d.state",
                       "t", today);

  return each_row (stmt, read_model, summary, error);
}

/* --- places --- */

static void
read_place (BenkStmt *stmt, gpointer data)
{
  BenkStockSummary *summary = data;
  BenkStockPlace *place =
    summary->places->len > 0
      ? g_ptr_array_index (summary->places, summary->places->len - 1)
      : NULL;
  BenkStockShare *share;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  if (place == NULL || !benk_id_equal (&place->id, &id))
    {
      place = g_new0 (BenkStockPlace, 1);
      place->id = id;
      place->name = benk_stmt_dup_text (stmt, 1);
      benk_place_kind_from_name (benk_stmt_get_text (stmt, 2), &place->kind);
      place->shares =
        g_ptr_array_new_with_free_func ((GDestroyNotify) benk_stock_share_free);
      g_ptr_array_add (summary->places, place);
    }
  if (benk_stmt_is_null (stmt, 3))
    return;
  share = g_new0 (BenkStockShare, 1);
  share->model_id = benk_stmt_dup_text (stmt, 3);
  share->n = (guint) benk_stmt_get_int64 (stmt, 4);
  place->n += share->n;
  g_ptr_array_add (place->shares, share);
}

/* An empty place of our own is told as well; a user's home is not a place of the shelf.
 */
static gboolean
load_places (BenkDb *db, BenkStockSummary *summary, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT p.id, p.name, p.kind, d.model_id, count (d.id) FROM place p"
    " LEFT JOIN device d ON d.place_id = p.id AND d.state <> 'scrapped'"
    " AND " BENK_TABLE_ALIAS_IS_NONE (
      "d") " WHERE p.kind IN ('store', 'shelf') OR (p.kind <> 'user' AND d.id IS NOT "
           "NULL)"
           " GROUP BY p.id, d.model_id"
           " ORDER BY p.kind NOT IN ('store', 'shelf'), p.name, p.id, d.model_id",
    "");

  return each_row (stmt, read_place, summary, error);
}

/* --- what ends --- */

static void
read_ending (BenkStmt *stmt, gpointer data)
{
  BenkStockSummary *summary = data;
  BenkStockEnding *ending = g_new0 (BenkStockEnding, 1);

  benk_stmt_get_id (stmt, 0, &ending->device);
  ending->model_id = benk_stmt_dup_text (stmt, 1);
  ending->serial = benk_stmt_dup_text (stmt, 2);
  ending->asset = benk_stmt_dup_text (stmt, 3);
  ending->place_name = benk_stmt_dup_text (stmt, 4);
  benk_device_state_from_name (benk_stmt_get_text (stmt, 5), &ending->state);
  ending->is_lease = benk_stmt_get_int64 (stmt, 6) != 0;
  ending->date = benk_stmt_dup_text (stmt, 7);
  ending->days = (int) benk_stmt_get_int64 (stmt, 8);
  g_ptr_array_add (summary->endings, ending);
}

#define ENDING_SQL(is_lease, column)                                                     \
  "SELECT d.id, d.model_id, d.serial, d.asset, p.name, d.state, " is_lease               \
  " AS is_lease, d." column " AS day, CAST (julianday (d." column                        \
  ") - julianday (?1) AS INTEGER) AS days FROM device d"                                 \
  " LEFT JOIN place p ON p.id = d.place_id WHERE d." column " >= ?1 AND d." column       \
  " <= date (?1, '+' || ?2 || ' days')"                                                  \
  " AND d.state NOT IN ('scrapped', 'rma-closed')"

static gboolean
load_endings (
  BenkDb *db, BenkStockSummary *summary, const char *today, guint days, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    ENDING_SQL ("0", "warranty_date") " UNION ALL " ENDING_SQL (
      "1", "lease_end_date") " ORDER BY day, d.model_id, d.serial, is_lease",
    "tn", today, (gint64) days);

  return each_row (stmt, read_ending, summary, error);
}

/* --- limits --- */

static void
read_limit (BenkStmt *stmt, gpointer data)
{
  BenkStockLimit *limit = g_new0 (BenkStockLimit, 1);

  benk_stmt_get_id (stmt, 0, &limit->id);
  limit->model_id = benk_stmt_dup_text (stmt, 1);
  benk_stmt_get_id (stmt, 2, &limit->place);
  limit->place_name = benk_stmt_dup_text (stmt, 3);
  limit->least = (guint) benk_stmt_get_int64 (stmt, 4);
  limit->made_ms = benk_stmt_get_int64 (stmt, 5);
  limit->who = benk_stmt_dup_text (stmt, 6);
  limit->n_free = (guint) benk_stmt_get_int64 (stmt, 7);
  g_ptr_array_add (data, limit);
}

/**
 * benk_table_stock_list_limits:
 * @db: a connection
 * @today: the local date, "YYYY-MM-DD"
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkStockLimit): every limit and how it stands,
 *   or %NULL with @error set
 */
GPtrArray *
benk_table_stock_list_limits (BenkDb *db, const char *today, GError **error)
{
  g_autoptr (GPtrArray) limits =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_stock_limit_free);
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT l.id, l.model_id, l.place_id, p.name, l.least, l.made_ms, s.initials,"
    " (SELECT count (*) FROM device d WHERE d.model_id = l.model_id"
    " AND (l.place_id IS NULL OR d.place_id = l.place_id) AND " FREE_SQL
    ") FROM stock_limit l LEFT JOIN place p ON p.id = l.place_id"
    " LEFT JOIN staff s ON s.id = l.staff_id"
    " ORDER BY l.model_id, l.place_id IS NOT NULL, p.name, l.id",
    "t", today);

  return each_row (stmt, read_limit, limits, error) ? g_steal_pointer (&limits) : NULL;
}

/**
 * benk_table_stock_load:
 * @db: a connection
 * @today: the local date, "YYYY-MM-DD"
 * @days: so many days ahead the end of a warranty or a lease counts as soon
 * @error: return location for an error
 *
 * Returns: (transfer full): the shelf at a glance, or %NULL with @error set
 */
BenkStockSummary *
benk_table_stock_load (BenkDb *db, const char *today, guint days, GError **error)
{
  g_autoptr (BenkStockSummary) summary = benk_stock_summary_new ();
  GPtrArray *limits, *reservations;

  if (!load_models (db, summary, today, error) || !load_places (db, summary, error) ||
      !load_endings (db, summary, today, days, error))
    return NULL;
  limits = benk_table_stock_list_limits (db, today, error);
  if (limits == NULL)
    return NULL;
  g_ptr_array_unref (summary->limits);
  summary->limits = limits;
  reservations = benk_table_reservation_list (db, today, error);
  if (reservations == NULL)
    return NULL;
  g_ptr_array_unref (summary->reservations);
  summary->reservations = reservations;

  return benk_table_forecast_load (db, summary, reservations, error)
           ? g_steal_pointer (&summary)
           : NULL;
}

/**
 * benk_table_stock_set_limit:
 * @db: a connection with an open scope
 * @model_id: a model
 * @place: a place; nil = all together
 * @least: so many should be free at least; 0 takes the limit away
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_stock_set_limit (
  BenkDb *db, const char *model_id, const BenkId *place, guint least, GError **error)
{
  const BenkId *staff;
  BenkId id;

  if (!benk_scope_require (db, error))
    return FALSE;
  if (least == 0)
    return benk_table_change (db, error,
                              "DELETE FROM stock_limit WHERE model_id = ? AND place_id IS"
                              " ?",
                              "ti", model_id, place);

  staff = &benk_scope_get_change (benk_scope_get_current (db))->actor_staff;
  if (!benk_table_change (db, error,
                          "UPDATE stock_limit SET least = ?3, made_ms = ?4, staff_id = ?5"
                          " WHERE model_id = ?1 AND place_id IS ?2",
                          "tinni", model_id, place, (gint64) least,
                          benk_db_get_wall_ms (db), staff))
    return FALSE;
  if (benk_db_get_changes (db) > 0)
    return TRUE;
  id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (db, error,
                            "INSERT INTO stock_limit (id, model_id, place_id, least,"
                            " made_ms, staff_id) VALUES (?, ?, ?, ?, ?, ?)",
                            "itinni", &id, model_id, place, (gint64) least,
                            benk_db_get_wall_ms (db), staff);
}

/**
 * benk_table_stock_claim_warning:
 * @db: a connection that writes
 * @limit: a limit
 * @today: the local date, "YYYY-MM-DD"
 * @out_first: (out): whether nobody has warned of it today
 * @error: return location for an error
 *
 * Says who may warn: of several programs on one store only the first.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_stock_claim_warning (
  BenkDb *db, const BenkId *limit, const char *today, gboolean *out_first, GError **error)
{
  if (!benk_table_change_local (db, error,
                                "INSERT INTO stock_warning (limit_id, day_date)"
                                " VALUES (?1, ?2) ON CONFLICT (limit_id)"
                                " DO UPDATE SET day_date = excluded.day_date"
                                " WHERE day_date <> excluded.day_date",
                                "it", limit, today))
    return FALSE;
  *out_first = benk_db_get_changes (db) > 0;

  return TRUE;
}
