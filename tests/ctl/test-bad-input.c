/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-hub.h"

#include <glib/gstdio.h>
#include <string.h>

/* Point 7: bad input gets a clear error and changes nothing. */

#define LONG_FIELD 200000
/* The kernel takes no longer word than 128 kB. */
#define LONG_WORD 100000
#define HEADING "Type;Serienr;IMEI;Status;Plassering;Kommentar\n"

typedef struct
{
  BenkCtlRig rig;
  char *long_field;
  char *long_word;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) added = NULL;

  benk_ctl_rig_set_up_demo (&self->rig, NULL);
  added = benk_ctl_rig_do (&self->rig, "device add R-1 --model medido");
  self->long_field = g_strnfill (LONG_FIELD, 'x');
  self->long_word = g_strnfill (LONG_WORD, 'x');
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_tear_down (&self->rig, NULL);
  g_free (self->long_field);
  g_free (self->long_word);
}

/* Refused with one sentence, and no row of any table is different. */
static void
assert_refused (Fixture *self, const char *name, const char *line, const char *words)
{
  g_autofree char *before = benk_ctl_rig_digest (&self->rig);
  g_autofree char *after = NULL;
  g_autofree char *shown = g_strescape (name, NULL);
  g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_run (&self->rig, "%s", line);

  g_test_message ("%s: %d %.160s", shown, answer->status, answer->err);
  if (answer->status != 1 && answer->status != 2)
    g_error ("%s: exit %d", name, answer->status);
  g_assert_cmpuint (strlen (benk_ctl_answer_get_message (answer)), <, 4000);
  if (words && strstr (benk_ctl_answer_get_message (answer), words) == NULL)
    g_error ("%s: “%s” does not say “%s”", name, benk_ctl_answer_get_message (answer),
             words);
  after = benk_ctl_rig_digest (&self->rig);
  g_assert_cmpstr (before, ==, after);
}

typedef struct
{
  const char *name;
  const char *octets;
  gssize length; /* -1 = a text */
  const char *words;
} File;

static void
try_file (Fixture *self,
          const char *name,
          const char *octets,
          gssize length,
          const char *command,
          const char *options,
          const char *words)
{
  g_autofree char *path = benk_ctl_rig_path (&self->rig, "bad-input");
  g_autofree char *line = g_strdup_printf ("%s %s %s", command, path, options);

  g_assert_true (g_file_set_contents (path, octets, length, NULL));
  assert_refused (self, name, line, words);
}

static const File LISTS[] = {
  { "empty", "", 0, "empty" },
  { "binary", "\177ELF\2\1\1\0\0\0", 10, "not a text file" },
  { "cut-off-archive", "PK\003\004\024\0\0\0\b\0", 10, "damaged or cut off" },
  { "binary-after-a-heading", HEADING "Medido;\0\001\002;;;;\n", -1 + sizeof HEADING + 15,
    "not a text file" },
  { "cut-off-within-quotes", HEADING "Medido;\"K1;;;", -1, "line 2" },
  { "no-heading", "Navn;Alder\nx;1\n", -1, "names the columns" },
  { "utf-16-cut-off", "\377\376T\0y\0p\0e", 9, NULL },
};

static void
test_lists (Fixture *self, gconstpointer unused)
{
  g_autofree char *field =
    g_strdup_printf (HEADING "Medido;K1;;;;%s\n", self->long_field);
  g_autofree char *columns = g_strnfill (LONG_FIELD, ';');

  for (gsize i = 0; i < G_N_ELEMENTS (LISTS); i++)
    try_file (self, LISTS[i].name, LISTS[i].octets, LISTS[i].length, "device import", "",
              LISTS[i].words);
  try_file (self, "200 kB in one field", field, -1, "device import", "", "line 2");
  try_file (self, "200 000 columns", columns, -1, "device import", "", "Line 1");
  assert_refused (self, "a folder", "device import .", NULL);
  assert_refused (self, "no file", "device import nowhere.csv", NULL);
}

/* Octets that are no UTF-8 are read as Windows-1252, never dropped or guessed away. */
static void
test_encoding (Fixture *self, gconstpointer unused)
{
  g_autofree char *path =
    benk_ctl_rig_write (&self->rig, "mixed.csv", HEADING "Medido;K1;;;Hylle \303\205;\n");
  g_autofree char *latin =
    benk_ctl_rig_write (&self->rig, "latin.csv", HEADING "Medido;K2;;;Hylle \305;\n");
  g_autoptr (BenkCtlAnswer) one = benk_ctl_rig_do (&self->rig, "device import %s", path);
  g_autoptr (BenkCtlAnswer) two = benk_ctl_rig_do (&self->rig, "device import %s", latin);
  g_autofree char *places =
    benk_ctl_rig_text (&self->rig, "SELECT group_concat (name) FROM place");

  g_assert_cmpstr (places, ==, "Hylle Å\n");
}

static const File PLANS[] = {
  { "empty", "", 0, "$: The file is empty" },
  { "blank", "  \n", -1, "$" },
  { "binary", "\177ELF\002\001\001\0\0", 9, "$" },
  { "cut-off", "{ \"format\": 1, \"doses\": [", -1, "not valid JSON" },
  { "no-object", "[]", -1, "$: An object" },
  { "two-values", "{} {}", -1, NULL },
  { "another-format", "{ \"format\": 2 }", -1, "$.format" },
  { "no-format", "{ \"doses\": [] }", -1, "$.format" },
  { "unknown-member", "{ \"format\": 1, \"dose\": [] }", -1, "not known" },
  { "latin-1", "{ \"format\": 1, \"zone\": \"\305\" }", -1, "$" },
  { "volume-too-loud", "{ \"format\": 1, \"volume\": 101 }", -1, "$.volume" },
  { "volume-beyond-64-bits", "{ \"format\": 1, \"volume\": 99999999999999999999999 }", -1,
    "$" },
  { "volume-is-a-fraction", "{ \"format\": 1, \"volume\": 1e400 }", -1, "$" },
  { "zone-is-a-number", "{ \"format\": 1, \"zone\": 7 }", -1, "$.zone" },
  { "doses-are-no-list", "{ \"format\": 1, \"doses\": 7 }", -1, "$.doses" },
  { "no-doses", BENK_CTL_PLAN_AT (""), -1, NULL },
  { "time-25", BENK_CTL_PLAN_AT ("{ \"time\": \"25:00\" }"), -1, "$.doses[0].time" },
  { "time-is-long", BENK_CTL_PLAN_AT ("{ \"time\": \"08:00:00\" }"), -1,
    "$.doses[0].time" },
  { "window-too-wide",
    BENK_CTL_PLAN_AT ("{ \"time\": \"08:00\", \"after_min\": 100000 }"), -1,
    "$.doses[0].after_min" },
  { "weekday-eight", BENK_CTL_PLAN_AT ("{ \"time\": \"08:00\", \"weekdays\": [\"x\"] }"),
    -1, "$.doses[0].weekdays[0]" },
  { "the-same-time-twice",
    BENK_CTL_PLAN_AT ("{ \"time\": \"08:00\" }, { \"time\": \"08:00\" }"), -1, NULL },
};

static void
test_plans (Fixture *self, gconstpointer unused)
{
  g_autofree char *deep = g_strnfill (LONG_FIELD, '[');
  g_autofree char *field =
    g_strdup_printf ("{ \"format\": 1, \"zone\": \"%s\" }", self->long_field);
  g_autofree char *state = benk_ctl_rig_path (&self->rig, "dispensers");
  g_autofree char *memory = g_build_filename (state, "medido-R-1.ini", NULL);
  g_autofree char *options =
    g_strdup_printf ("--device R-1 --user 4711 --virtual medido=R-1 --virtual-state %s",
                     state);
  const char *command = "usb provision --plan";

  for (gsize i = 0; i < G_N_ELEMENTS (PLANS); i++)
    try_file (self, PLANS[i].name, PLANS[i].octets, PLANS[i].length, command, options,
              PLANS[i].words);
  try_file (self, "200 000 brackets", deep, -1, command, options, "$");
  try_file (self, "200 kB in one field", field, -1, command, options, "$");
  /* A plan is judged before any dispenser is spoken with. */
  g_assert_false (g_file_test (memory, G_FILE_TEST_EXISTS));
}

#define BATCH "alarm batch 01890000-0000-7000-8000-000000000000 --batch "

/* %s is a word of 100 kB. */
static const char *const WORDS[][2] = {
  { "device add %s --model medido", "longer than 200" },
  { "device add '' --model medido", "missing" },
  { "device add 'a\001b' --model medido", "cannot be shown" },
  { "device add 'a\377b' --model medido", "UTF-8" },
  { "device add S-1 --model %s", NULL },
  { "device add S-1 --model medido --imei %s", "longer than 200" },
  { "device add S-1 --model medido --imei 3,56938E+14", "rounded" },
  { "device add S-1 --model medido --asset %s", "longer than 200" },
  { "device add S-1 --model medido --vendor %s", "longer than 200" },
  { "device add S-1 --model medido --place %s", "longer than 200" },
  { "device move R-1 %s", "longer than 200" },
  { "device move R-1 '\377'", "UTF-8" },
  { "device attest R-1 decision-reference --ref %s", "longer than 4000" },
  { "device attest R-1 medicine-loaded --stated-by %s", "longer than 4000" },
  { "device set-state R-1 faulty --owed %s", "longer than 4000" },
  { "device list --limit 99999999999999999999", "out of range" },
  { "device list --limit -1", NULL },
  { "device show %s", NULL },
  { "alarm add --device R-1 --code %s --via phone", NULL },
  { "alarm add --device %s --code 1.8 --via phone", NULL },
  { "alarm add --device R-1 --code 99.99 --via phone", NULL },
  { "alarm add --device R-1 --code 1.8 --via phone --at yesterday", "not a time" },
  { "alarm add --device R-1 --code 1.8 --via phone --at 2026-02-30T08:00", "not a time" },
  { "alarm add --device R-1 --code 1.8 --via phone --at 9999-01-01T00:00", "future" },
  { "alarm take %s", NULL },
  { BATCH "%s", "longer than any barcode" },
  { BATCH "''", "missing" },
  { BATCH "'Ola Nordmann 1'", "one word" },
  { BATCH "'4711\001'", "one word" },
  { BATCH "13116900216", "national identity number" },
  { BATCH "7038010000003", "number of a product" },
  { BATCH "4711 --packer %s", "longer than 40" },
  { BATCH "4711 --packer 'Per: 13'", "name of a firm" },
  { "undo --seq 99999999999999999999", "out of range" },
  { "undo --seq 9999", "9999" },
  { "verify --against 9999 0123456789abcdef0123456789abcdef", "9999" },
  { "verify --against 1 %s", "hash" },
  { "feed add x file:///etc/passwd", "not the address" },
  { "feed add x http://example.com/fhir", "https" },
  { "feed add x http://127.0.0.1:99999/", "not the address" },
  { "feed add x %s", NULL },
  { "feed add %s http://127.0.0.1:1/", "60 characters" },
  { "return open --device R-1 --vendor %s --reason x", "longer than 200" },
  { "return open --device R-1 --vendor x --reason %s", "longer than 4000" },
  { "usb list --virtual %s", NULL },
  { "usb list --virtual medido=../../x", NULL },
  { "usb list --virtual medido=R-1 --fault disconnect@0", NULL },
  { "usb list --virtual medido=R-1 --fault %s", NULL },
};

static void
test_words (Fixture *self, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (WORDS); i++)
    {
      g_autoptr (GString) line = g_string_new (WORDS[i][0]);

      g_string_replace (line, "%s", self->long_word, 0);
      assert_refused (self, WORDS[i][0], line->str, WORDS[i][1]);
    }
}

static void
try_store (Fixture *self, const char *name, const char *octets, gsize length)
{
  g_autofree char *path = benk_ctl_rig_path (&self->rig, "bad-store.db");
  g_autofree char *line = g_strdup_printf ("device move R-1 x --store %s", path);
  g_autofree char *now = NULL;
  gsize now_length;

  g_assert_true (g_file_set_contents (path, octets, (gssize) length, NULL));
  assert_refused (self, name, line, NULL);
  g_assert_true (g_file_get_contents (path, &now, &now_length, NULL));
  g_assert_cmpmem (now, now_length, octets, length);
}

static void
test_stores (Fixture *self, gconstpointer unused)
{
  g_autofree char *octets = NULL;
  sqlite3 *db = benk_ctl_rig_open_copy (&self->rig, "newer.db");
  g_autofree char *newer = benk_ctl_rig_path (&self->rig, "newer.db");
  gsize length;

  try_store (self, "an empty file", "", 0);
  try_store (self, "a text", "this is no store\n", 17);
  benk_ctl_exec (db, "PRAGMA journal_mode = DELETE; PRAGMA user_version = 9999");
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (newer, &octets, &length, NULL));
  try_store (self, "a newer store", octets, length);
  try_store (self, "a store cut off", octets, 9000);
  memset (octets, 0, 100);
  try_store (self, "a store without its first 100 octets", octets, length);
}

static void
test_memory (Fixture *self, gconstpointer unused)
{
  static const char *const texts[] = { "", "no memory\n", "[simulated-dispenser]\n" };
  g_autofree char *path = benk_ctl_rig_path (&self->rig, "medido-R-1.ini");
  g_autofree char *line =
    g_strdup_printf ("usb reset --device R-1 --confirm R-1 --virtual medido=R-1 "
                     "--virtual-state %s",
                     self->rig.dir);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *now = NULL;

      g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
      assert_refused (self, "a damaged memory", line, "memory");
      g_assert_true (g_file_get_contents (path, &now, NULL, NULL));
      g_assert_cmpstr (now, ==, texts[i]);
    }
}

/* What a hub may answer; the code of the error, or NULL when any will do. */
static const char *const ANSWERS[][2] = {
  { "500", NULL },
  { "404", NULL },
  { "401", "auth" },
  { "portal", "protocol" },
  { "redirect", NULL },
  { "truncated", NULL },
  { "malformed", "protocol" },
  { "deep", "protocol" },
  { "huge=200000000", NULL },
  { "drop", NULL },
  { "foreign-next", "protocol" },
};

static void
test_answers (Fixture *self, gconstpointer unused)
{
  static const char *const kept = "SELECT (SELECT count (*) FROM alarm), seq, hex (hash)"
                                  " FROM journal ORDER BY seq DESC LIMIT 1";
  BenkCtlHub *hub = benk_ctl_hub_new (&self->rig);
  g_autofree char *before = benk_ctl_rig_text (&self->rig, kept);
  g_autoptr (BenkCtlAnswer) at_last = NULL;

  benk_ctl_hub_add (hub, &self->rig);
  for (gsize i = 0; i < G_N_ELEMENTS (ANSWERS); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = NULL;
      g_autofree char *after = NULL;

      benk_ctl_hub_set_fault (hub, ANSWERS[i][0]);
      answer = benk_ctl_rig_run (&self->rig, "alarm sync");
      g_test_message ("%s: %d %s", ANSWERS[i][0], answer->status, answer->err);
      if (answer->status != 1)
        g_error ("%s: exit %d", ANSWERS[i][0], answer->status);
      if (ANSWERS[i][1])
        g_assert_cmpstr (benk_ctl_answer_get_code (answer), ==, ANSWERS[i][1]);
      after = benk_ctl_rig_text (&self->rig, kept);
      g_assert_cmpstr (before, ==, after);
    }
  benk_ctl_hub_set_fault (hub, NULL);
  at_last = benk_ctl_rig_do (&self->rig, "alarm sync");
  benk_ctl_hub_free (hub);
}

/* The commands that would show or overwrite it; all others go on. */
static void
test_models (Fixture *self, gconstpointer unused)
{
  static const char *const refused[] = { "model list", "model show 'Alarm X'",
                                         "model show alarm-x",
                                         "model export {dir}/all.dosebenk-models",
                                         "model remove alarm-x" };
  static const char *const done[] = { "model show medido", "device list" };
  g_autoptr (BenkCtlAnswer) added =
    benk_ctl_rig_do (&self->rig, "model add 'Alarm X' --kind safety-alarm");
  sqlite3 *db = NULL;

  g_assert_cmpstr (benk_ctl_answer_get_string (added, "id"), ==, "alarm-x");
  g_assert_cmpint (sqlite3_open (self->rig.store, &db), ==, SQLITE_OK);
  benk_ctl_exec (db, "UPDATE model_file SET"
                     " body = replace (body, 'safety-alarm', 'teleporter')");
  sqlite3_close (db);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (self, refused[i], refused[i],
                    i == 1 ? NULL : "“alarm-x” cannot be read by this version");
  for (gsize i = 0; i < G_N_ELEMENTS (done); i++)
    {
      g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_do (&self->rig, "%s", done[i]);
    }
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/bad-input/point-7/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("lists", test_lists);
  ADD ("a-list-in-any-encoding-keeps-its-letters", test_encoding);
  ADD ("plans", test_plans);
  ADD ("words-on-the-command-line", test_words);
  ADD ("models-of-a-newer-version", test_models);
  ADD ("stores", test_stores);
  ADD ("memories-of-simulated-dispensers", test_memory);
  ADD ("answers-of-a-hub", test_answers);

  return g_test_run ();
}
