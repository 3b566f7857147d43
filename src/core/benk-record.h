/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-id.h"

G_BEGIN_DECLS

/*
 * What the record classes of core have in common: plain fields that are GObject
 * properties, with a getter, a setter and a notify when the value really changes. For the
 * .c files of core; everybody else uses the accessors that the headers of the records
 * declare.
 */
typedef enum
{
  BENK_FIELD_STRING,
  BENK_FIELD_STRV,
  BENK_FIELD_INT,
  BENK_FIELD_INT64,
  BENK_FIELD_BOOLEAN,
  BENK_FIELD_ID,
} BenkFieldKind;

typedef struct
{
  const char *name;
  BenkFieldKind kind;
  gsize offset;
  gint64 initial;
} BenkField;

#define BENK_FIELD(KIND, Type, field)                                                    \
  {                                                                                      \
#field, BENK_FIELD_##KIND, G_STRUCT_OFFSET(Type, field), 0                           \
  }
#define BENK_FIELD_WITH(KIND, Type, field, initial)                                      \
  {                                                                                      \
#field, BENK_FIELD_##KIND, G_STRUCT_OFFSET(Type, field), initial                     \
  }

void benk_record_install (GObjectClass *klass, const BenkField *fields, guint n_fields);
void benk_record_init (gpointer self, const BenkField *fields, guint n_fields);
void benk_record_clear (gpointer self, const BenkField *fields, guint n_fields);
void benk_record_get (gpointer self, const BenkField *field, GValue *value);
void benk_record_set (gpointer self, const BenkField *field, const GValue *value);
void
benk_record_copy (gpointer self, gpointer from, const BenkField *fields, guint n_fields);
void
benk_record_set_string (gpointer self, const char *name, char **field, const char *value);
void benk_record_set_strv (gpointer self,
                           const char *name,
                           char ***field,
                           const char *const *value);
void
benk_record_set_id (gpointer self, const char *name, BenkId *field, const BenkId *value);

/* Defines the class of a record from the array `fields` above it, and prefix_new (). */
#define BENK_DEFINE_RECORD(Type, prefix)                                                 \
  G_DEFINE_FINAL_TYPE (Type, prefix, G_TYPE_OBJECT)                                      \
  static void prefix##_get_property (GObject *object, guint id, GValue *value,           \
                                     GParamSpec *pspec)                                  \
  {                                                                                      \
    benk_record_get (object, &fields[id - 1], value);                                    \
  }                                                                                      \
  static void prefix##_set_property (GObject *object, guint id, const GValue *value,     \
                                     GParamSpec *pspec)                                  \
  {                                                                                      \
    benk_record_set (object, &fields[id - 1], value);                                    \
  }                                                                                      \
  static void prefix##_finalize (GObject *object)                                        \
  {                                                                                      \
    benk_record_clear (object, fields, G_N_ELEMENTS (fields));                           \
    G_OBJECT_CLASS (prefix##_parent_class)->finalize (object);                           \
  }                                                                                      \
  static void prefix##_class_init (Type##Class *klass)                                   \
  {                                                                                      \
    GObjectClass *object_class = G_OBJECT_CLASS (klass);                                 \
    object_class->get_property = prefix##_get_property;                                  \
    object_class->set_property = prefix##_set_property;                                  \
    object_class->finalize = prefix##_finalize;                                          \
    benk_record_install (object_class, fields, G_N_ELEMENTS (fields));                   \
  }                                                                                      \
  static void prefix##_init (Type *self)                                                 \
  {                                                                                      \
    benk_record_init (self, fields, G_N_ELEMENTS (fields));                              \
  }                                                                                      \
  Type *prefix##_new (void) { return g_object_new (prefix##_get_type (), NULL); }

/* The getter and the setter of one field. */
#define BENK_RECORD_STRING(Type, prefix, field)                                          \
  const char *prefix##_get_##field (Type *self)                                          \
  {                                                                                      \
    g_return_val_if_fail (self != NULL, NULL);                                           \
    return self->field;                                                                  \
  }                                                                                      \
  void prefix##_set_##field (Type *self, const char *value)                              \
  {                                                                                      \
    g_return_if_fail (self != NULL);                                                     \
    benk_record_set_string (self, #field, &self->field, value);                          \
  }

#define BENK_RECORD_STRV(Type, prefix, field)                                            \
  const char *const *prefix##_get_##field (Type *self)                                   \
  {                                                                                      \
    g_return_val_if_fail (self != NULL, NULL);                                           \
    return (const char *const *) self->field;                                            \
  }                                                                                      \
  void prefix##_set_##field (Type *self, const char *const *value)                       \
  {                                                                                      \
    g_return_if_fail (self != NULL);                                                     \
    benk_record_set_strv (self, #field, &self->field, value);                            \
  }

#define BENK_RECORD_ID(Type, prefix, field)                                              \
  const BenkId *prefix##_get_##field (Type *self)                                        \
  {                                                                                      \
    g_return_val_if_fail (self != NULL, NULL);                                           \
    return &self->field;                                                                 \
  }                                                                                      \
  void prefix##_set_##field (Type *self, const BenkId *value)                            \
  {                                                                                      \
    g_return_if_fail (self != NULL);                                                     \
    benk_record_set_id (self, #field, &self->field, value);                              \
  }

#define BENK_RECORD_VALUE(Type, prefix, ctype, field)                                    \
  ctype prefix##_get_##field (Type *self)                                                \
  {                                                                                      \
    g_return_val_if_fail (self != NULL, 0);                                              \
    return self->field;                                                                  \
  }                                                                                      \
  void prefix##_set_##field (Type *self, ctype value)                                    \
  {                                                                                      \
    g_return_if_fail (self != NULL);                                                     \
    if (self->field == value)                                                            \
      return;                                                                            \
    self->field = value;                                                                 \
    g_object_notify (G_OBJECT (self), #field);                                           \
  }

G_END_DECLS
