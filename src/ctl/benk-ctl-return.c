/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-print.h"

#include <glib/gi18n.h>

#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-returns.h"

static gboolean
run_open (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *serial = NULL;
  g_autofree char *vendor = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_STRING, &serial, NULL, NULL },
    { "vendor", 0, 0, G_OPTION_ARG_STRING, &vendor, NULL, NULL },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDevice) device = NULL;
  g_autoptr (BenkReturnCase) return_case = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!serial || !vendor || !reason)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--device, --vendor and --reason are needed."));
      return FALSE;
    }
  device = benk_ctl_open_device (ctl, serial, error);
  if (!device)
    return FALSE;
  benk_returns_open_async (benk_session_get_returns (ctl->session),
                           benk_device_get_id (device), vendor, reason, NULL,
                           benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return_case =
    benk_returns_open_finish (benk_session_get_returns (ctl->session), result, error);
  if (!return_case)
    return FALSE;
  benk_ctl_print_return (ctl, return_case);
  return TRUE;
}

static GListModel *
load_list (BenkCtl *ctl, gboolean all, GError **error)
{
  BenkReturns *returns = benk_session_get_returns (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_returns_list_async (returns, all, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_returns_list_finish (returns, result, error);
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  return benk_ctl_run_list (ctl, argc, argv, load_list,
                            (BenkCtlPrint) benk_ctl_print_return, error);
}

static gboolean
print_one (BenkCtl *ctl, const BenkId *id, GError **error)
{
  g_autoptr (GListModel) list = load_list (ctl, TRUE, error);

  if (!list)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkReturnCase) one = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_return_case_get_id (one), id))
        benk_ctl_print_return (ctl, one);
    }
  return TRUE;
}

static gboolean
run_step (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *rma = NULL;
  g_autofree char *scanned = NULL;
  g_autofree char *tracking = NULL;
  g_autofree char *outcome = NULL;
  g_autofree char *stated_by = NULL;
  g_autofree char *replacement = NULL;
  gboolean no_rma = FALSE;
  gboolean counted = FALSE;
  gboolean no_names = FALSE;
  const GOptionEntry entries[] = {
    { "rma", 0, 0, G_OPTION_ARG_STRING, &rma, NULL, NULL },
    { "no-rma", 0, 0, G_OPTION_ARG_NONE, &no_rma, NULL, NULL },
    { "scanned", 0, 0, G_OPTION_ARG_STRING, &scanned, NULL, NULL },
    { "accessories-counted", 0, 0, G_OPTION_ARG_NONE, &counted, NULL, NULL },
    { "no-names", 0, 0, G_OPTION_ARG_NONE, &no_names, NULL, NULL },
    { "replacement", 0, 0, G_OPTION_ARG_STRING, &replacement, NULL, NULL },
    { "tracking", 0, 0, G_OPTION_ARG_STRING, &tracking, NULL, NULL },
    { "outcome", 0, 0, G_OPTION_ARG_STRING, &outcome, NULL, NULL },
    { "stated-by", 0, 0, G_OPTION_ARG_STRING, &stated_by, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  BenkReturnDetails details;
  BenkReturnState state;
  BenkReturns *returns;
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, entries, 2, 2, error))
    return FALSE;
  if (!benk_id_parse (argv[1], &id) || !benk_return_state_from_name (argv[2], &state))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not an id, or “%s” is not a step of a return."), argv[1],
                   argv[2]);
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  details = (BenkReturnDetails){
    .rma_number = rma,
    .no_rma = no_rma,
    .scanned_serial = scanned,
    .tracking = tracking,
    .outcome = outcome,
    .stated_by = stated_by,
    .accessories_counted = counted,
    .no_names = no_names,
    .replacement_serial = replacement,
  };
  returns = benk_session_get_returns (ctl->session);
  benk_returns_step_async (returns, &id, state, &details, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_returns_step_finish (returns, result, NULL, error) &&
         print_one (ctl, &id, error);
}

const BenkCtlCommand benk_ctl_return_commands[] = {
  { "return", "open", "--device SERIAL --vendor NAME --reason TEXT", run_open },
  { "return", "list", "[--all]", run_list },
  { "return", "step",
    "ID answered|packed|sent|received|outcome|closed|cancelled "
    "[--rma N | --no-rma] [--scanned SERIAL --accessories-counted --no-names] "
    "[--tracking N] [--outcome NAME] [--replacement SERIAL] [--stated-by NAME]",
    run_step },
  { NULL, NULL, NULL, NULL },
};
