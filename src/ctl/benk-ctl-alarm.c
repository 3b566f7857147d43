/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-alarm-away.h"
#include "benk-ctl-alarm-batch.h"
#include "benk-ctl-alarm-close.h"
#include "benk-ctl-deadline.h"
#include "benk-ctl-record.h"
#include "benk-ctl-alarm-hand.h"
#include "benk-ctl-alarm-told.h"
#include "benk-ctl-alarm-wait.h"
#include "benk-ctl-list.h"
#include "benk-ctl-print.h"

#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-alarms.h"
#include "benk-attention.h"
#include "benk-error.h"
#include "benk-feeds.h"
#include "benk-wording.h"

static gboolean
add_one (BenkCtl *ctl, const BenkNewAlarm *new_alarm, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;

  benk_alarms_add_async (alarms, new_alarm, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  alarm = benk_alarms_add_finish (alarms, result, error);
  if (!alarm)
    return FALSE;
  benk_ctl_print_alarm (ctl, alarm);
  return TRUE;
}

static gboolean
tell_one (BenkCtl *ctl,
          const BenkNewAlarm *new_alarm,
          const char *external_id,
          GError **error)
{
  const BenkToldAlarm told = { (char *) new_alarm->device, (char *) new_alarm->code,
                               new_alarm->via, new_alarm->raised_ms,
                               (char *) external_id };

  return benk_ctl_alarm_tell (ctl, &told, error);
}

static gboolean
check_alone (gboolean others, GError **error)
{
  if (!others)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                       _ ("--stdin goes with nothing else: each line says it all."));
  return FALSE;
}

static gboolean
run_add (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *device = NULL;
  g_autofree char *code = NULL;
  g_autofree char *via = NULL;
  g_autofree char *at = NULL;
  g_autofree char *external_id = NULL;
  gboolean from_stdin = FALSE;
  const GOptionEntry entries[] = {
    { "device", 0, 0, G_OPTION_ARG_STRING, &device, NULL, NULL },
    { "code", 0, 0, G_OPTION_ARG_STRING, &code, NULL, NULL },
    { "via", 0, 0, G_OPTION_ARG_STRING, &via, NULL, NULL },
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, NULL, NULL },
    { "external-id", 0, 0, G_OPTION_ARG_STRING, &external_id, NULL, NULL },
    { "stdin", 0, 0, G_OPTION_ARG_NONE, &from_stdin, NULL, NULL },
    { NULL },
  };
  BenkNewAlarm new_alarm = { 0 };

  if (!benk_ctl_parse (&argc, &argv, entries, 0, 0, error))
    return FALSE;
  if (from_stdin)
    return check_alone (device || code || via || at || external_id, error) &&
           benk_ctl_open (ctl, BENK_SESSION_NONE, error) &&
           benk_ctl_alarm_tell_lines (ctl, error);
  if (!device || !code || !via || !benk_alarm_via_from_name (via, &new_alarm.via) ||
      new_alarm.via == BENK_ALARM_VIA_FEED)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_USAGE,
                           _ ("--device, --code and --via phone|sms|portal|mail|site are "
                              "needed."));
      return FALSE;
    }
  if (at && !benk_ctl_parse_instant (at, &new_alarm.raised_ms, error))
    return FALSE;
  if (!benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  new_alarm.device = device;
  new_alarm.code = code;
  return external_id ? tell_one (ctl, &new_alarm, external_id, error)
                     : add_one (ctl, &new_alarm, error);
}

/* What waits to be sent goes out with the same answer as the alarms came in. */
static gboolean
flush (BenkCtl *ctl, guint *n_accepted, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_flush_async (alarms, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_flush_finish (alarms, result, n_accepted, error);
}

static gboolean
run_sync (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  guint n_new = 0;
  guint n_changed = 0;
  guint n_accepted = 0;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_ENGINE, error))
    return FALSE;
  benk_feeds_sync_async (benk_session_get_feeds (ctl->session), NULL, benk_ctl_on_ready,
                         ctl);
  result = benk_ctl_await (ctl);
  if (!benk_feeds_sync_finish (benk_session_get_feeds (ctl->session), result, &n_new,
                               &n_changed, error) ||
      !flush (ctl, &n_accepted, error))
    return FALSE;
  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_int (ctl->out, "new", n_new);
  benk_json_add_int (ctl->out, "changed", n_changed);
  benk_json_add_int (ctl->out, "accepted", n_accepted);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, _ ("%u new, %u changed, %u follow-up documents accepted"), n_new,
                n_changed, n_accepted);
  return TRUE;
}

static void
on_alarm (BenkFeeds *feeds, BenkAlarm *alarm, BenkFeedNews news, BenkCtl *ctl)
{
  g_autofree char *line = NULL;

  /* Always JSON: a line is for a program, and comes only when the alarm is kept. */
  ctl->json = TRUE;
  benk_ctl_print_alarm (ctl, alarm);
  line = benk_json_take (ctl->out);
  g_print ("%s\n", line);
  fflush (stdout);
}

/* Lines are for alarms; what went wrong is for who looks after the program. */
static void
on_save_problem (BenkAttention *attention)
{
  const char *problem = benk_attention_get_save_problem (attention);

  if (problem)
    g_printerr ("dosebenkctl: %s\n", problem);
}

static gboolean
on_interrupt (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
run_watch (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  BenkFeeds *feeds;
  guint interrupt;
  guint terminate;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_ENGINE, error))
    return FALSE;
  feeds = benk_session_get_feeds (ctl->session);
  g_signal_connect (feeds, "alarm", G_CALLBACK (on_alarm), ctl);
  g_signal_connect (benk_session_get_attention (ctl->session), "notify::save-problem",
                    G_CALLBACK (on_save_problem), NULL);
  if (!benk_feeds_start (feeds, error))
    return FALSE;
  interrupt = g_unix_signal_add (SIGINT, on_interrupt, loop);
  terminate = g_unix_signal_add (SIGTERM, on_interrupt, loop);
  g_main_loop_run (loop);
  g_source_remove (interrupt);
  g_source_remove (terminate);
  benk_feeds_stop (feeds);
  return TRUE;
}

static GListModel *
load_list (BenkCtl *ctl, gboolean all, GError **error)
{
  BenkAlarms *alarms = benk_session_get_alarms (ctl->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_alarms_list_async (alarms, all, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_list_finish (alarms, result, error);
}

/* (transfer full) (element-type BenkId GPtrArray): of each group its members but the
 * first. */
static GHashTable *
list_members (GListModel *list)
{
  GHashTable *groups = g_hash_table_new_full (benk_id_hash, benk_id_equal, NULL,
                                              (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);
      const BenkId *face = benk_alarm_get_group_face (alarm);
      GPtrArray *members = g_hash_table_lookup (groups, face);

      if (benk_id_is_nil (face))
        continue;
      if (members)
        g_ptr_array_add (members, g_steal_pointer (&alarm));
      else
        g_hash_table_insert (groups, (gpointer) face,
                             g_ptr_array_new_with_free_func (g_object_unref));
    }
  return groups;
}

/* What a person reads has each group together, where its first stands. */
static GListModel *
load_rows (BenkCtl *ctl, gboolean all, GError **error)
{
  g_autoptr (GListModel) list = load_list (ctl, all, error);
  g_autoptr (GHashTable) groups = NULL;
  GListStore *rows;

  if (!list || ctl->json)
    return g_steal_pointer (&list);
  groups = list_members (list);
  rows = g_list_store_new (BENK_TYPE_ALARM);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);
      GPtrArray *members = g_hash_table_lookup (groups, benk_alarm_get_id (alarm));

      if (members || benk_alarm_get_n_group (alarm) == 0)
        g_list_store_append (rows, alarm);
      for (guint k = 0; members && k < members->len; k++)
        g_list_store_append (rows, g_ptr_array_index (members, k));
    }
  return G_LIST_MODEL (rows);
}

static gboolean
run_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  return benk_ctl_run_list (ctl, argc, argv, load_rows,
                            (BenkCtlPrint) benk_ctl_print_alarm, error);
}

static gboolean
run_codes (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error))
    return FALSE;
  benk_json_begin_array (ctl->out, NULL);
  for (gsize i = 0; i < n_codes; i++)
    {
      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_string (ctl->out, "code", codes[i].code);
      benk_json_add_string (ctl->out, "national", codes[i].national);
      benk_json_add_string (ctl->out, "label", benk_alarm_code_get_label (&codes[i]));
      benk_json_add_string (ctl->out, "responsibility",
                            benk_responsibility_to_name (codes[i].responsibility));
      benk_json_add_int (ctl->out, "severity", codes[i].severity);
      benk_json_end_object (ctl->out);
      benk_ctl_say (ctl, "%-5s %-24s %s", codes[i].code,
                    benk_alarm_code_get_label (&codes[i]), codes[i].national);
    }
  benk_json_end_array (ctl->out);
  return TRUE;
}

/* Shows the alarm as it is after a change. */
gboolean
benk_ctl_alarm_print_one (BenkCtl *ctl, const BenkId *id, GError **error)
{
  g_autoptr (GListModel) list = load_list (ctl, TRUE, error);

  if (!list)
    return FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (list, i);

      if (benk_id_equal (benk_alarm_get_id (alarm), id))
        benk_ctl_print_alarm (ctl, alarm);
    }
  return TRUE;
}

static gboolean
run_take (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkId id;

  if (!benk_ctl_parse (&argc, &argv, NULL, 1, 1, error) ||
      !benk_ctl_parse_id (argv[1], &id, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  benk_alarms_take_async (benk_session_get_alarms (ctl->session), &id, NULL,
                          benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  return benk_alarms_take_finish (benk_session_get_alarms (ctl->session), result,
                                  error) &&
         benk_ctl_alarm_print_one (ctl, &id, error);
}

static const char *
name_state (BenkFeed *feed)
{
  if (benk_feed_get_trouble (feed) != BENK_TROUBLE_NONE)
    return benk_trouble_to_name (benk_feed_get_trouble (feed));
  if (benk_feed_get_problem (feed))
    return "other";
  return benk_feed_get_answered_ms (feed) > 0 ? "answers" : "not-asked";
}

static void
print_faults (BenkCtl *ctl, BenkFeed *feed)
{
  GPtrArray *faults = benk_feed_get_faults (feed);

  benk_json_add_int (ctl->out, "unread", benk_feed_get_n_unread (feed));
  benk_json_add_int (ctl->out, "read_in_part", benk_feed_get_n_in_part (feed));
  benk_json_begin_array (ctl->out, "faults");
  for (guint i = 0; i < faults->len; i++)
    {
      const BenkFeedFault *fault = g_ptr_array_index (faults, i);

      benk_json_begin_object (ctl->out, NULL);
      benk_json_add_instant (ctl->out, "seen", fault->seen_ms);
      benk_json_add_string (ctl->out, "path", fault->path);
      benk_json_add_int (ctl->out, "length", fault->length);
      benk_json_add_string (ctl->out, "sha256", fault->sha256);
      benk_json_add_bool (ctl->out, "read_in_part", fault->in_part);
      benk_json_end_object (ctl->out);
    }
  benk_json_end_array (ctl->out);
}

static void
print_feed (BenkCtl *ctl, BenkFeed *feed)
{
  const char *problem = benk_feed_get_problem (feed);
  gint64 answered_ms = benk_feed_get_answered_ms (feed);
  g_autofree char *age =
    benk_wording_age (answered_ms,
                      benk_clock_get_wall_ms (benk_session_get_clock (ctl->session)));
  g_autofree char *faults = benk_feed_describe_faults (feed);

  benk_json_begin_object (ctl->out, NULL);
  benk_json_add_id (ctl->out, "id", benk_feed_get_id (feed));
  benk_json_add_string (ctl->out, "name", benk_feed_get_name (feed));
  benk_json_add_string (ctl->out, "url", benk_feed_get_url (feed));
  benk_json_add_string (ctl->out, "followup_url", benk_feed_get_followup_url (feed));
  benk_json_add_instant (ctl->out, "answered", benk_feed_get_answered_ms (feed));
  benk_json_add_string (ctl->out, "state", name_state (feed));
  benk_json_add_bool (ctl->out, "silent", benk_feed_is_silent (feed));
  benk_json_add_string (ctl->out, "problem", problem);
  print_faults (ctl, feed);
  benk_json_end_object (ctl->out);
  benk_ctl_say (ctl, "%-20s %s", benk_feed_get_name (feed), benk_feed_get_url (feed));
  if (answered_ms <= 0)
    benk_ctl_say (ctl, "  %s", _ ("Has not answered yet"));
  else
    benk_ctl_say (ctl, _ ("  Answered %s ago"), age);
  if (problem)
    benk_ctl_say (ctl, "  %s", problem);
  if (faults)
    benk_ctl_say (ctl, "  %s", faults);
}

static gboolean
read_token (char **token, GError **error)
{
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);

  if (g_io_channel_read_line (input, token, NULL, NULL, error) == G_IO_STATUS_ERROR)
    return FALSE;
  if (*token)
    g_strstrip (*token);
  if (*token && **token)
    return TRUE;
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("No token came on standard input."));
  return FALSE;
}

static gboolean
run_feed_add (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autofree char *followup = NULL;
  g_autofree char *token_file = NULL;
  g_autofree char *token = NULL;
  gboolean token_stdin = FALSE;
  const GOptionEntry entries[] = {
    { "followup", 0, 0, G_OPTION_ARG_STRING, &followup, NULL, NULL },
    { "token-stdin", 0, 0, G_OPTION_ARG_NONE, &token_stdin, NULL, NULL },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &token_file, NULL, NULL },
    { NULL },
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkFeed) feed = NULL;
  BenkNewFeed new_feed = { 0 };

  if (!benk_ctl_parse (&argc, &argv, entries, 2, 2, error) ||
      (token_stdin && !read_token (&token, error)) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  new_feed = (BenkNewFeed){ argv[1], argv[2], followup, token, token_file };
  benk_feeds_add_async (benk_session_get_feeds (ctl->session), &new_feed, NULL,
                        benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  feed = benk_feeds_add_finish (benk_session_get_feeds (ctl->session), result, error);
  if (!feed)
    return FALSE;
  print_feed (ctl, feed);
  return TRUE;
}

static gboolean
run_feed_list (BenkCtl *ctl, int argc, char **argv, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkFeeds *feeds;
  GListModel *list;

  if (!benk_ctl_parse (&argc, &argv, NULL, 0, 0, error) ||
      !benk_ctl_open (ctl, BENK_SESSION_NONE, error))
    return FALSE;
  feeds = benk_session_get_feeds (ctl->session);
  benk_feeds_load_async (feeds, NULL, benk_ctl_on_ready, ctl);
  result = benk_ctl_await (ctl);
  if (!benk_feeds_load_finish (feeds, result, error))
    return FALSE;
  list = benk_feeds_get_list (feeds);
  benk_ctl_print_list (ctl, NULL, list, (BenkCtlPrint) print_feed);
  return TRUE;
}

const BenkCtlCommand benk_ctl_alarm_commands[] = {
  { "alarm", "add",
    "--device SERIAL --code CODE --via phone|sms|portal|mail|site "
    "[--at TIME] [--external-id ID] | --stdin",
    run_add },
  { "alarm", "import",
    "FILE [--portal NAME] [--column HEADING=FIELD]… [--code WORD=CODE]… [--sheet NAME] "
    "[--dry-run]",
    benk_ctl_list_import_alarms },
  { "alarm", "sync", "", run_sync },
  { "alarm", "watch", "", run_watch },
  { "alarm", "list", "[--all]", run_list },
  { "alarm", "codes", "", run_codes },
  { "alarm", "take", "ID", run_take },
  { "alarm", "wait",
    "ID [--also ID]… --for vendor|visit|care|delivery --until TIME [--case TEXT] "
    "[--covered yes|no|unknown] [--said-by TEXT] | ID [--also ID]… --stop",
    benk_ctl_alarm_wait },
  { "alarm", "hand-over",
    "ID… [--role ROLE] [--to NAME] [--accepted] | ID --accept [--by TEXT] [--at TIME] | "
    "ID --keep",
    benk_ctl_alarm_hand_over },
  { "alarm", "batch", "ID [--packer TEXT] --batch TEXT|SCAN | ID --clear",
    benk_ctl_alarm_batch },
  { "alarm", "close",
    "ID --cause CODE --action CODE [--also ID]… [--confirmed-role TEXT "
    "--confirmed-by NAME --confirmed-at TIME] [--call-from TIME --call-to TIME] "
    "[--why-late TEXT] [--note TEXT]",
    benk_ctl_alarm_close },
  { "alarm", "away", "[--done]", benk_ctl_alarm_away },
  { "alarm", "handled-by-care",
    "ID… --role TEXT --name NAME --at TIME [--cause CODE] [--action CODE]",
    benk_ctl_alarm_by_care },
  { "alarm", "reopen", "ID --reason TEXT", benk_ctl_alarm_reopen },
  { "alarm", "sending", "ID [--try-again]", benk_ctl_alarm_sending },
  { "alarm", "incident", "ID… [--save FILE.pdf|.txt]", benk_ctl_alarm_incident },
  { "alarm", "deadlines",
    "[list [--model MODEL] [--versions]] | decide CODE|--all [--model MODEL] "
    "[--take MINUTES|none] [--resolve MINUTES|none|next-dose|shift-end|N-workdays] "
    "--by NAME --role ROLE --on DAY",
    benk_ctl_deadlines },
  { "feed", "add", "NAME URL [--followup URL] [--token-stdin | --token-file PATH]",
    run_feed_add },
  { "feed", "list", "", run_feed_list },
  { NULL, NULL, NULL, NULL },
};
