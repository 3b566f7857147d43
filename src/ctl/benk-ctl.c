/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl.h"

#include <glib/gi18n.h>
#include <stdarg.h>

#include "benk-error.h"
#include "benk-plan.h"

/**
 * benk_ctl_parse:
 * @argc: (inout): the number of words, the command's name first
 * @argv: (inout): the words
 * @entries: (nullable): the command's own options
 * @min: how many words must stand behind the command's name
 * @max: how many may, or -1
 * @error: %BENK_ERROR_USAGE
 *
 * Takes the command's options out of @argv and counts what is left.
 *
 * Returns: whether the command was written as it must be
 */
gboolean
benk_ctl_parse (
  int *argc, char ***argv, const GOptionEntry *entries, int min, int max, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  if (entries)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc - 1 < min || (max >= 0 && *argc - 1 > max))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("The command is not complete, or has a word too many: see "
                      "“dosebenkctl help”."));
      return FALSE;
    }
  return TRUE;
}

/**
 * benk_ctl_on_ready:
 * @source: ignored
 * @result: the answer
 * @user_data: the #BenkCtl that waits for it
 *
 * The callback for every call that a command waits for.
 */
void
benk_ctl_on_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkCtl *ctl = user_data;

  ctl->result = g_object_ref (result);
}

/**
 * benk_ctl_await:
 * @ctl: the command
 *
 * Runs the main context until [func@benk_ctl_on_ready] was called.
 *
 * Returns: (transfer full): the answer
 */
GAsyncResult *
benk_ctl_await (BenkCtl *ctl)
{
  while (!ctl->result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (&ctl->result);
}

static gboolean
choose_staff (BenkCtl *ctl, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!ctl->as)
    return TRUE;
  benk_session_choose_staff_async (ctl->session, ctl->as, NULL, NULL, benk_ctl_on_ready,
                                   ctl);
  result = benk_ctl_await (ctl);
  return benk_session_choose_staff_finish (ctl->session, result, error);
}

/**
 * benk_ctl_open:
 * @ctl: the command
 * @flags: how to open the store
 * @error: why it cannot be opened
 *
 * Opens the store that was named, and signs with the initials that were given.
 *
 * Returns: whether there is a session now
 */
gboolean
benk_ctl_open (BenkCtl *ctl, BenkSessionFlags flags, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!ctl->store)
    ctl->store =
      g_build_filename (g_get_user_data_dir (), "dosebenk", "dosebenk.db", NULL);
  benk_session_open_async (ctl->store, flags, ctl->clock, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  ctl->session = benk_session_open_finish (result, error);
  return ctl->session && choose_staff (ctl, error);
}

/**
 * benk_ctl_say:
 * @ctl: the command
 * @format: a printf format
 * @...: what goes into it
 *
 * Prints a line for a person; with --json nothing.
 */
void
benk_ctl_say (BenkCtl *ctl, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list args;

  if (ctl->json)
    return;
  va_start (args, format);
  line = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("%s\n", line);
}

/**
 * benk_ctl_format_instant:
 * @ms: milliseconds since 1970 in UTC
 *
 * Returns: (transfer full): RFC 3339 in UTC with milliseconds
 */
char *
benk_ctl_format_instant (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);
  g_autofree char *text =
    time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : g_strdup ("?");

  return g_strdup_printf ("%s.%03dZ", text, (int) (ms % 1000));
}

/**
 * benk_ctl_parse_id:
 * @text: an id
 * @id: (out): the id
 * @error: %BENK_ERROR_USAGE
 *
 * Returns: whether @text is an id
 */
gboolean
benk_ctl_parse_id (const char *text, BenkId *id, GError **error)
{
  if (benk_id_parse (text, id))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE, _ ("“%s” is not an id."), text);
  return FALSE;
}

/**
 * benk_ctl_parse_instant:
 * @text: RFC 3339, or local date and time without a zone
 * @ms: (out): milliseconds since 1970 in UTC
 * @error: %BENK_ERROR_USAGE
 *
 * Reads an instant from the command line.
 *
 * Returns: whether @text is an instant
 */
gboolean
benk_ctl_parse_instant (const char *text, gint64 *ms, GError **error)
{
  g_autoptr (GTimeZone) local = benk_time_zone_new_district ();
  g_autofree char *with_seconds = g_strconcat (text, ":00", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, local);

  if (!time)
    time = g_date_time_new_from_iso8601 (with_seconds, local);

  if (!time)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_USAGE,
                   _ ("“%s” is not a time such as 2026-11-21T08:05."), text);
      return FALSE;
    }
  *ms = g_date_time_to_unix (time) * 1000 + g_date_time_get_microsecond (time) / 1000;
  return TRUE;
}
