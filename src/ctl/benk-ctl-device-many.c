/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-device-many.h"

#include <glib/gi18n.h>

#include "benk-bulk.h"
#include "benk-ctl-print.h"
#include "benk-ctl-work.h"
#include "benk-error.h"

#define MAX_NAMED 10000

/* Which devices, and how sure one is. */
typedef struct
{
  char *state;
  char *model;
  char *search;
  char *owed;
  char *ref;
  char *stated_by;
  int count;
  gboolean able;
} Which;

static void
which_clear (Which *which)
{
  g_free (which->state);
  g_free (which->model);
  g_free (which->search);
  g_free (which->owed);
  g_free (which->ref);
  g_free (which->stated_by);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Which, which_clear)

static gboolean
is_question (const Which *which)
{
  return which->state != NULL || which->model != NULL || which->search != NULL;
}

/* The last word is where to; those before it are devices. */
static gboolean
parse (Which *which, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_STRING, &which->state, NULL, NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING, &which->model, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &which->search, NULL, NULL },
    { "count", 0, 0, G_OPTION_ARG_INT, &which->count, NULL, NULL },
    { "able", 0, 0, G_OPTION_ARG_NONE, &which->able, NULL, NULL },
    { "owed", 0, 0, G_OPTION_ARG_STRING, &which->owed, NULL, NULL },
    { "ref", 0, 0, G_OPTION_ARG_STRING, &which->ref, NULL, NULL },
    { "stated-by", 0, 0, G_OPTION_ARG_STRING, &which->stated_by, NULL, NULL },
    { NULL },
  };
  BenkDeviceState state;

  which->count = -1;
  if (!benk_ctl_parse (argc, argv, entries, 1, MAX_NAMED, error))
    return FALSE;
  if (which->state && !benk_device_state_from_name (which->state, &state))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not a state."),
                   which->state);
      return FALSE;
    }
  if (is_question (which) ? *argc != 2 || which->count < 0 : *argc < 3)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ (
                             "Name the devices, or ask for them with --state, --model or "
                             "--search and say with --count how many they are."));
      return FALSE;
    }
  return TRUE;
}

static GArray *
ask (BenkCtl *ctl, const Which *which, GError **error)
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

static GArray *
gather (BenkCtl *ctl, const Which *which, int argc, char **argv, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return NULL;
  if (is_question (which))
    return ask (ctl, which, error);
  for (int i = 1; i < argc - 1; i++)
    {
      g_autoptr (BenkDevice) device = benk_ctl_find_device (ctl, argv[i], error);

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
  g_auto (Which) which = { 0 };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkBulk) bulk = NULL;

  if (!parse (&which, &argc, &argv, error))
    return FALSE;
  ids = gather (ctl, &which, argc, argv, error);
  if (!ids)
    return FALSE;
  if (ids->len == 1 && !is_question (&which))
    {
      benk_inventory_move_async (benk_session_get_inventory (ctl->session), get_ids (ids),
                                 1, argv[2], NULL, benk_ctl_on_ready, ctl);
      return benk_ctl_device_finish (ctl, get_ids (ids), error);
    }
  bulk = benk_bulk_new_move (benk_session_get_inventory (ctl->session), get_ids (ids),
                             ids->len, argv[argc - 1]);
  return benk_ctl_bulk_run (ctl, bulk, which.able, which.owed, error);
}

gboolean
benk_ctl_device_attest (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Which) which = { 0 };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkBulk) bulk = NULL;
  BenkInventory *inventory;
  BenkFactKind kind;

  if (!parse (&which, &argc, &argv, error))
    return FALSE;
  if (!benk_fact_kind_from_name (argv[argc - 1], &kind))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not a fact that can be attested."), argv[argc - 1]);
      return FALSE;
    }
  ids = gather (ctl, &which, argc, argv, error);
  if (!ids)
    return FALSE;
  inventory = benk_session_get_inventory (ctl->session);
  if (ids->len == 1 && !is_question (&which))
    {
      benk_inventory_attest_async (inventory, get_ids (ids), kind, which.ref,
                                   which.stated_by, NULL, benk_ctl_on_ready, ctl);
      return benk_ctl_device_finish (ctl, get_ids (ids), error);
    }
  bulk = benk_bulk_new_attest (inventory, get_ids (ids), ids->len, kind, which.ref,
                               which.stated_by);
  return benk_ctl_bulk_run (ctl, bulk, which.able, which.owed, error);
}

gboolean
benk_ctl_device_set_state (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Which) which = { 0 };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (BenkBulk) bulk = NULL;
  BenkInventory *inventory;
  BenkDeviceState state;

  if (!parse (&which, &argc, &argv, error))
    return FALSE;
  if (!benk_device_state_from_name (argv[argc - 1], &state))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not a state."),
                   argv[argc - 1]);
      return FALSE;
    }
  ids = gather (ctl, &which, argc, argv, error);
  if (!ids)
    return FALSE;
  inventory = benk_session_get_inventory (ctl->session);
  if (ids->len == 1 && !is_question (&which))
    {
      benk_inventory_set_state_async (inventory, get_ids (ids), state, which.owed, NULL,
                                      benk_ctl_on_ready, ctl);
      return benk_ctl_device_finish (ctl, get_ids (ids), error);
    }
  bulk = benk_bulk_new_set_state (inventory, get_ids (ids), ids->len, state);
  return benk_ctl_bulk_run (ctl, bulk, which.able, which.owed, error);
}
