/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-apdu.h"

#include "benk-error.h"
#include "benk-mder.h"

#include <string.h>

static void
read_options (BenkMderReader *reader)
{
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, 4, &count);

  for (guint i = 0; i < count; i++)
    {
      benk_mder_read_u16 (&list);
      benk_mder_read_any (&list);
    }
  if (list.fault != NULL || benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "option list does not fit its length");
}

static void
read_assoc (BenkMderReader *reader, BenkAssocInfo *info)
{
  const guint8 *id;

  info->protocol_version = benk_mder_read_u32 (reader);
  info->encoding_rules = benk_mder_read_u16 (reader);
  info->nomenclature_version = benk_mder_read_u32 (reader);
  info->functional_units = benk_mder_read_u32 (reader);
  info->system_type = benk_mder_read_u32 (reader);
  if (benk_mder_read_u16 (reader) != sizeof info->system_id)
    benk_mder_reader_fail (reader, "System-Id is not 8 octets");
  id = benk_mder_read_raw (reader, sizeof info->system_id);
  if (id != NULL)
    memcpy (info->system_id, id, sizeof info->system_id);
  info->config_id = benk_mder_read_u16 (reader);
  info->data_req_flags = benk_mder_read_u16 (reader);
  info->init_agent_count = benk_mder_read_u8 (reader);
  info->init_manager_count = benk_mder_read_u8 (reader);
  read_options (reader);
}

/* A protocol other than 20601 is skipped by its length, its octets unseen. */
static void
read_protocol (BenkMderReader *reader, BenkApdu *apdu)
{
  guint16 protocol = benk_mder_read_u16 (reader);
  BenkMderReader info = benk_mder_read_any (reader);

  if (protocol != BENK_PROTO_20601 || info.length == 0 ||
      apdu->protocol == BENK_PROTO_20601)
    return;
  apdu->protocol = protocol;
  read_assoc (&info, &apdu->assoc);
  if (info.fault != NULL)
    benk_mder_reader_fail (reader, info.fault);
  else if (benk_mder_reader_left (&info) > 0)
    benk_mder_reader_fail (reader, "octets after the association information");
}

static void
read_aarq (BenkMderReader *reader, BenkApdu *apdu)
{
  guint count;
  BenkMderReader list;

  apdu->assoc_version = benk_mder_read_u32 (reader);
  list = benk_mder_read_list (reader, 4, &count);
  for (guint i = 0; i < count; i++)
    read_protocol (&list, apdu);
  if (list.fault != NULL)
    benk_mder_reader_fail (reader, list.fault);
  else if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "octets after the protocol list");
}

static GPtrArray *
read_attrs (BenkMderReader *reader, gboolean with_operator)
{
  g_autoptr (GPtrArray) attrs = benk_attrs_new ();
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, with_operator ? 6 : 4, &count);

  for (guint i = 0; i < count && list.fault == NULL; i++)
    {
      guint16 operation = with_operator ? benk_mder_read_u16 (&list) : 0;
      guint16 id = benk_mder_read_u16 (&list);
      g_autoptr (GBytes) value = benk_mder_read_octets (&list);
      BenkAttr *attr = benk_attr_new (id, value);

      attr->operation = operation;
      g_ptr_array_add (attrs, attr);
    }
  if (list.fault != NULL)
    benk_mder_reader_fail (reader, list.fault);
  else if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "octets after the attribute list");
  return g_steal_pointer (&attrs);
}

static GArray *
read_ids (BenkMderReader *reader)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint16));
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, 2, &count);

  for (guint i = 0; i < count; i++)
    {
      guint16 id = benk_mder_read_u16 (&list);

      g_array_append_val (ids, id);
    }
  if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "octets after the attribute ids");
  return ids;
}

static void
read_service (BenkMderReader *reader, BenkApdu *apdu)
{
  switch (apdu->choice)
    {
    case BENK_CHOICE_EVENT:
    case BENK_CHOICE_EVENT_CONFIRMED:
    case BENK_CHOICE_EVENT_RESPONSE:
      apdu->handle = benk_mder_read_u16 (reader);
      apdu->time = benk_mder_read_u32 (reader);
      apdu->type = benk_mder_read_u16 (reader);
      apdu->info = benk_mder_read_octets (reader);
      break;
    case BENK_CHOICE_GET:
      apdu->handle = benk_mder_read_u16 (reader);
      apdu->ids = read_ids (reader);
      break;
    case BENK_CHOICE_SET:
    case BENK_CHOICE_SET_CONFIRMED:
    case BENK_CHOICE_GET_RESPONSE:
    case BENK_CHOICE_SET_RESPONSE:
      apdu->handle = benk_mder_read_u16 (reader);
      apdu->attrs = read_attrs (reader, apdu->choice < BENK_CHOICE_EVENT_RESPONSE);
      break;
    case BENK_CHOICE_ACTION:
    case BENK_CHOICE_ACTION_CONFIRMED:
    case BENK_CHOICE_ACTION_RESPONSE:
      apdu->handle = benk_mder_read_u16 (reader);
      apdu->type = benk_mder_read_u16 (reader);
      apdu->info = benk_mder_read_octets (reader);
      break;
    case BENK_CHOICE_ERROR:
      apdu->type = benk_mder_read_u16 (reader);
      apdu->info = benk_mder_read_octets (reader);
      break;
    case BENK_CHOICE_REJECT:
      apdu->type = benk_mder_read_u16 (reader);
      break;
    default:
      apdu->info = benk_mder_read_bytes (reader, benk_mder_reader_left (reader));
      break;
    }
}

static void
read_data (BenkMderReader *reader, BenkApdu *apdu)
{
  BenkMderReader data = benk_mder_read_any (reader);
  BenkMderReader body;

  apdu->invoke_id = benk_mder_read_u16 (&data);
  apdu->choice = benk_mder_read_u16 (&data);
  body = benk_mder_read_any (&data);
  if (benk_mder_reader_left (&data) > 0)
    benk_mder_reader_fail (&data, "octets after the service");
  read_service (&body, apdu);
  if (benk_mder_reader_left (&body) > 0)
    benk_mder_reader_fail (&body, "octets after the service's body");
  if (data.fault != NULL)
    benk_mder_reader_fail (reader, data.fault);
  if (body.fault != NULL)
    benk_mder_reader_fail (reader, body.fault);
}

static void
read_body (BenkMderReader *reader, BenkApdu *apdu)
{
  switch (apdu->tag)
    {
    case BENK_APDU_AARQ:
      read_aarq (reader, apdu);
      break;
    case BENK_APDU_AARE:
      apdu->result = benk_mder_read_u16 (reader);
      read_protocol (reader, apdu);
      break;
    case BENK_APDU_RLRQ:
    case BENK_APDU_RLRE:
    case BENK_APDU_ABRT:
      apdu->reason = benk_mder_read_u16 (reader);
      break;
    case BENK_APDU_PRST:
      read_data (reader, apdu);
      break;
    default:
      benk_mder_reader_fail (reader, "no known kind of APDU");
      break;
    }
}

/**
 * benk_apdu_parse:
 * @bytes: one whole APDU
 *
 * Every count and length is checked against the octets that are there.
 *
 * Returns: (transfer full) (nullable): the APDU, or %NULL with %BENK_ERROR_PROTOCOL
 */
BenkApdu *
benk_apdu_parse (GBytes *bytes, GError **error)
{
  g_autoptr (BenkApdu) apdu = NULL;
  BenkMderReader reader;
  BenkMderReader body;

  benk_mder_reader_init_bytes (&reader, bytes);
  if (reader.length > BENK_APDU_MAX)
    benk_mder_reader_fail (&reader, "longer than an APDU may be");
  apdu = benk_apdu_new ((BenkApduTag) benk_mder_read_u16 (&reader));
  body = benk_mder_read_any (&reader);
  if (!benk_mder_reader_finish (&reader, "APDU", error))
    return NULL;
  read_body (&body, apdu);
  if (!benk_mder_reader_finish (&body, "APDU", error))
    return NULL;
  return g_steal_pointer (&apdu);
}

/**
 * benk_apdu_peek:
 * @tag: (out): kind
 * @invoke_id: (out): of a presentation APDU, else 0
 * @choice: (out): of a presentation APDU, else 0
 *
 * What can still be told of an APDU that does not parse.
 *
 * Returns: %TRUE when the envelope holds: kind, lengths, and for a presentation APDU its
 *   invoke-id and service
 */
gboolean
benk_apdu_peek (GBytes *bytes, guint16 *tag, guint16 *invoke_id, guint16 *choice)
{
  BenkMderReader reader;
  BenkMderReader body;
  BenkMderReader data;

  *invoke_id = 0;
  *choice = 0;
  benk_mder_reader_init_bytes (&reader, bytes);
  *tag = benk_mder_read_u16 (&reader);
  body = benk_mder_read_any (&reader);
  if (reader.fault != NULL || *tag < BENK_APDU_AARQ || *tag > BENK_APDU_PRST ||
      (*tag & 0xff) != 0)
    return FALSE;
  if (*tag != BENK_APDU_PRST)
    return TRUE;
  data = benk_mder_read_any (&body);
  *invoke_id = benk_mder_read_u16 (&data);
  *choice = benk_mder_read_u16 (&data);
  return body.fault == NULL && data.fault == NULL;
}

static void
write_protocol (BenkMderWriter *writer, const BenkApdu *apdu)
{
  const BenkAssocInfo *info = &apdu->assoc;
  gsize mark;

  benk_mder_write_u16 (writer, apdu->protocol);
  mark = benk_mder_open (writer);
  if (apdu->protocol == BENK_PROTO_20601)
    {
      benk_mder_write_u32 (writer, info->protocol_version);
      benk_mder_write_u16 (writer, info->encoding_rules);
      benk_mder_write_u32 (writer, info->nomenclature_version);
      benk_mder_write_u32 (writer, info->functional_units);
      benk_mder_write_u32 (writer, info->system_type);
      benk_mder_write_octets (writer, info->system_id, sizeof info->system_id);
      benk_mder_write_u16 (writer, info->config_id);
      benk_mder_write_u16 (writer, info->data_req_flags);
      benk_mder_write_u8 (writer, info->init_agent_count);
      benk_mder_write_u8 (writer, info->init_manager_count);
      benk_mder_write_u32 (writer, 0);
    }
  benk_mder_close (writer, mark);
}

static void
write_attrs (BenkMderWriter *writer, GPtrArray *attrs, gboolean with_operator)
{
  guint count = attrs != NULL ? attrs->len : 0;
  gsize mark = benk_mder_open_list (writer, count);

  for (guint i = 0; i < count; i++)
    {
      const BenkAttr *attr = g_ptr_array_index (attrs, i);
      gsize value;

      if (with_operator)
        benk_mder_write_u16 (writer, attr->operation);
      benk_mder_write_u16 (writer, attr->id);
      value = benk_mder_open (writer);
      benk_mder_write_bytes (writer, attr->value);
      benk_mder_close (writer, value);
    }
  benk_mder_close (writer, mark);
}

static void
write_ids (BenkMderWriter *writer, GArray *ids)
{
  guint count = ids != NULL ? ids->len : 0;
  gsize mark = benk_mder_open_list (writer, count);

  for (guint i = 0; i < count; i++)
    benk_mder_write_u16 (writer, g_array_index (ids, guint16, i));
  benk_mder_close (writer, mark);
}

static void
write_info (BenkMderWriter *writer, GBytes *info)
{
  gsize mark = benk_mder_open (writer);

  benk_mder_write_bytes (writer, info);
  benk_mder_close (writer, mark);
}

static void
write_service (BenkMderWriter *writer, const BenkApdu *apdu)
{
  switch (apdu->choice)
    {
    case BENK_CHOICE_EVENT:
    case BENK_CHOICE_EVENT_CONFIRMED:
    case BENK_CHOICE_EVENT_RESPONSE:
      benk_mder_write_u16 (writer, apdu->handle);
      benk_mder_write_u32 (writer, apdu->time);
      benk_mder_write_u16 (writer, apdu->type);
      write_info (writer, apdu->info);
      break;
    case BENK_CHOICE_GET:
      benk_mder_write_u16 (writer, apdu->handle);
      write_ids (writer, apdu->ids);
      break;
    case BENK_CHOICE_SET:
    case BENK_CHOICE_SET_CONFIRMED:
    case BENK_CHOICE_GET_RESPONSE:
    case BENK_CHOICE_SET_RESPONSE:
      benk_mder_write_u16 (writer, apdu->handle);
      write_attrs (writer, apdu->attrs, apdu->choice < BENK_CHOICE_EVENT_RESPONSE);
      break;
    case BENK_CHOICE_ACTION:
    case BENK_CHOICE_ACTION_CONFIRMED:
    case BENK_CHOICE_ACTION_RESPONSE:
      benk_mder_write_u16 (writer, apdu->handle);
      benk_mder_write_u16 (writer, apdu->type);
      write_info (writer, apdu->info);
      break;
    case BENK_CHOICE_ERROR:
      benk_mder_write_u16 (writer, apdu->type);
      write_info (writer, apdu->info);
      break;
    case BENK_CHOICE_REJECT:
      benk_mder_write_u16 (writer, apdu->type);
      break;
    default:
      benk_mder_write_bytes (writer, apdu->info);
      break;
    }
}

static void
write_data (BenkMderWriter *writer, const BenkApdu *apdu)
{
  gsize data = benk_mder_open (writer);
  gsize body;

  benk_mder_write_u16 (writer, apdu->invoke_id);
  benk_mder_write_u16 (writer, apdu->choice);
  body = benk_mder_open (writer);
  write_service (writer, apdu);
  benk_mder_close (writer, body);
  benk_mder_close (writer, data);
}

/**
 * benk_apdu_compose:
 *
 * Returns: (transfer full) (nullable): the octets to send, or %NULL when a part is too
 *   long for its length field or the whole exceeds %BENK_APDU_MAX
 */
GBytes *
benk_apdu_compose (const BenkApdu *self)
{
  g_auto (BenkMderWriter) writer;
  g_autoptr (GBytes) bytes = NULL;
  gsize mark;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, (guint16) self->tag);
  mark = benk_mder_open (&writer);
  if (self->tag == BENK_APDU_AARQ)
    {
      gsize list;

      benk_mder_write_u32 (&writer, self->assoc_version);
      list = benk_mder_open_list (&writer, 1);
      write_protocol (&writer, self);
      benk_mder_close (&writer, list);
    }
  else if (self->tag == BENK_APDU_AARE)
    {
      benk_mder_write_u16 (&writer, self->result);
      write_protocol (&writer, self);
    }
  else if (self->tag == BENK_APDU_PRST)
    write_data (&writer, self);
  else
    benk_mder_write_u16 (&writer, self->reason);
  benk_mder_close (&writer, mark);

  bytes = benk_mder_writer_end (&writer);
  if (bytes != NULL && g_bytes_get_size (bytes) > BENK_APDU_MAX)
    return NULL;
  return g_steal_pointer (&bytes);
}
