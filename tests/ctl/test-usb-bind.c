/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ctl-rig.h"
#include "benk-mock-usb.h"

/* A scanner is no dispenser; bound to a card it opens it, until it is unbound. */
static const BenkMockSpec scanner = { .interface_class = 0x03, .serial = "SC-17" };

typedef struct
{
  BenkMockBus *bus;
  BenkCtlRig rig;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->bus = benk_mock_bus_new ();
  benk_mock_bus_plug (self->bus, &scanner);
  benk_ctl_rig_set_up_demo (&self->rig, NULL);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  benk_ctl_rig_tear_down (&self->rig, NULL);
  benk_mock_bus_free (self->bus);
}

/* Returns: (transfer full): where it is plugged in; @card: (out): whose card it opens */
static char *
look (Fixture *self, char **card)
{
  g_autoptr (BenkCtlAnswer) answer = benk_ctl_rig_do (&self->rig, "usb items");
  JsonArray *items = benk_ctl_answer_get_array (answer);
  JsonObject *item;

  g_assert_cmpuint (json_array_get_length (items), ==, 1);
  item = json_array_get_object_element (items, 0);
  g_assert_cmpstr (json_object_get_string_member (item, "serial"), ==, "SC-17");
  *card = g_strdup (json_object_get_string_member_with_default (item, "device", NULL));

  return g_strdup (json_object_get_string_member (item, "bus_path"));
}

static void
assert_opens (Fixture *self, const char *expected)
{
  g_autofree char *card = NULL;
  g_autofree char *path = look (self, &card);

  g_assert_cmpstr (card, ==, expected);
}

static void
test_bind (Fixture *self, gconstpointer unused)
{
  g_autofree char *card = NULL;
  g_autofree char *path = look (self, &card);
  g_autoptr (BenkCtlAnswer) added =
    benk_ctl_rig_do (&self->rig, "device add R-1 --model medido");
  g_autoptr (BenkCtlAnswer) bound = NULL;
  g_autoptr (BenkCtlAnswer) again = NULL;
  g_autoptr (BenkCtlAnswer) unbound = NULL;
  g_autoptr (BenkCtlAnswer) undone = NULL;
  gint64 proofs = benk_ctl_rig_count (&self->rig, "SELECT count (*) FROM proof");

  g_assert_null (card);
  bound = benk_ctl_rig_do (&self->rig, "usb bind --bus-path %s --device R-1", path);
  g_assert_cmpint (benk_ctl_answer_get_int (bound, "seq"), >, 0);
  assert_opens (self, "R-1");

  unbound = benk_ctl_rig_do (&self->rig, "usb unbind --bus-path %s", path);
  g_assert_cmpint (benk_ctl_answer_get_int (unbound, "seq"), ==,
                   benk_ctl_answer_get_int (bound, "seq") + 1);
  assert_opens (self, NULL);
  undone = benk_ctl_rig_do (&self->rig, "undo");
  assert_opens (self, "R-1");

  again = benk_ctl_rig_run (&self->rig, "usb unbind --bus-path 9-9");
  g_assert_cmpint (again->status, ==, 1);
  assert_opens (self, "R-1");
  g_assert_cmpint (benk_ctl_rig_count (&self->rig, "SELECT count (*) FROM proof"), ==,
                   proofs);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/ctl/usb-bind/what-is-bound-opens-a-card-until-it-is-unbound", Fixture,
              NULL, set_up, test_bind, tear_down);

  return g_test_run ();
}
