/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "benk-alarm-entry.h"
#include "benk-alarms-shown.h"
#include "benk-fake-clock.h"

/* What the list of alarms shows of a live queue, while it is held and not. */

#define SECOND 1000
#define WAIT_MS (100 * SECOND)

typedef struct
{
  BenkFakeClock *clock;
  GListStore *queue;
  BenkAlarmsShown *shown;
  guint n_told;
  guint n_splices;
  guint n_touched;
} Fixture;

static BenkAlarm *
new_alarm (char name)
{
  BenkAlarm *alarm = benk_alarm_new ();
  BenkId id = BENK_ID_NIL;

  id.b[0] = (guint8) name;
  benk_alarm_set_id (alarm, &id);
  /* Capitals are critical. */
  benk_alarm_set_severity (alarm, g_ascii_isupper (name) ? 40 : 20);
  switch (g_ascii_tolower (name))
    {
    case 'o': /* Of others, nobody's yet. */
      benk_alarm_set_responsibility (alarm, BENK_RESPONSIBILITY_CARE);
      break;
    case 'w':
      benk_alarm_set_waiting_for (alarm, BENK_WAIT_VENDOR);
      benk_alarm_set_waiting_until_ms (alarm, WAIT_MS);
      G_GNUC_FALLTHROUGH;
    case 'k':
      benk_alarm_set_status (alarm, BENK_ALARM_STATUS_TAKEN);
      benk_alarm_set_taken_by (alarm, "KA");
      break;
    default:
      break;
    }
  return alarm;
}

static BenkAlarm *
find (Fixture *f, char name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (f->queue)); i++)
    {
      g_autoptr (BenkAlarm) alarm = g_list_model_get_item (G_LIST_MODEL (f->queue), i);

      if (benk_alarm_get_id (alarm)->b[0] == name)
        return g_steal_pointer (&alarm);
    }
  return new_alarm (name);
}

/* Those that stay are the same objects, as in the session. */
static void
set_queue (Fixture *f, const char *names)
{
  g_autoptr (GPtrArray) alarms = g_ptr_array_new_with_free_func (g_object_unref);

  for (const char *name = names; *name; name++)
    g_ptr_array_add (alarms, find (f, *name));
  g_list_store_splice (f->queue, 0, g_list_model_get_n_items (G_LIST_MODEL (f->queue)),
                       alarms->pdata, alarms->len);
}

static void
append_names (GString *text, BenkAlarmEntry *entry)
{
  const GPtrArray *alarms = benk_alarm_entry_get_alarms (entry);

  for (guint i = 0; i < alarms->len; i++)
    g_string_append_c (text,
                       (char) benk_alarm_get_id (g_ptr_array_index (alarms, i))->b[0]);
}

static char *
describe (GListModel *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BenkAlarmEntry) entry = g_list_model_get_item (list, i);
      gboolean is_group = benk_alarm_entry_is_group (entry);

      if (benk_alarm_entry_get_heads (entry) &&
          benk_alarm_section_get_heading (benk_alarm_entry_get_section (entry)))
        g_string_append_c (text, '|');
      if (benk_alarm_entry_get_kind (entry) == BENK_ALARM_ENTRY_MEMBER)
        g_string_append_c (text, '-');
      g_string_append (text, is_group ? "(" : "");
      append_names (text, entry);
      g_string_append (text, is_group ? ")" : "");
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A bar stands before the first row of a section with a heading, brackets around what is
 * one row, a dash before what stands below one. */
static void
expect (Fixture *f, const char *names)
{
  g_autofree char *shown = describe (G_LIST_MODEL (f->shown));

  g_assert_cmpstr (shown, ==, names);
}

static void
pass (Fixture *f, gint64 ms)
{
  benk_fake_clock_advance (f->clock, ms);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
on_waiting (Fixture *f)
{
  f->n_told++;
}

static void
on_items_changed (
  GListModel *model, guint position, guint n_removed, guint n_added, Fixture *f)
{
  f->n_splices++;
  f->n_touched += n_removed + n_added;
}

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->clock = benk_fake_clock_new (0);
  f->queue = g_list_store_new (BENK_TYPE_ALARM);
  set_queue (f, "abcd");
  f->shown = benk_alarms_shown_new (G_LIST_MODEL (f->queue), BENK_CLOCK (f->clock));
  g_signal_connect_swapped (f->shown, "waiting", G_CALLBACK (on_waiting), f);
  g_signal_connect (f->shown, "items-changed", G_CALLBACK (on_items_changed), f);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_clear_object (&f->shown);
  g_assert_cmpuint (benk_fake_clock_get_n_timers (f->clock), ==, 0);
  g_clear_object (&f->queue);
  g_clear_object (&f->clock);
}

static void
test_free (Fixture *f, gconstpointer unused)
{
  set_queue (f, "axbcd");
  expect (f, "axbcd");
  g_assert_cmpuint (f->n_splices, ==, 1);
  g_assert_cmpuint (f->n_touched, ==, 1);
  set_queue (f, "axdbc");
  expect (f, "axdbc");
  g_assert_cmpuint (f->n_splices, ==, 2);
  g_assert_cmpuint (f->n_touched, ==, 1 + 6);
  g_assert_cmpuint (f->n_told, ==, 0);
}

typedef struct
{
  const char *queue;
  BenkAlarmsWaiting waiting;
} Held;

static void
test_held (Fixture *f, gconstpointer unused)
{
  static const Held rows[] = {
    { "abcd", { 0, 0, 0, FALSE } },   { "xabcd", { 1, 0, 0, FALSE } },
    { "XabcdY", { 2, 2, 0, FALSE } }, { "abd", { 0, 0, 1, FALSE } },
    { "dabc", { 0, 0, 0, TRUE } },    { "", { 0, 0, 4, FALSE } },
    { "Xba", { 1, 1, 2, TRUE } },     { "abcd", { 0, 0, 0, FALSE } },
  };

  benk_alarms_shown_set_held (f->shown, TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const BenkAlarmsWaiting *waiting;

      set_queue (f, rows[i].queue);
      expect (f, "abcd");
      waiting = benk_alarms_shown_get_waiting (f->shown);
      g_assert_cmpuint (waiting->n_new, ==, rows[i].waiting.n_new);
      g_assert_cmpuint (waiting->n_critical, ==, rows[i].waiting.n_critical);
      g_assert_cmpuint (waiting->n_gone, ==, rows[i].waiting.n_gone);
      g_assert_cmpint (waiting->moved, ==, rows[i].waiting.moved);
      g_assert_cmpuint (f->n_told, ==, i);
    }
  set_queue (f, "Xdba");
  benk_alarms_shown_set_held (f->shown, FALSE);
  expect (f, "Xdba");
  g_assert_false (benk_alarms_shown_is_waiting (f->shown));
}

/* One that was closed and opened again is another object with the same name. */
static void
test_opened_again (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) before = find (f, 'b');
  g_autoptr (BenkAlarmEntry) after = NULL;

  benk_alarms_shown_set_held (f->shown, TRUE);
  set_queue (f, "acd");
  set_queue (f, "bacd");
  expect (f, "abcd");
  after = g_list_model_get_item (G_LIST_MODEL (f->shown), 1);
  g_assert_true (benk_alarm_entry_get_alarm (after) != before);
  g_assert_true (benk_alarms_shown_get_waiting (f->shown)->moved);
  g_assert_cmpuint (f->n_touched, ==, 0);
}

static void
test_idle (Fixture *f, gconstpointer unused)
{
  benk_alarms_shown_set_held (f->shown, TRUE);
  pass (f, 60 * SECOND);
  set_queue (f, "Xabcd");
  /* Idle long since, but nobody has been told yet. */
  pass (f, 9 * SECOND);
  expect (f, "abcd");
  benk_alarms_shown_note_input (f->shown);
  pass (f, 9 * SECOND);
  expect (f, "abcd");
  pass (f, 1 * SECOND);
  expect (f, "Xabcd");
  g_assert_cmpuint (benk_fake_clock_get_n_timers (f->clock), ==, 0);
  /* Still held: what comes next waits again. */
  set_queue (f, "YXabcd");
  expect (f, "Xabcd");
  pass (f, 10 * SECOND);
  expect (f, "YXabcd");
}

/* Others that come do not put it off. */
static void
test_idle_in_a_stream (Fixture *f, gconstpointer unused)
{
  benk_alarms_shown_set_held (f->shown, TRUE);
  set_queue (f, "xabcd");
  pass (f, 6 * SECOND);
  set_queue (f, "yxabcd");
  pass (f, 4 * SECOND);
  expect (f, "yxabcd");
}

static void
test_back_as_it_was (Fixture *f, gconstpointer unused)
{
  benk_alarms_shown_set_held (f->shown, TRUE);
  set_queue (f, "xabcd");
  g_assert_cmpuint (benk_fake_clock_get_n_timers (f->clock), ==, 1);
  set_queue (f, "abcd");
  g_assert_false (benk_alarms_shown_is_waiting (f->shown));
  g_assert_cmpuint (benk_fake_clock_get_n_timers (f->clock), ==, 0);
}

typedef struct
{
  const char *initials; /* of who is at the keyboard */
  const char *queue;
  const char *shown;
} Sections;

/* In each as in the queue; a critical one first, whoever has it. */
static void
test_sections (Fixture *f, gconstpointer unused)
{
  static const Sections rows[] = {
    { NULL, "kawob", "ab|o|w|k" },   { "KA", "kawob", "kab|o|w" },
    { "MH", "kawob", "ab|o|w|k" },   { NULL, "WOKabc", "WOKabc" },
    { NULL, "aOwkbo", "aOb|o|w|k" }, { NULL, "o", "|o" },
    { NULL, "wk", "|w|k" },          { NULL, "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      set_queue (f, rows[i].queue);
      benk_alarms_shown_set_initials (f->shown, rows[i].initials);
      expect (f, rows[i].shown);
    }
}

/* The next one shows the heading; what stays is the same row. */
static void
test_heading_goes_on (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) second = NULL;
  g_autoptr (BenkAlarmEntry) entry = NULL;

  set_queue (f, "akl");
  second = find (f, 'l');
  benk_alarm_set_status (second, BENK_ALARM_STATUS_TAKEN);
  pass (f, 0);
  expect (f, "a|kl");
  entry = g_list_model_get_item (G_LIST_MODEL (f->shown), 2);
  f->n_touched = 0;
  set_queue (f, "al");
  expect (f, "a|l");
  g_assert_cmpuint (f->n_touched, ==, 1);
  g_assert_true (benk_alarm_entry_get_heads (entry));
}

/* Somebody takes one and its place in the queue stays: it goes to its section all the
 * same. */
static void
test_taken (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = find (f, 'b');

  benk_alarm_set_taken_by (alarm, "KA");
  benk_alarm_set_status (alarm, BENK_ALARM_STATUS_TAKEN);
  pass (f, 0);
  expect (f, "acd|b");

  benk_alarms_shown_set_held (f->shown, TRUE);
  benk_alarm_set_status (alarm, BENK_ALARM_STATUS_NEW);
  pass (f, 0);
  expect (f, "acd|b");
  g_assert_true (benk_alarms_shown_get_waiting (f->shown)->moved);
  benk_alarms_shown_set_held (f->shown, FALSE);
  expect (f, "abcd");
}

/* With time alone. */
static void
test_waited (Fixture *f, gconstpointer unused)
{
  benk_alarms_shown_set_initials (f->shown, "KA");
  set_queue (f, "aw");
  expect (f, "a|w");
  pass (f, WAIT_MS);
  benk_alarms_shown_follow (f->shown);
  expect (f, "aw");
}

/* What the session says of those that are named. */
static void
group (Fixture *f, BenkAlarmGroup kind, const char *names)
{
  g_autoptr (BenkAlarm) face = find (f, names[0]);

  for (const char *name = names; *name; name++)
    {
      g_autoptr (BenkAlarm) alarm = find (f, *name);

      benk_alarm_set_group_kind (alarm, kind);
      benk_alarm_set_group_face (alarm, benk_alarm_get_id (face));
      benk_alarm_set_n_group (alarm, (int) strlen (names));
    }
  pass (f, 0);
}

static void
test_group_is_one_row (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarmEntry) before = NULL;
  g_autoptr (BenkAlarmEntry) after = NULL;

  group (f, BENK_ALARM_GROUP_INCIDENT, "bd");
  expect (f, "a(bd)c");
  before = g_list_model_get_item (G_LIST_MODEL (f->shown), 1);
  benk_alarms_shown_expand (f->shown, 1, TRUE);
  expect (f, "a(bd)-b-dc");
  /* Who comes to it, and who leaves it, does not make it another row, or close it. */
  set_queue (f, "xabcd");
  group (f, BENK_ALARM_GROUP_INCIDENT, "xbd");
  expect (f, "(xbd)-x-b-dac");
  after = g_list_model_get_item (G_LIST_MODEL (f->shown), 0);
  g_assert_true (before == after);
  benk_alarms_shown_expand (f->shown, 0, FALSE);
  expect (f, "(xbd)ac");
}

/* Two groups of one kind are two rows; of others' alarms in another section. */
static void
test_groups_apart (Fixture *f, gconstpointer unused)
{
  set_queue (f, "aobpc");
  g_autoptr (BenkAlarm) second = find (f, 'p');
  benk_alarm_set_responsibility (second, BENK_RESPONSIBILITY_CARE);
  group (f, BENK_ALARM_GROUP_USER, "op");
  group (f, BENK_ALARM_GROUP_USER, "ac");
  expect (f, "(ac)b|(op)");
}

/* Nothing of a group moves while it is held, but it opens for who asks. */
static void
test_group_held (Fixture *f, gconstpointer unused)
{
  const BenkAlarmsWaiting *waiting = benk_alarms_shown_get_waiting (f->shown);

  group (f, BENK_ALARM_GROUP_INCIDENT, "bcd");
  benk_alarms_shown_set_held (f->shown, TRUE);
  set_queue (f, "xabc");
  expect (f, "a(bcd)");
  g_assert_cmpuint (waiting->n_new, ==, 1);
  g_assert_cmpuint (waiting->n_gone, ==, 1);
  g_assert_false (waiting->moved);
  benk_alarms_shown_expand (f->shown, 1, TRUE);
  expect (f, "a(bcd)-b-c-d");
  g_assert_cmpuint (waiting->n_gone, ==, 1);
  group (f, BENK_ALARM_GROUP_INCIDENT, "xabc");
  expect (f, "a(bcd)-b-c-d");
  g_assert_true (waiting->moved);
  benk_alarms_shown_set_held (f->shown, FALSE);
  expect (f, "(xabc)-x-a-b-c");
}

static void
set_code (Fixture *f, const char *names, const char *code)
{
  for (; *names; names++)
    {
      g_autoptr (BenkAlarm) alarm = find (f, *names);

      benk_alarm_set_code (alarm, code);
    }
}

/* Critical ones alone in the strip, the rest by code and section; and back again. */
static void
test_flood (Fixture *f, gconstpointer unused)
{
  g_autofree char *strip = NULL;
  g_autoptr (BenkAlarmEntry) before = NULL;
  g_autoptr (BenkAlarmEntry) after = NULL;

  set_queue (f, "XaYbocdk");
  set_code (f, "XYabk", "1.8");
  set_code (f, "ocd", "1.20");
  group (f, BENK_ALARM_GROUP_INCIDENT, "ad");
  expect (f, "X(ad)Ybc|o|k");
  before = g_list_model_get_item (G_LIST_MODEL (f->shown), 0);
  benk_alarms_shown_set_flood (f->shown, TRUE);
  pass (f, 0);
  g_assert_true (benk_alarms_shown_is_flood (f->shown));
  expect (f, "(ab)(cd)|o|k");
  strip = describe (benk_alarms_shown_get_strip (f->shown));
  g_assert_cmpstr (strip, ==, "XY");
  after = g_list_model_get_item (benk_alarms_shown_get_strip (f->shown), 0);
  g_assert_true (before == after);
  benk_alarms_shown_set_flood (f->shown, FALSE);
  pass (f, 0);
  expect (f, "X(ad)Ybc|o|k");
  g_assert_cmpuint (g_list_model_get_n_items (benk_alarms_shown_get_strip (f->shown)), ==,
                    0);
}

/* Whether it begins or ends: what is under the pointer stays. */
static void
test_flood_held (Fixture *f, gconstpointer unused)
{
  set_queue (f, "XaYb");
  set_code (f, "XYab", "1.8");
  for (guint i = 0; i < 2; i++)
    {
      gboolean flood = i == 0;

      benk_alarms_shown_set_held (f->shown, TRUE);
      benk_alarms_shown_set_flood (f->shown, flood);
      pass (f, 0);
      expect (f, flood ? "XaYb" : "(ab)");
      g_assert_true (benk_alarms_shown_is_flood (f->shown) != flood);
      g_assert_true (benk_alarms_shown_get_waiting (f->shown)->moved);
      benk_alarms_shown_set_held (f->shown, FALSE);
      expect (f, flood ? "(ab)" : "XaYb");
    }
}

/* In sight or in a closed group: where one is. */
static void
test_find (Fixture *f, gconstpointer unused)
{
  g_autoptr (BenkAlarm) alarm = find (f, 'd');
  BenkId none = BENK_ID_NIL;

  group (f, BENK_ALARM_GROUP_USER, "bd");
  g_assert_cmpuint (benk_alarms_shown_find (f->shown, benk_alarm_get_id (alarm)), ==, 1);
  benk_alarms_shown_expand (f->shown, 1, TRUE);
  g_assert_cmpuint (benk_alarms_shown_find (f->shown, benk_alarm_get_id (alarm)), ==, 3);
  g_assert_cmpuint (benk_alarms_shown_find (f->shown, &none), ==, G_MAXUINT);
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ui/alarms-shown/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("follows-with-one-splice", test_free);
  ADD ("held-counts-what-waits", test_held);
  ADD ("opened-again-keeps-its-row", test_opened_again);
  ADD ("ten-seconds-idle-let-it-come", test_idle);
  ADD ("a-stream-does-not-put-it-off", test_idle_in_a_stream);
  ADD ("back-as-it-was-waits-no-more", test_back_as_it_was);
  ADD ("sections-in-the-order-of-the-queue", test_sections);
  ADD ("heading-goes-to-the-next-row", test_heading_goes_on);
  ADD ("taken-goes-to-its-section-unless-held", test_taken);
  ADD ("waited-to-the-end-waits-no-more", test_waited);
  ADD ("group-is-one-row", test_group_is_one_row);
  ADD ("groups-stand-apart", test_groups_apart);
  ADD ("group-is-held", test_group_held);
  ADD ("flood-by-code-and-critical-alone", test_flood);
  ADD ("flood-moves-nothing-that-is-held", test_flood_held);
  ADD ("found-in-a-closed-group", test_find);
  return g_test_run ();
}
