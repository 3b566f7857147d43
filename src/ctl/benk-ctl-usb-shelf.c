/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-usb-private.h"

#include <glib/gi18n.h>

#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-document.h"
#include "benk-error.h"
#include "benk-shelf-reset.h"

/* The list is what the person has named; --count is the one confirmation of it. */
static gboolean
fill_list (BenkCtl *ctl,
           BenkShelfReset *shelf,
           const BenkCtlShelf *wanted,
           GError **error)
{
  GListModel *items = benk_shelf_reset_get_items (shelf);

  if (wanted->all)
    benk_shelf_reset_add_plugged (shelf);
  for (guint i = 0; wanted->serials && wanted->serials[i]; i++)
    {
      g_autoptr (BenkDevice) card = benk_ctl_find_device (ctl, wanted->serials[i], error);

      if (!card || !benk_shelf_reset_add (shelf, card, error))
        return FALSE;
    }
  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkShelfItem) item = g_list_model_get_item (items, i);

      benk_shelf_reset_tick (shelf, item, TRUE);
    }
  return TRUE;
}

/* Nobody stands at the terminal to plug the next one in. */
static void
await_shelf (BenkShelfReset *shelf)
{
  GListModel *items = benk_shelf_reset_get_items (shelf);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkShelfItem) item = g_list_model_get_item (items, i);

      benk_shelf_reset_leave_out (shelf, item);
    }
  while (benk_shelf_reset_is_running (shelf))
    g_main_context_iteration (NULL, TRUE);
}

static void
print_item (BenkCtl *ctl, BenkShelfItem *item)
{
  BenkBenchJob *job = benk_shelf_item_get_job (item);
  BenkRunOutcome outcome =
    job ? benk_bench_job_get_outcome (job) : BENK_RUN_OUTCOME_UNTOUCHED;
  gboolean claims =
    outcome != BENK_RUN_OUTCOME_VERIFIED || benk_shelf_item_is_proven (item);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "serial", benk_shelf_item_get_serial (item));
  benk_json_add_id (ctl->out, "device_id",
                    benk_device_get_id (benk_shelf_item_get_card (item)));
  if (job)
    benk_json_add_id (ctl->out, "run_id", benk_bench_job_get_run_id (job));
  else
    benk_json_add_string (ctl->out, "run_id", NULL);
  benk_json_add_string (ctl->out, "outcome",
                        claims ? benk_run_outcome_to_name (outcome) : NULL);
  benk_json_add_bool (ctl->out, "proven", benk_shelf_item_is_proven (item));
  benk_json_add_string (ctl->out, "sentence", benk_shelf_item_get_sentence (item));
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-14s %s", benk_shelf_item_get_serial (item),
                benk_shelf_item_get_sentence (item) ? benk_shelf_item_get_sentence (item)
                                                    : "");
}

static gboolean
write_pdf (BenkCtl *ctl, GArray *proven, const char *path, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDocument) document = NULL;

  if (!path || proven->len == 0)
    return TRUE;
  file = g_file_new_for_commandline_arg (path);
  benk_document_write_resets_async (ctl->session, (const BenkId *) (void *) proven->data,
                                    proven->len, file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  document = benk_document_write_finish (ctl->session, result, error);
  return document != NULL;
}

static void
print_shelf (BenkCtl *ctl, BenkShelfReset *shelf, GArray *proven, const char *path)
{
  GListModel *items = benk_shelf_reset_get_items (shelf);
  g_autofree char *summary = benk_shelf_reset_dup_summary (shelf);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "summary", summary);
  benk_json_add_int (ctl->out, "proven", proven->len);
  benk_json_add_string (ctl->out, "pdf", proven->len > 0 ? path : NULL);
  benk_ctl_print_list (ctl, "devices", items, (BenkCtlPrint) print_item);
  benk_json_end_object (ctl->out);
}

/**
 * benk_ctl_usb_reset_shelf:
 * @ctl: the command, with the bench open
 * @wanted: which devices, how many the person says they are, and where the PDF goes
 * @error: why not every one is proven
 *
 * Resets several devices side by side.
 *
 * Returns: whether every one is proven
 */
gboolean
benk_ctl_usb_reset_shelf (BenkCtl *ctl, const BenkCtlShelf *wanted, GError **error)
{
  g_autoptr (BenkShelfReset) shelf = benk_shelf_reset_new (ctl->session);
  g_autoptr (GArray) proven = NULL;
  g_autofree char *summary = NULL;

  if (!fill_list (ctl, shelf, wanted, error) ||
      !benk_shelf_reset_start (shelf, (guint) MAX (wanted->count, 0), error))
    return FALSE;
  await_shelf (shelf);
  proven = benk_shelf_reset_list_proven (shelf);
  summary = benk_shelf_reset_dup_summary (shelf);
  print_shelf (ctl, shelf, proven, wanted->pdf);
  if (!write_pdf (ctl, proven, wanted->pdf, error))
    return FALSE;
  if (proven->len == benk_shelf_reset_get_n_ticked (shelf))
    {
      benk_ctl_say (ctl, "%s", summary);
      return TRUE;
    }
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_FAILED, summary);
  return FALSE;
}
