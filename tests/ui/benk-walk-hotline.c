/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-walk-hotline.h"

#include "benk-alarms-page.h"
#include "benk-find.h"
#include "benk-keys.h"
#include "benk-shot.h"
#include "benk-vendor-calls.h"
#include "benk-vendor-dialog.h"

#define MINUTE (60 * 1000)
#define SLOW 300

static GtkWidget *
get_details (BenkStage *stage)
{
  return benk_stage_get_child (benk_window_get_page (stage->window, "alarms"), "details");
}

void
benk_walk_hotline_set_up (BenkStage *stage)
{
  const BenkNewDevice device = { .model_id = "pilly-sms",
                                 .serial = BENK_WALK_HOTLINE_SERIAL,
                                 .imei = "356938035643809",
                                 .asset = "D-077",
                                 .vendor = "Dignio",
                                 .place = "Shelf 1",
                                 .state = BENK_DEVICE_STATE_RECEIVED,
                                 .owner = BENK_OWNER_LEASE,
                                 .warranty_date = "2027-03-31",
                                 .lease_end_date = "2028-12-31" };
  const BenkVendorContact contact = { (char *) "Dignio", (char *) "K-10294",
                                      (char *) "800 00 100", (char *) "Mon–Fri 08–16" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autofree char *id = NULL;

  benk_stage_add (stage, &device);
  benk_stage_link_user (stage, BENK_WALK_HOTLINE_SERIAL, NULL, "District 1");
  benk_vendor_calls_set_contact_async (stage->session, &contact, NULL, benk_stage_keep,
                                       &result);
  benk_vendor_calls_change_finish (stage->session, benk_stage_await (&result), NULL,
                                   &error);
  g_assert_no_error (error);
  alarm = benk_stage_alarm (stage, BENK_WALK_HOTLINE_SERIAL, "1.5", 12 * MINUTE);
  benk_stage_take (stage, alarm);
  benk_window_show_page (stage->window, "alarms");
  id = benk_id_to_string (benk_alarm_get_id (alarm));
  benk_alarms_page_show_alarm (BENK_ALARMS_PAGE (
                                 benk_window_get_page (stage->window, "alarms")),
                               id);
  benk_find_wait_text (get_details (stage), "KA ");
  benk_shot_settle (GTK_WIDGET (stage->window));
}

static gboolean
is_ready (gpointer dialog)
{
  return gtk_widget_get_sensitive (benk_stage_get_child (dialog, "copy_button"));
}

static gboolean
is_gone (gpointer unused)
{
  return benk_stage_find_window (BENK_TYPE_VENDOR_DIALOG) == NULL;
}

void
benk_walk_hotline_call (BenkStage *stage, const char *case_number, const char *until)
{
  GtkWindow *dialog;

  benk_keys_click (benk_stage_get_child (get_details (stage), "vendor_button"));
  dialog = benk_stage_wait_window (BENK_TYPE_VENDOR_DIALOG);
  g_assert_true (benk_shot_wait (is_ready, dialog, 20));
  benk_shot_settle (GTK_WIDGET (dialog));
  if (until)
    {
      g_autofree char *after = g_strconcat (" ", until, NULL);

      benk_keys_type (case_number, SLOW, NULL);
      benk_keys_type (after, SLOW, "Return");
    }
  else
    benk_keys_type (case_number, SLOW, "Return");
  g_assert_true (benk_shot_wait (is_gone, NULL, 20));
}

void
benk_walk_hotline_expect (BenkStage *stage, const char *case_number)
{
  g_autofree char *said = g_strconcat ("Case ", case_number, NULL);

  benk_find_wait_text (get_details (stage), "Phoned the vendor: Dignio");
  benk_find_wait_text (get_details (stage), "Waiting for the vendor until");
  benk_find_wait_text (get_details (stage), said);
}
