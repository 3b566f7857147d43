/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-checklist-work.h"
#include "benk-db.h"

G_BEGIN_DECLS

/**
 * BENK_PHOTO_MAX_SIZE:
 *
 * How many octets a picture may have.
 */
#define BENK_PHOTO_MAX_SIZE (24 * 1024 * 1024)

char *benk_photo_get_path (const char *store_path, const char *file);
GBytes *benk_photo_strip (GBytes *picture, GError **error);
gboolean
benk_photo_keep (BenkDb *db, GBytes *picture, BenkChecklistPhoto *photo, GError **error);
void benk_photo_forget (BenkDb *db, const BenkChecklistPhoto *photo);
void benk_photo_settle (const char *store_path, const char *file);
gboolean benk_photo_check (const char *store_path,
                           const BenkChecklistPhoto *photo,
                           char **text,
                           GError **error);
gboolean benk_photo_check_all (BenkDb *db, char **text, GError **error);
gboolean benk_photo_sweep (BenkDb *db, GError **error);
gboolean benk_photo_sweep_unfinished (BenkDb *db, GError **error);

G_END_DECLS
