/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guidances-private.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-duties.h"
#include "benk-error.h"
#include "benk-models.h"
#include "benk-table-guidance.h"
#include "benk-table-model.h"
#include "benk-text-check.h"

struct _BenkGuidances
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
  GPtrArray *current;
  BenkReading *behind;
  gboolean reading;
  gboolean read_again;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkGuidances, benk_guidances, G_TYPE_OBJECT)

/* --- reading --- */

static gpointer
load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_guidance_list_current (db, error);
}

/* Versions do not change; what changes is which there are, and what was decided. */
static gboolean
is_as_before (const GPtrArray *before, const GPtrArray *after)
{
  if (before->len != after->len)
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    {
      const BenkGuidanceVersion *one = g_ptr_array_index (before, i);
      const BenkGuidanceVersion *other = g_ptr_array_index (after, i);

      if (!benk_id_equal (&one->id, &other->id) || one->decided_ms != other->decided_ms ||
          g_strcmp0 (one->decided_by, other->decided_by) != 0)
        return FALSE;
    }
  return TRUE;
}

static void refresh (BenkGuidances *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkGuidances) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *current = benk_session_read_finish (self, result, &error);

  self->reading = FALSE;
  if (current != NULL && is_as_before (self->current, current))
    g_ptr_array_unref (current);
  else if (current != NULL)
    {
      g_ptr_array_unref (self->current);
      self->current = current;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  benk_reading_end (self->behind, error);
  if (self->read_again)
    refresh (self);
}

static void
refresh (BenkGuidances *self)
{
  self->read_again = self->reading;
  if (self->reading || self->session == NULL)
    return;
  self->reading = TRUE;
  benk_session_read_async (self->session, self, load, NULL, NULL,
                           (GDestroyNotify) g_ptr_array_unref, NULL, on_read,
                           g_object_ref (self));
}

static void
benk_guidances_finalize (GObject *object)
{
  BenkGuidances *self = BENK_GUIDANCES (object);

  g_clear_object (&self->behind);
  g_clear_weak_pointer (&self->session);
  g_ptr_array_unref (self->current);
  G_OBJECT_CLASS (benk_guidances_parent_class)->finalize (object);
}

static void
benk_guidances_class_init (BenkGuidancesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_guidances_finalize;

  /**
   * BenkGuidances::changed:
   * @self: what to do
   *
   * It is another now.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_GUIDANCES, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_guidances_init (BenkGuidances *self)
{
  self->current =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_guidance_version_free);
  self->behind = benk_reading_new_saying (_ ("What to do could not be read:"));
  g_signal_connect_object (self->behind, "again", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
}

/** benk_guidances_new: Returns: (transfer full): the room of @session for what to do */
BenkGuidances *
benk_guidances_new (BenkSession *session)
{
  BenkGuidances *self = g_object_new (BENK_TYPE_GUIDANCES, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return self;
}

BenkSession *
benk_guidances_get_session (BenkGuidances *self)
{
  return self->session;
}

/**
 * benk_guidances_get_current:
 * @self: what to do
 *
 * Returns: (transfer none) (element-type BenkGuidanceVersion): the newest version of each
 *   make, code and part of the week, as last read; none until then
 */
GPtrArray *
benk_guidances_get_current (BenkGuidances *self)
{
  g_return_val_if_fail (BENK_IS_GUIDANCES (self), NULL);
  return self->current;
}

/** benk_guidances_get_reading: Returns: (transfer none): how it goes with reading it */
BenkReading *
benk_guidances_get_reading (BenkGuidances *self)
{
  g_return_val_if_fail (BENK_IS_GUIDANCES (self), NULL);
  return self->behind;
}

/**
 * benk_guidances_resolve:
 * @self: what to do
 * @model_id: (nullable): a make
 * @code: an alarm code
 * @part: a part of the week
 *
 * Returns: (transfer full): what to do there, as last read
 */
BenkGuidanceVersion *
benk_guidances_resolve (BenkGuidances *self,
                        const char *model_id,
                        const char *code,
                        BenkGuidancePart part)
{
  BenkModel *model =
    model_id != NULL && self->session != NULL
      ? benk_models_find (benk_session_get_models (self->session), model_id)
      : NULL;

  return benk_guidance_resolve (self->current, model, code, part);
}

/**
 * benk_guidances_get_part:
 * @self: what to do
 * @team: whose duties count; nil = those of every team
 *
 * Returns: which part of the week it is
 */
BenkGuidancePart
benk_guidances_get_part (BenkGuidances *self, const BenkId *team)
{
  BenkDutyNow now = { 0 };

  if (self->session == NULL)
    return BENK_GUIDANCE_ANY;
  benk_duty_roster_look (benk_duties_get_roster (benk_session_get_duties (self->session)),
                         team,
                         benk_clock_get_wall_ms (benk_session_get_clock (self->session)),
                         &now);
  return benk_guidance_part_of (now.duty);
}

/**
 * benk_guidances_load_async:
 * @self: what to do
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what the district keeps now.
 */
void
benk_guidances_load_async (BenkGuidances *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BENK_IS_GUIDANCES (self));
  benk_session_read_async (self->session, self, load, NULL, NULL,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_guidances_load_finish:
 * @self: what to do
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkGuidanceVersion): the newest version of each
 *   place, or %NULL
 */
GPtrArray *
benk_guidances_load_finish (BenkGuidances *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/* --- one place --- */

typedef struct
{
  BenkGuidanceVersion *version;
  char *decided_by;
} Edit;

static void
edit_free (gpointer data)
{
  Edit *self = data;

  benk_guidance_version_free (self->version);
  g_free (self->decided_by);
  g_free (self);
}

static Edit *
edit_new (BenkGuidanceVersion *version, const char *decided_by)
{
  g_autofree char *who = g_strstrip (g_strdup (decided_by != NULL ? decided_by : ""));
  Edit *self = g_new0 (Edit, 1);

  self->version = version;
  if (*who != '\0')
    self->decided_by = g_steal_pointer (&who);
  return self;
}

static gpointer
list_versions (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  const BenkGuidanceVersion *place = ((Edit *) data)->version;

  return benk_table_guidance_list_versions (db, place->model_id, place->code, place->part,
                                            error);
}

/**
 * benk_guidances_versions_async:
 * @self: what to do
 * @model_id: (nullable): a make
 * @code: an alarm code
 * @part: a part of the week
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what was ever kept for just that.
 */
void
benk_guidances_versions_async (BenkGuidances *self,
                               const char *model_id,
                               const char *code,
                               BenkGuidancePart part,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (BENK_IS_GUIDANCES (self));
  benk_session_read_async (self->session, self, list_versions,
                           edit_new (benk_guidance_version_new (model_id, code, part),
                                     NULL),
                           edit_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                           callback, user_data);
}

/**
 * benk_guidances_versions_finish:
 * @self: what to do
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkGuidanceVersion): newest first, or %NULL
 */
GPtrArray *
benk_guidances_versions_finish (BenkGuidances *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

static gboolean
refuse (int code, const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, code, sentence);
  return FALSE;
}

gboolean
benk_guidances_check (BenkDb *db, const BenkGuidanceVersion *version, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkModel) model = NULL;

  if (benk_alarm_code_find (version->code) == NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("“%s” is no alarm code."),
                   version->code);
      return FALSE;
    }
  if (version->model_id != NULL)
    model = benk_table_model_find (db, version->model_id, &local);
  if (version->model_id != NULL && model == NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("There is no model “%s”."),
                   version->model_id);
      return FALSE;
    }
  if (version->steps == NULL)
    return TRUE;
  for (gsize i = 0; version->steps[i] != NULL; i++)
    if (!benk_text_check_note (version->steps[i], error))
      return FALSE;
  return benk_guidance_check ((const char *const *) version->steps, error);
}

static gboolean
is_same (const BenkGuidanceVersion *kept, const BenkGuidanceVersion *version)
{
  if (kept == NULL || kept->steps == NULL || version->steps == NULL)
    return (kept == NULL || kept->steps == NULL) && version->steps == NULL;
  return g_strcmp0 (kept->origin, BENK_VERSION_PROGRAM) != 0 &&
         g_strv_equal ((const char *const *) kept->steps,
                       (const char *const *) version->steps);
}

/* What somebody else has written meanwhile is not passed over unseen. */
static gboolean
save (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Edit *self = data;
  BenkGuidanceVersion *version = self->version;
  g_autoptr (GPtrArray) current = benk_table_guidance_list_current (db, error);
  const BenkGuidanceVersion *kept =
    current != NULL
      ? benk_guidance_find (current, version->model_id, version->code, version->part)
      : NULL;

  if (current == NULL || !benk_guidances_check (db, version, error))
    return FALSE;
  if (!benk_id_equal (kept != NULL ? &kept->id : &BENK_ID_NIL, &version->based_on))
    return refuse (BENK_ERROR_CONFLICT,
                   _ ("Somebody has changed it meanwhile. Look at the newest version."),
                   error);
  if (is_same (kept, version))
    return refuse (BENK_ERROR_CONFLICT, _ ("Nothing is different."), error);
  if (version->steps == NULL && self->decided_by != NULL)
    g_clear_pointer (&self->decided_by, g_free);
  if (!benk_table_guidance_insert (db, version, error))
    return FALSE;
  benk_scope_set_subject (scope, &version->id);
  return self->decided_by == NULL ||
         benk_table_guidance_decide (db, &version->id, self->decided_by, error);
}

static gboolean
check_name (const Edit *edit, GError **error)
{
  return benk_text_check_name (edit->decided_by, error) &&
         benk_text_check_note (edit->decided_by, error);
}

/**
 * benk_guidances_save_async:
 * @self: what to do
 * @version: the make, the code, the part of the week and the steps as they are to be;
 *   without steps it has none of its own from now on. `based_on` is the version that it
 *   was changed from, nil where there was none
 * @decided_by: (nullable): the named person of the district who has decided it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Keeps a new version, which counts from now on.
 */
void
benk_guidances_save_async (BenkGuidances *self,
                           const BenkGuidanceVersion *version,
                           const char *decided_by,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Edit *edit = edit_new (benk_guidance_version_copy (version), decided_by);
  GError *error = NULL;

  g_return_if_fail (BENK_IS_GUIDANCES (self));
  g_free (edit->version->origin);
  edit->version->origin = g_strdup (BENK_VERSION_DISTRICT);
  if (!check_name (edit, &error))
    {
      edit_free (edit);
      g_task_report_error (self, callback, user_data, benk_session_change_async, error);
      return;
    }
  benk_session_change_async (self->session, self, BENK_VERB_GUIDANCE, NULL, save, edit,
                             edit_free, cancellable, callback, user_data);
}

/* What is proposed is kept as it stands when somebody decides it. */
static gboolean
decide (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  Edit *self = data;
  const BenkGuidanceVersion *place = self->version;
  g_autoptr (GPtrArray) current = benk_table_guidance_list_current (db, error);
  g_autoptr (BenkGuidanceVersion) shown = NULL;
  g_autoptr (BenkModel) model = NULL;
  g_autoptr (GError) local = NULL;

  if (current == NULL || !benk_guidances_check (db, place, error))
    return FALSE;
  if (place->model_id != NULL)
    model = benk_table_model_find (db, place->model_id, &local);
  shown = benk_guidance_resolve (current, model, place->code, place->part);
  if (benk_id_is_nil (&shown->id))
    {
      const BenkGuidanceVersion *taken_away =
        benk_guidance_find (current, shown->model_id, shown->code, shown->part);

      shown->based_on = taken_away != NULL ? taken_away->id : BENK_ID_NIL;
      if (!benk_table_guidance_insert (db, shown, error))
        return FALSE;
    }
  benk_scope_set_subject (scope, &shown->id);
  return benk_table_guidance_decide (db, &shown->id, self->decided_by, error);
}

/**
 * benk_guidances_decide_async:
 * @self: what to do
 * @model_id: (nullable): a make
 * @code: an alarm code
 * @part: a part of the week
 * @decided_by: the named person of the district who has decided it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Records that what is shown there is decided, be it proposed by the program.
 */
void
benk_guidances_decide_async (BenkGuidances *self,
                             const char *model_id,
                             const char *code,
                             BenkGuidancePart part,
                             const char *decided_by,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Edit *edit = edit_new (benk_guidance_version_new (model_id, code, part), decided_by);
  GError *error = NULL;

  g_return_if_fail (BENK_IS_GUIDANCES (self));
  if (edit->decided_by == NULL)
    refuse (BENK_ERROR_REFUSED, _ ("Who has decided it? A name is needed."), &error);
  if (error != NULL || !check_name (edit, &error))
    {
      edit_free (edit);
      g_task_report_error (self, callback, user_data, benk_session_change_async, error);
      return;
    }
  benk_session_change_async (self->session, self, BENK_VERB_GUIDANCE, NULL, decide, edit,
                             edit_free, cancellable, callback, user_data);
}

/**
 * benk_guidances_change_finish:
 * @self: what to do
 * @result: what the callback was given
 * @seq: (out) (optional): row of the change log
 * @error: why nothing was changed
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID, %BENK_ERROR_CONFLICT (somebody was first, or
 *   nothing is different) or another error
 */
gboolean
benk_guidances_change_finish (BenkGuidances *self,
                              GAsyncResult *result,
                              gint64 *seq,
                              GError **error)
{
  return benk_session_change_finish (self, result, seq, error) != NULL;
}
