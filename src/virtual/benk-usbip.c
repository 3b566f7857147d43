/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-usbip.h"

#include "benk-error.h"
#include "benk-mder.h"

#include <glib/gi18n.h>
#include <string.h>

#define OP_REQUEST 0x8000
#define OP_IMPORT 0x0003
#define OP_LIST 0x0005
#define OP_HEADER 8

#define COMMAND_SUBMIT 1
#define COMMAND_UNLINK 2
#define RETURN_SUBMIT 3
#define RETURN_UNLINK 4

#define NOT_ISOCHRONOUS 0xffffffffu
#define PACKET_DESCRIPTOR 16
#define PATH 256
/* What of a description is told when a device is imported; the rest is its interfaces. */
#define DESCRIPTION 312
#define SPEED_FULL 2

struct _BenkUsbipReader
{
  GByteArray *pending;
  gboolean imported;
};

/**
 * benk_usbip_message_free:
 * @self: (transfer full): a message
 */
void
benk_usbip_message_free (BenkUsbipMessage *self)
{
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->packets, g_bytes_unref);
  g_free (self);
}

/**
 * benk_usbip_reader_new:
 *
 * Returns: (transfer full): a reader for a client that has no device yet
 */
BenkUsbipReader *
benk_usbip_reader_new (void)
{
  BenkUsbipReader *self = g_new0 (BenkUsbipReader, 1);

  self->pending = g_byte_array_new ();

  return self;
}

/**
 * benk_usbip_reader_free:
 * @self: (transfer full): a reader
 */
void
benk_usbip_reader_free (BenkUsbipReader *self)
{
  g_byte_array_unref (self->pending);
  g_free (self);
}

/**
 * benk_usbip_reader_set_imported:
 * @self: a reader
 *
 * The client has a device: what follows are transfers.
 */
void
benk_usbip_reader_set_imported (BenkUsbipReader *self)
{
  self->imported = TRUE;
}

/**
 * benk_usbip_reader_push:
 * @self: a reader
 * @data: (array length=length): what came
 * @length: octets, few enough to be taken apart at once
 */
void
benk_usbip_reader_push (BenkUsbipReader *self, const guint8 *data, gsize length)
{
  if (length > 0)
    g_byte_array_append (self->pending, data, (guint) length);
}

/**
 * benk_usbip_reader_get_pending:
 * @self: a reader
 *
 * Returns: octets of a message that has begun
 */
gsize
benk_usbip_reader_get_pending (const BenkUsbipReader *self)
{
  return self->pending->len;
}

/* The beginning of a request; FALSE with an error when it is none. */
static gboolean
parse_request (BenkMderReader *reader, BenkUsbipMessage *message, GError **error)
{
  guint16 version = benk_mder_read_u16 (reader);
  guint16 code = benk_mder_read_u16 (reader);

  benk_mder_read_u32 (reader);
  if (version != BENK_USBIP_VERSION)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client speaks USB/IP version 0x%04x; only 0x0111 is spoken "
                      "here"),
                   version);
      return FALSE;
    }
  if (code != (OP_REQUEST | OP_IMPORT) && code != (OP_REQUEST | OP_LIST))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client asks for 0x%04x, which USB/IP does not know"), code);
      return FALSE;
    }

  message->kind = code == (OP_REQUEST | OP_LIST) ? BENK_USBIP_LIST : BENK_USBIP_IMPORT;

  return TRUE;
}

/* How many octets the message has in all, once its header is known; 0 while it is not. */
static gboolean
read_request (BenkUsbipReader *self,
              BenkUsbipMessage *message,
              gsize *total,
              GError **error)
{
  BenkMderReader reader;
  const guint8 *busid;

  *total = 0;
  if (self->pending->len < OP_HEADER)
    return TRUE;

  benk_mder_reader_init (&reader, self->pending->data, self->pending->len);
  if (!parse_request (&reader, message, error))
    return FALSE;
  *total = OP_HEADER + (message->kind == BENK_USBIP_IMPORT ? BENK_USBIP_BUSID : 0);
  busid = *total <= self->pending->len && message->kind == BENK_USBIP_IMPORT
            ? benk_mder_read_raw (&reader, BENK_USBIP_BUSID)
            : NULL;
  if (busid != NULL)
    memcpy (message->busid, busid, BENK_USBIP_BUSID);

  return TRUE;
}

static gboolean
is_isochronous (const BenkUsbipMessage *message)
{
  return message->n_packets != 0 && message->n_packets != NOT_ISOCHRONOUS;
}

static void
parse_submit (BenkMderReader *reader, BenkUsbipMessage *message)
{
  const guint8 *setup;

  message->flags = benk_mder_read_u32 (reader);
  message->length = benk_mder_read_u32 (reader);
  message->start_frame = benk_mder_read_u32 (reader);
  message->n_packets = benk_mder_read_u32 (reader);
  benk_mder_read_u32 (reader); /* interval */
  setup = benk_mder_read_raw (reader, sizeof message->setup);
  if (setup != NULL)
    memcpy (message->setup, setup, sizeof message->setup);
}

static gboolean
check_submit (const BenkUsbipMessage *message, GError **error)
{
  if (message->length > BENK_USBIP_MAX_DATA)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client announces a transfer of %u octets"), message->length);
      return FALSE;
    }
  if (is_isochronous (message) && message->n_packets > BENK_USBIP_MAX_PACKETS)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client announces %u isochronous packets"), message->n_packets);
      return FALSE;
    }
  if (message->endpoint > 15)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client names endpoint %u; there are 16"), message->endpoint);
      return FALSE;
    }

  return TRUE;
}

static gboolean
parse_command (BenkMderReader *reader, BenkUsbipMessage *message, GError **error)
{
  guint32 command = benk_mder_read_u32 (reader);
  guint32 direction;

  message->seqnum = benk_mder_read_u32 (reader);
  message->devid = benk_mder_read_u32 (reader);
  direction = benk_mder_read_u32 (reader);
  message->endpoint = benk_mder_read_u32 (reader);
  message->in = direction == 1;
  if (command == COMMAND_UNLINK)
    {
      message->kind = BENK_USBIP_UNLINK;
      message->unlink = benk_mder_read_u32 (reader);
      return TRUE;
    }
  if (command != COMMAND_SUBMIT)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client sends command %u, which USB/IP does not know"),
                   command);
      return FALSE;
    }
  if (direction > 1)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   _ ("The client sends into direction %u; there are two"), direction);
      return FALSE;
    }

  message->kind = BENK_USBIP_SUBMIT;
  parse_submit (reader, message);

  return check_submit (message, error);
}

static gboolean
read_command (BenkUsbipReader *self,
              BenkUsbipMessage *message,
              gsize *total,
              GError **error)
{
  BenkMderReader reader;
  gsize n_data;
  gsize n_packets;

  *total = 0;
  if (self->pending->len < BENK_USBIP_HEADER)
    return TRUE;

  benk_mder_reader_init (&reader, self->pending->data, self->pending->len);
  if (!parse_command (&reader, message, error))
    return FALSE;
  n_data = message->kind == BENK_USBIP_SUBMIT && !message->in ? message->length : 0;
  n_packets = is_isochronous (message) ? message->n_packets * PACKET_DESCRIPTOR : 0;
  *total = BENK_USBIP_HEADER + n_data + n_packets;
  if (*total > self->pending->len)
    return TRUE;

  if (n_data > 0)
    message->data = g_bytes_new (self->pending->data + BENK_USBIP_HEADER, n_data);
  if (n_packets > 0)
    message->packets =
      g_bytes_new (self->pending->data + BENK_USBIP_HEADER + n_data, n_packets);

  return TRUE;
}

/**
 * benk_usbip_reader_next:
 * @self: a reader
 * @error: %BENK_ERROR_PROTOCOL: nothing that follows can be understood
 *
 * Cuts the next message off. A length is judged as soon as its header is there, so no
 * more than one message of the longest kind is ever kept.
 *
 * Returns: (transfer full) (nullable): a message; %NULL without @error while it is not
 *   whole
 */
BenkUsbipMessage *
benk_usbip_reader_next (BenkUsbipReader *self, GError **error)
{
  g_autoptr (BenkUsbipMessage) message = g_new0 (BenkUsbipMessage, 1);
  gsize total;
  gboolean good = self->imported ? read_command (self, message, &total, error)
                                 : read_request (self, message, &total, error);

  if (!good || total == 0 || total > self->pending->len)
    return NULL;

  g_byte_array_remove_range (self->pending, 0, (guint) total);

  return g_steal_pointer (&message);
}

static void
write_padded (BenkMderWriter *writer, const char *text, gsize length)
{
  g_autofree char *field = g_malloc0 (length);

  memcpy (field, text, MIN (strlen (text), length - 1));
  benk_mder_write_raw (writer, field, length);
}

static guint16
little (const guint8 *octets)
{
  return (guint16) (octets[0] | octets[1] << 8);
}

/**
 * benk_usbip_compose_description:
 * @path: words for the place of the device
 * @busid: its name on the bus
 * @devid: bus number and device number
 * @device: (array fixed-size=18): its device descriptor; it has one interface, a personal
 *   healthcare device
 *
 * Returns: (transfer full): 316 octets, as the list wants them
 */
GBytes *
benk_usbip_compose_description (const char *path,
                                const char *busid,
                                guint32 devid,
                                const guint8 device[18])
{
  g_auto (BenkMderWriter) writer;

  benk_mder_writer_init (&writer);
  write_padded (&writer, path, PATH);
  write_padded (&writer, busid, BENK_USBIP_BUSID);
  benk_mder_write_u32 (&writer, devid >> 16);
  benk_mder_write_u32 (&writer, devid & 0xffff);
  benk_mder_write_u32 (&writer, SPEED_FULL);
  benk_mder_write_u16 (&writer, little (device + 8));
  benk_mder_write_u16 (&writer, little (device + 10));
  benk_mder_write_u16 (&writer, little (device + 12));
  benk_mder_write_raw (&writer, device + 4, 3);
  benk_mder_write_u8 (&writer, 1); /* bConfigurationValue */
  benk_mder_write_u8 (&writer, device[17]);
  benk_mder_write_u8 (&writer, 1); /* interfaces */
  benk_mder_write_u32 (&writer, 0x0f000000);

  return benk_mder_writer_end (&writer);
}

static void
write_answer (BenkMderWriter *writer, guint16 code, BenkUsbipStatus status)
{
  benk_mder_writer_init (writer);
  benk_mder_write_u16 (writer, BENK_USBIP_VERSION);
  benk_mder_write_u16 (writer, code);
  benk_mder_write_u32 (writer, status);
}

/**
 * benk_usbip_compose_list:
 * @descriptions: (element-type GBytes): of the devices
 *
 * Returns: (transfer full): the answer to the question for them
 */
GBytes *
benk_usbip_compose_list (GPtrArray *descriptions)
{
  g_auto (BenkMderWriter) writer;

  write_answer (&writer, OP_LIST, BENK_USBIP_OK);
  benk_mder_write_u32 (&writer, descriptions->len);
  for (guint i = 0; i < descriptions->len; i++)
    benk_mder_write_bytes (&writer, g_ptr_array_index (descriptions, i));

  return benk_mder_writer_end (&writer);
}

/**
 * benk_usbip_compose_import:
 * @status: whether the client has the device now
 * @description: (nullable): of the device, with %BENK_USBIP_OK
 *
 * Returns: (transfer full): the answer
 */
GBytes *
benk_usbip_compose_import (BenkUsbipStatus status, GBytes *description)
{
  g_auto (BenkMderWriter) writer;

  write_answer (&writer, OP_IMPORT, status);
  if (status == BENK_USBIP_OK)
    benk_mder_write_raw (&writer, g_bytes_get_data (description, NULL), DESCRIPTION);

  return benk_mder_writer_end (&writer);
}

static void
write_return (BenkMderWriter *writer,
              guint32 command,
              guint32 seqnum,
              BenkUsbipResult result)
{
  benk_mder_writer_init (writer);
  benk_mder_write_u32 (writer, command);
  benk_mder_write_u32 (writer, seqnum);
  for (guint i = 0; i < 3; i++) /* device, direction and endpoint are not said again */
    benk_mder_write_u32 (writer, 0);
  benk_mder_write_u32 (writer, (guint32) result);
}

static void
write_zeros (BenkMderWriter *writer, gsize up_to)
{
  while (writer->array->len < up_to)
    benk_mder_write_u8 (writer, 0);
}

/* No packet of an isochronous transfer was carried. */
static void
write_packets (BenkMderWriter *writer, GBytes *packets, BenkUsbipResult result)
{
  BenkMderReader reader;

  benk_mder_reader_init_bytes (&reader, packets);
  while (benk_mder_reader_left (&reader) >= PACKET_DESCRIPTOR)
    {
      benk_mder_write_raw (writer, benk_mder_read_raw (&reader, 8), 8);
      benk_mder_write_u32 (writer, 0);
      benk_mder_write_u32 (writer, (guint32) result);
      benk_mder_read_raw (&reader, 8);
    }
}

/**
 * benk_usbip_compose_done:
 * @submit: a transfer
 * @result: how it ended
 * @data: (nullable) (array length=length): from the device
 * @length: octets carried, in either direction
 *
 * Returns: (transfer full): the answer to it
 */
GBytes *
benk_usbip_compose_done (const BenkUsbipMessage *submit,
                         BenkUsbipResult result,
                         const guint8 *data,
                         gsize length)
{
  g_auto (BenkMderWriter) writer;

  write_return (&writer, RETURN_SUBMIT, submit->seqnum, result);
  benk_mder_write_u32 (&writer, (guint32) length);
  benk_mder_write_u32 (&writer, submit->start_frame);
  benk_mder_write_u32 (&writer, submit->n_packets);
  benk_mder_write_u32 (&writer, is_isochronous (submit) ? submit->n_packets : 0);
  write_zeros (&writer, BENK_USBIP_HEADER);
  if (submit->in && length > 0)
    g_byte_array_append (writer.array, data, (guint) length);
  if (submit->packets != NULL)
    write_packets (&writer, submit->packets, result);

  return benk_mder_writer_end (&writer);
}

/**
 * benk_usbip_compose_unlinked:
 * @unlink: a request to take a transfer back
 * @result: %BENK_USBIP_UNLINKED when it was still waiting, %BENK_USBIP_DONE when it had
 *   been answered
 *
 * Returns: (transfer full): the answer to it
 */
GBytes *
benk_usbip_compose_unlinked (const BenkUsbipMessage *unlink, BenkUsbipResult result)
{
  g_auto (BenkMderWriter) writer;

  write_return (&writer, RETURN_UNLINK, unlink->seqnum, result);
  write_zeros (&writer, BENK_USBIP_HEADER);

  return benk_mder_writer_end (&writer);
}
