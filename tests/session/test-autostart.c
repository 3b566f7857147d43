/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "benk-autostart-private.h"
#include "benk-error.h"
#include "benk-session-fixture.h"

#define FILE_NAME "no.dosebenk.Dosebenk.desktop"

typedef struct
{
  char *dir;
  char *path;
  GTestDBus *bus;
  GDBusConnection *connection;
  const char *answer; /* what the portal says: "yes", "no", "error" */
  GVariant *options;  /* what it was asked */
  guint n_asked;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->dir = g_dir_make_tmp ("benk-autostart-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "autostart", FILE_NAME, NULL);
  f->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (f->bus);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_autofree char *folder = g_path_get_dirname (f->path);

  if (f->connection)
    g_dbus_connection_close_sync (f->connection, NULL, NULL);
  g_clear_object (&f->connection);
  g_clear_pointer (&f->options, g_variant_unref);
  g_test_dbus_down (f->bus);
  g_clear_object (&f->bus);
  g_unlink (f->path);
  g_rmdir (folder);
  g_unlink (folder);
  g_rmdir (f->dir);
  g_free (f->path);
  g_free (f->dir);
}

static gboolean
look (BenkAutostart *autostart)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_on = FALSE;

  benk_autostart_look_async (autostart, NULL, benk_session_fixture_keep, &result);
  g_assert_true (
    benk_autostart_look_finish (autostart, BENK_AWAIT (result), &is_on, &error));
  g_assert_no_error (error);
  return is_on;
}

static gboolean
set (BenkAutostart *autostart, gboolean on, gboolean *is_on, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_autostart_set_async (autostart, on, NULL, benk_session_fixture_keep, &result);
  return benk_autostart_set_finish (autostart, BENK_AWAIT (result), is_on, error);
}

static void
test_on_and_off (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAutostart) autostart = benk_autostart_new_in (f->dir, "/bin/sh", FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean is_on = FALSE;

  g_assert_false (look (autostart));
  g_assert_true (set (autostart, TRUE, &is_on, &error));
  g_assert_true (is_on);
  g_assert_true (look (autostart));
  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Exec=\"/bin/sh\" --background\n"));
  g_assert_true (set (autostart, FALSE, &is_on, &error));
  g_assert_false (is_on);
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
  /* Off already is no failure. */
  g_assert_true (set (autostart, FALSE, &is_on, &error));
  g_assert_no_error (error);
}

typedef struct
{
  const char *name;
  const char *text;
  gboolean is_on;
} Case;

static const Case cases[] = {
  { "as-written", "[Desktop Entry]\nType=Application\nExec=\"/bin/sh\" --background\n",
    TRUE },
  { "hidden", "[Desktop Entry]\nExec=/bin/sh\nHidden=true\n", FALSE },
  { "turned-off-in-gnome",
    "[Desktop Entry]\nExec=/bin/sh\nX-GNOME-Autostart-enabled=false\n", FALSE },
  { "turned-on-in-gnome",
    "[Desktop Entry]\nExec=/bin/sh\nX-GNOME-Autostart-enabled=true\n", TRUE },
  { "program-gone", "[Desktop Entry]\nExec=/nowhere/dosebenk --background\n", FALSE },
  { "starts-nothing", "[Desktop Entry]\nType=Application\n", FALSE },
  { "quote-left-open", "[Desktop Entry]\nExec=\"/bin/sh\n", FALSE },
  { "empty", "", FALSE },
  { "no-desktop-file", "hello", FALSE },
};

/* What is said to be on would start the program. */
static void
test_read_back (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAutostart) autostart = benk_autostart_new_in (f->dir, "/bin/sh", FALSE);
  g_autofree char *folder = g_path_get_dirname (f->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].name);
      g_assert_true (g_file_set_contents (f->path, cases[i].text, -1, NULL));
      g_assert_cmpint (look (autostart), ==, cases[i].is_on);
    }
}

/* A name that needs quoting is found again. */
static void
test_odd_name (Fixture *f, gconstpointer unused)
{
  g_autofree char *program = g_build_filename (f->dir, "a $b `c`\\d", NULL);
  g_autoptr (BenkAutostart) autostart = benk_autostart_new_in (f->dir, program, FALSE);
  g_autoptr (GError) error = NULL;
  gboolean is_on = FALSE;

  g_assert_true (g_file_set_contents (program, "#!/bin/sh\n", -1, NULL));
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  g_assert_true (set (autostart, TRUE, &is_on, &error));
  g_assert_true (is_on);
  g_unlink (program);
}

/* Not written: said, and not claimed to be on. */
static void
test_cannot_write (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAutostart) autostart = benk_autostart_new_in (f->dir, "/bin/sh", FALSE);
  g_autofree char *folder = g_path_get_dirname (f->path);
  g_autoptr (GError) error = NULL;
  gboolean is_on = FALSE;

  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  g_assert_false (set (autostart, TRUE, &is_on, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_false (look (autostart));
}

/* Written, but it would start nothing. */
static void
test_no_program (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAutostart) autostart =
    benk_autostart_new_in (f->dir, "/nowhere/dosebenk", FALSE);
  g_autoptr (GError) error = NULL;
  gboolean is_on = TRUE;

  g_assert_true (set (autostart, TRUE, &is_on, &error));
  g_assert_false (is_on);
}

/* -- The portal ---------------------------------------------------------------------- */

static const char portal_xml[] =
  "<node><interface name='org.freedesktop.portal.Background'>"
  "<method name='RequestBackground'><arg type='s' direction='in'/>"
  "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
  "</interface></node>";

static void
on_portal_call (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  Fixture *f = user_data;
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');
  g_autofree char *handle = NULL;
  const char *token = NULL;
  gboolean autostart = FALSE;
  GVariantDict results;

  f->n_asked++;
  g_clear_pointer (&f->options, g_variant_unref);
  g_variant_get (arguments, "(&s@a{sv})", NULL, &f->options);
  if (g_str_equal (f->answer, "error"))
    {
      g_dbus_method_invocation_return_dbus_error (
        invocation, "org.freedesktop.portal.Error.NotAllowed", "not here");
      return;
    }
  g_assert_true (g_variant_lookup (f->options, "handle_token", "&s", &token));
  g_variant_lookup (f->options, "autostart", "b", &autostart);
  handle = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", handle));
  g_variant_dict_init (&results, NULL);
  g_variant_dict_insert (&results, "background", "b", TRUE);
  g_variant_dict_insert (&results, "autostart", "b",
                         autostart && g_str_equal (f->answer, "yes"));
  g_dbus_connection_emit_signal (connection, NULL, handle,
                                 "org.freedesktop.portal.Request", "Response",
                                 g_variant_new ("(u@a{sv})",
                                                g_str_equal (f->answer, "no") ? 1u : 0u,
                                                g_variant_dict_end (&results)),
                                 NULL);
}

static void
start_portal (Fixture *f)
{
  static const GDBusInterfaceVTable vtable = { .method_call = on_portal_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (portal_xml, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  f->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (f->bus),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
      G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (f->connection, "/org/freedesktop/portal/desktop",
                                     node->interfaces[0], &vtable, f, NULL, &error);
  g_assert_no_error (error);
  reply =
    g_dbus_connection_call_sync (f->connection, "org.freedesktop.DBus",
                                 "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                 "RequestName",
                                 g_variant_new ("(su)", "org.freedesktop.portal.Desktop",
                                                4),
                                 NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *answer;
  gboolean wanted;
  gboolean is_on;
  gboolean fails;
} PortalCase;

static const PortalCase portal_cases[] = {
  { "yes", TRUE, TRUE, FALSE },
  { "yes", FALSE, FALSE, FALSE },
  { "no", TRUE, FALSE, FALSE },
  { "error", TRUE, FALSE, TRUE },
};

/* What the desktop answered is what is said, also when it is asked later. */
static void
test_portal (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAutostart) autostart = benk_autostart_new_in (f->dir, "dosebenk", TRUE);

  start_portal (f);
  for (gsize i = 0; i < G_N_ELEMENTS (portal_cases); i++)
    {
      const PortalCase *one = &portal_cases[i];
      g_autoptr (GError) error = NULL;
      gboolean is_on = FALSE;

      g_test_message ("%s, %d", one->answer, one->wanted);
      f->answer = one->answer;
      g_assert_cmpint (set (autostart, one->wanted, &is_on, &error), ==, !one->fails);
      g_assert_cmpint (is_on, ==, one->is_on);
      g_assert_cmpint (look (autostart), ==, one->is_on);
      if (error)
        g_test_message ("%s", error->message);
    }
  g_assert_cmpuint (f->n_asked, ==, G_N_ELEMENTS (portal_cases));
  g_assert_false (g_file_test (f->path, G_FILE_TEST_EXISTS));
}

static void
test_no_portal (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAutostart) autostart = benk_autostart_new_in (f->dir, "dosebenk", TRUE);
  g_autoptr (GError) error = NULL;
  gboolean is_on = TRUE;

  g_assert_false (set (autostart, TRUE, &is_on, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED);
  g_assert_false (look (autostart));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                  \
  g_test_add ("/session/autostart/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("on-and-off", test_on_and_off);
  ADD ("read-back", test_read_back);
  ADD ("odd-name", test_odd_name);
  ADD ("cannot-write", test_cannot_write);
  ADD ("no-program", test_no_program);
  ADD ("portal", test_portal);
  ADD ("no-portal", test_no_portal);
  return g_test_run ();
}
