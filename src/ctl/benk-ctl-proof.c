/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl.h"

#include <glib/gi18n.h>

#include "benk-ctl-work.h"
#include "benk-document.h"
#include "benk-error.h"

/* As many as go into one consignment, and more. */
#define MAX_DEVICES 100

static void
print_document (BenkCtl *ctl, const BenkDocument *document)
{
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_string (ctl->out, "file", document->path);
  benk_json_add_int (ctl->out, "devices", document->n_devices);
  benk_json_add_int (ctl->out, "pages", document->n_pages);
  benk_json_add_bool (ctl->out, "proves", document->proves);
  benk_json_add_int (ctl->out, "row", document->seq);
  benk_json_add_string (ctl->out, "hash", document->hash);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%s", document->path);
  if (!document->proves)
    benk_ctl_say (ctl, "%s", _ ("Demo or simulated: it proves nothing, and says so."));
}

static GArray *
find_all (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (BenkId));

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (BenkDevice) device = benk_ctl_find_device (ctl, argv[i], error);

      if (!device)
        return NULL;
      g_array_append_vals (ids, benk_device_get_id (device), 1);
    }
  return g_steal_pointer (&ids);
}

static gboolean
run_proof (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &path, NULL, NULL },
    { NULL },
  };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDocument) document = NULL;

  if (!benk_ctl_parse (&argc, &argv, entries, 1, MAX_DEVICES, error))
    return FALSE;
  if (!path)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("--pdf is missing."));
      return FALSE;
    }
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  ids = find_all (ctl, argc, argv, error);
  if (!ids)
    return FALSE;
  file = g_file_new_for_commandline_arg (path);
  benk_document_write_resets_async (ctl->session, (const BenkId *) (void *) ids->data,
                                    ids->len, file, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  document = benk_document_write_finish (ctl->session, result, error);
  if (!document)
    return FALSE;
  print_document (ctl, document);
  return TRUE;
}

const BenkCtlCommand benk_ctl_proof_commands[] = {
  { "device", "proof", "SERIAL… --pdf FILE", run_proof },
  { NULL, NULL, NULL, NULL },
};
