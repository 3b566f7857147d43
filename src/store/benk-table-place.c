/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-place.h"

#include "benk-search.h"
#include "benk-table-private.h"

static gpointer
read_place (BenkStmt *stmt)
{
  BenkPlace *place = benk_place_new ();
  BenkPlaceKind kind = BENK_PLACE_KIND_STORE;
  BenkId id;

  benk_stmt_get_id (stmt, 0, &id);
  benk_place_set_id (place, &id);
  benk_place_kind_from_name (benk_stmt_get_text (stmt, 1), &kind);
  benk_place_set_kind (place, kind);
  benk_place_set_name (place, benk_stmt_get_text (stmt, 2));

  return place;
}

/**
 * benk_table_place_find:
 * @db: a connection
 * @name: a name, with case
 * @out_id: (out): the place, nil when there is none
 * @error: return location for an error
 *
 * Returns: %TRUE if the place is known; %FALSE without @error if it is not
 */
gboolean
benk_table_place_find (BenkDb *db, const char *name, BenkId *out_id, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT id FROM place WHERE name = ? ORDER BY id LIMIT 1", "t",
                       name);

  *out_id = BENK_ID_NIL;

  return stmt != NULL && benk_stmt_step (stmt, error) &&
         benk_stmt_get_id (stmt, 0, out_id);
}

/**
 * benk_table_place_find_kind:
 * @db: a connection
 * @name: a name, with case
 * @out_kind: (out): what it is, untouched when there is none
 * @error: return location for an error
 *
 * Returns: %TRUE if the place is known; %FALSE without @error if it is not
 */
gboolean
benk_table_place_find_kind (BenkDb *db,
                            const char *name,
                            BenkPlaceKind *out_kind,
                            GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error,
                       "SELECT kind FROM place WHERE name = ? ORDER BY id LIMIT 1", "t",
                       name);

  return stmt != NULL && benk_stmt_step (stmt, error) &&
         benk_place_kind_from_name (benk_stmt_get_text (stmt, 0), out_kind);
}

/**
 * benk_table_place_ensure:
 * @db: a connection with an open scope
 * @name: (nullable): a name; empty for no place
 * @kind: what it is, for a place that is new
 * @out_id: (out): the place, nil when @name is empty
 * @error: return location for an error
 *
 * Finds a place by name, or adds it.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_place_ensure (
  BenkDb *db, const char *name, BenkPlaceKind kind, BenkId *out_id, GError **error)
{
  g_autoptr (GError) local = NULL;

  *out_id = BENK_ID_NIL;
  if (name == NULL || *name == '\0' || benk_table_place_find (db, name, out_id, &local))
    return TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  *out_id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (db, error,
                            "INSERT INTO place (id, kind, name) VALUES (?, ?, ?)", "itt",
                            out_id, benk_place_kind_to_name (kind), name);
}

/**
 * benk_table_place_list:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer container) (element-type BenkPlace): every place by name
 */
GPtrArray *
benk_table_place_list (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT id, kind, name FROM place ORDER BY name, id",
                       "");

  return benk_table_read_all (stmt, read_place, error);
}

/**
 * benk_table_place_guess_kind:
 * @name: the name of a place, Norwegian or English
 *
 * Returns: what the first word of the name says it is; a store if nobody can tell
 */
BenkPlaceKind
benk_table_place_guess_kind (const char *name)
{
  static const struct
  {
    const char *word;
    BenkPlaceKind kind;
  } words[] = {
    { "distrikt", BENK_PLACE_KIND_TEAM },     { "district", BENK_PLACE_KIND_TEAM },
    { "bydel", BENK_PLACE_KIND_TEAM },        { "team", BENK_PLACE_KIND_TEAM },
    { "hylle", BENK_PLACE_KIND_SHELF },       { "karantenehylle", BENK_PLACE_KIND_SHELF },
    { "shelf", BENK_PLACE_KIND_SHELF },       { "skap", BENK_PLACE_KIND_SHELF },
    { "leverandør", BENK_PLACE_KIND_VENDOR }, { "vendor", BENK_PLACE_KIND_VENDOR },
    { "bruker", BENK_PLACE_KIND_USER },       { "user", BENK_PLACE_KIND_USER },
  };
  g_auto (GStrv) split = benk_search_split (name);

  for (gsize i = 0; split[0] != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (split[0], words[i].word))
      return words[i].kind;

  return BENK_PLACE_KIND_STORE;
}
