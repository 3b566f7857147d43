/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-history-item.h"

#include "benk-record.h"

struct _BenkHistoryItem
{
  GObject parent_instance;

  gint64 seq;
  gint64 at_ms;
  BenkVerb verb;
  char *who;
  char *reason;
  char **changes;
  gboolean undoable;
};

static const BenkField fields[] = {
  BENK_FIELD (INT64, BenkHistoryItem, seq),
  BENK_FIELD (INT64, BenkHistoryItem, at_ms),
  BENK_FIELD (INT, BenkHistoryItem, verb),
  BENK_FIELD (STRING, BenkHistoryItem, who),
  BENK_FIELD (STRING, BenkHistoryItem, reason),
  BENK_FIELD (STRV, BenkHistoryItem, changes),
  BENK_FIELD (BOOLEAN, BenkHistoryItem, undoable),
};

BENK_DEFINE_RECORD (BenkHistoryItem, benk_history_item)

BENK_RECORD_VALUE (BenkHistoryItem, benk_history_item, gint64, seq)
BENK_RECORD_VALUE (BenkHistoryItem, benk_history_item, gint64, at_ms)
BENK_RECORD_VALUE (BenkHistoryItem, benk_history_item, BenkVerb, verb)
BENK_RECORD_STRING (BenkHistoryItem, benk_history_item, who)
BENK_RECORD_STRING (BenkHistoryItem, benk_history_item, reason)
BENK_RECORD_STRV (BenkHistoryItem, benk_history_item, changes)
BENK_RECORD_VALUE (BenkHistoryItem, benk_history_item, gboolean, undoable)
