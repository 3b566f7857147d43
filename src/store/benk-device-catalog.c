/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-device-catalog.h"

#include <string.h>

#include "benk-db-private.h"
#include "benk-natural.h"
#include "benk-table-alias.h"
#include "benk-table-private.h"

#define NO_TEXT G_MAXUINT32

#define SELECT_ROWS                                                                      \
  "SELECT d.id, d.state, d.model_id, d.serial_key FROM device d"                         \
  " WHERE " BENK_TABLE_ALIAS_IS_NONE ("d")
/* An index has this order, and mostly it is the one that people expect. */
#define ROWS_SQL SELECT_ROWS " ORDER BY d.model_id, d.serial_key, d.state, d.id"
#define NATURAL_ROWS_SQL                                                                 \
  SELECT_ROWS " ORDER BY d.model_id, natural_key (d.serial_key), d.serial_key, d.state," \
              " d.id"

#define TEXTS_SQL "SELECT device_id, text FROM device_search ORDER BY device_id"

/*
 * Every device that is shown anywhere, by model and serial, with what it is found by.
 * Kept by a connection that only reads, for as long as nobody has committed anything. A
 * row is known by its number from 0.
 */
struct _BenkDeviceCatalog
{
  gint64 version;
  GArray *ids; /* BenkId; an answer that is all of them is this */
  GByteArray *states;
  GArray *models;   /* guint16: numbers of names */
  GPtrArray *names; /* of models */
  GArray
    *by_id; /* guint32: numbers of rows; with what follows, not before it is needed */
  GArray *starts; /* guint32: where the text of a row starts in texts */
  GString *texts;
  char *sorted_by;
  GArray *sorted; /* guint32: numbers of rows */
};

typedef BenkDeviceCatalog Catalog;

static void
catalog_free (Catalog *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->states, g_byte_array_unref);
  g_clear_pointer (&self->models, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->by_id, g_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->sorted, g_array_unref);
  if (self->texts != NULL)
    g_string_free (self->texts, TRUE);
  g_free (self->sorted_by);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Catalog, catalog_free)

static const BenkId *
get_id (Catalog *self, guint32 number)
{
  return &g_array_index (self->ids, BenkId, number);
}

static int
compare_ids (gconstpointer a, gconstpointer b, gpointer self)
{
  return memcmp (get_id (self, *(const guint32 *) a), get_id (self, *(const guint32 *) b),
                 sizeof (BenkId));
}

/* Models are few; the last one is mostly the next one. */
static guint
number_model (Catalog *self, const char *model_id)
{
  for (guint i = self->names->len; i > 0; i--)
    if (strcmp (g_ptr_array_index (self->names, i - 1), model_id) == 0)
      return i - 1;
  g_ptr_array_add (self->names, g_strdup (model_id));

  return self->names->len - 1;
}

/* @natural: whether people would have expected this order */
static gboolean
read_rows (Catalog *self, BenkDb *db, const char *sql, gboolean *natural, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);
  g_autoptr (GString) before = g_string_new (NULL);
  g_autoptr (GError) local = NULL;
  int before_model = -1;

  *natural = TRUE;

  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      BenkDeviceState state;
      const char *serial = benk_stmt_get_text (stmt, 3);
      guint16 model;
      guint8 byte;
      BenkId id;

      if (!benk_stmt_get_id (stmt, 0, &id) ||
          !benk_device_state_from_name (benk_stmt_get_text (stmt, 1), &state))
        continue;
      g_array_append_val (self->ids, id);
      byte = (guint8) state;
      g_byte_array_append (self->states, &byte, 1);
      model = (guint16) number_model (self, benk_stmt_get_text (stmt, 2));
      g_array_append_val (self->models, model);
      if (model == before_model && !benk_natural_is_after (serial, before->str))
        *natural = FALSE;
      before_model = model;
      g_string_assign (before, serial);
    }

  return benk_table_ended (stmt, &local, error);
}

static void
sort_ids (Catalog *self)
{
  if (self->by_id != NULL)
    return;
  self->by_id = g_array_sized_new (FALSE, FALSE, sizeof (guint32), self->ids->len);
  for (guint32 i = 0; i < self->ids->len; i++)
    g_array_append_val (self->by_id, i);
  g_array_sort_with_data (self->by_id, compare_ids, self);
}

/* EV-9 before EV-10: sorted only where the index puts them the other way round. */
static gboolean
read_in_order (Catalog *self, BenkDb *db, GError **error)
{
  gboolean natural = TRUE;

  if (!read_rows (self, db, ROWS_SQL, &natural, error))
    return FALSE;
  if (natural)
    return TRUE;
  g_array_set_size (self->ids, 0);
  g_byte_array_set_size (self->states, 0);
  g_array_set_size (self->models, 0);

  return read_rows (self, db, NATURAL_ROWS_SQL, &natural, error);
}

static guint32 *
find_row (Catalog *self, const BenkId *id)
{
  guint from = 0;
  guint to = self->by_id->len;

  while (from < to)
    {
      guint middle = from + (to - from) / 2;
      guint32 *number = &g_array_index (self->by_id, guint32, middle);
      int order = memcmp (get_id (self, *number), id, sizeof *id);

      if (order == 0)
        return number;
      if (order < 0)
        from = middle + 1;
      else
        to = middle;
    }

  return NULL;
}

static gboolean
read_texts (Catalog *self, BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, TEXTS_SQL, error);
  g_autoptr (GError) local = NULL;
  GString *texts = g_string_new (NULL);
  const guint32 none = NO_TEXT;
  BenkId id;

  sort_ids (self);
  g_clear_pointer (&self->starts, g_array_unref);
  self->starts = g_array_sized_new (FALSE, FALSE, sizeof none, self->ids->len);
  for (guint i = 0; i < self->ids->len; i++)
    g_array_append_val (self->starts, none);
  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      guint32 *number = benk_stmt_get_id (stmt, 0, &id) ? find_row (self, &id) : NULL;

      if (number == NULL || texts->len >= NO_TEXT)
        continue;
      g_array_index (self->starts, guint32, *number) = (guint32) texts->len;
      g_string_append (texts, benk_stmt_get_text (stmt, 1));
      g_string_append_c (texts, '\0');
    }
  if (benk_table_ended (stmt, &local, error))
    self->texts = texts;
  else
    g_string_free (texts, TRUE);

  return self->texts != NULL;
}

/* The numbers of all rows in the order of a statement that gives their ids. */
static gboolean
read_order (Catalog *self, BenkDb *db, const char *sql, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, sql, error);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GError) local = NULL;
  BenkId id;

  sort_ids (self);
  while (stmt != NULL && benk_stmt_step (stmt, &local))
    {
      guint32 *number = benk_stmt_get_id (stmt, 0, &id) ? find_row (self, &id) : NULL;

      if (number != NULL)
        g_array_append_val (sorted, *number);
    }
  if (!benk_table_ended (stmt, &local, error))
    return FALSE;

  g_clear_pointer (&self->sorted, g_array_unref);
  g_free (self->sorted_by);
  self->sorted = g_steal_pointer (&sorted);
  self->sorted_by = g_strdup (sql);

  return TRUE;
}

static Catalog *
catalog_new (BenkDb *db, gint64 version, GError **error)
{
  g_autoptr (Catalog) self = g_new0 (Catalog, 1);
  gint64 n;

  /* Arrays that grow leave holes in memory behind. */
  if (!benk_db_get_int64 (db, "SELECT count (*) FROM device", &n, error))
    return NULL;
  self->version = version;
  self->ids = g_array_sized_new (FALSE, FALSE, sizeof (BenkId), (guint) n);
  self->states = g_byte_array_sized_new ((guint) n);
  self->models = g_array_sized_new (FALSE, FALSE, sizeof (guint16), (guint) n);
  self->names = g_ptr_array_new_with_free_func (g_free);
  if (!read_in_order (self, db, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* What is asked for is read in one state of the store. */
static Catalog *
prepare (BenkDb *db, gboolean texts, const char *order_sql, GError **error)
{
  Catalog *self = db->catalog;
  g_autoptr (BenkTx) tx = NULL;
  gint64 version;

  if (!benk_db_in_transaction (db))
    {
      tx = benk_tx_begin_read (db, error);
      if (tx == NULL)
        return NULL;
    }
  if (!benk_db_get_int64 (db, "PRAGMA data_version", &version, error))
    return NULL;
  if (self == NULL || self->version != version)
    {
      benk_device_catalog_drop (db);
      self = catalog_new (db, version, error);
      if (self == NULL)
        return NULL;
      db->catalog = self;
    }
  if (texts && self->texts == NULL && !read_texts (self, db, error))
    return NULL;
  if (order_sql != NULL && g_strcmp0 (order_sql, self->sorted_by) != 0 &&
      !read_order (self, db, order_sql, error))
    return NULL;

  return self;
}

static gboolean
has_words (Catalog *self, guint number, const char *const *words)
{
  guint32 start;

  if (words[0] == NULL)
    return TRUE;
  start = g_array_index (self->starts, guint32, number);
  if (start == NO_TEXT)
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (self->texts->str + start, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static int
find_model (Catalog *self, const char *model_id)
{
  for (guint i = 0; i < self->names->len; i++)
    if (strcmp (g_ptr_array_index (self->names, i), model_id) == 0)
      return (int) i;

  return -1;
}

/*< private >
 * benk_device_catalog_drop:
 *
 * Forgets what a connection has in memory.
 */
void
benk_device_catalog_drop (BenkDb *db)
{
  benk_db_assert_owner (db);
  g_clear_pointer (&db->catalog, catalog_free);
}

/* Whether nobody is left out and the order is the usual one. */
static gboolean
is_all (Catalog *self,
        const BenkDeviceFilter *filter,
        const char *const *words,
        guint32 states,
        const char *order_sql)
{
  if (words[0] != NULL || filter->model_id != NULL || filter->limit > 0 ||
      filter->descending || order_sql != NULL)
    return FALSE;
  for (guint i = 0; i < self->states->len; i++)
    if ((states & BENK_DEVICE_STATE_MASK (self->states->data[i])) == 0)
      return FALSE;

  return TRUE;
}

/*< private >
 * benk_device_catalog_query:
 * @db: a connection that only reads
 * @filter: which devices
 * @words: folded words that must all be found
 * @order_sql: (nullable): a statement that gives the ids of all devices in the order that
 *   is wanted; %NULL for model and serial
 * @error: return location for an error
 *
 * Answers from memory, reading anew first when somebody has committed something.
 *
 * Returns: (transfer full) (element-type BenkId): their ids in the order that is asked
 * for, not to be changed, or %NULL with @error set
 */
GArray *
benk_device_catalog_query (BenkDb *db,
                           const BenkDeviceFilter *filter,
                           const char *const *words,
                           const char *order_sql,
                           GError **error)
{
  Catalog *self = prepare (db, words[0] != NULL, order_sql, error);
  gboolean backwards = order_sql == NULL && filter->descending;
  guint32 states = filter->states != 0
                     ? filter->states
                     : ~(guint32) BENK_DEVICE_STATE_MASK (BENK_DEVICE_STATE_SCRAPPED);
  g_autoptr (GArray) ids = NULL;
  int model;
  guint n;

  if (self == NULL)
    return NULL;
  if (is_all (self, filter, words, states, order_sql))
    return g_array_ref (self->ids);
  ids = g_array_new (FALSE, FALSE, sizeof (BenkId));
  model = filter->model_id != NULL ? find_model (self, filter->model_id) : -1;
  n = order_sql != NULL ? self->sorted->len : self->ids->len;
  for (guint i = 0; i < n && (filter->limit == 0 || ids->len < filter->limit); i++)
    {
      guint number = order_sql != NULL ? g_array_index (self->sorted, guint32, i)
                     : backwards       ? n - 1 - i
                                       : i;

      if ((states & BENK_DEVICE_STATE_MASK (self->states->data[number])) != 0 &&
          (filter->model_id == NULL ||
           g_array_index (self->models, guint16, number) == model) &&
          has_words (self, number, words))
        g_array_append_vals (ids, get_id (self, number), 1);
    }
  return g_steal_pointer (&ids);
}

/*< private >
 * benk_device_catalog_is_read:
 *
 * Returns: whether @db has the devices in memory, maybe as they were before a commit
 */
gboolean
benk_device_catalog_is_read (BenkDb *db)
{
  return db->catalog != NULL;
}

/*< private >
 * benk_device_catalog_count:
 * @db: a connection that only reads
 * @counts: (out) (array fixed-size=19): devices in each state of #BenkDeviceState
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_device_catalog_count (BenkDb *db, guint *counts, GError **error)
{
  Catalog *self = prepare (db, FALSE, NULL, error);

  if (self == NULL)
    return FALSE;
  for (guint i = 0; i < self->states->len; i++)
    counts[self->states->data[i]]++;

  return TRUE;
}
