/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "benk-conform-run.h"
#include "benk-id.h"
#include "benk-session.h"

G_BEGIN_DECLS

/**
 * BenkDocument:
 * @path: (type filename): where it is
 * @n_pages: how many pages it has
 * @n_devices: of how many devices it tells
 * @proves: %FALSE for what was only played: it says so on every page
 * @seq: the newest row of the change log, as printed on it
 * @hash: hash of that row, 64 hexadecimal digits
 *
 * A PDF that was written.
 */
typedef struct
{
  char *path;
  guint n_pages;
  guint n_devices;
  gboolean proves;
  gint64 seq;
  char *hash;
} BenkDocument;

void benk_document_free (BenkDocument *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkDocument, benk_document_free)

void benk_document_write_resets_async (BenkSession *session,
                                       const BenkId *devices,
                                       guint n_devices,
                                       GFile *file,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
void benk_document_write_conform_async (BenkSession *session,
                                        const BenkConformReport *report,
                                        GFile *file,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
BenkDocument *
benk_document_write_finish (BenkSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
