/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-page.h"

#include <glib/gi18n.h>

#include "benk-bench-card.h"
#include "benk-bench.h"
#include "benk-checklist-view.h"
#include "benk-reading-page.h"
#include "benk-shelf-dialog.h"
#include "benk-usb-item.h"
#include "benk-usb-items-dialog.h"
#include "benk-window.h"

struct _BenkBenchPage
{
  GtkWidget parent_instance;

  BenkSession *session;

  GtkLabel *problem;
  GtkLabel *notice;
  GtkWidget *shelf_button;
  GtkStack *plugged_stack;
  GtkListBox *cards;
  BenkChecklistView *checklist;
};

G_DEFINE_FINAL_TYPE (BenkBenchPage, benk_bench_page, GTK_TYPE_WIDGET)

static void
update_stack (BenkBenchPage *self)
{
  BenkBench *bench = benk_session_get_bench (self->session);
  gboolean any = g_list_model_get_n_items (benk_bench_get_devices (bench)) > 0;

  gtk_stack_set_visible_child_name (self->plugged_stack,
                                    any                                ? "devices"
                                    : benk_bench_knows_plugged (bench) ? "empty"
                                                                       : "reading");
  /* Where USB cannot be used the problem stands there instead. */
  gtk_widget_set_visible (GTK_WIDGET (self->plugged_stack),
                          any || !benk_bench_get_usb_problem (bench));
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text && *text);
}

static void
update_usb (BenkBenchPage *self)
{
  BenkBench *bench = benk_session_get_bench (self->session);

  set_text (self->problem, benk_bench_get_usb_problem (bench));
  set_text (self->notice, benk_bench_get_usb_notice (bench));
  update_stack (self);
}

static void
update_shelf (BenkBenchPage *self)
{
  gtk_widget_set_sensitive (self->shelf_button,
                            benk_session_get_staff (self->session) != NULL);
}

static void
on_shelf_clicked (BenkBenchPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_shelf_dialog_new (GTK_WINDOW (root), self->session)));
}

static void
on_items_clicked (BenkBenchPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (
    GTK_WINDOW (benk_usb_items_dialog_new (GTK_WINDOW (root), self->session)));
}

/* The card is offered, not thrown over what somebody is working at. */
static void
on_card_plugged (BenkBenchPage *self, BenkUsbItem *item)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  BenkDevice *card = benk_usb_item_get_card (item);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (card));
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (id));
  g_autofree char *action = g_action_print_detailed_name ("win.show-device", target);
  g_autofree char *sentence =
    g_strdup_printf (_ ("%s is plugged in."), benk_device_get_serial (card));

  if (BENK_IS_WINDOW (root))
    benk_window_offer (BENK_WINDOW (root), sentence, _ ("Show"), action);
}

static GtkWidget *
create_card (gpointer item, gpointer user_data)
{
  BenkBenchPage *self = user_data;
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row),
                              benk_bench_card_new (self->session, item));
  return row;
}

static void
benk_bench_page_dispose (GObject *object)
{
  BenkBenchPage *self = BENK_BENCH_PAGE (object);
  GtkWidget *child;

  if (self->cards)
    gtk_list_box_bind_model (self->cards, NULL, NULL, NULL, NULL);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_bench_page_parent_class)->dispose (object);
}

static void
benk_bench_page_class_init (BenkBenchPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_bench_page_dispose;
  g_type_ensure (BENK_TYPE_CHECKLIST_VIEW);
  g_type_ensure (BENK_TYPE_READING_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-bench-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkBenchPage, problem);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchPage, notice);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchPage, shelf_button);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchPage, plugged_stack);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchPage, cards);
  gtk_widget_class_bind_template_child (widget_class, BenkBenchPage, checklist);
  gtk_widget_class_bind_template_callback (widget_class, on_shelf_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_items_clicked);
}

static void
benk_bench_page_init (BenkBenchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_bench_page_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the page with what is plugged in and the checklists
 */
GtkWidget *
benk_bench_page_new (BenkSession *session)
{
  BenkBenchPage *self = g_object_new (BENK_TYPE_BENCH_PAGE, NULL);
  BenkBench *bench = benk_session_get_bench (session);
  GListModel *devices = benk_bench_get_devices (bench);
  g_autoptr (GError) error = NULL;

  self->session = g_object_ref (session);
  benk_checklist_view_set_session (self->checklist, session);
  gtk_list_box_bind_model (self->cards, devices, create_card, self, NULL);
  g_signal_connect_object (devices, "items-changed", G_CALLBACK (update_stack), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bench, "card-plugged", G_CALLBACK (on_card_plugged), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (bench, "usb-changed", G_CALLBACK (update_usb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (update_shelf), self,
                           G_CONNECT_SWAPPED);
  update_usb (self);
  update_shelf (self);
  if (!benk_bench_start (bench, &error))
    set_text (self->problem, error->message);
  update_stack (self);
  return GTK_WIDGET (self);
}

/**
 * benk_bench_page_start_checklist:
 * @self: the page
 * @device: a serial, asset number or IMEI
 *
 * Fills @device in on the side of the checklists.
 */
void
benk_bench_page_start_checklist (BenkBenchPage *self, const char *device)
{
  g_return_if_fail (BENK_IS_BENCH_PAGE (self));
  benk_checklist_view_set_device (self->checklist, device);
}

/**
 * benk_bench_page_start_task:
 * @self: the page
 * @device: a serial, asset number or IMEI
 * @task: what is to be done with it
 *
 * Fills both in on the side of the checklists.
 */
void
benk_bench_page_start_task (BenkBenchPage *self, const char *device, BenkTask task)
{
  benk_bench_page_start_checklist (self, device);
  benk_checklist_view_set_task (self->checklist, task);
}
