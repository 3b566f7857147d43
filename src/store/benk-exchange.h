/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-journal.h"

G_BEGIN_DECLS

/**
 * BenkCardReason:
 * @BENK_CARD_THERE: somebody else had made the row before
 * @BENK_CARD_CHANGED: somebody else had changed the row before
 * @BENK_CARD_GONE: somebody else had taken away what it is about
 * @BENK_CARD_IN_USE: others' work hangs on the row that would go
 *
 * Why a part of a change no longer applies.
 */
typedef enum
{
  BENK_CARD_THERE,
  BENK_CARD_CHANGED,
  BENK_CARD_GONE,
  BENK_CARD_IN_USE,
} BenkCardReason;

/**
 * BenkCard:
 * @number: the server's number of the change
 * @site: whose change
 * @seq: its row there
 * @table: a table
 * @row: a row of it that is not as the change expects it
 * @reason: what came before
 *
 * A part of a change that was passed over, for a person to look at.
 */
typedef struct
{
  gint64 number;
  BenkId site;
  gint64 seq;
  char *table;
  BenkId row;
  BenkCardReason reason;
} BenkCard;

/**
 * BenkExchange:
 *
 * The change logs of several laptops, put together in the order that a server numbered
 * their rows in. Everybody who has the same rows has the same tables.
 */
typedef struct _BenkExchange BenkExchange;

BenkExchange *benk_exchange_new (BenkDb *into, gboolean demo);
void benk_exchange_free (BenkExchange *self);
gboolean benk_exchange_receive (BenkExchange *self,
                                gint64 number,
                                const BenkJournalRow *row,
                                GError **error);
gint64 benk_exchange_get_applied (BenkExchange *self);
GPtrArray *benk_exchange_get_cards (BenkExchange *self);

GPtrArray *benk_exchange_list_own (BenkDb *db, gint64 after, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BenkExchange, benk_exchange_free)

G_END_DECLS
