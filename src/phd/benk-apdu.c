/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-apdu.h"

/**
 * benk_attr_new:
 * @value: (nullable): %NULL means no octets
 *
 * Returns: (transfer full): an attribute with operator "replace"
 */
BenkAttr *
benk_attr_new (guint16 id, GBytes *value)
{
  BenkAttr *self = g_new0 (BenkAttr, 1);

  self->id = id;
  self->value = value != NULL ? g_bytes_ref (value) : g_bytes_new (NULL, 0);
  return self;
}

void
benk_attr_free (BenkAttr *self)
{
  g_clear_pointer (&self->value, g_bytes_unref);
  g_free (self);
}

/** benk_attrs_new: Returns: (transfer full) (element-type BenkAttr): an empty list */
GPtrArray *
benk_attrs_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) benk_attr_free);
}

void
benk_attrs_add (GPtrArray *attrs, guint16 id, GBytes *value)
{
  g_ptr_array_add (attrs, benk_attr_new (id, value));
}

/**
 * benk_attrs_find:
 * @attrs: (nullable) (element-type BenkAttr): a list
 *
 * Returns: (transfer none) (nullable): octets of the first attribute with this id
 */
GBytes *
benk_attrs_find (GPtrArray *attrs, guint16 id)
{
  for (guint i = 0; attrs != NULL && i < attrs->len; i++)
    {
      BenkAttr *attr = g_ptr_array_index (attrs, i);

      if (attr->id == id)
        return attr->value;
    }
  return NULL;
}

BenkApdu *
benk_apdu_new (BenkApduTag tag)
{
  BenkApdu *self = g_new0 (BenkApdu, 1);

  self->tag = tag;
  return self;
}

void
benk_apdu_free (BenkApdu *self)
{
  g_clear_pointer (&self->info, g_bytes_unref);
  g_clear_pointer (&self->attrs, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self);
}

/**
 * benk_apdu_new_aarq:
 * @info: what the agent offers
 *
 * Returns: (transfer full): an association request with the one protocol 20601
 */
BenkApdu *
benk_apdu_new_aarq (const BenkAssocInfo *info)
{
  BenkApdu *self = benk_apdu_new (BENK_APDU_AARQ);

  self->assoc_version = BENK_ASSOC_VERSION;
  self->protocol = BENK_PROTO_20601;
  self->assoc = *info;
  return self;
}

/**
 * benk_apdu_new_aare:
 * @info: (nullable): the manager's own; %NULL for a rejection (protocol 0, no octets)
 */
BenkApdu *
benk_apdu_new_aare (BenkAssocResult result, const BenkAssocInfo *info)
{
  BenkApdu *self = benk_apdu_new (BENK_APDU_AARE);

  self->result = (guint16) result;
  if (info != NULL)
    {
      self->protocol = BENK_PROTO_20601;
      self->assoc = *info;
    }
  return self;
}

/**
 * benk_apdu_new_reason:
 * @tag: RLRQ, RLRE or ABRT
 */
BenkApdu *
benk_apdu_new_reason (BenkApduTag tag, guint16 reason)
{
  BenkApdu *self = benk_apdu_new (tag);

  self->reason = reason;
  return self;
}

BenkApdu *
benk_apdu_new_data (guint16 invoke_id, BenkApduChoice choice, guint16 handle)
{
  BenkApdu *self = benk_apdu_new (BENK_APDU_PRST);

  self->invoke_id = invoke_id;
  self->choice = (guint16) choice;
  self->handle = handle;
  return self;
}

static BenkApdu *
new_typed (
  guint16 invoke_id, BenkApduChoice choice, guint16 handle, guint16 type, GBytes *info)
{
  BenkApdu *self = benk_apdu_new_data (invoke_id, choice, handle);

  self->type = type;
  self->info = info != NULL ? g_bytes_ref (info) : NULL;
  return self;
}

static BenkApdu *
new_attrs (guint16 invoke_id, BenkApduChoice choice, guint16 handle, GPtrArray *attrs)
{
  BenkApdu *self = benk_apdu_new_data (invoke_id, choice, handle);

  self->attrs = attrs != NULL ? g_ptr_array_ref (attrs) : benk_attrs_new ();
  return self;
}

/**
 * benk_apdu_new_get:
 * @ids: (array length=n_ids) (nullable): attributes asked for; none means all
 */
BenkApdu *
benk_apdu_new_get (guint16 invoke_id, guint16 handle, const guint16 *ids, guint n_ids)
{
  BenkApdu *self = benk_apdu_new_data (invoke_id, BENK_CHOICE_GET, handle);

  self->ids = g_array_new (FALSE, FALSE, sizeof (guint16));
  if (n_ids > 0)
    g_array_append_vals (self->ids, ids, n_ids);
  return self;
}

BenkApdu *
benk_apdu_new_get_response (guint16 invoke_id, guint16 handle, GPtrArray *attrs)
{
  return new_attrs (invoke_id, BENK_CHOICE_GET_RESPONSE, handle, attrs);
}

/**
 * benk_apdu_new_set:
 *
 * Returns: (transfer full): a confirmed SET that replaces one attribute
 */
BenkApdu *
benk_apdu_new_set (guint16 invoke_id, guint16 handle, guint16 id, GBytes *value)
{
  g_autoptr (GPtrArray) attrs = benk_attrs_new ();

  benk_attrs_add (attrs, id, value);
  return new_attrs (invoke_id, BENK_CHOICE_SET_CONFIRMED, handle, attrs);
}

BenkApdu *
benk_apdu_new_set_response (guint16 invoke_id, guint16 handle, GPtrArray *attrs)
{
  return new_attrs (invoke_id, BENK_CHOICE_SET_RESPONSE, handle, attrs);
}

BenkApdu *
benk_apdu_new_action (guint16 invoke_id, guint16 handle, guint16 type, GBytes *info)
{
  return new_typed (invoke_id, BENK_CHOICE_ACTION_CONFIRMED, handle, type, info);
}

BenkApdu *
benk_apdu_new_action_response (guint16 invoke_id,
                               guint16 handle,
                               guint16 type,
                               GBytes *info)
{
  return new_typed (invoke_id, BENK_CHOICE_ACTION_RESPONSE, handle, type, info);
}

/** benk_apdu_new_event: a confirmed event report; @time in 1/8 ms */
BenkApdu *
benk_apdu_new_event (
  guint16 invoke_id, guint16 handle, guint32 time, guint16 type, GBytes *info)
{
  BenkApdu *self = new_typed (invoke_id, BENK_CHOICE_EVENT_CONFIRMED, handle, type, info);

  self->time = time;
  return self;
}

/**
 * benk_apdu_new_event_response:
 * @event: the event being answered: its invoke-id, handle, time and type are repeated
 * @info: (nullable): event-reply-info
 */
BenkApdu *
benk_apdu_new_event_response (const BenkApdu *event, GBytes *info)
{
  BenkApdu *self = new_typed (event->invoke_id, BENK_CHOICE_EVENT_RESPONSE, event->handle,
                              event->type, info);

  self->time = event->time;
  return self;
}

BenkApdu *
benk_apdu_new_roer (guint16 invoke_id, guint16 error, GBytes *parameter)
{
  return new_typed (invoke_id, BENK_CHOICE_ERROR, 0, error, parameter);
}

BenkApdu *
benk_apdu_new_rorj (guint16 invoke_id, guint16 problem)
{
  return new_typed (invoke_id, BENK_CHOICE_REJECT, 0, problem, NULL);
}

/** benk_apdu_is_response: Returns: %TRUE for RORS, ROER and RORJ */
gboolean
benk_apdu_is_response (const BenkApdu *self)
{
  return self->tag == BENK_APDU_PRST && self->choice >= BENK_CHOICE_EVENT_RESPONSE;
}

/**
 * benk_apdu_return_code:
 * @roer: a ROER
 *
 * Returns: the return code of a ROER 24 (bare u16), or 0
 */
guint16
benk_apdu_return_code (const BenkApdu *roer)
{
  gsize length = 0;
  const guint8 *data = roer->info != NULL ? g_bytes_get_data (roer->info, &length) : NULL;

  return length >= 2 ? (guint16) (data[0] << 8 | data[1]) : 0;
}
