/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-duties.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-error.h"
#include "benk-session-change.h"
#include "benk-table-duty.h"
#include "benk-table-place.h"
#include "benk-text-check.h"

#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

struct _BenkDuties
{
  GObject parent_instance;

  BenkSession *session; /* owns this */
  BenkDutyRoster *roster;
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

G_DEFINE_FINAL_TYPE (BenkDuties, benk_duties, G_TYPE_OBJECT)

/* --- reading --- */

static gpointer
load (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  return benk_table_duty_load (db, error);
}

static void refresh (BenkDuties *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkDuties) self = user_data;
  g_autoptr (GError) error = NULL;
  BenkDutyRoster *roster = benk_session_read_finish (self, result, &error);

  self->reading = FALSE;
  if (roster != NULL)
    {
      benk_duty_roster_unref (self->roster);
      self->roster = roster;
      g_signal_emit (self, signals[CHANGED], 0);
    }
  benk_reading_end (self->behind, error);
  if (self->read_again)
    refresh (self);
}

static void
refresh (BenkDuties *self)
{
  self->read_again = self->reading;
  if (self->reading || self->session == NULL)
    return;
  self->reading = TRUE;
  benk_session_read_async (self->session, self, load, NULL, NULL,
                           (GDestroyNotify) benk_duty_roster_unref, NULL, on_read,
                           g_object_ref (self));
}

static void
benk_duties_finalize (GObject *object)
{
  BenkDuties *self = BENK_DUTIES (object);

  g_clear_object (&self->behind);
  g_clear_weak_pointer (&self->session);
  benk_duty_roster_unref (self->roster);
  G_OBJECT_CLASS (benk_duties_parent_class)->finalize (object);
}

static void
benk_duties_class_init (BenkDutiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_duties_finalize;

  /**
   * BenkDuties::changed:
   * @self: the duties
   *
   * There is another roster.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_DUTIES, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_duties_init (BenkDuties *self)
{
  self->roster = benk_duty_roster_new ();
  self->behind = benk_reading_new_saying (_ ("The duties could not be read:"));
  g_signal_connect_object (self->behind, "again", G_CALLBACK (refresh), self,
                           G_CONNECT_SWAPPED);
}

/** benk_duties_new: Returns: (transfer full): the room of @session for the duties */
BenkDuties *
benk_duties_new (BenkSession *session)
{
  BenkDuties *self = g_object_new (BENK_TYPE_DUTIES, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (benk_session_get_store (session), "changed",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);

  return self;
}

/**
 * benk_duties_get_roster:
 * @self: the duties
 *
 * Returns: (transfer none): as they were last read; as proposed until then
 */
BenkDutyRoster *
benk_duties_get_roster (BenkDuties *self)
{
  g_return_val_if_fail (BENK_IS_DUTIES (self), NULL);

  return self->roster;
}

/** benk_duties_get_reading: Returns: (transfer none): how it goes with reading them */
BenkReading *
benk_duties_get_reading (BenkDuties *self)
{
  g_return_val_if_fail (BENK_IS_DUTIES (self), NULL);

  return self->behind;
}

/**
 * benk_duties_load_async:
 * @self: the duties
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the duties as they are now.
 */
void
benk_duties_load_async (BenkDuties *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (BENK_IS_DUTIES (self));

  benk_session_read_async (self->session, self, load, NULL, NULL,
                           (GDestroyNotify) benk_duty_roster_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_duties_load_finish:
 * @self: the duties
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the roster, or %NULL with @error set
 */
BenkDutyRoster *
benk_duties_load_finish (BenkDuties *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/* --- a team --- */

static gboolean
invalid (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID, sentence);
  return FALSE;
}

/**
 * benk_duties_check_team:
 * @team: rules of a team
 * @error: %BENK_ERROR_INVALID in words
 *
 * Returns: whether they can be kept
 */
gboolean
benk_duties_check_team (const BenkDutyTeam *team, GError **error)
{
  if (!benk_duty_hours_are_valid (&team->hours))
    return invalid (_ ("The day begins before it ends, the evening ends after the day, "
                       "and the eves end within the day."),
                    error);
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    if (!benk_text_check_phone (team->phones[i], error))
      return FALSE;

  return benk_text_check_name (team->decided_by, error);
}

static gboolean
check_is_team (BenkDb *db, const BenkId *id, GError **error)
{
  g_autoptr (GPtrArray) places = NULL;

  if (benk_id_is_nil (id))
    return TRUE;
  places = benk_table_place_list (db, error);
  if (places == NULL)
    return FALSE;
  for (guint i = 0; i < places->len; i++)
    {
      BenkPlace *place = g_ptr_array_index (places, i);

      if (benk_id_equal (benk_place_get_id (place), id) &&
          benk_place_get_kind (place) == BENK_PLACE_KIND_TEAM)
        return TRUE;
    }
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                       _ ("There is no such team."));

  return FALSE;
}

static gboolean
do_set_team (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkDutyTeam *team = data;

  team->decided_ms =
    team->decided_by != NULL && *team->decided_by != '\0' ? benk_db_get_wall_ms (db) : 0;
  if (team->decided_ms == 0)
    g_clear_pointer (&team->decided_by, g_free);
  for (guint i = 0; i < BENK_N_DUTY_ROLES; i++)
    if (team->phones[i] != NULL && *team->phones[i] == '\0')
      g_clear_pointer (&team->phones[i], g_free);

  return check_is_team (db, &team->id, error) &&
         benk_table_duty_set_team (db, team, error);
}

static void
change (BenkDuties *self,
        BenkChangeWork work,
        gpointer data,
        GDestroyNotify destroy,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  benk_session_change_async (self->session, self, BENK_VERB_DUTY, NULL, work, data,
                             destroy, cancellable, callback, user_data);
}

/**
 * benk_duties_set_team_async:
 * @self: the duties
 * @team: a team with its rules, or those of all teams; without @own it follows the common
 *   ones again. Who decided them is said with each change, or they are a proposal
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Says how the duties of a team go.
 */
void
benk_duties_set_team_async (BenkDuties *self,
                            const BenkDutyTeam *team,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GError *error = NULL;

  g_return_if_fail (BENK_IS_DUTIES (self));

  if (team->own && !benk_duties_check_team (team, &error))
    g_task_report_error (self, callback, user_data, benk_session_change_async, error);
  else
    change (self, do_set_team, benk_duty_team_copy (team),
            (GDestroyNotify) benk_duty_team_free, cancellable, callback, user_data);
}

static gboolean
do_add_team (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  const char *name = data;
  g_autoptr (GError) local = NULL;
  BenkId id;

  if (benk_table_place_find (db, name, &id, &local))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_CONFLICT,
                   _ ("There is a place called “%s” already."), name);
      return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return benk_table_place_ensure (db, name, BENK_PLACE_KIND_TEAM, &id, error);
}

/**
 * benk_duties_add_team_async:
 * @self: the duties
 * @name: what the team is called
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Adds a team that follows the common rules.
 */
void
benk_duties_add_team_async (BenkDuties *self,
                            const char *name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  GError *error = NULL;

  g_return_if_fail (BENK_IS_DUTIES (self));

  if (*stripped == '\0')
    invalid (_ ("A team has a name."), &error);
  if (error != NULL || !benk_text_check_name (stripped, &error))
    g_task_report_error (self, callback, user_data, benk_session_change_async, error);
  else
    change (self, do_add_team, g_steal_pointer (&stripped), g_free, cancellable, callback,
            user_data);
}

/* --- something else for a time --- */

static BenkDutyOverride *
copy_override (const BenkDutyOverride *override)
{
  BenkDutyOverride *copy = g_memdup2 (override, sizeof *override);

  copy->team_name = g_strdup (override->team_name);
  copy->covering_name = g_strdup (override->covering_name);

  return copy;
}

/**
 * benk_duties_check_override:
 * @override: something else for a time
 * @now_ms: the present, UTC milliseconds
 * @error: %BENK_ERROR_INVALID in words
 *
 * Returns: whether it can be kept
 */
gboolean
benk_duties_check_override (const BenkDutyOverride *override,
                            gint64 now_ms,
                            GError **error)
{
  if (override->to_ms <= override->from_ms)
    return invalid (_ ("It ends before it begins."), error);
  if (override->to_ms <= now_ms)
    return invalid (_ ("It is over already."), error);
  if (override->to_ms - override->from_ms > BENK_DUTY_OVERRIDE_MAX_DAYS * DAY_MS)
    return invalid (_ ("A year is the longest. What lasts longer belongs into the duties "
                       "of the team."),
                    error);
  if (benk_id_is_nil (&override->covering) && override->owner == BENK_DUTY_ROLE_NONE &&
      override->supporter == BENK_DUTY_ROLE_NONE)
    return invalid (_ ("Say which team covers, or who owns the alarms or supports."),
                    error);
  if (!benk_id_is_nil (&override->covering) &&
      benk_id_equal (&override->covering, &override->team))
    return invalid (_ ("A team cannot cover itself."), error);

  return TRUE;
}

static gboolean
do_add_override (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  BenkDutyOverride *override = data;

  return benk_duties_check_override (override, benk_db_get_wall_ms (db), error) &&
         check_is_team (db, &override->team, error) &&
         check_is_team (db, &override->covering, error) &&
         benk_table_duty_add_override (db, override, error);
}

/**
 * benk_duties_add_override_async:
 * @self: the duties
 * @override: what is another, from when until when
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Says that something is another than usual for a time. Of several at one moment the one
 * that was written last holds.
 */
void
benk_duties_add_override_async (BenkDuties *self,
                                const BenkDutyOverride *override,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (BENK_IS_DUTIES (self));

  change (self, do_add_override, copy_override (override),
          (GDestroyNotify) benk_duty_override_free, cancellable, callback, user_data);
}

static gboolean
do_end_override (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  return benk_table_duty_end_override (db, data, error);
}

/**
 * benk_duties_end_override_async:
 * @self: the duties
 * @id: what is another than usual
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Takes back that something is another than usual.
 */
void
benk_duties_end_override_async (BenkDuties *self,
                                const BenkId *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (BENK_IS_DUTIES (self));

  change (self, do_end_override, benk_id_copy (id), (GDestroyNotify) benk_id_free,
          cancellable, callback, user_data);
}

/**
 * benk_duties_change_finish:
 * @self: the duties
 * @result: what the callback was given
 * @error: why nothing is changed
 *
 * Returns: %TRUE if it is kept
 */
gboolean
benk_duties_change_finish (BenkDuties *self, GAsyncResult *result, GError **error)
{
  return benk_session_change_finish (self, result, NULL, error) != NULL;
}
