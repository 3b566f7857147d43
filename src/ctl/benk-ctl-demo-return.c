/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-demo-private.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-returns.h"

static const char *
get_state_word (BenkDevice *device)
{
  return benk_device_describe_state (device);
}

static BenkReturnCase *
open_return (BenkCtlDemo *demo, GError **error)
{
  BenkReturns *returns = benk_session_get_returns (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_returns_open_async (returns, &demo->device, "Dignio", "Rull setter seg fast", NULL,
                           benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  return benk_returns_open_finish (returns, result, error);
}

/**
 * benk_ctl_demo_return_too_early:
 * @demo: the demo
 * @error: what did not work
 *
 * Tries a return of a device that is not reset: it must be refused.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_return_too_early (BenkCtlDemo *demo, GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (BenkReturnCase) return_case = open_return (demo, &refusal);

  if (return_case || !g_error_matches (refusal, BENK_ERROR, BENK_ERROR_REFUSED))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED,
                           _ ("A return of a device that is not reset was not refused."));
      return FALSE;
    }
  benk_ctl_demo_say (demo, "return-refused",
                     _ ("A return was refused: the device is not reset."), "%s",
                     refusal->message);
  return TRUE;
}

static BenkReturnCase *
read_return (BenkCtlDemo *demo, GError **error)
{
  BenkReturns *returns = benk_session_get_returns (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;

  benk_returns_list_async (returns, TRUE, NULL, benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  list = benk_returns_list_finish (returns, result, error);
  for (guint i = 0; list && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkReturnCase) one = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_return_case_get_id (one), &demo->return_case))
        return g_steal_pointer (&one);
    }
  if (list)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("The return case is not there."));
  return NULL;
}

/**
 * benk_ctl_demo_register_return:
 * @demo: the demo
 * @error: what did not work
 *
 * Registers a return.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_register_return (BenkCtlDemo *demo, GError **error)
{
  g_autoptr (BenkReturnCase) opened = open_return (demo, error);
  g_autoptr (BenkReturnCase) kept = NULL;

  if (!opened)
    return FALSE;
  demo->return_case = *benk_return_case_get_id (opened);
  kept = read_return (demo, error);
  if (!kept)
    return FALSE;
  benk_ctl_demo_say (demo, "return", _ ("The return was registered."), "%s, %s",
                     benk_return_case_get_vendor (kept),
                     benk_return_state_get_label (benk_return_case_get_state (kept)));
  return TRUE;
}

static gboolean
step_return (BenkCtlDemo *demo,
             BenkReturnState state,
             const BenkReturnDetails *details,
             const char *done,
             GError **error)
{
  BenkReturns *returns = benk_session_get_returns (demo->ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkReturnCase) kept = NULL;
  g_autoptr (BenkDevice) device = NULL;

  benk_returns_step_async (returns, &demo->return_case, state, details, NULL,
                           benk_ctl_on_ready, demo->ctl);
  result = benk_ctl_await (demo->ctl);
  if (!benk_returns_step_finish (returns, result, NULL, error))
    return FALSE;
  kept = read_return (demo, error);
  device = kept ? benk_ctl_demo_read_device (demo, error) : NULL;
  if (!device)
    return FALSE;
  benk_ctl_demo_say (demo, benk_return_state_to_name (state), done,
                     _ ("%s; the device is “%s”"),
                     benk_return_state_get_label (benk_return_case_get_state (kept)),
                     get_state_word (device));
  return TRUE;
}

/**
 * benk_ctl_demo_send_back:
 * @demo: the demo
 * @error: what did not work
 *
 * Goes through every step of the return.
 *
 * Returns: whether it was done and read back
 */
gboolean
benk_ctl_demo_send_back (BenkCtlDemo *demo, GError **error)
{
  BenkReturnDetails answered = { .rma_number = "RMA-2026-118" };
  BenkReturnDetails packed = { .scanned_serial = demo->serial,
                               .accessories_counted = TRUE,
                               .no_names = TRUE };
  BenkReturnDetails sent = { .tracking = "70700123456789" };
  BenkReturnDetails received = { .stated_by = "Dignio kundesenter" };
  BenkReturnDetails outcome = { .outcome = "repaired" };
  BenkReturnDetails closed = { 0 };

  return step_return (demo, BENK_RETURN_STATE_ANSWERED, &answered,
                      _ ("The vendor gave a return number."), error) &&
         step_return (demo, BENK_RETURN_STATE_PACKED, &packed,
                      _ ("The device was scanned and packed."), error) &&
         step_return (demo, BENK_RETURN_STATE_SENT, &sent, _ ("The parcel was sent."),
                      error) &&
         step_return (demo, BENK_RETURN_STATE_RECEIVED, &received,
                      _ ("The vendor confirmed that it arrived."), error) &&
         step_return (demo, BENK_RETURN_STATE_OUTCOME, &outcome,
                      _ ("The vendor told the outcome."), error) &&
         step_return (demo, BENK_RETURN_STATE_CLOSED, &closed, _ ("The case was closed."),
                      error);
}
