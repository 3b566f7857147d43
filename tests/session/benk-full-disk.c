/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-full-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define DISK_SIZE "size=16m"
#define PAGE 4096

static char *no_mount; /* why there can be no file system of our own */

static gboolean
write_map (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean done = fd >= 0 && write (fd, text, strlen (text)) == (gssize) strlen (text);

  if (fd >= 0)
    close (fd);

  return done;
}

static void
note_hindrance (void)
{
  if (no_mount == NULL)
    no_mount = g_strdup_printf ("no mounts of our own here: %s", g_strerror (errno));
}

void
benk_full_disk_get_own_mounts (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (guint) geteuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint) getegid ());

  if (unshare (CLONE_NEWNS) != 0)
    {
      if (unshare (CLONE_NEWUSER | CLONE_NEWNS) != 0)
        {
          note_hindrance ();
          return;
        }
      write_map ("/proc/self/setgroups", "deny");
      write_map ("/proc/self/uid_map", users);
      write_map ("/proc/self/gid_map", groups);
    }
  if (mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0)
    note_hindrance ();
}

const char *
benk_full_disk_get_hindrance (void)
{
  return no_mount;
}

void
benk_full_disk_mount (BenkFullDisk *self)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("benk-full-XXXXXX", &error);
  g_assert_no_error (error);
  self->mounted =
    no_mount == NULL && mount ("tmpfs", self->dir, "tmpfs", 0, DISK_SIZE) == 0;
  if (!self->mounted)
    note_hindrance ();
  self->filler = g_build_filename (self->dir, "filler", NULL);
}

void
benk_full_disk_unmount (BenkFullDisk *self)
{
  if (self->mounted)
    {
      g_assert_cmpint (umount (self->dir), ==, 0);
      g_rmdir (self->dir);
    }
  g_free (self->dir);
  g_free (self->filler);
}

void
benk_full_disk_fill (BenkFullDisk *self, BenkSessionFixture *base, guint n_pages)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkDb) db =
    benk_db_open (base->path, BENK_DB_READ_WRITE, base->clock, &error);
  struct statvfs disk;
  int fd;

  g_assert_no_error (error);
  benk_db_truncate_wal (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (statvfs (self->dir, &disk), ==, 0);
  g_assert_cmpuint (disk.f_bsize, ==, PAGE);
  g_assert_cmpuint (disk.f_bavail, >, n_pages);
  fd = open (self->filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (posix_fallocate (fd, 0, (off_t) (disk.f_bavail - n_pages) * PAGE), ==,
                   0);
  close (fd);
}

void
benk_full_disk_make_room (BenkFullDisk *self)
{
  g_unlink (self->filler);
}

guint
benk_full_disk_next_room (guint n_pages)
{
  return n_pages + MAX (1, n_pages / 3);
}
