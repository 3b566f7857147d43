/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BenkXml:
 *
 * A parser at work; only its callbacks see it.
 */
typedef struct _BenkXml BenkXml;

/**
 * BenkXmlHandler:
 * @start: (nullable): an element begins; its name is without prefix
 * @end: (nullable): it ends
 * @text: (nullable): text between them, maybe in several pieces
 *
 * What is called while a document is read; %FALSE with an error stops it.
 */
typedef struct
{
  gboolean (*start) (BenkXml *xml, const char *name, gpointer user_data, GError **error);
  gboolean (*end) (const char *name, gpointer user_data, GError **error);
  gboolean (*text) (const char *text, gsize length, gpointer user_data, GError **error);
} BenkXmlHandler;

gboolean benk_xml_read_part (GBytes *archive,
                             const char *part,
                             const BenkXmlHandler *handler,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);
gboolean benk_xml_read_bytes (GBytes *bytes,
                              const BenkXmlHandler *handler,
                              gpointer user_data,
                              GError **error);
char *benk_xml_dup_attribute (BenkXml *xml, const char *name);
gboolean
benk_xml_copy_attribute (BenkXml *xml, const char *name, char *buffer, gsize size);

G_END_DECLS
