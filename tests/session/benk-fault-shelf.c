/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fault-shelf.h"

#include <glib/gstdio.h>

#include "benk-virtual-memory.h"

const char *const test_shelf_models[2] = { "medido", "evondos-e300" };

BenkPlan *
test_shelf_plan_new (guint n_doses)
{
  BenkPlan *plan = test_plan_new (n_doses);

  benk_plan_set_language (plan, "nb-NO");
  benk_plan_set_volume (plan, 60 + (int) n_doses);
  return plan;
}

void
test_image_clear (TestImage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->tables); i++)
    g_clear_pointer (&self->tables[i], g_bytes_unref);
  g_clear_pointer (&self->settings, g_free);
}

/* What the file holds, not what the process remembers. */
void
test_image_read (TestImage *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkAgentMemory) memory = benk_virtual_memory_load (path, &error);

  g_assert_no_error (error);
  *self = (TestImage){ .set_id = memory->set_id,
                       .n_doses = memory->doses->len,
                       .wipe_counter = memory->wipe_counter };
  for (guint i = 0; i < G_N_ELEMENTS (self->tables); i++)
    self->tables[i] = memory->in_force[i].data != NULL
                        ? g_bytes_ref (memory->in_force[i].data)
                        : g_bytes_new (NULL, 0);
  self->not_blank = benk_agent_memory_not_blank (memory, BENK_AGENT_REGION_ALL);
  self->settings = g_strdup_printf ("%s %d %u %s %u", memory->zone, memory->zone_offset,
                                    memory->dst_rule, memory->language, memory->volume);
}

gboolean
test_image_same_plan (const TestImage *one, const TestImage *other)
{
  if (one->set_id != other->set_id)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (one->tables); i++)
    if (!g_bytes_equal (one->tables[i], other->tables[i]))
      return FALSE;
  return TRUE;
}

gboolean
test_image_equal (const TestImage *one, const TestImage *other)
{
  return test_image_same_plan (one, other) && one->n_doses == other->n_doses &&
         one->wipe_counter == other->wipe_counter &&
         g_str_equal (one->settings, other->settings);
}

/* In memory where there is such a folder: a dispenser syncs each time it saves. */
static char *
make_dir (void)
{
  g_autofree char *fast = g_strdup ("/dev/shm/benk-faults-XXXXXX");

  if (g_mkdtemp (fast) != NULL)
    return g_steal_pointer (&fast);
  return g_dir_make_tmp ("benk-faults-XXXXXX", NULL);
}

static char *
read_text (const char *path)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Blank is what a reset leaves: without zone, and the clock not set. */
static void
prepare (TestShelf *self, guint make)
{
  g_autoptr (BenkPlan) old_plan = test_shelf_plan_new (2);
  g_autoptr (BenkPlan) new_plan = test_shelf_plan_new (5);
  TestBench bench;

  test_bench_init (&bench, test_shelf_models[make], self->dir);
  self->paths[make] = g_strdup (benk_virtual_dispenser_get_state_path (bench.dispenser));
  g_assert_cmpint (test_bench_provision (&bench, new_plan, TEST_NEW_SET, NULL)->outcome,
                   ==, BENK_JOB_VERIFIED);
  test_image_read (&self->wanted[make], self->paths[make]);
  g_assert_cmpint (test_bench_provision (&bench, old_plan, TEST_OLD_SET, NULL)->outcome,
                   ==, BENK_JOB_VERIFIED);
  for (guint i = 0; i < 45; i++)
    benk_virtual_dispenser_dispense (bench.dispenser, 1);
  self->texts[make][TRUE] = read_text (self->paths[make]);
  test_image_read (&self->used[make], self->paths[make]);
  g_assert_cmpint (test_bench_reset (&bench, 0, NULL)->outcome, ==, BENK_JOB_VERIFIED);
  test_bench_clear (&bench);
  self->texts[make][FALSE] = read_text (self->paths[make]);
  test_image_read (&self->blank[make], self->paths[make]);
}

void
test_shelf_init (TestShelf *self)
{
  *self = (TestShelf){ .dir = make_dir () };
  for (guint make = 0; make < 2; make++)
    prepare (self, make);
}

void
test_shelf_clear (TestShelf *self)
{
  for (guint make = 0; make < 2; make++)
    {
      test_image_clear (&self->blank[make]);
      test_image_clear (&self->used[make]);
      test_image_clear (&self->wanted[make]);
      g_unlink (self->paths[make]);
      g_free (self->paths[make]);
      g_free (self->texts[make][0]);
      g_free (self->texts[make][1]);
    }
  g_rmdir (self->dir);
  g_free (self->dir);
}

void
test_shelf_put_back (TestShelf *self, guint make, gboolean used)
{
  g_assert_true (
    g_file_set_contents (self->paths[make], self->texts[make][used], -1, NULL));
}
