/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-clock-private.h"
#include "benk-feeds-dialog.h"
#include "benk-feeds.h"
#include "benk-find.h"
#include "benk-shot.h"
#include "benk-stage.h"
#include "benk-table-feed.h"
#include "benk-window.h"

/* What a person sees of a source that is in trouble. */

typedef struct
{
  const char *name;
  const char *stored;
  gint64 ago_ms;
  const char *line;
  gboolean warns;
  const char *sentence; /* in the dialogue; NULL: none */
  const char *fault;    /* of an alarm; NULL: none */
  const char *portal;   /* what the source is called; NULL: Portal */
} LineRow;

static const LineRow rows[] = {
  { "answers", NULL, 90 * 1000, "Portal 1 min", FALSE, NULL },
  { "offline", "offline 1772435520000", 90 * 60 * 1000,
    "No network since 08:12. New alarms are not shown here.", FALSE,
    "No network since 08:12. What came until 08:11 is kept. New alarms are not shown "
    "here. "
    "It goes on by itself when the network is back." },
  { "login", "login-page 0", 90 * 1000, "Portal 1 min: the network asks for a login",
    TRUE, "Open a web browser and log in to the network." },
  { "tls", "tls-issuer 0", 90 * 1000, "Portal 1 min: certificate not trusted", TRUE,
    "The source's certificate was issued by somebody whom this computer does not trust. "
    "Nothing was sent." },
  { "not-all", "not-all 0", 90 * 1000, "Portal 1 min: may not give all alarms", TRUE,
    "The source gave a full page of alarms and did not say where the rest is." },
  { "not-saved", "not-saved 0", 90 * 1000, "Portal 1 min: could not be saved here", TRUE,
    "What came could not be saved on this computer." },
  { "silent", "server 503", 330 * 1000,
    "Portal: has a fault of its own, for 5 min. Alarms may be missing.", TRUE,
    "The source has a fault of its own (HTTP 503). What came until 09:35 is kept." },
  { "unread", NULL, 90 * 1000, "Portal 1 min: 1 alarm not read in full", TRUE,
    "1 alarm could not be read. Tell those who run the source.\n09:41  "
    "$.entry[1].resource.id  0123456789ab",
    "$.entry[1].resource.id length=120 sha256=0123456789abcdef" },
};

static BenkDb *
open_store (BenkStage *stage)
{
  g_autoptr (GError) error = NULL;
  BenkDb *db = benk_db_open (stage->path, 0, stage->clock, &error);

  g_assert_no_error (error);
  return db;
}

static void
put_feed (BenkStage *stage, const LineRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db = open_store (stage);
  g_autoptr (GAsyncResult) loaded = NULL;
  BenkFeeds *feeds = benk_session_get_feeds (stage->session);
  BenkFeedRow feed = { .name = (char *) (row->portal ? row->portal : "Portal"),
                       .url = (char *) "https://hub.example/fhir",
                       .token_file = (char *) "" };

  if (row->ago_ms >= 0)
    feed.answered_ms = benk_clock_get_wall_ms (stage->clock) - row->ago_ms;
  feed.last_error = (char *) row->stored;
  g_assert_true (benk_table_feed_insert (db, &feed, &error));
  g_assert_true (benk_table_feed_update (db, &feed, &error));
  if (row->fault)
    g_assert_true (benk_table_feed_fault_set (db, &feed.id, "sha256:0123", "", NULL,
                                              row->fault, &error));
  benk_feeds_load_async (feeds, NULL, benk_stage_keep, &loaded);
  g_assert_true (benk_feeds_load_finish (feeds, benk_stage_await (&loaded), &error));
}

static gboolean
has_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) &&
      strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child, text))
      return TRUE;
  return FALSE;
}

static void
test_line (gconstpointer data)
{
  const LineRow *row = data;
  BenkStage stage;
  GtkWidget *line;
  GtkWidget *label;
  GtkWidget *dialog;

  benk_stage_set_up (&stage, FALSE);
  put_feed (&stage, row);
  benk_stage_show_window (&stage, 1366, 768);
  line = benk_stage_get_child (stage.window, "status_line");
  label = benk_stage_get_child (line, "feed_label");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, row->line);
  g_assert_cmpint (gtk_widget_has_css_class (label, "warning"), ==, row->warns);
  g_assert_false (gtk_widget_has_css_class (label, "error"));
  dialog = benk_feeds_dialog_new (GTK_WINDOW (stage.window), stage.session);
  gtk_window_present (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  if (row->sentence)
    g_assert_true (has_text (dialog, row->sentence));
  gtk_window_destroy (GTK_WINDOW (dialog));
  benk_stage_wait_idle ();
  benk_stage_tear_down (&stage);
}

/* Beside the ages stands what they rest on. */
static void
test_wrong_clock (gconstpointer data)
{
  const gint64 hour_ms = 60 * 60 * 1000;
  BenkStage stage;
  GtkWidget *label;
  BenkId source;
  BenkClockSample sample;

  benk_stage_set_up (&stage, FALSE);
  put_feed (&stage, &rows[0]);
  source = benk_id_new (stage.clock);
  sample.begun_ms = sample.ended_ms = benk_clock_get_boot_ms (stage.clock);
  sample.date_ms = benk_clock_get_wall_ms (stage.clock) + hour_ms;
  benk_feeds_note_date (benk_session_get_feeds (stage.session), &source, &sample);
  benk_stage_show_window (&stage, 1366, 768);
  label = benk_stage_get_child (benk_stage_get_child (stage.window, "status_line"),
                                "feed_label");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==,
                   "Portal 1 min · This computer’s clock is 1 h 0 min slow");
  g_assert_true (gtk_widget_has_css_class (label, "warning"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (label), "set its clock"));
  benk_stage_tear_down (&stage);
}

/* That nothing is open is known only as far as the source with the oldest answer. */
static void
test_empty (gconstpointer data)
{
  static const struct
  {
    gint64 ago_ms[2]; /* -1: has never answered */
    const char *title;
    const char *line;
    const char *stored; /* of the old one */
    const char *fault;
  } cases[] = {
    { { 12 * 1000, 90 * 1000 }, "No open alarms. Checked 1 min ago.", NULL },
    { { 12 * 1000, 20 * 3600 * 1000 },
      "No open alarms here, but alarms may be missing.",
      "Old <B> has not answered for 20 h" },
    { { 12 * 1000, -1 },
      "No open alarms here, but alarms may be missing.",
      "Old <B> has not answered yet" },
    { { 12 * 1000, 90 * 1000 },
      "No open alarms. Checked 1 min ago.",
      "Old <B>: A web page answered instead of the source",
      "login-page 0",
      NULL },
    { { 12 * 1000, 90 * 1000 },
      "No open alarms here, but alarms may be missing.",
      "Old <B>: 1 alarm could not be read",
      NULL,
      "$.entry[1].resource.id length=120 sha256=0123456789abcdef" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LineRow rows_of[] = { { .ago_ms = cases[i].ago_ms[0], .portal = "New A" },
                            { .ago_ms = cases[i].ago_ms[1],
                              .portal = "Old <B>",
                              .stored = cases[i].stored,
                              .fault = cases[i].fault } };
      BenkStage stage;

      benk_stage_set_up (&stage, FALSE);
      put_feed (&stage, &rows_of[0]);
      put_feed (&stage, &rows_of[1]);
      benk_stage_show_window (&stage, 1366, 768);
      benk_window_show_page (stage.window, "alarms");
      benk_find_wait_text (GTK_WIDGET (stage.window), cases[i].title);
      if (cases[i].line)
        benk_find_wait_text (GTK_WIDGET (stage.window), cases[i].line);
      g_assert_null (benk_find_text (GTK_WIDGET (stage.window), "Checked 12 s ago"));
      benk_stage_close_window (&stage);
      benk_stage_tear_down (&stage);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ui/feeds/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_line);
    }
  g_test_add_data_func ("/ui/feeds/a-clock-that-is-wrong", NULL, test_wrong_clock);
  g_test_add_data_func ("/ui/feeds/an-empty-list-claims-no-more-than-was-answered", NULL,
                        test_empty);
  return g_test_run ();
}
