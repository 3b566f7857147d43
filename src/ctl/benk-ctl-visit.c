/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-visit.h"

static void
print_guard (BenkCtl *ctl, BenkNextGuard *guard)
{
  gint64 due_ms = benk_next_guard_get_due_ms (guard);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "guard", benk_next_guard_get_id (guard));
  benk_json_add_string (ctl->out, "text", benk_next_guard_get_text (guard));
  if (due_ms > 0)
    benk_json_add_instant (ctl->out, "due", due_ms);
  else
    benk_json_add_string (ctl->out, "due", NULL);
  benk_json_end_object (ctl->out);
}

static void
print_item (BenkCtl *ctl, BenkVisitItem *item)
{
  const char *detail = benk_visit_item_get_detail (item);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "item", benk_visit_item_get_id (item));
  benk_json_add_string (ctl->out, "label", benk_visit_item_get_label (item));
  benk_json_add_string (ctl->out, "state", benk_visit_item_get_state_name (item));
  benk_json_add_string (ctl->out, "detail", detail);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "  %-6s %s%s%s", benk_visit_item_get_state_name (item),
                benk_visit_item_get_label (item), detail ? ": " : "",
                detail ? detail : "");
}

static void
print_visit (BenkCtl *ctl, BenkVisit *visit)
{
  BenkDevice *device = benk_visit_get_device (visit);
  g_autofree char *text = benk_visit_dup_record_text (visit);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_id (ctl->out, "id", benk_visit_get_id (visit));
  benk_json_add_string (ctl->out, "kind",
                        benk_visit_kind_to_name (benk_visit_get_kind (visit)));
  benk_json_add_string (ctl->out, "device", benk_device_get_serial (device));
  benk_json_add_string (ctl->out, "state",
                        benk_device_state_to_name (benk_device_get_state (device)));
  benk_json_add_instant (ctl->out, "started", benk_visit_get_started_ms (visit));
  benk_json_add_bool (ctl->out, "ended", benk_visit_is_ended (visit));
  benk_json_add_string (ctl->out, "settings",
                        benk_settings_known_to_name (
                          benk_visit_get_settings_known (visit)));
  benk_ctl_print_list (ctl, "items", benk_visit_get_items (visit),
                       (BenkCtlPrint) print_item);
  benk_ctl_print_list (ctl, "missing", benk_visit_get_missing (visit),
                       (BenkCtlPrint) print_guard);
  benk_ctl_print_list (ctl, "owed", benk_visit_get_owed (visit),
                       (BenkCtlPrint) print_guard);
  benk_json_add_string (ctl->out, "record_text", text);
  benk_json_end_object (ctl->out);
}

static BenkVisit *
start (BenkCtl *ctl, BenkDevice *device, BenkVisitKind kind, GError **error)
{
  BenkVisits *visits = benk_session_get_visits (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_visits_start_async (visits, benk_device_get_id (device), kind, NULL,
                           benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_visits_start_finish (visits, result, error);
}

static gboolean
run_start (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkVisit) visit = NULL;
  BenkVisitKind kind = BENK_VISIT_INSTALL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error))
    return FALSE;
  if (name && (!benk_visit_kind_from_name (name, &kind) || kind == BENK_VISIT_SWAP))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not a kind of visit: install, settings or collect."),
                   name);
      return FALSE;
    }
  device = benk_ctl_open_device (ctl, argv[1], error);
  if (!device)
    return FALSE;
  if (!name)
    benk_visits_guess_kind (benk_device_get_state (device), &kind);
  visit = start (ctl, device, kind, error);
  if (!visit)
    return FALSE;
  print_visit (ctl, visit);
  return TRUE;
}

/* The visit of a device that is not finished. */
static BenkVisit *
find_visit (BenkCtl *ctl, const char *serial, GError **error)
{
  BenkVisits *visits = benk_session_get_visits (ctl->session);
  g_autoptr (BenkDevice) device = benk_ctl_find_device (ctl, serial, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) open = NULL;

  if (!device)
    return NULL;
  benk_visits_list_async (visits, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  open = benk_visits_list_finish (visits, result, error);
  if (!open)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (open); i++)
    {
      g_autoptr (BenkVisit) visit = g_list_model_get_item (open, i);

      if (benk_visit_get_kind (visit) != BENK_VISIT_SWAP &&
          benk_id_equal (benk_device_get_id (benk_visit_get_device (visit)),
                         benk_device_get_id (device)))
        return g_steal_pointer (&visit);
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("No visit about %s is begun."),
               serial);
  return NULL;
}

/* Reads the words of a command, opens the store and finds the visit. */
static BenkVisit *
open_visit (BenkCtl *ctl,
            int *argc,
            char ***argv,
            const GOptionEntry *entries,
            int n_words,
            GError **error)
{
  if (!benk_ctl_parse (argc, argv, entries, n_words, n_words, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return NULL;

  return find_visit (ctl, (*argv)[1], error);
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkVisit) visit = open_visit (ctl, &argc, &argv, NULL, 1, error);

  if (!visit)
    return FALSE;
  print_visit (ctl, visit);
  return TRUE;
}

static gboolean
run_tick (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *stated_by = NULL;
  const GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL },
    { "stated-by", 0, 0, G_OPTION_ARG_STRING, &stated_by, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkVisit) visit = NULL;
  BenkVisits *visits;

  visit = open_visit (ctl, &argc, &argv, entries, 2, error);
  if (!visit)
    return FALSE;
  visits = benk_session_get_visits (ctl->session);
  benk_visits_tick_async (visits, visit, argv[2], text, stated_by, NULL,
                          benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_visits_tick_finish (visits, result, error))
    return FALSE;
  print_visit (ctl, visit);
  return TRUE;
}

static gboolean
run_end (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *owed = NULL;
  gboolean done = FALSE;
  const GOptionEntry entries[] = {
    { "done", 0, 0, G_OPTION_ARG_NONE, &done, NULL, NULL },
    { "owed", 0, 0, G_OPTION_ARG_STRING, &owed, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkVisit) visit = NULL;
  BenkVisits *visits;

  visit = open_visit (ctl, &argc, &argv, entries, 1, error);
  if (!visit)
    return FALSE;
  visits = benk_session_get_visits (ctl->session);
  if (done)
    benk_visits_done_async (visits, visit, owed, NULL, benk_ctl_on_ready, ctl);
  else
    benk_visits_leave_async (visits, visit, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_visits_end_finish (visits, result, error))
    return FALSE;
  print_visit (ctl, visit);
  return TRUE;
}

const BenkCtlCommand benk_ctl_visit_commands[] = {
  { "visit", "start", "SERIAL [--kind install|settings|collect]", run_start },
  { "visit", "show", "SERIAL", run_show },
  { "visit", "tick", "SERIAL ITEM [--text TEXT] [--stated-by NAME]", run_tick },
  { "visit", "end", "SERIAL [--done [--owed REASON]]", run_end },
  { NULL, NULL, NULL, NULL },
};
