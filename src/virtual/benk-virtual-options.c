/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-options.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-virtual-fault.h"
#include "benk-virtual-memory.h"

#include <glib/gi18n.h>
#include <math.h>

#define RETURN_S 2.0
/* An hour: longer is never. */
#define MAX_RETURN_S 3600.0

static void
spec_free (gpointer data)
{
  BenkVirtualSpec *spec = data;

  g_free (spec->model);
  g_free (spec->serial);
  g_free (spec);
}

/**
 * benk_virtual_options_free:
 * @self: (transfer full): options
 */
void
benk_virtual_options_free (BenkVirtualOptions *self)
{
  g_ptr_array_unref (self->specs);
  g_free (self->hub_token);
  g_strfreev (self->hub_faults);
  g_free (self->usbip);
  g_free (self->connect);
  g_free (self->fault);
  g_free (self->state);
  g_free (self);
}

static gboolean
wrong (GError **error, const char *what)
{
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE, what);

  return FALSE;
}

static const char *
get_serial (const BenkVirtualSpec *spec)
{
  return spec->serial != NULL ? spec->serial
                              : benk_virtual_memory_get_default_serial (spec->model);
}

/* Two of one serial would be one device, with one memory. */
static gboolean
is_twice (GPtrArray *specs, const BenkVirtualSpec *spec)
{
  for (guint i = 0; i < specs->len; i++)
    {
      const BenkVirtualSpec *other = g_ptr_array_index (specs, i);

      if (g_str_equal (other->model, spec->model) &&
          g_strcmp0 (get_serial (other), get_serial (spec)) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
add_spec (GPtrArray *specs, const char *text, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "=", 2);
  BenkVirtualSpec *spec = g_new0 (BenkVirtualSpec, 1);
  gboolean twice;

  spec->model = g_strdup (parts[0] != NULL ? parts[0] : "");
  spec->serial = parts[0] != NULL ? g_strdup (parts[1]) : NULL;
  twice = is_twice (specs, spec);
  g_ptr_array_add (specs, spec);
  if (benk_virtual_memory_get_default_serial (spec->model) == NULL)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("No simulated dispenser is called “%s”: see --list-models."),
                   spec->model);
      return FALSE;
    }
  if (twice)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is named twice: give each a serial number of its own, as in "
                      "%s=A1,%s=A2."),
                   text, spec->model, spec->model);
      return FALSE;
    }

  return TRUE;
}

static gboolean
add_specs (GPtrArray *specs, char **models, GError **error)
{
  for (guint i = 0; models != NULL && models[i] != NULL; i++)
    {
      g_auto (GStrv) texts = g_strsplit (models[i], ",", -1);

      for (guint j = 0; texts[j] != NULL; j++)
        if (!add_spec (specs, texts[j], error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
check_hub (const BenkVirtualOptions *self, GError **error)
{
  if (self->specs->len > 0 || self->fault != NULL || self->state != NULL)
    return wrong (error, _ ("--hub goes with --hub-token and --hub-fault only."));
  return TRUE;
}

static gboolean
check (const BenkVirtualOptions *self, GError **error)
{
  BenkVirtualFault fault;

  if (self->version || self->list_models || self->list_faults || self->list_hub_faults)
    return TRUE;
  if ((self->usbip != NULL) + (self->connect != NULL) + self->hub != 1)
    return wrong (error,
                  _ ("One of --usbip or --connect or --hub is needed: see --help."));
  if (!self->hub && (self->hub_token != NULL || self->hub_faults != NULL))
    return wrong (error, _ ("--hub-token and --hub-fault go with --hub."));
  if (self->hub)
    return check_hub (self, error);
  if (self->specs->len == 0)
    return wrong (error, _ ("--model is needed: see --list-models."));
  if (self->connect != NULL && self->specs->len != 1)
    return wrong (error, _ ("--connect takes one dispenser; start the program once for "
                            "each."));
  if (isnan (self->return_s) || self->return_s > MAX_RETURN_S)
    return wrong (error, _ ("--return-after takes seconds, at most 3600, or -1 for "
                            "never."));

  if (isnan (self->again_s) || self->again_s > MAX_RETURN_S)
    return wrong (error, _ ("--again takes seconds, at most 3600."));

  return benk_virtual_fault_parse (self->fault, &fault, error);
}

static gboolean
take_usbip (const char *name, const char *value, gpointer data, GError **error)
{
  BenkVirtualOptions *self = data;

  g_free (self->usbip);
  self->usbip = g_strdup (value != NULL ? value : "");

  return TRUE;
}

static char *
describe_all (void)
{
  GString *text = g_string_new (_ ("What happens is printed to the standard output, one "
                                   "line each:\n"));

  g_string_append (text, "  listening ADDRESS:PORT\n"
                         "  exported BUSID MODEL SERIAL\n"
                         "  imported BUSID MODEL SERIAL\n"
                         "  released BUSID MODEL SERIAL\n"
                         "  gone BUSID MODEL SERIAL\n"
                         "  returned BUSID MODEL SERIAL\n"
                         "  connected HOST:PORT MODEL SERIAL\n"
                         "  disconnected HOST:PORT MODEL SERIAL\n\n");
  g_string_append (text, _ ("The hub reads commands from the standard input, one a line, "
                            "such as\n“raise MD-1 1.8”, “fault 429:GET@3” or “clear”; "
                            "--list-hub-faults names them all.\n\n"));
  g_string_append (text, _ ("On the machine that is to have the dispensers, as root:\n"));
  g_string_append (text, "  modprobe vhci-hcd\n"
                         "  usbip list -r HOST\n"
                         "  usbip attach -r HOST -b 1-1\n\n");
  g_string_append (text,
                   _ ("USB/IP knows no authentication: whoever can reach the port can "
                      "take a dispenser.\nTherefore it listens on this machine only, "
                      "unless an address is given.\n\nA simulated dispenser says so on "
                      "the wire. Outside a demo store it proves nothing."));

  return g_string_free (text, FALSE);
}

/**
 * benk_virtual_options_parse:
 * @argc: (inout): number of arguments
 * @argv: (inout): arguments
 * @error: %BENK_ERROR_USAGE, or %G_OPTION_ERROR
 *
 * Reads the command line of dosebenk-virtual. `--help` is printed and ends the program.
 *
 * Returns: (transfer full) (nullable): the options
 */
BenkVirtualOptions *
benk_virtual_options_parse (int *argc, char ***argv, GError **error)
{
  g_autoptr (BenkVirtualOptions) self = g_new0 (BenkVirtualOptions, 1);
  g_auto (GStrv) models = NULL;
  const GOptionEntry entries[] = {
    { "usbip", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, take_usbip,
      N_ ("Serve as USB devices by USB/IP (127.0.0.1:3240)"), "[ADDRESS:PORT]" },
    { "connect", 0, 0, G_OPTION_ARG_STRING, &self->connect,
      N_ ("Connect to an IEEE 11073-20601 manager over TCP (port 6024)"), "HOST:PORT" },
    { "hub", 0, 0, G_OPTION_ARG_NONE, &self->hub,
      N_ ("Play an alarm hub (FHIR R4) on this machine"), NULL },
    { "hub-token", 0, 0, G_OPTION_ARG_STRING, &self->hub_token,
      N_ ("The token that the hub asks for"), "TOKEN" },
    { "hub-fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->hub_faults,
      N_ ("What the hub does wrong; may be given again"), "NAME[=N][:METHOD][@COUNT]" },
    { "list-hub-faults", 0, 0, G_OPTION_ARG_NONE, &self->list_hub_faults,
      N_ ("Print what the hub can be told, and end"), NULL },
    { "model", 0, 0, G_OPTION_ARG_STRING_ARRAY, &models, N_ ("Dispensers to simulate"),
      "MODEL[=SERIAL],…" },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &self->fault, N_ ("What is wrong with them"),
      "NAME[:N][@K]" },
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &self->state,
      N_ ("Keep their memory in this folder"), "DIR" },
    { "return-after", 0, 0, G_OPTION_ARG_DOUBLE, &self->return_s,
      N_ ("When one that left the bus comes back (2; -1 = never)"), "SECONDS" },
    { "again", 0, 0, G_OPTION_ARG_DOUBLE, &self->again_s,
      N_ ("Over TCP: connect again so long after the manager has gone"), "SECONDS" },
    { "list-models", 0, 0, G_OPTION_ARG_NONE, &self->list_models,
      N_ ("Print the models and end"), NULL },
    { "list-faults", 0, 0, G_OPTION_ARG_NONE, &self->list_faults,
      N_ ("Print the faults and end"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version,
      N_ ("Print the version and end"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context =
    g_option_context_new (_ ("– simulated medication dispensers"));
  GOptionGroup *group = g_option_group_new ("main", NULL, NULL, self, NULL);
  g_autofree char *description = describe_all ();

  self->specs = g_ptr_array_new_with_free_func (spec_free);
  self->return_s = RETURN_S;
  self->again_s = -1;
  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_context_set_main_group (context, group);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, argc, argv, error) ||
      !add_specs (self->specs, models, error))
    return NULL;
  if (*argc > 1)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is a word too many: see --help."), (*argv)[1]);
      return NULL;
    }

  return check (self, error) ? g_steal_pointer (&self) : NULL;
}
