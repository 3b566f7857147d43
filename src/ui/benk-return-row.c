/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-return-row.h"

#include <glib/gi18n.h>

#include "benk-plan.h"
#include "benk-wording.h"

struct _BenkReturnRow
{
  GtkWidget parent_instance;

  BenkTicker *ticker;
  BenkReturnCase *shown;
  gulong notify_handler;

  GtkLabel *device;
  GtkLabel *deadline;
  GtkLabel *state;
  GtkLabel *since;
};

G_DEFINE_FINAL_TYPE (BenkReturnRow, benk_return_row, GTK_TYPE_WIDGET)

static void
update (BenkReturnRow *self)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 now_ms = benk_ticker_get_now_ms (self->ticker);
  g_autofree char *deadline = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *since = NULL;
  g_autofree char *state = NULL;
  gboolean overdue = FALSE;

  if (!self->shown)
    return;
  deadline = benk_return_row_describe_deadline (self->shown, now_ms, &overdue);
  opened =
    benk_wording_instant (benk_return_case_get_opened_ms (self->shown), now_ms, zone);
  since = g_strdup_printf (_ ("Registered %s"), opened);
  state = g_strdup_printf ("%s · %s", benk_return_case_get_vendor (self->shown),
                           benk_return_state_get_label (
                             benk_return_case_get_state (self->shown)));
  gtk_label_set_text (self->device, benk_return_case_get_device_label (self->shown));
  gtk_label_set_text (self->state, state);
  gtk_label_set_text (self->since, since);
  gtk_label_set_text (self->deadline, deadline ? deadline : "");
  if (overdue)
    gtk_widget_add_css_class (GTK_WIDGET (self->deadline), "overdue");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->deadline), "overdue");
}

static void
benk_return_row_dispose (GObject *object)
{
  BenkReturnRow *self = BENK_RETURN_ROW (object);
  GtkWidget *child;

  benk_return_row_set_case (self, NULL);
  g_clear_object (&self->ticker);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_return_row_parent_class)->dispose (object);
}

static void
benk_return_row_class_init (BenkReturnRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_return_row_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-return-row.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkReturnRow, device);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnRow, deadline);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnRow, state);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnRow, since);
}

static void
benk_return_row_init (BenkReturnRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_return_row_new:
 * @ticker: says when relative times are to be said anew
 *
 * Returns: (transfer floating): a row without a return
 */
BenkReturnRow *
benk_return_row_new (BenkTicker *ticker)
{
  BenkReturnRow *self = g_object_new (BENK_TYPE_RETURN_ROW, NULL);

  self->ticker = g_object_ref (ticker);
  g_signal_connect_object (ticker, "tick", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * benk_return_row_set_case:
 * @self: a row
 * @return_case: (nullable): what it shows from now on
 *
 * Shows @return_case and follows its changes.
 */
void
benk_return_row_set_case (BenkReturnRow *self, BenkReturnCase *return_case)
{
  g_return_if_fail (BENK_IS_RETURN_ROW (self));
  if (self->shown)
    g_clear_signal_handler (&self->notify_handler, self->shown);
  g_set_object (&self->shown, return_case);
  if (!return_case)
    return;
  self->notify_handler =
    g_signal_connect_swapped (return_case, "notify", G_CALLBACK (update), self);
  update (self);
}

/**
 * benk_return_row_describe_deadline:
 * @return_case: a return
 * @now_ms: the present, milliseconds since 1970 in UTC
 * @overdue: (out): whether the vendor's time has passed
 *
 * Returns: (transfer full) (nullable): until when an answer of the vendor is due, in
 * words; %NULL when nothing is awaited
 */
char *
benk_return_row_describe_deadline (BenkReturnCase *return_case,
                                   gint64 now_ms,
                                   gboolean *overdue)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  gint64 deadline_ms = benk_return_case_get_deadline_ms (return_case);
  g_autofree char *text = NULL;

  *overdue = deadline_ms > 0 && deadline_ms < now_ms;
  if (deadline_ms <= 0 ||
      benk_return_case_get_state (return_case) >= BENK_RETURN_STATE_CLOSED)
    return NULL;
  if (*overdue)
    {
      text = benk_wording_duration (now_ms - deadline_ms);
      return g_strdup_printf (_ ("%s overdue"), text);
    }
  text = benk_wording_instant (deadline_ms, now_ms, zone);
  return g_strdup_printf (_ ("Answer due %s"), text);
}
