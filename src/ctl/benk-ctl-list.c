/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-ctl-print.h"
#include "benk-error.h"
#include "benk-export.h"
#include "benk-import.h"

static void
print_columns (BenkCtl *ctl, BenkImport *import)
{
  guint n = benk_import_get_n_columns (import);

  benk_json_begin_array (ctl->out, "columns");
  for (guint i = 0; i < n; i++)
    {
      const char *heading = benk_import_get_heading (import, i);
      BenkImportField field = benk_import_get_field (import, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "heading", heading);
      benk_json_add_string (ctl->out, "field", benk_import_field_to_name (field));
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, "%s → %s", heading, benk_import_field_to_name (field));
    }
  benk_json_end_array (ctl->out);
}

static void
print_words (BenkCtl *ctl, BenkImport *import)
{
  g_autoptr (GPtrArray) words = benk_import_get_words (import);

  benk_json_begin_array (ctl->out, "words");
  for (guint i = 0; i < words->len; i++)
    {
      const BenkImportWord *word = g_ptr_array_index (words, i);
      const char *meaning = benk_import_name_choice (import, word->choice);
      gboolean alarms = benk_import_is_of_alarms (import);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "word", word->word);
      benk_json_add_int (ctl->out, "rows", word->n_rows);
      benk_json_add_string (ctl->out, alarms ? "code" : "state", meaning);
      benk_json_end_object (ctl->out);
      if (meaning == NULL && alarms)
        /* Translators: do not translate --code; the first %s is a word of a list. */
        benk_ctl_say (ctl, _ ("“%s” is not known as an alarm: --code %s=CODE"),
                      word->word, word->word);
      else if (meaning == NULL)
        /* Translators: do not translate --state; the first %s is a word of a list. */
        benk_ctl_say (ctl, _ ("“%s” is not known as a state: --state %s=STATE"),
                      word->word, word->word);
    }
  benk_json_end_array (ctl->out);
}

static void
print_row (BenkCtl *ctl, BenkImportRow *row, const char *verdict)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_int (ctl->out, "line", benk_import_row_get_line (row));
  benk_json_add_string (ctl->out, "verdict", verdict);
  benk_json_add_string (ctl->out, "label", benk_import_row_get_label (row));
  benk_json_add_string (ctl->out, "reason", benk_import_row_get_reason (row));
  benk_json_end_object (ctl->out);
  if (benk_import_row_get_reason (row))
    benk_ctl_say (ctl, _ ("line %u: %s: %s"), benk_import_row_get_line (row), verdict,
                  benk_import_row_get_reason (row));
}

static void
print_import (BenkCtl *ctl, BenkImport *import, gint64 seq)
{
  gboolean alarms = benk_import_is_of_alarms (import);
  guint n_verdicts = alarms ? BENK_N_IMPORT_VERDICTS : BENK_IMPORT_BLANK + 1;
  GListModel *rows = benk_import_get_rows (import);

  benk_json_begin_object (ctl->out, NULL);
  for (BenkImportVerdict i = 0; i < n_verdicts; i++)
    {
      const char *name = benk_import_verdict_to_name (i);

      benk_json_add_int (ctl->out, name, benk_import_count (import, i));
      benk_ctl_say (ctl, "%-8s %u", name, benk_import_count (import, i));
    }
  benk_json_add_string (ctl->out, "format", benk_import_get_format (import));
  if (seq > 0)
    benk_json_add_int (ctl->out, "seq", seq);
  else
    benk_json_add_string (ctl->out, "seq", NULL);
  if (alarms)
    benk_json_add_string (ctl->out, "portal", benk_import_get_portal (import));
  benk_json_add_bool (ctl->out, "remembered", benk_import_is_remembered (import));
  print_columns (ctl, import);
  print_words (ctl, import);
  benk_json_begin_array (ctl->out, "rows");
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (BenkImportRow) row = g_list_model_get_item (rows, i);

      print_row (ctl, row,
                 benk_import_verdict_to_name (benk_import_row_get_verdict (row)));
    }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  if (seq == 0)
    benk_ctl_say (ctl, "%s", _ ("Nothing was written."));
  else
    benk_ctl_say (ctl, "%s",
                  alarms
                    ? _ ("Taken in as one change; alarms that came in cannot be undone.")
                    : _ ("Imported as one change; no reset is proven by a list."));
}

/* "HEADING=FIELD", with the last "=" between them. */
static char *
split (const char *text, const char **out_rest, GError **error)
{
  const char *sign = strrchr (text, '=');

  if (sign == NULL || sign == text)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” has no “=” between what is meant and what it means."), text);
      return NULL;
    }
  *out_rest = sign + 1;

  return g_strndup (text, (gsize) (sign - text));
}

static gboolean
tell_column (BenkImport *import, const char *text, GError **error)
{
  const char *name = NULL;
  g_autofree char *heading = split (text, &name, error);
  g_autofree char *wanted = benk_import_fold_word (heading);
  guint n = benk_import_get_n_columns (import);
  BenkImportField field;

  if (heading == NULL)
    return FALSE;
  if (!benk_import_field_from_name (name, &field))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not something a column can hold."), name);
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *folded =
        benk_import_fold_word (benk_import_get_heading (import, i));

      if (!g_str_equal (folded, wanted))
        continue;
      benk_import_set_field (import, i, field);
      return TRUE;
    }

  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("The list has no column “%s”."), heading);
  return FALSE;
}

static gboolean
tell_word (BenkImport *import, const char *text, GError **error)
{
  const char *name = NULL;
  g_autofree char *word = split (text, &name, error);
  int choice;

  if (word == NULL)
    return FALSE;
  if (benk_import_find_choice (import, name, &choice))
    {
      benk_import_set_word (import, word, choice);
      return TRUE;
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
               benk_import_is_of_alarms (import) ? _ ("“%s” is not an alarm code.")
                                                 : _ ("“%s” is not a state."),
               name);
  return FALSE;
}

static gboolean
tell_all (BenkImport *import, GStrv columns, GStrv words, GError **error)
{
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (!tell_column (import, columns[i], error))
      return FALSE;
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (!tell_word (import, words[i], error))
      return FALSE;

  return TRUE;
}

static BenkImport *
read_list (
  BenkCtl *ctl, gboolean alarms, const char *path, const char *sheet, GError **error)
{
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (BenkImport) import =
    alarms ? benk_import_new_alarms (inventory, file) : benk_import_new (inventory, file);
  g_autoptr (GAsyncResult) result = NULL;

  benk_import_read_async (import, sheet, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);

  return benk_import_read_finish (import, result, error) ? g_steal_pointer (&import)
                                                         : NULL;
}

static gboolean
compare_list (BenkCtl *ctl, BenkImport *import, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_import_compare_async (import, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);

  return benk_import_compare_finish (import, result, error);
}

static gboolean
run_import (BenkCtl *ctl, gboolean alarms, int argc, char **argv, GError **error)
{
  gboolean dry_run = FALSE;
  g_autofree char *portal = NULL;
  g_auto (GStrv) columns = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *sheet = NULL;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, NULL, NULL },
    { "column", 0, 0, G_OPTION_ARG_STRING_ARRAY, &columns, NULL, NULL },
    { alarms ? "code" : "state", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, NULL },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &sheet, NULL, NULL },
    { alarms ? "portal" : NULL, 0, 0, G_OPTION_ARG_STRING, &portal, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkImport) import = NULL;
  gint64 seq = 0;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  import = read_list (ctl, alarms, argv[1], sheet, error);
  if (!import || (portal && !benk_import_set_portal (import, portal, error)) ||
      !tell_all (import, columns, words, error) || !compare_list (ctl, import, error))
    return FALSE;
  if (!dry_run)
    {
      g_autoptr (GAsyncResult) applied = NULL;

      benk_import_apply_async (import, NULL, benk_ctl_on_ready, ctl);
      applied = benk_ctl_await (ctl);
      if (!benk_import_apply_finish (import, applied, &seq, error))
        return FALSE;
    }
  print_import (ctl, import, seq);
  return TRUE;
}

gboolean
benk_ctl_list_import (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  return run_import (ctl, FALSE, argc, argv, error);
}

gboolean
benk_ctl_list_import_alarms (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  return run_import (ctl, TRUE, argc, argv, error);
}

void
benk_ctl_query_clear (BenkCtlQuery *self)
{
  g_free (self->state);
  g_free (self->model);
  g_free (self->search);
  g_free (self->sort);
}

/**
 * benk_ctl_query_parse:
 * @self: all zero
 * @argc: (inout): number of arguments
 * @argv: (inout): the arguments; the options are taken out
 * @n_arguments: how many must be left beside the verb
 * @error: return location for an error
 *
 * Returns: %FALSE with %BENK_ERROR_USAGE
 */
gboolean
benk_ctl_query_parse (
  BenkCtlQuery *self, int *argc, char ***argv, int n_arguments, GError **error)
{
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &self->state, NULL, NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING, &self->model, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &self->search, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &self->limit, NULL, NULL },
    { "sort", 0, 0, G_OPTION_ARG_STRING, &self->sort, NULL, NULL },
    { "descending", 0, 0, G_OPTION_ARG_NONE, &self->query.descending, NULL, NULL },
    { "reserved", 0, 0, G_OPTION_ARG_NONE, &self->query.reserved, NULL, NULL },
    { NULL },
  };
  BenkDeviceState state = BENK_DEVICE_STATE_ORDERED;

  if (!benk_ctl_parse (argc, argv, entries, n_arguments, n_arguments, error))
    return FALSE;
  if (self->limit < 0 ||
      (self->state && !benk_device_state_from_name (self->state, &state)))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not a state, or the limit is below 0."),
                   self->state ? self->state : "");
      return FALSE;
    }
  if (self->sort && !benk_device_sort_from_name (self->sort, &self->query.sort))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is nothing that devices can be sorted by."), self->sort);
      return FALSE;
    }
  self->query.states = self->state ? 1u << state : 0;
  self->query.model_id = self->model;
  self->query.search = self->search;
  self->query.limit = (guint) self->limit;
  return TRUE;
}

gboolean
benk_ctl_list_export (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (BenkCtlQuery) asked = { { 0 } };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (BenkExport) export = NULL;
  guint n_devices;

  if (!benk_ctl_query_parse (&asked, &argc, &argv, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  file = g_file_new_for_commandline_arg (argv[1]);
  export =
    benk_export_new (benk_session_get_inventory (ctl->session), &asked.query, file);
  benk_export_run_async (export, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_export_run_finish (export, result, &n_devices, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "file", argv[1]);
  benk_json_add_int (ctl->out, "devices", n_devices);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, ngettext ("%u device is in %s.", "%u devices are in %s.", n_devices),
                n_devices, argv[1]);
  return TRUE;
}
