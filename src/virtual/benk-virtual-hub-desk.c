/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-virtual-hub.h"
#include "benk-virtual-hub-private.h"

#include "benk-error.h"
#include "benk-id.h"

static gboolean
note_elsewhere (BenkVirtualHub *self,
                const char *id,
                const char *event_code,
                const char *who,
                const char *status,
                GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (benk_hub_shelf_note (&self->shelf, id, event_code, who, status,
                           benk_clock_get_wall_ms (self->clock)))
    {
      benk_hub_door_ring (self);
      return TRUE;
    }
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, "No alarm %s in the hub", id);
  return FALSE;
}

/**
 * benk_virtual_hub_raise:
 * @self: the hub
 * @alarm: what happened
 *
 * Adds an open `DetectedIssue` in the shape of the national profile.
 *
 * Returns: (transfer full): its logical id
 */
char *
benk_virtual_hub_raise (BenkVirtualHub *self, const BenkVirtualAlarm *alarm)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  BenkId id = benk_id_new (self->clock);
  g_autofree char *made = benk_id_to_string (&id);
  g_autofree char *uuid = g_strconcat ("urn:uuid:", made, NULL);
  g_autoptr (JsonObject) resource = NULL;

  resource =
    benk_hub_alarm_to_resource (alarm, alarm->identifier ? alarm->identifier : uuid,
                                now_ms);
  benk_hub_door_ring (self);
  return g_strdup (benk_hub_shelf_add (&self->shelf, resource, now_ms)->id);
}

/**
 * benk_virtual_hub_hand_out:
 * @self: the hub
 * @replaces: (nullable): the logical id of one that this is the next version of
 * @dispense: what was handed out
 *
 * Adds a `MedicationDispense` in the shape of the national profile.
 *
 * Returns: (transfer full): its logical id
 */
char *
benk_virtual_hub_hand_out (BenkVirtualHub *self,
                           const char *replaces,
                           const BenkVirtualDispense *dispense)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  gint64 now_ms = benk_clock_get_wall_ms (self->clock);
  BenkId id = benk_id_new (self->clock);
  g_autofree char *made = benk_id_to_string (&id);
  g_autofree char *uuid = g_strconcat ("urn:uuid:", made, NULL);
  BenkHubIssue *known =
    replaces ? benk_hub_shelf_find (self->shelf.dispenses, replaces) : NULL;
  g_autoptr (JsonObject) resource =
    benk_hub_dispense_to_resource (dispense, uuid, now_ms);

  if (known == NULL)
    return g_strdup (benk_hub_shelf_add (self->shelf.dispenses, resource, now_ms)->id);
  benk_hub_shelf_replace (self->shelf.dispenses, known, resource, now_ms);
  return g_strdup (replaces);
}

/**
 * benk_virtual_hub_put_dispense_text:
 * @self: the hub
 * @text: what is served where a `MedicationDispense` belongs, letter by letter
 */
void
benk_virtual_hub_put_dispense_text (BenkVirtualHub *self, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  benk_hub_shelf_add_text (self->shelf.dispenses, text,
                           benk_clock_get_wall_ms (self->clock));
}

/**
 * benk_virtual_hub_put_text:
 * @self: the hub
 * @text: what is served where a resource belongs, letter by letter
 *
 * Adds something that need not be a resource at all.
 *
 * Returns: (transfer full): the logical id that it is found under
 */
char *
benk_virtual_hub_put_text (BenkVirtualHub *self, const char *text)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (
    benk_hub_shelf_add_text (&self->shelf, text, benk_clock_get_wall_ms (self->clock))
      ->id);
}

/**
 * benk_virtual_hub_take_elsewhere:
 * @self: the hub
 * @id: logical id
 * @who: who is said to have taken it
 * @error: return location
 *
 * Takes an alarm as another system would.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if there is none
 */
gboolean
benk_virtual_hub_take_elsewhere (BenkVirtualHub *self,
                                 const char *id,
                                 const char *who,
                                 GError **error)
{
  return note_elsewhere (self, id, "1", who, "preliminary", error);
}

/**
 * benk_virtual_hub_close_elsewhere:
 * @self: the hub
 * @id: logical id
 * @who: who is said to have closed it
 * @error: return location
 *
 * Closes an alarm as another system would.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if there is none
 */
gboolean
benk_virtual_hub_close_elsewhere (BenkVirtualHub *self,
                                  const char *id,
                                  const char *who,
                                  GError **error)
{
  return note_elsewhere (self, id, "3", who, "final", error);
}

/**
 * benk_virtual_hub_set_certificate:
 * @self: a hub that does not listen
 * @certificate: with its private key
 *
 * Lets it listen on https.
 */
void
benk_virtual_hub_set_certificate (BenkVirtualHub *self, GTlsCertificate *certificate)
{
  g_return_if_fail (self->server == NULL);
  g_set_object (&self->certificate, certificate);
}

/**
 * benk_virtual_hub_remove:
 * @self: the hub
 * @id: logical id
 * @error: return location
 *
 * Takes an alarm away: no search finds it any more, nor says that it is gone.
 *
 * Returns: %FALSE with %BENK_ERROR_NOT_FOUND if there is none
 */
gboolean
benk_virtual_hub_remove (BenkVirtualHub *self, const char *id, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (benk_hub_shelf_remove (&self->shelf, id))
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_NOT_FOUND, "No alarm %s in the hub", id);
  return FALSE;
}

/**
 * benk_virtual_hub_set_manners:
 * @self: the hub
 * @manners: how it does what can be done in several ways
 */
void
benk_virtual_hub_set_manners (BenkVirtualHub *self, BenkHubManners manners)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->shelf.manners = manners;
}

/**
 * benk_virtual_hub_get_n_octets:
 * @self: the hub
 *
 * Returns: how long the bodies of its answers were together
 */
guint64
benk_virtual_hub_get_n_octets (BenkVirtualHub *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_octets;
}

/**
 * benk_virtual_hub_add_fault:
 * @self: the hub
 * @fault: what goes wrong
 * @argument: status, octets or milliseconds, by the fault
 * @method: (nullable): only requests with this method; %NULL for any
 * @count: how many requests
 *
 * The faults are used up in the order they were added.
 */
void
benk_virtual_hub_add_fault (BenkVirtualHub *self,
                            BenkHubFault fault,
                            gint64 argument,
                            const char *method,
                            guint count)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  BenkHubFaultRow *row = g_new0 (BenkHubFaultRow, 1);

  row->fault = fault;
  row->argument = argument;
  row->method = g_strdup (method);
  row->count = MAX (count, 1);
  g_ptr_array_add (self->faults, row);
}

/**
 * benk_virtual_hub_add_fault_named:
 * @self: the hub
 * @spec: `NAME[=ARGUMENT][:METHOD][+SKIP][@COUNT]`, such as `lost:POST` or
 *   `429:GET+1@2`: the second and third GET
 * @error: return location
 *
 * As [method@VirtualHub.add_fault], from words.
 *
 * Returns: %FALSE with %BENK_ERROR_USAGE if the words are not understood
 */
gboolean
benk_virtual_hub_add_fault_named (BenkVirtualHub *self, const char *spec, GError **error)
{
  BenkHubFaultRow row = { 0 };
  g_autoptr (GMutexLocker) locker = NULL;

  if (!benk_hub_fault_parse (spec, &row, error))
    return FALSE;
  locker = g_mutex_locker_new (&self->lock);
  g_ptr_array_add (self->faults, g_memdup2 (&row, sizeof row));
  return TRUE;
}

/**
 * benk_virtual_hub_clear_faults:
 * @self: the hub
 *
 * Forgets the faults that were not used up.
 */
void
benk_virtual_hub_clear_faults (BenkVirtualHub *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_ptr_array_set_size (self->faults, 0);
}

/**
 * benk_virtual_hub_get_n_issues:
 * @self: the hub
 *
 * Returns: how many alarms it holds
 */
guint
benk_virtual_hub_get_n_issues (BenkVirtualHub *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->shelf.issues->len;
}

/**
 * benk_virtual_hub_get_n_documents:
 * @self: the hub
 *
 * Returns: how many follow-up documents it accepted
 */
guint
benk_virtual_hub_get_n_documents (BenkVirtualHub *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->shelf.documents->len;
}

/**
 * benk_virtual_hub_dup_issue:
 * @self: the hub
 * @id: logical id
 *
 * Returns: (transfer full) (nullable): the resource as JSON
 */
char *
benk_virtual_hub_dup_issue (BenkVirtualHub *self, const char *id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  BenkHubIssue *issue = benk_hub_shelf_find (&self->shelf, id);

  return issue ? g_strdup (issue->text) : NULL;
}

/**
 * benk_virtual_hub_dup_document:
 * @self: the hub
 * @number: from 0, in the order they came
 *
 * Returns: (transfer full) (nullable): the document as JSON
 */
char *
benk_virtual_hub_dup_document (BenkVirtualHub *self, guint number)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  BenkHubDocument *document;

  if (number >= self->shelf.documents->len)
    return NULL;
  document = g_ptr_array_index (self->shelf.documents, number);
  return g_strdup (document->text);
}

/**
 * benk_virtual_hub_dup_log:
 * @self: the hub
 *
 * The requests in order, each a line of JSON: at, method, path, query, status (0: no
 * answer was sent), if_match, token (whether one was given), fault, body.
 *
 * Returns: (transfer full): the lines
 */
GStrv
benk_virtual_hub_dup_log (BenkVirtualHub *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->log->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->log, i));
  return g_strv_builder_end (builder);
}

/**
 * benk_virtual_hub_count_log:
 * @self: the hub
 * @method: HTTP method
 * @part: a part of the path, such as "/Bundle"
 *
 * Returns: how many requests had this method and part
 */
guint
benk_virtual_hub_count_log (BenkVirtualHub *self, const char *method, const char *part)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint n = 0;

  for (guint i = 0; i < self->log->len; i++)
    {
      g_autoptr (JsonObject) line =
        benk_hub_parse_object (g_ptr_array_index (self->log, i), -1);

      if (g_str_equal (json_object_get_string_member (line, "method"), method) &&
          strstr (json_object_get_string_member (line, "path"), part) != NULL)
        n++;
    }
  return n;
}
