/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "benk-session-change.h"
#include "benk-share.h"

G_BEGIN_DECLS

/* A kind of file that one district makes for another. */
typedef struct
{
  const char *name;
  const char *list; /* the member that holds the entries */
  gsize max_length;
  guint max_entries;
} BenkShareFormat;

typedef void (*BenkShareAdd) (JsonBuilder *builder, gconstpointer thing);

/* (transfer full): begins with a BenkSharedEntry. @object is NULL where it is none. */
typedef gpointer (*BenkShareRead) (const GPtrArray *shared, JsonObject *object);

char *benk_share_compose (const BenkShareFormat *format,
                          const GPtrArray *things,
                          BenkShareAdd add);
GPtrArray *benk_share_parse (const BenkShareFormat *format,
                             const char *text,
                             gsize length,
                             BenkShareRead read,
                             GDestroyNotify destroy,
                             GError **error);
const char *benk_share_get_text (JsonObject *object, const char *key);

/* What one district writes for another, and takes from it: a file of entries. */
typedef struct
{
  GFile *file;
  GStrv ids;         /* (nullable): which are wanted */
  GPtrArray *shared; /* (nullable) (element-type BenkSharedEntry) */
} BenkShareJob;

BenkShareJob *benk_share_job_new (GFile *file, GPtrArray *shared);
void benk_share_job_free (gpointer self);

/* At most one octet more than @max: enough to see that it is too long. */
GBytes *benk_share_job_read (BenkShareJob *self,
                             gsize max,
                             GCancellable *cancellable,
                             GError **error);

/* (transfer full) @text. What benk_share_export_finish() tells. */
gpointer benk_share_job_write (
  BenkShareJob *self, char *text, guint n, GCancellable *cancellable, GError **error);
gboolean benk_share_export_finish (gpointer source,
                                   GAsyncResult *result,
                                   guint *n,
                                   GError **error);

/* Takes what is marked and may be taken; nothing at all is refused. */
typedef gboolean (*BenkShareTake) (BenkDb *db,
                                   const BenkSharedEntry *entry,
                                   gpointer data,
                                   GError **error);
gboolean benk_share_job_take (
  BenkShareJob *self, BenkDb *db, BenkShareTake take, gpointer data, GError **error);

G_END_DECLS
