/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-duty-line.h"

#include <glib/gi18n.h>

#include "benk-duties.h"
#include "benk-feeds-clock.h"

#define MAX_HEIGHT 480
#define LINE_CHARS 68

static BenkDutyRoster *
get_roster (BenkSession *session)
{
  return benk_duties_get_roster (benk_session_get_duties (session));
}

/**
 * benk_duty_line_describe:
 * @session: the open session
 * @now_ms: the present, milliseconds since 1970 in UTC
 *
 * Returns: (transfer full): who supports and who owns alarms now, in one line
 */
char *
benk_duty_line_describe (BenkSession *session, gint64 now_ms)
{
  return benk_duty_roster_describe (get_roster (session), now_ms);
}

/**
 * benk_duty_line_describe_all:
 * @session: the open session
 * @now_ms: the present, milliseconds since 1970 in UTC
 *
 * Returns: (transfer full): the same of each team, with telephone numbers and what comes
 *   next
 */
char *
benk_duty_line_describe_all (BenkSession *session, gint64 now_ms)
{
  BenkDutyRoster *roster = get_roster (session);
  GString *text = g_string_new (NULL);

  if (roster->teams->len == 0)
    {
      g_autofree char *words = benk_duty_roster_describe_team (roster, NULL, now_ms);

      g_string_append (text, words);
    }
  for (guint i = 0; i < roster->teams->len; i++)
    {
      const BenkDutyTeam *team = g_ptr_array_index (roster->teams, i);
      g_autofree char *words = benk_duty_roster_describe_team (roster, &team->id, now_ms);

      g_string_append_printf (text, "%s%s\n%s", i > 0 ? "\n\n" : "", team->name, words);
    }
  return g_string_free (text, FALSE);
}

static void
on_copy_clicked (GtkWidget *button, GtkLabel *label)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (button), gtk_label_get_text (label));
  gtk_widget_activate_action (button, "win.tell", "s", _ ("Copied"));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
create_scroller (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  return scroller;
}

static gboolean
is_proposed (BenkDutyRoster *roster)
{
  for (guint i = 0; i < roster->teams->len; i++)
    if (((const BenkDutyTeam *) g_ptr_array_index (roster->teams, i))->hours.proposed)
      return TRUE;
  return roster->teams->len == 0 && roster->common->hours.proposed;
}

static GtkWidget *
create_proposed (void)
{
  GtkWidget *label =
    gtk_label_new (_ ("Proposed by the program, not decided by the district"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  return label;
}

static GtkWidget *
create_buttons (GtkLabel *label)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy as Text"));
  GtkWidget *duty = gtk_button_new_with_mnemonic (_ ("_Duty…"));

  g_signal_connect_object (copy, "clicked", G_CALLBACK (on_copy_clicked), label, 0);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (duty), "win.duty");
  gtk_box_append (GTK_BOX (box), copy);
  gtk_box_append (GTK_BOX (box), duty);
  return box;
}

/**
 * benk_duty_line_create_popover:
 * @session: the open session
 *
 * Returns: (transfer floating): who owns alarms and who supports, by team, as it is now
 */
GtkWidget *
benk_duty_line_create_popover (BenkSession *session)
{
  gint64 now_ms = benk_feeds_get_now_ms (benk_session_get_feeds (session));
  g_autofree char *text = benk_duty_line_describe_all (session, now_ms);
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), LINE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_CHARS);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (box), create_scroller (label));
  if (is_proposed (get_roster (session)))
    gtk_box_append (GTK_BOX (box), create_proposed ());
  gtk_box_append (GTK_BOX (box), create_buttons (GTK_LABEL (label)));
  gtk_widget_set_margin_start (box, 6);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}
