/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-swap.h"

#include <glib/gi18n.h>

#include "benk-ctl-plan.h"
#include "benk-ctl-usb-private.h"
#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-swap.h"

/* What stands behind "device swap". */
typedef struct
{
  char *plan;
  char *medicine_by;
  char *without;
  char *ticked;
  gboolean cable;
  gboolean checklist;
  gboolean dry_run;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->plan);
  g_free (self->medicine_by);
  g_free (self->without);
  g_free (self->ticked);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static BenkSwap *
open_swap (BenkCtl *ctl, const char *old, const char *wanted, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDevice) out = benk_ctl_find_device (ctl, old, error);
  g_autoptr (BenkDevice) in = NULL;

  if (!out)
    return NULL;
  if (wanted)
    in = benk_ctl_find_device (ctl, wanted, error);
  if (wanted && !in)
    return NULL;
  benk_swap_open_async (ctl->session, benk_device_get_id (out),
                        in ? benk_device_get_id (in) : NULL, NULL, benk_ctl_on_ready,
                        ctl);
  result = benk_ctl_await (ctl);
  return benk_swap_open_finish (result, error);
}

static gboolean
leave_out (BenkSwap *swap, const char *without, GError **error)
{
  g_auto (GStrv) names = g_strsplit (without ? without : "", ",", -1);

  for (guint i = 0; names[i] && *names[i]; i++)
    {
      gboolean found = FALSE;

      for (guint k = 0; k < BENK_N_SWAP_PARTS; k++)
        {
          BenkSwapLine *line = benk_swap_get_line (swap, (BenkSwapPart) k);

          if (!g_str_equal (benk_swap_line_get_name (line), names[i]))
            continue;
          benk_swap_line_set_ticked (line, FALSE);
          found = TRUE;
        }
      if (!found)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                       _ ("“%s” is not a line of a swap."), names[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
tick_step (BenkCtl *ctl, BenkChecklist *list, const char *step, GError **error)
{
  BenkChecklistTick tick = { .step = (char *) step, .done = TRUE };
  g_autoptr (GAsyncResult) result = NULL;

  benk_checklist_tick_async (list, NULL, &tick, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_checklist_change_finish (list, result, NULL, error);
}

static gboolean
tick_steps (BenkCtl *ctl, BenkSwap *swap, const char *ticked, GError **error)
{
  g_auto (GStrv) wanted = g_strsplit (ticked, ",", -1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkChecklist) list = NULL;
  const GPtrArray *steps;

  benk_swap_open_checklist_async (swap, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  list = benk_swap_open_checklist_finish (swap, result, error);
  if (!list)
    return FALSE;
  steps = benk_checklist_get_work (list)->form->steps;
  for (guint i = 0; i < steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (steps, i);

      if (g_str_equal (ticked, "all") ||
          g_strv_contains ((const char *const *) wanted, step->id))
        g_ptr_array_add (ids, g_strdup (step->id));
    }
  for (guint i = 0; i < ids->len; i++)
    if (!tick_step (ctl, list, g_ptr_array_index (ids, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
prepare (BenkCtl *ctl, BenkSwap *swap, const Options *options, GError **error)
{
  benk_swap_set_medicine_by (swap, options->medicine_by);
  if (options->cable || options->checklist)
    benk_swap_set_by_checklist (swap, options->checklist);
  if (options->plan)
    {
      g_autoptr (BenkPlan) plan = benk_ctl_read_plan (ctl, options->plan, error);

      if (!plan)
        return FALSE;
      benk_swap_set_plan (swap, plan);
    }
  return leave_out (swap, options->without, error) &&
         (!options->checklist || !options->ticked || !benk_swap_get_chosen (swap) ||
          tick_steps (ctl, swap, options->ticked, error));
}

static void
print_choices (BenkCtl *ctl, BenkSwap *swap)
{
  GListModel *choices = benk_swap_get_choices (swap);

  benk_json_begin_array (ctl->out, "choices");
  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (BenkSwapChoice) choice = g_list_model_get_item (choices, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "serial",
                            benk_device_get_serial (
                              benk_swap_choice_get_device (choice)));
      benk_json_add_string (ctl->out, "label", benk_swap_choice_get_label (choice));
      benk_json_add_bool (ctl->out, "possible", benk_swap_choice_is_possible (choice));
      benk_json_add_string (ctl->out, "difference",
                            benk_swap_choice_get_difference (choice));
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
}

static void
print_lines (BenkCtl *ctl, BenkSwap *swap)
{
  benk_json_begin_array (ctl->out, "lines");
  for (guint i = 0; i < BENK_N_SWAP_PARTS; i++)
    {
      BenkSwapLine *line = benk_swap_get_line (swap, (BenkSwapPart) i);
      const char *detail = benk_swap_line_get_detail (line);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "line", benk_swap_line_get_name (line));
      benk_json_add_string (ctl->out, "label", benk_swap_line_get_label (line));
      benk_json_add_bool (ctl->out, "ticked", benk_swap_line_is_ticked (line));
      benk_json_add_string (ctl->out, "state", benk_swap_line_get_state_name (line));
      benk_json_add_string (ctl->out, "detail", detail);
      benk_json_end_object (ctl->out);
      if (benk_swap_line_is_ticked (line))
        benk_ctl_say (ctl, "  %-10s %s%s%s", benk_swap_line_get_state_name (line),
                      benk_swap_line_get_label (line), detail ? ": " : "",
                      detail ? detail : "");
    }
  benk_json_end_array (ctl->out);
}

static void
print_swap (BenkCtl *ctl, BenkSwap *swap)
{
  BenkSwapChoice *chosen = benk_swap_get_chosen (swap);
  g_autofree char *text = benk_swap_dup_record_text (swap);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "old",
                        benk_device_get_serial (benk_swap_get_old (swap)));
  benk_json_add_string (ctl->out, "new",
                        chosen
                          ? benk_device_get_serial (benk_swap_choice_get_device (chosen))
                          : NULL);
  benk_json_add_string (ctl->out, "way",
                        benk_swap_get_by_checklist (swap) ? "checklist" : "cable");
  benk_json_add_bool (ctl->out, "begun", benk_swap_is_begun (swap));
  benk_json_add_bool (ctl->out, "finished", benk_swap_is_finished (swap));
  print_lines (ctl, swap);
  print_choices (ctl, swap);
  benk_json_add_string (ctl->out, "record_text", text);
  benk_json_end_object (ctl->out);
  if (text)
    benk_ctl_say (ctl, "%s", text);
}

static gboolean
run_swap (BenkCtl *ctl, BenkSwap *swap, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_swap_run_async (swap, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_swap_run_finish (swap, result, error);
}

/* Printing it is copying it. */
static gboolean
mark_copied (BenkCtl *ctl, BenkSwap *swap, GError **error)
{
  g_autofree char *text = benk_swap_dup_record_text (swap);
  g_autoptr (GAsyncResult) result = NULL;

  if (!text || !benk_swap_line_is_ticked (benk_swap_get_line (swap, BENK_SWAP_RECORD)))
    return TRUE;
  benk_swap_mark_copied_async (swap, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_swap_mark_copied_finish (swap, result, error);
}

static gboolean
finish (BenkCtl *ctl, BenkSwap *swap, gboolean dry_run, GError **error)
{
  if (!dry_run && (!run_swap (ctl, swap, error) || !mark_copied (ctl, swap, error)))
    return FALSE;
  print_swap (ctl, swap);
  if (dry_run || benk_swap_is_finished (swap))
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED,
                       _ ("The swap is not finished. The same command goes on with what "
                          "is left."));
  return FALSE;
}

/** benk_ctl_swap_run: "device swap" */
gboolean
benk_ctl_swap_run (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "plan", 0, 0, G_OPTION_ARG_FILENAME, &options.plan, NULL, NULL },
    { "medicine-by", 0, 0, G_OPTION_ARG_STRING, &options.medicine_by, NULL, NULL },
    { "without", 0, 0, G_OPTION_ARG_STRING, &options.without, NULL, NULL },
    { "ticked", 0, 0, G_OPTION_ARG_STRING, &options.ticked, NULL, NULL },
    { "cable", 0, 0, G_OPTION_ARG_NONE, &options.cable, NULL, NULL },
    { "checklist", 0, 0, G_OPTION_ARG_NONE, &options.checklist, NULL, NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, NULL, NULL },
    { NULL },
  };
  g_autoptr (BenkSwap) swap = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, 2, error))
    return FALSE;
  if ((options.cable && options.checklist) || (options.ticked && !options.checklist))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("Say --cable, or --checklist with --ticked."));
      return FALSE;
    }
  if (options.checklist || options.dry_run
        ? !benk_ctl_open (ctl, BENK_SESSION_NONE, error)
        : !benk_ctl_usb_open_bench (ctl, error))
    return FALSE;
  swap = open_swap (ctl, argv[1], argc > 2 ? argv[2] : NULL, error);
  return swap && prepare (ctl, swap, &options, error) &&
         finish (ctl, swap, options.dry_run, error);
}
