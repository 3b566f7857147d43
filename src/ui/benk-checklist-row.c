/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-row.h"

#include <glib/gi18n.h>

#include "benk-plan.h"
#include "benk-wording.h"

#define PICTURE_HEIGHT 84

struct _BenkChecklistRow
{
  GtkListBoxRow parent_instance;

  char *step;
  guint number;
  BenkStepKind kind;
  gboolean done;
  gboolean updating;

  GtkCheckButton *check;
  GtkLabel *text;
  GtkLabel *who;
  GtkEntry *entry;
  GtkWidget *picture_button;
  GtkPicture *picture;
  GtkWidget *note_button;
  GtkWidget *photo_button;
  GtkWidget *member_button;
  GtkBox *member_box;
};

enum
{
  TICK,
  MEMBER_TICK,
  NOTE,
  ADD_PHOTO,
  SHOW_PHOTO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkChecklistRow, benk_checklist_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_toggled (BenkChecklistRow *self)
{
  gboolean wanted = gtk_check_button_get_active (self->check);

  if (self->updating)
    return;
  /* What is shown is what is kept: the mark comes with the answer. */
  self->updating = TRUE;
  gtk_check_button_set_active (self->check, self->done);
  self->updating = FALSE;
  g_signal_emit (self, signals[TICK], 0, wanted);
}

static void
on_entry_activated (BenkChecklistRow *self)
{
  g_signal_emit (self, signals[TICK], 0, TRUE);
}

static void
on_note_clicked (BenkChecklistRow *self)
{
  g_signal_emit (self, signals[NOTE], 0);
}

/* Of one device where the button is in its line, of all where it is in the row's. */
static const char *
get_member (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "benk-member");
}

static void
on_photo_clicked (BenkChecklistRow *self, GtkWidget *button)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->member_button));
  g_signal_emit (self, signals[ADD_PHOTO], 0, get_member (button));
}

static void
on_picture_clicked (BenkChecklistRow *self, GtkWidget *button)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->member_button));
  g_signal_emit (self, signals[SHOW_PHOTO], 0, get_member (button));
}

static void
on_member_toggled (GtkCheckButton *check, BenkChecklistRow *self)
{
  const char *member = g_object_get_data (G_OBJECT (check), "benk-member");

  if (!self->updating)
    g_signal_emit (self, signals[MEMBER_TICK], 0, member,
                   gtk_check_button_get_active (check));
}

static void
benk_checklist_row_finalize (GObject *object)
{
  g_free (BENK_CHECKLIST_ROW (object)->step);
  G_OBJECT_CLASS (benk_checklist_row_parent_class)->finalize (object);
}

static void
benk_checklist_row_class_init (BenkChecklistRowClass *klass)
{
  GType type = BENK_TYPE_CHECKLIST_ROW;

  G_OBJECT_CLASS (klass)->finalize = benk_checklist_row_finalize;

  /** BenkChecklistRow::tick: somebody ticks the step, or takes the tick back */
  signals[TICK] = g_signal_new ("tick", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  /** BenkChecklistRow::member-tick: the same for one device of a batch */
  signals[MEMBER_TICK] =
    g_signal_new ("member-tick", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  /** BenkChecklistRow::note: somebody wants to write a note */
  signals[NOTE] =
    g_signal_new ("note", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  /** BenkChecklistRow::add-photo: somebody wants to add a picture, of one device of a
   * batch or (%NULL) of all */
  signals[ADD_PHOTO] = g_signal_new ("add-photo", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /** BenkChecklistRow::show-photo: somebody wants to see it */
  signals[SHOW_PHOTO] = g_signal_new ("show-photo", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
create_button (BenkChecklistRow *self,
               const char *icon,
               const char *words,
               GCallback func)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", func, self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
create_members (BenkChecklistRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->member_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->member_box));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-list-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("The devices one by one"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The devices one by one"), -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
create_words (BenkChecklistRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->text = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->text, TRUE);
  gtk_label_set_xalign (self->text, 0);
  self->who = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->who, TRUE);
  gtk_label_set_xalign (self->who, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->who), "step-who");
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->entry), FALSE);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_entry_activated),
                            self);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_picture_set_can_shrink (self->picture, TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), -1, PICTURE_HEIGHT);
  self->picture_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->picture_button), GTK_WIDGET (self->picture));
  gtk_widget_set_halign (self->picture_button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (self->picture_button, _ ("Show the picture"));
  gtk_widget_set_visible (self->picture_button, FALSE);
  g_signal_connect_swapped (self->picture_button, "clicked",
                            G_CALLBACK (on_picture_clicked), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->who));
  gtk_box_append (GTK_BOX (box), self->picture_button);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
benk_checklist_row_init (BenkChecklistRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 14);

  self->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->check), "big-tick");
  gtk_widget_set_valign (GTK_WIDGET (self->check), GTK_ALIGN_CENTER);
  gtk_widget_set_focusable (GTK_WIDGET (self->check), FALSE);
  g_signal_connect_swapped (self->check, "toggled", G_CALLBACK (on_toggled), self);
  self->member_button = create_members (self);
  self->note_button = create_button (self, "document-edit-symbolic", _ ("Write a note"),
                                     G_CALLBACK (on_note_clicked));
  self->photo_button = create_button (self, "camera-photo-symbolic", _ ("Add a picture"),
                                      G_CALLBACK (on_photo_clicked));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->check));
  gtk_box_append (GTK_BOX (box), create_words (self));
  gtk_box_append (GTK_BOX (box), self->member_button);
  gtk_box_append (GTK_BOX (box), self->note_button);
  gtk_box_append (GTK_BOX (box), self->photo_button);
  gtk_widget_add_css_class (GTK_WIDGET (self), "checklist-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

static const char *
get_entry_words (BenkStepKind kind)
{
  switch (kind)
    {
    case BENK_STEP_KIND_VALUE:
      return _ ("Type it here");
    case BENK_STEP_KIND_NAME:
      return _ ("Name and role of who states it");
    case BENK_STEP_KIND_EVIDENCE:
      return _ ("Where the log lies, or add a picture");
    case BENK_STEP_KIND_TICK:
    case BENK_STEP_KIND_PHOTO:
    default:
      return NULL;
    }
}

/**
 * benk_checklist_row_new:
 * @step: the id of the step
 * @number: from 1
 * @kind: what it asks for
 *
 * Returns: (transfer floating): the row, to be filled by benk_checklist_row_update()
 */
GtkWidget *
benk_checklist_row_new (const char *step, guint number, BenkStepKind kind)
{
  BenkChecklistRow *self = g_object_new (BENK_TYPE_CHECKLIST_ROW, NULL);
  const char *words = get_entry_words (kind);

  self->step = g_strdup (step);
  self->number = number;
  self->kind = kind;
  if (words)
    {
      gtk_entry_set_placeholder_text (self->entry, words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
    }
  return GTK_WIDGET (self);
}

/** benk_checklist_row_get_step: Returns: the id of the step */
const char *
benk_checklist_row_get_step (BenkChecklistRow *self)
{
  return self->step;
}

/** benk_checklist_row_get_typed: Returns: (transfer full) (nullable): what is typed */
char *
benk_checklist_row_get_typed (BenkChecklistRow *self)
{
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  return *text ? g_steal_pointer (&text) : NULL;
}

/** benk_checklist_row_is_done: Returns: whether it is ticked for all */
gboolean
benk_checklist_row_is_done (BenkChecklistRow *self)
{
  return self->done;
}

static void
append (GString *text, const char *separator, const char *words)
{
  if (!words || !*words)
    return;
  if (text->len)
    g_string_append (text, " · ");
  g_string_append_printf (text, "%s%s", separator, words);
}

/* Who and when, then what was typed with it. */
static char *
describe_tick (const BenkChecklistTick *tick, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *when = benk_wording_instant (tick->at_ms, now_ms, zone);
  GString *text = g_string_new (NULL);

  append (text, "", tick->initials ? tick->initials : _ ("(erased)"));
  append (text, "", when);
  append (text, "", tick->value);
  append (text, _ ("stated by "), tick->stated_by);
  append (text, _ ("note: "), tick->note);
  return g_string_free (text, FALSE);
}

static char *
describe_exceptions (const BenkChecklistWork *work, const BenkFormStep *step)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < work->members->len; i++)
    {
      const BenkChecklistMember *member = g_ptr_array_index (work->members, i);

      if (!member->left_out &&
          !benk_checklist_work_is_step_done (work, step, &member->id))
        g_string_append_printf (text, "%s%s", text->len ? ", " : "", member->serial);
    }
  return g_string_free (text, FALSE);
}

static void
add_member_button (BenkChecklistRow *self,
                   GtkBox *line,
                   const BenkChecklistMember *member,
                   const char *icon,
                   const char *words,
                   GCallback func)
{
  GtkWidget *button = create_button (self, icon, words, func);

  g_object_set_data_full (G_OBJECT (button), "benk-member",
                          benk_id_to_string (&member->id), g_free);
  gtk_box_append (line, button);
}

static GtkWidget *
create_member_line (BenkChecklistRow *self,
                    const BenkChecklistWork *work,
                    const BenkFormStep *step,
                    const BenkChecklistMember *member)
{
  GtkBox *line = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4));
  GtkWidget *check = gtk_check_button_new_with_label (member->serial);
  const BenkChecklistPhoto *photo =
    benk_checklist_work_find_photo (work, step->id, &member->id);
  g_autofree char *show = g_strdup_printf (_ ("Show the picture of %s"), member->serial);
  g_autofree char *add = g_strdup_printf (_ ("Add a picture of %s only"), member->serial);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               benk_checklist_work_is_step_done (work, step,
                                                                 &member->id));
  g_object_set_data_full (G_OBJECT (check), "benk-member",
                          benk_id_to_string (&member->id), g_free);
  g_signal_connect (check, "toggled", G_CALLBACK (on_member_toggled), self);
  gtk_widget_set_hexpand (check, TRUE);
  gtk_box_append (line, check);
  if (photo && benk_id_equal (&photo->member, &member->id))
    add_member_button (self, line, member, "image-x-generic-symbolic", show,
                       G_CALLBACK (on_picture_clicked));
  add_member_button (self, line, member, "camera-photo-symbolic", add,
                     G_CALLBACK (on_photo_clicked));
  return GTK_WIDGET (line);
}

static void
fill_members (BenkChecklistRow *self,
              const BenkChecklistWork *work,
              const BenkFormStep *step)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->member_box))) != NULL)
    gtk_box_remove (self->member_box, child);
  for (guint i = 0; i < work->members->len; i++)
    {
      const BenkChecklistMember *member = g_ptr_array_index (work->members, i);

      if (!member->left_out)
        gtk_box_append (self->member_box, create_member_line (self, work, step, member));
    }
}

static void
show_words (BenkChecklistRow *self,
            const BenkChecklistWork *work,
            const BenkFormStep *step,
            gint64 now_ms)
{
  const BenkChecklistTick *tick =
    benk_checklist_work_find_tick (work, step->id, &BENK_ID_NIL);
  g_autofree char *text =
    g_strdup_printf ("%u  %s", self->number, benk_form_step_get_text (step));
  g_autofree char *who = tick ? describe_tick (tick, now_ms) : g_strdup ("");
  g_autofree char *not_for =
    tick && work->members->len > 1 ? describe_exceptions (work, step) : NULL;
  g_autofree char *all = not_for && *not_for
                           ? g_strdup_printf (_ ("%s · not for %s"), who, not_for)
                           : g_strdup (who);
  g_autofree char *spoken = g_strdup_printf ("%s: %s", text, *all ? all : _ ("not done"));

  gtk_label_set_text (self->text, text);
  gtk_label_set_text (self->who, all);
  gtk_widget_set_visible (GTK_WIDGET (self->who), *all != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

/**
 * benk_checklist_row_update:
 * @list: the list
 * @now_ms: the present, milliseconds since 1970 in UTC
 *
 * Shows the step as it is kept.
 */
void
benk_checklist_row_update (BenkChecklistRow *self, BenkChecklist *list, gint64 now_ms)
{
  const BenkChecklistWork *work = benk_checklist_get_work (list);
  const BenkFormStep *step = benk_checklist_form_find (work->form, self->step);
  gboolean open = benk_checklist_work_is_open (work);
  gboolean typed = get_entry_words (self->kind) != NULL;

  if (!step)
    return;
  self->updating = TRUE;
  self->done = benk_checklist_work_is_step_done (work, step, &BENK_ID_NIL);
  gtk_check_button_set_active (self->check, self->done);
  fill_members (self, work, step);
  self->updating = FALSE;
  show_words (self, work, step, now_ms);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), open && typed && !self->done);
  gtk_widget_set_visible (self->member_button, open && work->members->len > 1);
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), open);
  gtk_widget_set_sensitive (self->note_button, open);
  gtk_widget_set_sensitive (self->photo_button, open);
  if (self->done)
    gtk_widget_add_css_class (GTK_WIDGET (self), "done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "done");
}

/** benk_checklist_row_set_picture: @picture: (nullable): the newest one of the step */
void
benk_checklist_row_set_picture (BenkChecklistRow *self, GdkPaintable *picture)
{
  gtk_picture_set_paintable (self->picture, picture);
  gtk_widget_set_visible (self->picture_button, picture != NULL);
}
