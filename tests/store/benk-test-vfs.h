/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BENK_TEST_VFS "benk-test"

/**
 * BenkTestVfsKeep:
 * @BENK_TEST_VFS_KEEP_NONE: every write after the last sync of its file is lost
 * @BENK_TEST_VFS_KEEP_SOME: each is lost or kept by chance, as on a disk that reorders
 *
 * What is left of unsynced writes after the power cut.
 */
typedef enum
{
  BENK_TEST_VFS_KEEP_NONE,
  BENK_TEST_VFS_KEEP_SOME,
} BenkTestVfsKeep;

void benk_test_vfs_register (void);
void benk_test_vfs_begin (void);
void benk_test_vfs_cut_at_sync (int n);
void benk_test_vfs_fill_at_write (int n);
int benk_test_vfs_get_n_syncs (void);
int benk_test_vfs_get_n_writes (void);
gboolean benk_test_vfs_is_cut (void);
gboolean benk_test_vfs_is_full (void);
void benk_test_vfs_make_room (void);
void benk_test_vfs_leave_what_was_synced (BenkTestVfsKeep keep);
void benk_test_vfs_end (void);

G_END_DECLS
