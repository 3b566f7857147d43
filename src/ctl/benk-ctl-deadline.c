/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-ctl-deadline.h"

#include <glib/gi18n.h>

#include "benk-alarms-deadlines.h"
#include "benk-error.h"
#include "benk-models.h"

static void
print_decision (BenkCtl *ctl, const BenkDeadlineDecision *decision)
{
  benk_json_add_int (ctl->out, "number", decision->number);
  benk_json_add_string (ctl->out, "decided_by", decision->decided_by);
  benk_json_add_string (ctl->out, "role", decision->role);
  benk_json_add_string (ctl->out, "decided_on", decision->decided_on);
  benk_json_add_instant (ctl->out, "recorded", decision->recorded_ms);
  benk_json_add_string (ctl->out, "recorded_by", decision->recorded_by);
}

static void
print_deadline (BenkCtl *ctl, const BenkDeadline *deadline)
{
  const BenkAlarmCode *code = benk_alarm_code_resolve (deadline->code);
  const BenkAllowance *allowance = &deadline->allowance;
  gboolean proposed = benk_deadline_is_proposed (deadline);
  g_autofree char *take = benk_allowance_describe_take (allowance);
  g_autofree char *resolve = benk_allowance_describe_resolve (allowance);
  g_autofree char *decided =
    proposed ? g_strdup (_ ("Proposed by the program, not decided by the district"))
             : benk_deadline_decision_describe (&deadline->decision);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "code", deadline->code);
  benk_json_add_string (ctl->out, "label", benk_alarm_code_get_label (code));
  benk_json_add_string (ctl->out, "model", deadline->model_id);
  benk_json_add_int (ctl->out, "take_min", allowance->take_min);
  benk_json_add_string (ctl->out, "resolve",
                        benk_deadline_kind_to_name (allowance->resolve_kind));
  benk_json_add_int (ctl->out, "resolve_amount",
                     benk_deadline_kind_has_amount (allowance->resolve_kind)
                       ? allowance->resolve_amount
                       : 0);
  benk_json_add_bool (ctl->out, "proposed", proposed);
  print_decision (ctl, &deadline->decision);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-5s %-20s %-14s %-14s %-22s %s", deadline->code,
                benk_alarm_code_get_label (code),
                deadline->model_id ? deadline->model_id : _ ("all makes"), take, resolve,
                decided);
}

static void
print_all (BenkCtl *ctl, const GPtrArray *deadlines)
{
  benk_json_begin_array (ctl->out, NULL);
  for (guint i = 0; i < deadlines->len; i++)
    print_deadline (ctl, g_ptr_array_index (deadlines, i));
  benk_json_end_array (ctl->out);
}

static GPtrArray *
load (BenkCtl *ctl, const char *model, GPtrArray **versions, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_load_deadlines_async (alarms, model, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_load_deadlines_finish (alarms, result, versions, error);
}

static gboolean
check_model (BenkCtl *ctl, const char *model, GError **error)
{
  if (!model || benk_models_find (benk_session_get_models (ctl->session), model))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, _ ("There is no model “%s”."),
               model);
  return FALSE;
}

static gboolean
run_list (BenkCtl *ctl, const char *model, gboolean with_versions, GError **error)
{
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  if (!check_model (ctl, model, error))
    return FALSE;
  current = load (ctl, model, &versions, error);
  if (!current)
    return FALSE;
  print_all (ctl, with_versions ? versions : current);
  return TRUE;
}

/* "none", "next-dose", "shift-end", "90" minutes or "2-workdays". */
static gboolean
parse_resolve (const char *text, BenkAllowance *allowance, GError **error)
{
  guint64 number = 0;
  char *end = NULL;

  if (benk_deadline_kind_from_name (text, &allowance->resolve_kind) &&
      !benk_deadline_kind_has_amount (allowance->resolve_kind))
    return TRUE;
  if (g_ascii_isdigit (*text))
    number = g_ascii_strtoull (text, &end, 10);
  allowance->resolve_amount = (guint) MIN (number, G_MAXUINT16);
  if (end && *end == '\0')
    allowance->resolve_kind = BENK_DEADLINE_MINUTES;
  else if (end && g_str_equal (end, "-workdays"))
    allowance->resolve_kind = BENK_DEADLINE_WORKDAYS;
  else
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not a number of minutes, none, next-dose, shift-end or "
                      "N-workdays."),
                   text);
      return FALSE;
    }
  return TRUE;
}

static gboolean
parse_take (const char *text, BenkAllowance *allowance, GError **error)
{
  guint64 number;

  if (g_str_equal (text, "none"))
    {
      allowance->take_min = 0;
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &number, error))
    return FALSE;
  allowance->take_min = (guint) number;
  return TRUE;
}

/* What counts now for a code, with what was said instead; every code without one. */
static gboolean
pick (GPtrArray *current,
      const char *code,
      const char *model,
      const char *take,
      const char *resolve,
      GPtrArray *picked,
      GError **error)
{
  for (guint i = 0; i < current->len; i++)
    {
      const BenkDeadline *deadline = g_ptr_array_index (current, i);
      BenkDeadline *mine;

      if (code && !g_str_equal (deadline->code, code))
        continue;
      mine = benk_deadline_new (deadline->code, model);
      mine->allowance = deadline->allowance;
      g_ptr_array_add (picked, mine);
      if ((take && !parse_take (take, &mine->allowance, error)) ||
          (resolve && !parse_resolve (resolve, &mine->allowance, error)))
        return FALSE;
    }
  if (picked->len > 0)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("“%s” is not an alarm code or a part of its name."), code);
  return FALSE;
}

static gboolean
decide (BenkCtl *ctl,
        const BenkDeadlineDecision *decision,
        GPtrArray *deadlines,
        GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_decide_deadlines_async (alarms, decision, deadlines, NULL,
                                      benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_decide_deadlines_finish (alarms, result, NULL, error);
}

typedef struct
{
  char *model;
  char *take;
  char *resolve;
  char *by;
  char *role;
  char *on;
  gboolean all;
  gboolean versions;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->model);
  g_free (options->take);
  g_free (options->resolve);
  g_free (options->by);
  g_free (options->role);
  g_free (options->on);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
run_decide (BenkCtl *ctl, const char *code, const Options *options, GError **error)
{
  BenkDeadlineDecision decision = { .decided_by = options->by,
                                    .role = options->role,
                                    .decided_on = options->on };
  g_autoptr (GPtrArray) picked =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_deadline_free);
  g_autoptr (GPtrArray) current = NULL;
  g_autoptr (GPtrArray) decided = NULL;

  if (!check_model (ctl, options->model, error))
    return FALSE;
  current = load (ctl, options->model, NULL, error);
  if (!current ||
      !pick (current, code, options->model, options->take, options->resolve, picked,
             error) ||
      !decide (ctl, &decision, picked, error))
    return FALSE;
  decided = load (ctl, options->model, NULL, error);
  if (!decided)
    return FALSE;
  for (guint i = decided->len; code && i > 0; i--)
    {
      const BenkDeadline *deadline = g_ptr_array_index (decided, i - 1);

      if (!g_str_equal (deadline->code, code))
        g_ptr_array_remove_index (decided, i - 1);
    }
  print_all (ctl, decided);
  return TRUE;
}

static gboolean
usage (GError **error)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                       _ ("“list”, or “decide” with a code or --all, and --by, --role "
                          "and --on, is needed."));
  return FALSE;
}

gboolean
benk_ctl_deadlines (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Options) o = { 0 };
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_STRING, &o.model, NULL, NULL },
    { "take", 0, 0, G_OPTION_ARG_STRING, &o.take, NULL, NULL },
    { "resolve", 0, 0, G_OPTION_ARG_STRING, &o.resolve, NULL, NULL },
    { "by", 0, 0, G_OPTION_ARG_STRING, &o.by, NULL, NULL },
    { "role", 0, 0, G_OPTION_ARG_STRING, &o.role, NULL, NULL },
    { "on", 0, 0, G_OPTION_ARG_STRING, &o.on, NULL, NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &o.all, NULL, NULL },
    { "versions", 0, 0, G_OPTION_ARG_NONE, &o.versions, NULL, NULL },
    { NULL },
  };
  const char *code;
  gboolean decides;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 2, error))
    return FALSE;
  decides = argc > 1 && g_str_equal (argv[1], "decide");
  code = argc > 2 ? argv[2] : NULL;
  if (argc > 1 && !decides && (code || !g_str_equal (argv[1], "list")))
    return usage (error);
  if (decides && (o.all == (code != NULL) || !o.by || !o.role || !o.on || o.versions ||
                  (o.all && (o.take || o.resolve))))
    return usage (error);
  if (!decides && (o.take || o.resolve || o.by || o.role || o.on || o.all))
    return usage (error);
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  return decides ? run_decide (ctl, code, &o, error)
                 : run_list (ctl, o.model, o.versions, error);
}
