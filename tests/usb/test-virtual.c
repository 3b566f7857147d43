/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usb-fixture.h"

#include <signal.h>

#include "benk-error.h"
#include "benk-ext-table.h"
#include "benk-ext.h"
#include "benk-manager.h"
#include "benk-phdc.h"
#include "benk-virtual-usb.h"

/* 2026-11-21 09:30:00 UTC. */
#define NOW_MS G_GINT64_CONSTANT (1795253400000)

/* A simulated dispenser on the mocked bus, the unmodified libusb, a link and a manager.
 */
typedef struct
{
  BenkUsbFixture base;
  BenkFakeClock *clock;
  BenkVirtualDispenser *dispenser;
  BenkVirtualUsb *usb;
  BenkMockDevice *mock;
  BenkUsbDevice *device;
  BenkLink *link;
  BenkManager *manager;
  BenkApdu *answer;
  GError *down;
  guint n_opened;
  gboolean associated;
} Fixture;

typedef struct
{
  Fixture *fixture;
  BenkMockDevice *mock;
  GBytes *octets;
  gboolean zlp;
} Out;

/* Carries what the dispenser has to say to the bus, packet by packet. */
static void
pump (BenkVirtualUsb *usb, Fixture *self)
{
  while (self->mock != NULL)
    {
      g_autoptr (GBytes) packet = NULL;
      BenkVirtualUsbStatus status =
        benk_virtual_usb_in (usb, BENK_VIRTUAL_USB_IN, &packet);
      gsize length;

      if (status == BENK_VIRTUAL_USB_STALL)
        benk_mock_device_stall_in (self->mock);
      if (status != BENK_VIRTUAL_USB_OK)
        return;
      length = g_bytes_get_size (packet);
      benk_mock_device_send (self->mock, g_bytes_get_data (packet, NULL), length,
                             length == 0);
    }
}

static gboolean
take_out (gpointer data)
{
  Out *out = data;
  Fixture *self = out->fixture;

  if (out->mock == self->mock)
    benk_virtual_usb_write (self->usb, BENK_VIRTUAL_USB_OUT,
                            g_bytes_get_data (out->octets, NULL),
                            g_bytes_get_size (out->octets), out->zlp);
  g_bytes_unref (out->octets);
  g_free (out);

  return G_SOURCE_REMOVE;
}

/* In umockdev's thread. */
static void
on_out (BenkMockDevice *mock,
        const guint8 *data,
        gsize length,
        gboolean zlp,
        gpointer user_data)
{
  Out *out = g_new (Out, 1);

  *out = (Out){ user_data, mock, g_bytes_new (data, length), zlp };
  g_main_context_invoke (NULL, take_out, out);
}

static void
on_usb_left (BenkVirtualUsb *usb, Fixture *self)
{
  BenkMockDevice *mock = g_steal_pointer (&self->mock);

  if (mock != NULL)
    benk_mock_device_unplug (mock);
}

static void
on_usb_arrived (BenkVirtualUsb *usb, Fixture *self)
{
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (self->dispenser);
  const BenkMockSpec spec = { .interface_class = BENK_PHDC_CLASS,
                              .serial = memory->serial,
                              .out = on_out,
                              .user_data = self };

  g_clear_object (&self->device);
  self->device = g_object_ref (benk_usb_fixture_plug (&self->base, &spec, &self->mock));
  benk_virtual_usb_configure (usb, TRUE);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  benk_link_send_finish (BENK_LINK (source), result, NULL);
}

static void
do_manager (Fixture *self, GPtrArray *actions)
{
  for (guint i = 0; i < actions->len; i++)
    {
      BenkManagerAction *action = g_ptr_array_index (actions, i);

      if (action->kind == BENK_ACTION_SEND)
        benk_link_send_async (self->link, action->bytes, NULL, on_sent, NULL);
      else if (action->kind == BENK_ACTION_ASSOCIATED)
        self->associated = TRUE;
      else if (action->kind == BENK_ACTION_RESPONSE)
        self->answer = g_steal_pointer (&action->apdu);
    }
}

static void
on_received (BenkLink *link, GBytes *apdu, Fixture *self)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  benk_manager_receive (self->manager, apdu, actions);
  do_manager (self, actions);
}

static void
on_down (BenkLink *link, const GError *error, Fixture *self)
{
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  g_clear_error (&self->down);
  self->down = g_error_copy (error);
  self->associated = FALSE;
  benk_manager_transport_down (self->manager, actions);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *self = data;
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();
  g_autoptr (GError) error = NULL;

  benk_link_open_finish (BENK_LINK (source), result, &error);
  g_assert_no_error (error);
  self->n_opened++;
  benk_manager_transport_up (self->manager, actions);
  do_manager (self, actions);
}

static gboolean
is_associated_or_down (gpointer data)
{
  Fixture *self = data;

  return self->associated || self->down != NULL;
}

static gboolean
is_answered_or_down (gpointer data)
{
  Fixture *self = data;

  return self->answer != NULL || self->down != NULL;
}

static gboolean
is_down (gpointer data)
{
  return ((Fixture *) data)->down != NULL;
}

static void
close_link (Fixture *self)
{
  if (self->link == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->link, self);
  benk_link_close (self->link);
  while (benk_usb_watch_is_busy (self->base.watch))
    g_main_context_iteration (NULL, TRUE);
  benk_wait_idle ();
  g_assert_finalize_object (g_steal_pointer (&self->link));
}

/* Opens a link to what is on the bus now, and associates. */
static void
associate (Fixture *self)
{
  close_link (self);
  g_clear_error (&self->down);
  self->link = benk_usb_link_new (self->device);
  g_signal_connect (self->link, "received", G_CALLBACK (on_received), self);
  g_signal_connect (self->link, "down", G_CALLBACK (on_down), self);
  benk_link_open_async (self->link, NULL, on_opened, self);
  benk_wait_until (is_associated_or_down, self);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  static const guint8 manager_id[8] = { 2, 0xd0, 0x5e, 0, 0, 0, 0, 1 };

  benk_usb_fixture_set_up (&self->base, NULL);
  benk_usb_fixture_start (&self->base, BENK_USB_WATCH_NONE);
  self->manager = benk_manager_new (manager_id);
  self->clock = benk_fake_clock_new (NOW_MS);
  self->dispenser =
    benk_virtual_dispenser_new ("medido", NULL, BENK_CLOCK (self->clock), NULL, NULL);
  self->usb = benk_virtual_usb_new (self->dispenser);
  g_signal_connect (self->usb, "ready", G_CALLBACK (pump), self);
  g_signal_connect (self->usb, "left", G_CALLBACK (on_usb_left), self);
  g_signal_connect (self->usb, "arrived", G_CALLBACK (on_usb_arrived), self);
  benk_virtual_dispenser_plug (self->dispenser);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close_link (self);
  benk_usb_watch_stop (self->base.watch);
  while (benk_usb_watch_is_busy (self->base.watch))
    g_main_context_iteration (NULL, TRUE);
  benk_wait_idle ();
  self->mock = NULL;
  g_assert_finalize_object (self->usb);
  g_assert_finalize_object (self->dispenser);
  g_assert_finalize_object (self->clock);
  benk_manager_free (self->manager);
  g_clear_pointer (&self->answer, benk_apdu_free);
  g_clear_error (&self->down);
  g_ptr_array_set_size (self->base.arrived, 0);
  g_ptr_array_set_size (self->base.left, 0);
  g_assert_finalize_object (self->device);
  benk_usb_fixture_tear_down (&self->base, NULL);
}

/* Asks and waits; FALSE when the link went down first. */
static gboolean
ask (Fixture *self, BenkApdu *request)
{
  g_autoptr (BenkApdu) owned = request;
  g_autoptr (GPtrArray) actions = benk_manager_actions_new ();

  g_clear_pointer (&self->answer, benk_apdu_free);
  if (self->down != NULL)
    return FALSE;
  benk_manager_request (self->manager, owned, 3000, actions);
  do_manager (self, actions);
  benk_wait_until (is_answered_or_down, self);

  return self->answer != NULL;
}

static gboolean
get (Fixture *self, guint16 id, BenkExtKind kind, BenkExtMessage *message)
{
  return ask (self, benk_apdu_new_get (0, 0, &id, 1)) &&
         benk_ext_message_parse (message, kind, benk_attrs_find (self->answer->attrs, id),
                                 NULL);
}

static gboolean
act (Fixture *self,
     guint16 type,
     BenkExtMessage *request,
     BenkExtKind kind,
     BenkExtMessage *answer)
{
  g_autoptr (GBytes) info = benk_ext_message_compose (request);

  benk_ext_message_clear (request);

  return ask (self, benk_apdu_new_action (0, 0, type, info)) &&
         benk_ext_message_parse (answer, kind, self->answer->info, NULL);
}

static GBytes *
make_schedule (guint16 first)
{
  g_autoptr (BenkExtTable) table = benk_ext_table_new (BENK_TABLE_SCHEDULE);

  for (guint16 i = 0; i < 8; i++)
    {
      BenkDoseEntry row = { .entry_id = i, .minute = (guint16) (first + i * 60) };

      g_array_append_val (table->rows, row);
    }

  return benk_ext_table_compose (table);
}

/* Writes one schedule and activates it; FALSE when the link went down on the way. */
static gboolean
provision (Fixture *self, guint32 set_id, GBytes *table)
{
  static const guint8 maintenance[] = { 0, 2 };
  g_autoptr (GBytes) mode = g_bytes_new_static (maintenance, sizeof maintenance);
  gsize size = g_bytes_get_size (table);
  BenkExtMessage request;
  BenkExtMessage answer;
  guint16 xfer;

  if (!ask (self, benk_apdu_new_set (0, 0, BENK_EXT_ATTR_MODE, mode)))
    return FALSE;
  benk_ext_message_init (&request, BENK_EXT_BEGIN_REQUEST);
  request.table_id = BENK_TABLE_SCHEDULE;
  request.direction = BENK_EXT_WRITE;
  request.total = (guint32) size;
  request.crc = benk_crc32_bytes (table);
  request.rev = BENK_EXT_REV_ANY;
  if (!act (self, BENK_EXT_ACT_BEGIN, &request, BENK_EXT_BEGIN_RESPONSE, &answer))
    return FALSE;
  xfer = answer.xfer_id;
  for (gsize at = 0; at < size; at += 36)
    {
      benk_ext_message_init (&request, BENK_EXT_DATA_REQUEST);
      request.xfer_id = xfer;
      request.offset = (guint32) at;
      request.data = g_bytes_new_from_bytes (table, at, MIN (36, size - at));
      if (!act (self, BENK_EXT_ACT_DATA, &request, BENK_EXT_DATA_RESPONSE, &answer))
        return FALSE;
    }
  benk_ext_message_init (&request, BENK_EXT_COMMIT_REQUEST);
  request.xfer_id = xfer;
  request.crc = benk_crc32_bytes (table);
  if (!act (self, BENK_EXT_ACT_COMMIT, &request, BENK_EXT_COMMIT_RESPONSE, &answer))
    return FALSE;
  benk_ext_message_init (&request, BENK_EXT_ACTIVATE_REQUEST);
  request.set_id = set_id;
  request.n_tables = 1;
  request.tables[0].id = BENK_TABLE_SCHEDULE;
  request.tables[0].crc = benk_crc32_bytes (table);

  return act (self, BENK_EXT_ACT_ACTIVATE, &request, BENK_EXT_ACTIVATE_RESPONSE,
              &answer) &&
         answer.result == BENK_EXT_OK;
}

static gboolean
holds (Fixture *self, GBytes *table)
{
  const BenkAgentMemory *memory = benk_virtual_dispenser_get_memory (self->dispenser);
  GBytes *found = memory->in_force[0].data;

  return found != NULL && g_bytes_equal (found, table);
}

/* The program's own parser reads the descriptors as they are meant. */
static void
test_descriptors (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) config = benk_virtual_usb_get_config_descriptor (self->usb);
  const guint8 *octets = g_bytes_get_data (config, NULL);
  BenkPhdcFunction function;
  guint8 qos = 0;

  g_assert_true (benk_phdc_parse_function (octets + 18, 10, &function, NULL));
  g_assert_cmpuint (function.data_code, ==, BENK_PHDC_DATA_11073);
  g_assert_true (benk_phdc_function_lists (&function, BENK_PHDC_SPEC_MEDICATION_MONITOR));
  g_assert_true (benk_phdc_parse_qos (octets + 35, 4, &qos));
  g_assert_cmphex (qos, ==, BENK_PHDC_QOS_MEDIUM_BEST);
  g_assert_true (benk_phdc_parse_qos (octets + 46, 4, &qos));
  g_assert_cmphex (qos, ==, BENK_PHDC_QOS_MEDIUM_BEST);
}

static void
test_says_that_it_is_simulated (Fixture *self, gconstpointer data)
{
  g_auto (BenkExtMessage) profile = { 0 };

  associate (self);
  g_assert_true (self->associated);
  g_assert_cmpstr (benk_link_get_usb_serial (self->link), ==, "MD9000001");
  g_assert_true (get (self, BENK_EXT_ATTR_PROFILE, BENK_EXT_PROFILE, &profile));
  g_assert_true (benk_ext_profile_is_known (&profile));
  g_assert_cmphex (profile.caps & BENK_EXT_CAP_SIMULATED, ==, BENK_EXT_CAP_SIMULATED);
}

static void
test_plan_through_libusb (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) table = make_schedule (30);
  g_auto (BenkExtMessage) state = { 0 };

  associate (self);
  g_assert_true (provision (self, 9, table));
  g_assert_true (holds (self, table));
  g_assert_true (get (self, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &state));
  g_assert_cmpuint (state.set_id, ==, 9);
}

static void
test_unplugged_while_writing (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) old = make_schedule (30);
  g_autoptr (GBytes) new = make_schedule (45);
  g_auto (BenkExtMessage) state = { 0 };

  associate (self);
  g_assert_true (provision (self, 1, old));
  benk_virtual_dispenser_set_fault (self->dispenser, "disconnect@11", NULL);
  g_assert_false (provision (self, 2, new));
  g_assert_error (self->down, BENK_ERROR, BENK_ERROR_DISCONNECTED);
  g_assert_true (holds (self, old));

  close_link (self);
  benk_virtual_dispenser_plug (self->dispenser);
  associate (self);
  g_assert_true (get (self, BENK_EXT_ATTR_PROV_STATE, BENK_EXT_PROV_STATE, &state));
  g_assert_cmpuint (state.set_id, ==, 1);
  g_assert_cmphex (state.status, ==, 0);
  g_assert_true (provision (self, 2, new));
  g_assert_true (holds (self, new));
}

static void
test_stall (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) table = make_schedule (30);

  associate (self);
  benk_virtual_dispenser_set_fault (self->dispenser, "stall@6", NULL);
  g_assert_false (provision (self, 1, table));
  g_assert_error (self->down, BENK_ERROR, BENK_ERROR_PROTOCOL);
  g_assert_false (holds (self, table));
}

/* A wiped dispenser leaves the bus and comes back with the same identity. */
static void
test_wipe_enumerates_again (Fixture *self, gconstpointer data)
{
  BenkExtMessage request;
  BenkExtMessage answer;
  g_auto (BenkExtMessage) state = { 0 };

  associate (self);
  for (guint16 op = BENK_EXT_RESET_ARM; op <= BENK_EXT_RESET_CONFIRM; op++)
    {
      benk_ext_message_init (&request, BENK_EXT_RESET_REQUEST);
      request.op = op;
      request.scope = BENK_EXT_SCOPE_ALL;
      request.nonce = 0x5eed1234;
      request.token = op == BENK_EXT_RESET_ARM ? 0 : answer.token;
      g_assert_true (
        act (self, BENK_EXT_ACT_RESET, &request, BENK_EXT_RESET_RESPONSE, &answer));
      g_assert_cmpuint (answer.result, ==, BENK_EXT_OK);
    }
  benk_fake_clock_advance (self->clock, 1000);
  benk_wait_until (is_down, self);
  close_link (self);
  benk_fake_clock_advance (self->clock, 500);
  while (self->mock == NULL)
    g_main_context_iteration (NULL, TRUE);
  associate (self);
  g_assert_cmpstr (benk_link_get_usb_serial (self->link), ==, "MD9000001");
  g_assert_true (get (self, BENK_EXT_ATTR_WIPE_STATE, BENK_EXT_WIPE_STATE, &state));
  g_assert_cmpuint (state.state, ==, BENK_EXT_WIPE_WIPED);
  g_assert_cmpuint (state.counter, ==, 1);
}

static void
add (const char *path, void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, func, tear_down);
}

int
main (int argc, char **argv)
{
  /* A test is the leader of its session: closing the node's terminal would hang it up. */
  signal (SIGHUP, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  add ("/usb/virtual/descriptors-are-understood", test_descriptors);
  add ("/usb/virtual/says-that-it-is-simulated", test_says_that_it_is_simulated);
  add ("/usb/virtual/a-plan-through-libusb", test_plan_through_libusb);
  add ("/usb/virtual/unplugged-while-writing", test_unplugged_while_writing);
  add ("/usb/virtual/stall-takes-the-link-down", test_stall);
  add ("/usb/virtual/a-wipe-enumerates-again", test_wipe_enumerates_again);

  return g_test_run ();
}
