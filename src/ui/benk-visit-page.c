/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-page.h"

#include <glib/gi18n.h>

#include "benk-bench.h"
#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-plan-dialog.h"
#include "benk-reading-bar.h"
#include "benk-rows.h"
#include "benk-visit-checklist.h"
#include "benk-visit-item-row.h"
#include "benk-window.h"

#define MAX_SECTIONS 8

struct _BenkVisitPage
{
  GtkWidget parent_instance;

  BenkSession *session;
  BenkVisit *visit;
  GPtrArray *rows; /* BenkVisitItemRow */
  GPtrArray *missing_rows;
  GPtrArray *owed_rows;
  AdwPreferencesGroup *groups[MAX_SECTIONS];
  GtkWidget *read_button;
  GtkWidget *change_button;
  BenkBenchJob *before; /* what had run before the visit is not told here */
  BenkBenchJob *job;
  gulong job_handler;

  GtkLabel *name;
  GtkLabel *title;
  GtkLabel *news;
  GtkWidget *left;
  GtkWidget *right;
  GtkLabel *sentence;
  AdwPreferencesGroup *missing;
  AdwPreferencesGroup *owed;
  GtkEntry *reason_entry;
  GtkLabel *owed_label;
  GtkWidget *copy_button;
  GtkWidget *done_button;
  GtkWidget *leave_button;
  GtkWidget *result;
  GtkLabel *record_text;
  BenkReadingBar *reading_bar;
};

G_DEFINE_FINAL_TYPE (BenkVisitPage, benk_visit_page, GTK_TYPE_WIDGET)

static void update (BenkVisitPage *self);

static void
tell_error (BenkVisitPage *self, const GError *error)
{
  if (self->session && !g_error_matches (error, BENK_ERROR, BENK_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

/* --- ticking --- */

static void
on_ticked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkVisitPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_visits_tick_finish (BENK_VISITS (source), result, &error))
    tell_error (self, error);
}

static void
on_tick (BenkVisitPage *self, const char *item, const char *text, const char *stated_by)
{
  benk_visits_tick_async (benk_session_get_visits (self->session), self->visit, item,
                          text, stated_by, NULL, on_ticked, g_object_ref (self));
}

/* --- the settings --- */

static BenkBenchDevice *
find_plugged (BenkVisitPage *self)
{
  GListModel *devices = benk_bench_get_devices (benk_session_get_bench (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      if (benk_id_equal (benk_bench_device_get_card_id (device),
                         benk_device_get_id (benk_visit_get_device (self->visit))))
        return device;
    }
  return NULL;
}

static void
update_job (BenkVisitPage *self)
{
  BenkBenchDevice *device = find_plugged (self);
  gboolean running = self->job && benk_bench_job_is_running (self->job);
  const char *sentence = NULL;

  if (self->job && !running)
    sentence = benk_bench_job_get_sentence (self->job);
  else if (running)
    sentence = _ ("The dispenser is being worked on. Leave the cable in.");
  gtk_label_set_text (self->sentence, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), sentence != NULL);
  if (!self->read_button)
    return;
  gtk_widget_set_sensitive (self->read_button, device && !running);
  gtk_widget_set_sensitive (self->change_button,
                            device && !running && benk_plan_dialog_only_changes (device));
  gtk_widget_set_tooltip_text (
    self->read_button, device ? NULL : _ ("Plug the dispenser in to read or change it."));
}

static void
on_job_ended (BenkVisitPage *self)
{
  update_job (self);
}

static void
follow_job (BenkVisitPage *self, BenkBenchJob *job)
{
  if (self->job == job)
    return;
  if (self->job)
    g_clear_signal_handler (&self->job_handler, self->job);
  g_set_object (&self->job, job);
  if (job)
    self->job_handler =
      g_signal_connect_swapped (job, "notify", G_CALLBACK (on_job_ended), self);
}

static void
on_bench_changed (BenkVisitPage *self)
{
  BenkBenchDevice *device = find_plugged (self);
  BenkBenchJob *job = device ? benk_bench_device_get_job (device) : NULL;

  /* What is known of the last job stays when the cable is out. */
  if (job && job != self->before)
    follow_job (self, job);
  update_job (self);
}

static void
on_device_changed (GObject *device, GParamSpec *pspec, BenkVisitPage *self)
{
  on_bench_changed (self);
}

static void
on_plugged (BenkVisitPage *self)
{
  GListModel *devices = benk_bench_get_devices (benk_session_get_bench (self->session));

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++)
    {
      g_autoptr (BenkBenchDevice) device = g_list_model_get_item (devices, i);

      g_signal_handlers_disconnect_by_func (device, on_device_changed, self);
      g_signal_connect_object (device, "notify", G_CALLBACK (on_device_changed), self, 0);
    }
  on_bench_changed (self);
}

static void
on_read_clicked (BenkVisitPage *self)
{
  g_autoptr (GError) error = NULL;
  BenkBenchDevice *device = find_plugged (self);
  BenkBenchJob *job =
    device ? benk_bench_read (benk_session_get_bench (self->session), device, &error)
           : NULL;

  if (job)
    follow_job (self, job);
  else if (error)
    tell_error (self, error);
  update_job (self);
}

static void
on_change_clicked (BenkVisitPage *self)
{
  BenkBenchDevice *device = find_plugged (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (device)
    gtk_window_present (
      GTK_WINDOW (benk_plan_dialog_new (GTK_WINDOW (root), self->session, device, NULL)));
}

static void
add_settings_buttons (BenkVisitPage *self, BenkVisitItemRow *row)
{
  self->read_button = gtk_button_new_with_label (_ ("Read Now"));
  self->change_button = gtk_button_new_with_label (_ ("Change Settings…"));
  g_signal_connect_swapped (self->read_button, "clicked", G_CALLBACK (on_read_clicked),
                            self);
  g_signal_connect_swapped (self->change_button, "clicked",
                            G_CALLBACK (on_change_clicked), self);
  benk_visit_item_row_add_button (row, self->read_button);
  if (benk_visit_get_kind (self->visit) != BENK_VISIT_SETTINGS)
    {
      g_object_ref_sink (self->change_button);
      return;
    }
  benk_visit_item_row_add_button (row, self->change_button);
  benk_visit_item_row_add_button (
    row,
    benk_visit_checklist_new_button (self->session, benk_visit_get_device (self->visit)));
}

/* --- the page --- */

static void
add_group (BenkVisitPage *self, BenkVisitItem *item, guint half)
{
  guint section = benk_visit_item_get_section (item);
  g_autofree char *heading =
    g_strdup_printf ("%u  %s", section, benk_visit_item_get_section_label (item));
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, heading);
  gtk_box_append (GTK_BOX (section <= half ? self->left : self->right),
                  GTK_WIDGET (group));
  self->groups[section] = group;
}

static void
build_rows (BenkVisitPage *self)
{
  GListModel *items = benk_visit_get_items (self->visit);
  guint n = g_list_model_get_n_items (items);
  g_autoptr (BenkVisitItem) last = g_list_model_get_item (items, n - 1);
  guint half = (benk_visit_item_get_section (last) + 1) / 2;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkVisitItem) item = g_list_model_get_item (items, i);
      guint section = benk_visit_item_get_section (item);
      GtkWidget *row = benk_visit_item_row_new (item);

      if (!self->groups[section])
        add_group (self, item, half);
      if (benk_visit_item_get_fact (item) == BENK_FACT_NONE)
        add_settings_buttons (self, BENK_VISIT_ITEM_ROW (row));
      g_signal_connect_object (row, "tick", G_CALLBACK (on_tick), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (self->groups[section], row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
update_rows (BenkVisitPage *self)
{
  GListModel *items = benk_visit_get_items (self->visit);

  for (guint i = 0; i < self->rows->len && i < g_list_model_get_n_items (items); i++)
    {
      g_autoptr (BenkVisitItem) item = g_list_model_get_item (items, i);

      benk_visit_item_row_set_item (g_ptr_array_index (self->rows, i), item);
    }
}

static BenkVisitItemRow *
find_row_of (BenkVisitPage *self, int fact)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      BenkVisitItemRow *row = g_ptr_array_index (self->rows, i);

      if ((int) benk_visit_item_get_fact (benk_visit_item_row_get_item (row)) == fact)
        return row;
    }
  return NULL;
}

static void
on_missing_activated (BenkVisitPage *self, GtkWidget *row)
{
  int fact = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "benk-fact"));
  BenkVisitItemRow *where = find_row_of (self, fact);

  if (where)
    benk_visit_item_row_focus (where);
}

static void
update_missing (BenkVisitPage *self)
{
  GListModel *guards = benk_visit_get_missing (self->visit);

  benk_rows_clear (self->missing, self->missing_rows);
  for (guint i = 0; i < g_list_model_get_n_items (guards); i++)
    {
      g_autoptr (BenkNextGuard) guard = g_list_model_get_item (guards, i);
      int fact = benk_next_guard_get_fact (guard);
      GtkWidget *row = benk_rows_add (self->missing, self->missing_rows,
                                      benk_next_guard_get_text (guard), NULL);

      g_object_set_data (G_OBJECT (row), "benk-fact", GINT_TO_POINTER (fact));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row),
                                        find_row_of (self, fact) != NULL);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_missing_activated), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->missing), self->missing_rows->len > 0);
}

static gboolean
needs_reason (BenkVisitPage *self)
{
  GListModel *guards = benk_visit_get_owed (self->visit);

  for (guint i = 0; i < g_list_model_get_n_items (guards); i++)
    {
      g_autoptr (BenkNextGuard) guard = g_list_model_get_item (guards, i);

      if (benk_next_guard_get_due_ms (guard) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
update_owed (BenkVisitPage *self)
{
  GListModel *guards = benk_visit_get_owed (self->visit);
  guint n = g_list_model_get_n_items (guards);
  g_autofree char *title = g_strdup_printf (_ ("Still owed (%u)"), n);

  benk_rows_clear (self->owed, self->owed_rows);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BenkNextGuard) guard = g_list_model_get_item (guards, i);

      benk_rows_add (self->owed, self->owed_rows, benk_next_guard_get_text (guard), NULL);
    }
  adw_preferences_group_set_title (self->owed, title);
  gtk_widget_set_visible (GTK_WIDGET (self->owed), n > 0);
  gtk_label_set_text (self->owed_label, n > 0 ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason_entry),
                          !benk_visit_is_ended (self->visit) && needs_reason (self));
}

static void
update_news (BenkVisitPage *self)
{
  guint n = benk_visit_get_n_new_alarms (self->visit);
  g_autofree char *text =
    n > 0 ? g_strdup_printf (ngettext ("%u new alarm since the visit began",
                                       "%u new alarms since the visit began", n),
                             n)
          : NULL;

  gtk_label_set_text (self->news, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->news), n > 0);
}

static void
update_title (BenkVisitPage *self)
{
  BenkDevice *device = benk_visit_get_device (self->visit);
  const char *asset = benk_device_get_asset (device);
  const char *model =
    benk_inventory_get_model_name (benk_session_get_inventory (self->session),
                                   benk_device_get_model_id (device));
  const char *reference = benk_device_get_person_ref (device);
  g_autofree char *title =
    g_strdup_printf (_ ("%s · %s · user %s · %s"),
                     benk_visit_kind_get_label (benk_visit_get_kind (self->visit)),
                     model ? model : "", reference ? reference : "–",
                     benk_device_describe_state (device));

  gtk_label_set_text (self->name,
                      asset && *asset ? asset : benk_device_get_serial (device));
  gtk_label_set_text (self->title, title);
}

static const char *
get_done_label (BenkVisitKind kind)
{
  switch (kind)
    {
    case BENK_VISIT_INSTALL:
      return _ ("_Done: the Trial Starts");
    case BENK_VISIT_COLLECT:
      return _ ("_Done: It Goes to Quarantine");
    case BENK_VISIT_SETTINGS:
    case BENK_VISIT_SWAP:
    default:
      return _ ("_Done");
    }
}

static void
update (BenkVisitPage *self)
{
  gboolean ended = benk_visit_is_ended (self->visit);
  g_autofree char *text = ended ? benk_visit_dup_record_text (self->visit) : NULL;

  update_title (self);
  update_news (self);
  update_rows (self);
  update_missing (self);
  update_owed (self);
  on_bench_changed (self);
  gtk_widget_set_visible (self->done_button, !ended);
  gtk_widget_set_visible (self->result, ended);
  gtk_label_set_text (self->record_text, text ? text : "");
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkVisitPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_visits_end_finish (BENK_VISITS (source), result, &error))
    tell_error (self, error);
  if (self->session)
    gtk_widget_set_sensitive (self->done_button, TRUE);
}

static void
on_done_clicked (BenkVisitPage *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason_entry));

  gtk_widget_set_sensitive (self->done_button, FALSE);
  benk_visits_done_async (benk_session_get_visits (self->session), self->visit,
                          needs_reason (self) ? reason : NULL, NULL, on_done,
                          g_object_ref (self));
}

static void
on_copy_clicked (BenkVisitPage *self)
{
  g_autofree char *text = benk_visit_dup_record_text (self->visit);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell", "s",
                              _ ("The text is copied."));
}

static void
say_what_came (BenkVisitPage *self, BenkWindow *window)
{
  guint n = benk_visit_get_n_new_alarms (self->visit);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u alarm came during the visit and is open.",
                               "%u alarms came during the visit and are open.", n),
                     n);

  if (n > 0)
    benk_window_tell (window, text);
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkVisitPage) self = user_data;
  g_autoptr (GError) error = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!benk_visits_end_finish (BENK_VISITS (source), result, &error))
    {
      tell_error (self, error);
      return;
    }
  if (!BENK_IS_WINDOW (root))
    return;
  benk_visits_set_current (BENK_VISITS (source), NULL);
  say_what_came (self, BENK_WINDOW (root));
  benk_window_show_alone (BENK_WINDOW (root), NULL);
}

static void
on_leave_clicked (BenkVisitPage *self)
{
  benk_visits_leave_async (benk_session_get_visits (self->session), self->visit, NULL,
                           on_left, g_object_ref (self));
}

static void
benk_visit_page_dispose (GObject *object)
{
  BenkVisitPage *self = BENK_VISIT_PAGE (object);
  GtkWidget *child;

  if (self->job)
    g_clear_signal_handler (&self->job_handler, self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->before);
  if (self->change_button && !gtk_widget_get_parent (self->change_button))
    g_object_unref (self->change_button);
  self->change_button = NULL;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->missing_rows, g_ptr_array_unref);
  g_clear_pointer (&self->owed_rows, g_ptr_array_unref);
  g_clear_object (&self->visit);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_visit_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, reading_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, name);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, title);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, news);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, left);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, right);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, missing);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, owed);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, reason_entry);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, owed_label);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, copy_button);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, done_button);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, leave_button);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, result);
  gtk_widget_class_bind_template_child (widget_class, BenkVisitPage, record_text);
}

static void
benk_visit_page_class_init (BenkVisitPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_visit_page_dispose;
  g_type_ensure (BENK_TYPE_READING_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-visit-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_done_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_clicked);
}

static void
benk_visit_page_init (BenkVisitPage *self)
{
  self->rows = g_ptr_array_new ();
  self->missing_rows = g_ptr_array_new ();
  self->owed_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * benk_visit_page_new:
 * @session: the open session
 * @visit: what was begun
 *
 * Returns: (transfer floating): the one page of a visit: one device, its user, no queue
 */
GtkWidget *
benk_visit_page_new (BenkSession *session, BenkVisit *visit)
{
  BenkVisitPage *self = g_object_new (BENK_TYPE_VISIT_PAGE, NULL);
  BenkBench *bench = benk_session_get_bench (session);
  g_autoptr (GError) error = NULL;

  self->session = g_object_ref (session);
  self->visit = g_object_ref (visit);
  benk_reading_bar_set_reading (self->reading_bar, benk_visits_get_reading (
                                                     benk_session_get_visits (session)));
  /* Without USB everything else of a visit goes on. */
  if (!benk_bench_start (bench, &error))
    g_debug ("visit: %s", error->message);
  if (find_plugged (self))
    g_set_object (&self->before, benk_bench_device_get_job (find_plugged (self)));
  build_rows (self);
  benk_visit_item_row_send_scans (GTK_WIDGET (self->reason_entry));
  gtk_button_set_label (GTK_BUTTON (self->done_button),
                        get_done_label (benk_visit_get_kind (visit)));
  g_signal_connect_object (visit, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_bench_get_devices (bench), "items-changed",
                           G_CALLBACK (on_plugged), self, G_CONNECT_SWAPPED);
  on_plugged (self);
  update (self);
  return GTK_WIDGET (self);
}
