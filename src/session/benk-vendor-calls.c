/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-vendor-calls.h"

#include "benk-config.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "benk-alarms-private.h"
#include "benk-error.h"
#include "benk-guidance-version.h"
#include "benk-models.h"
#include "benk-roll-batch.h"
#include "benk-session-change.h"
#include "benk-table-alarm.h"
#include "benk-table-device.h"
#include "benk-table-duty.h"
#include "benk-table-guidance.h"
#include "benk-table-run.h"
#include "benk-table-vendor.h"
#include "benk-text-check.h"

/* What was read longer ago than so many runs is not looked for. */
#define MAX_RUNS 20

/* --- the card --- */

typedef struct
{
  BenkId alarm;
  BenkId device;
  GPtrArray *models;
  gboolean demo;
} LoadJob;

static void
load_job_free (gpointer data)
{
  LoadJob *job = data;

  g_ptr_array_unref (job->models);
  g_free (job);
}

static char *
dup_filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* The alarm that was asked for; else the newest open one of the device, if it has any. */
static gboolean
find_alarm (BenkDb *db, LoadJob *job, BenkAlarm **alarm, GError **error)
{
  g_autoptr (GPtrArray) open = NULL;

  *alarm = NULL;
  if (!benk_id_is_nil (&job->alarm))
    {
      *alarm = benk_table_alarm_get (db, &job->alarm, error);
      return *alarm != NULL;
    }
  open = benk_table_alarm_list_open (db, error);
  if (open == NULL)
    return FALSE;
  for (guint i = 0; i < open->len; i++)
    {
      BenkAlarm *one = g_ptr_array_index (open, i);

      if (benk_id_equal (benk_alarm_get_device_id (one), &job->device) &&
          (*alarm == NULL ||
           benk_alarm_get_raised_ms (one) > benk_alarm_get_raised_ms (*alarm)))
        g_set_object (alarm, one);
    }
  return TRUE;
}

/* The source's own text may say whom it is about, so the code's words stand here. */
static void
take_alarm (BenkVendorCard *card, BenkAlarm *alarm)
{
  const char *code = benk_alarm_get_code (alarm);

  card->alarm = *benk_alarm_get_id (alarm);
  card->status = benk_alarm_get_status (alarm);
  card->code = g_strdup (code);
  card->fault = g_strdup (benk_alarm_code_get_label (benk_alarm_code_resolve (code)));
  card->roll_batch = benk_roll_batch_describe (benk_alarm_get_roll_packer (alarm),
                                               benk_alarm_get_roll_batch (alarm));
  card->since_ms = benk_alarm_get_raised_ms (alarm);
  card->serial = dup_filled (benk_alarm_get_serial (alarm));
  card->case_number = dup_filled (benk_alarm_get_case_number (alarm));
}

static void
take_device (BenkVendorCard *card, BenkDevice *device)
{
  card->device = *benk_device_get_id (device);
  g_free (card->serial);
  card->serial = dup_filled (benk_device_get_serial (device));
  card->imei = dup_filled (benk_device_get_imei (device));
  card->owner = benk_device_get_owner (device);
  card->lease_end = dup_filled (benk_device_get_lease_end_date (device));
  card->warranty = dup_filled (benk_device_get_warranty_date (device));
  card->contact.vendor = dup_filled (benk_device_get_vendor (device));
}

static char *
find_firmware (const char *reading)
{
  g_autoptr (JsonNode) root = reading != NULL ? json_from_string (reading, NULL) : NULL;
  JsonNode *node = root != NULL && JSON_NODE_HOLDS_OBJECT (root)
                     ? json_object_get_member (json_node_get_object (root), "firmware")
                     : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? dup_filled (json_node_get_string (node))
           : NULL;
}

/* Only what was read over a link that counts in this store. */
static gboolean
read_firmware (BenkDb *db, LoadJob *job, BenkVendorCard *card, GError **error)
{
  g_autoptr (GPtrArray) runs = benk_table_run_list (db, &card->device, error);

  if (runs == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (runs->len, MAX_RUNS) && card->firmware == NULL; i++)
    {
      BenkRun *run = g_ptr_array_index (runs, i);
      g_autoptr (GError) local = NULL;
      g_autofree char *reading = NULL;

      if (!benk_link_kind_counts (benk_run_get_link_kind (run), job->demo))
        continue;
      reading = benk_table_run_get_reading (db, benk_run_get_id (run), &local);
      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      card->firmware = find_firmware (reading);
      card->firmware_ms = benk_run_get_started_ms (run);
    }
  return TRUE;
}

/* Where nobody has said who the vendor is, the numbers stand with the make. */
static gboolean
read_contact (BenkDb *db, BenkModel *model, BenkVendorCard *card, GError **error)
{
  g_auto (BenkVendorContact) kept = { 0 };
  g_autofree char *phones =
    model != NULL ? g_strjoinv (", ", (char **) benk_model_get_phones (model)) : NULL;
  BenkVendorContact *contact = &card->contact;

  if (contact->vendor == NULL && model != NULL)
    contact->vendor = dup_filled (benk_model_get_vendor (model));
  card->vendor_known = contact->vendor != NULL;
  if (contact->vendor == NULL && model != NULL)
    contact->vendor = dup_filled (benk_model_get_maker (model));
  if (contact->vendor == NULL && model != NULL)
    contact->vendor = g_strdup (benk_model_get_name (model));
  if (contact->vendor == NULL)
    return TRUE;
  if (!benk_table_vendor_find (db, contact->vendor, &kept, error))
    return FALSE;
  contact->customer_number = g_steal_pointer (&kept.customer_number);
  contact->phone = kept.phone != NULL ? g_strdup (kept.phone) : dup_filled (phones);
  contact->hours = kept.hours != NULL ? g_strdup (kept.hours)
                   : model != NULL    ? g_strdup (benk_model_get_hours (model))
                                      : NULL;
  return TRUE;
}

/* What is shown for its make in this part of the week. */
static gboolean
read_steps (
  BenkDb *db, BenkModel *model, BenkAlarm *alarm, BenkVendorCard *card, GError **error)
{
  g_autoptr (GPtrArray) current = benk_table_guidance_list_current (db, error);
  g_autoptr (BenkDutyRoster) roster =
    current != NULL ? benk_table_duty_load (db, error) : NULL;
  g_autoptr (BenkGuidanceVersion) version = NULL;
  BenkDutyNow now = { 0 };

  if (roster == NULL)
    return FALSE;
  if (alarm == NULL)
    return TRUE;
  benk_duty_roster_look (roster, benk_alarm_get_team_id (alarm), benk_db_get_wall_ms (db),
                         &now);
  version =
    benk_guidance_resolve (current, model, card->code, benk_guidance_part_of (now.duty));
  card->steps = benk_guidance_version_dup_steps (version);
  card->guidance = version->id;
  return TRUE;
}

static gboolean
read_last_call (BenkDb *db, BenkVendorCard *card, GError **error)
{
  g_autofree char *number = NULL;

  if (!benk_table_vendor_call_find_last (db, &card->device, &number, &card->called_ms,
                                         error))
    return FALSE;
  if (number != NULL)
    {
      g_free (card->case_number);
      card->case_number = g_steal_pointer (&number);
    }
  return TRUE;
}

static gpointer
load_card (BenkDb *db, gpointer data, GCancellable *cancellable, GError **error)
{
  LoadJob *job = data;
  g_autoptr (BenkVendorCard) card = benk_vendor_card_new ();
  g_autoptr (BenkAlarm) alarm = NULL;
  g_autoptr (BenkDevice) device = NULL;
  BenkModel *model;

  if (!find_alarm (db, job, &alarm, error))
    return NULL;
  if (alarm != NULL)
    {
      take_alarm (card, alarm);
      job->device = *benk_alarm_get_device_id (alarm);
    }
  if (!benk_id_is_nil (&job->device))
    {
      device = benk_table_device_get (db, &job->device, error);
      if (device == NULL)
        return NULL;
      take_device (card, device);
    }
  model = benk_model_find (job->models, device != NULL ? benk_device_get_model_id (device)
                                        : alarm != NULL ? benk_alarm_get_model_id (alarm)
                                                        : NULL);
  card->model = g_strdup (model != NULL ? benk_model_get_name (model) : NULL);
  if (!read_contact (db, model, card, error) ||
      !read_steps (db, model, alarm, card, error) ||
      (device != NULL &&
       (!read_firmware (db, job, card, error) || !read_last_call (db, card, error))))
    return NULL;
  return g_steal_pointer (&card);
}

/**
 * benk_vendor_calls_load_async:
 * @session: a session
 * @alarm: (nullable): the alarm to phone about
 * @device: (nullable): without an alarm, the device to phone about
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads what a vendor's support asks for. A device is shown with its newest open alarm.
 */
void
benk_vendor_calls_load_async (BenkSession *session,
                              const BenkId *alarm,
                              const BenkId *device,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  LoadJob *job = g_new0 (LoadJob, 1);

  job->alarm = alarm != NULL ? *alarm : BENK_ID_NIL;
  job->device = device != NULL ? *device : BENK_ID_NIL;
  job->models = g_ptr_array_ref (benk_models_get_all (benk_session_get_models (session)));
  job->demo = benk_session_is_demo (session);
  benk_session_read_async (session, session, load_card, job, load_job_free,
                           (GDestroyNotify) benk_vendor_card_free, cancellable, callback,
                           user_data);
}

/**
 * benk_vendor_calls_load_finish:
 * @session: a session
 * @result: what the callback was given
 * @error: why it could not be read
 *
 * Returns: (transfer full): the card, or %NULL
 */
BenkVendorCard *
benk_vendor_calls_load_finish (BenkSession *session, GAsyncResult *result, GError **error)
{
  return benk_session_read_finish (session, result, error);
}

/* --- how to reach a vendor --- */

static void
contact_free (gpointer data)
{
  benk_vendor_contact_clear (data);
  g_free (data);
}

static gboolean
set_contact (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  return benk_table_vendor_put (db, data, error);
}

static char *
strip (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text != NULL ? text : ""));

  return dup_filled (stripped);
}

static gboolean
check_contact (const BenkVendorContact *contact, GError **error)
{
  if (contact->vendor == NULL)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The name of the vendor is missing."));
      return FALSE;
    }
  return benk_text_check_name (contact->vendor, error) &&
         benk_text_check_name (contact->customer_number, error) &&
         benk_text_check_note (contact->customer_number, error) &&
         benk_text_check_phone (contact->phone, error) &&
         benk_text_check_name (contact->hours, error);
}

/**
 * benk_vendor_calls_set_contact_async:
 * @session: a session
 * @contact: how to reach a vendor; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Keeps how to reach a vendor, for all its devices. One change, which can be undone.
 */
void
benk_vendor_calls_set_contact_async (BenkSession *session,
                                     const BenkVendorContact *contact,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  BenkVendorContact *kept = g_new0 (BenkVendorContact, 1);
  GError *error = NULL;

  kept->vendor = strip (contact->vendor);
  kept->customer_number = strip (contact->customer_number);
  kept->phone = strip (contact->phone);
  kept->hours = strip (contact->hours);
  if (!check_contact (kept, &error))
    {
      contact_free (kept);
      g_task_report_error (session, callback, user_data, benk_session_change_async,
                           error);
      return;
    }
  benk_session_change_async (session, session, BENK_VERB_VENDOR, NULL, set_contact, kept,
                             contact_free, cancellable, callback, user_data);
}

/* --- a call --- */

typedef struct
{
  BenkVendorCallRow row;
  char *vendor;
  char *case_number;
  char *spoke_with;
  char *tried;
  char *words; /* of the step of the alarm */
  BenkAlarmWait wait;
  char *said_by;
} NoteJob;

static void
note_job_free (gpointer data)
{
  NoteJob *job = data;

  g_free (job->vendor);
  g_free (job->case_number);
  g_free (job->spoke_with);
  g_free (job->tried);
  g_free (job->words);
  g_free (job->said_by);
  g_free (job);
}

static void
add_words (GString *words, const char *more)
{
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, more);
}

/* As it is read in the alarm afterwards. */
static char *
compose_words (const BenkVendorCard *card, const BenkVendorCall *call, NoteJob *job)
{
  GString *words = g_string_new (NULL);
  g_autoptr (GString) tried = g_string_new (NULL);
  g_autofree char *number =
    job->case_number != NULL ? g_strdup_printf (_ ("Case %s"), job->case_number) : NULL;

  if (card->contact.vendor != NULL)
    add_words (words, card->contact.vendor);
  if (job->spoke_with != NULL)
    add_words (words, job->spoke_with);
  if (number != NULL)
    add_words (words, number);
  for (guint i = 0; i < call->n_tried; i++)
    if (card->steps != NULL && call->tried[i] < g_strv_length (card->steps))
      g_string_append_printf (tried, "%s%s", tried->len > 0 ? "; " : "",
                              card->steps[call->tried[i]]);
  if (tried->len > 0)
    {
      /* Translators: the steps that were tried before the vendor was phoned. */
      g_autofree char *said = g_strdup_printf (_ ("Tried: %s"), tried->str);

      add_words (words, said);
    }
  return g_string_free (words, FALSE);
}

static char *
compose_tried (const BenkVendorCall *call)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < call->n_tried; i++)
    g_string_append_printf (text, "%s%u", i > 0 ? "," : "", call->tried[i] + 1);
  return g_string_free (text, text->len == 0);
}

static gboolean
note_call (BenkDb *db, BenkScope *scope, gpointer data, GError **error)
{
  NoteJob *job = data;
  BenkVendorCallRow *row = &job->row;
  gboolean has_alarm = !benk_id_is_nil (&row->alarm);

  if (!benk_table_vendor_call_insert (db, row, error))
    return FALSE;
  if (has_alarm &&
      !benk_table_alarm_step_insert (db, &row->alarm, BENK_STEP_VENDOR, BENK_PLACE_PHONE,
                                     0, job->words, NULL, error))
    return FALSE;
  return job->wait.until_ms == 0 ||
         benk_alarm_wait_in_scope (db, &row->alarm, &job->wait, error);
}

static gboolean
check_call (const BenkVendorCard *card, const NoteJob *job, GError **error)
{
  if (job->case_number == NULL && job->spoke_with == NULL && job->tried == NULL &&
      job->wait.until_ms == 0)
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("Nothing is noted of the call yet."));
      return FALSE;
    }
  if (job->wait.until_ms != 0 && benk_id_is_nil (&card->alarm))
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("There is no alarm that could wait."));
      return FALSE;
    }
  return benk_text_check_name (job->case_number, error) &&
         benk_text_check_note (job->case_number, error) &&
         benk_text_check_name (job->spoke_with, error) &&
         benk_text_check_note (job->spoke_with, error);
}

static NoteJob *
note_job_new (const BenkVendorCard *card, const BenkVendorCall *call)
{
  NoteJob *job = g_new0 (NoteJob, 1);

  job->vendor = g_strdup (card->contact.vendor);
  job->case_number = strip (call->case_number);
  job->spoke_with = strip (call->spoke_with);
  job->said_by = strip (call->said_by);
  job->tried = compose_tried (call);
  job->words = compose_words (card, call, job);
  job->row = (BenkVendorCallRow){ .device = card->device,
                                  .alarm = card->alarm,
                                  .vendor = job->vendor,
                                  .case_number = job->case_number,
                                  .spoke_with = job->spoke_with,
                                  .guidance = card->guidance,
                                  .tried = job->tried };
  job->wait = (BenkAlarmWait){ .what = BENK_WAIT_VENDOR,
                               .until_ms = call->until_ms,
                               .case_number = job->case_number,
                               .covered = call->covered,
                               .said_by = job->said_by };
  return job;
}

/**
 * benk_vendor_calls_note_async:
 * @session: a session
 * @card: what was phoned about
 * @call: what came of it; copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept or refused
 * @user_data: for @callback
 *
 * Notes a call, as a step of the alarm if there is one, and lets the alarm wait for the
 * vendor where an end is given: one change. An alarm waits only once it is taken.
 */
void
benk_vendor_calls_note_async (BenkSession *session,
                              const BenkVendorCard *card,
                              const BenkVendorCall *call,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  NoteJob *job = note_job_new (card, call);
  const BenkId *subject = benk_id_is_nil (&card->alarm) ? &card->device : &card->alarm;
  GError *error = NULL;

  if (!check_call (card, job, &error))
    {
      note_job_free (job);
      g_task_report_error (session, callback, user_data, benk_session_change_async,
                           error);
      return;
    }
  benk_session_change_async (session, session, BENK_VERB_VENDOR_CALL, subject, note_call,
                             job, note_job_free, cancellable, callback, user_data);
}

/**
 * benk_vendor_calls_change_finish:
 * @session: a session
 * @result: what the callback was given
 * @seq: (out) (optional): row of the change log
 * @error: why it was not kept
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID, %BENK_ERROR_REFUSED (nobody has taken the
 *   alarm that is to wait) or another error
 */
gboolean
benk_vendor_calls_change_finish (BenkSession *session,
                                 GAsyncResult *result,
                                 gint64 *seq,
                                 GError **error)
{
  return benk_session_change_finish (session, result, seq, error) != NULL;
}
