/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-returns-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-icon.h"
#include "benk-reading-bar.h"
#include "benk-reading-page.h"
#include "benk-return-row.h"
#include "benk-return-view.h"
#include "benk-returns.h"
#include "benk-row-list.h"

#define TICK_MS 30000

struct _BenkReturnsPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkTicker *ticker;
  GtkSingleSelection *selection;
  BenkId wanted;

  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkListView *list;
  GtkCheckButton *closed_check;
  BenkReturnView *view;
  BenkReadingBar *reading_bar;
};

G_DEFINE_FINAL_TYPE (BenkReturnsPage, benk_returns_page, GTK_TYPE_WIDGET)

static GListModel *
get_open (BenkReturnsPage *self)
{
  return benk_returns_get_list (benk_session_get_returns (self->session));
}

static BenkReading *
get_reading (BenkReturnsPage *self)
{
  return benk_returns_get_reading (benk_session_get_returns (self->session));
}

/* What could not be read is not said to be none. */
static void
update_stack (BenkReturnsPage *self)
{
  gboolean any = g_list_model_get_n_items (get_open (self)) > 0 ||
                 benk_reading_get_problem (get_reading (self)) ||
                 gtk_check_button_get_active (self->closed_check);

  gtk_stack_set_visible_child_name (self->stack,
                                    any ? "list"
                                    : benk_reading_has_ended (get_reading (self))
                                      ? "empty"
                                      : "reading");
}

static void
on_selected (BenkReturnsPage *self)
{
  benk_return_view_set_case (self->view,
                             gtk_single_selection_get_selected_item (self->selection));
}

static GtkWidget *
new_row (BenkTicker *ticker)
{
  return GTK_WIDGET (benk_return_row_new (ticker));
}

static void
show_row (GtkWidget *row, gpointer item)
{
  benk_return_row_set_case (BENK_RETURN_ROW (row), item);
}

static const BenkId *
get_id (gpointer item)
{
  return benk_return_case_get_id (item);
}

static const BenkRowListKind row_kind = { new_row, show_row, get_id };

static void
set_rows (BenkReturnsPage *self, GListModel *rows)
{
  BenkReturnCase *shown = gtk_single_selection_get_selected_item (self->selection);

  if (shown && benk_id_is_nil (&self->wanted))
    self->wanted = *benk_return_case_get_id (shown);
  gtk_single_selection_set_model (self->selection, rows);
  benk_row_list_select (self->selection, &row_kind, &self->wanted);
  update_stack (self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkReturnsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows =
    benk_returns_list_finish (BENK_RETURNS (source), result, &error);

  if (!self->session)
    return;
  if (!rows)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
  else if (gtk_check_button_get_active (self->closed_check))
    set_rows (self, rows);
}

static void
show_list (BenkReturnsPage *self)
{
  if (!self->session)
    return;
  if (gtk_check_button_get_active (self->closed_check))
    benk_returns_list_async (benk_session_get_returns (self->session), TRUE, NULL,
                             on_listed, g_object_ref (self));
  else
    set_rows (self, get_open (self));
}

static void
on_open_changed (BenkReturnsPage *self)
{
  if (gtk_check_button_get_active (self->closed_check))
    show_list (self);
  benk_row_list_select (self->selection, &row_kind, &self->wanted);
  update_stack (self);
}

static void
on_show_closed_clicked (BenkReturnsPage *self)
{
  gtk_check_button_set_active (self->closed_check, TRUE);
}

static void
benk_returns_page_dispose (GObject *object)
{
  BenkReturnsPage *self = BENK_RETURNS_PAGE (object);
  GtkWidget *child;

  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->selection);
  g_clear_object (&self->ticker);
  G_OBJECT_CLASS (benk_returns_page_parent_class)->dispose (object);
}

static void
benk_returns_page_class_init (BenkReturnsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_returns_page_dispose;
  g_type_ensure (BENK_TYPE_RETURN_VIEW);
  g_type_ensure (BENK_TYPE_READING_BAR);
  g_type_ensure (BENK_TYPE_READING_PAGE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-returns-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkReturnsPage, reading_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnsPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnsPage, list);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnsPage, closed_check);
  gtk_widget_class_bind_template_child (widget_class, BenkReturnsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, show_list);
  gtk_widget_class_bind_template_callback (widget_class, on_show_closed_clicked);
}

static void
benk_returns_page_init (BenkReturnsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  benk_icon_show_on (self->empty_page, "returns");
}

static void
set_up_list (BenkReturnsPage *self)
{
  self->selection = benk_row_list_set_up (self->list, NULL, &row_kind, self->ticker);
  g_signal_connect_object (self->selection, "notify::selected-item",
                           G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_open (self), "items-changed", G_CALLBACK (on_open_changed),
                           self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * benk_returns_page_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the page with what goes back to vendors
 */
GtkWidget *
benk_returns_page_new (BenkSession *session)
{
  BenkReturnsPage *self = g_object_new (BENK_TYPE_RETURNS_PAGE, NULL);

  self->session = g_object_ref (session);
  self->ticker = benk_ticker_new (benk_session_get_clock (session), TICK_MS);
  benk_return_view_set_session (self->view, session, self->ticker);
  g_signal_connect_object (get_reading (self), "notify::problem",
                           G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  benk_reading_bar_set_reading (self->reading_bar, get_reading (self));
  set_up_list (self);
  show_list (self);
  return GTK_WIDGET (self);
}

/**
 * benk_returns_page_show_return:
 * @self: the page
 * @id: a return's id as text
 *
 * Selects the return, now or when it comes to the list.
 */
void
benk_returns_page_show_return (BenkReturnsPage *self, const char *id)
{
  g_return_if_fail (BENK_IS_RETURNS_PAGE (self));
  if (benk_id_parse (id, &self->wanted))
    benk_row_list_select (self->selection, &row_kind, &self->wanted);
}
