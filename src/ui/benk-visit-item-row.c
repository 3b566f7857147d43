/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-visit-item-row.h"

#include <glib/gi18n.h>

#include "benk-scan-desk.h"

/* One thing of a visit: how it is ticked, and then who did and when. */
struct _BenkVisitItemRow
{
  AdwActionRow parent_instance;

  BenkVisitItem *item;
  GtkWidget *box;
  GtkWidget *entry; /* NULL: a click is enough */
  GtkWidget *button;
  GtkImage *sign;
};

G_DEFINE_FINAL_TYPE (BenkVisitItemRow, benk_visit_item_row, ADW_TYPE_ACTION_ROW)

enum
{
  TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tick (BenkVisitItemRow *self, const char *text, const char *stated_by)
{
  g_signal_emit (self, signals[TICK], 0, benk_visit_item_get_id (self->item), text,
                 stated_by);
}

static void
on_entered (BenkVisitItemRow *self)
{
  BenkFactKind fact = benk_visit_item_get_fact (self->item);
  g_autofree char *text =
    g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text && benk_fact_kind_needs_stated_by (fact))
    tick (self, NULL, text);
  else if (*text)
    tick (self, text, NULL);
}

static void
on_scanned (GtkWidget *entry, const BenkScan *scan, const BenkScanTyping *typing)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), benk_scan_get_name (scan));
  gtk_widget_activate (entry);
}

/* The row that asks for the device, if it still does. */
static BenkVisitItemRow *
find_asking (GtkWidget *widget)
{
  BenkVisitItemRow *row = BENK_IS_VISIT_ITEM_ROW (widget) ? (gpointer) widget : NULL;

  if (row && row->entry && gtk_widget_get_mapped (row->entry) &&
      benk_visit_item_get_fact (row->item) == BENK_FACT_RIGHT_DEVICE)
    return row;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !row;
       child = gtk_widget_get_next_sibling (child))
    {
      BenkVisitItemRow *found = find_asking (child);

      if (found)
        return found;
    }
  return NULL;
}

static void
on_scanned_elsewhere (GtkWidget *entry,
                      const BenkScan *scan,
                      const BenkScanTyping *typing)
{
  BenkVisitItemRow *row = find_asking (GTK_WIDGET (gtk_widget_get_root (entry)));

  if (row)
    tick (row, benk_scan_get_name (scan), NULL);
  else
    gtk_widget_error_bell (entry);
}

static void
on_button_clicked (BenkVisitItemRow *self)
{
  if (self->entry)
    on_entered (self);
  else
    tick (self, NULL, NULL);
}

static void
on_level_clicked (BenkVisitItemRow *self, GtkButton *button)
{
  tick (self, gtk_button_get_label (button), NULL);
}

static const char *
get_placeholder (BenkFactKind fact)
{
  if (fact == BENK_FACT_RIGHT_DEVICE)
    return _ ("Scan or type it");
  return _ ("Role and name");
}

static void
add_entry (BenkVisitItemRow *self, BenkFactKind fact)
{
  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), get_placeholder (fact));
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 18);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  benk_visit_item_get_label (self->item), -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_entered), self);
  if (fact == BENK_FACT_RIGHT_DEVICE)
    benk_scan_take (self->entry, on_scanned);
  else
    benk_visit_item_row_send_scans (self->entry);
  gtk_box_append (GTK_BOX (self->box), self->entry);
}

static void
add_levels (BenkVisitItemRow *self)
{
  static const char *const levels[] = { N_ ("Good"), N_ ("Weak"), N_ ("None") };
  GtkWidget *linked = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (linked, "linked");
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_ (levels[i]));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_level_clicked), self);
      gtk_box_append (GTK_BOX (linked), button);
    }
  gtk_box_append (GTK_BOX (self->box), linked);
}

static void
add_button (BenkVisitItemRow *self)
{
  g_autofree char *spoken =
    g_strdup_printf (_ ("Done: %s"), benk_visit_item_get_label (self->item));

  self->button = gtk_button_new_with_label (_ ("Done"));
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_button_clicked),
                            self);
  gtk_box_append (GTK_BOX (self->box), self->button);
}

static void
update (BenkVisitItemRow *self)
{
  BenkVisitItemState state = benk_visit_item_get_state (self->item);
  const char *detail = benk_visit_item_get_detail (self->item);
  gboolean done = state == BENK_VISIT_ITEM_DONE;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), detail ? detail : "");
  gtk_image_set_from_icon_name (self->sign, done ? "object-select-symbolic"
                                                 : "document-open-recent-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->sign), state != BENK_VISIT_ITEM_OPEN);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->sign),
                               done ? _ ("done") : _ ("still owed"));
  if (done)
    gtk_widget_add_css_class (GTK_WIDGET (self->sign), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sign), "success");
  /* A text that is hidden must not have the keyboard. */
  if (done && self->entry && gtk_widget_get_focus_child (self->box))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  /* The settings may be read or written again. */
  gtk_widget_set_visible (self->box, !done || benk_visit_item_get_fact (self->item) ==
                                                BENK_FACT_NONE);
}

static void
benk_visit_item_row_dispose (GObject *object)
{
  g_clear_object (&BENK_VISIT_ITEM_ROW (object)->item);
  G_OBJECT_CLASS (benk_visit_item_row_parent_class)->dispose (object);
}

static void
benk_visit_item_row_class_init (BenkVisitItemRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = benk_visit_item_row_dispose;

  /**
   * BenkVisitItemRow::tick:
   * @self: the row
   * @item: the stable name of the thing
   * @text: (nullable): what was scanned or found
   * @stated_by: (nullable): who states it
   *
   * A person ticks it.
   */
  signals[TICK] =
    g_signal_new ("tick", BENK_TYPE_VISIT_ITEM_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
benk_visit_item_row_init (BenkVisitItemRow *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->sign = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->box);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->sign));
}

/**
 * benk_visit_item_row_new:
 * @item: one thing of a visit
 *
 * Returns: (transfer floating): a row to tick it
 */
GtkWidget *
benk_visit_item_row_new (BenkVisitItem *item)
{
  BenkVisitItemRow *self = g_object_new (BENK_TYPE_VISIT_ITEM_ROW, NULL);
  BenkFactKind fact = benk_visit_item_get_fact (item);

  self->item = g_object_ref (item);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 benk_visit_item_get_label (item));
  if (fact == BENK_FACT_COVERAGE_AT_HOME)
    add_levels (self);
  else if (fact != BENK_FACT_NONE)
    {
      if (fact == BENK_FACT_RIGHT_DEVICE || benk_fact_kind_needs_stated_by (fact))
        add_entry (self, fact);
      add_button (self);
    }
  update (self);
  return GTK_WIDGET (self);
}

/** benk_visit_item_row_get_item: Returns: (transfer none): what it shows */
BenkVisitItem *
benk_visit_item_row_get_item (BenkVisitItemRow *self)
{
  g_return_val_if_fail (BENK_IS_VISIT_ITEM_ROW (self), NULL);
  return self->item;
}

/** benk_visit_item_row_set_item: @item: the same thing, as it is now */
void
benk_visit_item_row_set_item (BenkVisitItemRow *self, BenkVisitItem *item)
{
  g_return_if_fail (BENK_IS_VISIT_ITEM_ROW (self));
  if (g_set_object (&self->item, item))
    update (self);
}

/** benk_visit_item_row_add_button: @button: another way to see to it */
void
benk_visit_item_row_add_button (BenkVisitItemRow *self, GtkWidget *button)
{
  g_return_if_fail (BENK_IS_VISIT_ITEM_ROW (self));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), button);
}

/** benk_visit_item_row_focus: brings the keyboard to where it is ticked */
void
benk_visit_item_row_focus (BenkVisitItemRow *self)
{
  g_return_if_fail (BENK_IS_VISIT_ITEM_ROW (self));
  if (self->entry)
    gtk_widget_grab_focus (self->entry);
  else
    gtk_widget_child_focus (self->box, GTK_DIR_TAB_FORWARD);
}

/**
 * benk_visit_item_row_send_scans:
 * @entry: an entry of a visit that asks for words
 *
 * A scan in @entry is the device of the visit, and no name or reason: it goes to the row
 * that asks for the device.
 */
void
benk_visit_item_row_send_scans (GtkWidget *entry)
{
  benk_scan_take (entry, on_scanned_elsewhere);
}
