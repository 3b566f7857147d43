/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-keys.h"

#include <gdk/x11/gdkx.h>

#include "benk-scan-desk.h"
#include "benk-shot.h"

/* Milliseconds between two texts. */
#define PAUSE 1000
/* What the display server is given, in milliseconds. */
#define REAL_GAP "2"

/* Goes on by one gap whenever it is asked. */
#define BENK_TYPE_KEY_CLOCK (benk_key_clock_get_type ())
G_DECLARE_FINAL_TYPE (BenkKeyClock, benk_key_clock, BENK, KEY_CLOCK, BenkClock)

struct _BenkKeyClock
{
  BenkClock parent_instance;
};

G_DEFINE_FINAL_TYPE (BenkKeyClock, benk_key_clock, BENK_TYPE_CLOCK)

static gint64 now_ms;
static guint step_ms;
static BenkKeysCount count;
static gboolean deciding;

static gint64
get_ms (BenkClock *clock)
{
  return now_ms += step_ms;
}

static void
benk_key_clock_class_init (BenkKeyClockClass *klass)
{
  BENK_CLOCK_CLASS (klass)->get_boot_ms = get_ms;
  BENK_CLOCK_CLASS (klass)->get_wall_ms = get_ms;
}

static void
benk_key_clock_init (BenkKeyClock *self)
{
}

void
benk_keys_use (GtkWindow *window)
{
  g_autoptr (BenkClock) clock = g_object_new (BENK_TYPE_KEY_CLOCK, NULL);

  benk_scan_desk_use_clock (benk_scan_desk_get (window), clock);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer done)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) done = TRUE;
}

static gboolean
is_set (gpointer flag)
{
  return *(gboolean *) flag;
}

/* Until all of it has arrived. */
static void
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv (command, G_SUBPROCESS_FLAGS_NONE, &error);
  gboolean done = FALSE;

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, on_ended, &done);
  g_assert_true (benk_shot_wait (is_set, &done, 30));
  /* What the server has been told by then is behind this answer of its. */
  gdk_display_sync (gdk_display_get_default ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
benk_keys_start_count (void)
{
  count = (BenkKeysCount){ 0 };
  deciding = FALSE;
}

BenkKeysCount
benk_keys_get_count (void)
{
  g_assert_false (deciding);
  return count;
}

void
benk_keys_decide (void)
{
  g_assert_false (deciding);
  deciding = TRUE;
}

/* What was decided is counted with what is done about it. */
static void
count_press (guint clicks, guint values)
{
  count.clicks += clicks;
  count.values += values;
  count.decisions += deciding ? 1 : 0;
  deciding = FALSE;
}

void
benk_keys_type (const char *text, guint gap_ms, const char *then)
{
  const char *const typing[] = { "xdotool", "type",
                                 /* One call, so that Enter comes as fast as the rest. */
                                 "--delay", REAL_GAP, "--args", "1", text,
                                 then ? "key" : NULL, "--delay", REAL_GAP, then, NULL };

  now_ms += PAUSE;
  step_ms = gap_ms;
  count_press (then ? 1 : 0, 1);
  run (typing);
}

void
benk_keys_press (const char *keys)
{
  g_auto (GStrv) split = g_strsplit (keys, " ", -1);

  for (guint i = 0; split[i]; i++)
    {
      const char *const pressing[] = { "xdotool", "key", split[i], NULL };

      now_ms += PAUSE;
      step_ms = PAUSE;
      count_press (1, 0);
      run (pressing);
    }
}

static void
go (gpointer widget, const char *then)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = gtk_native_get_surface (native);
  double left, top, x, y;
  g_autofree char *window = NULL;
  g_autofree char *at_x = NULL;
  g_autofree char *at_y = NULL;

  benk_shot_settle (GTK_WIDGET (native));
  g_assert_true (gtk_widget_get_mapped (widget));
  gtk_native_get_surface_transform (native, &left, &top);
  gtk_widget_translate_coordinates (widget, GTK_WIDGET (native),
                                    gtk_widget_get_width (widget) / 2.0,
                                    gtk_widget_get_height (widget) / 2.0, &x, &y);
  window = g_strdup_printf ("%lu", gdk_x11_surface_get_xid (surface));
  at_x = g_strdup_printf ("%d", (int) (x + left));
  at_y = g_strdup_printf ("%d", (int) (y + top));
  run ((const char *const[]){ "xdotool", "mousemove", "--window", window, at_x, at_y,
                              then, then ? "1" : NULL, NULL });
  benk_shot_settle (GTK_WIDGET (native));
}

void
benk_keys_point (gpointer widget)
{
  go (widget, NULL);
}

void
benk_keys_click (gpointer widget)
{
  count_press (1, 0);
  go (widget, "click");
}

void
benk_keys_set_up (BenkStage *stage, const BenkNewDevice *devices, gsize n_devices)
{
  benk_stage_set_up (stage, FALSE);
  benk_stage_choose_staff (stage, "MH", "Mona Hansen");
  for (gsize i = 0; i < n_devices; i++)
    benk_stage_add (stage, &devices[i]);
  benk_stage_show_window (stage, 1366, 768);
  benk_shot_settle (GTK_WIDGET (stage->window));
  benk_keys_use (GTK_WINDOW (stage->window));
}
