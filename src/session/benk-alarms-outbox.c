/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-alarms-outbox.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-names.h"
#include "benk-outbox.h"
#include "benk-plan.h"
#include "benk-session-change.h"
#include "benk-table-feed.h"
#include "benk-table-outbox.h"
#include "benk-wording.h"

static const BenkName titles[] = {
  { BENK_OUTBOX_TAKE, N_ ("That it is taken") },
  { BENK_OUTBOX_CLOSE, N_ ("That it is closed") },
  { BENK_OUTBOX_REOPEN, N_ ("That it is open again") },
  { BENK_OUTBOX_FOLLOWUP, N_ ("Follow-up document") },
};

/** benk_outbox_item_free: @self: (nullable) (transfer full): an item */
void
benk_outbox_item_free (BenkOutboxItem *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->feed);
  g_free (self->location);
  g_free (self->words);
  g_free (self);
}

/**
 * benk_outbox_item_get_title:
 * @self: an item
 *
 * Returns: (transfer none): what is sent, translated
 */
const char *
benk_outbox_item_get_title (const BenkOutboxItem *self)
{
  guint at;

  return benk_names_find (titles, G_N_ELEMENTS (titles), self->kind, &at)
           ? benk_names_get_label (titles, G_N_ELEMENTS (titles), at)
           : self->kind;
}

/**
 * benk_outbox_item_describe:
 * @self: an item
 * @now_ms: UTC milliseconds
 *
 * Says no more than is known: "sent" only when the receiver has answered.
 *
 * Returns: (transfer full): what became of it, with where and when
 */
char *
benk_outbox_item_describe (const BenkOutboxItem *self, gint64 now_ms)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  const char *feed = self->feed ? self->feed : _ ("its source");
  g_autofree char *when =
    self->sent_ms > 0 ? benk_wording_instant (self->sent_ms, now_ms, zone) : NULL;
  g_autofree char *text = NULL;

  switch (self->state)
    {
    case BENK_FOLLOWUP_ACCEPTED:
      /* Translators: the name of a source, then a time. */
      text = g_strdup_printf (_ ("Accepted by %s, %s"), feed, when ? when : "–");
      break;
    case BENK_FOLLOWUP_REFUSED:
      text = g_strdup_printf (_ ("Refused, not with %s"), feed);
      break;
    case BENK_FOLLOWUP_SENT:
      text = g_strdup_printf (_ ("On its way to %s since %s, not answered yet"), feed,
                              when ? when : "–");
      break;
    case BENK_FOLLOWUP_QUEUED:
    case BENK_FOLLOWUP_NONE:
    default:
      text = g_strdup_printf (_ ("Waiting to be sent to %s"), feed);
    }
  if (self->words == NULL || self->state == BENK_FOLLOWUP_ACCEPTED)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s\n%s", text, self->words);
}

static BenkOutboxItem *
make_item (const BenkOutboxRow *row, const char *feed)
{
  BenkOutboxItem *item = g_new0 (BenkOutboxItem, 1);

  item->kind = g_strdup (row->kind);
  item->state = row->state;
  item->feed = g_strdup (feed);
  item->made_ms = row->made_ms;
  item->sent_ms = row->sent_ms;
  item->attempts = row->attempts;
  item->location = g_strdup (row->location);
  item->words = g_strdup (row->last_error);
  return item;
}

static gpointer
load (BenkDb *db, gpointer alarm, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) rows = benk_table_outbox_list_alarm (db, alarm, error);
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) benk_outbox_item_free);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const BenkOutboxRow *row = g_ptr_array_index (rows, i);
      g_autoptr (GError) local = NULL;
      g_autoptr (BenkFeedRow) feed = benk_table_feed_get (db, &row->feed, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
      g_ptr_array_add (items, make_item (row, feed ? feed->name : NULL));
    }
  return rows != NULL ? g_steal_pointer (&items) : NULL;
}

/**
 * benk_alarms_load_outbox_async:
 * @self: the alarms
 * @alarm: an alarm
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what was to be sent about an alarm, and what became of it.
 */
void
benk_alarms_load_outbox_async (BenkAlarms *self,
                               const BenkId *alarm,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (BenkSession) session = benk_alarms_dup_session (self);

  g_return_if_fail (session != NULL);
  benk_session_read_async (session, self, load, benk_id_copy (alarm),
                           (GDestroyNotify) benk_id_free,
                           (GDestroyNotify) g_ptr_array_unref, cancellable, callback,
                           user_data);
}

/**
 * benk_alarms_load_outbox_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why it could not be read
 *
 * Returns: (transfer container) (element-type BenkOutboxItem): oldest first, or %NULL
 */
GPtrArray *
benk_alarms_load_outbox_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (self, result, error);
}

/* The newest document, also after somebody else closed the alarm; what waits, at once. */
static gboolean
queue_again (BenkDb *db, GPtrArray *rows, gboolean *found, GError **error)
{
  gboolean newest = TRUE;

  for (guint i = rows->len; i > 0; i--)
    {
      BenkOutboxRow *row = g_ptr_array_index (rows, i - 1);
      gboolean document = g_strcmp0 (row->kind, BENK_OUTBOX_FOLLOWUP) == 0;
      gboolean again = row->state == BENK_FOLLOWUP_REFUSED && document && newest;

      newest = newest && !document;
      if (!again && row->state != BENK_FOLLOWUP_QUEUED)
        continue;
      *found = TRUE;
      /* It may have arrived all the same: then it is searched for first. */
      if (again)
        row->state = row->attempts > 0 ? BENK_FOLLOWUP_SENT : BENK_FOLLOWUP_QUEUED;
      row->next_ms = 0;
      if (!benk_table_outbox_update (db, row, error))
        return FALSE;
    }
  return TRUE;
}

static gpointer
retry (BenkDb *db, gpointer alarm, GCancellable *cancellable, GError **error)
{
  g_autoptr (BenkTx) tx = benk_tx_begin (db, error);
  g_autoptr (GPtrArray) rows =
    tx ? benk_table_outbox_list_alarm (db, alarm, error) : NULL;
  gboolean found = FALSE;

  if (rows == NULL || !queue_again (db, rows, &found, error))
    return NULL;
  if (!found)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_REFUSED,
                           _ ("There is nothing to send again."));
      return NULL;
    }
  return benk_tx_commit (tx, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (benk_outbox_flush_finish (result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

typedef struct
{
  BenkSession *session;
  BenkId alarm;
} Retry;

static void
retry_free (gpointer data)
{
  Retry *self = data;

  g_clear_object (&self->session);
  g_free (self);
}

static void
on_queued (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Retry *self = g_task_get_task_data (task);
  g_autoptr (GArray) alarms = g_array_new (FALSE, FALSE, sizeof (BenkId));
  GError *error = NULL;

  g_array_append_val (alarms, self->alarm);
  benk_store_write_finish (BENK_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    benk_outbox_flush_async (self->session, alarms, NULL, on_flushed,
                             g_steal_pointer (&task));
}

/**
 * benk_alarms_retry_async:
 * @self: the alarms
 * @alarm: an alarm
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Sends what waits about an alarm now, and its newest document again if that was refused.
 */
void
benk_alarms_retry_async (BenkAlarms *self,
                         const BenkId *alarm,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Retry *data = g_new0 (Retry, 1);

  data->session = benk_alarms_dup_session (self);
  data->alarm = *alarm;
  g_task_set_task_data (task, data, retry_free);
  g_return_if_fail (data->session != NULL);
  benk_store_write_async (benk_session_get_store (data->session), retry,
                          benk_id_copy (alarm), (GDestroyNotify) benk_id_free,
                          cancellable, on_queued, g_steal_pointer (&task));
}

/**
 * benk_alarms_retry_finish:
 * @self: the alarms
 * @result: what the callback was given
 * @error: why nothing was sent
 *
 * Returns: whether it was tried; the outbox tells what became of it. %FALSE with
 *   %BENK_ERROR_REFUSED where there was nothing to send
 */
gboolean
benk_alarms_retry_finish (BenkAlarms *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
