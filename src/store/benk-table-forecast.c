/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-forecast.h"

#include "benk-reservation.h"
#include "benk-table-private.h"

/* What went from ready to a user, and what came back to the shelf: after its reset, or
 * repaired, when it had been with somebody before. What is bought is no coming back. */
#define MOVES_SQL                                                                        \
  "SELECT d.model_id, x.to_state = 'stock', count (*) FROM transition x"                 \
  " JOIN device d ON d.id = x.device_id WHERE x.at_ms >= ?1"                             \
  " AND ((x.from_state = 'ready' AND x.to_state IN ('trial', 'operation'))"              \
  " OR (x.to_state = 'stock' AND (x.from_state = 'reset' OR (x.from_state = 'received'"  \
  " AND EXISTS (SELECT 1 FROM transition y WHERE y.device_id = x.device_id"              \
  " AND y.to_state IN ('trial', 'operation') AND y.at_ms <= x.at_ms)))))"                \
  " GROUP BY d.model_id, x.to_state = 'stock'"

typedef struct
{
  const char *model_id; /* the summary's */
  guint n_reserved;
  guint n_out;
  guint n_back;
  GArray *needs;
} Moves;

static void
moves_free (Moves *self)
{
  g_array_unref (self->needs);
  g_free (self);
}

static GHashTable *
make_moves (const BenkStockSummary *summary)
{
  GHashTable *all =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) moves_free);

  for (guint i = 0; i < summary->models->len; i++)
    {
      const BenkStockModel *model = g_ptr_array_index (summary->models, i);
      Moves *moves = g_new0 (Moves, 1);

      moves->needs = g_array_new (FALSE, FALSE, sizeof (int));
      g_hash_table_insert (all, model->model_id, moves);
    }

  return all;
}

static gboolean
load_moves (BenkDb *db, GHashTable *all, gint64 since_ms, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkStmt) stmt = benk_table_select (db, &local, MOVES_SQL, "n", since_ms);

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      Moves *moves = g_hash_table_lookup (all, benk_stmt_get_text (stmt, 0));
      guint n = (guint) benk_stmt_get_int64 (stmt, 2);

      if (moves != NULL && benk_stmt_get_int64 (stmt, 1) != 0)
        moves->n_back = n;
      else if (moves != NULL)
        moves->n_out = n;
    }
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
add_reservations (GHashTable *all, GPtrArray *reservations)
{
  for (guint i = 0; i < reservations->len; i++)
    {
      const BenkReservation *one = g_ptr_array_index (reservations, i);
      Moves *moves = g_hash_table_lookup (all, one->model_id);

      if (moves == NULL)
        continue;
      if (one->needs_device)
        g_array_append_val (moves->needs, one->days);
      else
        moves->n_reserved++;
    }
}

/**
 * benk_table_forecast_load:
 * @db: a connection
 * @summary: the models with what is free of each; given their forecast
 * @reservations: (element-type BenkReservation): every open reservation
 * @error: return location for an error
 *
 * Says of every model when it runs out.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_forecast_load (BenkDb *db,
                          BenkStockSummary *summary,
                          GPtrArray *reservations,
                          GError **error)
{
  g_autoptr (GHashTable) all = make_moves (summary);
  gint64 now_ms = benk_db_get_wall_ms (db);
  gint64 first_ms;
  guint weeks;

  if (!benk_db_get_int64 (db, "SELECT ifnull (min (at_ms), 0) FROM transition", &first_ms,
                          error))
    return FALSE;
  weeks = benk_forecast_get_weeks (first_ms, now_ms);
  if (!load_moves (db, all, benk_forecast_get_since_ms (weeks, now_ms), error))
    return FALSE;
  add_reservations (all, reservations);
  for (guint i = 0; i < summary->models->len; i++)
    {
      BenkStockModel *model = g_ptr_array_index (summary->models, i);
      const Moves *moves = g_hash_table_lookup (all, model->model_id);
      const BenkForecastInput input = {
        .n_free = model->n_free,
        .n_reserved = moves->n_reserved,
        .weeks = weeks,
        .n_out = moves->n_out,
        .n_back = moves->n_back,
        .needs = (const int *) (gpointer) moves->needs->data,
        .n_needs = moves->needs->len,
      };

      model->forecast = benk_forecast_make (&input, now_ms);
    }

  return TRUE;
}
