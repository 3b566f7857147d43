/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "benk-auth.h"
#include "benk-error.h"

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->dir = g_dir_make_tmp ("benk-auth-XXXXXX", NULL);
  f->path = g_build_filename (f->dir, "token", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->dir, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (f->dir), ==, 0);
  g_free (f->dir);
  g_free (f->path);
}

static void
note_result (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static char *
get_token (BenkAuth *auth, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *token = NULL;

  benk_auth_get_token_async (auth, NULL, note_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  benk_auth_get_token_finish (auth, result, &token, error);
  return token;
}

static gboolean
keep (const char *feed, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_auth_keep_async (feed, "Dosebenk", token, NULL, note_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return benk_auth_keep_finish (result, error);
}

static void
test_none (void)
{
  g_autoptr (BenkAuth) auth = benk_auth_new_none ();
  g_autoptr (GError) error = NULL;

  g_assert_null (get_token (auth, &error));
  g_assert_no_error (error);
}

static void
test_file (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkAuth) auth = benk_auth_new_file (f->path);
  g_autofree char *token = NULL;
  g_autofree char *second = NULL;

  g_file_set_contents_full (f->path, " abc.DEF-1\n", -1, G_FILE_SET_CONTENTS_CONSISTENT,
                            0600, NULL);
  token = get_token (auth, NULL);
  g_assert_cmpstr (token, ==, "abc.DEF-1");
  g_file_set_contents_full (f->path, "next", -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                            NULL);
  second = get_token (auth, NULL);
  g_assert_cmpstr (second, ==, "next");
}

static void
test_open_file (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkAuth) auth = benk_auth_new_file (f->path);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (f->path, "abc", -1, G_FILE_SET_CONTENTS_CONSISTENT, 0644,
                            NULL);
  g_assert_cmpint (g_chmod (f->path, 0644), ==, 0);
  g_assert_null (get_token (auth, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_PERMISSION);
}

static void
test_bad_file (Fixture *f, gconstpointer data)
{
  static const char *const rows[] = { "", "\n", "a b", "a\r\nX-Other: b", "æ", "a\001b" };
  g_autoptr (BenkAuth) auth = benk_auth_new_file (f->path);
  g_autoptr (GError) missing = NULL;

  g_assert_null (get_token (auth, &missing));
  g_assert_error (missing, BENK_ERROR, BENK_ERROR_AUTH);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_file_set_contents_full (f->path, rows[i], -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                0600, NULL);
      g_assert_null (get_token (auth, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_AUTH);
    }
}

/* libsecret's own file backend stands in for the keyring. It leaks the tag of its file,
 * so it runs where leaks are not looked for. */
static void
test_keyring_apart (Fixture *f, gconstpointer data)
{
  g_setenv ("ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0", TRUE);
  g_test_trap_subprocess ("/feed/auth/subprocess/keyring", 0, 0);
  g_test_trap_assert_passed ();
}

static void
test_keyring (Fixture *f, gconstpointer data)
{
  g_autofree char *keyring = g_build_filename (f->dir, "keyring", NULL);
  g_autoptr (BenkAuth) auth = benk_auth_new_keyring ("feed-a");
  g_autoptr (BenkAuth) other = benk_auth_new_keyring ("feed-b");
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *again = NULL;

  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_assert_true (keep ("feed-a", "abc", &error));
  g_assert_no_error (error);
  token = get_token (auth, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, "abc");
  g_assert_null (get_token (other, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_AUTH);
  g_clear_error (&error);

  g_assert_true (keep ("feed-a", "def", &error));
  benk_auth_forget (auth);
  again = get_token (auth, &error);
  g_assert_cmpstr (again, ==, "def");
  g_assert_false (keep ("feed-a", "a b", &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_AUTH);
}

/* A pipe that nobody writes to would be waited for. */
static void
test_pipe (Fixture *f, gconstpointer data)
{
  g_autoptr (BenkAuth) auth = benk_auth_new_file (f->path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  g_assert_null (get_token (auth, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_AUTH);
}

int
main (int argc, char *argv[])
{
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/auth/none-is-no-token", test_none);
  g_test_add ("/feed/auth/a-pipe-is-not-waited-for", Fixture, NULL, set_up, test_pipe,
              tear_down);
  g_test_add ("/feed/auth/file-is-read-each-time", Fixture, NULL, set_up, test_file,
              tear_down);
  g_test_add ("/feed/auth/file-that-others-can-read-is-refused", Fixture, NULL, set_up,
              test_open_file, tear_down);
  g_test_add ("/feed/auth/what-is-no-token-is-refused", Fixture, NULL, set_up,
              test_bad_file, tear_down);
  g_test_add ("/feed/auth/keyring-keeps-one-token-a-feed", Fixture, NULL, set_up,
              test_keyring_apart, tear_down);
  g_test_add ("/feed/auth/subprocess/keyring", Fixture, NULL, set_up, test_keyring,
              tear_down);
  return g_test_run ();
}
