/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-player.h"

#include "benk-phd-data.h"

struct _Player
{
  const PlayerScript *script;
  GPtrArray *rows;
  BenkPipe *pipe;
  BenkApduStream *stream;
  guint n_reported;
  guint n_answered;
  gboolean asked;
};

static void
send_row (Player *self, guint index, const BenkApdu *request)
{
  const DataRow *row = g_ptr_array_index (self->rows, index);
  g_autoptr (BenkApdu) apdu = benk_apdu_parse (row->bytes, NULL);
  g_autoptr (GBytes) octets = NULL;

  g_assert_nonnull (apdu);
  if (request != NULL)
    apdu->invoke_id = request->invoke_id;
  octets = benk_apdu_compose (apdu);
  benk_pipe_send (self->pipe, octets);
}

static void
send_apdu (Player *self, BenkApdu *apdu)
{
  g_autoptr (BenkApdu) owned = apdu;
  g_autoptr (GBytes) octets = benk_apdu_compose (owned);

  benk_pipe_send (self->pipe, octets);
}

/* The next report; each waits for the answer to the one before. */
static void
report (Player *self)
{
  guint row = self->script->reports[self->n_reported];

  if (row == 0)
    return;
  self->n_reported++;
  send_row (self, row, NULL);
}

static void
answer (Player *self, const BenkApdu *apdu)
{
  const PlayerAnswer *a = self->script->answers;

  for (; a->choice != 0; a++)
    if (a->choice == apdu->choice && a->handle == apdu->handle && a->type == apdu->type)
      break;
  if (a->choice == 0)
    {
      send_apdu (self,
                 benk_apdu_new_roer (apdu->invoke_id, BENK_ROER_NO_SUCH_ACTION, NULL));
      return;
    }
  send_row (self, a->row, apdu);
  if (a->then != 0)
    send_row (self, a->then, NULL);
}

static void
take (Player *self, const BenkApdu *apdu)
{
  if (apdu->tag == BENK_APDU_AARE)
    send_row (self, self->script->config, NULL);
  else if (apdu->tag == BENK_APDU_RLRQ)
    send_apdu (self, benk_apdu_new_reason (BENK_APDU_RLRE, 0));
  else if (apdu->choice == BENK_CHOICE_EVENT_RESPONSE ||
           apdu->choice == BENK_CHOICE_ERROR)
    {
      self->n_answered++;
      if (self->n_answered > 1)
        report (self);
    }
  else if (apdu->tag == BENK_APDU_PRST)
    {
      answer (self, apdu);
      if (!self->asked)
        report (self);
      self->asked = TRUE;
    }
}

static void
on_received (BenkPipe *pipe, GBytes *octets, Player *self)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (octets, &length);
  g_autoptr (GError) error = NULL;
  GBytes *next;

  benk_apdu_stream_push (self->stream, data, length);
  while ((next = benk_apdu_stream_next (self->stream, &error)) != NULL)
    {
      g_autoptr (BenkApdu) apdu = benk_apdu_parse (next, &error);

      g_assert_no_error (error);
      take (self, apdu);
      g_bytes_unref (next);
    }
  g_assert_no_error (error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Connects, and asks for an association. */
Player *
player_new (const PlayerScript *script, guint16 port, BenkClock *clock)
{
  Player *self = g_new0 (Player, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_client_connect_to_host_async (client, "127.0.0.1", port, NULL, on_connected,
                                         &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  connection = g_socket_client_connect_to_host_finish (client, result, &error);
  g_assert_no_error (error);
  self->script = script;
  self->rows = data_read_sessions ("sessions.txt");
  self->stream = benk_apdu_stream_new ();
  self->pipe = benk_pipe_new (connection, clock);
  g_signal_connect (self->pipe, "received", G_CALLBACK (on_received), self);
  benk_pipe_start (self->pipe);
  send_row (self, script->aarq, NULL);

  return self;
}

void
player_free (Player *self)
{
  g_signal_handlers_disconnect_by_data (self->pipe, self);
  benk_pipe_close (self->pipe, NULL);
  g_object_unref (self->pipe);
  benk_apdu_stream_free (self->stream);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* How many of its reports were answered, the configuration among them. */
guint
player_get_n_answered (Player *self)
{
  return self->n_answered;
}
