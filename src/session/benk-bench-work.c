/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-bench-job-private.h"

#include "benk-error.h"
#include "benk-model.h"
#include "benk-plan-file.h"
#include "benk-session-change.h"

#include <glib/gi18n.h>
#include <string.h>

#define SALT_LENGTH 21

/** benk_bench_fill_random: from the random part of fresh ids, seven octets of each */
void
benk_bench_fill_random (BenkClock *clock, guint8 *octets, gsize length)
{
  for (gsize at = 0; at < length; at += 7)
    {
      BenkId id = benk_id_new (clock);

      memcpy (octets + at, id.b + 9, MIN (7, length - at));
    }
}

static guint32
draw_number (BenkClock *clock)
{
  guint32 number = 0;

  while (number == 0)
    benk_bench_fill_random (clock, (guint8 *) &number, sizeof number);
  return number;
}

static GBytes *
draw_salt (BenkClock *clock)
{
  guint8 salt[SALT_LENGTH];

  benk_bench_fill_random (clock, salt, sizeof salt);
  return g_bytes_new (salt, sizeof salt);
}

static BenkJobKind
get_job_kind (BenkRunKind kind)
{
  switch (kind)
    {
    case BENK_RUN_KIND_PROVISION:
      return BENK_JOB_PROVISION;
    case BENK_RUN_KIND_SETTINGS:
      return BENK_JOB_SETTINGS;
    case BENK_RUN_KIND_RESET:
      return BENK_JOB_RESET;
    case BENK_RUN_KIND_READ:
    case BENK_RUN_KIND_CHECKLIST:
    default:
      return BENK_JOB_READ;
    }
}

/* Without its models the program writes to no dispenser but a simulated one. */
static GPtrArray *
load_models (void)
{
  GPtrArray *models = benk_model_load_builtin (NULL);

  return models != NULL ? models : g_ptr_array_new ();
}

/** benk_bench_work_new: Returns: (transfer full): work that has not begun */
BenkBenchWork *
benk_bench_work_new (BenkBench *bench, BenkBenchDevice *device, BenkRunKind kind)
{
  BenkSession *session = benk_bench_get_session (bench);
  BenkClock *clock = benk_session_get_clock (session);
  BenkBenchWork *self = g_new0 (BenkBenchWork, 1);

  self->bench = g_object_ref (bench);
  self->id = benk_bench_next_job (bench);
  self->kind = kind;
  self->device = g_object_ref (device);
  self->card = *benk_bench_device_get_card_id (device);
  self->request = benk_bus_request_new (self->id, get_job_kind (kind));
  self->request->models = load_models ();
  self->request->setup.demo_store = benk_session_is_demo (session);
  self->request->salt = draw_salt (clock);
  self->request->setup.nonce = draw_number (clock);
  self->request->setup.challenge = draw_number (clock);
  return self;
}

/** benk_bench_work_free: @self: (transfer full): work that is over */
void
benk_bench_work_free (BenkBenchWork *self)
{
  g_clear_pointer (&self->request, benk_bus_request_free);
  g_clear_pointer (&self->plan, benk_plan_unref);
  g_clear_pointer (&self->result, benk_bus_result_free);
  g_clear_object (&self->job);
  g_clear_object (&self->device);
  g_clear_object (&self->bench);
  g_free (self->reference);
  g_free (self);
}

/* Ends the work for everybody; @error: (transfer full) (nullable). */
static void
conclude (BenkBenchWork *self,
          BenkRunOutcome outcome,
          gboolean proven,
          const char *sentence,
          const char *reason,
          GError *error)
{
  g_autoptr (BenkBench) bench = g_object_ref (self->bench);

  if (self->job != NULL && self->result != NULL)
    benk_bench_job_set_touched (self->job, self->result->touched);
  if (self->job != NULL)
    benk_bench_job_end (self->job, outcome, proven, sentence, reason, error);
  else
    g_clear_error (&error);
  benk_bench_work_over (bench, self);
  benk_bench_work_free (self);
}

static gboolean
link_counts (BenkBenchWork *self, BenkLinkKind kind)
{
  BenkSession *session = benk_bench_get_session (self->bench);

  return session != NULL && benk_link_kind_counts (kind, benk_session_is_demo (session));
}

/* --- before --- */

/** benk_bench_work_run: @self: (transfer full): goes to the bus thread */
void
benk_bench_work_run (BenkBenchWork *self)
{
  BenkBus *bus = benk_bench_get_bus (self->bench);

  if (bus == NULL)
    {
      conclude (self, BENK_RUN_OUTCOME_UNTOUCHED, FALSE, _ ("The store is closed."), NULL,
                NULL);
      return;
    }
  if (self->job != NULL)
    benk_bench_job_set_bus (self->job, bus);
  self->request->automatic = self->automatic;
  benk_bench_keep_work (self->bench, self);
  benk_bus_run (bus, benk_bench_device_get_station (self->device),
                g_steal_pointer (&self->request));
}

static void
on_begun (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkBenchWork *self = user_data;
  GError *error = NULL;
  BenkRunBegin *begin = benk_session_change_finish (source, result, NULL, &error);

  if (begin == NULL)
    {
      g_autofree char *sentence = g_strdup (error->message);

      conclude (self, BENK_RUN_OUTCOME_UNTOUCHED, FALSE, sentence, NULL, error);
      return;
    }
  self->run = begin->run;
  self->kept = TRUE;
  benk_bench_job_set_run_id (self->job, &self->run);
  benk_bench_work_run (self);
}

static gint64
get_valid_from (BenkPlan *plan, BenkClock *clock)
{
  GDate date;

  if (benk_plan_get_valid_from (plan) == NULL ||
      !benk_date_parse (benk_plan_get_valid_from (plan), &date))
    return benk_clock_get_wall_ms (clock);
  return benk_local_minute_to_ms (benk_plan_get_zone (plan), &date, 0);
}

/** benk_bench_work_begin: @self: (transfer full): keeps the run, then goes to the bus */
void
benk_bench_work_begin (BenkBenchWork *self)
{
  BenkSession *session = benk_bench_get_session (self->bench);
  BenkClock *clock = benk_session_get_clock (session);
  BenkRunBegin *begin = benk_run_begin_new (self->kind, &self->card);

  begin->serial = g_strdup (benk_bench_device_get_serial (self->device));
  begin->link_kind = benk_bench_device_get_link_kind (self->device);
  begin->counts = link_counts (self, begin->link_kind);
  begin->reference = g_strdup (self->reference);
  begin->salt = g_bytes_ref (self->request->salt);
  if (self->plan != NULL)
    {
      self->set_id = draw_number (clock);
      self->request->setup.set_id = self->set_id;
      begin->set_id = self->set_id;
      begin->plan_body = benk_plan_file_compose (self->plan);
      begin->valid_from_ms = get_valid_from (self->plan, clock);
    }
  benk_session_change_async (session, self->bench, BENK_VERB_RUN, &self->card,
                             benk_run_begin_work, begin,
                             (GDestroyNotify) benk_run_begin_free, NULL, on_begun, self);
}

/* --- after --- */

static char *
compose_sentence (BenkBenchWork *self)
{
  const BenkJobResult *result = self->result;

  if (self->kind == BENK_RUN_KIND_READ)
    return result->outcome == BENK_JOB_VERIFIED
             ? g_strdup (result->sentence)
             : g_strdup_printf (_ ("Could not be read: %s"),
                                result->reason != NULL ? result->reason : "");
  if (link_counts (self, result->link_kind))
    return g_strdup (result->sentence);
  return g_strdup_printf ("%s %s",
                          self->kind == BENK_RUN_KIND_RESET ? _ ("Simulated, not reset.")
                                                            : _ ("Simulated, not ready."),
                          _ ("Simulated device – not valid as proof"));
}

static gboolean
is_proven (BenkBenchWork *self)
{
  return self->result->outcome == BENK_JOB_VERIFIED &&
         link_counts (self, self->result->link_kind);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkBenchWork *self = user_data;
  GError *error = NULL;
  BenkRunEnd *end = benk_session_change_finish (source, result, NULL, &error);
  g_autofree char *sentence = compose_sentence (self);
  g_autofree char *whole = NULL;

  if (benk_bench_get_session (self->bench) != NULL)
    benk_bench_find_card (self->bench, self->device);
  if (end == NULL)
    {
      g_prefix_error (&error, "%s ", sentence);
      conclude (self, benk_bench_outcome (self->result->outcome), FALSE, sentence, NULL,
                error);
      return;
    }
  whole = end->missing != NULL ? g_strdup_printf ("%s %s", sentence, end->missing)
                               : g_strdup (sentence);
  conclude (self, benk_bench_outcome (self->result->outcome), is_proven (self), whole,
            self->result->reason, NULL);
}

static void
keep_end (BenkBenchWork *self)
{
  BenkSession *session = benk_bench_get_session (self->bench);
  gboolean counts = link_counts (self, self->result->link_kind);
  gboolean proven = is_proven (self);
  BenkRunEnd *end = benk_run_end_new (self->kind, &self->card, &self->run);

  end->link_kind = self->result->link_kind;
  end->outcome =
    counts ? benk_bench_outcome (self->result->outcome) : BENK_RUN_OUTCOME_UNTOUCHED;
  end->proven = proven;
  end->sentence = compose_sentence (self);
  end->reading = benk_run_reading_compose (self->result, self->set_id,
                                           benk_bench_job_get_steps (self->job));
  if (self->plan != NULL)
    end->next_dose_ms =
      benk_plan_next_dose (self->plan,
                           benk_clock_get_wall_ms (benk_session_get_clock (session)));
  benk_session_change_async (session, self->bench,
                             proven && self->kind != BENK_RUN_KIND_READ ? BENK_VERB_PROOF
                                                                        : BENK_VERB_RUN,
                             &self->card, benk_run_end_work, end,
                             (GDestroyNotify) benk_run_end_free, NULL, on_ended, self);
}

/* --- a reading that nobody asked for finds the card, and settles what was not known ---
 */

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkBenchWork *self = user_data;

  /* Where nobody is chosen it is only said; the next time settles it as well. */
  benk_session_change_finish (source, result, NULL, NULL);
  conclude (self, BENK_RUN_OUTCOME_VERIFIED, FALSE, NULL, NULL, NULL);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkBenchWork *self = user_data;
  BenkSession *session = benk_bench_get_session (self->bench);
  g_autoptr (GError) error = NULL;
  BenkRunSettle *settle = benk_session_read_finish (source, result, &error);

  if (settle == NULL || settle->run == NULL || session == NULL)
    {
      g_clear_pointer (&settle, benk_run_settle_free);
      benk_bench_device_set_news (self->device, NULL);
      conclude (self, BENK_RUN_OUTCOME_VERIFIED, FALSE, NULL, NULL, NULL);
      return;
    }
  benk_bench_device_set_news (self->device, benk_run_get_detail (settle->run));
  benk_session_change_async (session, self->bench, BENK_VERB_RUN, &self->card,
                             benk_run_settle_work, settle,
                             (GDestroyNotify) benk_run_settle_free, NULL, on_settled,
                             self);
}

static void
take_card (BenkBenchDevice *device, GAsyncResult *result, GObject *source)
{
  g_autoptr (GError) error = NULL;
  BenkCardSearch *search = benk_session_read_finish (source, result, &error);

  benk_bench_device_set_card (device, search != NULL ? search->card : NULL,
                              search != NULL ? search->trouble : error->message);
  g_clear_pointer (&search, benk_card_search_free);
}

static void
search_card (BenkBench *bench,
             BenkBenchDevice *device,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  BenkCardSearch *search = benk_card_search_new (benk_bench_device_get_serial (device),
                                                 benk_bench_device_get_model_id (device));

  benk_session_read_async (benk_bench_get_session (bench), bench, benk_card_search_work,
                           search, (GDestroyNotify) benk_card_search_free,
                           (GDestroyNotify) benk_card_search_free, NULL, callback,
                           user_data);
}

static void
on_card (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BenkBenchWork *self = user_data;
  BenkSession *session = benk_bench_get_session (self->bench);
  BenkRunSettle *settle;

  take_card (self->device, result, source);
  self->card = *benk_bench_device_get_card_id (self->device);
  if (session == NULL || benk_id_is_nil (&self->card) || !self->result->set_id_known ||
      !link_counts (self, self->result->link_kind))
    {
      conclude (self, BENK_RUN_OUTCOME_VERIFIED, FALSE, NULL, NULL, NULL);
      return;
    }
  settle = benk_run_settle_new (&self->card, self->result);
  benk_session_read_async (session, self->bench, benk_run_settle_look, settle,
                           (GDestroyNotify) benk_run_settle_free,
                           (GDestroyNotify) benk_run_settle_free, NULL, on_looked, self);
}

static void
on_card_again (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkBenchDevice) device = user_data;

  take_card (device, result, source);
}

/** benk_bench_find_card: looks again which card @device has, and in which state it is */
void
benk_bench_find_card (BenkBench *self, BenkBenchDevice *device)
{
  if (benk_bench_get_session (self) != NULL &&
      benk_bench_device_get_serial (device) != NULL)
    search_card (self, device, on_card_again, g_object_ref (device));
}

/** benk_bench_work_finish: @self: (transfer full): the bus is done with it */
void
benk_bench_work_finish (BenkBenchWork *self, const BenkJobResult *result)
{
  self->result = benk_bus_result_copy (result);
  benk_bench_device_take_result (self->device, result);
  if (self->kept && benk_bench_get_session (self->bench) != NULL)
    keep_end (self);
  else if (self->automatic && benk_bench_device_is_identified (self->device) &&
           benk_bench_device_get_serial (self->device) != NULL &&
           benk_bench_get_session (self->bench) != NULL)
    search_card (self->bench, self->device, on_card, self);
  else
    {
      g_autofree char *sentence = compose_sentence (self);

      conclude (self, benk_bench_outcome (self->result->outcome), is_proven (self),
                sentence, self->result->reason, NULL);
    }
}
