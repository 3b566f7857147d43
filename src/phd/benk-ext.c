/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ext.h"

#include "benk-error.h"

#include <glib/gi18n.h>
#include <string.h>

/* Which member a field of a message fills, and how it looks on the wire. */
typedef enum
{
  FIELD_U16,
  FIELD_U32,
  FIELD_RESERVED,
  FIELD_TIME,
  FIELD_UUID,
  FIELD_OCTETS,
  FIELD_ANY,
  FIELD_STATES,
  FIELD_CRCS,
  FIELD_TESTS,
} FieldType;

typedef struct
{
  FieldType type;
  gsize offset;
} Field;

typedef struct
{
  const char *name;
  Field fields[10];
  guint n_fields;
} Layout;

#define U16(member)                                                                      \
  {                                                                                      \
    FIELD_U16, G_STRUCT_OFFSET (BenkExtMessage, member)                                  \
  }
#define U32(member)                                                                      \
  {                                                                                      \
    FIELD_U32, G_STRUCT_OFFSET (BenkExtMessage, member)                                  \
  }
#define TIME                                                                             \
  {                                                                                      \
    FIELD_TIME, G_STRUCT_OFFSET (BenkExtMessage, time)                                   \
  }
#define RESERVED                                                                         \
  {                                                                                      \
    FIELD_RESERVED, 0                                                                    \
  }
#define UUID                                                                             \
  {                                                                                      \
    FIELD_UUID, 0                                                                        \
  }
#define OCTETS                                                                           \
  {                                                                                      \
    FIELD_OCTETS, 0                                                                      \
  }
#define ANY                                                                              \
  {                                                                                      \
    FIELD_ANY, 0                                                                         \
  }
#define STATES                                                                           \
  {                                                                                      \
    FIELD_STATES, 0                                                                      \
  }
#define CRCS                                                                             \
  {                                                                                      \
    FIELD_CRCS, 0                                                                        \
  }
#define TESTS                                                                            \
  {                                                                                      \
    FIELD_TESTS, 0                                                                       \
  }
#define LAYOUT(name, ...)                                                                \
  {                                                                                      \
    name, { __VA_ARGS__ }, sizeof ((const Field[]){ __VA_ARGS__ }) / sizeof (Field)      \
  }

/* The open specification of the service extension, message by message. */
static const Layout layouts[BENK_EXT_N_KINDS] = {
  [BENK_EXT_PROFILE] =
    LAYOUT ("Ext-Profile", UUID, U16 (version), U32 (caps), U16 (max_rx), U16 (max_tx)),
  [BENK_EXT_PROV_STATE] =
    LAYOUT ("Prov-State", U32 (set_id), STATES, U16 (status), RESERVED, TIME),
  [BENK_EXT_WIPE_STATE] = LAYOUT ("Wipe-State",
                                  U16 (state),
                                  U16 (regions),
                                  U16 (error),
                                  RESERVED,
                                  U32 (counter),
                                  U32 (nonce),
                                  TIME),
  [BENK_EXT_SELFTEST_RESULT] = LAYOUT (
    "Selftest-Result", U16 (run_id), U16 (state), U16 (tests), U16 (failed), TIME, TESTS),
  [BENK_EXT_NUMBER] = LAYOUT ("Number", U16 (number)),
  [BENK_EXT_ZONE] = LAYOUT ("Time-Zone", U16 (offset_min), U16 (number), OCTETS),
  [BENK_EXT_TEXT] = LAYOUT ("Text", OCTETS),
  [BENK_EXT_BEGIN_REQUEST] = LAYOUT (
    "Xfer-Begin", U16 (table_id), U16 (direction), U32 (total), U32 (crc), U32 (rev)),
  [BENK_EXT_BEGIN_RESPONSE] = LAYOUT ("Xfer-Begin response",
                                      U16 (result),
                                      U16 (xfer_id),
                                      U16 (chunk_max),
                                      RESERVED,
                                      U32 (total),
                                      U32 (rev)),
  [BENK_EXT_DATA_REQUEST] = LAYOUT ("Xfer-Data", U16 (xfer_id), U32 (offset), OCTETS),
  [BENK_EXT_DATA_RESPONSE] =
    LAYOUT ("Xfer-Data response", U16 (xfer_id), U16 (result), U32 (offset)),
  [BENK_EXT_READ_REQUEST] =
    LAYOUT ("Xfer-Read", U16 (xfer_id), U16 (chunk_max), U32 (offset)),
  [BENK_EXT_READ_RESPONSE] =
    LAYOUT ("Xfer-Read response", U16 (xfer_id), U16 (result), U32 (offset), OCTETS),
  [BENK_EXT_COMMIT_REQUEST] = LAYOUT ("Xfer-Commit", U16 (xfer_id), RESERVED, U32 (crc)),
  [BENK_EXT_COMMIT_RESPONSE] =
    LAYOUT ("Xfer-Commit response", U16 (xfer_id), U16 (result), U32 (rev), U32 (crc)),
  [BENK_EXT_ABORT] = LAYOUT ("Xfer-Abort", U16 (xfer_id), RESERVED),
  [BENK_EXT_ACTIVATE_REQUEST] = LAYOUT ("Activate", U32 (set_id), CRCS),
  [BENK_EXT_ACTIVATE_RESPONSE] =
    LAYOUT ("Activate response", U32 (set_id), U16 (result), RESERVED, TIME),
  [BENK_EXT_RESET_REQUEST] =
    LAYOUT ("Factory-Reset", U16 (op), U16 (scope), U32 (token), U32 (nonce)),
  [BENK_EXT_RESET_RESPONSE] = LAYOUT ("Factory-Reset response",
                                      U16 (op),
                                      U16 (result),
                                      U32 (token),
                                      U16 (armed_secs),
                                      U16 (eta_secs)),
  [BENK_EXT_VERIFY_REQUEST] =
    LAYOUT ("Wipe-Verify", U32 (challenge), U16 (regions), RESERVED),
  [BENK_EXT_VERIFY_RESPONSE] = LAYOUT (
    "Wipe-Verify response", U32 (challenge), U16 (regions), U16 (result), U32 (counter)),
  [BENK_EXT_SELFTEST_REQUEST] = LAYOUT ("Self-Test", U16 (tests), RESERVED),
  [BENK_EXT_SELFTEST_RESPONSE] =
    LAYOUT ("Self-Test response", U16 (result), U16 (eta_secs), U16 (run_id), RESERVED),
  [BENK_EXT_PARAM] = LAYOUT ("Param-Write", U16 (number), ANY),
};

static const guint8 uuid[16] = { 0x08, 0xf5, 0x3d, 0x76, 0x59, 0x26, 0x42, 0xf6,
                                 0x85, 0x48, 0x5f, 0x9a, 0x78, 0x42, 0x41, 0xfa };

static void
read_states (BenkMderReader *reader, BenkExtMessage *message, gboolean crcs_only)
{
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, crcs_only ? 8 : 14, &count);

  if (count > BENK_EXT_MAX_TABLES)
    benk_mder_reader_fail (reader, "more tables than the extension knows");
  for (guint i = 0; i < count && i < BENK_EXT_MAX_TABLES; i++)
    {
      BenkExtTableState *table = &message->tables[i];

      table->id = benk_mder_read_u16 (&list);
      if (crcs_only)
        benk_mder_read_u16 (&list);
      else
        {
          table->rev = benk_mder_read_u32 (&list);
          table->length = benk_mder_read_u32 (&list);
        }
      table->crc = benk_mder_read_u32 (&list);
    }
  message->n_tables = MIN (count, BENK_EXT_MAX_TABLES);
  if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "octets after the list of tables");
}

static void
read_tests (BenkMderReader *reader, BenkExtMessage *message)
{
  guint count;
  BenkMderReader list = benk_mder_read_list (reader, 8, &count);

  if (count > BENK_EXT_MAX_TESTS)
    benk_mder_reader_fail (reader, "more tests than the extension knows");
  for (guint i = 0; i < count && i < BENK_EXT_MAX_TESTS; i++)
    {
      message->rows[i].test = benk_mder_read_u16 (&list);
      message->rows[i].code = benk_mder_read_u16 (&list);
      message->rows[i].value = benk_mder_read_u32 (&list);
    }
  message->n_rows = MIN (count, BENK_EXT_MAX_TESTS);
  if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "octets after the list of tests");
}

static void
read_field (BenkMderReader *reader, const Field *field, BenkExtMessage *message)
{
  gpointer member = G_STRUCT_MEMBER_P (message, field->offset);
  const guint8 *raw;

  switch (field->type)
    {
    case FIELD_U16:
      *(guint16 *) member = benk_mder_read_u16 (reader);
      break;
    case FIELD_U32:
      *(guint32 *) member = benk_mder_read_u32 (reader);
      break;
    case FIELD_RESERVED:
      benk_mder_read_u16 (reader);
      break;
    case FIELD_TIME:
      message->time = benk_mder_read_time (reader);
      break;
    case FIELD_UUID:
      raw = benk_mder_read_raw (reader, sizeof message->uuid);
      if (raw != NULL)
        memcpy (message->uuid, raw, sizeof message->uuid);
      break;
    case FIELD_OCTETS:
      message->data = benk_mder_read_octets (reader);
      if (g_bytes_get_size (message->data) % 2 != 0)
        benk_mder_reader_fail (reader, "OCTET STRING of odd length");
      break;
    case FIELD_ANY:
      message->data = benk_mder_read_octets (reader);
      break;
    case FIELD_STATES:
    case FIELD_CRCS:
      read_states (reader, message, field->type == FIELD_CRCS);
      break;
    case FIELD_TESTS:
      read_tests (reader, message);
      break;
    default:
      break;
    }
}

static void
write_states (BenkMderWriter *writer, const BenkExtMessage *message, gboolean crcs_only)
{
  guint count = MIN (message->n_tables, BENK_EXT_MAX_TABLES);
  gsize mark = benk_mder_open_list (writer, count);

  for (guint i = 0; i < count; i++)
    {
      const BenkExtTableState *table = &message->tables[i];

      benk_mder_write_u16 (writer, table->id);
      if (crcs_only)
        benk_mder_write_u16 (writer, 0);
      else
        {
          benk_mder_write_u32 (writer, table->rev);
          benk_mder_write_u32 (writer, table->length);
        }
      benk_mder_write_u32 (writer, table->crc);
    }
  benk_mder_close (writer, mark);
}

static void
write_tests (BenkMderWriter *writer, const BenkExtMessage *message)
{
  guint count = MIN (message->n_rows, BENK_EXT_MAX_TESTS);
  gsize mark = benk_mder_open_list (writer, count);

  for (guint i = 0; i < count; i++)
    {
      benk_mder_write_u16 (writer, message->rows[i].test);
      benk_mder_write_u16 (writer, message->rows[i].code);
      benk_mder_write_u32 (writer, message->rows[i].value);
    }
  benk_mder_close (writer, mark);
}

static void
write_field (BenkMderWriter *writer, const Field *field, const BenkExtMessage *message)
{
  gconstpointer member = (const guint8 *) message + field->offset;
  gsize size = 0;
  gconstpointer data =
    message->data != NULL ? g_bytes_get_data (message->data, &size) : NULL;
  gsize mark;

  switch (field->type)
    {
    case FIELD_U16:
      benk_mder_write_u16 (writer, *(const guint16 *) member);
      break;
    case FIELD_U32:
      benk_mder_write_u32 (writer, *(const guint32 *) member);
      break;
    case FIELD_RESERVED:
      benk_mder_write_u16 (writer, 0);
      break;
    case FIELD_TIME:
      benk_mder_write_time (writer, &message->time);
      break;
    case FIELD_UUID:
      benk_mder_write_raw (writer, message->uuid, sizeof message->uuid);
      break;
    case FIELD_OCTETS:
      benk_mder_write_octets (writer, data, size);
      break;
    case FIELD_ANY:
      mark = benk_mder_open (writer);
      benk_mder_write_raw (writer, data, size);
      benk_mder_close (writer, mark);
      break;
    case FIELD_STATES:
    case FIELD_CRCS:
      write_states (writer, message, field->type == FIELD_CRCS);
      break;
    case FIELD_TESTS:
      write_tests (writer, message);
      break;
    default:
      break;
    }
}

/** benk_ext_message_init: an empty message of this kind, all members 0 */
void
benk_ext_message_init (BenkExtMessage *self, BenkExtKind kind)
{
  memset (self, 0, sizeof *self);
  self->kind = kind;
}

void
benk_ext_message_clear (BenkExtMessage *self)
{
  g_clear_pointer (&self->data, g_bytes_unref);
}

/**
 * benk_ext_message_compose:
 *
 * Returns: (transfer full): the octets of an attribute value, or of an action's info
 */
GBytes *
benk_ext_message_compose (const BenkExtMessage *self)
{
  const Layout *layout = &layouts[self->kind];
  BenkMderWriter writer;

  benk_mder_writer_init (&writer);
  for (guint i = 0; i < layout->n_fields; i++)
    write_field (&writer, &layout->fields[i], self);
  return benk_mder_writer_end (&writer);
}

/**
 * benk_ext_message_parse:
 * @self: (out): filled; to be cleared in any case
 * @bytes: (nullable): %NULL reads as empty
 *
 * Returns: %TRUE when the octets are exactly such a message, else %BENK_ERROR_PROTOCOL
 */
gboolean
benk_ext_message_parse (BenkExtMessage *self,
                        BenkExtKind kind,
                        GBytes *bytes,
                        GError **error)
{
  const Layout *layout = &layouts[kind];
  BenkMderReader reader;

  benk_ext_message_init (self, kind);
  benk_mder_reader_init_bytes (&reader, bytes);
  for (guint i = 0; i < layout->n_fields; i++)
    read_field (&reader, &layout->fields[i], self);
  return benk_mder_reader_finish (&reader, layout->name, error);
}

/**
 * benk_ext_message_dup_text:
 *
 * Returns: (transfer full): @data as UTF-8 up to its padding
 */
char *
benk_ext_message_dup_text (const BenkExtMessage *self)
{
  gsize size = 0;
  const char *text = self->data != NULL ? g_bytes_get_data (self->data, &size) : NULL;

  if (text == NULL)
    return g_strdup ("");
  return g_utf8_make_valid (text, (gssize) strnlen (text, size));
}

void
benk_ext_message_set_text (BenkExtMessage *self, const char *text)
{
  g_clear_pointer (&self->data, g_bytes_unref);
  self->data = g_bytes_new (text, strlen (text));
}

/** benk_ext_kind_get_name: Returns: the name in the specification */
const char *
benk_ext_kind_get_name (BenkExtKind kind)
{
  return kind < BENK_EXT_N_KINDS ? layouts[kind].name : NULL;
}

/** benk_ext_result_get_text: Returns: the result code in words */
const char *
benk_ext_result_get_text (guint16 result)
{
  static const char *const texts[] = {
    N_ ("ok"),
    N_ ("wrong offset"),
    N_ ("checksum differs"),
    N_ ("revision differs"),
    N_ ("busy"),
    N_ ("no space"),
    N_ ("not in this mode"),
    N_ ("table not supported"),
    N_ ("value refused"),
    N_ ("lid open or locked"),
  };

  return result < G_N_ELEMENTS (texts) ? _ (texts[result]) : _ ("unknown result");
}

/**
 * benk_ext_get_uuid:
 *
 * Returns: (array fixed-size=16): what a device that follows Dosebenk's open service
 *   extension gives in F100
 */
const guint8 *
benk_ext_get_uuid (void)
{
  return uuid;
}

/**
 * benk_ext_profile_is_known:
 *
 * Returns: %TRUE for this project's extension with one activation (major version 2)
 */
gboolean
benk_ext_profile_is_known (const BenkExtMessage *profile)
{
  return profile->kind == BENK_EXT_PROFILE &&
         memcmp (profile->uuid, uuid, sizeof uuid) == 0 &&
         profile->version >> 8 == BENK_EXT_VERSION >> 8;
}

/**
 * benk_ext_find_table:
 * @state: a Prov-State
 *
 * Returns: (nullable): the row of this table
 */
const BenkExtTableState *
benk_ext_find_table (const BenkExtMessage *state, guint16 id)
{
  for (guint i = 0; i < state->n_tables; i++)
    if (state->tables[i].id == id)
      return &state->tables[i];
  return NULL;
}
