/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-mds.h"

#include <string.h>

/* Spec-types of Production-Specification. */
#define SPEC_SERIAL 1
#define SPEC_HARDWARE 3
#define SPEC_SOFTWARE 4
#define SPEC_FIRMWARE 5

/* Base-offset time counts from 1900-01-01 in UTC, its offset in minutes. */
#define BO_EPOCH_S G_GINT64_CONSTANT (2208988800)

void
benk_mds_init (BenkMds *self)
{
  memset (self, 0, sizeof *self);
  self->battery = -1;
}

void
benk_mds_clear (BenkMds *self)
{
  g_clear_pointer (&self->maker, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_pointer (&self->serial, g_free);
  g_clear_pointer (&self->hardware, g_free);
  g_clear_pointer (&self->firmware, g_free);
  g_clear_pointer (&self->faults, g_free);
}

static void
take_text (char **member, char *text)
{
  g_free (*member);
  *member = text;
  if (*text == '\0')
    g_clear_pointer (member, g_free);
}

/* Some agents send the structure empty: two lengths of 0. */
static void
read_model (BenkMds *self, BenkMderReader *reader)
{
  take_text (&self->maker, benk_mder_read_string (reader));
  take_text (&self->model, benk_mder_read_string (reader));
}

static void
read_production (BenkMds *self, BenkMderReader *reader)
{
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, 6, &count);

  for (guint i = 0; i < count; i++)
    {
      guint16 type = benk_mder_read_u16 (&list);
      g_autofree char *text = NULL;

      benk_mder_read_u16 (&list);
      text = benk_mder_read_string (&list);
      if (type == SPEC_SERIAL)
        take_text (&self->serial, g_steal_pointer (&text));
      else if (type == SPEC_HARDWARE)
        take_text (&self->hardware, g_steal_pointer (&text));
      else if (type == SPEC_FIRMWARE || (type == SPEC_SOFTWARE && self->firmware == NULL))
        take_text (&self->firmware, g_steal_pointer (&text));
    }
  if (list.fault != NULL)
    benk_mder_reader_fail (reader, list.fault);
}

static void
read_specs (BenkMds *self, BenkMderReader *reader)
{
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, 4, &count);

  self->is_med_monitor = FALSE;
  for (guint i = 0; i < count; i++)
    {
      if (benk_mder_read_u16 (&list) == BENK_SPEC_MED_MONITOR)
        self->is_med_monitor = TRUE;
      benk_mder_read_u16 (&list);
    }
  self->has_type_specs = count > 0;
}

static void
read_system_id (BenkMds *self, BenkMderReader *reader)
{
  const guint8 *id;

  if (benk_mder_read_u16 (reader) != sizeof self->system_id)
    benk_mder_reader_fail (reader, "System-Id is not 8 octets");
  id = benk_mder_read_raw (reader, sizeof self->system_id);
  if (id == NULL)
    return;
  memcpy (self->system_id, id, sizeof self->system_id);
  self->has_system_id = TRUE;
}

static void
read_clock (BenkMds *self, BenkMderReader *reader)
{
  self->time = benk_mder_read_time (reader);
  self->has_time = reader->fault == NULL && benk_mder_time_is_valid (&self->time);
}

static gint64
read_bo_seconds (BenkMderReader *reader, gint16 *offset_min)
{
  gint64 seconds = benk_mder_read_u32 (reader);

  benk_mder_read_u16 (reader); /* 1/65536 s */
  *offset_min = (gint16) benk_mder_read_u16 (reader);
  return seconds - BO_EPOCH_S + *offset_min * 60;
}

static void
read_bo_clock (BenkMds *self, BenkMderReader *reader)
{
  gint16 offset_min;
  gint64 local_s = read_bo_seconds (reader, &offset_min);

  self->has_bo_time = reader->fault == NULL;
  self->has_time = self->has_bo_time && local_s >= 0;
  self->time = benk_mder_time_from_seconds (local_s);
}

static void
read_attr (BenkMds *self, guint16 id, BenkMderReader *reader)
{
  guint16 level;

  switch (id)
    {
    case BENK_ATTR_SYSTEM_MODEL:
      read_model (self, reader);
      break;
    case BENK_ATTR_PRODUCTION_SPEC:
      read_production (self, reader);
      break;
    case BENK_ATTR_SYSTEM_ID:
      read_system_id (self, reader);
      break;
    case BENK_ATTR_TYPE_SPECS:
      read_specs (self, reader);
      break;
    case BENK_ATTR_CONFIG_ID:
      self->config_id = benk_mder_read_u16 (reader);
      break;
    case BENK_ATTR_POWER_STATUS:
      self->power = benk_mder_read_u16 (reader);
      self->has_power = reader->fault == NULL;
      break;
    case BENK_ATTR_BATTERY_LEVEL:
      level = benk_mder_read_u16 (reader);
      self->battery = reader->fault == NULL && level <= 100 ? level : -1;
      break;
    case BENK_ATTR_TIME_INFO:
      self->time_state = benk_mder_read_u16 (reader);
      self->has_time_info = reader->fault == NULL;
      break;
    case BENK_ATTR_DATE_TIME:
      read_clock (self, reader);
      break;
    case BENK_ATTR_BO_TIME:
      read_bo_clock (self, reader);
      break;
    case BENK_ATTR_REG_CERT:
      self->has_reg_cert = benk_mder_read_u16 (reader) > 0;
      break;
    default:
      break;
    }
}

/**
 * benk_mds_update:
 * @attrs: (element-type BenkAttr): of a GET response for handle 0
 *
 * Takes over what is known of these attributes. One that cannot be understood is noted in
 * @faults and leaves the others as they are; unknown ones are passed over.
 */
void
benk_mds_update (BenkMds *self, GPtrArray *attrs)
{
  for (guint i = 0; attrs != NULL && i < attrs->len; i++)
    {
      const BenkAttr *attr = g_ptr_array_index (attrs, i);
      BenkMderReader reader;

      benk_mder_reader_init_bytes (&reader, attr->value);
      read_attr (self, attr->id, &reader);
      if (reader.fault != NULL)
        {
          g_autofree char *before = g_steal_pointer (&self->faults);

          self->faults =
            g_strdup_printf ("%s%sattribute 0x%04x: %s", before != NULL ? before : "",
                             before != NULL ? "; " : "", attr->id, reader.fault);
        }
    }
}

static void
append (GPtrArray *attrs, guint16 id, BenkMderWriter *writer)
{
  g_autoptr (GBytes) value = benk_mder_writer_end (writer);

  benk_attrs_add (attrs, id, value);
}

static void
append_production (const BenkMds *self, GPtrArray *attrs)
{
  const struct
  {
    guint16 type;
    const char *text;
  } specs[] = {
    { SPEC_SERIAL, self->serial },
    { SPEC_HARDWARE, self->hardware },
    { SPEC_FIRMWARE, self->firmware },
  };
  BenkMderWriter writer;
  guint count = 0;
  gsize mark;

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    count += specs[i].text != NULL;
  benk_mder_writer_init (&writer);
  mark = benk_mder_open_list (&writer, count);
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      if (specs[i].text == NULL)
        continue;
      benk_mder_write_u16 (&writer, specs[i].type);
      benk_mder_write_u16 (&writer, 0);
      benk_mder_write_string (&writer, specs[i].text);
    }
  benk_mder_close (&writer, mark);
  append (attrs, BENK_ATTR_PRODUCTION_SPEC, &writer);
}

static void
append_identity (const BenkMds *self, GPtrArray *attrs)
{
  BenkMderWriter writer;
  gsize mark;

  benk_mder_writer_init (&writer);
  mark = benk_mder_open_list (&writer, self->is_med_monitor ? 1 : 0);
  if (self->is_med_monitor)
    {
      benk_mder_write_u16 (&writer, BENK_SPEC_MED_MONITOR);
      benk_mder_write_u16 (&writer, 1);
    }
  benk_mder_close (&writer, mark);
  append (attrs, BENK_ATTR_TYPE_SPECS, &writer);

  benk_mder_writer_init (&writer);
  benk_mder_write_string (&writer, self->maker);
  benk_mder_write_string (&writer, self->model);
  append (attrs, BENK_ATTR_SYSTEM_MODEL, &writer);

  benk_mder_writer_init (&writer);
  benk_mder_write_octets (&writer, self->system_id, sizeof self->system_id);
  append (attrs, BENK_ATTR_SYSTEM_ID, &writer);

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, self->config_id);
  append (attrs, BENK_ATTR_CONFIG_ID, &writer);
}

static void
append_clock (const BenkMds *self, GPtrArray *attrs)
{
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, self->time_state);
  benk_mder_write_u16 (&writer, 0x1f00); /* no synchronisation protocol (7936) */
  benk_mder_write_u32 (&writer, 0xffffffffu);
  benk_mder_write_u16 (&writer, 100); /* resolution 1 s, in 1/100 s */
  benk_mder_write_u16 (&writer, 0);
  benk_mder_write_u32 (&writer, 0);
  append (attrs, BENK_ATTR_TIME_INFO, &writer);

  benk_mder_writer_init (&writer);
  benk_mder_write_time (&writer, &self->time);
  append (attrs, BENK_ATTR_DATE_TIME, &writer);
}

/**
 * benk_mds_append_attrs:
 * @attrs: (element-type BenkAttr): gets identity, clock, power and battery, in the order
 *   of the standard's example; an unknown battery is left out
 *
 * For the agent's side.
 */
void
benk_mds_append_attrs (const BenkMds *self, GPtrArray *attrs)
{
  BenkMderWriter writer;

  append_identity (self, attrs);
  append_production (self, attrs);
  append_clock (self, attrs);

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, self->power);
  append (attrs, BENK_ATTR_POWER_STATUS, &writer);
  if (self->battery < 0)
    return;
  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, (guint16) self->battery);
  append (attrs, BENK_ATTR_BATTERY_LEVEL, &writer);
}

/** benk_mds_dup_system_id: Returns: (transfer full): 16 hexadecimal digits, or empty */
char *
benk_mds_dup_system_id (const BenkMds *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; self->has_system_id && i < sizeof self->system_id; i++)
    g_string_append_printf (text, "%02x", self->system_id[i]);
  return g_string_free (text, FALSE);
}

/** benk_mds_is_simulated: Returns: %TRUE when the maker's name says so */
gboolean
benk_mds_is_simulated (const BenkMds *self)
{
  return g_strcmp0 (self->maker, BENK_SIMULATED_MAKER) == 0;
}

/**
 * benk_mds_may_be_written:
 * @floor: least charge in percent when not on mains
 *
 * Returns: %FALSE when the battery is known to be low and the device is not on mains
 */
gboolean
benk_mds_may_be_written (const BenkMds *self, int floor)
{
  if (self->has_power && (self->power & BENK_POWER_MAINS) != 0)
    return TRUE;
  return self->battery < 0 || self->battery >= floor;
}

/** benk_set_time_compose: Returns: (transfer full): info of action SET_TIME, accuracy 0
 */
GBytes *
benk_set_time_compose (const BenkMderTime *time)
{
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_time (&writer, time);
  benk_mder_write_u32 (&writer, 0);
  return benk_mder_writer_end (&writer);
}

/** benk_set_time_parse: Returns: %TRUE when @info is a SET_TIME with a time that exists
 */
gboolean
benk_set_time_parse (GBytes *info, BenkMderTime *time)
{
  BenkMderReader reader;

  benk_mder_reader_init_bytes (&reader, info);
  *time = benk_mder_read_time (&reader);
  benk_mder_read_u32 (&reader);
  return benk_mder_reader_finish (&reader, "SET_TIME", NULL) &&
         benk_mder_time_is_valid (time);
}

/**
 * benk_set_bo_time_compose:
 * @local_s: seconds since 1970-01-01 00:00 of the local clock
 * @offset_min: local clock minus UTC now, summer time included
 *
 * Returns: (transfer full): info of action SET_BO_TIME
 */
GBytes *
benk_set_bo_time_compose (gint64 local_s, gint16 offset_min)
{
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  benk_mder_write_u32 (&writer, (guint32) (local_s - offset_min * 60 + BO_EPOCH_S));
  benk_mder_write_u16 (&writer, 0);
  benk_mder_write_u16 (&writer, (guint16) offset_min);
  return benk_mder_writer_end (&writer);
}

/** benk_set_bo_time_parse: Returns: %TRUE when @info is a SET_BO_TIME of 1970 or later */
gboolean
benk_set_bo_time_parse (GBytes *info, gint64 *local_s, gint16 *offset_min)
{
  BenkMderReader reader;

  benk_mder_reader_init_bytes (&reader, info);
  *local_s = read_bo_seconds (&reader, offset_min);
  return benk_mder_reader_finish (&reader, "SET_BO_TIME", NULL) && *local_s >= 0;
}
