/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-notifier-fixture.h"

/* The notifier before a real notification service, dunst, on a screen of its own. What is
 * on the screen is asked of dunst itself. */

#define SERVICE "org.freedesktop.Notifications"
#define PATH "/org/freedesktop/Notifications"
#define DUNST "org.dunstproject.cmd0"

/* GTestDBus takes it out of the environment. */
static char *display;

typedef struct
{
  BenkNotifierFixture f;
  char *dunst; /* NULL: not installed */
  GSubprocess *service;
  GDBusConnection *bus;
} Real;

static void
call (Real *r,
      const char *interface,
      const char *method,
      GVariant *arguments,
      GVariant **out_reply)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  g_dbus_connection_call (r->bus, SERVICE, PATH, interface, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, benk_session_fixture_keep,
                          &result);
  reply = g_dbus_connection_call_finish (r->bus, BENK_AWAIT (result), &error);
  g_assert_no_error (error);
  if (out_reply)
    *out_reply = g_steal_pointer (&reply);
}

static guint
count_shown (Real *r)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) value = NULL;

  call (r, "org.freedesktop.DBus.Properties", "Get",
        g_variant_new ("(ss)", DUNST, "displayedLength"), &reply);
  g_variant_get (reply, "(v)", &value);
  return g_variant_get_uint32 (value);
}

static void
wait_shown (Real *r, guint n)
{
  while (count_shown (r) != n)
    g_main_context_iteration (NULL, FALSE);
}

static void
on_appeared (GDBusConnection *bus, const char *name, const char *owner, gpointer there)
{
  *(gboolean *) there = TRUE;
}

static void
start_service (Real *r)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  gboolean there = FALSE;
  guint watch =
    g_bus_watch_name_on_connection (r->bus, SERVICE, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                    on_appeared, NULL, &there, NULL);

  /* Not the settings of whoever runs the tests. */
  g_subprocess_launcher_setenv (launcher, "DISPLAY", display, TRUE);
  r->service =
    g_subprocess_launcher_spawn (launcher, &error, r->dunst, "-conf", "/dev/null", NULL);
  g_assert_no_error (error);
  while (!there)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);
}

static void
kill_service (Real *r)
{
  g_subprocess_force_exit (r->service);
  g_assert_true (g_subprocess_wait (r->service, NULL, NULL));
  g_clear_object (&r->service);
}

static void
set_up (Real *r, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  benk_notifier_fixture_set_up (&r->f, NULL);
  r->dunst = g_find_program_in_path ("dunst");
  r->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  if (r->dunst && display)
    start_service (r);
}

static void
tear_down (Real *r, gconstpointer unused)
{
  if (r->service)
    kill_service (r);
  g_clear_object (&r->bus);
  g_free (r->dunst);
  benk_notifier_fixture_tear_down (&r->f, NULL);
}

/* One bubble a device, replaced; a click on it shows the alarm; gone when it is settled
 * elsewhere. */
static void
test_shown (Real *r, gconstpointer unused)
{
  g_autofree char *first = NULL;

  if (!r->service)
    {
      g_test_skip ("there is no dunst, or no display");
      return;
    }
  first = benk_alarms_fixture_raise (&r->f.base, "1.8");
  benk_alarms_fixture_must_sync (&r->f.base);
  wait_shown (r, 1);
  benk_notifier_fixture_raise (&r->f, "R-2", "1.22");
  benk_alarms_fixture_must_sync (&r->f.base);
  wait_shown (r, 2);
  g_free (benk_alarms_fixture_raise (&r->f.base, "1.17"));
  benk_alarms_fixture_must_sync (&r->f.base);
  benk_notifier_fixture_settle (&r->f);
  g_assert_cmpuint (count_shown (r), ==, 2);
  while (!r->f.shown)
    {
      call (r, DUNST, "NotificationAction", g_variant_new ("(u)", 0), NULL);
      benk_notifier_fixture_settle (&r->f);
    }
  g_assert_null (r->f.taken);
  g_assert_null (benk_attention_get_problem (r->f.attention));
}

static void
test_settled (Real *r, gconstpointer unused)
{
  g_autofree char *remote = NULL;

  if (!r->service)
    {
      g_test_skip ("there is no dunst, or no display");
      return;
    }
  remote = benk_alarms_fixture_raise (&r->f.base, "1.8");
  benk_alarms_fixture_must_sync (&r->f.base);
  wait_shown (r, 1);
  benk_virtual_hub_close_elsewhere (r->f.base.hub, remote, "Ansvarsvakt", NULL);
  benk_alarms_fixture_must_sync (&r->f.base);
  wait_shown (r, 0);
}

/* What the program leaves behind is nothing. */
static void
test_ended (Real *r, gconstpointer unused)
{
  if (!r->service)
    {
      g_test_skip ("there is no dunst, or no display");
      return;
    }
  g_free (benk_alarms_fixture_raise (&r->f.base, "1.8"));
  benk_notifier_fixture_raise (&r->f, "R-2", "1.22");
  benk_alarms_fixture_must_sync (&r->f.base);
  wait_shown (r, 2);
  benk_notifier_fixture_settle (&r->f);
  benk_notifier_end (r->f.notifier);
  g_assert_cmpuint (count_shown (r), ==, 0);
}

/* Killed and started again it shows what is still open. */
static void
test_restarted (Real *r, gconstpointer unused)
{
  if (!r->service)
    {
      g_test_skip ("there is no dunst, or no display");
      return;
    }
  g_free (benk_alarms_fixture_raise (&r->f.base, "1.8"));
  benk_notifier_fixture_raise (&r->f, "R-2", "1.22");
  benk_alarms_fixture_must_sync (&r->f.base);
  wait_shown (r, 2);
  benk_notifier_fixture_settle (&r->f);
  kill_service (r);
  while (benk_attention_get_problem (r->f.attention) == NULL)
    g_main_context_iteration (NULL, TRUE);
  start_service (r);
  wait_shown (r, 2);
  g_assert_null (benk_attention_get_problem (r->f.attention));
}

int
main (int argc, char *argv[])
{
  int code;

  display = g_strdup (g_getenv ("DISPLAY"));
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/notifier-real/shown-and-clicked", Real, NULL, set_up, test_shown,
              tear_down);
  g_test_add ("/ui/notifier-real/settled-elsewhere", Real, NULL, set_up, test_settled,
              tear_down);
  g_test_add ("/ui/notifier-real/ended", Real, NULL, set_up, test_ended, tear_down);
  g_test_add ("/ui/notifier-real/restarted", Real, NULL, set_up, test_restarted,
              tear_down);
  code = g_test_run ();
  g_free (display);
  return code;
}
