/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-accessory-row.h"

#include <glib/gi18n.h>

struct _BenkAccessoryRow
{
  AdwActionRow parent_instance;

  char *kind;
  char *silence; /* what it means that nothing is said */
  GtkWidget *icon;
  GtkWidget *there;
  GtkWidget *missing;
};

G_DEFINE_FINAL_TYPE (BenkAccessoryRow, benk_accessory_row, ADW_TYPE_ACTION_ROW)

enum
{
  SAID,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *icon;
  const char *style;
} looks[BENK_N_ACCESSORY_STATUSES] = {
  [BENK_ACCESSORY_NOT_LOOKED_AT] = { "content-loading-symbolic", "dim-label" },
  [BENK_ACCESSORY_THERE] = { "object-select-symbolic", "success" },
  [BENK_ACCESSORY_MISSING] = { "dialog-warning-symbolic", "warning" },
};

static gboolean
is_down (GtkWidget *button)
{
  return gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button));
}

/* In words too: two buttons that are up say nothing to who cannot see them. */
static void
update (BenkAccessoryRow *self)
{
  BenkAccessoryStatus status = benk_accessory_row_get_status (self);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               status == BENK_ACCESSORY_NOT_LOOKED_AT ? self->silence
                                                                      : "");
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (self->icon, looks[i].style);
  gtk_widget_add_css_class (self->icon, looks[status].style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), looks[status].icon);
}

static void
on_toggled (GtkWidget *button, BenkAccessoryRow *self)
{
  GtkWidget *other = button == self->there ? self->missing : self->there;

  if (is_down (button) && is_down (other))
    {
      g_signal_handlers_block_by_func (other, on_toggled, self);
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (other), FALSE);
      g_signal_handlers_unblock_by_func (other, on_toggled, self);
    }
  update (self);
  g_signal_emit (self, signals[SAID], 0);
}

static void
benk_accessory_row_finalize (GObject *object)
{
  g_free (BENK_ACCESSORY_ROW (object)->kind);
  g_free (BENK_ACCESSORY_ROW (object)->silence);
  G_OBJECT_CLASS (benk_accessory_row_parent_class)->finalize (object);
}

/* To the first button; the row itself does nothing. */
static gboolean
benk_accessory_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (BENK_ACCESSORY_ROW (widget)->there);
}

static void
benk_accessory_row_class_init (BenkAccessoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_accessory_row_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = benk_accessory_row_grab_focus;
  signals[SAID] = g_signal_new ("said", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
add_button (BenkAccessoryRow *self, GtkWidget *box, BenkAccessoryStatus status)
{
  GtkWidget *button =
    gtk_toggle_button_new_with_label (benk_accessory_status_get_label (status));

  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
benk_accessory_row_init (BenkAccessoryRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->silence =
    g_strdup (benk_accessory_status_get_label (BENK_ACCESSORY_NOT_LOOKED_AT));
  self->icon = gtk_image_new ();
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), self->icon);
  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->there = add_button (self, box, BENK_ACCESSORY_THERE);
  self->missing = add_button (self, box, BENK_ACCESSORY_MISSING);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), box);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
}

/* A button is read aloud alone: what it is about belongs to its name. */
static void
name_button (GtkWidget *button, const char *about)
{
  g_autofree char *name =
    g_strdup_printf ("%s: %s", about, gtk_button_get_label (GTK_BUTTON (button)));

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

/**
 * benk_accessory_row_new:
 * @kind: which accessory
 * @status: what is known of it
 *
 * Returns: (transfer floating): a row that says how it stands and lets a person say it
 */
GtkWidget *
benk_accessory_row_new (const char *kind, BenkAccessoryStatus status)
{
  BenkAccessoryRow *self = g_object_new (BENK_TYPE_ACCESSORY_ROW, NULL);
  const char *label = benk_accessory_kind_get_label (kind);

  self->kind = g_strdup (kind);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  name_button (self->there, label);
  name_button (self->missing, label);
  benk_accessory_row_set_status (self, status);
  return GTK_WIDGET (self);
}

/**
 * benk_accessory_row_get_kind:
 * @self: a row
 *
 * Returns: (transfer none): which accessory it is about
 */
const char *
benk_accessory_row_get_kind (BenkAccessoryRow *self)
{
  return self->kind;
}

/**
 * benk_accessory_row_get_status:
 * @self: a row
 *
 * Returns: how it stands
 */
BenkAccessoryStatus
benk_accessory_row_get_status (BenkAccessoryRow *self)
{
  if (is_down (self->there))
    return BENK_ACCESSORY_THERE;
  return is_down (self->missing) ? BENK_ACCESSORY_MISSING : BENK_ACCESSORY_NOT_LOOKED_AT;
}

/**
 * benk_accessory_row_set_status:
 * @self: a row
 * @status: how it stands
 *
 * Shows it; nobody has said it here.
 */
void
benk_accessory_row_set_status (BenkAccessoryRow *self, BenkAccessoryStatus status)
{
  g_signal_handlers_block_by_func (self->there, on_toggled, self);
  g_signal_handlers_block_by_func (self->missing, on_toggled, self);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->there),
                                status == BENK_ACCESSORY_THERE);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->missing),
                                status == BENK_ACCESSORY_MISSING);
  g_signal_handlers_unblock_by_func (self->there, on_toggled, self);
  g_signal_handlers_unblock_by_func (self->missing, on_toggled, self);
  update (self);
}

/**
 * benk_accessory_row_set_silence:
 * @self: a row
 * @text: what it means when nothing is said, where that is not "not looked at"
 */
void
benk_accessory_row_set_silence (BenkAccessoryRow *self, const char *text)
{
  g_free (self->silence);
  self->silence = g_strdup (text);
  update (self);
}

/**
 * benk_accessory_rows_get_words:
 * @rows: (element-type BenkAccessoryRow): rows
 * @all: whether those that were not looked at are among them
 *
 * Returns: (transfer full) (element-type BenkAccessory): what they say
 */
GPtrArray *
benk_accessory_rows_get_words (GPtrArray *rows, gboolean all)
{
  GPtrArray *words =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);

  for (guint i = 0; i < rows->len; i++)
    {
      BenkAccessoryRow *row = g_ptr_array_index (rows, i);
      BenkAccessoryStatus status = benk_accessory_row_get_status (row);

      if (all || status != BENK_ACCESSORY_NOT_LOOKED_AT)
        g_ptr_array_add (words, benk_accessory_new (row->kind, status, FALSE));
    }
  return words;
}
