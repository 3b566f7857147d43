/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-random-work.h"

#include <string.h>

#include "benk-bulk.h"
#include "benk-fact.h"
#include "benk-labels.h"
#include "benk-stock.h"

/* Work on devices, one or many. */

#define VISIBLE                                                                          \
  "device d WHERE d.id NOT IN (SELECT a.id FROM alias a WHERE a.ended_ms IS NULL)"
/* Most of the work is done to a few, so that they come far. */
#define FEW VISIBLE " AND d.serial_key < 'N0016'"
#define MAX_MANY 8

static const char *const models[] = { "medido", "medido", "medido", "pilly-sms" };
static const char *const places[] = { "Hylle A", "Hylle B", "Skap 1", "Distrikt 1", "" };
static const char *const users[] = { "REF-1", "REF-2", "REF-3", "REF-4", "REF-5" };
static const char *const erased[] = { "REF-1", "REF-2", "REF-4", "REF-8", "REF-9" };

static gboolean
pick_device (BenkRandomWork *work, BenkId *out_id)
{
  return benk_random_pick (work, benk_random_draw (work, 4) > 0 ? FEW : VISIBLE, out_id);
}

static char *
draw_imei (BenkRandomWork *work)
{
  return benk_random_draw (work, 3) == 0
           ? g_strdup_printf ("3569380858840%02u", benk_random_draw (work, 40))
           : NULL;
}

static gboolean
do_register (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *serial = benk_random_draw_serial (work);
  g_autofree char *imei = draw_imei (work);
  g_autofree char *asset = benk_random_draw (work, 3) == 0
                             ? g_strdup_printf ("D-%03u", benk_random_draw (work, 60))
                             : NULL;
  static const BenkDeviceState states[] = {
    BENK_DEVICE_STATE_RECEIVED, BENK_DEVICE_STATE_RECEIVED, BENK_DEVICE_STATE_RECEIVED,
    BENK_DEVICE_STATE_ORDERED, BENK_DEVICE_STATE_STOCK
  };
  BenkNewDevice device = {
    .model_id = BENK_DRAW_FROM (work, models),
    .serial = serial,
    .imei = imei,
    .asset = asset,
    .place = BENK_DRAW_FROM (work, places),
    .state = BENK_DRAW_FROM (work, states),
    .note = benk_random_draw (work, 4) == 0 ? "et notat" : NULL,
    .another = benk_random_draw (work, 6) == 0,
  };

  benk_inventory_add_async (work->f->inventory, &device, NULL, benk_session_fixture_keep,
                            &result);

  return benk_random_finish (work, &result, error);
}

static gboolean
do_edit (BenkRandomWork *work, GError **error)
{
  static const char *const dates[] = { "2026-02-01", "2027-05-17", "", "17.05.2027" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *serial = benk_random_draw_serial (work);
  g_autofree char *imei = draw_imei (work);
  BenkDeviceEdit edit = { .owner = -1 };
  BenkId device;

  if (!pick_device (work, &device))
    return benk_random_nothing (error);
  switch (benk_random_draw (work, 7))
    {
    case 0:
      edit.serial = serial;
      break;
    case 1:
      edit.imei = imei != NULL ? imei : "";
      break;
    case 2:
      edit.lease_end_date = BENK_DRAW_FROM (work, dates);
      break;
    case 3:
      edit.warranty_date = BENK_DRAW_FROM (work, dates);
      break;
    case 4:
      edit.vendor = "Evondos AS";
      edit.owner = BENK_OWNER_LEASE;
      break;
    case 5:
      edit.asset = benk_random_draw (work, 2) == 0 ? "" : "D-007";
      break;
    default:
      edit.note = benk_random_draw (work, 2) == 0 ? "lokket er løst" : "";
    }
  benk_inventory_edit_async (work->f->inventory, &device, &edit, NULL,
                             benk_session_fixture_keep, &result);

  return benk_random_finish (work, &result, error);
}

static guint
pick_many (BenkRandomWork *work, BenkId *ids)
{
  guint wanted = 1 + benk_random_draw (work, MAX_MANY);
  guint n = 0;

  for (guint i = 0; i < wanted; i++)
    {
      gboolean known = !benk_random_pick (work, VISIBLE, &ids[n]);

      for (guint k = 0; k < n && !known; k++)
        known = benk_id_equal (&ids[k], &ids[n]);
      n += known ? 0 : 1;
    }

  return n;
}

static gboolean
do_move (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkId ids[MAX_MANY];
  guint n = pick_many (work, ids);
  /* A name that may not be written down. */
  gboolean bad = benk_random_draw (work, 8) == 0;

  if (n == 0)
    return benk_random_nothing (error);
  benk_inventory_move_async (work->f->inventory, ids, n,
                             bad ? "Hylle\nB" : BENK_DRAW_FROM (work, places), NULL,
                             benk_session_fixture_keep, &result);

  return benk_random_finish (work, &result, error);
}

static BenkDeviceState
state_of (const char *name)
{
  BenkDeviceState state = BENK_DEVICE_STATE_ORDERED;

  g_assert_true (benk_device_state_from_name (name, &state));

  return state;
}

static const char *
draw_next (BenkRandomWork *work, const char *from)
{
  g_autoptr (GPtrArray) next = benk_oracle_list_next (from);

  if (next->len == 0 || benk_random_draw (work, 10) == 0)
    return benk_device_state_to_name (benk_random_draw (work, BENK_N_DEVICE_STATES));
  /* Most are not lost. */
  if (next->len > 1 && benk_random_draw (work, 12) > 0)
    g_ptr_array_set_size (next, (int) next->len - 1);

  return g_ptr_array_index (next, benk_random_draw (work, next->len));
}

/* Looks for something that may be done, most of the time. */
static const char *
draw_step (BenkRandomWork *work, BenkId *device, char **from)
{
  const char *to = NULL;
  guint tries = benk_random_draw (work, 3) > 0 ? 12 : 1;

  for (guint i = 0; i < tries; i++)
    {
      g_autoptr (BenkOracleAnswer) answer = NULL;

      if (!pick_device (work, device))
        return NULL;
      g_free (*from);
      *from = benk_random_pick_text (work, "state FROM device WHERE id = ?1", device);
      to = draw_next (work, *from);
      answer = benk_oracle_ask (work->db, device, *from, to);
      if (answer->edge && answer->missing->len == 0)
        break;
    }

  return to;
}

/* What may be done is done, and what may not is refused. */
static gboolean
do_state (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkOracleAnswer) answer = NULL;
  g_autofree char *from = NULL;
  const char *reason = benk_random_draw (work, 3) > 0 ? "kommer siden" : NULL;
  BenkId device;
  const char *to = draw_step (work, &device, &from);
  gboolean may, done;

  if (to == NULL)
    return benk_random_nothing (error);
  answer = benk_oracle_ask (work->db, &device, from, to);
  may = answer->edge && answer->missing->len == 0 &&
        (answer->owing->len == 0 || reason != NULL);
  benk_inventory_set_state_async (work->f->inventory, &device, state_of (to), reason,
                                  NULL, benk_session_fixture_keep, &result);
  done = benk_random_finish (work, &result, error);
  if (!answer->unsure && done != may)
    g_error ("%s → %s is %s, but should %s", from, to, done ? "done" : (*error)->message,
             may                        ? "be done"
             : answer->missing->len > 0 ? (char *) answer->missing->pdata[0]
                                        : "not");

  return done;
}

/* A fact that the next step of a device lacks, or any. */
static BenkFactKind
draw_fact (BenkRandomWork *work, const BenkId *device)
{
  g_autofree char *from =
    benk_random_pick_text (work, "state FROM device WHERE id = ?1", device);
  g_autoptr (BenkOracleAnswer) answer =
    benk_oracle_ask (work->db, device, from, draw_next (work, from));
  GPtrArray *list = answer->missing->len > 0 ? answer->missing : answer->owing;
  BenkFactKind kind;

  if (list->len > 0)
    {
      g_auto (GStrv) ways =
        g_strsplit (list->pdata[benk_random_draw (work, list->len)], "|", -1);

      for (guint i = 0; ways[i] != NULL; i++)
        if (benk_oracle_is_fact (ways[i]) && benk_fact_kind_from_name (ways[i], &kind))
          return kind;
    }

  return 1 + benk_random_draw (work, BENK_N_FACT_KINDS - 1);
}

static gboolean
do_attest (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean bare = benk_random_draw (work, 10) == 0;
  BenkFactKind kind;
  BenkId device;

  if (!pick_device (work, &device))
    return benk_random_nothing (error);
  kind = draw_fact (work, &device);
  benk_inventory_attest_async (work->f->inventory, &device, kind,
                               bare ? NULL : "sak 12/3", bare ? NULL : "Sykepleier A",
                               NULL, benk_session_fixture_keep, &result);

  return benk_random_finish (work, &result, error);
}

static gboolean
do_label (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkLabels) labels = NULL;
  BenkId ids[MAX_MANY];
  guint n = pick_many (work, ids);

  if (n == 0)
    return benk_random_nothing (error);
  /* One that is gone. */
  if (benk_random_draw (work, 6) == 0)
    ids[0] = benk_id_new (work->f->clock);
  benk_labels_load_async (work->f->inventory, ids, n, NULL, benk_session_fixture_keep,
                          &loaded);
  labels = benk_labels_load_finish (BENK_AWAIT (loaded), error);
  if (labels == NULL)
    return FALSE;
  if (benk_random_draw (work, 2) == 0)
    benk_labels_number_async (labels, NULL, benk_session_fixture_keep, &result);
  else
    benk_labels_mark_async (labels, NULL, benk_session_fixture_keep, &result);

  return benk_labels_change_finish (labels, BENK_AWAIT (result), NULL, error);
}

static gboolean
do_bulk (BenkRandomWork *work, GError **error)
{
  static const BenkDeviceState states[] = {
    BENK_DEVICE_STATE_RECEIVED, BENK_DEVICE_STATE_STOCK, BENK_DEVICE_STATE_FAULTY,
    BENK_DEVICE_STATE_PREPARING, BENK_DEVICE_STATE_LOST
  };
  static const BenkFactKind facts[] = { BENK_FACT_LABEL_READ, BENK_FACT_CE_MARK,
                                        BENK_FACT_POWER_ON_TEST,
                                        BENK_FACT_ACCESSORIES_COMPLETE };
  g_autoptr (GAsyncResult) looked = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkBulk) bulk = NULL;
  BenkInventory *inventory = work->f->inventory;
  BenkId ids[MAX_MANY];
  guint n = pick_many (work, ids);
  guint what = benk_random_draw (work, 3);

  if (n == 0)
    return benk_random_nothing (error);
  if (what == 0)
    bulk = benk_bulk_new_move (inventory, ids, n, BENK_DRAW_FROM (work, places));
  else if (what == 1)
    bulk = benk_bulk_new_set_state (inventory, ids, n, BENK_DRAW_FROM (work, states));
  else
    bulk =
      benk_bulk_new_attest (inventory, ids, n, BENK_DRAW_FROM (work, facts), NULL, NULL);
  benk_bulk_preview_async (bulk, NULL, benk_session_fixture_keep, &looked);
  if (!benk_bulk_preview_finish (bulk, BENK_AWAIT (looked), error))
    return FALSE;
  benk_bulk_apply_async (bulk,
                         benk_random_draw (work, 2) == 0 ? "flere på en gang" : NULL,
                         NULL, benk_session_fixture_keep, &result);

  return benk_bulk_apply_finish (bulk, BENK_AWAIT (result), NULL, error);
}

static gboolean
do_link (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean unlink = benk_random_draw (work, 4) == 0;
  BenkId device;

  if (!benk_random_pick (work,
                         benk_random_draw (work, 3) > 0 ? FEW
                           " AND d.state IN ('preparing', 'ready', 'trial',"
                           " 'operation', 'paused', 'faulty', 'quarantine')"
                                                        : VISIBLE,
                         &device))
    return benk_random_nothing (error);
  benk_inventory_link_user_async (work->f->inventory, &device,
                                  unlink ? NULL : BENK_DRAW_FROM (work, users),
                                  "Distrikt 1", NULL, benk_session_fixture_keep, &result);

  return benk_random_finish (work, &result, error);
}

static gboolean
do_erase (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  benk_inventory_erase_user_async (work->f->inventory, BENK_DRAW_FROM (work, erased),
                                   NULL, benk_session_fixture_keep, &result);

  return benk_random_finish (work, &result, error);
}

static gboolean
do_join (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkId device, target;

  if (!benk_random_pick (work, benk_random_draw (work, 3) > 0 ? VISIBLE : "device d",
                         &device) ||
      !benk_random_pick (work, "device d", &target))
    return benk_random_nothing (error);
  benk_inventory_join_async (work->f->inventory, &device, &target, NULL,
                             benk_session_fixture_keep, &result);

  return benk_random_finish (work, &result, error);
}

static gboolean
do_part (BenkRandomWork *work, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  BenkId device;

  if (!benk_random_pick (work,
                         benk_random_draw (work, 5) > 0
                           ? "alias d WHERE d.ended_ms IS NULL"
                           : VISIBLE,
                         &device))
    return benk_random_nothing (error);
  benk_inventory_part_async (work->f->inventory, &device, NULL, benk_session_fixture_keep,
                             &result);

  return benk_random_finish (work, &result, error);
}

static gboolean
do_limit (BenkRandomWork *work, GError **error)
{
  static const char *const where[] = { NULL, "Hylle A", "Hylle B", "Månen" };
  BenkStock *stock = benk_session_get_stock (work->f->session);
  g_autoptr (GAsyncResult) result = NULL;

  benk_stock_set_limit_async (stock, BENK_DRAW_FROM (work, models),
                              BENK_DRAW_FROM (work, where), benk_random_draw (work, 4),
                              NULL, benk_session_fixture_keep, &result);

  return benk_stock_set_limit_finish (stock, BENK_AWAIT (result), NULL, error);
}

/* What the bench leaves behind, as another program: proofs, and resets that failed. */
static gboolean
do_bench (BenkRandomWork *work, GError **error)
{
  static const BenkLinkKind links[] = { BENK_LINK_KIND_CHECKLIST,
                                        BENK_LINK_KIND_CHECKLIST, BENK_LINK_KIND_USB,
                                        BENK_LINK_KIND_SIMULATED };
  BenkLinkKind link = BENK_DRAW_FROM (work, links);
  g_autoptr (BenkDevice) device = benk_device_new ();
  g_autofree char *state = NULL;
  BenkId id;

  if (!benk_random_pick (work,
                         FEW " AND d.state IN ('stock', 'preparing', 'ready',"
                             " 'quarantine', 'faulty', 'reset', 'received')",
                         &id))
    return benk_random_nothing (error);
  benk_device_set_id (device, &id);
  state = benk_random_pick_text (work, "state FROM device WHERE id = ?1", &id);
  if (g_str_equal (state, "preparing") && benk_random_draw (work, 5) > 0)
    benk_session_fixture_prove_ready (work->f, device, link);
  else if (g_str_equal (state, "faulty") && benk_random_draw (work, 2) == 0)
    benk_session_fixture_fail_reset (work->f, device, link);
  else
    benk_session_fixture_prove_reset (work->f, device, link);

  return TRUE;
}

const BenkRandomFunc benk_random_shelf[BENK_N_WORKS] = {
  [BENK_WORK_REGISTER] = do_register, [BENK_WORK_EDIT] = do_edit,
  [BENK_WORK_MOVE] = do_move,         [BENK_WORK_STATE] = do_state,
  [BENK_WORK_ATTEST] = do_attest,     [BENK_WORK_LABEL] = do_label,
  [BENK_WORK_BULK] = do_bulk,         [BENK_WORK_LINK] = do_link,
  [BENK_WORK_ERASE] = do_erase,       [BENK_WORK_JOIN] = do_join,
  [BENK_WORK_PART] = do_part,         [BENK_WORK_LIMIT] = do_limit,
  [BENK_WORK_BENCH] = do_bench,
};
