/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-model-share.h"

static void
print_strings (BenkCtl *ctl, const char *key, const char *const *list)
{
  benk_json_begin_array (ctl->out, key);
  for (guint i = 0; list[i]; i++)
    benk_json_add_string (ctl->out, NULL, list[i]);
  benk_json_end_array (ctl->out);
}

static void
print_brief (BenkCtl *ctl, BenkModel *model)
{
  benk_json_add_string (ctl->out, "id", benk_model_get_id (model));
  benk_json_add_string (ctl->out, "name", benk_model_get_name (model));
  benk_json_add_string (ctl->out, "kind",
                        benk_model_kind_to_name (benk_model_get_kind (model)));
  benk_json_add_string (ctl->out, "packaging",
                        benk_packaging_to_name (benk_model_get_packaging (model)));
  benk_json_add_string (ctl->out, "origin",
                        benk_model_origin_to_name (benk_model_get_origin (model)));
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  const GOptionEntry none[] = { { NULL } };
  GPtrArray *models;

  if (!benk_ctl_parse (&argc, &argv, none, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  models = benk_models_get_all (benk_session_get_models (ctl->session));
  if (!benk_models_check_read (benk_session_get_models (ctl->session), NULL, error))
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < models->len; i++)
    {
      BenkModel *model = g_ptr_array_index (models, i);

      benk_json_begin_object (ctl->out, NULL);
      print_brief (ctl, model);
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, "%-18s %-22s %-18s %s", benk_model_get_id (model),
                    benk_model_get_name (model),
                    benk_model_kind_get_label (benk_model_get_kind (model)),
                    benk_model_origin_get_label (benk_model_get_origin (model)));
    }
  benk_json_end_array (ctl->out);
  return TRUE;
}

static BenkModel *
find_model (BenkCtl *ctl, const char *name, GError **error)
{
  BenkModels *models = benk_session_get_models (ctl->session);
  BenkModel *model = benk_model_match (benk_models_get_all (models), name);

  if (!benk_models_check_read (models, model ? benk_model_get_id (model) : name, error))
    return NULL;
  if (!model)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("There is no model “%s”."),
                 name);
  return model;
}

static void
print_guidance (BenkCtl *ctl, BenkModel *model)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  benk_json_begin_array (ctl->out, "guidance");
  for (gsize i = 0; i < n_codes; i++)
    {
      const char *const *steps = benk_model_get_guidance (model, codes[i].code);

      if (!steps)
        continue;
      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "code", codes[i].code);
      print_strings (ctl, "steps", steps);
      benk_json_end_object (ctl->out);
      for (guint k = 0; steps[k]; k++)
        benk_ctl_say (ctl, "  %-5s %s", codes[i].code, steps[k]);
    }
  benk_json_end_array (ctl->out);
}

static void
print_lists (BenkCtl *ctl, BenkModel *model)
{
  benk_json_begin_array (ctl->out, "checklists");
  for (guint task = 0; task < BENK_N_TASKS; task++)
    {
      GPtrArray *steps = benk_model_get_checklist (model, (BenkTask) task);

      if (steps->len == 0)
        continue;
      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "task", benk_task_to_name ((BenkTask) task));
      benk_json_add_int (ctl->out, "steps", steps->len);
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, ngettext ("  %s: %u step", "  %s: %u steps", steps->len),
                    benk_task_get_label ((BenkTask) task), steps->len);
    }
  benk_json_end_array (ctl->out);
}

static void
print_model (BenkCtl *ctl, BenkModel *model)
{
  BenkKnown imei = benk_model_get_has_imei (model);
  g_autofree char *phones = g_strjoinv (", ", (char **) benk_model_get_phones (model));

  benk_ctl_say (ctl, "%s (%s): %s, %s", benk_model_get_name (model),
                benk_model_get_id (model),
                benk_model_kind_get_label (benk_model_get_kind (model)),
                benk_model_origin_get_label (benk_model_get_origin (model)));
  if (*phones)
    benk_ctl_say (ctl, "  %s: %s", _ ("Vendor’s support"), phones);
  benk_json_begin_object (ctl->out, NULL);
  print_brief (ctl, model);
  benk_json_add_string (ctl->out, "maker", benk_model_get_maker (model));
  benk_json_add_string (ctl->out, "vendor", benk_model_get_vendor (model));
  print_strings (ctl, "aliases", benk_model_get_aliases (model));
  benk_json_add_string (ctl->out, "imei",
                        imei == BENK_KNOWN_YES  ? "yes"
                        : imei == BENK_KNOWN_NO ? "no"
                                                : "unknown");
  print_strings (ctl, "serial_examples", benk_model_get_serial_examples (model));
  print_strings (ctl, "alarm_codes", benk_model_get_alarm_codes (model));
  print_strings (ctl, "phones", benk_model_get_phones (model));
  benk_json_add_string (ctl->out, "hours", benk_model_get_hours (model));
  print_strings (ctl, "accessories", benk_model_get_accessories (model));
  print_guidance (ctl, model);
  print_lists (ctl, model);
  benk_json_end_object (ctl->out);
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  const GOptionEntry none[] = { { NULL } };
  BenkModel *model;

  if (!benk_ctl_parse (&argc, &argv, none, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  model = find_model (ctl, argv[1], error);
  if (!model)
    return FALSE;
  print_model (ctl, model);
  return TRUE;
}

static gboolean
await_change (BenkCtl *ctl, gint64 *seq, GError **error)
{
  g_autoptr (GAsyncResult) result = benk_ctl_await (ctl);

  return benk_models_change_finish (benk_session_get_models (ctl->session), result, seq,
                                    error);
}

/* What is typed at "model add". */
typedef struct
{
  char *kind;
  char *packaging;
  char *like;
  char *maker;
  char *vendor;
  char *imei;
  char *hours;
  char **aliases;
  char **examples;
  char **codes;
  char **phones;
  char **accessories;
  char **guidance;
} AddOptions;

static void
add_options_clear (AddOptions *self)
{
  g_free (self->kind);
  g_free (self->packaging);
  g_free (self->like);
  g_free (self->maker);
  g_free (self->vendor);
  g_free (self->imei);
  g_free (self->hours);
  g_strfreev (self->aliases);
  g_strfreev (self->examples);
  g_strfreev (self->codes);
  g_strfreev (self->phones);
  g_strfreev (self->accessories);
  g_strfreev (self->guidance);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static gboolean
refuse_word (const char *option, const char *word, GError **error)
{
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("--%s cannot be “%s”."), option,
               word);
  return FALSE;
}

/* "1.5=Phone us": one step a word. */
static gboolean
add_guidance (BenkModelDraft *draft, char **words, GError **error)
{
  for (guint i = 0; words && words[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (words[i], "=", 2);
      g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();

      if (g_strv_length (parts) != 2 || !benk_alarm_code_find (parts[0]))
        return refuse_word ("guidance", words[i], error);
      if (g_hash_table_lookup (draft->guidance, parts[0]))
        g_strv_builder_addv (steps, g_hash_table_lookup (draft->guidance, parts[0]));
      g_strv_builder_add (steps, parts[1]);
      g_hash_table_replace (draft->guidance, g_strdup (parts[0]),
                            g_strv_builder_end (steps));
    }
  return TRUE;
}

static void
take_list (GStrv *list, char **words)
{
  if (!words)
    return;
  g_strfreev (*list);
  *list = g_strdupv (words);
}

static gboolean
fill_draft (BenkModelDraft *draft, const AddOptions *options, GError **error)
{
  if (options->kind && !benk_model_kind_from_name (options->kind, &draft->kind))
    return refuse_word ("kind", options->kind, error);
  if (options->packaging &&
      !benk_packaging_from_name (options->packaging, &draft->packaging))
    return refuse_word ("packaging", options->packaging, error);
  if (g_strcmp0 (options->imei, "yes") == 0)
    draft->imei = BENK_KNOWN_YES;
  else if (g_strcmp0 (options->imei, "no") == 0)
    draft->imei = BENK_KNOWN_NO;
  else if (options->imei)
    return refuse_word ("imei", options->imei, error);
  draft->maker = g_strdup (options->maker);
  draft->vendor = g_strdup (options->vendor);
  draft->hours = g_strdup (options->hours);
  take_list (&draft->aliases, options->aliases);
  take_list (&draft->examples, options->examples);
  take_list (&draft->codes, options->codes);
  take_list (&draft->phones, options->phones);
  take_list (&draft->accessories, options->accessories);
  return add_guidance (draft, options->guidance, error);
}

/* The lists of the model it is like; of a plain one of its kind where none is named. */
static BenkModel *
find_lists (BenkCtl *ctl, const BenkModelDraft *draft, const char *like, GError **error)
{
  BenkModel *model = like ? find_model (ctl, like, error) : NULL;

  if (!like)
    model =
      benk_models_find_pattern (benk_session_get_models (ctl->session), draft->kind);
  return model;
}

static gboolean
run_add (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (AddOptions) o = { NULL };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_STRING, &o.kind, NULL, NULL },
    { "packaging", 0, 0, G_OPTION_ARG_STRING, &o.packaging, NULL, NULL },
    { "like", 0, 0, G_OPTION_ARG_STRING, &o.like, NULL, NULL },
    { "maker", 0, 0, G_OPTION_ARG_STRING, &o.maker, NULL, NULL },
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &o.vendor, NULL, NULL },
    { "imei", 0, 0, G_OPTION_ARG_STRING, &o.imei, NULL, NULL },
    { "hours", 0, 0, G_OPTION_ARG_STRING, &o.hours, NULL, NULL },
    { "alias", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.aliases, NULL, NULL },
    { "example", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.examples, NULL, NULL },
    { "code", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.codes, NULL, NULL },
    { "phone", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.phones, NULL, NULL },
    { "accessory", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.accessories, NULL, NULL },
    { "guidance", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.guidance, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkModelDraft) draft = benk_model_draft_new (NULL);
  g_autoptr (GBytes) body = NULL;
  BenkModels *models;
  BenkModel *lists;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !fill_draft (draft, &o, error) || !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  models = benk_session_get_models (ctl->session);
  draft->name = g_strdup (argv[1]);
  draft->id = benk_model_suggest_id (argv[1], benk_models_get_all (models));
  lists = find_lists (ctl, draft, o.like, error);
  body = lists ? benk_model_draft_compose (draft, NULL, lists, error) : NULL;
  if (!body)
    return FALSE;
  benk_models_add_async (models, body, NULL, benk_ctl_on_ready, ctl);
  if (!await_change (ctl, NULL, error))
    return FALSE;
  print_model (ctl, benk_models_find (models, draft->id));
  return TRUE;
}

static gboolean
run_remove (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  const GOptionEntry none[] = { { NULL } };
  g_autofree char *id = NULL;
  BenkModels *models;
  BenkModel *model;
  gint64 seq = 0;

  if (!benk_ctl_parse (&argc, &argv, none, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  models = benk_session_get_models (ctl->session);
  model = find_model (ctl, argv[1], error);
  if (!model)
    return FALSE;
  id = g_strdup (benk_model_get_id (model));
  benk_models_remove_async (models, id, NULL, benk_ctl_on_ready, ctl);
  if (!await_change (ctl, &seq, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "id", id);
  benk_json_add_bool (ctl->out, "set_back", benk_models_find (models, id) != NULL);
  benk_json_add_int (ctl->out, "seq", seq);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl,
                benk_models_find (models, id)
                  ? _ ("%s is as it came with the program again.")
                  : _ ("%s is taken away."),
                id);
  return TRUE;
}

static gboolean
run_export (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  const GOptionEntry none[] = { { NULL } };
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkModels *models;
  guint n = 0;

  if (!benk_ctl_parse (&argc, &argv, none, 1, BENK_MODEL_SHARE_MAX_MODELS, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  models = benk_session_get_models (ctl->session);
  for (int i = 2; i < argc; i++)
    {
      BenkModel *model = find_model (ctl, argv[i], error);

      if (!model)
        return FALSE;
      g_ptr_array_add (ids, (gpointer) benk_model_get_id (model));
    }
  g_ptr_array_add (ids, NULL);
  file = g_file_new_for_commandline_arg (argv[1]);
  benk_models_export_async (models,
                            ids->len > 1 ? (const char *const *) ids->pdata : NULL, file,
                            NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_models_export_finish (models, result, &n, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "file", argv[1]);
  benk_json_add_int (ctl->out, "models", n);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, ngettext ("%u model is in %s.", "%u models are in %s.", n), n,
                argv[1]);
  return TRUE;
}

static void
print_shared (BenkCtl *ctl, const BenkSharedModel *one)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "id", one->id);
  benk_json_add_string (ctl->out, "name", benk_shared_model_get_name (one));
  benk_json_add_string (ctl->out, "verdict",
                        benk_share_verdict_to_name (one->entry.verdict));
  benk_json_add_string (ctl->out, "reason", one->entry.reason);
  benk_json_add_bool (ctl->out, "stands_in", one->stands_in);
  benk_json_add_bool (ctl->out, "take", one->entry.take);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-10s %-22s %s%s",
                benk_share_verdict_get_label (one->entry.verdict),
                benk_shared_model_get_name (one),
                one->entry.reason ? one->entry.reason : "",
                one->stands_in && !one->entry.take &&
                    one->entry.verdict == BENK_SHARE_CHANGED
                  ? _ (" (comes with the program: only with --replace)")
                  : "");
}

static gboolean
run_import (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean dry_run = FALSE;
  gboolean replace = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, NULL, NULL },
    { "replace", 0, 0, G_OPTION_ARG_NONE, &replace, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GFile) file = NULL;
  BenkModels *models;
  gint64 seq = 0;
  guint n = 0;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  models = benk_session_get_models (ctl->session);
  file = g_file_new_for_commandline_arg (argv[1]);
  benk_models_preview_async (models, file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  shared = benk_models_preview_finish (models, result, error);
  if (!shared)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_begin_array (ctl->out, "models");
  for (guint i = 0; i < shared->len; i++)
    {
      BenkSharedModel *one = g_ptr_array_index (shared, i);

      one->entry.take =
        one->entry.take || (replace && one->entry.verdict == BENK_SHARE_CHANGED);
      n += one->entry.take ? 1 : 0;
      print_shared (ctl, one);
    }
  benk_json_end_array (ctl->out);
  if (n > 0 && !dry_run)
    benk_models_import_async (models, shared, NULL, benk_ctl_on_ready, ctl);
  if (n > 0 && !dry_run && !await_change (ctl, &seq, error))
    return FALSE;
  benk_json_add_int (ctl->out, "taken", dry_run ? 0 : n);
  benk_json_add_int (ctl->out, "seq", seq);
  benk_json_end_object (ctl->out);
  return TRUE;
}

const BenkCtlCommand benk_ctl_model_commands[] = {
  { "model", "add",
    "NAME [--kind KIND] [--packaging P] [--like MODEL] [--example SERIAL]… [--phone N]… "
    "…",
    run_add },
  { "model", "export", "FILE [MODEL]…", run_export },
  { "model", "import", "FILE [--dry-run] [--replace]", run_import },
  { "model", "list", "", run_list },
  { "model", "remove", "MODEL", run_remove },
  { "model", "show", "MODEL", run_show },
  { NULL, NULL, NULL, NULL },
};
