/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-demo-private.h"

#include "benk-device-view.h"
#include "benk-session-change.h"
#include "benk-table-device.h"

/* What somebody found when looking through the demo's shelf. */
static const struct
{
  const char *serial;
  const char *kind;
  BenkAccessoryStatus status;
} found[] = {
  { "MD0900108", "power-adapter", BENK_ACCESSORY_MISSING },
  { "MD0900108", "collection-tray", BENK_ACCESSORY_THERE },
  { "PP910119", "power-adapter", BENK_ACCESSORY_MISSING },
};

static gboolean
do_look (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (BenkDevice) device = benk_table_device_find (db, found[i].serial, error);
      g_autoptr (GPtrArray) words =
        g_ptr_array_new_with_free_func ((GDestroyNotify) benk_accessory_free);

      g_ptr_array_add (words, benk_accessory_new (found[i].kind, found[i].status, FALSE));
      if (device == NULL ||
          !benk_device_set_accessories (db, benk_device_get_id (device), words, error))
        return FALSE;
    }
  return TRUE;
}

/*< private >
 * benk_demo_look_async:
 * @source: the demo
 *
 * Says of some devices of the demo's list that their charger is missing.
 */
void
benk_demo_look_async (BenkSession *session,
                      gpointer source,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  benk_session_change_async (session, source, BENK_VERB_ACCESSORIES, NULL, do_look,
                             (gpointer) found, NULL, cancellable, callback, user_data);
}

/*< private >
 * benk_demo_look_finish:
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
benk_demo_look_finish (gpointer source, GAsyncResult *result, GError **error)
{
  return benk_session_change_finish (source, result, NULL, error) != NULL;
}
