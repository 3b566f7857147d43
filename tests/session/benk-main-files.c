/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both names of open () are wanted, not one for the other. */
#undef _FILE_OFFSET_BITS

#include "benk-main-files.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char *watched;
static pthread_t watched_thread;
static GString *seen;

/* The functions below stand in the program, so that those of the library find them
 * first; each notes what it was asked for and asks the library. */
#define NEXT(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

static void
note (const char *what, const char *path)
{
  if (watched != NULL && pthread_equal (pthread_self (), watched_thread) &&
      path != NULL && strncmp (path, watched, strlen (watched)) == 0)
    g_string_append_printf (seen, "%s %s\n", what, path + strlen (watched));
}

static mode_t
get_mode (int flags, va_list args)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? (mode_t) va_arg (args, int) : 0;
}

#define OPEN(name)                                                                       \
  int name (const char *path, int flags, ...);                                           \
  int name (const char *path, int flags, ...)                                            \
  {                                                                                      \
    va_list args;                                                                        \
    mode_t mode;                                                                         \
                                                                                         \
    va_start (args, flags);                                                              \
    mode = get_mode (flags, args);                                                       \
    va_end (args);                                                                       \
    note (#name, path);                                                                  \
    return NEXT (name) (path, flags, mode);                                              \
  }

#define ON_PATH(name)                                                                    \
  int name (const char *path);                                                           \
  int name (const char *path)                                                            \
  {                                                                                      \
    note (#name, path);                                                                  \
    return NEXT (name) (path);                                                           \
  }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wredundant-decls"
OPEN (open)
OPEN (open64)
ON_PATH (unlink)
ON_PATH (rmdir)
#pragma GCC diagnostic pop

int
mkdir (const char *path, mode_t mode)
{
  note ("mkdir", path);
  return NEXT (mkdir) (path, mode);
}

int
rename (const char *from, const char *to)
{
  note ("rename", to);
  return NEXT (rename) (from, to);
}

FILE *
fopen (const char *path, const char *mode)
{
  note ("fopen", path);
  return NEXT (fopen) (path, mode);
}

FILE *
fopen64 (const char *path, const char *mode)
{
  note ("fopen", path);
  return NEXT (fopen64) (path, mode);
}

/**
 * benk_main_files_watch:
 * @folder: (nullable): a folder; %NULL ends it
 *
 * Notes from now on what the calling thread makes, opens, moves or removes below @folder.
 */
void
benk_main_files_watch (const char *folder)
{
  g_clear_pointer (&watched, g_free);
  if (seen != NULL)
    g_string_free (seen, TRUE);
  seen = g_string_new (NULL);
  watched_thread = pthread_self ();
  watched = g_strdup (folder);
}

/**
 * benk_main_files_take:
 *
 * Returns: (transfer full): what was noted since the last time, a line each
 */
char *
benk_main_files_take (void)
{
  char *text = g_strdup (seen->str);

  g_string_truncate (seen, 0);
  return text;
}
