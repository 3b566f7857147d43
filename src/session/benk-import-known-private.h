/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "benk-device-index.h"
#include "benk-import-rows-private.h"

G_BEGIN_DECLS

/*
 * BenkImportSeen:
 * @index: what the devices of the store are known by
 * @serials, @imeis, @assets, @devices, @users: number → line, of what stood further up in
 *   the list; users are those with an active device
 * @models, @words, @teams: what was found for a name of a model, a word for a state or
 *   the name of a team: the same few stand in every row
 *
 * What a row is compared with.
 */
typedef struct
{
  BenkDeviceIndex *index;
  GHashTable *serials;
  GHashTable *imeis;
  GHashTable *assets;
  GHashTable *devices;
  GHashTable *users;
  GHashTable *models;
  GHashTable *words;
  GHashTable *teams;
} BenkImportSeen;

gboolean benk_import_seen_init (BenkImportSeen *self, BenkDb *db, GError **error);
void benk_import_seen_clear (BenkImportSeen *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BenkImportSeen, benk_import_seen_clear)

void benk_import_result_set_wrong (BenkImportResult *self, const char *format, ...)
  G_GNUC_PRINTF (2, 3);
gboolean benk_import_seen_add (GHashTable *seen,
                               BenkImportResult *result,
                               const char *key,
                               const char *what);
gboolean benk_import_seen_find (BenkImportSeen *self,
                                BenkImportResult *result,
                                const BenkDeviceKeys **known);
char *benk_import_read_imei (const char *text);
gboolean benk_import_read_row (BenkImportPlan *plan,
                               BenkImportResult *result,
                               BenkImportSeen *seen,
                               const BenkDeviceKeys **known);

G_END_DECLS
