/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-fhir-memo.h"

#include "benk-fhir-private.h"

/* The pages of the newest walk; older ones are not asked for any more. */
#define MAX_ROWS 32
/* A cache on the way that is wrong would hide alarms: it is not believed for longer. */
#define TRUSTED_MS (5 * 60 * 1000)

struct _BenkFhirMemo
{
  GHashTable *rows; /* url → MemoRow */
};

typedef struct
{
  BenkFhirPage *trail;
  gint64 boot_ms;
} MemoRow;

static void
memo_row_free (MemoRow *row)
{
  benk_fhir_page_free (row->trail);
  g_free (row);
}

BenkFhirMemo *
benk_fhir_memo_new (void)
{
  BenkFhirMemo *self = g_new0 (BenkFhirMemo, 1);

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) memo_row_free);
  return self;
}

void
benk_fhir_memo_free (BenkFhirMemo *self)
{
  g_hash_table_unref (self->rows);
  g_free (self);
}

/* (nullable): what to ask with. */
const char *
benk_fhir_memo_get_etag (BenkFhirMemo *self, const char *url, gint64 boot_ms)
{
  MemoRow *row = g_hash_table_lookup (self->rows, url);

  return row && boot_ms - row->boot_ms < TRUSTED_MS ? row->trail->etag : NULL;
}

/* (transfer full) (nullable): the page as it led on, without what was on it. */
BenkFhirPage *
benk_fhir_memo_recall (BenkFhirMemo *self, const char *url)
{
  MemoRow *row = g_hash_table_lookup (self->rows, url);
  BenkFhirPage *page = row ? benk_fhir_page_copy_trail (row->trail) : NULL;

  if (page)
    page->unchanged = TRUE;
  return page;
}

void
benk_fhir_memo_note_kept (BenkFhirMemo *self, const BenkFhirPage *page, gint64 boot_ms)
{
  MemoRow *row;

  if (page->url == NULL || page->unchanged)
    return;
  if (page->etag == NULL)
    {
      g_hash_table_remove (self->rows, page->url);
      return;
    }
  if (g_hash_table_size (self->rows) >= MAX_ROWS)
    g_hash_table_remove_all (self->rows);
  row = g_new0 (MemoRow, 1);
  row->trail = benk_fhir_page_copy_trail (page);
  g_clear_pointer (&row->trail->visited, g_hash_table_unref);
  row->boot_ms = boot_ms;
  g_hash_table_insert (self->rows, g_strdup (page->url), row);
}
