/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-print.h"

#include <glib/gi18n.h>

#include "benk-ctl-work.h"
#include "benk-error.h"
#include "benk-inventory-scan.h"
#include "benk-labels.h"

/* Finding what was scanned, and labels to scan. */

static void
print_scan (BenkCtl *ctl, const BenkScan *scan)
{
  static const char *const kinds[BENK_N_SCAN_KINDS] = {
    "text", "own-label", "imei", "asset", "product", "gs1", "named",
  };
  static const char *const findings[BENK_N_SCAN_FINDINGS] = {
    "layout",    "caps-lock", "prefix", "imei-odd", "gtin-odd",
    "separator", "damaged",   "newer",  "too-long",
  };

  benk_json_begin_object (ctl->out, "scan");
  benk_json_add_string (ctl->out, "kind", kinds[scan->kind]);
  benk_json_add_string (ctl->out, "text", scan->text);
  benk_json_add_string (ctl->out, "serial", scan->serial);
  benk_json_add_string (ctl->out, "imei", scan->imei);
  benk_json_add_string (ctl->out, "asset", scan->asset);
  benk_json_add_string (ctl->out, "gtin", scan->gtin);
  benk_json_add_string (ctl->out, "batch", scan->batch);
  benk_json_add_string (ctl->out, "expiry", scan->expiry);
  benk_json_begin_array (ctl->out, "findings");
  for (guint i = 0; i < BENK_N_SCAN_FINDINGS; i++)
    if (scan->findings & (1u << i))
      {
        benk_json_add_string (ctl->out, NULL, findings[i]);
        benk_ctl_say (ctl, "%s", benk_scan_finding_get_label (1 << i));
      }
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
}

static gboolean
run_find (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (BenkScan) scan = NULL;
  BenkInventory *inventory;

  if (!benk_ctl_parse (&argc, &argv, NULL, 1, 1, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  scan = benk_scan_read (argv[1], BENK_SCAN_CAPS_UNKNOWN);
  inventory = benk_session_get_inventory (ctl->session);
  benk_inventory_scan_async (inventory, scan, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  devices = benk_inventory_scan_finish (inventory, result, error);
  if (!devices)
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  print_scan (ctl, scan);
  benk_json_begin_array (ctl->out, "devices");
  for (guint i = 0; i < devices->len; i++)
    benk_ctl_print_device (ctl, NULL, g_ptr_array_index (devices, i));
  benk_json_end_array (ctl->out);
  benk_json_end_object (ctl->out);
  if (devices->len == 0)
    g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                 _ ("No device with the number “%s” is registered."), scan->text);
  return devices->len > 0;
}

typedef struct
{
  char *pdf;
  char *format_name;
  char *state_name;
  char *model;
  char *search;
  int start;
  int limit;
  gboolean number;
  BenkLabelFormat format;
  BenkDeviceQuery query;
} LabelOptions;

static void
label_options_clear (LabelOptions *self)
{
  g_free (self->pdf);
  g_free (self->format_name);
  g_free (self->state_name);
  g_free (self->model);
  g_free (self->search);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LabelOptions, label_options_clear)

static gboolean
check_options (LabelOptions *self, int n_serials, GError **error)
{
  BenkDeviceState state = BENK_DEVICE_STATE_ORDERED;
  gboolean filters = self->state_name || self->model || self->search;

  if (!self->pdf)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("--pdf is missing."));
  else if (self->format_name &&
           !benk_label_format_from_name (self->format_name, &self->format))
    g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                 _ ("“%s” is not a format of labels: a4-24, a4-21 or roll-62."),
                 self->format_name);
  else if (self->start < 1 ||
           (guint) self->start > benk_label_format_get_n_cells (self->format))
    g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                 _ ("The first label is a number from 1 to %u."),
                 benk_label_format_get_n_cells (self->format));
  else if (self->state_name && !benk_device_state_from_name (self->state_name, &state))
    g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not a state."),
                 self->state_name);
  else if (self->limit < 0 || filters == (n_serials > 0))
    g_set_error_literal (
      error, BENK_ERROR, BENK_ERROR_USAGE,
      _ ("Name the devices, or say which with --state, --model or --search."));
  else
    {
      self->query.states = self->state_name ? BENK_DEVICE_STATE_MASK (state) : 0;
      self->query.model_id = self->model;
      self->query.search = self->search;
      self->query.limit = (guint) self->limit;
      return TRUE;
    }
  return FALSE;
}

static gboolean
parse_options (LabelOptions *self, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &self->pdf, NULL, NULL },
    { "format", 0, 0, G_OPTION_ARG_STRING, &self->format_name, NULL, NULL },
    { "start", 0, 0, G_OPTION_ARG_INT, &self->start, NULL, NULL },
    { "number", 0, 0, G_OPTION_ARG_NONE, &self->number, NULL, NULL },
    { "state", 0, 0, G_OPTION_ARG_STRING, &self->state_name, NULL, NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING, &self->model, NULL, NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &self->search, NULL, NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &self->limit, NULL, NULL },
    { NULL },
  };

  self->start = 1;
  return benk_ctl_parse (argc, argv, entries, 0, G_MAXINT, error) &&
         check_options (self, *argc - 1, error);
}

static gboolean
find_named (BenkCtl *ctl, int argc, char **argv, GArray *ids, GError **error)
{
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (BenkDevice) device = benk_ctl_find_device (ctl, argv[i], error);

      if (!device)
        return FALSE;
      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }
  return TRUE;
}

static gboolean
find_filtered (BenkCtl *ctl, const BenkDeviceQuery *query, GArray *ids, GError **error)
{
  BenkInventory *inventory = benk_session_get_inventory (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) devices = NULL;

  benk_inventory_read_async (inventory, query, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  devices = benk_inventory_read_finish (inventory, result, error);
  if (!devices)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    g_array_append_vals (ids, benk_device_get_id (g_ptr_array_index (devices, i)), 1);
  if (ids->len == 0)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
                         _ ("No device is like that."));
  return ids->len > 0;
}

static BenkLabels *
load_labels (BenkCtl *ctl, GArray *ids, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_labels_load_async (benk_session_get_inventory (ctl->session),
                          (const BenkId *) (gpointer) ids->data, ids->len, NULL,
                          benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_labels_load_finish (result, error);
}

/* Those without an asset number get one first, where that was asked for. */
static BenkLabels *
prepare_labels (
  BenkCtl *ctl, GArray *ids, gboolean number, guint *n_numbered, GError **error)
{
  g_autoptr (BenkLabels) labels = load_labels (ctl, ids, error);
  g_autoptr (GAsyncResult) result = NULL;

  *n_numbered = 0;
  if (!labels || !number || benk_labels_get_n_without_asset (labels) == 0)
    return g_steal_pointer (&labels);
  *n_numbered = benk_labels_get_n_without_asset (labels);
  benk_labels_number_async (labels, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_labels_change_finish (labels, result, NULL, error))
    return NULL;
  return load_labels (ctl, ids, error);
}

static void
print_labels (BenkCtl *ctl,
              LabelOptions *options,
              BenkLabels *labels,
              guint n_numbered,
              guint n_pages)
{
  guint n_labels = benk_labels_get_n_labels (labels);
  guint n_without = benk_labels_get_n_without_asset (labels);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "file", options->pdf);
  benk_json_add_string (ctl->out, "format", benk_label_format_to_name (options->format));
  benk_json_add_int (ctl->out, "labels", n_labels);
  benk_json_add_int (ctl->out, "pages", n_pages);
  benk_json_add_int (ctl->out, "numbered", n_numbered);
  benk_json_add_int (ctl->out, "without_asset", n_without);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl,
                ngettext ("%u label is written to “%s”.",
                          "%u labels are written to “%s”.", n_labels),
                n_labels, options->pdf);
  if (n_without > 0)
    benk_ctl_say (ctl,
                  ngettext ("%u device has no asset number; --number gives it one.",
                            "%u devices have no asset number; --number gives them one.",
                            n_without),
                  n_without);
}

static gboolean
run_label (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (LabelOptions) options = { 0 };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  g_autoptr (BenkLabels) labels = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;
  guint n_numbered, n_pages;

  if (!parse_options (&options, &argc, &argv, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error) ||
      !(argc > 1 ? find_named (ctl, argc, argv, ids, error)
                 : find_filtered (ctl, &options.query, ids, error)))
    return FALSE;
  labels = prepare_labels (ctl, ids, options.number, &n_numbered, error);
  if (!labels)
    return FALSE;
  file = g_file_new_for_commandline_arg (options.pdf);
  benk_labels_write_async (labels, file, options.format, (guint) options.start, NULL,
                           benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_labels_write_finish (labels, result, &n_pages, error))
    return FALSE;
  print_labels (ctl, &options, labels, n_numbered, n_pages);
  return TRUE;
}

const BenkCtlCommand benk_ctl_label_commands[] = {
  { "device", "find", "TEXT|SCAN", run_find },
  { "label", NULL,
    "SERIAL…|--state STATE|--model MODEL|--search TEXT [--limit N] --pdf FILE "
    "[--format a4-24|a4-21|roll-62] [--start N] [--number]",
    run_label },
  { NULL, NULL, NULL, NULL },
};
