/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-dialogue.h"

#include <glib/gstdio.h>
#include <string.h>

#include "benk-error.h"
#include "benk-recording-scrub.h"
#include "benk-recording.h"

/* A dialogue comes from anybody, and goes to anybody. */

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->dir = g_dir_make_tmp ("benk-dialogue-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "dialogue.txt", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_rmdir (self->dir);
  g_free (self->path);
  g_free (self->dir);
}

static BenkDialogueReport *
replay_text (Fixture *self, const char *text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  return benk_dialogue_replay (file, error);
}

typedef struct
{
  const char *text;
  int code;
} Bad;

static const Bad bad[] = {
  { "", BENK_ERROR_INVALID },
  { "\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 0\ndialogue\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 2\ndialogue\n", BENK_ERROR_NEWER },
  { "Dosebenk dialogue 1\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\njob sell\ndialogue\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\njob provision\ndialogue\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ntables 1 2\ndialogue\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ntables 1 2 99999999\ndialogue\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\nserial %00\ndialogue\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\nweather fine\ndialogue\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 > e\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 > e2xx\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 > \n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 ? e200\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 < e200 differs 2\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n5 > e200\n4 > e200\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n-1 > e200\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n99999999999 > e200\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 ! dance\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 ! end well\n", BENK_ERROR_INVALID },
  { "Dosebenk dialogue 1\ndialogue\n0 ! end redo\n1 > e200\n", BENK_ERROR_INVALID },
};

static void
test_refuses (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) missing = NULL;
  g_autoptr (GFile) file = g_file_new_for_path ("/nonexistent/dialogue");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i].text);
      g_assert_null (replay_text (self, bad[i].text, &error));
      g_assert_error (error, BENK_ERROR, bad[i].code);
    }
  g_assert_null (benk_dialogue_replay (file, &missing));
  g_assert_error (missing, BENK_ERROR, BENK_ERROR_NOT_FOUND);
}

static void
test_is_bounded (Fixture *self, gconstpointer data)
{
  GString *text = g_string_new ("Dosebenk dialogue 1\ndialogue\n");
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = NULL;

  for (guint i = 0; i <= BENK_RECORDING_MAX_ENTRIES; i++)
    g_string_append (text, "0 < e2\n");
  whole = g_string_free (text, FALSE);
  g_assert_null (replay_text (self, whole, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
  g_clear_error (&error);

  g_free (whole);
  whole = g_malloc (BENK_RECORDING_MAX_OCTETS + 2);
  memset (whole, '#', BENK_RECORDING_MAX_OCTETS + 1);
  whole[BENK_RECORDING_MAX_OCTETS + 1] = '\0';
  g_assert_null (replay_text (self, whole, &error));
  g_assert_error (error, BENK_ERROR, BENK_ERROR_INVALID);
}

/* Anything may be in a file: it is refused, or played to an end. */
static void
test_survives_anything (Fixture *self, gconstpointer data)
{
  guint n_rounds = g_test_slow () ? 20000 : 400;
  guint n_played = 0;
  g_autofree char *kept =
    g_test_build_filename (G_TEST_DIST, "session", "data", "dialogues", "read.txt", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (kept, &text, NULL, NULL));
  for (guint i = 0; i < n_rounds; i++)
    {
      g_autofree char *changed = g_strdup (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (BenkDialogueReport) report = NULL;

      for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
        changed[g_test_rand_int_range (20, (int) strlen (text))] =
          "0123456789abcdef <>!;\n"[g_test_rand_int_range (0, 22)];
      report = replay_text (self, changed, &error);
      g_assert_true ((report == NULL) == (error != NULL));
      n_played += report != NULL;
    }
  g_test_message ("%u changed dialogues, %u of them could be played", n_rounds, n_played);
}

static GBytes *
from_hex (const char *hex)
{
  GByteArray *octets = g_byte_array_new ();

  for (; *hex != '\0'; hex++)
    if (g_ascii_isxdigit (*hex))
      {
        guint8 octet =
          (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

        g_byte_array_append (octets, &octet, 1);
        hex++;
      }
  return g_byte_array_free_to_bytes (octets);
}

typedef struct
{
  const char *what;
  const char *octets;
  const char *clean;
} Personal;

static const Personal personal[] = {
  { "a fixed report of doses",
    "e7000036003400020101002e0000ffffffff0d1d0024f00000000002001c0001000a0001202611210930"
    "1500 0002000a20002026112109301500",
    "e7000036003400020101002e0000ffffffff0d1d0024f00000000002001c0001000a0000000000000000"
    "0000 0002000a00000000000000000000" },
  { "a variable report: power stays, a dose does not",
    "e70000340032000301010"
    "02c0000ffffffff0d1e0022f00000010002001a00000001000609550002"
    "80400003000100080a65000480000000",
    "e7000034003200030101002c0000ffffffff0d1e0022f00000010002001a0000000100060955000280"
    "400003000100080a65000400000000" },
  { "entries of the dose log",
    "e7000028002600100101"
    "00200010ffffffff0d21001600010000000000000002c000000820261121"
    "09301500",
    "e7000028002600100101"
    "00200010ffffffff0d21001600010000000000000002c000000800000000"
    "00000000" },
  { "an attribute that nobody knows",
    "e700001a0018345602030012000000020"
    "00c099c00020056f7770002beef",
    "e700001a0018345602030012000000020"
    "00c099c00020056f77700020000" },
  { "an action that nobody knows",
    "e700001200100020010700"
    "0a0000f7770004cafebabe",
    "e700001200100020010700"
    "0a0000f77700"
    "0400000000" },
  { "a parameter that nobody knows",
    "e700001400120020010700"
    "0c0000f2300006f7770002babe",
    "e700001400120020010700"
    "0c0000f2300006f77700020000" },
  { "what cannot be understood", "e7000010000e00200107cafebabecafebabecafebabe",
    "e7000010000e00200107cafe0000000000000000"
    "0000" },
};

static void
test_scrubs (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    {
      g_autoptr (BenkScrub) scrub = benk_scrub_new ();
      g_autoptr (GBytes) octets = from_hex (personal[i].octets);
      g_autoptr (GBytes) wanted = from_hex (personal[i].clean);
      g_autoptr (GBytes) clean = benk_scrub_apdu (scrub, octets, FALSE, NULL);

      g_test_message ("%s", personal[i].what);
      g_assert_cmpmem (g_bytes_get_data (clean, NULL), g_bytes_get_size (clean),
                       g_bytes_get_data (wanted, NULL), g_bytes_get_size (wanted));
    }
}

#define ADD(path, function)                                                              \
  g_test_add ("/session/dialogue-text/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("takes-out-what-may-be-personal", test_scrubs);
  ADD ("refuses-what-is-none", test_refuses);
  ADD ("is-bounded", test_is_bounded);
  ADD ("survives-anything", test_survives_anything);

  return g_test_run ();
}
