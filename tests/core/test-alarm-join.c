/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarm-join.h"
#include "benk-followup-report.h"

#define MINUTE 60

/* Seconds; "firsts" is a letter for the first that each belongs to. */
static const struct
{
  const char *name;
  int raised[4];
  int ended[4];
  const char *firsts;
} cases[] = {
  { "none", { 0 }, { 0 }, "" },
  { "alone", { 1 }, { 0 }, "a" },
  { "a second within 900 s", { 1, 900 }, { 0, 0 }, "aa" },
  { "a second after 900 s", { 1, 901 }, { 0, 0 }, "ab" },
  { "the time runs from the first", { 1, 800, 1000 }, { 0, 0, 0 }, "aac" },
  { "after the end of the first", { 1, 300 }, { 200, 0 }, "ab" },
  { "at the end of the first", { 1, 200 }, { 200, 0 }, "ab" },
  { "before the end of the first", { 1, 199 }, { 200, 0 }, "aa" },
  { "while another that joined is open", { 1, 100, 300 }, { 200, 0, 0 }, "aaa" },
  { "after the end of all that joined", { 1, 100, 300 }, { 200, 250, 0 }, "aac" },
  { "of one moment", { 5, 5, 5 }, { 0, 0, 0 }, "aaa" },
  { "anew after each end", { 1, 100, 200, 300 }, { 50, 150, 0, 0 }, "abcc" },
};

static void
test_join (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BenkAlarmSpan spans[4] = { { 0 } };
      guint firsts[4] = { 9, 9, 9, 9 };
      guint n = (guint) strlen (cases[i].firsts);

      for (guint k = 0; k < n; k++)
        spans[k] = (BenkAlarmSpan){ cases[i].raised[k] * 1000, cases[i].ended[k] * 1000 };
      benk_alarm_join (spans, n, firsts);
      for (guint k = 0; k < n; k++)
        if (firsts[k] != (guint) (cases[i].firsts[k] - 'a'))
          g_error ("%s: %u belongs to %u", cases[i].name, k, firsts[k]);
    }
}

static BenkFollowupRow *
add_row (BenkFollowupReport *report, const char *serial, gint64 raised, gint64 closed)
{
  BenkFollowupRow *row = g_new0 (BenkFollowupRow, 1);

  row->id.b[0] = (guint8) (report->rows->len + 1);
  row->code = g_strdup ("1.8");
  row->serial = g_strdup (serial);
  row->raised_ms = raised * 1000;
  row->status = closed ? BENK_ALARM_STATUS_CLOSED : BENK_ALARM_STATUS_NEW;
  row->closed.at_ms = closed * 1000;
  g_ptr_array_add (report->rows, row);
  return row;
}

/* One line of what was raised again while it was open, over when the last of them is. */
static void
test_report (void)
{
  g_autoptr (BenkFollowupReport) report = benk_followup_report_new ();
  BenkFollowupRow *first = add_row (report, "A", 1, 10 * MINUTE);
  BenkFollowupRow *again = NULL;
  BenkFollowupRow *left_open = NULL;

  add_row (report, "B", 2, 0);
  again = add_row (report, "A", 60, 90 * MINUTE);
  again->taken.at_ms = 120 * 1000;
  again->has_reason = TRUE;
  again->reason = g_strdup ("fetched a part");
  left_open = add_row (report, "C", 90, 100);
  add_row (report, "C", 95, 0);
  add_row (report, NULL, 200, 0);
  add_row (report, NULL, 201, 0);
  benk_followup_report_join (report);
  g_assert_cmpuint (report->rows->len, ==, 5);
  g_assert_true (g_ptr_array_index (report->rows, 0) == first);
  g_assert_cmpuint (first->n_joined, ==, 1);
  g_assert_cmpint (first->taken.at_ms, ==, 120 * 1000);
  g_assert_cmpint (first->closed.at_ms, ==, 90 * MINUTE * 1000);
  g_assert_cmpstr (first->reason, ==, "fetched a part");
  g_assert_true (benk_followup_row_is_open (left_open));
  g_assert_cmpint (left_open->closed.at_ms, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/alarm-join/within-900-s-of-an-open-one", test_join);
  g_test_add_func ("/core/alarm-join/one-line-of-the-report", test_report);

  return g_test_run ();
}
