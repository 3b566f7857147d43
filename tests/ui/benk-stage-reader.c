/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-stage-reader.h"

#include "benk-session-change.h"

static gpointer
read_on (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  BenkStageReader *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->over)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return g_strdup ("read");
}

void
benk_stage_reader_begin (BenkStageReader *self, BenkStage *stage)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  benk_session_read_async (stage->session, stage->session, read_on, self, NULL, g_free,
                           NULL, benk_stage_keep, &self->result);
}

void
benk_stage_reader_end (BenkStageReader *self, BenkStage *stage)
{
  g_autofree char *answer = NULL;

  g_mutex_lock (&self->mutex);
  self->over = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  answer =
    benk_session_read_finish (stage->session, benk_stage_await (&self->result), NULL);
  g_assert_cmpstr (answer, ==, "read");
  g_object_unref (self->result);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}
