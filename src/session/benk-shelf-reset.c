/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-shelf-reset-private.h"

#include "benk-error.h"
#include "benk-lifecycle.h"
#include "benk-serial.h"

#include <glib/gi18n.h>

struct _BenkShelfReset
{
  GObject parent_instance;

  BenkSession *session;
  BenkBench *bench;
  GListModel *devices;
  GPtrArray *watched; /* BenkBenchDevice whose notify is listened to */
  GListStore *items;
  gboolean started;
};

enum
{
  PROP_0,
  PROP_STARTED,
  PROP_RUNNING,
  PROP_SUMMARY,
  PROP_CALL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkShelfReset, benk_shelf_reset, G_TYPE_OBJECT)

static BenkShelfItem *
get_item (BenkShelfReset *self, guint index)
{
  g_autoptr (BenkShelfItem) item =
    g_list_model_get_item (G_LIST_MODEL (self->items), index);

  return item;
}

static guint
get_n_items (BenkShelfReset *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->items));
}

static guint
count_state (BenkShelfReset *self, BenkShelfState state)
{
  guint n = 0;

  for (guint i = 0; i < get_n_items (self); i++)
    n += benk_shelf_item_get_state (get_item (self, i)) == state;
  return n;
}

static void
notify_all (BenkShelfReset *self)
{
  for (guint i = PROP_STARTED; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

/* --- which of them are plugged in --- */

static gboolean
is_here (BenkBenchDevice *device)
{
  BenkBenchTrouble trouble = benk_bench_device_get_trouble (device);

  return trouble != BENK_BENCH_TROUBLE_GONE && trouble != BENK_BENCH_TROUBLE_PERMISSION &&
         trouble != BENK_BENCH_TROUBLE_BROKEN &&
         !benk_id_is_nil (benk_bench_device_get_card_id (device));
}

static BenkBenchDevice *
find_plugged (BenkShelfReset *self, BenkShelfItem *item)
{
  const BenkId *id = benk_device_get_id (benk_shelf_item_get_card (item));

  for (guint i = 0; i < g_list_model_get_n_items (self->devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (self->devices, i);

      if (is_here (device) && benk_id_equal (benk_bench_device_get_card_id (device), id))
        return device;
    }
  return NULL;
}

/* The serial that was confirmed goes along: the job compares it with what the device
 * itself says. */
static void
start_item (BenkShelfReset *self, BenkShelfItem *item)
{
  BenkBenchDevice *device = benk_shelf_item_get_device (item);
  g_autoptr (GError) error = NULL;
  BenkBenchJob *job =
    benk_bench_reset (self->bench, device, benk_shelf_item_get_serial (item), &error);

  if (job != NULL)
    benk_shelf_item_take_job (item, job);
  else if (!g_error_matches (error, BENK_ERROR, BENK_ERROR_BUSY))
    benk_shelf_item_end (item, BENK_SHELF_LEFT_OUT, error->message);
}

static void
look (BenkShelfReset *self)
{
  for (guint i = 0; i < get_n_items (self); i++)
    {
      BenkShelfItem *item = get_item (self, i);

      benk_shelf_item_set_device (item, find_plugged (self, item));
      if (benk_shelf_item_get_state (item) == BENK_SHELF_WAITING &&
          benk_shelf_item_is_plugged (item))
        start_item (self, item);
    }
  notify_all (self);
}

static void
unwatch (BenkShelfReset *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
on_devices_changed (BenkShelfReset *self)
{
  unwatch (self);
  for (guint i = 0; i < g_list_model_get_n_items (self->devices); i++)
    {
      BenkBenchDevice *device = g_list_model_get_item (self->devices, i);

      g_ptr_array_add (self->watched, device);
      g_signal_connect_swapped (device, "notify::state-label", G_CALLBACK (look), self);
      g_signal_connect_swapped (device, "notify::problem", G_CALLBACK (look), self);
    }
  look (self);
}

/* --- the object --- */

static void
benk_shelf_reset_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  BenkShelfReset *self = BENK_SHELF_RESET (object);

  switch (id)
    {
    case PROP_STARTED:
      g_value_set_boolean (value, self->started);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, benk_shelf_reset_is_running (self));
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, benk_shelf_reset_dup_summary (self));
      break;
    case PROP_CALL:
      g_value_take_string (value, benk_shelf_reset_dup_call (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_shelf_reset_dispose (GObject *object)
{
  BenkShelfReset *self = BENK_SHELF_RESET (object);

  unwatch (self);
  if (self->devices != NULL)
    g_signal_handlers_disconnect_by_data (self->devices, self);
  g_clear_object (&self->devices);
  for (guint i = 0; i < get_n_items (self); i++)
    g_signal_handlers_disconnect_by_data (get_item (self, i), self);
  g_list_store_remove_all (self->items);
  g_clear_object (&self->bench);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_shelf_reset_parent_class)->dispose (object);
}

static void
benk_shelf_reset_finalize (GObject *object)
{
  BenkShelfReset *self = BENK_SHELF_RESET (object);

  g_ptr_array_unref (self->watched);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (benk_shelf_reset_parent_class)->finalize (object);
}

static void
benk_shelf_reset_class_init (BenkShelfResetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = benk_shelf_reset_get_property;
  object_class->dispose = benk_shelf_reset_dispose;
  object_class->finalize = benk_shelf_reset_finalize;

  /** BenkShelfReset:started: whether it was confirmed */
  properties[PROP_STARTED] = g_param_spec_boolean ("started", NULL, NULL, FALSE, flags);
  /** BenkShelfReset:running: whether a device is being reset or waited for */
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  /** BenkShelfReset:summary: one sentence, or %NULL before the start */
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  /** BenkShelfReset:call: what to plug in next, or %NULL */
  properties[PROP_CALL] = g_param_spec_string ("call", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_shelf_reset_init (BenkShelfReset *self)
{
  self->items = g_list_store_new (BENK_TYPE_SHELF_ITEM);
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/** benk_shelf_reset_new: Returns: (transfer full): a shelf with nothing on its list */
BenkShelfReset *
benk_shelf_reset_new (BenkSession *session)
{
  BenkShelfReset *self = g_object_new (BENK_TYPE_SHELF_RESET, NULL);

  self->session = g_object_ref (session);
  self->bench = g_object_ref (benk_session_get_bench (session));
  self->devices = g_object_ref (benk_bench_get_devices (self->bench));
  g_signal_connect_swapped (self->devices, "items-changed",
                            G_CALLBACK (on_devices_changed), self);
  on_devices_changed (self);
  return self;
}

/** benk_shelf_reset_get_items: Returns: (transfer none): a list of #BenkShelfItem */
GListModel *
benk_shelf_reset_get_items (BenkShelfReset *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), NULL);

  return G_LIST_MODEL (self->items);
}

/** benk_shelf_reset_find: Returns: (transfer none) (nullable): what has @serial */
BenkShelfItem *
benk_shelf_reset_find (BenkShelfReset *self, const char *serial)
{
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), NULL);

  wanted = benk_serial_normalise (serial);
  for (guint i = 0; i < get_n_items (self); i++)
    {
      BenkShelfItem *item = get_item (self, i);
      g_autofree char *has = benk_serial_normalise (benk_shelf_item_get_serial (item));

      if (g_str_equal (wanted, has))
        return item;
    }
  return NULL;
}

/**
 * benk_shelf_reset_add:
 * @self: a shelf that was not started
 * @card: a device
 * @error: %BENK_ERROR_REFUSED when it may not be reset in its state
 *
 * Puts a device on the list, plugged in or not.
 *
 * Returns: (transfer none) (nullable): the device of the list, also if it was there
 */
BenkShelfItem *
benk_shelf_reset_add (BenkShelfReset *self, BenkDevice *card, GError **error)
{
  g_autoptr (BenkShelfItem) item = NULL;
  BenkShelfItem *there;

  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), NULL);
  g_return_val_if_fail (!self->started, NULL);

  there = benk_shelf_reset_find (self, benk_device_get_serial (card));
  if (there != NULL)
    return there;
  if (!benk_lifecycle_allow_run (benk_device_get_state (card), BENK_RUN_KIND_RESET,
                                 error))
    return NULL;
  item = benk_shelf_item_new (card);
  g_signal_connect_swapped (item, "notify::state", G_CALLBACK (notify_all), self);
  g_signal_connect_swapped (item, "notify::ticked", G_CALLBACK (notify_all), self);
  g_list_store_append (self->items, item);
  look (self);
  return item;
}

/** benk_shelf_reset_add_plugged: puts on the list what is plugged in and may be reset */
void
benk_shelf_reset_add_plugged (BenkShelfReset *self)
{
  g_return_if_fail (BENK_IS_SHELF_RESET (self));

  for (guint i = 0; i < g_list_model_get_n_items (self->devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (self->devices, i);

      if (is_here (device) && benk_bench_device_has_extension (device))
        benk_shelf_reset_add (self, benk_bench_device_get_card (device), NULL);
    }
}

/**
 * benk_shelf_reset_tick:
 * @ticked: whether the person has read or scanned this serial and means it
 *
 * Confirms one device; only those that are ticked are reset.
 */
void
benk_shelf_reset_tick (BenkShelfReset *self, BenkShelfItem *item, gboolean ticked)
{
  g_return_if_fail (BENK_IS_SHELF_RESET (self));

  if (!self->started)
    benk_shelf_item_tick (item, ticked);
}

/** benk_shelf_reset_get_n_ticked: Returns: how many are confirmed */
guint
benk_shelf_reset_get_n_ticked (BenkShelfReset *self)
{
  guint n = 0;

  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), 0);

  for (guint i = 0; i < get_n_items (self); i++)
    n += benk_shelf_item_is_ticked (get_item (self, i));
  return n;
}

/**
 * benk_shelf_reset_start:
 * @self: a shelf
 * @count: what the person typed: how many devices are to be wiped
 * @error: %BENK_ERROR_REFUSED when it is another number, or nothing is ticked
 *
 * Resets what is ticked and plugged in, side by side; the others as soon as they are
 * plugged in.
 *
 * Returns: whether it has begun
 */
gboolean
benk_shelf_reset_start (BenkShelfReset *self, guint count, GError **error)
{
  guint n_ticked;

  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), FALSE);

  n_ticked = benk_shelf_reset_get_n_ticked (self);
  if (self->started || n_ticked == 0 || count != n_ticked)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                   ngettext ("%u device is ticked; another number was typed. Nothing "
                             "was reset.",
                             "%u devices are ticked; another number was typed. Nothing "
                             "was reset.",
                             n_ticked),
                   n_ticked);
      return FALSE;
    }
  self->started = TRUE;
  for (guint i = 0; i < get_n_items (self); i++)
    if (benk_shelf_item_is_ticked (get_item (self, i)))
      benk_shelf_item_set_state (get_item (self, i), BENK_SHELF_WAITING);
  look (self);
  return TRUE;
}

/** benk_shelf_reset_leave_out: waits no longer for a device; a job goes on */
void
benk_shelf_reset_leave_out (BenkShelfReset *self, BenkShelfItem *item)
{
  g_return_if_fail (BENK_IS_SHELF_RESET (self));

  if (benk_shelf_item_get_state (item) == BENK_SHELF_WAITING)
    benk_shelf_item_end (item, BENK_SHELF_LEFT_OUT, _ ("Not plugged in, not reset."));
}

/** benk_shelf_reset_cancel: leaves out what waits, and asks the jobs to stop */
void
benk_shelf_reset_cancel (BenkShelfReset *self)
{
  g_return_if_fail (BENK_IS_SHELF_RESET (self));

  for (guint i = 0; i < get_n_items (self); i++)
    {
      BenkShelfItem *item = get_item (self, i);

      benk_shelf_reset_leave_out (self, item);
      if (benk_shelf_item_get_state (item) == BENK_SHELF_RUNNING)
        benk_bench_job_cancel (benk_shelf_item_get_job (item));
    }
}

/** benk_shelf_reset_is_started: Returns: whether it was confirmed */
gboolean
benk_shelf_reset_is_started (BenkShelfReset *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), FALSE);

  return self->started;
}

/** benk_shelf_reset_is_running: Returns: whether a device is being reset or waited for */
gboolean
benk_shelf_reset_is_running (BenkShelfReset *self)
{
  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), FALSE);

  return count_state (self, BENK_SHELF_RUNNING) > 0 ||
         count_state (self, BENK_SHELF_WAITING) > 0;
}

/** benk_shelf_reset_dup_call: Returns: (transfer full) (nullable): what to plug in */
char *
benk_shelf_reset_dup_call (BenkShelfReset *self)
{
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();
  g_autofree char *list = NULL;

  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), NULL);

  for (guint i = 0; i < get_n_items (self); i++)
    if (benk_shelf_item_get_state (get_item (self, i)) == BENK_SHELF_WAITING)
      g_ptr_array_add (serials,
                       (gpointer) benk_shelf_item_get_serial (get_item (self, i)));
  if (serials->len == 0)
    return NULL;
  g_ptr_array_add (serials, NULL);
  list = g_strjoinv (", ", (char **) serials->pdata);
  return g_strdup_printf (_ ("Plug in: %s"), list);
}

/* How many ended with @outcome and may say so. */
static guint
count_outcome (BenkShelfReset *self, BenkRunOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < get_n_items (self); i++)
    {
      BenkShelfItem *item = get_item (self, i);
      BenkBenchJob *job = benk_shelf_item_get_job (item);

      if (benk_shelf_item_get_state (item) == BENK_SHELF_ENDED &&
          benk_bench_job_get_outcome (job) == outcome &&
          (outcome != BENK_RUN_OUTCOME_VERIFIED || benk_shelf_item_is_proven (item)))
        n++;
    }
  return n;
}

/* Behind a number an outcome is no beginning of a sentence. */
static const char *
get_outcome_word (BenkRunOutcome outcome)
{
  switch (outcome)
    {
    case BENK_RUN_OUTCOME_VERIFIED:
      return _ ("reset confirmed");
    case BENK_RUN_OUTCOME_UNTOUCHED:
      return _ ("failed, device untouched");
    case BENK_RUN_OUTCOME_REDO:
      return _ ("failed, must be redone");
    case BENK_RUN_OUTCOME_UNKNOWN:
    default:
      return _ ("unknown, must be read again");
    }
}

static void
add_count (GString *text, guint n, const char *label)
{
  if (n > 0)
    g_string_append_printf (text, "%s%u × %s", text->len > 0 ? ", " : "", n, label);
}

/**
 * benk_shelf_reset_dup_summary:
 *
 * Returns: (transfer full) (nullable): one sentence on all of them; %NULL before the
 * start
 */
char *
benk_shelf_reset_dup_summary (BenkShelfReset *self)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  guint n_simulated;
  guint n_ticked;

  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), NULL);

  if (!self->started)
    return NULL;
  n_ticked = benk_shelf_reset_get_n_ticked (self);
  n_simulated = count_state (self, BENK_SHELF_ENDED);
  for (int i = BENK_RUN_OUTCOME_VERIFIED; i <= BENK_RUN_OUTCOME_UNKNOWN; i++)
    {
      guint n = count_outcome (self, (BenkRunOutcome) i);

      add_count (counts, n, get_outcome_word ((BenkRunOutcome) i));
      n_simulated -= n;
    }
  add_count (counts, n_simulated, _ ("simulated, not reset"));
  add_count (counts, count_state (self, BENK_SHELF_LEFT_OUT), _ ("not reset"));
  add_count (counts, count_state (self, BENK_SHELF_RUNNING), _ ("under way"));
  add_count (counts, count_state (self, BENK_SHELF_WAITING), _ ("to be plugged in"));
  return g_strdup_printf (ngettext ("%u device: %s.", "%u devices: %s.", n_ticked),
                          n_ticked, counts->str);
}

/** benk_shelf_reset_list_proven: Returns: (transfer full): #BenkId of what is proven */
GArray *
benk_shelf_reset_list_proven (BenkShelfReset *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  g_return_val_if_fail (BENK_IS_SHELF_RESET (self), ids);

  for (guint i = 0; i < get_n_items (self); i++)
    {
      BenkShelfItem *item = get_item (self, i);

      if (benk_shelf_item_is_proven (item))
        g_array_append_vals (ids, benk_device_get_id (benk_shelf_item_get_card (item)),
                             1);
    }
  return ids;
}
