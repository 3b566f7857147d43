/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-config.h"

#include "benk-error.h"
#include "benk-mder.h"

#define ATTR_VALUE_MAP 0x0a55
/* Two octets after a report are seen in the field and do no harm. */
#define SPARE_OCTETS 2

static void
object_free (gpointer data)
{
  BenkConfigObject *object = data;

  g_ptr_array_unref (object->attrs);
  g_free (object);
}

static void
observation_free (gpointer data)
{
  BenkObservation *observation = data;

  g_clear_pointer (&observation->octets, g_bytes_unref);
  g_clear_pointer (&observation->attrs, g_ptr_array_unref);
  g_free (observation);
}

BenkConfig *
benk_config_new (guint16 id)
{
  BenkConfig *self = g_new0 (BenkConfig, 1);

  self->id = id;
  self->objects = g_ptr_array_new_with_free_func (object_free);
  return self;
}

void
benk_config_free (BenkConfig *self)
{
  g_ptr_array_unref (self->objects);
  g_free (self);
}

/** benk_config_add: Returns: (transfer none): the new object, without attributes */
BenkConfigObject *
benk_config_add (BenkConfig *self, guint16 class_id, guint16 handle)
{
  BenkConfigObject *object = g_new0 (BenkConfigObject, 1);

  object->class_id = class_id;
  object->handle = handle;
  object->attrs = benk_attrs_new ();
  g_ptr_array_add (self->objects, object);
  return object;
}

static void
read_attrs (BenkMderReader *reader, GPtrArray *attrs)
{
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, 4, &count);

  for (guint i = 0; i < count && list.fault == NULL; i++)
    {
      guint16 id = benk_mder_read_u16 (&list);
      g_autoptr (GBytes) value = benk_mder_read_octets (&list);

      benk_attrs_add (attrs, id, value);
    }
  if (list.fault != NULL)
    benk_mder_reader_fail (reader, list.fault);
  else if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "octets after the attributes");
}

/**
 * benk_config_parse:
 * @info: of a configuration event
 *
 * Unknown classes and attributes are kept: any extended configuration whose lengths agree
 * is usable.
 *
 * Returns: (transfer full) (nullable): the configuration, or %BENK_ERROR_PROTOCOL
 */
BenkConfig *
benk_config_parse (GBytes *info, GError **error)
{
  g_autoptr (BenkConfig) self = benk_config_new (0);
  BenkMderReader reader;
  BenkMderReader list;
  guint count;

  benk_mder_reader_init_bytes (&reader, info);
  self->id = benk_mder_read_u16 (&reader);
  list = benk_mder_read_list (&reader, 8, &count);
  for (guint i = 0; i < count && list.fault == NULL; i++)
    {
      guint16 class_id = benk_mder_read_u16 (&list);
      guint16 handle = benk_mder_read_u16 (&list);
      BenkConfigObject *object = benk_config_add (self, class_id, handle);

      read_attrs (&list, object->attrs);
    }
  if (list.fault != NULL)
    benk_mder_reader_fail (&reader, list.fault);
  else if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (&reader, "octets after the objects");
  if (!benk_mder_reader_finish (&reader, "configuration", error))
    return NULL;
  return g_steal_pointer (&self);
}

/** benk_config_compose: Returns: (transfer full): info of a configuration event */
GBytes *
benk_config_compose (const BenkConfig *self)
{
  BenkMderWriter writer;
  gsize mark;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, self->id);
  mark = benk_mder_open_list (&writer, self->objects->len);
  for (guint i = 0; i < self->objects->len; i++)
    {
      const BenkConfigObject *object = g_ptr_array_index (self->objects, i);
      gsize attrs;

      benk_mder_write_u16 (&writer, object->class_id);
      benk_mder_write_u16 (&writer, object->handle);
      attrs = benk_mder_open_list (&writer, object->attrs->len);
      for (guint j = 0; j < object->attrs->len; j++)
        {
          const BenkAttr *attr = g_ptr_array_index (object->attrs, j);
          gsize value;

          benk_mder_write_u16 (&writer, attr->id);
          value = benk_mder_open (&writer);
          benk_mder_write_bytes (&writer, attr->value);
          benk_mder_close (&writer, value);
        }
      benk_mder_close (&writer, attrs);
    }
  benk_mder_close (&writer, mark);
  return benk_mder_writer_end (&writer);
}

/** benk_config_find_class: Returns: handle of the first object of a class, 0 for none */
guint16
benk_config_find_class (const BenkConfig *self, guint16 class_id)
{
  for (guint i = 0; i < self->objects->len; i++)
    {
      const BenkConfigObject *object = g_ptr_array_index (self->objects, i);

      if (object->class_id == class_id)
        return object->handle;
    }
  return 0;
}

/**
 * benk_config_get_fixed_size:
 *
 * Returns: octets a fixed report carries for this object: the sum of its value map's
 *   lengths; 0 when there is none
 */
guint
benk_config_get_fixed_size (const BenkConfig *self, guint16 handle)
{
  for (guint i = 0; i < self->objects->len; i++)
    {
      const BenkConfigObject *object = g_ptr_array_index (self->objects, i);
      BenkMderReader reader;
      BenkMderReader list;
      guint count;
      guint size = 0;

      if (object->handle != handle)
        continue;
      benk_mder_reader_init_bytes (&reader,
                                   benk_attrs_find (object->attrs, ATTR_VALUE_MAP));
      list = benk_mder_read_list (&reader, 4, &count);
      for (guint j = 0; j < count; j++)
        {
          benk_mder_read_u16 (&list);
          size += benk_mder_read_u16 (&list);
        }
      return size;
    }
  return 0;
}

/** benk_config_reply: Returns: (transfer full): event-reply-info of a configuration */
GBytes *
benk_config_reply (guint16 id, BenkConfigResult result)
{
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, id);
  benk_mder_write_u16 (&writer, (guint16) result);
  return benk_mder_writer_end (&writer);
}

static void
read_observations (BenkMderReader *reader, gboolean fixed, GPtrArray *observations)
{
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, fixed ? 4 : 6, &count);

  for (guint i = 0; i < count && list.fault == NULL; i++)
    {
      BenkObservation *observation = g_new0 (BenkObservation, 1);

      observation->handle = benk_mder_read_u16 (&list);
      if (fixed)
        observation->octets = benk_mder_read_octets (&list);
      else
        {
          observation->attrs = benk_attrs_new ();
          read_attrs (&list, observation->attrs);
        }
      g_ptr_array_add (observations, observation);
    }
  if (list.fault != NULL)
    benk_mder_reader_fail (reader, list.fault);
}

/**
 * benk_scan_parse:
 * @event_type: one of the four scan reports
 *
 * Returns: (transfer full) (nullable) (element-type BenkObservation): what was observed
 */
GPtrArray *
benk_scan_parse (guint16 event_type, GBytes *info, GError **error)
{
  g_autoptr (GPtrArray) observations = g_ptr_array_new_with_free_func (observation_free);
  gboolean fixed =
    event_type == BENK_EVT_SCAN_FIXED || event_type == BENK_EVT_SCAN_MP_FIXED;
  gboolean persons =
    event_type == BENK_EVT_SCAN_MP_FIXED || event_type == BENK_EVT_SCAN_MP_VAR;
  BenkMderReader reader;
  BenkMderReader list;
  guint count = 1;

  benk_mder_reader_init_bytes (&reader, info);
  benk_mder_read_u32 (&reader); /* data-req-id, scan-report-no */
  if (persons)
    {
      list = benk_mder_read_list (&reader, 6, &count);
      for (guint i = 0; i < count && list.fault == NULL; i++)
        {
          benk_mder_read_u16 (&list); /* person-id */
          read_observations (&list, fixed, observations);
        }
      if (list.fault != NULL)
        benk_mder_reader_fail (&reader, list.fault);
    }
  else
    read_observations (&reader, fixed, observations);
  if (!benk_mder_reader_check (&reader, "scan report", error))
    return NULL;
  if (benk_mder_reader_left (&reader) > SPARE_OCTETS)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_PROTOCOL,
                   "scan report: octets after the observations");
      return NULL;
    }
  return g_steal_pointer (&observations);
}
