/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-evidence.h"
#include "benk-table-device.h"
#include "benk-table-private.h"

G_BEGIN_DECLS

/* As benk_lifecycle_view_is_reset_proven(), for whole lists: a reset is proven by
 * something that counts in this store and is younger than the last use. */
#define BENK_DEVICE_RESET_PROVEN_SQL                                                     \
  "EXISTS (SELECT 1 FROM proof q WHERE q.device_id = d.id AND q.kind = 'reset'"          \
  " AND (q.link_kind IN ('usb', 'checklist')"                                            \
  " OR (q.link_kind IN ('simulated', 'replay') AND (SELECT demo FROM store)))"           \
  " AND " BENK_EVIDENCE_SQL (                                                            \
    "q") " AND NOT EXISTS (SELECT 1 FROM run r WHERE r.device_id = d.id"                 \
         " AND r.id IS NOT q.run_id"                                                     \
         " AND r.kind IN ('provision', 'settings') AND r.outcome <> 'untouched'"         \
         " AND " BENK_TABLE_RUN_AFTER_PROOF (                                            \
           "r", "q") ")"                                                                 \
                     " AND NOT EXISTS (SELECT 1 FROM proof y WHERE y.device_id = d.id"   \
                     " AND y.kind = 'ready' AND " BENK_TABLE_AFTER_PROOF (               \
                       "proof", "y", "q") ")"                                            \
                                          " AND NOT EXISTS (SELECT 1 FROM transition x " \
                                          "WHERE x.device_id = d.id"                     \
                                          " AND x.from_state IN ('trial', 'operation', " \
                                          "'paused', 'to-collect')"                      \
                                          " AND " BENK_TABLE_AFTER_PROOF ("transition",  \
                                                                          "x", "q") "))"

/* How the settings that it still holds were proven, or NULL. */
#define BENK_DEVICE_READY_LINK_SQL                                                       \
  "(SELECT y.link_kind FROM proof y WHERE y.device_id = d.id AND y.kind = 'ready'"       \
  " AND (y.link_kind IN ('usb', 'checklist')"                                            \
  " OR (y.link_kind IN ('simulated', 'replay') AND (SELECT demo FROM store)))"           \
  " AND " BENK_EVIDENCE_SQL (                                                            \
    "y") " AND NOT EXISTS (SELECT 1 FROM run r WHERE r.device_id = d.id"                 \
         " AND r.id IS NOT y.run_id AND r.kind IN ('provision', 'settings', 'reset')"    \
         " AND r.outcome <> 'untouched' AND " BENK_TABLE_RUN_AFTER_PROOF (               \
           "r", "y") ")"                                                                 \
                     " AND NOT EXISTS (SELECT 1 FROM proof q WHERE q.device_id = d.id"   \
                     " AND q.kind = 'reset' AND " BENK_TABLE_AFTER_PROOF (               \
                       "proof", "q",                                                     \
                       "y") ")"                                                          \
                            " ORDER BY " BENK_TABLE_ROW_SEQ ("proof",                    \
                                                             "y") " DESC LIMIT 1)"

/* One value of its open reservation v, whose person is k. */
#define BENK_DEVICE_RESERVED_SQL(value)                                                  \
  "(SELECT " value " FROM reservation v LEFT JOIN person k ON k.id = v.person_id"        \
  " WHERE v.device_id = d.id AND v.ended IS NULL ORDER BY v.id LIMIT 1)"

#define BENK_TABLE_DEVICE_SELECT                                                         \
  "SELECT d.id, d.model_id, d.serial, d.former_serials, d.imei, d.asset, d.state,"       \
  " d.state_since_ms, d.origin, d.vendor, d.received_date, d.warranty_date, d.place_id," \
  " p.name, d.person_id, r.reference, t.name, n.text, d.owner, d.lease_end_date,"        \
  " d.labelled_ms, " BENK_DEVICE_RESET_PROVEN_SQL ", " BENK_DEVICE_READY_LINK_SQL        \
  ", " BENK_DEVICE_RESERVED_SQL ("v.wanted_date") ", " BENK_DEVICE_RESERVED_SQL (        \
    "k.reference") " FROM device d"                                                      \
                   " LEFT JOIN place p ON p.id = d.place_id"                             \
                   " LEFT JOIN place t ON t.id = d.team_id"                              \
                   " LEFT JOIN person r ON r.id = d.person_id"                           \
                   " LEFT JOIN note n ON n.id = d.note_id"

/* A row of BENK_TABLE_DEVICE_SELECT as a new BenkDevice, for benk_table_read_all(). */
gpointer benk_table_device_read (BenkStmt *stmt);

G_END_DECLS
