/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-keys.h"

#include "benk-shot.h"

static void
on_ended (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

void
benk_keys_type (const char *text, guint gap_ms, const char *then)
{
  g_autofree char *gap = g_strdup_printf ("%u", gap_ms);
  const char *const typing[] = { "xdotool", "type",
                                 /* One call, so that Enter comes as fast as the rest. */
                                 "--delay", gap, "--args", "1", text, then ? "key" : NULL,
                                 "--delay", gap, then, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (typing, G_SUBPROCESS_FLAGS_NONE, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, on_ended, &done);
  g_assert_true (benk_shot_wait (is_set, &done, 30));
}
