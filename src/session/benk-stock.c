/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stock.h"

#include <glib/gi18n.h>

#include "benk-duties.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-session-change.h"
#include "benk-table-place.h"
#include "benk-table-stock.h"
#include "benk-text-check.h"
#include "benk-visit.h"

#define ZONE BENK_DISTRICT_ZONE

/* A laptop may be asleep when the day begins, and its clock may be set. */
#define MAX_WAIT_MS (30 * 60 * 1000)
/* Many changes come together. */
#define SETTLE_MS 2000
/* More lines are no bubble. */
#define MAX_LINES 4

struct _BenkStock
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
  GSource *timer;
  gint64 due_ms; /* when the timer fires, boot time */
  gboolean watching;
  gboolean asking;
  BenkReading *behind;
};

enum
{
  CHANGED,
  LOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkStock, benk_stock, G_TYPE_OBJECT)

typedef struct
{
  char *today;
  guint days;
} LoadJob;

typedef struct
{
  char *model_id;
  char *place;
  guint least;
} LimitData;

static void
load_job_free (LoadJob *job)
{
  g_free (job->today);
  g_free (job);
}

static void
limit_data_free (LimitData *data)
{
  g_free (data->model_id);
  g_free (data->place);
  g_free (data);
}

static char *
get_today (BenkStock *self)
{
  return benk_forecast_get_today (
    benk_clock_get_wall_ms (benk_session_get_clock (self->session)));
}

/* --- the warning --- */

static void check_soon (BenkStock *self, gint64 delay_ms);

static void
stop_timer (BenkStock *self)
{
  if (self->timer != NULL)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/* Those that are low and of which nobody has warned today, in one transaction. */
static gpointer
claim (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *today = data;
  g_autoptr (GPtrArray) limits = benk_table_stock_list_limits (db, today, error);

  for (guint i = limits != NULL ? limits->len : 0; i > 0; i--)
    {
      const BenkStockLimit *limit = g_ptr_array_index (limits, i - 1);
      gboolean first = FALSE;

      if (benk_stock_limit_is_low (limit) &&
          !benk_table_stock_claim_warning (db, &limit->id, today, &first, error))
        return NULL;
      if (!first)
        g_ptr_array_remove_index (limits, i - 1);
    }

  return g_steal_pointer (&limits);
}

static void
on_claimed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkStock) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) low =
    benk_store_write_finish (BENK_STORE (source), result, &error);

  self->asking = FALSE;
  benk_reading_end (self->behind, error);
  if (low != NULL && low->len > 0)
    g_signal_emit (self, signals[LOW], 0, low);
}

static gpointer
find_low (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const char *today = data;
  g_autoptr (GPtrArray) limits = benk_table_stock_list_limits (db, today, error);
  guint n_low = 0;

  if (limits == NULL)
    return NULL;
  for (guint i = 0; i < limits->len; i++)
    n_low += benk_stock_limit_is_low (g_ptr_array_index (limits, i));

  return g_memdup2 (&n_low, sizeof n_low);
}

/* Stock is no one team's. */
static const BenkDutyHours *
get_hours (BenkStock *self)
{
  return &benk_duties_get_roster (benk_session_get_duties (self->session))->common->hours;
}

/* Who can order more is at work by day; in a home nothing is shown. */
static gboolean
may_warn (BenkStock *self)
{
  const BenkDutyHours *hours = get_hours (self);
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));

  return benk_duty_at (hours, ZONE, now_ms) == BENK_DUTY_DAY &&
         benk_visits_get_current (benk_session_get_visits (self->session)) == NULL;
}

/* The writer is asked only where there is something to warn of. */
static void
on_low_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkStock) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree guint *n_low = benk_session_read_finish (self, result, &error);

  if (n_low != NULL && *n_low > 0 && self->session != NULL && may_warn (self))
    {
      benk_store_write_async (benk_session_get_store (self->session), claim,
                              get_today (self), g_free, NULL, on_claimed,
                              g_object_ref (self));
      return;
    }
  self->asking = FALSE;
  benk_reading_end (self->behind, error);
}

static void
look (BenkStock *self)
{
  if (self->asking || self->session == NULL)
    return;
  self->asking = TRUE;
  benk_session_read_async (self->session, self, find_low, get_today (self), g_free,
                           g_free, NULL, on_low_found, g_object_ref (self));
}

static void
check (BenkStock *self)
{
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (self->session));
  gint64 change_ms = benk_duty_next_change (get_hours (self), ZONE, now_ms);

  check_soon (self, CLAMP (change_ms - now_ms, SETTLE_MS, MAX_WAIT_MS));
  if (may_warn (self))
    look (self);
}

static gboolean
on_timer (gpointer user_data)
{
  BenkStock *self = user_data;

  stop_timer (self);
  if (self->session != NULL)
    check (self);

  return G_SOURCE_REMOVE;
}

static void
check_soon (BenkStock *self, gint64 delay_ms)
{
  BenkClock *clock = benk_session_get_clock (self->session);
  gint64 due_ms = benk_clock_get_boot_ms (clock) + delay_ms;

  if (self->timer != NULL && self->due_ms <= due_ms)
    return;
  stop_timer (self);
  self->due_ms = due_ms;
  self->timer = benk_clock_create_timer (clock, delay_ms);
  g_source_set_callback (self->timer, on_timer, self, NULL);
  g_source_attach (self->timer, NULL);
}

static void
on_store_changed (BenkStock *self)
{
  if (self->watching && self->session != NULL)
    check_soon (self, SETTLE_MS);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- the object --- */

static void
benk_stock_finalize (GObject *object)
{
  BenkStock *self = BENK_STOCK (object);

  stop_timer (self);
  g_clear_object (&self->behind);
  g_clear_weak_pointer (&self->session);
  G_OBJECT_CLASS (benk_stock_parent_class)->finalize (object);
}

static void
benk_stock_class_init (BenkStockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_stock_finalize;

  /**
   * BenkStock::changed:
   * @self: the stock
   *
   * What was loaded may be another now.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_STOCK, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  /**
   * BenkStock::low:
   * @self: the stock
   * @limits: (element-type BenkStockLimit): those of which nobody has warned today
   *
   * Less is free than there should be.
   */
  signals[LOW] = g_signal_new ("low", BENK_TYPE_STOCK, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
benk_stock_init (BenkStock *self)
{
  self->behind = benk_reading_new_saying (_ ("Low stock could not be looked for:"));
  g_signal_connect_object (self->behind, "again", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
}

/** benk_stock_new: Returns: (transfer full): the room of @session for the stock */
BenkStock *
benk_stock_new (BenkSession *session)
{
  BenkStock *self = g_object_new (BENK_TYPE_STOCK, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * benk_stock_watch:
 * @self: the stock
 *
 * Warns from now on, by the signal “low”. For a program that shows it to somebody.
 */
void
benk_stock_watch (BenkStock *self)
{
  g_return_if_fail (BENK_IS_STOCK (self));

  if (self->watching)
    return;
  self->watching = TRUE;
  check_soon (self, SETTLE_MS);
}

/** benk_stock_get_reading: Returns: (transfer none): how it goes with looking for low
 * stock */
BenkReading *
benk_stock_get_reading (BenkStock *self)
{
  g_return_val_if_fail (BENK_IS_STOCK (self), NULL);

  return self->behind;
}

/**
 * benk_stock_describe_limit:
 * @self: the stock
 * @limit: a limit
 *
 * Returns: (transfer full): how it stands, in a sentence that names nobody
 */
char *
benk_stock_describe_limit (BenkStock *self, const BenkStockLimit *limit)
{
  const char *model =
    benk_inventory_get_model_name (benk_session_get_inventory (self->session),
                                   limit->model_id);

  g_return_val_if_fail (BENK_IS_STOCK (self), NULL);

  if (limit->place_name != NULL)
    /* Translators: a model, a place, how many are free, how many there should be. */
    return g_strdup_printf (_ ("%s, %s: %u free, at least %u wanted"), model,
                            limit->place_name, limit->n_free, limit->least);

  return g_strdup_printf (_ ("%s: %u free, at least %u wanted"), model, limit->n_free,
                          limit->least);
}

/**
 * benk_stock_describe_low:
 * @self: the stock
 * @limits: (element-type BenkStockLimit): what is low
 *
 * Returns: (transfer full): a few lines of models, places of our own and numbers, which
 *   name nobody
 */
char *
benk_stock_describe_low (BenkStock *self, GPtrArray *limits)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (BENK_IS_STOCK (self), NULL);

  for (guint i = 0; i < MIN (limits->len, MAX_LINES); i++)
    {
      g_autofree char *line =
        benk_stock_describe_limit (self, g_ptr_array_index (limits, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
    }
  if (limits->len > MAX_LINES)
    g_string_append_printf (text, "\n… +%u", limits->len - MAX_LINES);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- reading --- */

static gpointer
load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LoadJob *job = data;

  return benk_table_stock_load (db, job->today, job->days, error);
}

/**
 * benk_stock_load_async:
 * @self: the stock
 * @days: so many days ahead the end of a warranty or a lease counts as soon
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what is where.
 */
void
benk_stock_load_async (BenkStock *self,
                       guint days,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  LoadJob *job;

  g_return_if_fail (BENK_IS_STOCK (self));

  job = g_new0 (LoadJob, 1);
  job->today = get_today (self);
  job->days = days;
  benk_session_read_async (self->session, self, load, job, (GDestroyNotify) load_job_free,
                           (GDestroyNotify) benk_stock_summary_free, cancellable,
                           callback, user_data);
}

/**
 * benk_stock_load_finish:
 * @self: the stock
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the shelf at a glance, or %NULL with @error set
 */
BenkStockSummary *
benk_stock_load_finish (BenkStock *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/* --- limits --- */

static gboolean
do_set_limit (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  LimitData *data = user_data;
  g_autoptr (GError) local = NULL;
  BenkId place = BENK_ID_NIL;

  if (data->place != NULL && !benk_table_place_find (db, data->place, &place, &local))
    {
      if (local == NULL)
        g_set_error (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                     _ ("There is no place called “%s”."), data->place);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return benk_table_stock_set_limit (db, data->model_id, &place, data->least, error);
}

static gboolean
check_limit (BenkModel *model, const char *model_id, guint least, GError **error)
{
  if (model == NULL)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("“%s” is not a model that this program knows."), model_id);
  else if (least > BENK_STOCK_MAX_LEAST)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("A limit is a number from 0 to %d."), BENK_STOCK_MAX_LEAST);
  else
    return TRUE;

  return FALSE;
}

/**
 * benk_stock_set_limit_async:
 * @self: the stock
 * @model_id: a model
 * @place: (nullable): a place by name; %NULL for all together
 * @least: so many should be free at least; 0 takes the limit away
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Sets a low-stock limit.
 */
void
benk_stock_set_limit_async (BenkStock *self,
                            const char *model_id,
                            const char *place,
                            guint least,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  BenkModel *model;
  GError *error = NULL;
  LimitData *data;

  g_return_if_fail (BENK_IS_STOCK (self));

  model = benk_model_match (benk_inventory_get_models (
                              benk_session_get_inventory (self->session)),
                            model_id);
  if (!check_limit (model, model_id, least, &error))
    {
      g_task_report_error (self, callback, user_data, benk_session_change_async, error);
      return;
    }
  data = g_new0 (LimitData, 1);
  data->model_id = g_strdup (benk_model_get_id (model));
  data->place = place != NULL && *place != '\0' ? g_strdup (place) : NULL;
  data->least = least;
  benk_session_change_async (self->session, self, BENK_VERB_LIMIT, NULL, do_set_limit,
                             data, (GDestroyNotify) limit_data_free, cancellable,
                             callback, user_data);
}

/**
 * benk_stock_set_limit_finish:
 * @self: the stock
 * @result: what the callback was given
 * @seq: (out) (optional): the row of the change log; 0 if it was so already
 * @error: return location for an error
 *
 * Returns: %TRUE if it is kept
 */
gboolean
benk_stock_set_limit_finish (BenkStock *self,
                             GAsyncResult *result,
                             gint64 *seq,
                             GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
