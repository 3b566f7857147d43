/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-session-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-attention-private.h"
#include "benk-models-private.h"

struct _BenkSession
{
  GObject parent_instance;

  BenkStore *store;
  BenkClock *clock;
  BenkStaff *staff;
  char *account;
  char *undo_label;

  BenkModels *models;
  BenkInventory *inventory;
  BenkBench *bench;
  BenkAlarms *alarms;
  BenkFeeds *feeds;
  BenkReturns *returns;
  BenkPlans *plans;
  BenkVisits *visits;
  BenkStock *stock;
  BenkStocktake *stocktake;
  BenkDuties *duties;
  BenkGuidances *guidances;
  BenkAttention *attention;
};

enum
{
  PROP_0,
  PROP_STAFF,
  PROP_UNDO_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BenkSession, benk_session, G_TYPE_OBJECT)

static void
on_undo_label (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkSession) self = user_data;
  g_autofree char *label = benk_session_find_undo_label_finish (self, result);

  if (g_strcmp0 (label, self->undo_label) == 0)
    return;
  g_free (self->undo_label);
  self->undo_label = g_steal_pointer (&label);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNDO_LABEL]);
}

static void
update_undo_label (BenkSession *self)
{
  if (self->staff)
    benk_session_find_undo_label_async (self, on_undo_label, g_object_ref (self));
}

static void
benk_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BenkSession *self = BENK_SESSION (object);

  switch (id)
    {
    case PROP_STAFF:
      g_value_set_object (value, self->staff);
      break;
    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->undo_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
benk_session_dispose (GObject *object)
{
  BenkSession *self = BENK_SESSION (object);

  g_clear_object (&self->guidances);
  g_clear_object (&self->duties);
  g_clear_object (&self->attention);
  g_clear_object (&self->stocktake);
  g_clear_object (&self->stock);
  g_clear_object (&self->visits);
  g_clear_object (&self->plans);
  g_clear_object (&self->returns);
  g_clear_object (&self->bench);
  g_clear_object (&self->alarms);
  g_clear_object (&self->feeds);
  g_clear_object (&self->inventory);
  g_clear_object (&self->models);
  if (self->store)
    benk_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->staff);
  G_OBJECT_CLASS (benk_session_parent_class)->dispose (object);
}

static void
benk_session_finalize (GObject *object)
{
  BenkSession *self = BENK_SESSION (object);

  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->undo_label, g_free);
  G_OBJECT_CLASS (benk_session_parent_class)->finalize (object);
}

static void
benk_session_class_init (BenkSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = benk_session_get_property;
  object_class->dispose = benk_session_dispose;
  object_class->finalize = benk_session_finalize;

  /**
   * BenkSession:staff:
   *
   * Who is at the keyboard; %NULL is for looking only.
   */
  properties[PROP_STAFF] =
    g_param_spec_object ("staff", NULL, NULL, BENK_TYPE_STAFF,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * BenkSession:undo-label:
   *
   * What undo would take back, or %NULL.
   */
  properties[PROP_UNDO_LABEL] =
    g_param_spec_string ("undo-label", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
benk_session_init (BenkSession *self)
{
  self->account = g_strdup (g_get_user_name ());
}

static void
make_rooms (BenkSession *self)
{
  self->inventory = benk_inventory_new (self);
  self->feeds = benk_feeds_new (self);
  self->alarms = benk_alarms_new (self);
  self->bench = benk_bench_new (self);
  self->returns = benk_returns_new (self);
  self->plans = benk_plans_new (self);
  self->visits = benk_visits_new (self);
  self->stock = benk_stock_new (self);
  self->stocktake = benk_stocktake_new (self);
  self->duties = benk_duties_new (self);
  self->guidances = benk_guidances_new (self);
}

BenkSession *
benk_session_new_over (BenkStore *store, BenkClock *clock, gpointer models)
{
  BenkSession *self = g_object_new (BENK_TYPE_SESSION, NULL);

  self->store = store;
  self->clock = g_object_ref (clock);
  self->models = benk_models_new (self, models);
  make_rooms (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (update_undo_label), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * benk_session_get_path:
 * @self: a session
 *
 * Returns: (transfer none): the store's file
 */
const char *
benk_session_get_path (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return benk_store_get_path (self->store);
}

/**
 * benk_session_is_demo:
 * @self: a session
 *
 * Returns: whether the store was made as a demo store
 */
gboolean
benk_session_is_demo (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), FALSE);
  return benk_store_is_demo (self->store);
}

/**
 * benk_session_is_engine:
 * @self: a session
 *
 * Returns: whether this process runs feeds, outbox and notifier
 */
gboolean
benk_session_is_engine (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), FALSE);
  return benk_store_is_engine (self->store);
}

/**
 * benk_session_get_clock:
 * @self: a session
 *
 * Returns: (transfer none): the clock
 */
BenkClock *
benk_session_get_clock (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->clock;
}

/**
 * benk_session_get_staff:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): who is at the keyboard
 */
BenkStaff *
benk_session_get_staff (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->staff;
}

/* Called by the choosing of staff when it has been kept. */
void
benk_session_set_staff (BenkSession *self, BenkStaff *staff)
{
  if (!g_set_object (&self->staff, staff))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAFF]);
  update_undo_label (self);
}

const char *
benk_session_get_account (BenkSession *self)
{
  return self->account;
}

/**
 * benk_session_get_models:
 * @self: a session
 *
 * Returns: (transfer none): the makes that are known
 */
BenkModels *
benk_session_get_models (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->models;
}

/**
 * benk_session_get_inventory:
 * @self: a session
 *
 * Returns: (transfer none): the session's inventory
 */
BenkInventory *
benk_session_get_inventory (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->inventory;
}

/**
 * benk_session_get_bench:
 * @self: a session
 *
 * Returns: (transfer none): the session's bench
 */
BenkBench *
benk_session_get_bench (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->bench;
}

/**
 * benk_session_get_alarms:
 * @self: a session
 *
 * Returns: (transfer none): the session's alarms
 */
BenkAlarms *
benk_session_get_alarms (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->alarms;
}

/**
 * benk_session_get_feeds:
 * @self: a session
 *
 * Returns: (transfer none): the session's feeds
 */
BenkFeeds *
benk_session_get_feeds (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->feeds;
}

/**
 * benk_session_get_returns:
 * @self: a session
 *
 * Returns: (transfer none): the session's returns
 */
BenkReturns *
benk_session_get_returns (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->returns;
}

/**
 * benk_session_get_undo_label:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what undo would take back, in words
 */
const char *
benk_session_get_undo_label (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->undo_label;
}

BenkStore *
benk_session_get_store (BenkSession *self)
{
  return self->store;
}

gboolean
benk_session_fill_change (BenkSession *self,
                          BenkVerb verb,
                          const BenkId *subject,
                          BenkChange *change,
                          GError **error)
{
  if (!self->staff)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("Nobody is chosen, so that this can only be looked at. "
                              "Choose who is working first."));
      return FALSE;
    }
  *change = (BenkChange){
    .verb = verb,
    .actor_staff = *benk_staff_get_id (self->staff),
    .account = self->account,
  };
  if (subject)
    change->subject = *subject;
  return TRUE;
}

/**
 * benk_session_get_plans:
 * @self: a session
 *
 * Returns: (transfer none): the plans of the users
 */
BenkPlans *
benk_session_get_plans (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->plans;
}

/**
 * benk_session_get_visits:
 * @self: a session
 *
 * Returns: (transfer none): the visits to homes
 */
BenkVisits *
benk_session_get_visits (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->visits;
}

/**
 * benk_session_get_stock:
 * @self: a session
 *
 * Returns: (transfer none): the shelf at a glance
 */
BenkStock *
benk_session_get_stock (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->stock;
}

/**
 * benk_session_get_stocktake:
 * @self: a session
 *
 * Returns: (transfer none): the counts of what is on the shelves
 */
BenkStocktake *
benk_session_get_stocktake (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->stocktake;
}

/**
 * benk_session_get_duties:
 * @self: a session
 *
 * Returns: (transfer none): the duties of the teams
 */
BenkDuties *
benk_session_get_duties (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);

  return self->duties;
}

/**
 * benk_session_get_guidances:
 * @self: a session
 *
 * Returns: (transfer none): what to do at alarms
 */
BenkGuidances *
benk_session_get_guidances (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  return self->guidances;
}

/**
 * benk_session_get_attention:
 * @self: a session
 *
 * Returns: (transfer none): how a person is called to what is new
 */
BenkAttention *
benk_session_get_attention (BenkSession *self)
{
  g_return_val_if_fail (BENK_IS_SESSION (self), NULL);
  /* Only who asks reads the settings. */
  if (!self->attention)
    self->attention = benk_attention_new (self);
  return self->attention;
}
