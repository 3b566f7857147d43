/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-exchange.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "benk-exchange-part.h"

/* How far the change log of one laptop has been applied. */
typedef struct
{
  gint64 seq;
  guint8 hash[BENK_HASH_LENGTH];
} Site;

struct _BenkExchange
{
  BenkDb *db;
  gboolean demo;
  gint64 applied;
  GHashTable *waiting; /* number → BenkJournalRow */
  GHashTable *hashes;  /* number → its hash, of what was applied */
  GHashTable *sites;   /* BenkId → Site */
  GPtrArray *cards;
};

static BenkJournalRow *
copy_row (const BenkJournalRow *row)
{
  BenkJournalRow *copy = g_memdup2 (row, sizeof *row);

  copy->account = g_strdup (row->account);
  copy->verb = g_strdup (row->verb);
  copy->changeset = g_bytes_ref (row->changeset);

  return copy;
}

/**
 * benk_exchange_new:
 * @into: an empty store as benk_schema_create_empty() made it; must outlive this
 * @demo: whether it is of demo stores
 *
 * Returns: (transfer full): nothing exchanged yet
 */
BenkExchange *
benk_exchange_new (BenkDb *into, gboolean demo)
{
  BenkExchange *self = g_new0 (BenkExchange, 1);

  self->db = into;
  self->demo = demo;
  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                         (GDestroyNotify) benk_journal_row_free);
  self->hashes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  self->sites = g_hash_table_new_full (benk_id_hash, benk_id_equal, g_free, g_free);
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) benk_card_free);

  return self;
}

void
benk_exchange_free (BenkExchange *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->waiting);
  g_hash_table_unref (self->hashes);
  g_hash_table_unref (self->sites);
  g_ptr_array_unref (self->cards);
  g_free (self);
}

static gboolean G_GNUC_PRINTF (2, 3) damaged (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, BENK_ERROR, BENK_ERROR_CORRUPT, text);

  return FALSE;
}

/* The row must be the next one of its laptop. */
static gboolean
check_chain (BenkExchange *self, gint64 number, const BenkJournalRow *row, GError **error)
{
  Site *site = g_hash_table_lookup (self->sites, &row->site);

  if (site == NULL)
    {
      site = g_new0 (Site, 1);
      benk_journal_hash_genesis (&row->site, self->demo, site->hash);
      g_hash_table_insert (self->sites, g_memdup2 (&row->site, sizeof row->site), site);
    }
  if (row->seq != site->seq + 1 || memcmp (row->prev, site->hash, sizeof site->hash) != 0)
    return damaged (error,
                    _ ("Change %d of the server does not follow the one before it "
                       "of its laptop."),
                    (int) number);

  return TRUE;
}

static gboolean
apply (BenkExchange *self, gint64 number, const BenkJournalRow *row, GError **error)
{
  guint first = self->cards->len;
  Site *site;

  if (!check_chain (self, number, row, error) ||
      !benk_exchange_apply_parts (self->db, row->changeset, row->schema, self->cards,
                                  error))
    return FALSE;
  for (guint i = first; i < self->cards->len; i++)
    {
      BenkCard *card = g_ptr_array_index (self->cards, i);

      card->number = number;
      card->site = row->site;
      card->seq = row->seq;
    }
  site = g_hash_table_lookup (self->sites, &row->site);
  site->seq = row->seq;
  memcpy (site->hash, row->hash, sizeof site->hash);
  g_hash_table_insert (self->hashes, g_memdup2 (&number, sizeof number),
                       g_memdup2 (row->hash, sizeof row->hash));
  self->applied = number;

  return TRUE;
}

/* Whether the number has come before; with another row that is damage. */
static gboolean
check_known (BenkExchange *self,
             gint64 number,
             const BenkJournalRow *row,
             gboolean *known,
             GError **error)
{
  const BenkJournalRow *waiting = g_hash_table_lookup (self->waiting, &number);
  const guint8 *hash =
    waiting != NULL ? waiting->hash : g_hash_table_lookup (self->hashes, &number);

  *known = hash != NULL;
  if (hash == NULL || memcmp (hash, row->hash, sizeof row->hash) == 0)
    return TRUE;

  return damaged (error, _ ("The server has given number %d twice."), (int) number);
}

/**
 * benk_exchange_receive:
 * @self: an exchange
 * @number: the number the server gave the row, counted from 1 without gaps
 * @row: a row of the change log of any laptop
 * @error: return location for an error
 *
 * Takes a row. Rows may come in any order and more than once; each is applied when all
 * that are numbered before it have been. What no longer applies is passed over and
 * becomes a card.
 *
 * Returns: %FALSE with %BENK_ERROR_CORRUPT (the row was changed, does not follow the one
 *   before it, or the number is another row's), %BENK_ERROR_NEWER or another error
 */
gboolean
benk_exchange_receive (BenkExchange *self,
                       gint64 number,
                       const BenkJournalRow *row,
                       GError **error)
{
  guint8 hash[BENK_HASH_LENGTH];
  gboolean known;

  benk_journal_hash_row (row, hash);
  if (number < 1 || memcmp (hash, row->hash, sizeof hash) != 0)
    return damaged (error, _ ("Change %d of the server was changed on the way."),
                    (int) number);
  if (!check_known (self, number, row, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  g_hash_table_insert (self->waiting, g_memdup2 (&number, sizeof number), copy_row (row));

  while (TRUE)
    {
      gint64 next = self->applied + 1;
      const BenkJournalRow *waiting = g_hash_table_lookup (self->waiting, &next);

      if (waiting == NULL)
        return TRUE;
      if (!apply (self, next, waiting, error))
        {
          g_hash_table_remove (self->waiting, &next);
          return FALSE;
        }
      g_hash_table_remove (self->waiting, &next);
    }
}

/**
 * benk_exchange_get_applied:
 * @self: an exchange
 *
 * Returns: the number up to which everything was applied
 */
gint64
benk_exchange_get_applied (BenkExchange *self)
{
  return self->applied;
}

/**
 * benk_exchange_get_cards:
 * @self: an exchange
 *
 * Returns: (transfer none) (element-type BenkCard): what was passed over so far, in the
 *   server's order
 */
GPtrArray *
benk_exchange_get_cards (BenkExchange *self)
{
  return self->cards;
}

/**
 * benk_exchange_list_own:
 * @db: a connection
 * @after: a row of this laptop's change log, or 0
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkJournalRow): the rows after it, to be
 *   sent to the server, or %NULL with @error set
 */
GPtrArray *
benk_exchange_list_own (BenkDb *db, gint64 after, GError **error)
{
  g_autoptr (GPtrArray) rows =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_journal_row_free);
  BenkJournalHead head;

  if (!benk_journal_get_head (db, &head, error))
    return NULL;
  for (gint64 seq = after + 1; seq <= head.seq; seq++)
    {
      BenkJournalRow *row = benk_journal_get_row (db, seq, error);

      if (row == NULL)
        return NULL;
      g_ptr_array_add (rows, row);
    }

  return g_steal_pointer (&rows);
}
