/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-count-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-count-row.h"
#include "benk-count-start.h"
#include "benk-count-verdict-panel.h"
#include "benk-error.h"
#include "benk-save-count.h"
#include "benk-scan-desk.h"
#include "benk-stocktake.h"
#include "benk-undo-dialog.h"

struct _BenkCountView
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkId shown; /* an earlier count, or nil for the one that goes on */
  BenkId count; /* what is on the page */
  guint n_missing;
  guint n_differences;
  guint n_open;
  gboolean is_open;
  gboolean wants_focus;
  GListStore *missing;
  GListStore *differences;

  GtkStack *stack;
  BenkCountStart *start;
  GtkLabel *title;
  GtkLabel *numbers;
  GtkProgressBar *progress;
  GtkWidget *scan_box;
  GtkEntry *entry;
  GtkWidget *at_label;
  GtkDropDown *at;
  BenkCountVerdictPanel *verdict;
  GtkWidget *back;
  GtkWidget *end;
  GtkWidget *drop;
  GtkLabel *differences_title;
  GtkLabel *missing_title;
  GtkListView *differences_view;
  GtkListView *missing_view;
};

G_DEFINE_FINAL_TYPE (BenkCountView, benk_count_view, GTK_TYPE_WIDGET)

static void load (BenkCountView *self);

static void
tell (BenkCountView *self, const GError *error)
{
  if (self->session)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static BenkStocktake *
get_stocktake (BenkCountView *self)
{
  return benk_session_get_stocktake (self->session);
}

/* --- showing --- */

/* Found, and not as it should be. */
static guint
count_differences (const BenkCount *count)
{
  return count->counts[BENK_COUNT_WRONG_PLACE] + count->counts[BENK_COUNT_WRONG_STATE] +
         count->counts[BENK_COUNT_UNKNOWN] + count->counts[BENK_COUNT_ADDED];
}

static void
show_numbers (BenkCountView *self, const BenkCount *count)
{
  g_autofree char *found =
    g_strdup_printf (_ ("%u of %u found, %u not settled (missing and differences)"),
                     count->n_found, count->n_expected, count->n_open);
  g_autofree char *missing =
    g_strdup_printf (_ ("Missing: %u"), count->counts[BENK_COUNT_MISSING]);
  g_autofree char *others =
    g_strdup_printf (_ ("Differences: %u"), count_differences (count));

  gtk_label_set_text (self->title, benk_count_get_title (count));
  gtk_label_set_text (self->numbers, found);
  gtk_label_set_text (self->missing_title, missing);
  gtk_label_set_text (self->differences_title, others);
  gtk_progress_bar_set_fraction (self->progress,
                                 count->n_expected > 0
                                   ? (double) count->n_found / count->n_expected
                                   : 1);
}

/* What is shown big may have been settled, or taken back, since. */
static void
refresh_verdict (BenkCountView *self, const BenkStocktakeView *view)
{
  BenkCountItem *shown = benk_count_verdict_panel_get_item (self->verdict);
  GPtrArray *lists[] = { view->differences, view->missing };

  for (guint k = 0; shown && k < G_N_ELEMENTS (lists); k++)
    for (guint i = 0; i < lists[k]->len; i++)
      {
        BenkCountItem *item = g_ptr_array_index (lists[k], i);

        if (!benk_id_equal (benk_count_item_get_id (item),
                            benk_count_item_get_id (shown)))
          continue;
        if (g_strcmp0 (benk_count_item_get_settled (item),
                       benk_count_item_get_settled (shown)) != 0)
          benk_count_verdict_panel_show (self->verdict, item, FALSE);
        return;
      }
}

static void
show_count (BenkCountView *self, const BenkStocktakeView *view)
{
  gboolean other = !benk_id_equal (&self->count, &view->count->id);
  gboolean may_write = benk_session_get_staff (self->session) != NULL;
  gboolean all = benk_id_is_nil (&view->count->place);

  self->count = view->count->id;
  self->is_open = benk_count_is_open (view->count);
  self->n_missing = view->count->counts[BENK_COUNT_MISSING];
  self->n_differences = count_differences (view->count);
  self->n_open = view->count->n_open;
  show_numbers (self, view->count);
  benk_count_row_fill (self->missing, view->missing);
  benk_count_row_fill (self->differences, view->differences);
  if (other)
    benk_count_verdict_panel_show (self->verdict, NULL, FALSE);
  else
    refresh_verdict (self, view);
  gtk_widget_set_visible (self->scan_box, self->is_open);
  gtk_widget_set_sensitive (self->scan_box, may_write);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict),
                          self->is_open ||
                            benk_count_verdict_panel_get_item (self->verdict) != NULL);
  gtk_widget_set_visible (self->at_label, all);
  gtk_widget_set_visible (GTK_WIDGET (self->at), all);
  gtk_widget_set_visible (self->back, !self->is_open);
  gtk_widget_set_visible (self->end, self->is_open);
  gtk_widget_set_visible (self->drop, !view->count->dropped);
  gtk_widget_set_sensitive (self->end, may_write);
  gtk_widget_set_sensitive (self->drop, may_write);
  gtk_stack_set_visible_child_name (self->stack, "count");
  if (self->is_open && (other || self->wants_focus))
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  self->wants_focus = FALSE;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkStocktakeView) view =
    benk_stocktake_load_finish (BENK_STOCKTAKE (source), result, &error);

  if (!self->session)
    return;
  if (!view)
    {
      tell (self, error);
      return;
    }
  if (view->count)
    {
      show_count (self, view);
      return;
    }
  self->shown = BENK_ID_NIL;
  self->count = BENK_ID_NIL;
  self->is_open = FALSE;
  benk_count_start_load (self->start);
  gtk_stack_set_visible_child_name (self->stack, "start");
}

static void
load (BenkCountView *self)
{
  if (self->session)
    benk_stocktake_load_async (get_stocktake (self),
                               benk_id_is_nil (&self->shown) ? NULL : &self->shown, NULL,
                               on_loaded, g_object_ref (self));
}

static void
on_show_count (BenkCountView *self, const char *id)
{
  if (benk_id_parse (id, &self->shown))
    load (self);
}

static void
on_back (BenkCountView *self)
{
  self->shown = BENK_ID_NIL;
  load (self);
}

static void
on_row_activated (GtkListView *view, guint position, BenkCountView *self)
{
  g_autoptr (BenkCountItem) item =
    g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (view)), position);

  if (!item)
    return;
  benk_count_verdict_panel_show (self->verdict, item, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), TRUE);
}

/* --- scanning --- */

static const char *
get_at (BenkCountView *self)
{
  guint chosen = gtk_drop_down_get_selected (self->at);
  GtkStringObject *place = gtk_drop_down_get_selected_item (self->at);

  return chosen > 0 && place && gtk_widget_get_visible (GTK_WIDGET (self->at))
           ? gtk_string_object_get_string (place)
           : NULL;
}

static void
on_at_changed (BenkCountView *self)
{
  benk_count_verdict_panel_set_place (self->verdict, get_at (self));
}

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean already = FALSE;
  g_autoptr (BenkCountItem) item =
    benk_stocktake_scan_finish (BENK_STOCKTAKE (source), result, &already, &error);

  if (!self->session)
    return;
  if (item)
    benk_count_verdict_panel_show (self->verdict, item, already);
  else
    tell (self, error);
}

static void
scan (BenkCountView *self, const char *code)
{
  if (self->session && self->is_open)
    benk_stocktake_scan_async (get_stocktake (self), code, get_at (self), NULL,
                               on_scanned, g_object_ref (self));
}

/* The next one may come at once. */
static void
on_entered (BenkCountView *self)
{
  g_autofree char *code = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (*g_strstrip (code))
    scan (self, code);
}

/* From anywhere in the window, while a count goes on. */
static void
on_window_scan (GtkWidget *box, const BenkScan *found, const BenkScanTyping *typing)
{
  BenkCountView *self =
    BENK_COUNT_VIEW (gtk_widget_get_ancestor (box, BENK_TYPE_COUNT_VIEW));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  scan (self, found->serial && benk_id_is_nil (&found->id) ? found->serial : found->text);
}

/* --- ending --- */

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_stocktake_change_finish (BENK_STOCKTAKE (source), result, NULL, &error))
    tell (self, error);
}

/* What stands in the way is more than a line. */
static void
say_not_taken_back (BenkCountView *self, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->session && GTK_IS_WINDOW (root) &&
      g_error_matches (error, BENK_ERROR, BENK_ERROR_REFUSED))
    benk_undo_dialog_refused (GTK_WINDOW (root), error);
  else
    tell (self, error);
}

static void
on_taken_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  guint n = 0;

  if (!benk_stocktake_take_back_finish (BENK_STOCKTAKE (source), result, &n, &error))
    {
      say_not_taken_back (self, error);
      return;
    }
  sentence =
    g_strdup_printf (ngettext ("%u change taken back.", "%u changes taken back.", n), n);
  if (self->session)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s", sentence);
}

static void
on_end_response (BenkCountView *self, const char *response)
{
  if (!self->session || g_strcmp0 (response, "end") != 0)
    return;
  /* Its result stays on the page. */
  self->shown = self->count;
  benk_stocktake_end_async (get_stocktake (self), NULL, on_changed, g_object_ref (self));
}

static void
on_drop_response (BenkCountView *self, const char *response)
{
  if (!self->session)
    return;
  if (g_strcmp0 (response, "drop") == 0)
    benk_stocktake_drop_async (get_stocktake (self), NULL, on_changed,
                               g_object_ref (self));
  else if (g_strcmp0 (response, "undo") == 0)
    benk_stocktake_take_back_async (get_stocktake (self), &self->count, NULL,
                                    on_taken_back, g_object_ref (self));
}

static GtkWidget *
make_dialog (BenkCountView *self, const char *heading, const char *body)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
                            body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  return dialog;
}

static void
on_end (BenkCountView *self)
{
  g_autofree char *body =
    g_strdup_printf (_ ("Missing: %u. Differences: %u. Not settled of these: %u. The "
                        "result is kept and can "
                        "be saved."),
                     self->n_missing, self->n_differences, self->n_open);
  GtkWidget *dialog = make_dialog (self, _ ("End the Count?"), body);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "end", _ ("_End Count"));
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "end");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_end_response), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_drop (BenkCountView *self)
{
  GtkWidget *dialog = make_dialog (
    self, _ ("Drop the Count?"),
    _ ("Its scans are not to count. What was fixed for it can stay, or be taken back "
       "with it."));

  if (self->is_open)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "drop",
                                     _ ("_Keep Fixes"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "undo",
                                   _ ("Take _Back All"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "undo",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_drop_response), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_save_pdf (BenkCountView *self)
{
  benk_save_count_ask (GTK_WIDGET (self), self->session, &self->count, FALSE);
}

static void
on_save_csv (BenkCountView *self)
{
  benk_save_count_ask (GTK_WIDGET (self), self->session, &self->count, TRUE);
}

/* --- the object --- */

static void
on_map (GtkWidget *widget)
{
  BenkCountView *self = BENK_COUNT_VIEW (widget);

  self->wants_focus = TRUE;
  load (self);
}

static void
benk_count_view_dispose (GObject *object)
{
  BenkCountView *self = BENK_COUNT_VIEW (object);
  GtkWidget *child;

  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->missing);
  g_clear_object (&self->differences);
  G_OBJECT_CLASS (benk_count_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, start);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, title);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, numbers);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, scan_box);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, entry);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, at_label);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, at);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, verdict);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, back);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, end);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, drop);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, differences_title);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, missing_title);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, differences_view);
  gtk_widget_class_bind_template_child (widget_class, BenkCountView, missing_view);
  gtk_widget_class_bind_template_callback (widget_class, on_entered);
  gtk_widget_class_bind_template_callback (widget_class, on_at_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show_count);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_end);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
  gtk_widget_class_bind_template_callback (widget_class, on_save_pdf);
  gtk_widget_class_bind_template_callback (widget_class, on_save_csv);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
benk_count_view_class_init (BenkCountViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_count_view_dispose;
  g_type_ensure (BENK_TYPE_COUNT_START);
  g_type_ensure (BENK_TYPE_COUNT_VERDICT_PANEL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-count-view.ui");
  bind_children (widget_class);
}

static void
show_in (GtkListView *view, GListStore *store, BenkSession *session)
{
  g_autoptr (GtkSelectionModel) selection =
    GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (store))));

  benk_count_row_set_up (view, session);
  gtk_list_view_set_model (view, selection);
}

static void
benk_count_view_init (BenkCountView *self)
{
  self->missing = g_list_store_new (BENK_TYPE_COUNT_ITEM);
  self->differences = g_list_store_new (BENK_TYPE_COUNT_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));
  benk_count_verdict_panel_show (self->verdict, NULL, FALSE);
  gtk_drop_down_set_model (self->at, benk_count_start_get_places (self->start));
  benk_scan_take (self->scan_box, on_window_scan);
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
}

/**
 * benk_count_view_new:
 * @session: the open session
 *
 * Returns: (transfer floating): the count that goes on, or where one begins
 */
GtkWidget *
benk_count_view_new (BenkSession *session)
{
  BenkCountView *self = g_object_new (BENK_TYPE_COUNT_VIEW, NULL);

  self->session = g_object_ref (session);
  benk_count_start_set_session (self->start, session);
  benk_count_verdict_panel_set_session (self->verdict, session);
  show_in (self->missing_view, self->missing, session);
  show_in (self->differences_view, self->differences, session);
  g_signal_connect_object (get_stocktake (self), "changed", G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (load), self,
                           G_CONNECT_SWAPPED);
  load (self);

  return GTK_WIDGET (self);
}
