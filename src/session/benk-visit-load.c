/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-private.h"

#include <glib/gi18n.h>

#include "benk-device-card-private.h"
#include "benk-device-view.h"
#include "benk-error.h"
#include "benk-fact-record.h"
#include "benk-lifecycle.h"
#include "benk-plan.h"
#include "benk-record-text.h"
#include "benk-table-device.h"
#include "benk-table-fact.h"
#include "benk-table-model.h"
#include "benk-table-owed-task.h"
#include "benk-visit-settings-private.h"
#include "benk-wording.h"

/* What is read on the way to a view. */
typedef struct
{
  BenkVisitView *view;
  gint64 now_ms;
  GPtrArray *facts;
  GPtrArray *guards; /* (nullable): of the state that the end brings */
  BenkVisitSettings settings;
} Reading;

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->guards, g_ptr_array_unref);
  benk_visit_settings_clear (&self->settings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

/** benk_visit_question_new: Returns: (transfer full): for g_free() */
BenkVisitQuestion *
benk_visit_question_new (BenkSession *session, const BenkId *visit)
{
  BenkVisitQuestion *self = g_new0 (BenkVisitQuestion, 1);

  self->demo = benk_session_is_demo (session);
  if (visit != NULL)
    self->id = *visit;

  return self;
}

void
benk_visit_view_free (BenkVisitView *self)
{
  benk_visit_row_free (self->row);
  g_clear_object (&self->device);
  g_clear_object (&self->items);
  g_clear_object (&self->missing);
  g_clear_object (&self->owed);
  g_free (self->record_text);
  g_free (self);
}

gboolean
benk_visit_get_goal (BenkVisitKind kind, BenkDeviceState *out_state)
{
  switch (kind)
    {
    case BENK_VISIT_INSTALL:
      *out_state = BENK_DEVICE_STATE_TRIAL;
      return TRUE;
    case BENK_VISIT_COLLECT:
      *out_state = BENK_DEVICE_STATE_QUARANTINE;
      return TRUE;
    case BENK_VISIT_SETTINGS:
    case BENK_VISIT_SWAP:
    default:
      return FALSE;
    }
}

static const BenkGuardResult *
find_guard (const Reading *self, const char *id)
{
  for (guint i = 0; id != NULL && self->guards != NULL && i < self->guards->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (self->guards, i);

      if (g_str_equal (result->guard->id, id))
        return result;
    }

  return NULL;
}

/* The newest of its kind that speaks for this visit; @since: a place in the change log,
 * which a clock that is put right does not move. */
static BenkFactRecord *
find_fact (const Reading *self, BenkFactKind kind, gint64 since)
{
  for (guint i = 0; kind != BENK_FACT_NONE && i < self->facts->len; i++)
    {
      BenkFactRecord *fact = g_ptr_array_index (self->facts, i);

      if (benk_fact_record_get_kind (fact) == kind &&
          benk_fact_record_get_order (fact) >= since)
        return fact;
    }

  return NULL;
}

static void
append (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static char *
say_fact (const Reading *self, BenkFactRecord *fact)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *at =
    benk_wording_instant (benk_fact_record_get_at_ms (fact), self->now_ms, zone);
  g_autoptr (GString) text = g_string_new (NULL);
  const char *level = benk_fact_record_get_ref (fact);

  append (text, level);
  append (text, benk_fact_record_get_stated_by (fact));
  append (text, benk_fact_record_get_by (fact));
  append (text, at);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static BenkVisitItem *
make_settings_item (const Reading *self, const BenkVisitThing *thing)
{
  g_autofree char *detail = benk_visit_settings_describe (&self->settings, self->now_ms);
  gboolean of_this_visit = self->view->row->kind != BENK_VISIT_SETTINGS ||
                           self->settings.order >= self->view->row->order;
  gboolean known = self->settings.known != BENK_SETTINGS_NOT_PROVEN &&
                   self->settings.known != BENK_SETTINGS_UNCERTAIN;

  return benk_visit_item_new (thing,
                              known && of_this_visit ? BENK_VISIT_ITEM_DONE
                                                     : BENK_VISIT_ITEM_OPEN,
                              detail);
}

static BenkVisitItem *
make_item (const Reading *self, const BenkVisitThing *thing)
{
  const BenkGuardResult *guard = find_guard (self, thing->guard);
  gint64 since = thing->later ? self->settings.order : self->view->row->order;
  BenkFactRecord *fact = find_fact (self, thing->fact, since);
  g_autofree char *detail = NULL;

  if (thing->fact == BENK_FACT_NONE)
    return make_settings_item (self, thing);
  /* Signed before the visit, and it still holds. */
  if (fact == NULL && guard != NULL && guard->status == BENK_GUARD_MET)
    fact = find_fact (self, thing->fact, G_MININT64);
  if (fact != NULL)
    {
      detail = say_fact (self, fact);
      return benk_visit_item_new (thing, BENK_VISIT_ITEM_DONE, detail);
    }
  if (thing->later)
    return benk_visit_item_new (thing, BENK_VISIT_ITEM_LATER,
                                _ ("Checked when there is a network"));

  return benk_visit_item_new (thing, BENK_VISIT_ITEM_OPEN, NULL);
}

static void
add_items (Reading *self)
{
  gsize n_things;
  const BenkVisitThing *things = benk_visit_get_things (self->view->row->kind, &n_things);

  for (gsize i = 0; i < n_things; i++)
    {
      g_autoptr (BenkVisitItem) item = make_item (self, &things[i]);

      g_list_store_append (self->view->items, item);
    }
}

static void
add_guards (Reading *self)
{
  for (guint i = 0; self->guards != NULL && i < self->guards->len; i++)
    {
      const BenkGuardResult *result = g_ptr_array_index (self->guards, i);
      g_autoptr (BenkNextGuard) guard = benk_next_guard_new_result (result);

      if (result->status == BENK_GUARD_MISSING)
        g_list_store_append (self->view->missing, guard);
      else if (result->status == BENK_GUARD_OWING)
        g_list_store_append (self->view->owed, guard);
    }
}

static gboolean
add_tasks (BenkDb *db, Reading *self, GError **error)
{
  g_autoptr (GPtrArray) tasks =
    benk_table_owed_task_list (db, &self->view->row->device, error);

  if (tasks == NULL)
    return FALSE;
  for (guint i = 0; i < tasks->len; i++)
    {
      const BenkOwedTask *task = g_ptr_array_index (tasks, i);
      const BenkGuard *guard = benk_guard_find (task->guard);
      g_autoptr (BenkNextGuard) next = NULL;

      if (task->done_ms != 0 || guard == NULL)
        continue;
      next = benk_next_guard_new (guard, FALSE, task->due_ms, task->reason);
      g_list_store_append (self->view->owed, next);
    }

  return TRUE;
}

static gboolean
has_item (const Reading *self, BenkFactKind kind)
{
  return find_fact (self, kind, self->view->row->order) != NULL;
}

static gboolean
compose_record (BenkDb *db, Reading *self, GError **error)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkModel) model =
    benk_table_model_find (db, benk_device_get_model_id (self->view->device), &local);
  g_autofree char *device = benk_visit_describe_device (model, self->view->device);
  g_autoptr (GString) owed = g_string_new (NULL);
  const BenkVisitRow *row = self->view->row;
  BenkRecordText text = { .kind = benk_record_verb_from_visit (row->kind),
                          .zone = zone,
                          .device = device };

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->view->owed)); i++)
    {
      g_autoptr (BenkNextGuard) guard =
        g_list_model_get_item (G_LIST_MODEL (self->view->owed), i);

      /* What was owed while it was in use is of no matter to who reads that it is gone.
       */
      if (row->kind == BENK_VISIT_COLLECT &&
          !g_str_equal (benk_next_guard_get_id (guard), "decision-ended"))
        continue;
      g_string_append_printf (owed, "%s%s", owed->len > 0 ? " " : "",
                              benk_next_guard_get_text (guard));
    }
  text.at_ms = row->ended_ms != 0 ? row->ended_ms : self->now_ms;
  text.times = self->settings.times;
  text.known = self->settings.known;
  text.owed = owed->str;
  text.medicine =
    has_item (self, row->kind == BENK_VISIT_COLLECT ? BENK_FACT_MEDICINE_REMOVED
                                                    : BENK_FACT_MEDICINE_LOADED);
  text.trained = has_item (self, BENK_FACT_TRAINING_USER);
  text.collected = has_item (self, BENK_FACT_ACCESSORIES_COUNTED);
  text.unchecked = !has_item (self, BENK_FACT_RIGHT_DEVICE);
  if (row->ended_ms != 0 && row->kind != BENK_VISIT_COLLECT)
    text.goes_on =
      benk_device_state_get_label (benk_device_get_state (self->view->device), TRUE);
  self->view->record_text = benk_record_text_compose (&text);

  return TRUE;
}

static gboolean
read_guards (BenkDb *db, Reading *self, GError **error)
{
  g_autoptr (BenkLifecycleView) view =
    benk_device_view_load (db, &self->view->row->device, error);
  BenkDeviceState goal;

  if (view == NULL)
    return FALSE;
  if (self->view->row->ended_ms == 0 &&
      benk_visit_get_goal (self->view->row->kind, &goal))
    self->guards = benk_lifecycle_check (view, goal);

  return TRUE;
}

/* @row: (transfer full) */
static BenkVisitView *
load (BenkDb *db, BenkVisitRow *row, gboolean demo, GError **error)
{
  g_autoptr (BenkVisitView) view = g_new0 (BenkVisitView, 1);
  g_auto (Reading) reading = { .view = view, .now_ms = benk_db_get_wall_ms (db) };

  view->row = row;
  view->items = g_list_store_new (BENK_TYPE_VISIT_ITEM);
  view->missing = g_list_store_new (BENK_TYPE_NEXT_GUARD);
  view->owed = g_list_store_new (BENK_TYPE_NEXT_GUARD);
  view->device = benk_table_device_get (db, &row->device, error);
  if (view->device == NULL)
    return NULL;
  reading.facts = benk_table_fact_list (db, &row->device, error);
  if (reading.facts == NULL ||
      !benk_visit_settings_load (db, demo, &row->device, &reading.settings, error) ||
      !read_guards (db, &reading, error) ||
      !benk_table_visit_count_alarms (db, &reading.view->row->id,
                                      &reading.view->n_new_alarms, error))
    return NULL;
  view->known = reading.settings.known;
  add_items (&reading);
  add_guards (&reading);
  if (!add_tasks (db, &reading, error) || !compose_record (db, &reading, error))
    return NULL;

  return g_steal_pointer (&view);
}

/** benk_visit_load: Returns: (transfer full): a #BenkVisitView */
gpointer
benk_visit_load (BenkDb *db, gpointer question, GCancellable *cancellable, GError **error)
{
  const BenkVisitQuestion *asked = question;
  g_autoptr (GError) local = NULL;
  BenkVisitRow *row = benk_table_visit_get (db, &asked->id, &local);

  if (row != NULL)
    return load (db, row, asked->demo, error);
  if (local == NULL)
    g_set_error_literal (&local, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("There is no such visit."));
  g_propagate_error (error, g_steal_pointer (&local));

  return NULL;
}

/** benk_visit_load_open: Returns: (transfer full): an array of #BenkVisitView */
gpointer
benk_visit_load_open (BenkDb *db,
                      gpointer question,
                      GCancellable *cancellable,
                      GError **error)
{
  const BenkVisitQuestion *asked = question;
  g_autoptr (GPtrArray) rows = benk_table_visit_list_open (db, error);
  g_autoptr (GPtrArray) views =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_visit_view_free);

  if (rows == NULL)
    return NULL;
  while (rows->len > 0)
    {
      BenkVisitRow *row = g_ptr_array_steal_index (rows, 0);
      BenkVisitView *view = load (db, row, asked->demo, error);

      if (view == NULL)
        return NULL;
      g_ptr_array_add (views, view);
    }

  return g_steal_pointer (&views);
}
