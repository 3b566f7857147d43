/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-command.h"

#include "benk-config.h"
#include "benk-error.h"
#include "benk-virtual-hub-private.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  BenkHubManners manner;
} manner_names[] = {
  { "ours", BENK_HUB_MANNERS_OURS },
  { "no-etag", BENK_HUB_MANNER_NO_ETAG },
  { "no-link", BENK_HUB_MANNER_NO_LINK },
  { "no-page", BENK_HUB_MANNER_NO_PAGE },
  { "own-page", BENK_HUB_MANNER_OWN_PAGE },
  { "newest-first", BENK_HUB_MANNER_NEWEST_FIRST },
  { "knows-time-only", BENK_HUB_MANNER_KNOWS_TIME_ONLY },
  { "knows-nothing", BENK_HUB_MANNER_KNOWS_NOTHING },
  { "version-number", BENK_HUB_MANNER_VERSION_NUMBER },
  { "version-uuid", BENK_HUB_MANNER_VERSION_UUID },
  { "gone-is-404", BENK_HUB_MANNER_GONE_IS_404 },
};

static const struct
{
  const char *name;
  BenkHubDoor door;
} door_names[] = {
  { "none", BENK_HUB_DOOR_NONE },
  { "bind", BENK_HUB_DOOR_BIND },
  { "token", BENK_HUB_DOOR_TOKEN },
};

typedef char *(*Run) (BenkVirtualHub *hub, char **words, GError **error);

static char *
fail (GError **error, const char *word)
{
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
               _ ("The hub does not know “%s”: see --list-hub-faults."), word);
  return NULL;
}

static char *
run_raise (BenkVirtualHub *hub, char **words, GError **error)
{
  const BenkVirtualAlarm alarm = { .serial = words[1], .code = words[2] };
  g_autofree char *id = benk_virtual_hub_raise (hub, &alarm);

  return g_strdup_printf ("raised %s", id);
}

static char *
run_take (BenkVirtualHub *hub, char **words, GError **error)
{
  return benk_virtual_hub_take_elsewhere (hub, words[1], words[2], error)
           ? g_strdup_printf ("taken %s", words[1])
           : NULL;
}

static char *
run_close (BenkVirtualHub *hub, char **words, GError **error)
{
  return benk_virtual_hub_close_elsewhere (hub, words[1], words[2], error)
           ? g_strdup_printf ("closed %s", words[1])
           : NULL;
}

static char *
run_remove (BenkVirtualHub *hub, char **words, GError **error)
{
  return benk_virtual_hub_remove (hub, words[1], error)
           ? g_strdup_printf ("removed %s", words[1])
           : NULL;
}

static char *
run_fault (BenkVirtualHub *hub, char **words, GError **error)
{
  return benk_virtual_hub_add_fault_named (hub, words[1], error)
           ? g_strdup_printf ("fault %s", words[1])
           : NULL;
}

static char *
run_clear (BenkVirtualHub *hub, char **words, GError **error)
{
  benk_virtual_hub_clear_faults (hub);
  return g_strdup ("cleared");
}

static char *
run_manners (BenkVirtualHub *hub, char **words, GError **error)
{
  g_auto (GStrv) names = g_strsplit (words[1], ",", -1);
  BenkHubManners manners = BENK_HUB_MANNERS_OURS;

  for (guint i = 0; names[i]; i++)
    {
      gsize j = 0;

      while (j < G_N_ELEMENTS (manner_names) &&
             !g_str_equal (manner_names[j].name, names[i]))
        j++;
      if (j == G_N_ELEMENTS (manner_names))
        return fail (error, names[i]);
      manners |= manner_names[j].manner;
    }
  benk_virtual_hub_set_manners (hub, manners);
  return g_strdup_printf ("manners %s", words[1]);
}

static char *
run_door (BenkVirtualHub *hub, char **words, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (door_names); i++)
    if (g_str_equal (door_names[i].name, words[1]))
      {
        benk_virtual_hub_set_door (hub, door_names[i].door);
        return g_strdup_printf ("door %s", words[1]);
      }
  return fail (error, words[1]);
}

static const struct
{
  const char *name;
  guint n_words;
  const char *usage;
  Run run;
} commands[] = {
  { "raise", 3, "raise SERIAL CODE", run_raise },
  { "take", 3, "take ID WHO", run_take },
  { "close", 3, "close ID WHO", run_close },
  { "remove", 2, "remove ID", run_remove },
  { "fault", 2, "fault NAME[=N][:METHOD][+SKIP][@COUNT]", run_fault },
  { "clear", 1, "clear", run_clear },
  { "manners", 2, "manners NAME[,NAME]…", run_manners },
  { "door", 2, "door none|bind|token", run_door },
};

/**
 * benk_hub_command_run:
 * @hub: the hub
 * @line: a command, such as "fault 429:GET@3"
 * @error: %BENK_ERROR_USAGE, or why it was not done
 *
 * Lets the hub do what the line says.
 *
 * Returns: (transfer full) (nullable): what it did
 */
char *
benk_hub_command_run (BenkVirtualHub *hub, const char *line, GError **error)
{
  g_auto (GStrv) words = NULL;

  if (!g_shell_parse_argv (line, NULL, &words, NULL))
    return fail (error, line);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      if (!g_str_equal (commands[i].name, words[0]))
        continue;
      if (g_strv_length (words) == commands[i].n_words)
        return commands[i].run (hub, words, error);
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("It is said like this: %s"),
                   commands[i].usage);
      return NULL;
    }
  return fail (error, words[0]);
}

/**
 * benk_hub_command_list_faults:
 *
 * Returns: (transfer full): what the hub can be told, a line each: commands, then its
 *   faults and manners by name
 */
char *
benk_hub_command_list_faults (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "%s\n", commands[i].usage);
  g_string_append (text, "fault 100…599\n");
  for (int i = BENK_HUB_FAULT_STATUS + 1; i <= BENK_HUB_FAULT_TOKEN_EXPIRED; i++)
    g_string_append_printf (text, "fault %s\n", benk_hub_fault_get_name (i));
  for (gsize i = 0; i < G_N_ELEMENTS (manner_names); i++)
    g_string_append_printf (text, "manners %s\n", manner_names[i].name);
  return g_string_free (text, FALSE);
}
