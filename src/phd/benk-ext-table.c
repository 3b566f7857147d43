/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-ext-table.h"

#include "benk-error.h"

#include <glib/gi18n.h>

typedef struct
{
  gsize size;
  gsize min_octets;
  void (*clear) (gpointer row);
  void (*read) (BenkMderReader *reader, gpointer row);
  void (*write) (BenkMderWriter *writer, gconstpointer row);
} RowType;

/* Strings in tables must be even, so that no chunk ever carries a pad octet of its own.
 */
static char *
read_text (BenkMderReader *reader)
{
  gsize before = reader->position;
  char *text = benk_mder_read_string (reader);

  if ((reader->position - before) % 2 != 0)
    benk_mder_reader_fail (reader, "OCTET STRING of odd length");
  return text;
}

static void
dose_clear (gpointer data)
{
  BenkDoseEntry *row = data;

  g_clear_pointer (&row->code, g_free);
  g_clear_pointer (&row->label, g_free);
}

static void
dose_read (BenkMderReader *reader, gpointer data)
{
  BenkDoseEntry *row = data;

  row->entry_id = benk_mder_read_u16 (reader);
  row->compartment = benk_mder_read_u16 (reader);
  row->amount = benk_mder_read_u16 (reader);
  row->unit = benk_mder_read_u16 (reader);
  row->minute = benk_mder_read_u16 (reader);
  row->before_min = benk_mder_read_u16 (reader);
  row->after_min = benk_mder_read_u16 (reader);
  row->recurrence = benk_mder_read_u16 (reader);
  row->recurrence_arg = benk_mder_read_u32 (reader);
  row->anchor = benk_mder_read_u32 (reader);
  row->flags = benk_mder_read_u16 (reader);
  row->code_scheme = benk_mder_read_u16 (reader);
  row->code = read_text (reader);
  row->label = read_text (reader);
}

static void
dose_write (BenkMderWriter *writer, gconstpointer data)
{
  const BenkDoseEntry *row = data;

  benk_mder_write_u16 (writer, row->entry_id);
  benk_mder_write_u16 (writer, row->compartment);
  benk_mder_write_u16 (writer, row->amount);
  benk_mder_write_u16 (writer, row->unit);
  benk_mder_write_u16 (writer, row->minute);
  benk_mder_write_u16 (writer, row->before_min);
  benk_mder_write_u16 (writer, row->after_min);
  benk_mder_write_u16 (writer, row->recurrence);
  benk_mder_write_u32 (writer, row->recurrence_arg);
  benk_mder_write_u32 (writer, row->anchor);
  benk_mder_write_u16 (writer, row->flags);
  benk_mder_write_u16 (writer, row->code_scheme);
  benk_mder_write_string (writer, row->code);
  benk_mder_write_string (writer, row->label);
}

static void
rule_read (BenkMderReader *reader, gpointer data)
{
  BenkRuleEntry *row = data;
  BenkMderReader list;
  guint count;

  row->rule_id = benk_mder_read_u16 (reader);
  row->condition = benk_mder_read_u16 (reader);
  row->threshold = benk_mder_read_u32 (reader);
  row->delay_min = benk_mder_read_u16 (reader);
  row->repeat_min = benk_mder_read_u16 (reader);
  row->repeat_count = benk_mder_read_u16 (reader);
  row->action = benk_mder_read_u16 (reader);
  row->volume = benk_mder_read_u16 (reader);
  list = benk_mder_read_list (reader, 2, &count);
  if (count > BENK_TABLE_MAX_RECIPIENTS)
    benk_mder_reader_fail (reader, "more recipients than a rule may have");
  for (guint i = 0; i < count && i < BENK_TABLE_MAX_RECIPIENTS; i++)
    row->recipients[row->n_recipients++] = benk_mder_read_u16 (&list);
  if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (reader, "octets after the recipients");
}

static void
rule_write (BenkMderWriter *writer, gconstpointer data)
{
  const BenkRuleEntry *row = data;
  guint count = MIN (row->n_recipients, BENK_TABLE_MAX_RECIPIENTS);
  gsize mark;

  benk_mder_write_u16 (writer, row->rule_id);
  benk_mder_write_u16 (writer, row->condition);
  benk_mder_write_u32 (writer, row->threshold);
  benk_mder_write_u16 (writer, row->delay_min);
  benk_mder_write_u16 (writer, row->repeat_min);
  benk_mder_write_u16 (writer, row->repeat_count);
  benk_mder_write_u16 (writer, row->action);
  benk_mder_write_u16 (writer, row->volume);
  mark = benk_mder_open_list (writer, count);
  for (guint i = 0; i < count; i++)
    benk_mder_write_u16 (writer, row->recipients[i]);
  benk_mder_close (writer, mark);
}

static void
recipient_clear (gpointer data)
{
  BenkRecipientEntry *row = data;

  g_clear_pointer (&row->address, g_free);
  g_clear_pointer (&row->name, g_free);
}

static void
recipient_read (BenkMderReader *reader, gpointer data)
{
  BenkRecipientEntry *row = data;

  row->recipient_id = benk_mder_read_u16 (reader);
  row->channel = benk_mder_read_u16 (reader);
  row->priority = benk_mder_read_u16 (reader);
  row->address = read_text (reader);
  row->name = read_text (reader);
}

static void
recipient_write (BenkMderWriter *writer, gconstpointer data)
{
  const BenkRecipientEntry *row = data;

  benk_mder_write_u16 (writer, row->recipient_id);
  benk_mder_write_u16 (writer, row->channel);
  benk_mder_write_u16 (writer, row->priority);
  benk_mder_write_string (writer, row->address);
  benk_mder_write_string (writer, row->name);
}

static void
label_clear (gpointer data)
{
  BenkLabel *row = data;

  g_clear_pointer (&row->label, g_free);
}

static void
label_read (BenkMderReader *reader, gpointer data)
{
  BenkLabel *row = data;

  row->compartment = benk_mder_read_u16 (reader);
  row->label = read_text (reader);
}

static void
label_write (BenkMderWriter *writer, gconstpointer data)
{
  const BenkLabel *row = data;

  benk_mder_write_u16 (writer, row->compartment);
  benk_mder_write_string (writer, row->label);
}

static void
audit_read (BenkMderReader *reader, gpointer data)
{
  BenkAuditRow *row = data;

  row->seq = benk_mder_read_u32 (reader);
  row->when = benk_mder_read_time (reader);
  row->event = benk_mder_read_u16 (reader);
  row->arg = benk_mder_read_u32 (reader);
}

static void
audit_write (BenkMderWriter *writer, gconstpointer data)
{
  const BenkAuditRow *row = data;

  benk_mder_write_u32 (writer, row->seq);
  benk_mder_write_time (writer, &row->when);
  benk_mder_write_u16 (writer, row->event);
  benk_mder_write_u32 (writer, row->arg);
}

static const RowType *
get_row_type (guint16 id)
{
  static const RowType types[] = {
    [BENK_TABLE_SCHEDULE] = { sizeof (BenkDoseEntry), 32, dose_clear, dose_read,
                              dose_write },
    [BENK_TABLE_ALARM_RULES] = { sizeof (BenkRuleEntry), 22, NULL, rule_read,
                                 rule_write },
    [BENK_TABLE_RECIPIENTS] = { sizeof (BenkRecipientEntry), 10, recipient_clear,
                                recipient_read, recipient_write },
    [BENK_TABLE_LABELS] = { sizeof (BenkLabel), 4, label_clear, label_read, label_write },
    [BENK_TABLE_AUDIT] = { sizeof (BenkAuditRow), 18, NULL, audit_read, audit_write },
  };

  return id >= BENK_TABLE_SCHEDULE && id < G_N_ELEMENTS (types) ? &types[id] : NULL;
}

/**
 * benk_ext_table_new:
 * @id: a #BenkTableId
 *
 * Returns: (transfer full) (nullable): an empty table; %NULL for an id that is not known
 */
BenkExtTable *
benk_ext_table_new (guint16 id)
{
  const RowType *type = get_row_type (id);
  BenkExtTable *self;

  if (type == NULL)
    return NULL;
  self = g_new0 (BenkExtTable, 1);
  self->id = id;
  self->rows = g_array_new (FALSE, TRUE, (guint) type->size);
  if (type->clear != NULL)
    g_array_set_clear_func (self->rows, type->clear);
  return self;
}

void
benk_ext_table_free (BenkExtTable *self)
{
  g_free (self->order_ref);
  g_array_unref (self->rows);
  g_free (self);
}

/**
 * benk_ext_table_parse:
 *
 * Returns: (transfer full) (nullable): the table; %NULL with %BENK_ERROR_PROTOCOL when
 * the octets are no such table, %BENK_ERROR_UNSUPPORTED for an unknown id or format
 */
BenkExtTable *
benk_ext_table_parse (guint16 id, GBytes *bytes, GError **error)
{
  g_autoptr (BenkExtTable) self = benk_ext_table_new (id);
  const RowType *type = get_row_type (id);
  BenkMderReader reader;
  BenkMderReader list;
  guint count;

  benk_mder_reader_init_bytes (&reader, bytes);
  if (self == NULL ||
      (benk_mder_read_u16 (&reader) != BENK_TABLE_FORMAT && reader.fault == NULL))
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_UNSUPPORTED,
                   "Table %u has a kind or format that is not known", id);
      return NULL;
    }
  if (id == BENK_TABLE_SCHEDULE)
    {
      self->valid_from = benk_mder_read_time (&reader);
      self->valid_to = benk_mder_read_time (&reader);
      self->order_ref = read_text (&reader);
    }
  list = benk_mder_read_list (&reader, type->min_octets, &count);
  g_array_set_size (self->rows, count);
  for (guint i = 0; i < count; i++)
    type->read (&list, self->rows->data + i * type->size);
  if (list.fault != NULL)
    benk_mder_reader_fail (&reader, list.fault);
  else if (benk_mder_reader_left (&list) > 0)
    benk_mder_reader_fail (&reader, "octets after the list");
  if (!benk_mder_reader_finish (&reader, benk_ext_table_get_label (id), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * benk_ext_table_compose:
 *
 * Returns: (transfer full) (nullable): the octets; %NULL when a part is too long
 */
GBytes *
benk_ext_table_compose (const BenkExtTable *self)
{
  const RowType *type = get_row_type (self->id);
  BenkMderWriter writer;
  gsize mark;

  benk_mder_writer_init (&writer);
  benk_mder_write_u16 (&writer, BENK_TABLE_FORMAT);
  if (self->id == BENK_TABLE_SCHEDULE)
    {
      benk_mder_write_time (&writer, &self->valid_from);
      benk_mder_write_time (&writer, &self->valid_to);
      benk_mder_write_string (&writer, self->order_ref);
    }
  mark = benk_mder_open_list (&writer, self->rows->len);
  for (guint i = 0; i < self->rows->len; i++)
    type->write (&writer, self->rows->data + i * type->size);
  benk_mder_close (&writer, mark);
  return benk_mder_writer_end (&writer);
}

/** benk_ext_table_get_label: Returns: what the table is called on the screen */
const char *
benk_ext_table_get_label (guint16 id)
{
  switch (id)
    {
    case BENK_TABLE_SCHEDULE:
      return _ ("Dose times");
    case BENK_TABLE_ALARM_RULES:
      return _ ("Alarm rules");
    case BENK_TABLE_RECIPIENTS:
      return _ ("Alarm recipients");
    case BENK_TABLE_LABELS:
      return _ ("Labels");
    case BENK_TABLE_AUDIT:
      return _ ("Log");
    default:
      return _ ("Unknown table");
    }
}
