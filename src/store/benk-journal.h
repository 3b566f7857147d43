/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-db.h"

G_BEGIN_DECLS

#define BENK_HASH_LENGTH 32

/**
 * BenkJournalRow:
 * @site: whose chain
 * @seq: counted from 1 without gaps
 * @prev: hash of the row before; of the first row, the hash of site and demo flag
 * @wall_ms: UTC milliseconds
 * @staff: who, or nil
 * @account: the system account, or ""
 * @verb: stable name of the verb
 * @subject: the row it was done to, or nil
 * @reason: the note that holds the reason, or nil
 * @undoes: the row this one takes back, or 0
 * @schema: schema version of @changeset
 * @changeset: SQLite changeset; may be empty
 * @hash: SHA-256, see [func@benk_journal_hash_row]
 *
 * One row of the chain.
 */
typedef struct
{
  BenkId site;
  gint64 seq;
  guint8 prev[BENK_HASH_LENGTH];
  gint64 wall_ms;
  BenkId staff;
  char *account;
  char *verb;
  BenkId subject;
  BenkId reason;
  gint64 undoes;
  gint64 schema;
  GBytes *changeset;
  guint8 hash[BENK_HASH_LENGTH];
} BenkJournalRow;

/**
 * BenkJournalHead:
 * @site: this laptop's chain
 * @demo: whether the store is a demo store
 * @seq: the newest row; 0 when there is none
 * @hash: its hash; of an empty chain, the hash its first row will point at
 *
 * The end of the chain.
 */
typedef struct
{
  BenkId site;
  gboolean demo;
  gint64 seq;
  guint8 hash[BENK_HASH_LENGTH];
} BenkJournalHead;

void benk_journal_row_free (BenkJournalRow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkJournalRow, benk_journal_row_free)

gboolean benk_journal_get_newest (BenkDb *db, BenkJournalHead *head, GError **error);
gboolean benk_journal_get_head (BenkDb *db, BenkJournalHead *head, GError **error);
gboolean
benk_journal_check_demo (BenkDb *db, const BenkJournalHead *head, GError **error);
BenkJournalRow *benk_journal_get_row (BenkDb *db, gint64 seq, GError **error);
char *benk_journal_hash_to_string (const guint8 *hash);
void benk_journal_hash_row (const BenkJournalRow *row, guint8 *hash);
void benk_journal_hash_genesis (const BenkId *site, gboolean demo, guint8 *hash);

gboolean benk_journal_append (BenkDb *db, BenkJournalRow *row, GError **error);
const char *benk_journal_columns (void);
BenkJournalRow *benk_journal_row_from_stmt (BenkStmt *stmt, GError **error);

G_END_DECLS
