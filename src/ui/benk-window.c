/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-window.h"

#include <glib/gi18n.h>

#include "benk-bench.h"
#include "benk-dialog-ties.h"
#include "benk-error.h"
#include "benk-icon.h"
#include "benk-pages.h"
#include "benk-scan-answer.h"
#include "benk-staff-dialog.h"
#include "benk-status-line.h"
#include "benk-toasts.h"
#include "benk-window-actions.h"
#include "benk-window-keys.h"
#include "benk-window-size.h"

struct _BenkWindow
{
  AdwApplicationWindow parent_instance;

  BenkSession *session;
  BenkScanDesk *scans;

  GtkSearchEntry *search_entry;
  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  GtkButton *undo_button;
  GtkWidget *demo_banner;
  GtkWidget *look_only_banner;
  AdwToastOverlay *toasts;
  GtkWidget *sidebar_side;
  GtkWidget *new_alarm_button;
  GtkListBox *sidebar;
  GtkStack *stack;
  BenkStatusLine *status_line;
  guint n_ticks;
};

G_DEFINE_FINAL_TYPE (BenkWindow, benk_window, ADW_TYPE_APPLICATION_WINDOW)

static const BenkPage *
get_row_page (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "benk-page");
}

/* A page is built when it is first shown: five of them would cost the first frame. */
static GtkWidget *
ensure_page (BenkWindow *self, const BenkPage *page)
{
  GtkWidget *widget = gtk_stack_get_child_by_name (self->stack, page->name);

  if (!widget)
    {
      widget = page->build (self->session);
      gtk_stack_add_named (self->stack, widget, page->name);
    }
  return widget;
}

static void
on_row_selected (BenkWindow *self, GtkListBoxRow *row)
{
  /* What is shown alone is left by its own button only. */
  if (!row || !self->session || gtk_stack_get_child_by_name (self->stack, "alone"))
    return;
  ensure_page (self, get_row_page (row));
  gtk_stack_set_visible_child_name (self->stack, get_row_page (row)->name);
}

/* The window is seen before its page, which has nothing to show before it has read. The
 * second tick is that of the second frame. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *frame_clock, gpointer user_data)
{
  BenkWindow *self = BENK_WINDOW (widget);

  if (++self->n_ticks < 2)
    return G_SOURCE_CONTINUE;
  on_row_selected (self, gtk_list_box_get_selected_row (self->sidebar));
  return G_SOURCE_REMOVE;
}

static void
on_search_changed (BenkWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  /* The entry emits once at start; nothing was typed then. */
  if (!*text && !gtk_stack_get_child_by_name (self->stack, "devices"))
    return;
  if (*text)
    benk_window_show_page (self, "devices");
  benk_pages_search (benk_window_get_page (self, "devices"), text);
}

static void
on_search_activate (BenkWindow *self)
{
  benk_window_show_page (self, "devices");
  benk_pages_search_activate (benk_window_get_page (self, "devices"),
                              gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
on_stop_search (BenkWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
add_sidebar_row (BenkWindow *self, BenkSession *session, const BenkPage *page)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (_ (page->title));
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (badge, "sidebar-badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (badge, FALSE);
  gtk_box_append (GTK_BOX (box), benk_icon_image_new (page->name));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (page->title), -1);
  g_object_set_data (G_OBJECT (row), "benk-page", (gpointer) page);
  gtk_list_box_append (self->sidebar, row);
  if (page->bind_badge)
    page->bind_badge (session, GTK_LABEL (badge));
}

static void
on_session_changed (BenkWindow *self)
{
  static const char *const writing[] = { "win.new-alarm", "win.new-device", "win.import",
                                         "win.import-alarms", "win.plan" };
  const char *undo = benk_session_get_undo_label (self->session);
  gboolean may_write = benk_session_get_staff (self->session) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->undo_button), undo != NULL);
  gtk_button_set_label (self->undo_button, undo ? undo : "");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo", undo != NULL);
  gtk_widget_set_visible (self->look_only_banner, !may_write);
  for (gsize i = 0; i < G_N_ELEMENTS (writing); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), writing[i], may_write);
}

static void
tell_undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *sentence;
  gint64 seq;

  g_variant_get (parameter, "(&sx)", &sentence, &seq);
  adw_toast_overlay_add_toast (BENK_WINDOW (widget)->toasts,
                               benk_toast_new_undo (sentence, seq));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BenkWindow *self = BENK_WINDOW (widget);

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

static void
clear_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_stop_search (BENK_WINDOW (widget));
}

/**
 * benk_window_is_working:
 * @self: a window
 *
 * Returns: whether a job on a dispenser is running, so that one should not end now
 */
gboolean
benk_window_is_working (BenkWindow *self)
{
  GListModel *devices = benk_bench_get_devices (benk_session_get_bench (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);
      BenkBenchJob *job = benk_bench_device_get_job (device);

      if (job && benk_bench_job_is_running (job))
        return TRUE;
    }
  return FALSE;
}

static void
on_leave_response (BenkWindow *self, const char *response)
{
  if (g_strcmp0 (response, "leave") == 0)
    gtk_window_destroy (GTK_WINDOW (self));
}

static gboolean
benk_window_close_request (GtkWindow *window)
{
  BenkWindow *self = BENK_WINDOW (window);
  GtkWidget *dialog;

  if (!benk_window_is_working (self))
    return GTK_WINDOW_CLASS (benk_window_parent_class)->close_request (window);
  dialog = adw_message_dialog_new (
    window, _ ("A dispenser is being worked on"),
    _ ("If you close now, it is not known how that ends. The dispenser must be plugged "
       "in again so that it can be read."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", _ ("_Wait"),
                                    "leave", _ ("_Close Anyway"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "leave",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_leave_response), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}

/* Tab leaves the list of pages: going through its rows would show every page. */
static gboolean
on_sidebar_key (BenkWindow *self, guint keyval, guint keycode, GdkModifierType state)
{
  if ((keyval != GDK_KEY_Tab && keyval != GDK_KEY_KP_Tab) || (state & GDK_SHIFT_MASK))
    return FALSE;
  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
benk_window_dispose (GObject *object)
{
  BenkWindow *self = BENK_WINDOW (object);

  g_clear_object (&self->scans);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (benk_window_parent_class)->dispose (object);
}

static void
benk_window_class_init (BenkWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  benk_dialog_ties_watch ();
  object_class->dispose = benk_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = benk_window_close_request;

  g_type_ensure (BENK_TYPE_STATUS_LINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/no/dosebenk/Dosebenk/ui/benk-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, demo_banner);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, look_only_banner);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, sidebar_side);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, new_alarm_button);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BenkWindow, status_line);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_install_action (widget_class, "win.tell-undo", "(sx)",
                                   tell_undo_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.clear-search", NULL,
                                   clear_search_action);
  benk_window_actions_install (widget_class);
  benk_window_keys_install (widget_class);
}

/* The menu's twenty widgets are made when somebody opens it, not before the first frame.
 */
static void
make_menu (GtkMenuButton *button, gpointer self)
{
  gtk_menu_button_set_menu_model (button, BENK_WINDOW (self)->primary_menu);
}

static void
benk_window_init (BenkWindow *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, make_menu, self, NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_sidebar_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), keys);
}

/**
 * benk_window_new:
 * @application: the application
 * @session: an open session
 *
 * Makes the main window with its sidebar; the first page follows its first frame.
 *
 * Returns: (transfer none): the window, owned by @application
 */
BenkWindow *
benk_window_new (GtkApplication *application, BenkSession *session)
{
  BenkWindow *self = g_object_new (BENK_TYPE_WINDOW, "application", application, NULL);

  for (const BenkPage *page = benk_pages; page->name; page++)
    add_sidebar_row (self, session, page);
  gtk_list_box_select_row (self->sidebar,
                           gtk_list_box_get_row_at_index (self->sidebar, 0));
  self->session = g_object_ref (session);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  benk_window_size_keep (GTK_WINDOW (self));
  gtk_widget_set_visible (self->demo_banner, benk_session_is_demo (session));
  benk_status_line_set_session (self->status_line, session);
  self->scans = benk_scan_answer_in (self, GTK_WIDGET (self->search_entry));
  g_signal_connect_object (session, "notify::undo-label", G_CALLBACK (on_session_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::staff", G_CALLBACK (on_session_changed),
                           self, G_CONNECT_SWAPPED);
  on_session_changed (self);
  return self;
}

/**
 * benk_window_get_session:
 * @self: a window
 *
 * Returns: (transfer none): the session that the window shows
 */
BenkSession *
benk_window_get_session (BenkWindow *self)
{
  g_return_val_if_fail (BENK_IS_WINDOW (self), NULL);
  return self->session;
}

/**
 * benk_window_show_page:
 * @self: a window
 * @page: a page's name, such as "alarms"
 *
 * Shows a page, building it first where needed. An unknown name changes nothing.
 */
void
benk_window_show_page (BenkWindow *self, const char *page)
{
  GtkListBoxRow *row;

  g_return_if_fail (BENK_IS_WINDOW (self));
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    if (g_str_equal (get_row_page (row)->name, page))
      {
        gtk_list_box_select_row (self->sidebar, row);
        on_row_selected (self, row);
      }
}

/**
 * benk_window_get_page:
 * @self: a window
 * @page: a page's name
 *
 * Returns: (transfer none) (nullable): the page's widget, built where needed
 */
GtkWidget *
benk_window_get_page (BenkWindow *self, const char *page)
{
  g_return_val_if_fail (BENK_IS_WINDOW (self), NULL);
  for (const BenkPage *one = benk_pages; one->name; one++)
    if (g_str_equal (one->name, page))
      return ensure_page (self, one);
  return NULL;
}

/**
 * benk_window_tell:
 * @self: a window
 * @sentence: what happened, in words for a person
 *
 * Shows @sentence for a while above the pages.
 */
void
benk_window_tell (BenkWindow *self, const char *sentence)
{
  adw_toast_overlay_add_toast (self->toasts, benk_toast_new (sentence));
}

/**
 * benk_window_add_toast:
 * @self: a window
 * @toast: (transfer full): what is to be shown above the pages
 */
void
benk_window_add_toast (BenkWindow *self, AdwToast *toast)
{
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * benk_window_refuse:
 * @self: a window
 * @sentence: why something was not done, in words for a person
 *
 * Shows @sentence in a dialog: a toast would cut what is missing.
 */
void
benk_window_refuse (BenkWindow *self, const char *sentence)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self), _ ("Not Done"), sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_OK"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * benk_window_tell_error:
 * @self: a window
 * @error: why something was refused or failed
 *
 * Shows @error in a dialog, so that a refusal is read and not missed.
 */
void
benk_window_tell_error (BenkWindow *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    benk_window_refuse (self, error->message);
}

/**
 * benk_window_choose_staff:
 * @self: a window
 *
 * Asks who is working.
 */
void
benk_window_choose_staff (BenkWindow *self)
{
  gtk_window_present (
    GTK_WINDOW (benk_staff_dialog_new (GTK_WINDOW (self), self->session)));
}

/**
 * benk_window_show_alone:
 * @self: a window
 * @page: (nullable): the only page, or %NULL
 *
 * Shows one page with nothing around it that asks for attention: no list of pages, no
 * search, no new alarm. %NULL shows the usual window again.
 */
void
benk_window_show_alone (BenkWindow *self, GtkWidget *page)
{
  GtkWidget *before;

  g_return_if_fail (BENK_IS_WINDOW (self));
  before = gtk_stack_get_child_by_name (self->stack, "alone");
  gtk_widget_set_visible (self->sidebar_side, page == NULL);
  gtk_widget_set_visible (self->new_alarm_button, page == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->search_entry), page == NULL);
  if (page)
    gtk_stack_add_named (self->stack, page, before ? "next" : "alone");
  if (page)
    gtk_stack_set_visible_child (self->stack, page);
  if (before)
    gtk_stack_remove (self->stack, before);
  if (before && page)
    gtk_stack_page_set_name (gtk_stack_get_page (self->stack, page), "alone");
  if (!page)
    on_row_selected (self, gtk_list_box_get_selected_row (self->sidebar));
}

/**
 * benk_window_offer:
 * @self: a window
 * @sentence: what is waiting, in words for a person
 * @button: what the button says
 * @action: a detailed action that the button starts
 *
 * Shows @sentence with a button until somebody answers it.
 */
void
benk_window_offer (BenkWindow *self,
                   const char *sentence,
                   const char *button,
                   const char *action)
{
  g_return_if_fail (BENK_IS_WINDOW (self));
  adw_toast_overlay_add_toast (self->toasts,
                               benk_toast_new_offer (sentence, button, action));
}
