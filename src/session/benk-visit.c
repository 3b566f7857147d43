/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-private.h"

struct _BenkVisit
{
  GObject parent_instance;

  BenkVisitView *view;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkVisit, benk_visit, G_TYPE_OBJECT)

static void
benk_visit_finalize (GObject *object)
{
  g_clear_pointer (&BENK_VISIT (object)->view, benk_visit_view_free);
  G_OBJECT_CLASS (benk_visit_parent_class)->finalize (object);
}

static void
benk_visit_class_init (BenkVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_visit_finalize;

  /**
   * BenkVisit::changed:
   * @self: a visit
   *
   * Something of it is different.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_VISIT, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_visit_init (BenkVisit *self)
{
}

/** benk_visit_new: @view: (transfer full). Returns: (transfer full): a visit */
BenkVisit *
benk_visit_new (BenkVisitView *view)
{
  BenkVisit *self = g_object_new (BENK_TYPE_VISIT, NULL);

  self->view = view;

  return self;
}

/** benk_visit_take: @view: (transfer full): the same visit, read again */
void
benk_visit_take (BenkVisit *self, BenkVisitView *view)
{
  g_clear_pointer (&self->view, benk_visit_view_free);
  self->view = view;
  g_signal_emit (self, signals[CHANGED], 0);
}

/** benk_visit_get_id: Returns: (transfer none): its id */
const BenkId *
benk_visit_get_id (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), NULL);

  return &self->view->row->id;
}

/** benk_visit_get_kind: Returns: what is done */
BenkVisitKind
benk_visit_get_kind (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), BENK_VISIT_INSTALL);

  return self->view->row->kind;
}

/** benk_visit_get_device: Returns: (transfer none): the device, as it was when read */
BenkDevice *
benk_visit_get_device (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), NULL);

  return self->view->device;
}

/** benk_visit_get_started_ms: Returns: UTC ms it was begun */
gint64
benk_visit_get_started_ms (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), 0);

  return self->view->row->started_ms;
}

/** benk_visit_is_ended: Returns: whether it is finished */
gboolean
benk_visit_is_ended (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), FALSE);

  return self->view->row->ended_ms != 0;
}

/** benk_visit_get_items: Returns: (transfer none): a list of #BenkVisitItem */
GListModel *
benk_visit_get_items (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), NULL);

  return G_LIST_MODEL (self->view->items);
}

/** benk_visit_get_missing: Returns: (transfer none): a list of #BenkNextGuard */
GListModel *
benk_visit_get_missing (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), NULL);

  return G_LIST_MODEL (self->view->missing);
}

/** benk_visit_get_owed: Returns: (transfer none): a list of #BenkNextGuard */
GListModel *
benk_visit_get_owed (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), NULL);

  return G_LIST_MODEL (self->view->owed);
}

/** benk_visit_get_settings_known: Returns: how it is known what the device holds */
BenkSettingsKnown
benk_visit_get_settings_known (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), BENK_SETTINGS_NOT_PROVEN);

  return self->view->known;
}

/** benk_visit_get_n_new_alarms: Returns: how many open alarms came since it began */
guint
benk_visit_get_n_new_alarms (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), 0);

  return self->view->n_new_alarms;
}

/** benk_visit_dup_record_text: Returns: (transfer full): for the patient record */
char *
benk_visit_dup_record_text (BenkVisit *self)
{
  g_return_val_if_fail (BENK_IS_VISIT (self), NULL);

  return g_strdup (self->view->record_text);
}
