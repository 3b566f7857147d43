/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "benk-ctl.h"
#include "benk-error.h"
#include "benk-stocktake.h"

/* A line of a scanner is never longer. */
#define MAX_LINE 1024

static void
print_item (BenkCtl *ctl, BenkCountItem *item)
{
  BenkCountVerdict verdict = benk_count_item_get_verdict (item);
  g_autofree char *what = benk_count_item_describe (item);
  g_autofree char *settled =
    benk_count_settled_describe (benk_count_item_get_settled (item));
  gint64 found_ms = benk_count_item_get_found_ms (item);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "verdict", benk_count_verdict_to_name (verdict));
  benk_json_add_bool (ctl->out, "expected", benk_count_item_get_expected (item));
  benk_json_add_string (ctl->out, "model", benk_count_item_get_model_id (item));
  benk_json_add_string (ctl->out, "serial", benk_count_item_get_serial (item));
  benk_json_add_string (ctl->out, "asset", benk_count_item_get_asset (item));
  benk_json_add_string (ctl->out, "code", benk_count_item_get_code (item));
  benk_json_add_string (ctl->out, "state", benk_count_item_get_state (item));
  benk_json_add_string (ctl->out, "place", benk_count_item_get_place_name (item));
  benk_json_add_string (ctl->out, "found_place",
                        benk_count_item_get_found_place_name (item));
  if (found_ms > 0)
    benk_json_add_instant (ctl->out, "found", found_ms);
  else
    benk_json_add_string (ctl->out, "found", NULL);
  benk_json_add_string (ctl->out, "by", benk_count_item_get_who (item));
  benk_json_add_string (ctl->out, "settled", benk_count_item_get_settled (item));
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-24s %s: %s%s%s", benk_count_verdict_get_label (verdict),
                benk_count_item_get_name (item), what, settled ? " · " : "",
                settled ? settled : "");
}

static void
print_count (BenkCtl *ctl, const BenkCount *count)
{
  benk_json_add_id (ctl->out, "id", &count->id);
  benk_json_add_string (ctl->out, "place", count->place_name);
  benk_json_add_instant (ctl->out, "started", count->started_ms);
  if (count->ended_ms > 0)
    benk_json_add_instant (ctl->out, "ended", count->ended_ms);
  else
    benk_json_add_string (ctl->out, "ended", NULL);
  benk_json_add_bool (ctl->out, "dropped", count->dropped);
  benk_json_add_string (ctl->out, "by", count->who);
  benk_json_add_int (ctl->out, "expected", count->n_expected);
  benk_json_add_int (ctl->out, "found", count->n_found);
  benk_json_add_int (ctl->out, "missing", count->counts[BENK_COUNT_MISSING]);
  benk_json_add_int (ctl->out, "wrong_place", count->counts[BENK_COUNT_WRONG_PLACE]);
  benk_json_add_int (ctl->out, "wrong_state", count->counts[BENK_COUNT_WRONG_STATE]);
  benk_json_add_int (ctl->out, "added", count->counts[BENK_COUNT_ADDED]);
  benk_json_add_int (ctl->out, "unknown", count->counts[BENK_COUNT_UNKNOWN]);
  benk_json_add_int (ctl->out, "open", count->n_open);
  benk_ctl_say (ctl, _ ("%s: %u of %u found, %u not settled (missing and differences)"),
                benk_count_get_title (count), count->n_found, count->n_expected,
                count->n_open);
}

static void
print_items (BenkCtl *ctl, const char *key, GPtrArray *items)
{
  benk_json_begin_array (ctl->out, key);
  for (guint i = 0; items && i < items->len; i++)
    print_item (ctl, g_ptr_array_index (items, i));
  benk_json_end_array (ctl->out);
}

static BenkStocktakeView *
load (BenkCtl *ctl, const BenkId *id, GError **error)
{
  BenkStocktake *stocktake = benk_session_get_stocktake (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkStocktakeView) view = NULL;

  benk_stocktake_load_async (stocktake, id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  view = benk_stocktake_load_finish (stocktake, result, error);
  if (view && !view->count)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                           _ ("No count is going on."));
      return NULL;
    }
  return g_steal_pointer (&view);
}

static gboolean
print_view (BenkCtl *ctl, const BenkId *id, GError **error)
{
  g_autoptr (BenkStocktakeView) view = load (ctl, id, error);

  if (!view)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  print_count (ctl, view->count);
  print_items (ctl, "differences", view->differences);
  print_items (ctl, "missing_devices", view->missing);
  benk_json_end_object (ctl->out);
  return TRUE;
}

static gboolean
await_change (BenkCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = benk_ctl_await (ctl);

  return benk_stocktake_change_finish (benk_session_get_stocktake (ctl->session), result,
                                       NULL, error);
}

static gboolean
run_start (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *place = NULL;
  const GOptionEntry entries[] = {
    { "place", 0, 0, G_OPTION_ARG_STRING, &place, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_stocktake_start_async (benk_session_get_stocktake (ctl->session), place, NULL,
                              benk_ctl_on_ready, ctl);
  return await_change (ctl, error) && print_view (ctl, NULL, error);
}

/* Said when it is kept, so that what was seen is never lost. */
static gboolean
scan_one (BenkCtl *ctl, const char *code, const char *at, GError **error)
{
  BenkStocktake *stocktake = benk_session_get_stocktake (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkCountItem) item = NULL;
  gboolean already = FALSE;

  benk_stocktake_scan_async (stocktake, code, at, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  item = benk_stocktake_scan_finish (stocktake, result, &already, error);
  if (!item)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "scanned", code);
  benk_json_add_bool (ctl->out, "already", already);
  benk_json_begin_array (ctl->out, "items");
  if (already)
    benk_ctl_say (ctl, _ ("Already scanned:"));
  print_item (ctl, item);
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  return TRUE;
}

/* As a scanner types: one code a line, until there are no more. */
static gboolean
scan_lines (BenkCtl *ctl, const char *at, GError **error)
{
  char line[MAX_LINE];

  while (fgets (line, sizeof line, stdin) != NULL)
    {
      g_strstrip (line);
      if (*line == '\0')
        continue;
      if (!scan_one (ctl, line, at, error))
        return FALSE;
      if (!ctl->json)
        fflush (stdout);
    }
  return TRUE;
}

static gboolean
run_scan (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL },
    { NULL },
  };
  gboolean done = TRUE;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, -1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  if (argc == 2 && g_str_equal (argv[1], "-"))
    done = scan_lines (ctl, at, error);
  else
    for (int i = 1; i < argc && done; i++)
      done = scan_one (ctl, argv[i], at, error);
  benk_json_end_array (ctl->out);
  return done;
}

static gboolean
run_missing (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (BenkStocktakeView) view = NULL;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  view = load (ctl, NULL, error);
  if (!view)
    return FALSE;
  print_items (ctl, NULL, view->missing);
  return TRUE;
}

/* The count that was named, the one that goes on, or else the newest. */
static gboolean
find_count (BenkCtl *ctl, const char *text, BenkId *out_id, GError **error)
{
  BenkStocktake *stocktake = benk_session_get_stocktake (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) counts = NULL;

  if (text && !benk_id_parse (text, out_id))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not an id."), text);
      return FALSE;
    }
  if (text)
    return TRUE;
  benk_stocktake_list_async (stocktake, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  counts = benk_stocktake_list_finish (stocktake, result, error);
  if (!counts)
    return FALSE;
  if (counts->len == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                           _ ("Nothing has been counted yet."));
      return FALSE;
    }
  *out_id = ((const BenkCount *) g_ptr_array_index (counts, 0))->id;
  return TRUE;
}

static gboolean
write_file (
  BenkCtl *ctl, const BenkId *id, const char *path, gboolean as_csv, GError **error)
{
  BenkStocktake *stocktake = benk_session_get_stocktake (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = path ? g_file_new_for_commandline_arg (path) : NULL;

  if (!file)
    return TRUE;
  benk_stocktake_write_async (stocktake, id, file, as_csv, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_stocktake_write_finish (stocktake, result, error);
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *pdf = NULL;
  g_autofree char *csv = NULL;
  const GOptionEntry entries[] = {
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &pdf, NULL, NULL },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &csv, NULL, NULL },
    { NULL },
  };
  BenkId id;

  return benk_ctl_parse (&argc, &argv, entries, 0, 1, error) &&
         benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
         find_count (ctl, argc > 1 ? argv[1] : NULL, &id, error) &&
         write_file (ctl, &id, pdf, FALSE, error) &&
         write_file (ctl, &id, csv, TRUE, error) && print_view (ctl, &id, error);
}

static gboolean
is_called (BenkCountItem *item, const char *name)
{
  return g_strcmp0 (benk_count_item_get_serial (item), name) == 0 ||
         g_strcmp0 (benk_count_item_get_asset (item), name) == 0 ||
         g_strcmp0 (benk_count_item_get_imei (item), name) == 0 ||
         g_strcmp0 (benk_count_item_get_code (item), name) == 0;
}

static gboolean
find_item (BenkCtl *ctl, const char *name, BenkId *out_id, GError **error)
{
  g_autoptr (BenkStocktakeView) view = load (ctl, NULL, error);
  GPtrArray *lists[2];

  if (!view)
    return FALSE;
  lists[0] = view->differences;
  lists[1] = view->missing;
  for (guint k = 0; k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < lists[k]->len; i++)
      if (is_called (g_ptr_array_index (lists[k], i), name))
        {
          *out_id = *benk_count_item_get_id (g_ptr_array_index (lists[k], i));
          return TRUE;
        }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("“%s” is no difference of this count."), name);
  return FALSE;
}

static gboolean
parse_fix (const char *name,
           const char *state,
           const char *model,
           BenkStocktakeFix *fix,
           GError **error)
{
  if (!benk_count_fix_from_name (name, &fix->fix))
    g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                 _ ("“%s” is not what can be done: move, state, register or leave."),
                 name);
  else if (fix->fix == BENK_COUNT_FIX_STATE &&
           !benk_device_state_from_name (state, &fix->state))
    g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not a state."),
                 state ? state : "");
  else if (fix->fix == BENK_COUNT_FIX_REGISTER && !model)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("--model is missing."));
  else
    return TRUE;
  return FALSE;
}

static gboolean
run_settle (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *state = NULL;
  g_autofree char *model = NULL;
  g_autofree char *place = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "to", 0, 0, G_OPTION_ARG_STRING, &state, NULL, NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING, &model, NULL, NULL },
    { "place", 0, 0, G_OPTION_ARG_STRING, &place, NULL, NULL },
    { "owed", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  BenkStocktakeFix fix = { 0 };

  if (!benk_ctl_parse (&argc, &argv, entries, 2, 2, error) ||
      !parse_fix (argv[2], state, model, &fix, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error) ||
      !find_item (ctl, argv[1], &fix.item, error))
    return FALSE;
  fix.model_id = model;
  fix.place = place;
  fix.reason = reason;
  benk_stocktake_settle_async (benk_session_get_stocktake (ctl->session), &fix, NULL,
                               benk_ctl_on_ready, ctl);
  return await_change (ctl, error) && print_view (ctl, NULL, error);
}

static gboolean
run_end (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_stocktake_end_async (benk_session_get_stocktake (ctl->session), NULL,
                            benk_ctl_on_ready, ctl);
  return await_change (ctl, error) && find_count (ctl, NULL, &id, error) &&
         print_view (ctl, &id, error);
}

static gboolean
take_back (BenkCtl *ctl, const BenkId *id, GError **error)
{
  BenkStocktake *stocktake = benk_session_get_stocktake (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  guint n_undone = 0;

  benk_stocktake_take_back_async (stocktake, id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_stocktake_take_back_finish (stocktake, result, &n_undone, error))
    return FALSE;
  benk_ctl_say (ctl,
                ngettext ("%u change taken back.", "%u changes taken back.", n_undone),
                n_undone);
  return TRUE;
}

static gboolean
run_drop (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean undo = FALSE;
  const GOptionEntry entries[] = {
    { "undo", 0, 0, G_OPTION_ARG_NONE, &undo, NULL, NULL },
    { NULL },
  };
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error) ||
      !find_count (ctl, argc > 1 ? argv[1] : NULL, &id, error))
    return FALSE;
  if (undo)
    return take_back (ctl, &id, error) && print_view (ctl, &id, error);
  benk_stocktake_drop_async (benk_session_get_stocktake (ctl->session), NULL,
                             benk_ctl_on_ready, ctl);
  return await_change (ctl, error) && print_view (ctl, &id, error);
}

const BenkCtlCommand benk_ctl_stocktake_commands[] = {
  { "stocktake", "start", "[--place PLACE]", run_start },
  { "stocktake", "scan", "CODE…|- [--at PLACE]", run_scan },
  { "stocktake", "missing", "", run_missing },
  { "stocktake", "show", "[ID] [--pdf FILE] [--csv FILE]", run_show },
  { "stocktake", "settle",
    "CODE move|state|register|leave [--to STATE] [--model MODEL] [--place PLACE] "
    "[--owed REASON]",
    run_settle },
  { "stocktake", "end", "", run_end },
  { "stocktake", "drop", "[ID] [--undo]", run_drop },
  { NULL, NULL, NULL, NULL },
};
