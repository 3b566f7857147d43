/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include "benk-ctl-call.h"
#include "benk-ctl.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "benk-error.h"

enum
{
  EXIT_DONE = 0,
  EXIT_REFUSED = 1,
  EXIT_USAGE = 2,
};

#define MAX_MESSAGE 2000

static const BenkCtlCommand *const all_commands[] = {
  benk_ctl_store_commands,     benk_ctl_device_commands,    benk_ctl_label_commands,
  benk_ctl_proof_commands,     benk_ctl_plan_commands,      benk_ctl_usb_commands,
  benk_ctl_checklist_commands, benk_ctl_phd_commands,       benk_ctl_alarm_commands,
  benk_ctl_report_commands,    benk_ctl_return_commands,    benk_ctl_visit_commands,
  benk_ctl_stock_commands,     benk_ctl_stocktake_commands, benk_ctl_reservation_commands,
  benk_ctl_demo_commands,      benk_ctl_model_commands,     benk_ctl_duty_commands,
  benk_ctl_notify_commands,    benk_ctl_call_commands,      benk_ctl_record_commands,
  benk_ctl_guidance_commands,
};

static char *
describe_usage (void)
{
  GString *text =
    g_string_new ("dosebenkctl [--json] [--store PATH] [--as INITIALS]\n"
                  "            [--virtual MODEL[=SERIAL],… --virtual-state DIR "
                  "[--fault NAME[:N][@K]]] [--record FILE] COMMAND\n");

  for (gsize i = 0; i < G_N_ELEMENTS (all_commands); i++)
    for (const BenkCtlCommand *command = all_commands[i]; command->group; command++)
      g_string_append_printf (text, "  %s%s%s%s%s\n", command->group,
                              command->name ? " " : "",
                              command->name ? command->name : "",
                              *command->usage ? " " : "", command->usage);
  return g_string_free (text, FALSE);
}

static const BenkCtlCommand *
find_command (int *argc, char ***argv)
{
  for (gsize i = 0; i < G_N_ELEMENTS (all_commands); i++)
    for (const BenkCtlCommand *command = all_commands[i]; command->group; command++)
      {
        int words = command->name ? 2 : 1;

        if (*argc <= words || !g_str_equal ((*argv)[1], command->group))
          continue;
        if (command->name && !g_str_equal ((*argv)[2], command->name))
          continue;
        *argc -= words;
        *argv += words;
        return command;
      }
  return NULL;
}

/* What was typed may be long; the sentence around it is not. */
static char *
shorten (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  g_autofree char *start = NULL;

  if (g_utf8_strlen (valid, -1) <= MAX_MESSAGE)
    return g_steal_pointer (&valid);
  start = g_utf8_substring (valid, 0, MAX_MESSAGE);
  return g_strconcat (start, "…", NULL);
}

static int
report_error (BenkCtl *ctl, const GError *error)
{
  g_autofree char *message = shorten (error->message);
  gboolean usage = g_error_matches (error, BENK_ERROR, BENK_ERROR_USAGE) ||
                   error->domain == G_OPTION_ERROR;

  if (ctl->json)
    {
      g_autoptr (BenkJson) json = benk_json_new ();
      g_autofree char *answer = benk_json_take (ctl->out);
      g_autofree char *text = NULL;

      benk_json_begin_object (json, NULL);
      benk_json_begin_object (json, "error");
      benk_json_add_string (json, "code",
                            usage ? "usage"
                            : error->domain == BENK_ERROR
                              ? benk_error_get_name (error->code)
                              : "failed");
      benk_json_add_string (json, "message", message);
      benk_json_end_object (json);
      /* How far a job or the demo came. */
      if (*answer)
        benk_json_add_json (json, "answer", answer);
      benk_json_end_object (json);
      text = benk_json_take (json);
      g_print ("%s\n", text);
    }
  g_printerr ("dosebenkctl: %s\n", message);
  return usage ? EXIT_USAGE : EXIT_REFUSED;
}

static gboolean
parse_global (BenkCtl *ctl, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, N_ ("Print JSON"), NULL },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &ctl->store, N_ ("The store to work on"),
      "PATH" },
    { "as", 0, 0, G_OPTION_ARG_STRING, &ctl->as, N_ ("Who does it"), "INITIALS" },
    { "virtual", 0, 0, G_OPTION_ARG_STRING, &ctl->virtual_devices,
      N_ ("Simulated dispensers to plug in"), "MODEL[=SERIAL],…" },
    { "virtual-state", 0, 0, G_OPTION_ARG_FILENAME, &ctl->virtual_state,
      N_ ("Where simulated dispensers keep their memory"), "DIR" },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &ctl->fault,
      N_ ("A fault of the simulated dispensers"), "NAME[:N][@K]" },
    { "record", 0, 0, G_OPTION_ARG_FILENAME, &ctl->record,
      N_ ("Where to record what is said to the dispenser"), "FILE" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_help_enabled (context, FALSE);
  /* The command's own options are its own to parse. */
  g_option_context_set_ignore_unknown_options (context, TRUE);
  return g_option_context_parse (context, argc, argv, error);
}

static void
print_answer (BenkCtl *ctl)
{
  g_autofree char *text = benk_json_take (ctl->out);

  if (ctl->json && *text)
    g_print ("%s\n", text);
}

static int
run (BenkCtl *ctl, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const BenkCtlCommand *command;

  if (!parse_global (ctl, &argc, &argv, &error))
    {
      /* The options are taken over all at once, or not at all. */
      ctl->json = g_strv_contains ((const char *const *) argv, "--json");
      return report_error (ctl, error);
    }
  if (argc < 2 || g_str_equal (argv[1], "help") || g_str_equal (argv[1], "--help"))
    {
      g_autofree char *usage = describe_usage ();

      if (argc < 2)
        {
          g_printerr ("%s", usage);
          return EXIT_USAGE;
        }
      g_print ("%s", usage);
      return EXIT_DONE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("dosebenkctl %s\n", BENK_VERSION);
      return EXIT_DONE;
    }
  command = find_command (&argc, &argv);
  if (!command)
    {
      g_set_error (&error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("There is no such command: see “dosebenkctl help”."));
      return report_error (ctl, error);
    }
  if (ctl->record && !g_str_equal (command->group, "usb"))
    {
      g_set_error (&error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("--record needs a command that talks to a dispenser."));
      return report_error (ctl, error);
    }
  if (!command->func (ctl, argc, argv, &error))
    return report_error (ctl, error);
  print_answer (ctl);
  return EXIT_DONE;
}

int
main (int argc, char **argv)
{
  BenkCtl ctl = { 0 };
  g_autoptr (BenkJson) out = benk_json_new ();
  g_autofree char **copy = g_memdup2 (argv, sizeof (char *) * (gsize) (argc + 1));
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BENK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  ctl.clock = benk_system_clock_new ();
  ctl.out = out;
  status = run (&ctl, argc, copy);
  g_clear_object (&ctl.session);
  g_clear_object (&ctl.clock);
  g_free (ctl.store);
  g_free (ctl.as);
  g_free (ctl.virtual_devices);
  g_free (ctl.virtual_state);
  g_free (ctl.fault);
  g_free (ctl.record);
  return status;
}
