/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** DataRow: one named run of octets of a data file; @octets is what the file announces.
 */
typedef struct
{
  char *name;
  guint octets;
  GBytes *bytes;
} DataRow;

GPtrArray *data_read_vectors (const char *name);
GPtrArray *data_read_sessions (const char *name);
const DataRow *data_find (GPtrArray *rows, const char *name);
GBytes *data_from_hex (const char *hex);
char *data_to_hex (GBytes *bytes);
void data_assert_equal (GBytes *got, GBytes *expected, const char *name);

G_END_DECLS
