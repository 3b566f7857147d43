/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-twin-check.h"

#include <glib/gi18n.h>

struct _BenkTwinCheck
{
  GtkCheckButton parent_instance;
};

G_DEFINE_FINAL_TYPE (BenkTwinCheck, benk_twin_check, GTK_TYPE_CHECK_BUTTON)

static void
benk_twin_check_class_init (BenkTwinCheckClass *klass)
{
}

static void
benk_twin_check_init (BenkTwinCheck *self)
{
  gtk_check_button_set_label (GTK_CHECK_BUTTON (self),
                              _ ("This is _another device with the same serial number"));
  gtk_check_button_set_use_underline (GTK_CHECK_BUTTON (self), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * benk_twin_check_offer:
 * @self: the choice
 * @taken: whether there is a device with the number
 *
 * Shows the choice, or takes it away with what was said.
 */
void
benk_twin_check_offer (BenkTwinCheck *self, gboolean taken)
{
  g_return_if_fail (BENK_IS_TWIN_CHECK (self));

  gtk_widget_set_visible (GTK_WIDGET (self), taken);
  if (!taken)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self), FALSE);
}

/**
 * benk_twin_check_is_said:
 * @self: the choice
 *
 * Returns: whether somebody has said so
 */
gboolean
benk_twin_check_is_said (BenkTwinCheck *self)
{
  g_return_val_if_fail (BENK_IS_TWIN_CHECK (self), FALSE);

  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self));
}
