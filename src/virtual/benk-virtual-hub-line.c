/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub-private.h"

/* A line that was taken out of the server's hands. */
typedef struct
{
  BenkVirtualHub *hub;
  GIOStream *stream;
  char *octets; /* what is still to be said, slowly */
  gsize at;
  gint64 pace_ms;
  GSource *timer;
} HubHeld;

static void
hub_held_free (HubHeld *held)
{
  if (held->timer)
    g_source_destroy (held->timer);
  g_clear_pointer (&held->timer, g_source_unref);
  g_io_stream_close (held->stream, NULL, NULL);
  g_object_unref (held->stream);
  g_free (held->octets);
  g_free (held);
}

GPtrArray *
benk_hub_line_new_held (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) hub_held_free);
}

static char *
compose_head (gsize length)
{
  return g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          length);
}

static void
say (GIOStream *stream, const char *text, gsize length)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, length, NULL,
                             NULL, NULL);
}

static gboolean on_pace (gpointer data);

static void
wait_for_pace (HubHeld *held)
{
  held->timer = benk_clock_create_timer (held->hub->clock, held->pace_ms);
  g_source_set_callback (held->timer, on_pace, held, NULL);
  g_source_attach (held->timer, held->hub->context);
}

static gboolean
on_pace (gpointer data)
{
  HubHeld *held = data;

  g_clear_pointer (&held->timer, g_source_unref);
  say (held->stream, held->octets + held->at, 1);
  held->at++;
  if (held->octets[held->at] != '\0')
    wait_for_pace (held);
  else
    g_ptr_array_remove (held->hub->held, held);
  return G_SOURCE_REMOVE;
}

static HubHeld *
hold (BenkVirtualHub *self, GIOStream *stream)
{
  HubHeld *held = g_new0 (HubHeld, 1);

  held->hub = self;
  held->stream = g_object_ref (stream);
  g_ptr_array_add (self->held, held);
  return held;
}

static void
drip (BenkVirtualHub *self, GIOStream *stream, gint64 pace_ms, const char *body)
{
  g_autofree char *head = compose_head (strlen (body));
  HubHeld *held = hold (self, stream);

  held->octets = g_strconcat (head, body, NULL);
  held->pace_ms = pace_ms;
  wait_for_pace (held);
}

/* As much as half of what was promised, or twice as much. */
static void
misreport (GIOStream *stream, const char *body, BenkHubFault fault)
{
  gsize length = strlen (body);
  gboolean lie = fault == BENK_HUB_FAULT_LIE;
  g_autofree char *head = compose_head (lie ? length / 2 : length);

  say (stream, head, strlen (head));
  say (stream, body, lie ? length : length / 2);
  g_io_stream_close (stream, NULL, NULL);
}

gboolean
benk_hub_line_spoil (BenkVirtualHub *self,
                     SoupServerMessage *message,
                     const BenkHubFaultRow *row,
                     const char *body)
{
  static const BenkHubFault kinds[] = {
    BENK_HUB_FAULT_DROP,      BENK_HUB_FAULT_LOST, BENK_HUB_FAULT_HALF_OPEN,
    BENK_HUB_FAULT_HALF_HEAD, BENK_HUB_FAULT_DRIP, BENK_HUB_FAULT_LIE,
    BENK_HUB_FAULT_TRUNCATED
  };
  g_autoptr (GIOStream) stream = NULL;
  gboolean spoils = FALSE;

  for (gsize i = 0; row && i < G_N_ELEMENTS (kinds); i++)
    spoils = spoils || row->fault == kinds[i];
  if (!spoils)
    return FALSE;
  stream = soup_server_message_steal_connection (message);
  if (row->fault == BENK_HUB_FAULT_HALF_HEAD)
    say (stream, "HTTP/1.1 200 OK\r\nContent-Ty", 27);
  if (row->fault == BENK_HUB_FAULT_HALF_OPEN || row->fault == BENK_HUB_FAULT_HALF_HEAD)
    hold (self, stream);
  else if (row->fault == BENK_HUB_FAULT_DRIP)
    drip (self, stream, row->argument, body ? body : "");
  else if (row->fault == BENK_HUB_FAULT_LIE || row->fault == BENK_HUB_FAULT_TRUNCATED)
    misreport (stream, body ? body : "", row->fault);
  else
    g_io_stream_close (stream, NULL, NULL);
  return TRUE;
}
