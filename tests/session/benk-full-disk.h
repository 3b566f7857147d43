/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-session-fixture.h"

G_BEGIN_DECLS

/**
 * BenkFullDisk:
 * @dir: a folder of its own, on a small file system of its own where that can be had
 * @filler: what takes the room there
 * @mounted: whether it could be had
 *
 * A file system that is really full when it is told to be.
 */
typedef struct
{
  char *dir;
  char *filler;
  gboolean mounted;
} BenkFullDisk;

/* Must come before the first thread. */
void benk_full_disk_get_own_mounts (void);
/* (transfer none) (nullable): why there can be none */
const char *benk_full_disk_get_hindrance (void);

void benk_full_disk_mount (BenkFullDisk *self);
void benk_full_disk_unmount (BenkFullDisk *self);

/* Leaves so many free pages, once the write-ahead log has none to use again. */
void benk_full_disk_fill (BenkFullDisk *self, BenkSessionFixture *base, guint n_pages);
void benk_full_disk_make_room (BenkFullDisk *self);

/* Every number of pages at first, then with growing steps. */
guint benk_full_disk_next_room (guint n_pages);

G_END_DECLS
