/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-inventory-call.h"

#include "benk-inventory-private.h"
#include "benk-session-change.h"
#include "benk-text-check.h"

typedef struct
{
  BenkId device;
  BenkCaller caller;
  char *text;
} Call;

static void
call_free (Call *call)
{
  g_free (call->text);
  g_free (call);
}

/* A fact like others: insert only, who called and what about in notes that can be erased
 * and go with the user. */
static gboolean
do_note (BenkDb *db, BenkScope *scope, gpointer user_data, GError **error)
{
  Call *call = user_data;

  return benk_inventory_attest_in_scope (db, &call->device, BENK_FACT_CALL, call->text,
                                         benk_caller_to_name (call->caller), error);
}

/**
 * benk_inventory_note_call_async:
 * @self: the inventory
 * @device: the device that the call was about
 * @caller: in which role somebody called; never a name
 * @text: what it was about, one line; kept where it can be erased
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused; finished as any change
 * @user_data: for @callback
 *
 * Keeps that somebody called about a device. It stays: what is wrong in it is said by
 * another note. %BENK_ERROR_REFUSED without a text, or for a national identity number;
 * %BENK_ERROR_INVALID for a text that is not one line of at most %BENK_TEXT_MAX_NAME
 * characters.
 */
void
benk_inventory_note_call_async (BenkInventory *self,
                                const BenkId *device,
                                BenkCaller caller,
                                const char *text,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GError *error = NULL;
  Call *call;

  g_return_if_fail (BENK_IS_INVENTORY (self));
  g_return_if_fail (caller < BENK_N_CALLERS);

  if (!benk_fact_kind_check (BENK_FACT_CALL, text, benk_caller_to_name (caller),
                             &error) ||
      !benk_text_check_name (text, &error) || !benk_text_check_note (text, &error))
    {
      benk_inventory_refuse (self, cancellable, callback, user_data, error);
      return;
    }
  call = g_new0 (Call, 1);
  call->device = *device;
  call->caller = caller;
  call->text = g_strstrip (g_strdup (text));
  benk_session_change_async (benk_inventory_get_session (self), self, BENK_VERB_CALL,
                             device, do_note, call, (GDestroyNotify) call_free,
                             cancellable, callback, user_data);
}
