/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-rows-private.h"

struct _BenkImportRow
{
  GObject parent_instance;

  guint line;
  BenkImportVerdict verdict;
  char *label;
  char *reason;
};

G_DEFINE_FINAL_TYPE (BenkImportRow, benk_import_row, G_TYPE_OBJECT)

static void
benk_import_row_finalize (GObject *object)
{
  BenkImportRow *self = BENK_IMPORT_ROW (object);

  g_free (self->label);
  g_free (self->reason);
  G_OBJECT_CLASS (benk_import_row_parent_class)->finalize (object);
}

static void
benk_import_row_class_init (BenkImportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = benk_import_row_finalize;
}

static void
benk_import_row_init (BenkImportRow *self)
{
}

/*
 * benk_import_row_new:
 * @result: what a row is; its words are taken
 *
 * Returns: (transfer full): the row as it is shown
 */
BenkImportRow *
benk_import_row_new (BenkImportResult *result)
{
  BenkImportRow *self = g_object_new (BENK_TYPE_IMPORT_ROW, NULL);

  self->line = result->line;
  self->verdict = result->verdict;
  self->label = g_steal_pointer (&result->label);
  self->reason = g_steal_pointer (&result->reason);

  return self;
}

/**
 * benk_import_row_get_line:
 * @self: a row of a list
 *
 * Returns: its first line in the file, counted from 1
 */
guint
benk_import_row_get_line (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), 0);
  return self->line;
}

/**
 * benk_import_row_get_verdict:
 * @self: a row of a list
 *
 * Returns: what it is to the inventory
 */
BenkImportVerdict
benk_import_row_get_verdict (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), BENK_IMPORT_WRONG);
  return self->verdict;
}

/**
 * benk_import_row_get_label:
 * @self: a row of a list
 *
 * Returns: (transfer none) (nullable): model and serial as they stand in the list; %NULL
 *   for a blank row
 */
const char *
benk_import_row_get_label (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), NULL);
  return self->label;
}

/**
 * benk_import_row_get_reason:
 * @self: a row of a list
 *
 * Returns: (transfer none) (nullable): why it is wrong, or what changes, in words
 */
const char *
benk_import_row_get_reason (BenkImportRow *self)
{
  g_return_val_if_fail (BENK_IS_IMPORT_ROW (self), NULL);
  return self->reason;
}
