/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-keys.h"
#include "benk-new-alarm-dialog.h"
#include "benk-shot.h"

/* *New Alarm…* with one hand on the phone: how many keys it takes, as the display server
 * sends them. */

#define FAST 3
#define SLOW 130

/* Milliseconds that an alarm "now" may be from when the test began to press. */
#define A_MINUTE 60000

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  static const BenkNewDevice shelf[] = {
    { "medido", "MD0000001", NULL, "D-10", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
    { "evondos-e300", "PP000002", NULL, "D-9", NULL, "Shelf 2",
      BENK_DEVICE_STATE_RECEIVED },
  };

  benk_keys_set_up (stage, shelf, G_N_ELEMENTS (shelf));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

/* Presses the keys as hands do; those that stand together are a text. */
static guint
press (const char *keys)
{
  g_auto (GStrv) split = g_strsplit (keys, " ", -1);
  guint n = 0;

  for (guint i = 0; split[i]; i++)
    {
      gboolean named = g_ascii_isupper (split[i][0]);

      if (named)
        benk_keys_press (split[i]);
      else
        benk_keys_type (split[i], SLOW, NULL);
      n += named ? 1 : (guint) g_utf8_strlen (split[i], -1);
    }
  return n;
}

static GtkWindow *
open_with_key (void)
{
  GtkWindow *dialog;

  press ("F8");
  dialog = benk_stage_wait_window (BENK_TYPE_NEW_ALARM_DIALOG);
  benk_shot_settle (GTK_WIDGET (dialog));
  return dialog;
}

static gboolean
has_one_open (gpointer alarms)
{
  return benk_alarms_get_n_open (alarms) == 1;
}

static BenkAlarm *
wait_for_alarm (BenkStage *stage)
{
  BenkAlarms *alarms = benk_session_get_alarms (stage->session);

  g_assert_true (benk_shot_wait (has_one_open, alarms, 10));
  return g_list_model_get_item (benk_alarms_get_queue (alarms), 0);
}

/* The device is scanned or typed; all else is five keys in the usual case, F8 among
 * them. */
static const struct
{
  const char *scanned;
  const char *typed;
  const char *keys;
  guint most;
  const char *code;
  BenkAlarmVia via;
  const char *when; /* in Oslo; NULL = now */
} cases[] = {
  { "MD0000001", NULL, "rul Return", 5, "1.8", BENK_ALARM_VIA_PHONE, NULL },
  { NULL, "md0000001 Return", "rul Return", 5, "1.8", BENK_ALARM_VIA_PHONE, NULL },
  { NULL, "d-10 Tab", "rul Return", 5, "1.8", BENK_ALARM_VIA_PHONE, NULL },
  { "MD0000001", NULL, "jam Return", 5, "1.8", BENK_ALARM_VIA_PHONE, NULL },
  { "MD0000001", NULL, "1.8 Return", 5, "1.8", BENK_ALARM_VIA_PHONE, NULL },
  { "MD0000001", NULL, "ikke Return", 6, "1.1", BENK_ALARM_VIA_PHONE, NULL },
  { "MD0000001", NULL, "kontakt Return", 9, "1.20", BENK_ALARM_VIA_PHONE, NULL },
  { "MD0000001", NULL, "power Return", 7, "1.19", BENK_ALARM_VIA_PHONE, NULL },
  { "MD0000001", NULL, "rul Down Return", 6, "1.16", BENK_ALARM_VIA_PHONE, NULL },
  { "MD0000001", NULL, "rul Tab Down Return", 7, "1.8", BENK_ALARM_VIA_SMS, NULL },
  { "MD0000001", NULL, "rul Tab Down Tab 8.05 Return", 12, "1.8", BENK_ALARM_VIA_SMS,
    "08:05" },
  { "MD0000001", NULL, "rul Tab Down Tab 0805 Return", 12, "1.8", BENK_ALARM_VIA_SMS,
    "08:05" },
};

static void
expect_when (BenkAlarm *alarm, const char *when)
{
  gint64 raised_ms = benk_alarm_get_raised_ms (alarm);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Oslo");
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (raised_ms / 1000);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *clock = g_date_time_format (local, "%H:%M");

  if (when)
    g_assert_cmpstr (clock, ==, when);
  else
    g_assert_cmpint (ABS (raised_ms - BENK_STAGE_WALL_MS), <, A_MINUTE);
}

static void
test_few_keys (BenkStage *stage, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (BenkAlarm) alarm = NULL;
  guint n = 1; /* F8 */

  open_with_key ();
  if (cases[i].scanned)
    benk_keys_type (cases[i].scanned, FAST, "Return");
  else
    press (cases[i].typed);
  n += press (cases[i].keys);
  alarm = wait_for_alarm (stage);
  g_test_message ("%s: %u keys, F8 too, beside the device", cases[i].keys, n);
  g_assert_cmpstr (benk_alarm_get_code (alarm), ==, cases[i].code);
  g_assert_cmpstr (benk_alarm_get_serial (alarm), ==, "MD0000001");
  g_assert_cmpint (benk_alarm_get_via (alarm), ==, cases[i].via);
  expect_when (alarm, cases[i].when);
  g_assert_cmpuint (n, <=, cases[i].most);
}

/* Enter in the choice of ways registers, and opens no menu; what is missing is not
 * invented. */
static void
test_enter_without_a_name (BenkStage *stage, gconstpointer unused)
{
  GtkWindow *dialog = open_with_key ();

  benk_keys_type ("MD0000001", FAST, "Return");
  press ("Return Tab Return");
  g_assert_true (benk_stage_find_window (BENK_TYPE_NEW_ALARM_DIALOG) == dialog);
  g_assert_cmpuint (benk_alarms_get_n_open (benk_session_get_alarms (stage->session)), ==,
                    0);
  press ("Escape");
  benk_stage_wait_idle ();
  g_assert_null (benk_stage_find_window (BENK_TYPE_NEW_ALARM_DIALOG));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/ui/new-alarm-keys/registers-in-few-keys/%02u", (guint) i);

      g_test_add (path, BenkStage, GSIZE_TO_POINTER (i), set_up, test_few_keys,
                  tear_down);
    }
  g_test_add ("/ui/new-alarm-keys/enter-without-a-name-registers-nothing", BenkStage,
              NULL, set_up, test_enter_without_a_name, tear_down);
  return g_test_run ();
}
