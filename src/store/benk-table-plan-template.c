/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-table-plan-template.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-table-note.h"
#include "benk-table-private.h"

static gpointer
read_template (BenkStmt *stmt)
{
  BenkPlanTemplate *template = benk_plan_template_new ();
  BenkId id = BENK_ID_NIL;

  if (benk_stmt_get_id (stmt, 0, &id))
    benk_plan_template_set_id (template, &id);
  benk_plan_template_set_name (template, benk_stmt_get_text (stmt, 1));
  benk_plan_template_set_body (template, benk_stmt_get_text (stmt, 2));
  benk_plan_template_set_made_ms (template, benk_stmt_get_int64 (stmt, 3));

  return template;
}

/**
 * benk_table_plan_template_list:
 * @db: a connection
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type BenkPlanTemplate): the templates by name, or
 *   %NULL with @error set
 */
GPtrArray *
benk_table_plan_template_list (BenkDb *db, GError **error)
{
  g_autoptr (BenkStmt) stmt = benk_table_select (
    db, error,
    "SELECT t.id, n.text, t.body, t.made_ms FROM plan_template t"
    " JOIN note n ON n.id = t.name_id ORDER BY n.text COLLATE NOCASE, t.id",
    "");

  return benk_table_read_all (stmt, read_template, error);
}

static gboolean
find_name (BenkDb *db, const BenkId *id, BenkId *name, GError **error)
{
  g_autoptr (BenkStmt) stmt =
    benk_table_select (db, error, "SELECT name_id FROM plan_template WHERE id = ?", "i",
                       id);

  return stmt != NULL && benk_table_find (stmt, _ ("Template"), NULL, error) &&
         benk_stmt_get_id (stmt, 0, name);
}

/**
 * benk_table_plan_template_insert:
 * @db: a connection with an open scope
 * @name: what a person called it; kept where it can be erased
 * @body: the plan as text, validated
 * @out_id: (out): the template
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_plan_template_insert (
  BenkDb *db, const char *name, const char *body, BenkId *out_id, GError **error)
{
  BenkId note;

  if (!benk_table_note_add (db, BENK_NOTE_TEMPLATE, name, NULL, &note, error))
    return FALSE;
  *out_id = benk_id_new (benk_db_get_clock (db));

  return benk_table_change (
    db, error,
    "INSERT INTO plan_template (id, name_id, body, made_ms) VALUES (?, ?, ?, ?)", "iitn",
    out_id, &note, body, benk_db_get_wall_ms (db));
}

/**
 * benk_table_plan_template_rename:
 * @db: a connection with an open scope
 * @id: a template
 * @name: what it is called from now on
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_plan_template_rename (BenkDb *db,
                                 const BenkId *id,
                                 const char *name,
                                 GError **error)
{
  BenkId old, note;

  return find_name (db, id, &old, error) &&
         benk_table_note_add (db, BENK_NOTE_TEMPLATE, name, NULL, &note, error) &&
         benk_table_change (db, error,
                            "UPDATE plan_template SET name_id = ? WHERE id = ?", "ii",
                            &note, id) &&
         benk_table_note_erase (db, &old, error);
}

/**
 * benk_table_plan_template_delete:
 * @db: a connection with an open scope
 * @id: a template
 * @error: return location for an error
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_table_plan_template_delete (BenkDb *db, const BenkId *id, GError **error)
{
  BenkId name;

  return find_name (db, id, &name, error) &&
         benk_table_change (db, error, "DELETE FROM plan_template WHERE id = ?", "i",
                            id) &&
         benk_table_note_erase (db, &name, error);
}
