/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-runner.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-checklist-photo.h"
#include "benk-checklist-row.h"
#include "benk-reading-bar.h"
#include "benk-reason-dialog.h"

struct _BenkChecklistRunner
{
  GtkWidget parent_instance;

  BenkChecklist *list;
  GCancellable *gone;
  char *asked_step;   /* whose note or picture is asked for */
  char *asked_member; /* which device is to be left out */
  gboolean busy;

  GtkLabel *title;
  GtkLabel *signed_by;
  GtkLabel *progress;
  GtkLabel *version;
  GtkLabel *plan;
  GtkFlowBox *members;
  GtkListBox *steps;
  GtkScrolledWindow *scroller;
  GtkLabel *answer;
  GtkWidget *back_button;
  GtkWidget *drop_button;
  GtkWidget *complete_button;
  BenkReadingBar *reading_bar;
};

enum
{
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkChecklistRunner, benk_checklist_runner, GTK_TYPE_WIDGET)

static BenkChecklistRow *
get_row (BenkChecklistRunner *self, guint i)
{
  return BENK_CHECKLIST_ROW (gtk_list_box_get_row_at_index (self->steps, (int) i));
}

static BenkChecklistRow *
find_row (BenkChecklistRunner *self, const char *step)
{
  guint n = benk_checklist_get_work (self->list)->form->steps->len;

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (benk_checklist_row_get_step (get_row (self, i)), step) == 0)
      return get_row (self, i);
  return NULL;
}

static void
set_answer (BenkChecklistRunner *self, const char *sentence, gboolean wrong)
{
  gtk_label_set_text (self->answer, sentence ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (self->answer), sentence != NULL);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self->answer), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->answer), "error");
}

static GtkWindow *
get_window (BenkChecklistRunner *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* --- what is shown --- */

static void
show_progress (BenkChecklistRunner *self)
{
  const BenkChecklistWork *work = benk_checklist_get_work (self->list);
  guint n_done = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < work->form->steps->len; i++)
    n_done += benk_checklist_row_is_done (get_row (self, i));
  text = g_strdup_printf (_ ("%u of %u steps done"), n_done, work->form->steps->len);
  gtk_label_set_text (self->progress, text);
}

static void
show_version (BenkChecklistRunner *self)
{
  const BenkChecklistWork *work = benk_checklist_get_work (self->list);
  g_autofree char *plan = benk_checklist_describe_plan (self->list);
  g_autofree char *text =
    g_strdup_printf (_ ("Version %d. %s"), (int) work->number,
                     work->proposed ? benk_proposed_label ()
                                    : _ ("Decided by the district."));
  g_autofree char *whole =
    work->newer && benk_checklist_work_is_open (work)
      ? g_strdup_printf ("%s\n%s", text,
                         _ ("Another version counts by now. This list is finished by the "
                            "version it was started with."))
      : g_strdup (text);

  gtk_label_set_text (self->version, whole);
  gtk_label_set_text (self->plan, plan ? plan : "");
  gtk_widget_set_visible (GTK_WIDGET (self->plan), plan != NULL);
}

static void
show_staff (BenkChecklistRunner *self)
{
  BenkStaff *staff = benk_session_get_staff (benk_checklist_get_session (self->list));
  g_autofree char *text =
    staff ? g_strdup_printf (_ ("Signed by %s"), benk_staff_get_initials (staff))
          : g_strdup (_ ("Nobody is chosen"));

  gtk_label_set_text (self->signed_by, text);
}

static void on_member_toggled (GtkToggleButton *button, BenkChecklistRunner *self);

static void
show_members (BenkChecklistRunner *self)
{
  const BenkChecklistWork *work = benk_checklist_get_work (self->list);
  gboolean several = work->members->len > 1;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->members))) != NULL)
    gtk_flow_box_remove (self->members, child);
  for (guint i = 0; i < work->members->len; i++)
    {
      const BenkChecklistMember *member = g_ptr_array_index (work->members, i);
      g_autofree char *words =
        g_strdup_printf ("%s%s%s%s", member->asset ? member->asset : "",
                         member->asset ? " · " : "", member->serial,
                         member->left_out ? _ (" – left out") : "");
      GtkWidget *button =
        several ? gtk_toggle_button_new_with_label (words) : gtk_label_new (words);

      if (several)
        {
          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !member->left_out);
          gtk_widget_set_sensitive (button, benk_checklist_work_is_open (work));
          gtk_widget_add_css_class (button, "member");
          gtk_widget_set_tooltip_text (button,
                                       _ ("Leave this device out, or take it in"));
          g_object_set_data_full (G_OBJECT (button), "benk-member",
                                  benk_id_to_string (&member->id), g_free);
          g_signal_connect (button, "toggled", G_CALLBACK (on_member_toggled), self);
        }
      else
        gtk_label_set_xalign (GTK_LABEL (button), 0);
      gtk_flow_box_append (self->members, button);
    }
}

static void
update (BenkChecklistRunner *self)
{
  const BenkChecklistWork *work = benk_checklist_get_work (self->list);
  BenkSession *session = benk_checklist_get_session (self->list);
  gboolean open = benk_checklist_work_is_open (work);
  gint64 now_ms = benk_clock_get_wall_ms (benk_session_get_clock (session));

  for (guint i = 0; i < work->form->steps->len; i++)
    {
      benk_checklist_row_update (get_row (self, i), self->list, now_ms);
      benk_checklist_photo_show (self->list, get_row (self, i), self->gone);
    }
  show_members (self);
  show_version (self);
  show_staff (self);
  show_progress (self);
  gtk_widget_set_visible (self->drop_button, open);
  gtk_widget_set_visible (self->complete_button, open);
  gtk_widget_set_sensitive (self->complete_button,
                            !self->busy && benk_checklist_is_complete (self->list, NULL));
  gtk_button_set_label (GTK_BUTTON (self->back_button),
                        open ? _ ("_Later: Keep the List") : _ ("_Close"));
}

/* --- ticking --- */

static void
move_on (BenkChecklistRunner *self)
{
  guint n = benk_checklist_get_work (self->list)->form->steps->len;

  for (guint i = 0; i < n; i++)
    if (!benk_checklist_row_is_done (get_row (self, i)))
      {
        gtk_widget_grab_focus (GTK_WIDGET (get_row (self, i)));
        return;
      }
  gtk_widget_grab_focus (self->complete_button);
}

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean kept =
    benk_checklist_change_finish (BENK_CHECKLIST (source), result, NULL, &error);

  if (!self->list)
    return;
  self->busy = FALSE;
  set_answer (self, kept ? NULL : error->message, TRUE);
  update (self);
  if (kept)
    move_on (self);
}

static void
send_tick (BenkChecklistRunner *self, const BenkChecklistTick *tick, const BenkId *member)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  benk_checklist_tick_async (self->list, member, tick, NULL, on_changed,
                             g_object_ref (self));
}

static void
on_tick (BenkChecklistRunner *self, gboolean done, BenkChecklistRow *row)
{
  g_autofree char *typed = benk_checklist_row_get_typed (row);
  const BenkFormStep *step =
    benk_checklist_form_find (benk_checklist_get_work (self->list)->form,
                              benk_checklist_row_get_step (row));
  BenkChecklistTick tick = { .step = step->id, .done = done };

  if (done && step->kind == BENK_STEP_KIND_NAME)
    tick.stated_by = typed;
  else if (done)
    tick.value = typed;
  send_tick (self, &tick, NULL);
}

static void
on_member_tick (BenkChecklistRunner *self,
                const char *member,
                gboolean done,
                BenkChecklistRow *row)
{
  const BenkChecklistTick *all =
    benk_checklist_work_find_tick (benk_checklist_get_work (self->list),
                                   benk_checklist_row_get_step (row), &BENK_ID_NIL);
  BenkChecklistTick tick = { .step = (char *) benk_checklist_row_get_step (row),
                             .done = done,
                             .value = all ? all->value : NULL,
                             .stated_by = all ? all->stated_by : NULL };
  BenkId id;

  if (benk_id_parse (member, &id))
    send_tick (self, &tick, &id);
}

static void
on_row_activated (BenkChecklistRunner *self, BenkChecklistRow *row)
{
  on_tick (self, !benk_checklist_row_is_done (row), row);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        BenkChecklistRunner *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (key != GDK_KEY_space || !focus || !BENK_IS_CHECKLIST_ROW (focus))
    return GDK_EVENT_PROPAGATE;
  on_row_activated (self, BENK_CHECKLIST_ROW (focus));
  return GDK_EVENT_STOP;
}

/* A note is a tick, or its being taken back, once more with words. */
static void
on_note_written (const char *text, gpointer user_data)
{
  BenkChecklistRunner *self = user_data;
  BenkChecklistRow *row = find_row (self, self->asked_step);
  const BenkChecklistTick *before =
    benk_checklist_work_find_tick (benk_checklist_get_work (self->list), self->asked_step,
                                   &BENK_ID_NIL);
  g_autofree char *typed = row ? benk_checklist_row_get_typed (row) : NULL;
  BenkChecklistTick tick = { .step = self->asked_step,
                             .done = before != NULL,
                             .value = before ? before->value : typed,
                             .stated_by = before ? before->stated_by : NULL,
                             .note = (char *) text };

  send_tick (self, &tick, NULL);
}

static void
on_note (BenkChecklistRunner *self, BenkChecklistRow *row)
{
  g_free (self->asked_step);
  self->asked_step = g_strdup (benk_checklist_row_get_step (row));
  benk_reason_dialog_ask (get_window (self), _ ("Note"),
                          _ ("Without names of users. It can be erased."), _ ("_Keep"),
                          on_note_written, G_OBJECT (self));
}

static BenkId
parse_member (const char *member)
{
  BenkId id;

  return member && benk_id_parse (member, &id) ? id : BENK_ID_NIL;
}

static void
on_photo_chosen (GFile *file, gpointer user_data)
{
  BenkChecklistRunner *self = user_data;
  BenkId member = parse_member (self->asked_member);

  if (self->busy)
    return;
  self->busy = TRUE;
  benk_checklist_add_photo_async (self->list, self->asked_step, &member, file, NULL,
                                  on_changed, g_object_ref (self));
}

static void
on_add_photo (BenkChecklistRunner *self, const char *member, BenkChecklistRow *row)
{
  g_free (self->asked_step);
  self->asked_step = g_strdup (benk_checklist_row_get_step (row));
  g_free (self->asked_member);
  self->asked_member = g_strdup (member);
  benk_checklist_photo_choose (get_window (self), on_photo_chosen, G_OBJECT (self));
}

static void
on_show_photo (BenkChecklistRunner *self, const char *member, BenkChecklistRow *row)
{
  BenkId id = parse_member (member);
  const BenkChecklistPhoto *photo =
    benk_checklist_work_find_photo (benk_checklist_get_work (self->list),
                                    benk_checklist_row_get_step (row), &id);

  if (photo)
    gtk_window_present (GTK_WINDOW (
      benk_checklist_photo_dialog_new (get_window (self), self->list, photo)));
}

/* --- devices of a batch --- */

static void
send_leave_out (BenkChecklistRunner *self,
                const char *member,
                gboolean left_out,
                const char *reason)
{
  BenkId id;

  if (self->busy || !benk_id_parse (member, &id))
    return;
  self->busy = TRUE;
  benk_checklist_leave_out_async (self->list, &id, left_out, reason, NULL, on_changed,
                                  g_object_ref (self));
}

static void
on_left_out (const char *text, gpointer user_data)
{
  BenkChecklistRunner *self = user_data;

  send_leave_out (self, self->asked_member, TRUE, text);
}

static void
on_member_toggled (GtkToggleButton *button, BenkChecklistRunner *self)
{
  const char *member = g_object_get_data (G_OBJECT (button), "benk-member");

  if (gtk_toggle_button_get_active (button))
    {
      send_leave_out (self, member, FALSE, NULL);
      return;
    }
  g_free (self->asked_member);
  self->asked_member = g_strdup (member);
  benk_reason_dialog_ask (get_window (self), _ ("Leave the Device Out?"),
                          _ ("Why? The list is then not done for it."), _ ("_Leave Out"),
                          on_left_out, G_OBJECT (self));
  g_signal_handlers_block_by_func (button, on_member_toggled, self);
  gtk_toggle_button_set_active (button, TRUE);
  g_signal_handlers_unblock_by_func (button, on_member_toggled, self);
}

/* --- the end --- */

static void
on_completed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistRunner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gboolean kept =
    benk_checklist_change_finish (BENK_CHECKLIST (source), result, &sentence, &error);

  if (!self->list)
    return;
  self->busy = FALSE;
  set_answer (self, kept ? sentence : error->message, !kept);
  update (self);
  gtk_widget_grab_focus (self->back_button);
}

static void
on_complete_clicked (BenkChecklistRunner *self)
{
  if (self->busy)
    return;
  self->busy = TRUE;
  gtk_widget_set_sensitive (self->complete_button, FALSE);
  benk_checklist_complete_async (self->list, NULL, on_completed, g_object_ref (self));
}

static void
on_back_clicked (BenkChecklistRunner *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_dropped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkChecklistRunner) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_checklist_change_finish (BENK_CHECKLIST (source), result, NULL, &error))
    {
      self->busy = FALSE;
      set_answer (self, error->message, TRUE);
    }
  else
    g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_drop_reason (const char *text, gpointer user_data)
{
  BenkChecklistRunner *self = user_data;

  if (self->busy)
    return;
  self->busy = TRUE;
  benk_checklist_drop_async (self->list, text, NULL, on_dropped, g_object_ref (self));
}

static void
on_drop_clicked (BenkChecklistRunner *self)
{
  benk_reason_dialog_ask (
    get_window (self), _ ("Drop This Checklist?"),
    _ ("Nothing comes of it: no run and no proof. What was ticked stays on record. A "
       "device that was begun with stays as it is until it is reset. Why is it dropped?"),
    _ ("_Drop"), on_drop_reason, G_OBJECT (self));
}

static void
benk_checklist_runner_dispose (GObject *object)
{
  BenkChecklistRunner *self = BENK_CHECKLIST_RUNNER (object);
  GtkWidget *child;

  g_cancellable_cancel (self->gone);
  g_clear_object (&self->list);
  g_clear_pointer (&self->asked_step, g_free);
  g_clear_pointer (&self->asked_member, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_checklist_runner_parent_class)->dispose (object);
}

static void
benk_checklist_runner_finalize (GObject *object)
{
  g_object_unref (BENK_CHECKLIST_RUNNER (object)->gone);
  G_OBJECT_CLASS (benk_checklist_runner_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, reading_bar);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, title);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, signed_by);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, progress);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, version);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, plan);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, members);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, steps);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, scroller);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, answer);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, back_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner, drop_button);
  gtk_widget_class_bind_template_child (widget_class, BenkChecklistRunner,
                                        complete_button);
}

static void
benk_checklist_runner_class_init (BenkChecklistRunnerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_checklist_runner_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_checklist_runner_finalize;

  /** BenkChecklistRunner::closed: the person goes back */
  signals[CLOSED] = g_signal_new ("closed", BENK_TYPE_CHECKLIST_RUNNER, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BENK_TYPE_READING_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-checklist-runner.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_complete_clicked);
}

static void
benk_checklist_runner_init (BenkChecklistRunner *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->gone = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
add_row (BenkChecklistRunner *self, const BenkFormStep *step, guint number)
{
  GtkWidget *row = benk_checklist_row_new (step->id, number, step->kind);

  g_signal_connect_swapped (row, "tick", G_CALLBACK (on_tick), self);
  g_signal_connect_swapped (row, "member-tick", G_CALLBACK (on_member_tick), self);
  g_signal_connect_swapped (row, "note", G_CALLBACK (on_note), self);
  g_signal_connect_swapped (row, "add-photo", G_CALLBACK (on_add_photo), self);
  g_signal_connect_swapped (row, "show-photo", G_CALLBACK (on_show_photo), self);
  gtk_list_box_append (self->steps, row);
}

/**
 * benk_checklist_runner_new:
 * @list: a list
 *
 * Returns: (transfer floating): the page where it is worked through
 */
GtkWidget *
benk_checklist_runner_new (BenkChecklist *list)
{
  BenkChecklistRunner *self = g_object_new (BENK_TYPE_CHECKLIST_RUNNER, NULL);
  const BenkChecklistWork *work = benk_checklist_get_work (list);

  self->list = g_object_ref (list);
  benk_reading_bar_set_reading (self->reading_bar, benk_checklist_get_reading (list));
  gtk_label_set_text (self->title, benk_checklist_get_title (list));
  for (guint i = 0; i < work->form->steps->len; i++)
    add_row (self, g_ptr_array_index (work->form->steps, i), i + 1);
  g_signal_connect_object (list, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (benk_checklist_get_session (list), "notify::staff",
                           G_CALLBACK (show_staff), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
