/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-agent-private.h"

#include "benk-mds.h"

/* Attributes of 20601 and 10472 that a dispenser has. */
#define ATTR_MODEL 0x0928
#define ATTR_PRODUCTION 0x092d
#define ATTR_TYPE 0x092f
#define ATTR_STORE_ALGORITHM 0x0943
#define ATTR_STORE_USAGE 0x0944
#define ATTR_SEGMENTS 0x0951
#define ATTR_OPERATIONAL 0x0953
#define ATTR_POWER 0x0955
#define ATTR_SYSTEM_ID 0x0984
#define ATTR_TIME 0x0987
#define ATTR_UNIT 0x0996
#define ATTR_BATTERY 0x099c
#define ATTR_CONFIG_ID 0x0a44
#define ATTR_TIME_INFO 0x0a45
#define ATTR_METRIC_SPEC 0x0a46
#define ATTR_REG_CERT 0x0a4b
#define ATTR_STORE_CAPAB 0x0a4d
#define ATTR_VALUE_MAP 0x0a55
#define ATTR_STORE_LABEL 0x0a57
#define ATTR_TYPE_SPECS 0x0a5a
#define ATTR_CLEAR_TIMEOUT 0x0a63
#define ATTR_BO_TIME 0x0a81

#define SPEC_MEDICATION 4168
#define SPEC_THERMOMETER 4104
#define CLASS_ENUMERATION 5
#define CLASS_NUMERIC 6
#define CLASS_PM_STORE 61

static const guint16 mds_ids[] = {
  ATTR_TYPE_SPECS, ATTR_MODEL,     ATTR_SYSTEM_ID, ATTR_CONFIG_ID,
  ATTR_PRODUCTION, ATTR_TIME_INFO, ATTR_TIME,      ATTR_POWER,
  ATTR_BATTERY,    ATTR_BO_TIME,   ATTR_REG_CERT,  BENK_EXT_ATTR_PROFILE
};

static const guint16 log_ids[] = { ATTR_STORE_CAPAB,     ATTR_OPERATIONAL,
                                   ATTR_SEGMENTS,        ATTR_CLEAR_TIMEOUT,
                                   ATTR_STORE_ALGORITHM, ATTR_STORE_USAGE };

/* An object of the configuration; values of attributes as on the wire. */
typedef struct
{
  guint16 class;
  guint16 handle;
  struct
  {
    guint16 id;
    guint16 length;
    const guint8 *value;
  } attrs[6];
} Object;

#define OCTETS(...)                                                                      \
  sizeof ((const guint8[]){ __VA_ARGS__ }), (const guint8[]) { __VA_ARGS__ }

/* "Dispensed, fixed dosage": a count with its time; the status bits with theirs. */
static const Object dose_object = {
  CLASS_NUMERIC,
  BENK_AGENT_HANDLE_DOSE,
  {
    { ATTR_TYPE, OCTETS (0x00, 0x82, 0x34, 0x00) },
    { ATTR_METRIC_SPEC, OCTETS (0xd0, 0x40) },
    { ATTR_UNIT, OCTETS (0x02, 0x00) },
    { ATTR_VALUE_MAP, OCTETS (0, 2, 0, 8, 0x0a, 0x4c, 0, 2, 0x09, 0x90, 0, 8) },
  },
};
static const Object status_object = {
  CLASS_ENUMERATION,
  BENK_AGENT_HANDLE_STATUS,
  {
    { ATTR_TYPE, OCTETS (0x00, 0x82, 0x34, 0x02) },
    { ATTR_METRIC_SPEC, OCTETS (0xd0, 0x40) },
    { ATTR_VALUE_MAP, OCTETS (0, 2, 0, 8, 0x0a, 0x66, 0, 2, 0x09, 0x90, 0, 8) },
  },
};
static const Object log_object = {
  CLASS_PM_STORE,
  BENK_AGENT_HANDLE_LOG,
  {
    { ATTR_STORE_CAPAB, OCTETS (0x8a, 0x40) },
    { ATTR_STORE_ALGORITHM, OCTETS (0, 0) },
    { ATTR_OPERATIONAL, OCTETS (0, 1) },
    { ATTR_STORE_LABEL, OCTETS (0, 8, 'd', 'o', 's', 'e', ' ', 'l', 'o', 'g') },
    { ATTR_SEGMENTS, OCTETS (0, 1) },
    { ATTR_CLEAR_TIMEOUT, OCTETS (0x00, 0x00, 0x5d, 0xc0) },
  },
};
/* Body temperature, in °C: what a thermometer offers. */
static const Object temperature_object = {
  CLASS_NUMERIC,
  BENK_AGENT_HANDLE_DOSE,
  {
    { ATTR_TYPE, OCTETS (0x00, 0x02, 0x4b, 0x5c) },
    { ATTR_METRIC_SPEC, OCTETS (0xc0, 0x40) },
    { ATTR_UNIT, OCTETS (0x17, 0xa0) },
    { ATTR_VALUE_MAP, OCTETS (0, 2, 0, 8, 0x0a, 0x56, 0, 4, 0x09, 0x90, 0, 8) },
  },
};

static void
write_object (BenkMderWriter *writer, const Object *object)
{
  guint count = 0;
  gsize mark;

  while (count < G_N_ELEMENTS (object->attrs) && object->attrs[count].id != 0)
    count++;
  benk_mder_write_u16 (writer, object->class);
  benk_mder_write_u16 (writer, object->handle);
  mark = benk_mder_open_list (writer, count);
  for (guint i = 0; i < count; i++)
    {
      gsize value = 0;

      benk_mder_write_u16 (writer, object->attrs[i].id);
      value = benk_mder_open (writer);
      benk_mder_write_raw (writer, object->attrs[i].value, object->attrs[i].length);
      benk_mder_close (writer, value);
    }
  benk_mder_close (writer, mark);
}

/* The configuration event's info: id and objects. */
GBytes *
benk_agent_config_report (const BenkAgent *self)
{
  gboolean wrong = (self->quirks & BENK_AGENT_QUIRK_WRONG_CONFIG) != 0;
  g_auto (BenkMderWriter) writer = { 0 };
  gsize mark;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, BENK_AGENT_CONFIG_ID);
  mark = benk_mder_open_list (&writer, wrong ? 1 : 3);
  if (wrong)
    {
      write_object (&writer, &temperature_object);
    }
  else
    {
      write_object (&writer, &dose_object);
      write_object (&writer, &status_object);
      write_object (&writer, &log_object);
    }
  benk_mder_close (&writer, mark);

  return benk_mder_writer_end (&writer);
}

static void
write_production (BenkMderWriter *writer, const BenkAgentMemory *memory)
{
  const struct
  {
    guint16 type;
    const char *text;
  } specs[] = { { 1, memory->serial }, { 3, memory->hardware }, { 5, memory->firmware } };
  gsize mark = benk_mder_open_list (writer, G_N_ELEMENTS (specs));

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    {
      benk_mder_write_u16 (writer, specs[i].type);
      benk_mder_write_u16 (writer, 0);
      benk_mder_write_string (writer, specs[i].text);
    }
  benk_mder_close (writer, mark);
}

/* A clock that runs and can be set; resolution 1 s; whether a manager must set it. */
static void
write_time_info (BenkMderWriter *writer, const BenkAgentMemory *memory)
{
  benk_mder_write_u16 (writer, memory->clock_set ? 0xc000 : 0xc010);
  benk_mder_write_u16 (writer, 7936);
  benk_mder_write_u32 (writer, 0xffffffffu);
  benk_mder_write_u16 (writer, 100);
  benk_mder_write_u16 (writer, 0);
  benk_mder_write_u32 (writer, 0);
}

static gboolean
has_bo_time (const BenkAgent *self)
{
  return (self->quirks & BENK_AGENT_QUIRK_BO_TIME) != 0;
}

/* The clock in one of the two forms; the octets of a SET_BO_TIME are those of the clock.
 */
static void
write_bo_time (BenkMderWriter *writer, const BenkAgent *self)
{
  BenkMderTime now = benk_agent_memory_get_time (self->memory, self->now_ms);
  g_autoptr (GBytes) octets = benk_set_bo_time_compose (benk_mder_time_to_seconds (&now),
                                                        self->memory->zone_offset);

  benk_mder_write_bytes (writer, octets);
}

static void
write_time (BenkMderWriter *writer, const BenkAgent *self)
{
  BenkMderTime now = benk_agent_memory_get_time (self->memory, self->now_ms);

  benk_mder_write_time (writer, &now);
}

static void
write_specs (BenkMderWriter *writer, const BenkAgent *self)
{
  gboolean wrong = (self->quirks & BENK_AGENT_QUIRK_WRONG_CONFIG) != 0;
  gsize mark = benk_mder_open_list (writer, 1);

  benk_mder_write_u16 (writer, wrong ? SPEC_THERMOMETER : SPEC_MEDICATION);
  benk_mder_write_u16 (writer, 1);
  benk_mder_close (writer, mark);
}

/* No certificate, and not regulated: a simulator has neither. */
static void
write_certificates (BenkMderWriter *writer)
{
  static const guint8 octets[] = { 0, 1, 0, 6, 2, 2, 0, 2, 0x80, 0 };

  benk_mder_write_raw (writer, octets, sizeof octets);
}

static gboolean
write_mds_value (BenkMderWriter *writer, const BenkAgent *self, guint16 id)
{
  const BenkAgentMemory *memory = self->memory;

  switch (id)
    {
    case ATTR_TYPE_SPECS:
      write_specs (writer, self);
      break;
    case ATTR_MODEL:
      benk_mder_write_string (writer, memory->manufacturer);
      benk_mder_write_string (writer, memory->model);
      break;
    case ATTR_SYSTEM_ID:
      benk_mder_write_octets (writer, memory->system_id, sizeof memory->system_id);
      break;
    case ATTR_CONFIG_ID:
      benk_mder_write_u16 (writer, BENK_AGENT_CONFIG_ID);
      break;
    case ATTR_PRODUCTION:
      write_production (writer, memory);
      break;
    case ATTR_TIME_INFO:
      write_time_info (writer, memory);
      break;
    case ATTR_TIME:
      if (has_bo_time (self))
        return FALSE;
      write_time (writer, self);
      break;
    case ATTR_BO_TIME:
      if (!has_bo_time (self))
        return FALSE;
      write_bo_time (writer, self);
      break;
    case ATTR_POWER:
      benk_mder_write_u16 (writer, memory->mains ? 0x8000 : 0x4000);
      break;
    case ATTR_BATTERY:
      benk_mder_write_u16 (writer, memory->battery);
      break;
    case ATTR_REG_CERT:
      write_certificates (writer);
      break;
    default:
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_log_value (BenkMderWriter *writer, const BenkAgent *self, guint16 id)
{
  switch (id)
    {
    case ATTR_STORE_CAPAB:
      benk_mder_write_u16 (writer, 0x8a40);
      break;
    case ATTR_OPERATIONAL:
    case ATTR_SEGMENTS:
      benk_mder_write_u16 (writer, 1);
      break;
    case ATTR_CLEAR_TIMEOUT:
      benk_mder_write_u32 (writer, 24000);
      break;
    case ATTR_STORE_ALGORITHM:
      benk_mder_write_u16 (writer, 0);
      break;
    case ATTR_STORE_USAGE:
      benk_mder_write_u32 (writer, self->memory->doses->len);
      break;
    default:
      return FALSE;
    }

  return TRUE;
}

/* The value of one attribute, or NULL when the object has none of that id. */
static GBytes *
get_value (const BenkAgent *self, guint16 handle, guint16 id)
{
  g_auto (BenkMderWriter) writer = { 0 };
  gboolean known;

  if (handle == BENK_HANDLE_MDS && id >= 0xf000)
    return benk_agent_ext_value (self, id);

  benk_mder_writer_init (&writer);
  known = handle == BENK_HANDLE_MDS ? write_mds_value (&writer, self, id)
                                    : write_log_value (&writer, self, id);

  return known ? benk_mder_writer_end (&writer) : NULL;
}

static void
add_value (const BenkAgent *self, GPtrArray *attrs, guint16 handle, guint16 id)
{
  g_autoptr (GBytes) value = get_value (self, handle, id);

  if (value != NULL)
    benk_attrs_add (attrs, id, value);
}

/* Answers a GET: all attributes of the object, or those asked for that it has. */
void
benk_agent_get (BenkAgent *self, const BenkApdu *request)
{
  gboolean mds = request->handle == BENK_HANDLE_MDS;
  g_autoptr (GPtrArray) attrs = benk_attrs_new ();
  BenkApdu *response;

  if (!mds && request->handle != BENK_AGENT_HANDLE_LOG)
    {
      benk_agent_refuse (self, request, BENK_ROER_NO_SUCH_OBJECT, 0);
      return;
    }
  if (request->ids != NULL && request->ids->len > 0)
    {
      for (guint i = 0; i < request->ids->len; i++)
        add_value (self, attrs, request->handle,
                   g_array_index (request->ids, guint16, i));
    }
  else
    {
      const guint16 *ids = mds ? mds_ids : log_ids;
      guint count = mds ? G_N_ELEMENTS (mds_ids) : G_N_ELEMENTS (log_ids);

      for (guint i = 0; i < count; i++)
        add_value (self, attrs, request->handle, ids[i]);
    }

  response = benk_apdu_new_get_response (request->invoke_id, request->handle, attrs);
  benk_agent_send (self, response);
}
