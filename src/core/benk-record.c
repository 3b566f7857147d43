/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-record.h"

static GParamSpec *
make_pspec (const BenkField *field)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY;
  const char *name = field->name;

  switch (field->kind)
    {
    case BENK_FIELD_STRING:
      return g_param_spec_string (name, NULL, NULL, NULL, flags);
    case BENK_FIELD_STRV:
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);
    case BENK_FIELD_INT:
      return g_param_spec_int (name, NULL, NULL, G_MININT, G_MAXINT, (int) field->initial,
                               flags);
    case BENK_FIELD_INT64:
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, field->initial,
                                 flags);
    case BENK_FIELD_BOOLEAN:
      return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
    case BENK_FIELD_ID:
    default:
      return g_param_spec_boxed (name, NULL, NULL, BENK_TYPE_ID, flags);
    }
}

/**
 * benk_record_install:
 * @klass: the class of a record
 * @fields: (array length=n_fields): its fields
 * @n_fields: how many
 *
 * Installs one property a field; the first has number 1.
 */
void
benk_record_install (GObjectClass *klass, const BenkField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    g_object_class_install_property (klass, i + 1, make_pspec (&fields[i]));
}

/**
 * benk_record_init:
 * @self: a record, all zero
 * @fields: (array length=n_fields): its fields
 * @n_fields: how many
 *
 * Gives numbers that do not start at 0 their first value.
 */
void
benk_record_init (gpointer self, const BenkField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].kind == BENK_FIELD_INT64)
        G_STRUCT_MEMBER (gint64, self, fields[i].offset) = fields[i].initial;
      else if (fields[i].kind == BENK_FIELD_INT)
        G_STRUCT_MEMBER (int, self, fields[i].offset) = (int) fields[i].initial;
    }
}

/**
 * benk_record_clear:
 * @self: a record
 * @fields: (array length=n_fields): its fields
 * @n_fields: how many
 *
 * Frees what the fields own.
 */
void
benk_record_clear (gpointer self, const BenkField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (fields[i].kind == BENK_FIELD_STRING)
        g_clear_pointer (&G_STRUCT_MEMBER (char *, self, fields[i].offset), g_free);
      else if (fields[i].kind == BENK_FIELD_STRV)
        g_clear_pointer (&G_STRUCT_MEMBER (char **, self, fields[i].offset), g_strfreev);
    }
}

/**
 * benk_record_get:
 * @self: a record
 * @field: one of its fields
 * @value: (out): where to put a copy
 */
void
benk_record_get (gpointer self, const BenkField *field, GValue *value)
{
  gpointer at = G_STRUCT_MEMBER_P (self, field->offset);

  switch (field->kind)
    {
    case BENK_FIELD_STRING:
      g_value_set_string (value, *(char **) at);
      break;
    case BENK_FIELD_STRV:
      g_value_set_boxed (value, *(char ***) at);
      break;
    case BENK_FIELD_INT:
      g_value_set_int (value, *(int *) at);
      break;
    case BENK_FIELD_INT64:
      g_value_set_int64 (value, *(gint64 *) at);
      break;
    case BENK_FIELD_BOOLEAN:
      g_value_set_boolean (value, *(gboolean *) at);
      break;
    case BENK_FIELD_ID:
    default:
      g_value_set_boxed (value, at);
      break;
    }
}

static void
set_int (gpointer self, const BenkField *field, int value)
{
  int *at = G_STRUCT_MEMBER_P (self, field->offset);

  if (*at == value)
    return;

  *at = value;
  g_object_notify (G_OBJECT (self), field->name);
}

static void
set_int64 (gpointer self, const BenkField *field, gint64 value)
{
  gint64 *at = G_STRUCT_MEMBER_P (self, field->offset);

  if (*at == value)
    return;

  *at = value;
  g_object_notify (G_OBJECT (self), field->name);
}

/**
 * benk_record_set:
 * @self: a record
 * @field: one of its fields
 * @value: the new value
 *
 * Sets the field and notifies if it changed.
 */
void
benk_record_set (gpointer self, const BenkField *field, const GValue *value)
{
  gpointer at = G_STRUCT_MEMBER_P (self, field->offset);

  switch (field->kind)
    {
    case BENK_FIELD_STRING:
      benk_record_set_string (self, field->name, at, g_value_get_string (value));
      break;
    case BENK_FIELD_STRV:
      benk_record_set_strv (self, field->name, at, g_value_get_boxed (value));
      break;
    case BENK_FIELD_INT:
      set_int (self, field, g_value_get_int (value));
      break;
    case BENK_FIELD_INT64:
      set_int64 (self, field, g_value_get_int64 (value));
      break;
    case BENK_FIELD_BOOLEAN:
      set_int (self, field, g_value_get_boolean (value));
      break;
    case BENK_FIELD_ID:
    default:
      benk_record_set_id (self, field->name, at, g_value_get_boxed (value));
      break;
    }
}

/**
 * benk_record_copy:
 * @self: a record
 * @from: another of its class
 * @fields: (array length=n_fields): their fields
 * @n_fields: how many
 *
 * Sets what differs, and notifies of that alone. By the fields themselves: thousands of
 * rows are looked at in one go.
 */
void
benk_record_copy (gpointer self, gpointer from, const BenkField *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    {
      const BenkField *field = &fields[i];
      gpointer at = G_STRUCT_MEMBER_P (self, field->offset);
      gpointer there = G_STRUCT_MEMBER_P (from, field->offset);

      switch (field->kind)
        {
        case BENK_FIELD_STRING:
          benk_record_set_string (self, field->name, at, *(char **) there);
          break;
        case BENK_FIELD_STRV:
          benk_record_set_strv (self, field->name, at, *(const char *const **) there);
          break;
        case BENK_FIELD_INT:
        case BENK_FIELD_BOOLEAN:
          set_int (self, field, *(int *) there);
          break;
        case BENK_FIELD_INT64:
          set_int64 (self, field, *(gint64 *) there);
          break;
        case BENK_FIELD_ID:
        default:
          benk_record_set_id (self, field->name, at, there);
          break;
        }
    }
}

/**
 * benk_record_set_string:
 * @self: a record
 * @name: the name of the property
 * @field: where the text is
 * @value: (nullable): the new text
 */
void
benk_record_set_string (gpointer self, const char *name, char **field, const char *value)
{
  char *old = *field;

  if (g_strcmp0 (old, value) == 0)
    return;

  *field = g_strdup (value);
  g_free (old);
  g_object_notify (G_OBJECT (self), name);
}

static gboolean
strv_equal (const char *const *a, const char *const *b)
{
  if (a == NULL || b == NULL)
    return a == b;

  return g_strv_equal (a, b);
}

/**
 * benk_record_set_strv:
 * @self: a record
 * @name: the name of the property
 * @field: where the texts are
 * @value: (nullable) (array zero-terminated=1): the new texts
 */
void
benk_record_set_strv (gpointer self,
                      const char *name,
                      char ***field,
                      const char *const *value)
{
  char **old = *field;

  if (strv_equal ((const char *const *) old, value))
    return;

  *field = g_strdupv ((char **) value);
  g_strfreev (old);
  g_object_notify (G_OBJECT (self), name);
}

/**
 * benk_record_set_id:
 * @self: a record
 * @name: the name of the property
 * @field: where the id is
 * @value: (nullable): the new id; %NULL is %BENK_ID_NIL
 */
void
benk_record_set_id (gpointer self, const char *name, BenkId *field, const BenkId *value)
{
  BenkId next = value != NULL ? *value : BENK_ID_NIL;

  if (benk_id_equal (field, &next))
    return;

  *field = next;
  g_object_notify (G_OBJECT (self), name);
}
