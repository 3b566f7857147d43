/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-phd.h"

#include <glib/gi18n.h>
#include <math.h>

#include "benk-agent-listener.h"
#include "benk-conform-run.h"
#include "benk-ctl-work.h"
#include "benk-document.h"
#include "benk-error.h"
#include "benk-tcp-address.h"

#define TIMEOUT_S 60
#define MAX_S 86400

typedef struct
{
  char *serial;
  char *confirm;
  char *listen;
  char *pdf;
  double timeout_s;
  gboolean destructive;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->serial);
  g_free (self->confirm);
  g_free (self->listen);
  g_free (self->pdf);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
print_row (BenkCtl *ctl, const BenkConformRow *row)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "id", row->id);
  benk_json_add_string (ctl->out, "clause", row->clause);
  benk_json_add_string (ctl->out, "text", row->text);
  benk_json_add_string (ctl->out, "verdict", row->verdict);
  benk_json_add_string (ctl->out, "seen", row->seen);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "  %-20s %-6s %s: %s%s%s", row->id, row->clause, row->label,
                row->text, row->seen ? " – " : "", row->seen ? row->seen : "");
}

static void
print_document (BenkCtl *ctl, const BenkDocument *document)
{
  if (document == NULL)
    {
      benk_json_add_string (ctl->out, "pdf", NULL);
      return;
    }
  benk_json_begin_object (ctl->out, "pdf");
  benk_json_add_string (ctl->out, "file", document->path);
  benk_json_add_int (ctl->out, "pages", document->n_pages);
  benk_json_add_bool (ctl->out, "proves", document->proves);
  benk_json_add_int (ctl->out, "row", document->seq);
  benk_json_add_string (ctl->out, "hash", document->hash);
  benk_json_end_object (ctl->out);
}

static void
print_report (BenkCtl *ctl, const BenkConformReport *report, const BenkDocument *document)
{
  g_autofree char *at = benk_ctl_format_instant (report->at_ms);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "maker", report->maker);
  benk_json_add_string (ctl->out, "model", report->model);
  benk_json_add_string (ctl->out, "serial", report->serial);
  benk_json_add_string (ctl->out, "firmware", report->firmware);
  benk_json_add_string (ctl->out, "system_id",
                        *report->system_id ? report->system_id : NULL);
  benk_json_add_string (ctl->out, "link", benk_link_kind_to_name (report->link_kind));
  benk_json_add_bool (ctl->out, "destructive", report->destructive);
  benk_json_add_instant (ctl->out, "at", report->at_ms);
  benk_json_add_int (ctl->out, "passed", report->n_passed);
  benk_json_add_int (ctl->out, "failed", report->n_failed);
  benk_json_add_int (ctl->out, "not_offered", report->n_not_offered);
  benk_json_add_int (ctl->out, "not_tried", report->n_not_tried);
  benk_ctl_say (ctl, "%s %s, %s (%s), %s", report->maker ? report->maker : "–",
                report->model ? report->model : "–",
                report->serial ? report->serial : "–",
                benk_link_kind_get_label (report->link_kind), at);
  benk_json_begin_array (ctl->out, "requirements");
  for (guint i = 0; i < report->rows->len; i++)
    print_row (ctl, g_ptr_array_index (report->rows, i));
  benk_json_end_array (ctl->out);
  print_document (ctl, document);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, _ ("%u passed, %u failed, %u not offered, %u not tried."),
                report->n_passed, report->n_failed, report->n_not_offered,
                report->n_not_tried);
  if (report->link_kind == BENK_LINK_KIND_NETWORK)
    benk_ctl_say (ctl, _ ("Over a network – nobody knows which device answered."));
  else if (report->link_kind != BENK_LINK_KIND_USB)
    benk_ctl_say (ctl, _ ("Simulated device – says nothing about any maker's "
                          "dispenser."));
  if (document != NULL)
    benk_ctl_say (ctl, "%s", document->path);
}

/* Whoever may be harmed by it is named twice. */
static gboolean
parse (BenkCtl *ctl, Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_STRING, &options->serial, NULL, NULL },
    { "destructive", 0, 0, G_OPTION_ARG_NONE, &options->destructive, NULL, NULL },
    { "confirm", 0, 0, G_OPTION_ARG_STRING, &options->confirm, NULL, NULL },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, NULL, NULL },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &options->pdf, NULL, NULL },
    { "timeout", 0, 0, G_OPTION_ARG_DOUBLE, &options->timeout_s, NULL, NULL },
    { NULL },
  };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (!options->serial)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                         _ ("--device is needed, with the serial."));
  else if (options->destructive && !options->confirm)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                         _ ("--destructive needs --confirm with the serial."));
  else if (options->destructive && g_strcmp0 (options->confirm, options->serial) != 0)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                         _ ("Another serial number was typed."));
  else if (isnan (options->timeout_s) || options->timeout_s > MAX_S)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                         _ ("--timeout takes seconds."));
  else if (options->listen && ctl->virtual_devices)
    g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                         _ ("Either --listen or --virtual, not both."));
  else
    return TRUE;
  return FALSE;
}

/* A device that no card is for is one that nobody depends on here. */
static gboolean
check_card (BenkCtl *ctl, const char *serial, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BenkDevice) card = benk_ctl_find_device (ctl, serial, &local);

  if (card || g_error_matches (local, BENK_ERROR, BENK_ERROR_NOT_FOUND))
    return benk_conform_allow (card, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static BenkConformReport *
try_virtual (BenkCtl *ctl, const Options *options, GError **error)
{
  g_auto (GStrv) specs = g_strsplit (ctl->virtual_devices, ",", -1);

  for (guint i = 0; specs[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (specs[i], "=", 2);

      if (parts[0] && g_strcmp0 (parts[1], options->serial) == 0)
        return benk_conform_try_virtual (ctl->clock, parts[0], parts[1],
                                         ctl->virtual_state, ctl->fault,
                                         options->destructive, error);
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND,
               _ ("No device with the serial %s is plugged in."), options->serial);
  return NULL;
}

static void
say (const char *text, gpointer unused)
{
  g_printerr ("dosebenkctl: %s\n", text);
}

static BenkConformReport *
try_network (BenkCtl *ctl, const Options *options, GError **error)
{
  g_autoptr (GSocketAddress) address =
    benk_tcp_address_parse (options->listen, BENK_AGENT_PORT, error);

  if (!address)
    return NULL;
  return benk_conform_try_network (ctl->clock, address,
                                   (guint) (MAX (options->timeout_s, 0) * 1000),
                                   options->serial, options->destructive, say, NULL,
                                   error);
}

static BenkConformReport *
try_it (BenkCtl *ctl, const Options *options, GError **error)
{
  if (options->listen)
    return try_network (ctl, options, error);
  if (ctl->virtual_devices)
    return try_virtual (ctl, options, error);
  return benk_conform_try_usb (ctl->clock, options->serial, options->destructive, error);
}

static BenkDocument *
write_pdf (BenkCtl *ctl,
           const BenkConformReport *report,
           const char *path,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (GAsyncResult) result = NULL;

  benk_document_write_conform_async (ctl->session, report, file, NULL, benk_ctl_on_ready,
                                     ctl);
  result = benk_ctl_await (ctl);
  return benk_document_write_finish (ctl->session, result, error);
}

/**
 * benk_ctl_phd_conform:
 *
 * Tries every requirement with one device that is named by its serial.
 *
 * Returns: %FALSE when one failed
 */
gboolean
benk_ctl_phd_conform (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_auto (Options) options = { .timeout_s = TIMEOUT_S };
  g_autoptr (BenkConformReport) report = NULL;
  g_autoptr (BenkDocument) document = NULL;
  g_autoptr (GError) unwritten = NULL;

  if (!parse (ctl, &options, argc, argv, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error) ||
      !check_card (ctl, options.serial, error))
    return FALSE;
  report = try_it (ctl, &options, error);
  if (!report)
    return FALSE;
  if (options.pdf)
    document = write_pdf (ctl, report, options.pdf, &unwritten);
  print_report (ctl, report, document);
  if (unwritten)
    {
      g_propagate_error (error, g_steal_pointer (&unwritten));
      return FALSE;
    }
  if (report->n_failed == 0)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_FAILED,
               ngettext ("%u requirement is not met.", "%u requirements are not met.",
                         report->n_failed),
               report->n_failed);
  return FALSE;
}
