/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-device-many.h"

#include <glib/gi18n.h>

#include "benk-bulk.h"
#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-error.h"

/* Which devices, and what else is said about them. */
typedef struct
{
  BenkCtlWhich which;
  char *owed;
  char *ref;
  char *stated_by;
} Asked;

static void
asked_clear (Asked *asked)
{
  benk_ctl_which_clear (&asked->which);
  g_free (asked->owed);
  g_free (asked->ref);
  g_free (asked->stated_by);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Asked, asked_clear)

/** benk_ctl_which_clear: @which: what is freed, but not itself */
void
benk_ctl_which_clear (BenkCtlWhich *which)
{
  g_free (which->state);
  g_free (which->model);
  g_free (which->search);
}

/** benk_ctl_which_is_question: Returns: whether they are asked for, not named */
gboolean
benk_ctl_which_is_question (const BenkCtlWhich *which)
{
  return which->state != NULL || which->model != NULL || which->search != NULL;
}

/**
 * benk_ctl_which_check:
 * @which: what the options say
 * @n_named: how many devices are named beside them
 * @error: %BENK_ERROR_USAGE
 *
 * Returns: whether somebody said which devices, and how many where they are asked for
 */
gboolean
benk_ctl_which_check (const BenkCtlWhich *which, int n_named, GError **error)
{
  BenkDeviceState state;

  if (which->state && !benk_device_state_from_name (which->state, &state))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not a state."),
                   which->state);
      return FALSE;
    }
  if (benk_ctl_which_is_question (which) ? n_named != 0 || which->count < 0 : n_named < 1)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ (
                             "Name the devices, or ask for them with --state, --model or "
                             "--search and say with --count how many they are."));
      return FALSE;
    }
  return TRUE;
}

/* The last word is where to; those before it are devices. */
static gboolean
parse (Asked *asked, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    BENK_CTL_WHICH_ENTRIES (&asked->which),
    { "owed", 0, 0, G_OPTION_ARG_STRING, &asked->owed, NULL, NULL },
    { "ref", 0, 0, G_OPTION_ARG_STRING, &asked->ref, NULL, NULL },
    { "stated-by", 0, 0, G_OPTION_ARG_STRING, &asked->stated_by, NULL, NULL },
    { NULL },
  };

  return benk_ctl_parse (argc, argv, entries, 1, BENK_CTL_MAX_NAMED, error) &&
         benk_ctl_which_check (&asked->which, *argc - 2, error);
}

static GArray *
ask (BenkCtl *ctl, const BenkCtlWhich *which, GError **error)
{
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);
  BenkDeviceQuery query = { .model_id = which->model, .search = which->search };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) devices = NULL;
  BenkDeviceState state = BENK_DEVICE_STATE_ORDERED;

  if (which->state && benk_device_state_from_name (which->state, &state))
    query.states = 1u << state;
  benk_inventory_query_async (inventory, &query, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  devices = benk_inventory_query_finish (inventory, result, error);
  if (!devices)
    return NULL;
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    g_array_append_vals (ids, benk_inventory_result_get_id (devices, i), 1);
  if (ids->len == (guint) which->count)
    return g_steal_pointer (&ids);

  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               _ ("These are %u devices, not %d. Nothing was changed."), ids->len,
               which->count);
  return NULL;
}

/**
 * benk_ctl_which_gather:
 * @ctl: the command
 * @which: what the options say
 * @n_named: how many devices are named
 * @named: (array length=n_named): their numbers
 * @error: return location for an error
 *
 * Opens the store and looks for the devices.
 *
 * Returns: (transfer full) (element-type BenkId): them, or %NULL with
 *   %BENK_ERROR_REFUSED where there are not as many as was said, or another error
 */
GArray *
benk_ctl_which_gather (
  BenkCtl *ctl, const BenkCtlWhich *which, int n_named, char **named, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return NULL;
  if (benk_ctl_which_is_question (which))
    return ask (ctl, which, error);
  for (int i = 0; i < n_named; i++)
    {
      g_autoptr (BenkDevice) device = benk_ctl_find_device (ctl, named[i], error);

      if (!device)
        return NULL;
      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }
  return g_steal_pointer (&ids);
}

static const BenkId *
get_ids (GArray *ids)
{
  return (const BenkId *) (gpointer) ids->data;
}

static void
print_refused (BenkCtl *ctl, BenkBulk *bulk)
{
  GListModel *refused = benk_bulk_get_refused (bulk);

  benk_json_begin_array (ctl->out, "refused");
  for (guint i = 0; i < g_list_model_get_n_items (refused); i++)
    {
      g_autoptr (BenkBulkRefusal) one = g_list_model_get_item (refused, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_id (ctl->out, "id", benk_bulk_refusal_get_device (one));
      benk_json_add_string (ctl->out, "label", benk_bulk_refusal_get_label (one));
      benk_json_add_string (ctl->out, "reason", benk_bulk_refusal_get_reason (one));
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, "%s: %s", benk_bulk_refusal_get_label (one),
                    benk_bulk_refusal_get_reason (one));
    }
  benk_json_end_array (ctl->out);
}

/* All or none, unless only those that can were asked for. */
static gboolean
check_refused (BenkBulk *bulk, gboolean able, GError **error)
{
  GListModel *refused = benk_bulk_get_refused (bulk);
  guint n = g_list_model_get_n_items (refused);
  g_autoptr (BenkBulkRefusal) first = NULL;

  if (n == 0 || able)
    return TRUE;
  first = g_list_model_get_item (refused, 0);
  g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
               ngettext ("%u device cannot, so nothing was changed. %s: %s",
                         "%u devices cannot, so nothing was changed. %s: %s", n),
               n, benk_bulk_refusal_get_label (first),
               benk_bulk_refusal_get_reason (first));
  return FALSE;
}

/**
 * benk_ctl_bulk_run:
 * @ctl: the command
 * @bulk: what is to be done with many devices
 * @able: do it with those that can, where some cannot
 * @owed_reason: (nullable): why what is owed is put off
 * @error: a refusal, or another error
 *
 * Looks at all of them, changes them, and prints what was done.
 *
 * Returns: whether it was done
 */
gboolean
benk_ctl_bulk_run (
  BenkCtl *ctl, BenkBulk *bulk, gboolean able, const char *owed_reason, GError **error)
{
  g_autoptr (GAsyncResult) looked = NULL;
  gint64 seq = 0;
  guint n;

  benk_bulk_preview_async (bulk, NULL, benk_ctl_on_ready, ctl);
  looked = benk_ctl_await (ctl);
  if (!benk_bulk_preview_finish (bulk, looked, error) ||
      !check_refused (bulk, able, error))
    return FALSE;
  n = benk_bulk_count_ready (bulk);
  if (n > 0)
    {
      g_autoptr (GAsyncResult) applied = NULL;

      benk_bulk_apply_async (bulk, owed_reason, NULL, benk_ctl_on_ready, ctl);
      applied = benk_ctl_await (ctl);
      if (!benk_bulk_apply_finish (bulk, applied, &seq, error))
        return FALSE;
    }
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_int (ctl->out, "changed", n);
  benk_json_add_int (ctl->out, "same", benk_bulk_count_same (bulk));
  benk_json_add_int (ctl->out, "seq", seq);
  print_refused (ctl, bulk);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, ngettext ("%u device changed.", "%u devices changed.", n), n);
  return TRUE;
}

gboolean
benk_ctl_device_move (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Asked) asked = { BENK_CTL_WHICH_INIT };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkBulk) bulk = NULL;

  if (!parse (&asked, &argc, &argv, error))
    return FALSE;
  ids = benk_ctl_which_gather (ctl, &asked.which, argc - 2, argv + 1, error);
  if (!ids)
    return FALSE;
  if (ids->len == 1 && !benk_ctl_which_is_question (&asked.which))
    {
      benk_inventory_move_async (benk_session_get_inventory (ctl->session), get_ids (ids),
                                 1, argv[2], NULL, benk_ctl_on_ready, ctl);
      return benk_ctl_device_finish (ctl, get_ids (ids), error);
    }
  bulk = benk_bulk_new_move (benk_session_get_inventory (ctl->session), get_ids (ids),
                             ids->len, argv[argc - 1]);
  return benk_ctl_bulk_run (ctl, bulk, asked.which.able, asked.owed, error);
}

gboolean
benk_ctl_device_attest (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Asked) asked = { BENK_CTL_WHICH_INIT };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkBulk) bulk = NULL;
  BenkInventory *inventory;
  BenkFactKind kind;

  if (!parse (&asked, &argc, &argv, error))
    return FALSE;
  if (!benk_fact_kind_from_name (argv[argc - 1], &kind))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not a fact that can be attested."), argv[argc - 1]);
      return FALSE;
    }
  ids = benk_ctl_which_gather (ctl, &asked.which, argc - 2, argv + 1, error);
  if (!ids)
    return FALSE;
  inventory = benk_session_get_inventory (ctl->session);
  if (ids->len == 1 && !benk_ctl_which_is_question (&asked.which))
    {
      benk_inventory_attest_async (inventory, get_ids (ids), kind, asked.ref,
                                   asked.stated_by, NULL, benk_ctl_on_ready, ctl);
      return benk_ctl_device_finish (ctl, get_ids (ids), error);
    }
  bulk = benk_bulk_new_attest (inventory, get_ids (ids), ids->len, kind, asked.ref,
                               asked.stated_by);
  return benk_ctl_bulk_run (ctl, bulk, asked.which.able, asked.owed, error);
}

gboolean
benk_ctl_device_set_state (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Asked) asked = { BENK_CTL_WHICH_INIT };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkBulk) bulk = NULL;
  BenkInventory *inventory;
  BenkDeviceState state;

  if (!parse (&asked, &argc, &argv, error))
    return FALSE;
  if (!benk_device_state_from_name (argv[argc - 1], &state))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not a state."),
                   argv[argc - 1]);
      return FALSE;
    }
  ids = benk_ctl_which_gather (ctl, &asked.which, argc - 2, argv + 1, error);
  if (!ids)
    return FALSE;
  inventory = benk_session_get_inventory (ctl->session);
  if (ids->len == 1 && !benk_ctl_which_is_question (&asked.which))
    {
      benk_inventory_set_state_async (inventory, get_ids (ids), state, asked.owed, NULL,
                                      benk_ctl_on_ready, ctl);
      return benk_ctl_device_finish (ctl, get_ids (ids), error);
    }
  bulk = benk_bulk_new_set_state (inventory, get_ids (ids), ids->len, state);
  return benk_ctl_bulk_run (ctl, bulk, asked.which.able, asked.owed, error);
}
