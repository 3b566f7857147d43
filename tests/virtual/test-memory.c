/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-test-host.h"

#include "benk-error.h"
#include "benk-virtual-memory.h"
#include "benk-virtual-used.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
make_text (void)
{
  g_autoptr (BenkAgentMemory) memory =
    benk_virtual_memory_new ("medido", "MD1", TEST_NOW_MS, NULL);
  g_autoptr (GBytes) table = test_make_table (1, 7);

  benk_virtual_memory_fill_used (memory, TEST_NOW_MS);
  benk_agent_table_set (&memory->staged[0], 2, 0xfedcba98, table);
  memory->wipe_counter = 4294967295u;
  memory->clock_offset_ms = -12345678901;

  return benk_virtual_memory_to_text (memory);
}

/* The same text with its checksum put right, so that what follows it is looked at. */
static char *
with_checksum (const char *text)
{
  const char *end = g_strrstr (text, "\n[end]\n");
  gsize length = end != NULL ? (gsize) (end - text) : strlen (text);

  return g_strdup_printf ("%.*s\n[end]\ncrc32=%08x\n", (int) length, text,
                          benk_crc32 ((const guint8 *) text, length));
}

static void
test_round_trip (void)
{
  const char *const *models = benk_virtual_memory_get_models ();
  g_autofree char *text = make_text ();
  g_autoptr (BenkAgentMemory) memory =
    benk_virtual_memory_from_text (text, strlen (text), NULL);
  g_autofree char *again = NULL;

  g_assert_nonnull (memory);
  again = benk_virtual_memory_to_text (memory);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpuint (memory->staged[0].crc, ==, 0xfedcba98);
  g_assert_cmpuint (memory->doses->len, ==, 6);
  for (guint i = 0; models[i] != NULL; i++)
    {
      g_autoptr (BenkAgentMemory) made =
        benk_virtual_memory_new (models[i], NULL, TEST_NOW_MS, NULL);
      g_autofree char *first = benk_virtual_memory_to_text (made);
      g_autoptr (BenkAgentMemory) read =
        benk_virtual_memory_from_text (first, strlen (first), NULL);
      g_autofree char *second = benk_virtual_memory_to_text (read);

      g_assert_cmpstr (first, ==, second);
    }
}

static void
test_truncated (void)
{
  g_autofree char *text = make_text ();
  gsize length = strlen (text);

  for (gsize cut = 0; cut < length; cut++)
    {
      g_autofree char *part = g_strndup (text, cut);
      g_autoptr (GError) error = NULL;

      g_assert_null (benk_virtual_memory_from_text (part, cut, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
      g_assert_cmpuint (strlen (error->message), >, 10);
    }
}

static void
test_any_changed_byte (void)
{
  g_autofree char *text = make_text ();
  gsize length = strlen (text);

  for (gsize at = 0; at < length; at++)
    {
      g_autofree char *changed = g_memdup2 (text, length + 1);
      g_autoptr (GError) error = NULL;

      changed[at] ^= (char) (1 << (at % 8));
      g_assert_null (benk_virtual_memory_from_text (changed, length, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
    }
}

/* A right checksum over wrong values. */
static void
test_bad_values (void)
{
  const struct
  {
    const char *from;
    const char *to;
  } rows[] = {
    { "version=1", "version=x" },
    { "\nbattery=87", "\nbattery=870" },
    { "\nbattery=87", "\nbattery=-1" },
    { "\nbattery=87", "\nbattry=87" },
    { "\nmains=true", "\nmains=perhaps" },
    { "\nsystem-id=02d0", "\nsystem-id=02" },
    { "\nsystem-id=02d0", "\nsystem-id=zzd0" },
    { "\nset-id=101", "\nset-id=4294967296" },
    { "[table-2]", "[table-9]" },
    { "\nmax-receive=64", "\nmax-receive=12" },
    { "\nmax-send=1024", "\nmax-send=100" },
    { "T08:00:00.00 1", "T28:00:00.00 1" },
    { "T08:00:00.00 1", "T08:00:00.00" },
    { "T08:00:00.00 1", "T08:00:00.00 70000" },
    { "\nserial=MD1", "\nserial=\\q" },
    { "\nset=true", "\nset" },
    { "[plan]", "[plan" },
  };
  g_autofree char *text = make_text ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv) parts = g_strsplit (text, rows[i].from, 2);
      g_autofree char *changed = NULL;
      g_autofree char *sealed = NULL;
      g_autoptr (BenkAgentMemory) memory = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (parts[1]);
      changed = g_strconcat (parts[0], rows[i].to, parts[1], NULL);
      sealed = with_checksum (changed);
      g_test_message ("%s", rows[i].to);
      memory = benk_virtual_memory_from_text (sealed, strlen (sealed), &error);
      g_assert_null (memory);
      g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
    }
}

static void
test_newer (void)
{
  g_autofree char *text = make_text ();
  g_auto (GStrv) parts = g_strsplit (text, "version=1", 2);
  g_autofree char *changed = g_strconcat (parts[0], "version=2", parts[1], NULL);
  g_autofree char *sealed = with_checksum (changed);
  g_autoptr (GError) error = NULL;

  g_assert_null (benk_virtual_memory_from_text (sealed, strlen (sealed), &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_NEWER);
}

/* Refuses whatever is in the file's place, and leaves it as it was. */
static void
test_bad_files (void)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-XXXXXX", NULL);
  g_autofree char *path = benk_virtual_memory_path (dir, "medido", NULL);
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (TEST_NOW_MS);
  g_autofree char *huge = g_malloc (2 * 1024 * 1024);
  const struct
  {
    const char *octets;
    gsize length;
  } rows[] = {
    { "", 0 },
    { "\0\0\0\0", 4 },
    { "\xff\xfe\x00\x41", 4 },
    { "[end]\ncrc32=00000000\n", 21 },
    { "\n[end]\ncrc32=00000000\n", 22 },
    { huge, 2 * 1024 * 1024 },
  };

  memset (huge, 'a', 2 * 1024 * 1024);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;
      gsize length;

      g_assert_true (
        g_file_set_contents (path, rows[i].octets, (gssize) rows[i].length, NULL));
      g_assert_null (
        benk_virtual_dispenser_new ("medido", NULL, BENK_CLOCK (clock), dir, &error));
      g_assert_error (error, BENK_ERROR, BENK_ERROR_CORRUPT);
      g_assert_nonnull (strstr (error->message, path));
      g_assert_true (g_file_get_contents (path, &after, &length, NULL));
      g_assert_cmpmem (after, length, rows[i].octets, rows[i].length);
    }
  g_unlink (path);
  g_rmdir (dir);
}

static void
test_file_of_another (void)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-XXXXXX", NULL);
  g_autofree char *path = benk_virtual_memory_path (dir, "medido", NULL);
  g_autoptr (BenkFakeClock) clock = benk_fake_clock_new (TEST_NOW_MS);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = make_text ();

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (
    benk_virtual_dispenser_new ("medido", NULL, BENK_CLOCK (clock), dir, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_CONFLICT);
  g_unlink (path);
  g_rmdir (dir);
}

/* The folder goes away while a plan is written: the dispenser dies, and says why. */
static void
test_flash_that_fails (void)
{
  g_autofree char *dir = g_dir_make_tmp ("benk-XXXXXX", NULL);
  g_autofree char *gone = g_build_filename (dir, "state", NULL);
  g_autofree char *moved = g_build_filename (dir, "moved", NULL);
  g_autoptr (TestHost) host = test_host_new ("medido", gone);
  g_autofree char *path = benk_virtual_memory_path (moved, "medido", NULL);
  g_autoptr (BenkAgentMemory) kept = NULL;

  test_host_associate (host);
  g_assert_cmpuint (test_host_provision (host, 3, 3), ==, BENK_EXT_OK);
  g_assert_cmpint (g_rename (gone, moved), ==, 0);
  g_assert_cmpuint (test_host_provision (host, 4, 4), ==, 0xffff);
  g_assert_error (host->down, BENK_ERROR, BENK_ERROR_IO);
  g_assert_false (benk_virtual_dispenser_get_attached (host->dispenser));
  kept = benk_virtual_memory_load (path, NULL);
  g_assert_cmpuint (test_whole_plan (kept), ==, 3);
  g_assert_true (benk_virtual_dispenser_power_on (host->dispenser, NULL));
  g_assert_cmpuint (test_whole_plan (benk_virtual_dispenser_get_memory (host->dispenser)),
                    ==, 3);
  g_unlink (path);
  g_rmdir (moved);
  g_rmdir (dir);
}

static void
test_bounded_logs (void)
{
  g_autoptr (BenkAgentMemory) memory =
    benk_virtual_memory_new ("medido", NULL, TEST_NOW_MS, NULL);
  g_autofree char *text = NULL;
  g_autoptr (BenkAgentMemory) again = NULL;

  for (guint i = 0; i < 3 * BENK_AGENT_LOG_ROOM; i++)
    {
      benk_agent_memory_add_dose (memory, 1, TEST_NOW_MS + i);
      benk_agent_memory_add_audit (memory, BENK_AGENT_AUDIT_SETTING, i, TEST_NOW_MS);
    }
  g_assert_cmpuint (memory->doses->len, ==, BENK_AGENT_LOG_ROOM);
  g_assert_cmpuint (memory->audit_seq, ==, 3 * BENK_AGENT_LOG_ROOM);
  text = benk_virtual_memory_to_text (memory);
  again = benk_virtual_memory_from_text (text, strlen (text), NULL);
  g_assert_nonnull (again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/virtual/memory/round-trip", test_round_trip);
  g_test_add_func ("/virtual/memory/truncated-at-every-octet", test_truncated);
  g_test_add_func ("/virtual/memory/any-changed-octet-is-found", test_any_changed_byte);
  g_test_add_func ("/virtual/memory/bad-values-are-refused", test_bad_values);
  g_test_add_func ("/virtual/memory/newer-file-is-not-read", test_newer);
  g_test_add_func ("/virtual/memory/bad-files-are-refused-and-left", test_bad_files);
  g_test_add_func ("/virtual/memory/file-of-another-is-refused", test_file_of_another);
  g_test_add_func ("/virtual/memory/flash-that-fails", test_flash_that_fails);
  g_test_add_func ("/virtual/memory/logs-are-bounded", test_bounded_logs);

  return g_test_run ();
}
