/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-reservation-section.h"

#include <glib/gi18n.h>

#include "benk-bulk-dialog.h"
#include "benk-bulk.h"
#include "benk-reserve-dialog.h"
#include "benk-rows.h"
#include "benk-plan.h"
#include "benk-wording.h"

/* What the buttons of a row are about. */
typedef struct
{
  BenkSession *session;
  BenkDeviceCard *card;
} About;

static void
about_free (gpointer data)
{
  About *about = data;

  g_object_unref (about->session);
  g_object_unref (about->card);
  g_free (about);
}

static const BenkId *
get_device (const About *about)
{
  return benk_device_get_id (benk_device_card_get_device (about->card));
}

static About *
get_about (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "benk-about");
}

/* The row goes when the device is read again; the window stays. */
static GtkWidget *
get_window (GtkWidget *button)
{
  return GTK_WIDGET (gtk_widget_get_root (button));
}

static void
on_change_clicked (GtkWidget *button)
{
  About *about = get_about (button);

  gtk_window_present (GTK_WINDOW (
    benk_reserve_dialog_new_change (get_window (button), about->session, about->card)));
}

static void
on_give_up_clicked (GtkWidget *button)
{
  About *about = get_about (button);
  g_autoptr (BenkBulk) bulk =
    benk_bulk_new_give_up (benk_session_get_inventory (about->session),
                           get_device (about), 1);

  benk_bulk_dialog_run (get_window (button), about->session, bulk,
                        _ ("Reservation given up"));
}

static void
add_button (GtkWidget *box,
            const char *label,
            BenkSession *session,
            BenkDeviceCard *card,
            GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);
  About *about = g_new0 (About, 1);

  about->session = g_object_ref (session);
  about->card = g_object_ref (card);
  g_object_set_data_full (G_OBJECT (button), "benk-about", about, about_free);
  gtk_widget_set_sensitive (button, benk_session_get_staff (session) != NULL);
  g_signal_connect (button, "clicked", clicked, NULL);
  gtk_box_append (GTK_BOX (box), button);
}

static char *
describe (BenkSession *session, const BenkReservation *reservation)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autofree char *words = benk_reservation_describe (reservation);
  g_autofree char *made =
    benk_wording_instant (reservation->made_ms,
                          benk_clock_get_wall_ms (benk_session_get_clock (session)),
                          zone);

  return g_strdup_printf ("%s\n%s%s%s", words, made, reservation->who ? " · " : "",
                          reservation->who ? reservation->who : "");
}

static void
add_reservation (AdwPreferencesGroup *group,
                 GPtrArray *rows,
                 BenkSession *session,
                 BenkDeviceCard *card)
{
  const BenkReservation *reservation = benk_device_card_get_reservation (card);
  g_autofree char *title =
    /* Translators: the reference of a user. */
    g_strdup_printf (_ ("Reserved for %s"),
                     reservation->reference ? reservation->reference : _ ("erased"));
  g_autofree char *subtitle = describe (session, reservation);
  GtkWidget *row = benk_rows_add (group, rows, title, subtitle);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  if (reservation->needs_device || benk_reservation_is_overdue (reservation))
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (icon, "warning");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    }
  add_button (box, _ ("Change…"), session, card, G_CALLBACK (on_change_clicked));
  add_button (box, _ ("Give Up"), session, card, G_CALLBACK (on_give_up_clicked));
  adw_preferences_group_set_header_suffix (group, box);
}

/**
 * benk_reservation_section_show:
 * @group: a group
 * @rows: its rows
 * @session: the open session
 * @card: a device
 *
 * Says for whom the device is kept; nothing is shown when it is for nobody.
 */
void
benk_reservation_section_show (AdwPreferencesGroup *group,
                               GPtrArray *rows,
                               BenkSession *session,
                               BenkDeviceCard *card)
{
  benk_rows_clear (group, rows);
  if (benk_device_card_get_reservation (card))
    add_reservation (group, rows, session, card);
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}
