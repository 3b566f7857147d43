/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-device-chips.h"

#include <glib/gi18n.h>

#include "benk-inventory.h"
#include "benk-settings.h"

#define KEY "devices-state"

/* What is chosen instead of a state: those that are kept for somebody. */
#define RESERVED BENK_INVENTORY_COUNT_RESERVED
#define RESERVED_NAME "reserved"

/* The states that some device is in, with how many; one of them at most is chosen. */
struct _BenkDeviceChips
{
  GtkWidget parent_instance;

  int state;    /* -1: every one */
  char *within; /* more words that must be found, such as a place */
  GSettings *settings;
  GtkFlowBox *box;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkDeviceChips, benk_device_chips, GTK_TYPE_WIDGET)

/* -1 for the chip of what must be found as well. */
static int
get_state (GtkWidget *chip)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (chip), "benk-state")) - 1;
}

static const char *
get_name (int state)
{
  if (state == RESERVED)
    return RESERVED_NAME;
  return state >= 0 ? benk_device_state_to_name ((BenkDeviceState) state) : "";
}

static void
keep (BenkDeviceChips *self)
{
  if (self->settings)
    g_settings_set_string (self->settings, KEY, get_name (self->state));
}

static void
load (BenkDeviceChips *self)
{
  g_autofree char *name =
    self->settings ? g_settings_get_string (self->settings, KEY) : NULL;
  BenkDeviceState state;

  if (g_strcmp0 (name, RESERVED_NAME) == 0)
    self->state = RESERVED;
  else if (name && benk_device_state_from_name (name, &state))
    self->state = (int) state;
}

static void
on_chip_toggled (GtkToggleButton *chip, BenkDeviceChips *self)
{
  int state = get_state (GTK_WIDGET (chip));

  if (!gtk_toggle_button_get_active (chip) && self->state != state)
    return;
  self->state = gtk_toggle_button_get_active (chip) ? state : -1;
  for (int i = 0;; i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->box, i);
      GtkWidget *other = child ? gtk_flow_box_child_get_child (child) : NULL;

      if (!other)
        break;
      if (other != GTK_WIDGET (chip) && get_state (other) >= 0)
        gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (other), FALSE);
    }
  keep (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
append (BenkDeviceChips *self, const char *text, gboolean active)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (text);

  gtk_widget_add_css_class (chip, "chip");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), active);
  gtk_flow_box_append (self->box, chip);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
  return chip;
}

static void
append_state (BenkDeviceChips *self, int state, guint n_devices)
{
  const char *label = state == RESERVED
                        ? _ ("Reserved")
                        : benk_device_state_get_label ((BenkDeviceState) state, TRUE);
  g_autofree char *text = g_strdup_printf ("%s %u", label, n_devices);
  GtkWidget *chip = append (self, text, self->state == state);

  g_object_set_data (G_OBJECT (chip), "benk-state", GINT_TO_POINTER (state + 1));
  g_signal_connect (chip, "toggled", G_CALLBACK (on_chip_toggled), self);
}

/* Once given up it cannot be chosen again. */
static void
on_within_toggled (GtkToggleButton *chip, BenkDeviceChips *self)
{
  g_clear_pointer (&self->within, g_free);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (chip)), FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
benk_device_chips_dispose (GObject *object)
{
  BenkDeviceChips *self = BENK_DEVICE_CHIPS (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->within, g_free);
  if (self->box)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  G_OBJECT_CLASS (benk_device_chips_parent_class)->dispose (object);
}

static void
benk_device_chips_class_init (BenkDeviceChipsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_device_chips_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  /**
   * BenkDeviceChips::changed:
   * @self: the chips
   *
   * Somebody chose another chip, or none.
   */
  signals[CHANGED] = g_signal_new ("changed", BENK_TYPE_DEVICE_CHIPS, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_device_chips_init (BenkDeviceChips *self)
{
  self->state = -1;
  self->settings = benk_settings_new ();
  load (self);
  self->box = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->box, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->box, 12);
  gtk_flow_box_set_column_spacing (self->box, 4);
  gtk_flow_box_set_row_spacing (self->box, 4);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Show only one state"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}

/**
 * benk_device_chips_show_counts:
 * @self: the chips
 * @counts: (array fixed-size=BENK_INVENTORY_N_COUNTS): how many devices are in each
 *   state, and how many are reserved
 *
 * Shows a chip for each state that somebody works with, and one for what is reserved.
 */
void
benk_device_chips_show_counts (BenkDeviceChips *self, const guint *counts)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (self->box, 0)) != NULL)
    gtk_flow_box_remove (self->box, GTK_WIDGET (child));
  if (self->within)
    g_signal_connect (append (self, self->within, TRUE), "toggled",
                      G_CALLBACK (on_within_toggled), self);
  for (int i = 0; i < BENK_INVENTORY_N_COUNTS; i++)
    if (counts[i] > 0 && i != BENK_DEVICE_STATE_SCRAPPED)
      append_state (self, i, counts[i]);
  if (self->state >= 0 && counts[self->state] == 0)
    append_state (self, self->state, 0);
}

/**
 * benk_device_chips_choose:
 * @self: the chips
 * @states: a bit of the state to list; 0 for every one
 * @within: more words that must be found; "" for none
 *
 * Chooses for now and without a word; the chips follow with the next counts.
 */
void
benk_device_chips_choose (BenkDeviceChips *self, guint32 states, const char *within)
{
  g_free (self->within);
  self->within = *within ? g_strdup (within) : NULL;
  self->state = states ? g_bit_nth_lsf (states, -1) : -1;
}

/**
 * benk_device_chips_clear:
 * @self: the chips
 *
 * Gives up what was chosen, also for the next start.
 */
void
benk_device_chips_clear (BenkDeviceChips *self)
{
  benk_device_chips_choose (self, 0, "");
  keep (self);
}

/**
 * benk_device_chips_get_states:
 * @self: the chips
 *
 * Returns: a bit of the state that is chosen; 0 for every one
 */
guint32
benk_device_chips_get_states (BenkDeviceChips *self)
{
  return self->state >= 0 && self->state != RESERVED ? 1u << self->state : 0;
}

/**
 * benk_device_chips_get_reserved:
 * @self: the chips
 *
 * Returns: whether only what is kept for somebody is to be listed
 */
gboolean
benk_device_chips_get_reserved (BenkDeviceChips *self)
{
  return self->state == RESERVED;
}

/**
 * benk_device_chips_get_within:
 * @self: the chips
 *
 * Returns: (transfer none) (nullable): what else must be found
 */
const char *
benk_device_chips_get_within (BenkDeviceChips *self)
{
  return self->within;
}
