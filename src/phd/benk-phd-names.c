/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-phd-names.h"

#include "benk-mder.h"

#include <math.h>

/* How the value of an attribute is laid out; what is not listed stays octets. */
typedef enum
{
  FORM_OCTETS,
  FORM_U16,
  FORM_U32,
  FORM_BITS16,
  FORM_BITS32,
  FORM_SFLOAT,
  FORM_SFLOATS,
  FORM_FLOAT,
  FORM_OBSERVED,
  FORM_TIME,
  FORM_STRING,
  FORM_MODEL,
  FORM_TYPE,
} Form;

typedef struct
{
  guint16 code;
  const char *name;
  Form form;
} Row;

/* Attributes of 20601, by their reference names without MDC_ATTR_. */
static const Row attrs[] = {
  { 0x0914, "CONFIRM_TIMEOUT", FORM_U32 },
  { 0x0922, "ID_INSTNO", FORM_U16 },
  { 0x0927, "ID_LABEL_STRING", FORM_STRING },
  { 0x0928, "ID_MODEL", FORM_MODEL },
  { 0x092b, "ID_PHYSIO", FORM_U16 },
  { 0x092d, "ID_PROD_SPECN", FORM_OCTETS },
  { 0x092f, "ID_TYPE", FORM_TYPE },
  { 0x0943, "METRIC_STORE_SAMPLE_ALG", FORM_U16 },
  { 0x0944, "METRIC_STORE_USAGE_CNT", FORM_U32 },
  { 0x0947, "MSMT_STAT", FORM_BITS16 },
  { 0x094a, "NU_ACCUR_MSMT", FORM_FLOAT },
  { 0x0950, "NU_VAL_OBS", FORM_OBSERVED },
  { 0x0951, "NUM_SEG", FORM_U16 },
  { 0x0953, "OP_STAT", FORM_U16 },
  { 0x0955, "POWER_STAT", FORM_BITS16 },
  { 0x097b, "SEG_USAGE_CNT", FORM_U32 },
  { 0x0984, "SYS_ID", FORM_OCTETS },
  { 0x0986, "SYS_TYPE", FORM_TYPE },
  { 0x0987, "TIME_ABS", FORM_TIME },
  { 0x0988, "TIME_BATT_REMAIN", FORM_OCTETS },
  { 0x098f, "TIME_REL", FORM_U32 },
  { 0x0990, "TIME_STAMP_ABS", FORM_TIME },
  { 0x0991, "TIME_STAMP_REL", FORM_U32 },
  { 0x0996, "UNIT_CODE", FORM_U16 },
  { 0x0999, "UNIT_LABEL_STRING", FORM_STRING },
  { 0x099c, "VAL_BATT_CHARGE", FORM_U16 },
  { 0x09e8, "TIME_REL_HI_RES", FORM_OCTETS },
  { 0x09e9, "TIME_STAMP_REL_HI_RES", FORM_OCTETS },
  { 0x0a44, "DEV_CONFIG_ID", FORM_U16 },
  { 0x0a45, "MDS_TIME_INFO", FORM_OCTETS },
  { 0x0a46, "METRIC_SPEC_SMALL", FORM_BITS16 },
  { 0x0a49, "ENUM_OBS_VAL_SIMP_OID", FORM_U16 },
  { 0x0a4a, "ENUM_OBS_VAL_SIMP_STR", FORM_STRING },
  { 0x0a4b, "REG_CERT_DATA_LIST", FORM_OCTETS },
  { 0x0a4c, "NU_VAL_OBS_BASIC", FORM_SFLOAT },
  { 0x0a4d, "PM_STORE_CAPAB", FORM_BITS16 },
  { 0x0a4e, "PM_SEG_MAP", FORM_OCTETS },
  { 0x0a55, "ATTRIBUTE_VAL_MAP", FORM_OCTETS },
  { 0x0a56, "NU_VAL_OBS_SIMP", FORM_FLOAT },
  { 0x0a5a, "SYS_TYPE_SPEC_LIST", FORM_OCTETS },
  { 0x0a61, "SUPPLEMENTAL_TYPES", FORM_OCTETS },
  { 0x0a62, "TIME_ABS_ADJUST", FORM_OCTETS },
  { 0x0a63, "CLEAR_TIMEOUT", FORM_U32 },
  { 0x0a64, "TRANSFER_TIMEOUT", FORM_U32 },
  { 0x0a65, "ENUM_OBS_VAL_SIMP_BIT_STR", FORM_BITS32 },
  { 0x0a66, "ENUM_OBS_VAL_BASIC_BIT_STR", FORM_BITS16 },
  { 0x0a73, "METRIC_STRUCT_SMALL", FORM_OCTETS },
  { 0x0a74, "NU_CMPD_VAL_OBS_SIMP", FORM_OCTETS },
  { 0x0a75, "NU_CMPD_VAL_OBS_BASIC", FORM_SFLOATS },
  { 0x0a76, "ID_PHYSIO_LIST", FORM_OCTETS },
};

static const Row classes[] = {
  { 5, "enumeration", 0 },       { 6, "numeric", 0 },      { 9, "rt-sa", 0 },
  { 16, "scanner", 0 },          { 17, "cfg-scanner", 0 }, { 18, "epi-cfg-scanner", 0 },
  { 19, "peri-cfg-scanner", 0 }, { 37, "mds", 0 },         { 61, "pm-store", 0 },
  { 62, "pm-segment", 0 },
};

static const Row events[] = {
  { 0x0d1c, "config", 0 },
  { 0x0d1d, "scan-report-fixed", 0 },
  { 0x0d1e, "scan-report-var", 0 },
  { 0x0d1f, "scan-report-mp-fixed", 0 },
  { 0x0d20, "scan-report-mp-var", 0 },
  { 0x0d21, "segment-data", 0 },
};

/* Specialisations, partition 8. */
static const Row specs[] = {
  { 0x1004, "pulse-oximeter", 0 }, { 0x1006, "basic-ecg", 0 },
  { 0x1007, "blood-pressure", 0 }, { 0x1008, "thermometer", 0 },
  { 0x100f, "weighing-scale", 0 }, { 0x1011, "glucose-meter", 0 },
  { 0x1029, "cardio", 0 },         { 0x102a, "strength", 0 },
  { 0x1047, "activity-hub", 0 },   { 0x1048, "medication-monitor", 0 },
};

static const Row *
find_row (const Row *rows, guint n_rows, guint16 code)
{
  for (guint i = 0; i < n_rows; i++)
    if (rows[i].code == code)
      return &rows[i];

  return NULL;
}

#define FIND(table, code) find_row (table, G_N_ELEMENTS (table), code)

/** benk_phd_attr_get_name: Returns: (nullable): MDC_ATTR_… without its beginning */
const char *
benk_phd_attr_get_name (guint16 id)
{
  const Row *row = FIND (attrs, id);

  return row != NULL ? row->name : NULL;
}

/** benk_phd_class_get_name: Returns: (nullable): name of an object class */
const char *
benk_phd_class_get_name (guint16 id)
{
  const Row *row = FIND (classes, id);

  return row != NULL ? row->name : NULL;
}

/** benk_phd_event_get_name: Returns: (nullable): name of an event type */
const char *
benk_phd_event_get_name (guint16 type)
{
  const Row *row = FIND (events, type);

  return row != NULL ? row->name : NULL;
}

/** benk_phd_spec_get_name: Returns: (nullable): name of a specialisation */
const char *
benk_phd_spec_get_name (guint16 code)
{
  const Row *row = FIND (specs, code);

  return row != NULL ? row->name : NULL;
}

static char *
describe_time (BenkMderReader *reader)
{
  BenkMderTime time = benk_mder_read_time (reader);

  if (!benk_mder_time_is_valid (&time))
    return NULL;

  return g_strdup_printf ("%04u-%02u-%02uT%02u:%02u:%02u.%02u", time.year, time.month,
                          time.day, time.hour, time.minute, time.second, time.hundredth);
}

static char *
describe_model (BenkMderReader *reader)
{
  g_autofree char *maker = benk_mder_read_string (reader);
  g_autofree char *model = benk_mder_read_string (reader);

  return g_strdup_printf ("%s / %s", maker != NULL ? maker : "",
                          model != NULL ? model : "");
}

static char *
describe_type (BenkMderReader *reader)
{
  guint16 partition = benk_mder_read_u16 (reader);

  return g_strdup_printf ("%u:%u", partition, benk_mder_read_u16 (reader));
}

static char *
describe_sfloats (BenkMderReader *reader)
{
  GString *text = g_string_new (NULL);
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, 2, &count);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%g", i > 0 ? " " : "",
                            benk_mder_read_sfloat (&list));

  return g_string_free (text, FALSE);
}

static char *
read_text (BenkMderReader *reader, Form form)
{
  switch (form)
    {
    case FORM_BITS16:
      return g_strdup_printf ("%04x", benk_mder_read_u16 (reader));
    case FORM_BITS32:
      return g_strdup_printf ("%08x", benk_mder_read_u32 (reader));
    case FORM_SFLOATS:
      return describe_sfloats (reader);
    case FORM_TIME:
      return describe_time (reader);
    case FORM_STRING:
      return benk_mder_read_string (reader);
    case FORM_MODEL:
      return describe_model (reader);
    case FORM_TYPE:
      return describe_type (reader);
    default:
      return NULL;
    }
}

static double
read_number (BenkMderReader *reader, Form form)
{
  switch (form)
    {
    case FORM_U16:
      return benk_mder_read_u16 (reader);
    case FORM_U32:
      return benk_mder_read_u32 (reader);
    case FORM_SFLOAT:
      return benk_mder_read_sfloat (reader);
    case FORM_FLOAT:
      return benk_mder_read_float (reader);
    case FORM_OBSERVED:
      benk_mder_read_raw (reader, 6); /* metric, state, unit */
      return benk_mder_read_float (reader);
    default:
      return NAN;
    }
}

/**
 * benk_phd_value_describe:
 * @id: an attribute
 * @value: its octets
 * @number: (out): with %BENK_PHD_VALUE_NUMBER
 * @text: (out) (transfer full) (nullable): with %BENK_PHD_VALUE_TEXT
 *
 * Reads a value as 20601 lays it out. What does not fit its layout stays octets.
 *
 * Returns: what was understood
 */
BenkPhdValueKind
benk_phd_value_describe (guint16 id, GBytes *value, double *number, char **text)
{
  const Row *row = FIND (attrs, id);
  Form form = row != NULL ? row->form : FORM_OCTETS;
  BenkMderReader reader;
  BenkMderReader again;
  g_autofree char *read = NULL;

  *text = NULL;
  benk_mder_reader_init_bytes (&reader, value);
  again = reader;
  *number = read_number (&reader, form);
  if (benk_mder_reader_finish (&reader, "value", NULL) && isfinite (*number))
    return BENK_PHD_VALUE_NUMBER;
  read = read_text (&again, form);
  if (read == NULL || !benk_mder_reader_finish (&again, "value", NULL))
    return BENK_PHD_VALUE_OCTETS;

  *text = g_utf8_make_valid (read, -1);

  return BENK_PHD_VALUE_TEXT;
}

/**
 * benk_phd_octets_to_hex:
 * @octets: (nullable): octets
 *
 * Returns: (transfer full): two digits an octet
 */
char *
benk_phd_octets_to_hex (GBytes *octets)
{
  gsize length = 0;
  const guint8 *data = octets != NULL ? g_bytes_get_data (octets, &length) : NULL;
  GString *text = g_string_sized_new (2 * length);

  for (gsize i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", data[i]);

  return g_string_free (text, FALSE);
}
