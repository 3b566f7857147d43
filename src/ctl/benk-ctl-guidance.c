/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-ctl.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-error.h"
#include "benk-guidances.h"
#include "benk-models.h"

/* Make, code and part of the week, as they are given. */
typedef struct
{
  const char *code;
  char *model;
  char *part_name;
  BenkGuidancePart part;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->model);
  g_free (place->part_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static gboolean
usage (const char *sentence, GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE, sentence);
  return FALSE;
}

static gboolean
read_part (Place *place, GError **error)
{
  return place->part_name == NULL ||
         benk_guidance_part_from_name (place->part_name, &place->part) ||
         usage (_ ("--part is any, day, evening or weekend."), error);
}

static gboolean
check_place (BenkCtl *ctl, const Place *place, GError **error)
{
  if (place->model &&
      !benk_models_find (benk_session_get_models (ctl->session), place->model))
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("There is no model “%s”."),
                 place->model);
  else if (place->code && !benk_alarm_code_find (place->code))
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("“%s” is no alarm code."),
                 place->code);
  else
    return TRUE;
  return FALSE;
}

static BenkModel *
find_model (BenkCtl *ctl, const char *id)
{
  return id ? benk_models_find (benk_session_get_models (ctl->session), id) : NULL;
}

static void
print_steps (BenkCtl *ctl, const BenkGuidanceVersion *version)
{
  g_auto (GStrv) steps = benk_guidance_version_dup_steps (version);

  benk_json_begin_array (ctl->out, "steps");
  for (gsize i = 0; steps[i]; i++)
    benk_json_add_string (ctl->out, NULL, steps[i]);
  benk_json_end_array (ctl->out);
}

static void
say_version (BenkCtl *ctl, const BenkGuidanceVersion *version)
{
  g_auto (GStrv) steps = benk_guidance_version_dup_steps (version);
  g_autofree char *decided = benk_guidance_version_describe (version);
  g_autofree char *place =
    benk_guidance_version_describe_place (version, find_model (ctl, version->model_id));

  benk_ctl_say (ctl, "%-5s %s · %s", version->code, place, decided);
  for (guint i = 0; steps[i]; i++)
    benk_ctl_say (ctl, "      %u  %s", i + 1, steps[i]);
}

static void
print_version (BenkCtl *ctl, const BenkGuidanceVersion *version)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (version->code);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "code", version->code);
  benk_json_add_string (ctl->out, "label", benk_alarm_code_get_label (code));
  benk_json_add_string (ctl->out, "model", version->model_id);
  benk_json_add_string (ctl->out, "part", benk_guidance_part_to_name (version->part));
  benk_json_add_int (ctl->out, "number", version->number);
  benk_json_add_string (ctl->out, "origin", version->origin);
  print_steps (ctl, version);
  benk_json_add_bool (ctl->out, "decided", version->decided_ms > 0);
  benk_json_add_string (ctl->out, "decided_by", version->decided_by);
  benk_json_add_instant (ctl->out, "decided_at", version->decided_ms);
  benk_json_add_instant (ctl->out, "made", version->made_ms);
  benk_json_add_string (ctl->out, "made_by", version->initials);
  benk_json_end_object (ctl->out);
  say_version (ctl, version);
}

static GPtrArray *
load (BenkCtl *ctl, GError **error)
{
  BenkGuidances *guidances = benk_session_get_guidances (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_guidances_load_async (guidances, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_guidances_load_finish (guidances, result, error);
}

static gboolean
await_change (BenkCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = benk_ctl_await (ctl);

  return benk_guidances_change_finish (benk_session_get_guidances (ctl->session), result,
                                       NULL, error);
}

static GPtrArray *
load_versions (BenkCtl *ctl, const Place *place, GError **error)
{
  BenkGuidances *guidances = benk_session_get_guidances (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_guidances_versions_async (guidances, place->model, place->code, place->part, NULL,
                                 benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_guidances_versions_finish (guidances, result, error);
}

/* What counts for one place. */
static gboolean
print_place (BenkCtl *ctl, const Place *place, GError **error)
{
  g_autoptr (GPtrArray) current = load (ctl, error);
  g_autoptr (BenkGuidanceVersion) version = NULL;

  if (!current)
    return FALSE;
  version = benk_guidance_resolve (current, find_model (ctl, place->model), place->code,
                                   place->part);
  benk_json_begin_array (ctl->out, NULL);
  print_version (ctl, version);
  benk_json_end_array (ctl->out);
  return TRUE;
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Place) place = { 0 };
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &place.model, NULL, NULL },
    { "part", 0, 0, G_OPTION_ARG_STRING, &place.part_name, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) current = NULL;
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error) ||
      !read_part (&place, error) || !benk_ctl_open (ctl, BENK_SESSION_NONE, error) ||
      !check_place (ctl, &place, error))
    return FALSE;
  current = load (ctl, error);
  if (!current)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (gsize i = 0; i < n_codes; i++)
    {
      g_autoptr (BenkGuidanceVersion) version =
        benk_guidance_resolve (current, find_model (ctl, place.model), codes[i].code,
                               place.part);

      print_version (ctl, version);
    }
  benk_json_end_array (ctl->out);
  return TRUE;
}

/* What was shown for an alarm when it ended, or is now. */
static gboolean
show_alarm (BenkCtl *ctl, const char *text, GError **error)
{
  BenkGuidances *guidances = benk_session_get_guidances (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkGuidanceVersion) version = NULL;
  BenkId id;

  if (!benk_id_parse (text, &id))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("There is no alarm “%s”."),
                   text);
      return FALSE;
    }
  benk_guidances_load_shown_async (guidances, &id, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  version = benk_guidances_load_shown_finish (guidances, result, error);
  if (!version)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  print_version (ctl, version);
  benk_json_end_array (ctl->out);
  return TRUE;
}

static gboolean
run_show (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Place) place = { 0 };
  g_autofree char *alarm = NULL;
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &place.model, NULL, NULL },
    { "part", 0, 0, G_OPTION_ARG_STRING, &place.part_name, NULL, NULL },
    { "alarm", 0, 0, G_OPTION_ARG_STRING, &alarm, NULL, NULL },
    { "versions", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) versions = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 1, error) || !read_part (&place, error))
    return FALSE;
  if ((argc > 1) == (alarm != NULL) || (alarm && (place.model || place.part_name || all)))
    return usage (_ ("A code is needed, or --alarm alone."), error);
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  if (alarm)
    return show_alarm (ctl, alarm, error);
  place.code = argv[1];
  if (!check_place (ctl, &place, error))
    return FALSE;
  if (!all)
    return print_place (ctl, &place, error);
  versions = load_versions (ctl, &place, error);
  if (!versions)
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < versions->len; i++)
    print_version (ctl, g_ptr_array_index (versions, i));
  benk_json_end_array (ctl->out);
  return TRUE;
}

/* The steps of an older version of just that place. */
static GStrv
find_older (BenkCtl *ctl, const Place *place, int number, GError **error)
{
  g_autoptr (GPtrArray) versions = load_versions (ctl, place, error);

  if (!versions)
    return NULL;
  for (guint i = 0; i < versions->len; i++)
    {
      const BenkGuidanceVersion *one = g_ptr_array_index (versions, i);

      if (one->number == number && one->steps)
        return benk_guidance_version_dup_steps (one);
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("There is no version %d with steps there."), number);
  return NULL;
}

static gboolean
save (BenkCtl *ctl, const Place *place, GStrv steps, const char *by, GError **error)
{
  g_autoptr (BenkGuidanceVersion) version =
    benk_guidance_version_new (place->model, place->code, place->part);
  g_autoptr (GPtrArray) current = load (ctl, error);
  const BenkGuidanceVersion *own;

  if (!current)
    return FALSE;
  own = benk_guidance_find (current, place->model, place->code, place->part);
  version->based_on = own ? own->id : BENK_ID_NIL;
  version->steps = g_strdupv (steps);
  benk_guidances_save_async (benk_session_get_guidances (ctl->session), version, by, NULL,
                             benk_ctl_on_ready, ctl);
  return await_change (ctl, error);
}

static gboolean
run_set (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Place) place = { 0 };
  g_auto (GStrv) steps = NULL;
  g_auto (GStrv) older = NULL;
  g_autofree char *by = NULL;
  gboolean none = FALSE;
  int number = 0;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &place.model, NULL, NULL },
    { "part", 0, 0, G_OPTION_ARG_STRING, &place.part_name, NULL, NULL },
    { "step", 0, 0, G_OPTION_ARG_STRING_ARRAY, &steps, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_INT, &number, NULL, NULL },
    { "none", 0, 0, G_OPTION_ARG_NONE, &none, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) || !read_part (&place, error))
    return FALSE;
  if ((steps != NULL) + (number != 0) + none != 1 || (none && by))
    return usage (_ ("One of --step, --version and --none is needed; nobody decides "
                     "--none."),
                  error);
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  place.code = argv[1];
  if (!check_place (ctl, &place, error))
    return FALSE;
  if (number != 0)
    older = find_older (ctl, &place, number, error);
  if (number != 0 && !older)
    return FALSE;
  return save (ctl, &place, older ? older : steps, by, error) &&
         print_place (ctl, &place, error);
}

static gboolean
run_decide (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Place) place = { 0 };
  g_autofree char *by = NULL;
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &place.model, NULL, NULL },
    { "part", 0, 0, G_OPTION_ARG_STRING, &place.part_name, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &by, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) || !read_part (&place, error))
    return FALSE;
  if (!by)
    return usage (_ ("--by is needed: who has decided it."), error);
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  place.code = argv[1];
  if (!check_place (ctl, &place, error))
    return FALSE;
  benk_guidances_decide_async (benk_session_get_guidances (ctl->session), place.model,
                               place.code, place.part, by, NULL, benk_ctl_on_ready, ctl);
  return await_change (ctl, error) && print_place (ctl, &place, error);
}

static gboolean
run_export (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  const GOptionEntry none[] = { { NULL } };
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  BenkGuidances *guidances;
  guint n = 0;

  if (!benk_ctl_parse (&argc, &argv, none, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  guidances = benk_session_get_guidances (ctl->session);
  file = g_file_new_for_commandline_arg (argv[1]);
  benk_guidances_export_async (guidances, file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_guidances_export_finish (guidances, result, &n, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "file", argv[1]);
  benk_json_add_int (ctl->out, "entries", n);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, ngettext ("%u entry is in %s.", "%u entries are in %s.", n), n,
                argv[1]);
  return TRUE;
}

static void
print_shared (BenkCtl *ctl, const BenkSharedGuidance *one)
{
  g_autofree char *place =
    benk_guidance_version_describe_place (one->version,
                                          find_model (ctl, one->version->model_id));

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "code", one->version->code);
  benk_json_add_string (ctl->out, "model", one->version->model_id);
  benk_json_add_string (ctl->out, "part",
                        benk_guidance_part_to_name (one->version->part));
  print_steps (ctl, one->version);
  benk_json_add_string (ctl->out, "verdict",
                        benk_share_verdict_to_name (one->entry.verdict));
  benk_json_add_string (ctl->out, "reason", one->entry.reason);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-10s %s%s%s", benk_share_verdict_get_label (one->entry.verdict),
                place, one->entry.reason ? " · " : "",
                one->entry.reason ? one->entry.reason : "");
}

static gboolean
run_import (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gboolean dry_run = FALSE;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) shared = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *counts = NULL;
  BenkGuidances *guidances;
  guint n = 0;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  guidances = benk_session_get_guidances (ctl->session);
  file = g_file_new_for_commandline_arg (argv[1]);
  benk_guidances_preview_async (guidances, file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  shared = benk_guidances_preview_finish (guidances, result, error);
  if (!shared)
    return FALSE;
  for (guint i = 0; i < shared->len; i++)
    n += ((BenkSharedGuidance *) g_ptr_array_index (shared, i))->entry.take ? 1 : 0;
  if (n > 0 && !dry_run)
    benk_guidances_import_async (guidances, shared, NULL, benk_ctl_on_ready, ctl);
  if (n > 0 && !dry_run && !await_change (ctl, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_begin_array (ctl->out, "entries");
  for (guint i = 0; i < shared->len; i++)
    print_shared (ctl, g_ptr_array_index (shared, i));
  benk_json_end_array (ctl->out);
  benk_json_add_int (ctl->out, "taken", dry_run ? 0 : n);
  benk_json_end_object (ctl->out);
  counts = benk_share_describe (shared);
  benk_ctl_say (ctl, "%s", counts);
  return TRUE;
}

#define PLACE "[--model MODEL] [--part any|day|evening|weekend]"

const BenkCtlCommand benk_ctl_guidance_commands[] = {
  { "guidance", "list", PLACE, run_list },
  { "guidance", "show", "CODE " PLACE " [--versions] | --alarm ID", run_show },
  { "guidance", "set", "CODE " PLACE " --step TEXT… | --version N | --none [--by NAME]",
    run_set },
  { "guidance", "decide", "CODE " PLACE " --by NAME", run_decide },
  { "guidance", "export", "FILE", run_export },
  { "guidance", "import", "FILE [--dry-run]", run_import },
  { NULL, NULL, NULL, NULL },
};
