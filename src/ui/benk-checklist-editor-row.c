/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-checklist-editor-row.h"

#include <glib/gi18n.h>

struct _BenkChecklistEditorRow
{
  GtkListBoxRow parent_instance;

  char *step; /* the id; NULL for a step that is new */
  char *text; /* as it was kept */
  BenkId text_id;

  GtkLabel *number;
  GtkEntry *entry;
  GtkDropDown *kind;
  GtkWidget *remove_button;
};

enum
{
  MOVE,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkChecklistEditorRow,
                     benk_checklist_editor_row,
                     GTK_TYPE_LIST_BOX_ROW)

static void
on_up (BenkChecklistEditorRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, -1);
}

static void
on_down (BenkChecklistEditorRow *self)
{
  g_signal_emit (self, signals[MOVE], 0, 1);
}

static void
on_remove (BenkChecklistEditorRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType state,
        BenkChecklistEditorRow *self)
{
  if ((state & GDK_ALT_MASK) == 0 || (key != GDK_KEY_Up && key != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (self, signals[MOVE], 0, key == GDK_KEY_Up ? -1 : 1);
  return GDK_EVENT_STOP;
}

/* --- dragging: the row that is dropped moves to where it is dropped --- */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, BenkChecklistEditorRow *self)
{
  return gdk_content_provider_new_typed (BENK_TYPE_CHECKLIST_EDITOR_ROW, self);
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue *value,
         double x,
         double y,
         BenkChecklistEditorRow *self)
{
  BenkChecklistEditorRow *dragged = g_value_get_object (value);
  int by;

  if (!dragged || dragged == self)
    return FALSE;
  by = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self)) -
       gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (dragged));
  g_signal_emit (dragged, signals[MOVE], 0, by);
  return TRUE;
}

static void
add_dragging (BenkChecklistEditorRow *self, GtkWidget *handle)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target =
    gtk_drop_target_new (BENK_TYPE_CHECKLIST_EDITOR_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
benk_checklist_editor_row_finalize (GObject *object)
{
  BenkChecklistEditorRow *self = BENK_CHECKLIST_EDITOR_ROW (object);

  g_free (self->step);
  g_free (self->text);
  G_OBJECT_CLASS (benk_checklist_editor_row_parent_class)->finalize (object);
}

static void
benk_checklist_editor_row_class_init (BenkChecklistEditorRowClass *klass)
{
  GType type = BENK_TYPE_CHECKLIST_EDITOR_ROW;

  G_OBJECT_CLASS (klass)->finalize = benk_checklist_editor_row_finalize;

  /** BenkChecklistEditorRow::move: by how many places */
  signals[MOVE] = g_signal_new ("move", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
  /** BenkChecklistEditorRow::remove: the step goes */
  signals[REMOVE] =
    g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_button (BenkChecklistEditorRow *self,
            GtkWidget *box,
            const char *icon,
            const char *words,
            GCallback func)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", func, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static GtkDropDown *
create_kinds (void)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  GtkWidget *kinds;

  for (BenkStepKind kind = BENK_STEP_KIND_TICK; kind < BENK_N_STEP_KINDS; kind++)
    gtk_string_list_append (names, benk_step_kind_get_label (kind));
  kinds = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  gtk_widget_set_tooltip_text (kinds, _ ("What the step asks for"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (kinds), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What the step asks for"), -1);
  return GTK_DROP_DOWN (kinds);
}

static void
benk_checklist_editor_row_init (BenkChecklistEditorRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->number = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_width_chars (self->number, 2);
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "numeric");
  gtk_widget_set_tooltip_text (handle, _ ("Drag to another place"));
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What to do"), -1);
  self->kind = create_kinds ();
  gtk_widget_set_halign (GTK_WIDGET (self->kind), GTK_ALIGN_START);
  gtk_widget_set_margin_start (GTK_WIDGET (self->kind), 58);
  gtk_box_append (GTK_BOX (first), handle);
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->number));
  gtk_box_append (GTK_BOX (first), GTK_WIDGET (self->entry));
  add_button (self, first, "go-up-symbolic", _ ("Move up (Alt+Up)"), G_CALLBACK (on_up));
  add_button (self, first, "go-down-symbolic", _ ("Move down (Alt+Down)"),
              G_CALLBACK (on_down));
  self->remove_button = add_button (self, first, "user-trash-symbolic",
                                    _ ("Remove the step"), G_CALLBACK (on_remove));
  gtk_box_append (GTK_BOX (box), first);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->kind));
  gtk_widget_add_css_class (GTK_WIDGET (self), "checklist-row");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  add_dragging (self, handle);
}

/**
 * benk_checklist_editor_row_new:
 * @step: (nullable): a step, %NULL for a new one of the district's own
 * @required: whether its task cannot do without it
 *
 * Returns: (transfer floating): a row where it can be changed
 */
GtkWidget *
benk_checklist_editor_row_new (const BenkFormStep *step, gboolean required)
{
  BenkChecklistEditorRow *self = g_object_new (BENK_TYPE_CHECKLIST_EDITOR_ROW, NULL);
  const BenkChecklistStep *own = step ? benk_checklist_step_find (step->id) : NULL;

  if (step)
    {
      self->step = g_strdup (step->id);
      self->text = g_strdup (step->text);
      self->text_id = step->text_id;
      gtk_editable_set_text (GTK_EDITABLE (self->entry), benk_form_step_get_text (step));
      gtk_editable_set_position (GTK_EDITABLE (self->entry), 0);
      gtk_drop_down_set_selected (self->kind, step->kind);
    }
  gtk_entry_set_placeholder_text (self->entry, _ ("What to do, in your own words"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->kind),
                            !own || own->kind == BENK_STEP_KIND_TICK);
  gtk_widget_set_sensitive (self->remove_button, !required);
  if (required)
    gtk_widget_set_tooltip_text (
      self->remove_button, _ ("Without this step the list would say more than was done"));
  return GTK_WIDGET (self);
}

/** benk_checklist_editor_row_set_number: @number: from 1 */
void
benk_checklist_editor_row_set_number (BenkChecklistEditorRow *self, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);

  gtk_label_set_text (self->number, text);
}

/** benk_checklist_editor_row_add_to: adds the step as it is now at the end of @form */
void
benk_checklist_editor_row_add_to (BenkChecklistEditorRow *self, BenkChecklistForm *form)
{
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  const BenkChecklistStep *own = benk_checklist_step_find (self->step);
  BenkStepKind kind = (BenkStepKind) gtk_drop_down_get_selected (self->kind);
  gboolean as_proposed =
    own && (!*text || g_str_equal (text, benk_checklist_step_get_text (own)));
  BenkFormStep *step;

  if (!self->step)
    {
      benk_checklist_form_add_own (form, kind, text);
      return;
    }
  step = benk_checklist_form_add (form, self->step, kind, as_proposed ? NULL : text);
  if (step->text && g_strcmp0 (text, self->text) == 0)
    step->text_id = self->text_id;
}
