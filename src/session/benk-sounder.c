/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-sounder-private.h"

#include "benk-config.h"

#include <gsound.h>

#include "benk-error.h"

/**
 * BenkSounder:
 *
 * Plays the program's own three sounds. By GSound, not by the hint of the notification:
 * few services know that hint, the portal drops it, and none tells whether it sounded.
 * GSound answers with an error when it cannot. The files are the program's, so that it
 * does not hang on a sound theme that may be missing.
 */
struct _BenkSounder
{
  GObject parent_instance;

  GMutex lock;            /* of what the thread touches */
  GSoundContext *context; /* NULL until the first sound */
  BenkSoundPlayer player; /* NULL: GSound */
  guint n_played[BENK_N_SOUND_LEVELS];
};

G_DEFINE_FINAL_TYPE (BenkSounder, benk_sounder, G_TYPE_OBJECT)

static const char *const files[] = {
  [BENK_SOUND_CRITICAL] = BENK_SOUNDS_DIR "/critical.wav",
  [BENK_SOUND_SERIOUS] = BENK_SOUNDS_DIR "/serious.wav",
  [BENK_SOUND_OTHER] = BENK_SOUNDS_DIR "/other.wav",
};

static void
benk_sounder_finalize (GObject *object)
{
  BenkSounder *self = BENK_SOUNDER (object);

  g_clear_object (&self->context);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (benk_sounder_parent_class)->finalize (object);
}

static void
benk_sounder_class_init (BenkSounderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_sounder_finalize;
}

static void
benk_sounder_init (BenkSounder *self)
{
  g_mutex_init (&self->lock);
}

static gboolean
play_by_gsound (BenkSounder *self, const char *path, GError **error)
{
  if (!self->context)
    self->context = gsound_context_new (NULL, error);
  if (!self->context)
    return FALSE;
  if (gsound_context_play_simple (self->context, NULL, error, GSOUND_ATTR_MEDIA_FILENAME,
                                  path, GSOUND_ATTR_MEDIA_ROLE, "event", NULL))
    return TRUE;
  /* The next one asks anew: the sound server may have come meanwhile. */
  g_clear_object (&self->context);
  return FALSE;
}

static gboolean
play (BenkSounder *self, BenkSoundLevel level, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->player ? self->player (files[level], error)
                      : play_by_gsound (self, files[level], error);
}

/* The first sound waits for the sound server. */
static void
run (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (play (source, (BenkSoundLevel) GPOINTER_TO_INT (data), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BENK_ERROR, BENK_ERROR_UNSUPPORTED, "%s",
                             error->message);
}

BenkSounder *
benk_sounder_new (void)
{
  return g_object_new (BENK_TYPE_SOUNDER, NULL);
}

/* For tests: NULL is GSound. */
void
benk_sounder_set_player (BenkSounder *self, BenkSoundPlayer player)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->player = player;
}

void
benk_sounder_play_async (BenkSounder *self,
                         BenkSoundLevel level,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_task_data (task, GINT_TO_POINTER (level), NULL);
  g_task_run_in_thread (task, run);
}

/* That it was handed to the sound server; whether somebody hears it nobody knows. */
gboolean
benk_sounder_play_finish (BenkSounder *self, GAsyncResult *result, GError **error)
{
  BenkSoundLevel level =
    (BenkSoundLevel) GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  self->n_played[level]++;
  return TRUE;
}

guint
benk_sounder_get_n_played (BenkSounder *self, BenkSoundLevel level)
{
  return self->n_played[level];
}
