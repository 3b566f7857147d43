/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl.h"

#include <glib/gi18n.h>

#include "benk-error.h"

static gboolean
run_init (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean demo = FALSE;
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, &demo, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  benk_session_create_store_async (argv[1], demo, ctl->clock, NULL, benk_ctl_on_ready,
                                   ctl);
  result = benk_ctl_await (ctl);
  if (!benk_session_create_store_finish (result, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "path", argv[1]);
  benk_json_add_bool (ctl->out, "demo", demo);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, demo ? _ ("Demo store made: %s") : _ ("Store made: %s"), argv[1]);
  return TRUE;
}

static gboolean
run_undo (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gint64 seq = 0;
  gint64 new_seq = 0;
  const GOptionEntry entries[] = {
    { "seq", 0, 0, G_OPTION_ARG_INT64, &seq, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *sentence = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (seq < 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--seq takes the number of a change, from 1."));
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_session_undo_async (ctl->session, seq, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  sentence = benk_session_undo_finish (ctl->session, result, &new_seq, error);
  if (!sentence)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_int (ctl->out, "seq", new_seq);
  benk_json_add_string (ctl->out, "sentence", sentence);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s", sentence);
  return TRUE;
}

static gboolean
run_verify (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gint64 row = 0;
  gint64 head = 0;
  const GOptionEntry entries[] = {
    { "against", 0, 0, G_OPTION_ARG_INT64, &row, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *hash = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 1, error))
    return FALSE;
  if (row < 0 || (row > 0) != (argc == 2))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--against takes a row and its hash."));
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_session_verify_async (ctl->session, row, argc == 2 ? argv[1] : NULL, NULL,
                             benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_session_verify_finish (ctl->session, result, &head, &hash, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_bool (ctl->out, "intact", TRUE);
  benk_json_add_int (ctl->out, "row", head);
  benk_json_add_string (ctl->out, "hash", hash);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, _ ("The change log is intact up to row %d."), (int) head);
  benk_ctl_say (ctl, "%s", hash);
  return TRUE;
}

const BenkCtlCommand benk_ctl_store_commands[] = {
  { "store", "init", "PATH [--demo]", run_init },
  { "undo", NULL, "[--seq N]", run_undo },
  { "verify", NULL, "[--against ROW HASH]", run_verify },
  { NULL, NULL, NULL, NULL },
};
