/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-feeds-dialog.h"

#include <glib/gi18n.h>

#include "benk-entry-rows.h"
#include "benk-feeds.h"
#include "benk-rows.h"
#include "benk-sentence.h"
#include "benk-wording.h"

struct _BenkFeedsDialog
{
  AdwWindow parent_instance;

  BenkSession *session;
  GPtrArray *known_rows;

  AdwPreferencesGroup *known;
  AdwEntryRow *name_row;
  AdwEntryRow *url_row;
  AdwEntryRow *followup_row;
  AdwPasswordEntryRow *token_row;
  GtkLabel *problem;
  GtkWidget *add_button;
};

G_DEFINE_FINAL_TYPE (BenkFeedsDialog, benk_feeds_dialog, ADW_TYPE_WINDOW)

static void
update (BenkFeedsDialog *self)
{
  g_autofree char *name = benk_entry_rows_get_text (self->name_row);
  g_autofree char *url = benk_entry_rows_get_text (self->url_row);

  if (!self->session)
    return;
  benk_sentence_show (self->problem, NULL);
  gtk_widget_set_sensitive (self->add_button,
                            *name && *url && benk_session_get_staff (self->session));
}

static char *
describe (BenkFeedsDialog *self, BenkFeed *feed)
{
  gint64 answered_ms = benk_feed_get_answered_ms (feed);
  g_autofree char *age =
    benk_wording_age (answered_ms,
                      benk_clock_get_wall_ms (benk_session_get_clock (self->session)));
  g_autofree char *state = answered_ms > 0 ? g_strdup_printf (_ ("Answered %s ago"), age)
                                           : g_strdup (_ ("Has not answered yet"));
  const char *problem = benk_feed_get_problem (feed);

  const char *way = problem ? NULL : benk_feed_get_way (feed);
  g_autofree char *faults = benk_feed_describe_faults (feed);

  const char *parts[] = { benk_feed_get_url (feed),       state, problem, way,
                          benk_feed_get_dispenses (feed), faults };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i])
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", parts[i]);
  return g_string_free (text, FALSE);
}

static void
show_known (BenkFeedsDialog *self)
{
  GListModel *feeds;

  if (self->session == NULL)
    return;
  feeds = benk_feeds_get_list (benk_session_get_feeds (self->session));
  benk_rows_clear (self->known, self->known_rows);
  for (guint i = 0; i < g_list_model_get_n_items (feeds); i++)
    {
      g_autoptr (BenkFeed) feed = g_list_model_get_item (feeds, i);
      g_autofree char *subtitle = describe (self, feed);

      benk_rows_add (self->known, self->known_rows, benk_feed_get_name (feed), subtitle);
    }
  if (self->known_rows->len == 0)
    benk_rows_add (self->known, self->known_rows, _ ("No alarm source"), NULL);
}

static void
clear (gpointer row)
{
  gtk_editable_set_text (GTK_EDITABLE (row), "");
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkFeedsDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkFeed) feed = benk_feeds_add_finish (BENK_FEEDS (source), result, &error);

  if (!self->session)
    return;
  if (!feed)
    {
      benk_sentence_show (self->problem, error->message);
      gtk_widget_set_sensitive (self->add_button, TRUE);
      return;
    }
  clear (self->name_row);
  clear (self->url_row);
  clear (self->followup_row);
  clear (self->token_row);
  show_known (self);
}

static void
on_add_clicked (BenkFeedsDialog *self)
{
  g_autofree char *name = benk_entry_rows_get_text (self->name_row);
  g_autofree char *url = benk_entry_rows_get_text (self->url_row);
  g_autofree char *followup = benk_entry_rows_get_text (self->followup_row);
  g_autofree char *token = benk_entry_rows_get_text (self->token_row);
  BenkNewFeed feed = { 0 };

  feed.name = name;
  feed.url = url;
  feed.followup_url = *followup ? followup : NULL;
  feed.token = *token ? token : NULL;
  gtk_widget_set_sensitive (self->add_button, FALSE);
  benk_feeds_add_async (benk_session_get_feeds (self->session), &feed, NULL, on_added,
                        g_object_ref (self));
}

static void
benk_feeds_dialog_dispose (GObject *object)
{
  BenkFeedsDialog *self = BENK_FEEDS_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->known_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_feeds_dialog_parent_class)->dispose (object);
}

static void
benk_feeds_dialog_class_init (BenkFeedsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_feeds_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-feeds-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkFeedsDialog, known);
  gtk_widget_class_bind_template_child (widget_class, BenkFeedsDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, BenkFeedsDialog, url_row);
  gtk_widget_class_bind_template_child (widget_class, BenkFeedsDialog, followup_row);
  gtk_widget_class_bind_template_child (widget_class, BenkFeedsDialog, token_row);
  gtk_widget_class_bind_template_child (widget_class, BenkFeedsDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkFeedsDialog, add_button);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_add_clicked);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_feeds_dialog_init (BenkFeedsDialog *self)
{
  self->known_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_feeds_dialog_new:
 * @parent: the main window
 * @session: the open session
 *
 * Returns: (transfer none): a window with the sources of alarms, where one can be added
 */
GtkWidget *
benk_feeds_dialog_new (GtkWindow *parent, BenkSession *session)
{
  BenkFeedsDialog *self =
    g_object_new (BENK_TYPE_FEEDS_DIALOG, "transient-for", parent, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (benk_session_get_feeds (session), "round",
                           G_CALLBACK (show_known), self, G_CONNECT_SWAPPED);
  show_known (self);
  update (self);
  return GTK_WIDGET (self);
}
