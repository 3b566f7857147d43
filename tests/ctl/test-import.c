/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"

#include <string.h>

/* Point 2: the office's list, with the damage of years. */

static char *
list_lines (BenkCtlAnswer *answer, const char *verdict)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  JsonArray *rows =
    json_object_get_array_member (json_node_get_object (answer->json), "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "verdict"), verdict))
        g_string_append_printf (lines, "%d ",
                                (int) json_object_get_int_member (row, "line"));
    }
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
assert_lines (BenkCtlAnswer *answer, const char *verdict, const char *expected)
{
  g_autofree char *lines = list_lines (answer, verdict);

  g_assert_cmpstr (lines, ==, expected);
}

static void
assert_sample (BenkCtlAnswer *answer)
{
  static const char *const verdicts[] = { "new", "changed", "same", "wrong", "blank" };
  g_autoptr (GString) all_new = g_string_new (NULL);
  gint64 sum = 0;

  for (guint line = 2; line <= 141; line++)
    g_string_append_printf (all_new, "%u ", line);
  /* A safety alarm among the dispensers: other equipment. */
  g_string_append (all_new, "145 ");
  assert_lines (answer, "new", all_new->str);
  assert_lines (answer, "wrong", "142 143 144 146 ");
  assert_lines (answer, "blank", "148 149 ");
  assert_lines (answer, "changed", "");
  assert_lines (answer, "same", "");
  for (gsize i = 0; i < G_N_ELEMENTS (verdicts); i++)
    sum += benk_ctl_answer_get_int (answer, verdicts[i]);
  g_assert_cmpint (sum, ==, 147);
  g_assert_cmpstr (benk_ctl_answer_get_string (answer, "format"), ==,
                   "Windows-1252, semicolon");
}

static BenkCtlAnswer *
import (BenkCtlRig *rig, const char *option)
{
  g_autofree char *sample = benk_ctl_rig_sample ();

  return benk_ctl_rig_do (rig, "device import %s %s", sample, option);
}

static void
test_dry_run (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *before = benk_ctl_rig_digest (rig);
  g_autofree char *after = NULL;
  g_autoptr (BenkCtlAnswer) answer = import (rig, "--dry-run");

  assert_sample (answer);
  g_assert_true (
    json_object_get_null_member (json_node_get_object (answer->json), "seq"));
  after = benk_ctl_rig_digest (rig);
  g_assert_cmpstr (before, ==, after);
}

static void
test_import (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const empty[] = { "proof", "run", "fact", "plan", "alarm" };
  gint64 head = benk_ctl_rig_count (rig, "SELECT max (seq) FROM journal");
  g_autoptr (BenkCtlAnswer) answer = import (rig, "");
  g_autoptr (BenkCtlAnswer) proven = NULL;
  g_autoptr (BenkCtlAnswer) scrapped = NULL;
  g_autofree char *rows = NULL;

  assert_sample (answer);
  g_assert_cmpint (benk_ctl_answer_get_int (answer, "seq"), ==, head + 1);
  rows = benk_ctl_rig_text (rig, "SELECT count (*), sum (origin = 'imported'),"
                                 " sum (state = 'operation') FROM device");
  g_assert_cmpstr (rows, ==, "141|141|74\n");
  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", empty[i]);

      g_assert_cmpint (benk_ctl_rig_count (rig, sql), ==, 0);
    }

  /* Scrapped ones are listed only when asked for. */
  proven = benk_ctl_rig_do (rig, "device list");
  scrapped = benk_ctl_rig_do (rig, "device list --state scrapped");
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (proven)), ==, 136);
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (scrapped)), ==, 5);
  g_assert_null (g_strstr_len (proven->out, -1, "\"reset_proven\":true"));
}

static void
test_reasons (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const reasons[] = { "*serial number*line 2*", "*3,56938E+14*",
                                         "*serial number is missing*",
                                         "*31.02.2025*not a date*" };
  g_autoptr (BenkCtlAnswer) answer = import (rig, "--dry-run");
  JsonArray *rows =
    json_object_get_array_member (json_node_get_object (answer->json), "rows");

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i < 3 ? 140 + i : 144);

      g_assert_true (
        g_pattern_match_simple (reasons[i],
                                json_object_get_string_member (row, "reason")));
    }
}

static void
test_again (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) first = import (rig, "");
  g_autofree char *before = benk_ctl_rig_digest (rig);
  g_autofree char *after = NULL;
  g_autoptr (BenkCtlAnswer) second = import (rig, "");

  g_assert_cmpint (benk_ctl_answer_get_int (second, "same"), ==, 141);
  g_assert_cmpint (benk_ctl_answer_get_int (second, "new"), ==, 0);
  g_assert_cmpint (benk_ctl_answer_get_int (second, "wrong"), ==, 4);
  after = benk_ctl_rig_digest (rig);
  g_assert_cmpstr (before, ==, after);
}

static void
test_undo (BenkCtlRig *rig, gconstpointer unused)
{
  static const char *const tables[] = { "device", "place", "transition", "note",
                                        "device_search" };
  g_autoptr (BenkCtlAnswer) imported = import (rig, "");
  g_autoptr (BenkCtlAnswer) undone = benk_ctl_rig_do (rig, "undo");
  g_autoptr (BenkCtlAnswer) listed = benk_ctl_rig_do (rig, "device list");
  g_autoptr (BenkCtlAnswer) verified = NULL;
  g_autoptr (BenkCtlAnswer) again = NULL;

  g_assert_cmpint (benk_ctl_answer_get_int (undone, "seq"), ==,
                   benk_ctl_answer_get_int (imported, "seq") + 1);
  g_assert_cmpuint (json_array_get_length (benk_ctl_answer_get_array (listed)), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count (*) FROM %s", tables[i]);

      if (benk_ctl_rig_count (rig, sql) != 0)
        g_error ("%s is not empty after undo", tables[i]);
    }
  verified = benk_ctl_rig_do (rig, "verify");
  again = import (rig, "");
  assert_sample (again);
}

/* What is told on the line counts, is said again, and is remembered. */
static void
test_told (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *list =
    benk_ctl_rig_write (rig, "list.csv",
                        "Boks;Kode;Stand\nMedido;A1;utlånt\nMedido;A2;vrak\n");
  g_autoptr (BenkCtlAnswer) bare = benk_ctl_rig_run (rig, "device import %s", list);
  g_autoptr (BenkCtlAnswer) odd =
    benk_ctl_rig_run (rig, "device import %s --column Boks=nonsense", list);
  g_autoptr (BenkCtlAnswer) told = benk_ctl_rig_do (
    rig,
    "device import %s --column Boks=model --column Kode=serial --column Stand=state "
    "--state Utlånt=operation --state vrak=leave-out",
    list);
  g_autoptr (BenkCtlAnswer) again = benk_ctl_rig_do (rig, "device import %s", list);

  g_assert_cmpint (bare->status, ==, 1);
  g_assert_cmpint (odd->status, ==, 2);
  g_assert_cmpint (benk_ctl_answer_get_int (told, "new"), ==, 1);
  g_assert_cmpint (benk_ctl_answer_get_int (told, "wrong"), ==, 1);
  g_assert_nonnull (strstr (told->out, "\"state\":\"leave-out\""));
  g_assert_nonnull (strstr (again->out, "\"remembered\":true"));
  g_assert_cmpint (benk_ctl_answer_get_int (again, "same"), ==, 1);
}

/* An export is a list that changes nothing; a sheet is chosen by its name. */
static void
test_export (BenkCtlRig *rig, gconstpointer unused)
{
  g_autoptr (BenkCtlAnswer) first = import (rig, "");
  g_autofree char *csv = benk_ctl_rig_path (rig, "out.csv");
  g_autofree char *xlsx = benk_ctl_rig_path (rig, "out.xlsx");
  g_autoptr (BenkCtlAnswer) one = benk_ctl_rig_do (rig, "device export %s", csv);
  g_autoptr (BenkCtlAnswer) two =
    benk_ctl_rig_do (rig, "device export %s --state scrapped", xlsx);
  g_autoptr (BenkCtlAnswer) one_again = benk_ctl_rig_do (rig, "device import %s", csv);
  g_autoptr (BenkCtlAnswer) two_again =
    benk_ctl_rig_do (rig, "device import %s --sheet Devices", xlsx);
  g_autoptr (BenkCtlAnswer) nowhere =
    benk_ctl_rig_run (rig, "device import %s --sheet Kladd", xlsx);

  g_assert_cmpint (benk_ctl_answer_get_int (one, "devices"), ==, 136);
  g_assert_cmpint (benk_ctl_answer_get_int (two, "devices"), ==, 5);
  g_assert_cmpint (benk_ctl_answer_get_int (one_again, "same"), ==, 136);
  g_assert_cmpint (benk_ctl_answer_get_int (two_again, "same"), ==, 5);
  g_assert_cmpint (nowhere->status, ==, 1);
}

static void
test_export_order (BenkCtlRig *rig, gconstpointer unused)
{
  g_autofree char *list =
    benk_ctl_rig_write (rig, "list.csv",
                        "Type;Serienr;Inventarnr\nMedido;A1;D-10\nMedido;A2;D-9\n");
  g_autofree char *csv = benk_ctl_rig_path (rig, "out.csv");
  g_autofree char *text = NULL;
  g_autoptr (BenkCtlAnswer) imported = benk_ctl_rig_do (rig, "device import %s", list);
  g_autoptr (BenkCtlAnswer) exported =
    benk_ctl_rig_do (rig, "device export %s --sort asset", csv);
  g_autoptr (BenkCtlAnswer) odd =
    benk_ctl_rig_run (rig, "device export %s --sort colour", csv);
  g_autoptr (GError) error = NULL;

  g_file_get_contents (csv, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (strstr (text, "A2;") < strstr (text, "A1;"));
  g_assert_cmpint (odd->status, ==, 2);
}

#define ADD(path, function)                                                              \
  g_test_add ("/ctl/import/point-2/" path, BenkCtlRig, NULL, benk_ctl_rig_set_up,        \
              function, benk_ctl_rig_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("a-dry-run-tells-every-line-and-writes-nothing", test_dry_run);
  ADD ("one-change-and-no-proof", test_import);
  ADD ("says-what-is-wrong-with-a-line", test_reasons);
  ADD ("the-same-list-again-writes-nothing", test_again);
  ADD ("undo-takes-it-all-back", test_undo);
  ADD ("what-is-told-counts-and-is-remembered", test_told);
  ADD ("an-export-comes-back-the-same", test_export);
  ADD ("an-export-is-sorted-as-asked", test_export_order);

  return g_test_run ();
}
