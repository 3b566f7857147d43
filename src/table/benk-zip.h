/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BenkZipSink:
 * @data: the next bytes of a part
 * @length: their number
 * @user_data: what was handed in
 * @error: return location for an error
 *
 * Returns: %FALSE with @error to stop
 */
typedef gboolean (*BenkZipSink) (gconstpointer data,
                                 gsize length,
                                 gpointer user_data,
                                 GError **error);

/**
 * BenkZipPart:
 * @name: the path of the part
 * @bytes: what it holds
 *
 * One file of a ZIP archive that is to be written.
 */
typedef struct
{
  const char *name;
  GBytes *bytes;
} BenkZipPart;

gboolean benk_zip_is_zip (GBytes *bytes);
gboolean benk_zip_read_part (
  GBytes *bytes, const char *name, BenkZipSink sink, gpointer user_data, GError **error);
GBytes *benk_zip_write (const BenkZipPart *parts,
                        gsize n_parts,
                        GCancellable *cancellable,
                        GError **error);

G_END_DECLS
