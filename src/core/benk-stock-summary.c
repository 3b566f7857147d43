/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-stock-summary.h"

#include "benk-reservation.h"

/**
 * benk_stock_is_on_shelf:
 * @state: a state
 *
 * Returns: whether a device in that state should be found in a place of our own
 */
gboolean
benk_stock_is_on_shelf (BenkDeviceState state)
{
  return (guint) state < BENK_N_DEVICE_STATES &&
         (BENK_DEVICE_STATES_ON_SHELF & BENK_DEVICE_STATE_MASK (state)) != 0;
}

/**
 * benk_stock_is_own_place:
 * @kind: what kind of place
 *
 * Returns: whether it is a place that we count
 */
gboolean
benk_stock_is_own_place (BenkPlaceKind kind)
{
  return kind == BENK_PLACE_KIND_STORE || kind == BENK_PLACE_KIND_SHELF;
}

/**
 * benk_stock_limit_is_low:
 * @self: a limit
 *
 * Returns: whether fewer are free than there should be
 */
gboolean
benk_stock_limit_is_low (const BenkStockLimit *self)
{
  return self->n_free < self->least;
}

/**
 * benk_stock_summary_find:
 * @self: a summary
 * @model_id: a model
 *
 * Returns: (transfer none) (nullable): the row of @model_id; %NULL when there is no
 *   device of it
 */
BenkStockModel *
benk_stock_summary_find (const BenkStockSummary *self, const char *model_id)
{
  for (guint i = 0; i < self->models->len; i++)
    {
      BenkStockModel *model = g_ptr_array_index (self->models, i);

      if (g_strcmp0 (model->model_id, model_id) == 0)
        return model;
    }

  return NULL;
}

/** benk_stock_summary_new: Returns: (transfer full): a summary of nothing */
BenkStockSummary *
benk_stock_summary_new (void)
{
  BenkStockSummary *self = g_new0 (BenkStockSummary, 1);

  self->models = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_stock_model_free);
  self->places = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_stock_place_free);
  self->endings =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_stock_ending_free);
  self->limits = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_stock_limit_free);
  self->reservations =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_reservation_free);

  return self;
}

/** benk_stock_summary_free: @self: (transfer full): a summary */
void
benk_stock_summary_free (BenkStockSummary *self)
{
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_pointer (&self->endings, g_ptr_array_unref);
  g_clear_pointer (&self->limits, g_ptr_array_unref);
  g_clear_pointer (&self->reservations, g_ptr_array_unref);
  g_free (self);
}

/** benk_stock_model_free: @self: (transfer full): a row */
void
benk_stock_model_free (BenkStockModel *self)
{
  g_free (self->model_id);
  g_free (self);
}

/** benk_stock_share_free: @self: (transfer full): a share */
void
benk_stock_share_free (BenkStockShare *self)
{
  g_free (self->model_id);
  g_free (self);
}

/** benk_stock_place_free: @self: (transfer full): a place */
void
benk_stock_place_free (BenkStockPlace *self)
{
  g_free (self->name);
  g_clear_pointer (&self->shares, g_ptr_array_unref);
  g_free (self);
}

/** benk_stock_ending_free: @self: (transfer full): an ending */
void
benk_stock_ending_free (BenkStockEnding *self)
{
  g_free (self->model_id);
  g_free (self->serial);
  g_free (self->asset);
  g_free (self->place_name);
  g_free (self->date);
  g_free (self);
}

/** benk_stock_limit_free: @self: (transfer full): a limit */
void
benk_stock_limit_free (BenkStockLimit *self)
{
  g_free (self->model_id);
  g_free (self->place_name);
  g_free (self->who);
  g_free (self);
}
