/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-schema.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <gio/gio.h>

#include "benk-backup.h"
#include "benk-db-private.h"
#include "benk-scope-private.h"
#include "benk-store-resources.h"

#define RESOURCE_PREFIX "/no/dosebenk/Dosebenk/store/"

static const struct
{
  const char *file;
  gboolean (*data) (BenkDb *db, GError **error);
} files[] = {
  { "001.sql", NULL }, { "002.sql", NULL }, { "003.sql", NULL }, { "004.sql", NULL },
  { "005.sql", NULL }, { "006.sql", NULL }, { "007.sql", NULL },
};

static char *
load_sql (gsize n, GError **error)
{
  g_autofree char *path = g_strconcat (RESOURCE_PREFIX, files[n].file, NULL);
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  gsize length;

  bytes = g_resource_lookup_data (benk_store_get_resource (), path,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (bytes == NULL)
    return NULL;

  data = g_bytes_get_data (bytes, &length);
  return g_strndup (data, length);
}

/**
 * benk_schema_get_version:
 *
 * Returns: the schema this program writes
 */
int
benk_schema_get_version (void)
{
  return (int) G_N_ELEMENTS (files);
}

/**
 * benk_schema_check:
 * @version: (out): the schema of the store; 0 for an empty database
 *
 * Looks whether this program may work with a database.
 *
 * Returns: %FALSE with %BENK_ERROR_NEWER (made by a newer program), %BENK_ERROR_INVALID
 * (not a store) or another error
 */
gboolean
benk_schema_check (BenkDb *db, int *version, GError **error)
{
  gint64 application, found;

  if (!benk_db_get_int64 (db, "PRAGMA application_id", &application, error) ||
      !benk_db_get_int64 (db, "PRAGMA user_version", &found, error))
    return FALSE;

  if (application != BENK_SCHEMA_APPLICATION_ID)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                   _ ("This is not a Dosebenk store."));
      return FALSE;
    }

  if (found > benk_schema_get_version ())
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_NEWER,
                   _ ("This store was made by a newer version of the program (schema %d, "
                      "this program "
                      "knows %d)."),
                   (int) found, benk_schema_get_version ());
      return FALSE;
    }

  *version = (int) found;
  return TRUE;
}

static gboolean
set_version (BenkDb *db, int version, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                     BENK_SCHEMA_APPLICATION_ID, version);

  return benk_db_exec (db, sql, error);
}

static gboolean
check_foreign_keys (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_db_prepare (db, "PRAGMA foreign_key_check", error);
  g_autoptr (GError) local = NULL;

  if (stmt == NULL)
    return FALSE;

  if (!benk_stmt_step (stmt, &local) && local == NULL)
    return TRUE;

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                 "store: table %s points at a row of %s that is not there",
                 benk_stmt_get_text (stmt, 0), benk_stmt_get_text (stmt, 2));
  return FALSE;
}

static gboolean
do_step (BenkDb *db, const BenkSchemaStep *step, gboolean data, GError **error)
{
  return benk_db_exec (db, step->sql, error) &&
         (!data || step->data == NULL || step->data (db, error)) &&
         check_foreign_keys (db, error) && set_version (db, step->version, error);
}

/* A new store has no chain yet that could tell of its steps, and no data to change. */
static gboolean
run_fresh (BenkDb *db, const BenkSchemaStep *step, GError **error)
{
  g_autoptr (BenkTx) tx = benk_tx_begin (db, error);

  return tx != NULL && do_step (db, step, FALSE, error) && benk_tx_commit (tx, error);
}

static gboolean
run_later (BenkDb *db, const BenkSchemaStep *step, GError **error)
{
  BenkChange change = { .verb = BENK_VERB_MIGRATION, .account = "migration" };
  g_autoptr (BenkScope) scope = benk_scope_begin_step (db, &change, step->version, error);
  gint64 found;

  if (scope == NULL || !benk_db_get_int64 (db, "PRAGMA user_version", &found, error))
    return FALSE;

  /* Another process may have been faster. */
  if (found >= step->version)
    return TRUE;

  return do_step (db, step, TRUE, error) && benk_scope_commit (scope, NULL, error);
}

/**
 * benk_schema_run_steps:
 * @steps: (array length=n_steps): in order
 *
 * Runs the steps the database has not seen yet, each in its own transaction. A change of
 * data becomes a journal row of the actor "migration"; an empty database has none to
 * change.
 *
 * Returns: %FALSE with @error set on failure; the steps before the failed one stay
 */
gboolean
benk_schema_run_steps (BenkDb *db,
                       const BenkSchemaStep *steps,
                       gsize n_steps,
                       GError **error)
{
  gint64 version;
  gboolean done = TRUE;

  if (!benk_db_get_int64 (db, "PRAGMA user_version", &version, error) ||
      !benk_db_set_foreign_keys (db, FALSE, error))
    return FALSE;

  for (gsize i = 0; done && i < n_steps; i++)
    {
      if (steps[i].version <= version)
        continue;

      done = version == 0 ? run_fresh (db, &steps[i], error)
                          : run_later (db, &steps[i], error);
      if (!done)
        g_prefix_error (error, "Schema step %d: ", steps[i].version);
    }

  return benk_db_set_foreign_keys (db, TRUE, done ? error : NULL) && done;
}

static gboolean
run_files (BenkDb *db, GError **error)
{
  BenkSchemaStep steps[G_N_ELEMENTS (files)] = { 0 };
  gboolean done = TRUE;

  for (gsize i = 0; done && i < G_N_ELEMENTS (files); i++)
    {
      steps[i].version = (int) i + 1;
      steps[i].sql = load_sql (i, error);
      steps[i].data = files[i].data;
      done = steps[i].sql != NULL;
    }

  done = done && benk_schema_run_steps (db, steps, G_N_ELEMENTS (files), error);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_free ((char *) steps[i].sql);
  return done;
}

/**
 * benk_schema_create_empty:
 *
 * Makes the tables of the newest schema in an empty database, which then has no name.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_schema_create_empty (BenkDb *db, GError **error)
{
  return run_files (db, error);
}

/**
 * benk_schema_create:
 * @site: the name of this laptop's chain
 * @demo: whether this is a demo store; never changed later, and part of every hash
 *
 * Makes an empty store in an empty database.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_schema_create (BenkDb *db, const BenkId *site, gboolean demo, GError **error)
{
  g_autoptr (BenkStmt) stmt = NULL;

  if (!benk_schema_create_empty (db, error))
    return FALSE;

  stmt =
    benk_db_prepare (db, "INSERT INTO store (one, site, demo) VALUES (1, ?, ?)", error);
  if (stmt == NULL)
    return FALSE;

  benk_stmt_bind_id (stmt, 1, site);
  benk_stmt_bind_int64 (stmt, 2, demo ? 1 : 0);

  return benk_stmt_run (stmt, error);
}

/**
 * benk_schema_migrate:
 *
 * Brings a store to the newest schema. Before the first step the whole store is copied
 * beside it, as PATH.before-schema-N.
 *
 * Returns: %FALSE with %BENK_ERROR_NEWER, %BENK_ERROR_INVALID or another error; the store
 * is then as it was before the failed step
 */
gboolean
benk_schema_migrate (BenkDb *db, GError **error)
{
  g_autofree char *copy = NULL;
  int version;

  if (!benk_schema_check (db, &version, error))
    return FALSE;
  if (version == benk_schema_get_version ())
    return TRUE;

  copy = benk_backup_get_migration_path (db->path, benk_schema_get_version ());
  if (!benk_backup_write (db, copy, error))
    return FALSE;

  return run_files (db, error);
}
