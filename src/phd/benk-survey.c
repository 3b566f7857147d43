/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-survey.h"

#include "benk-error.h"
#include "benk-manager.h"

#include <glib/gi18n.h>

/* Segments that are asked for of one store. */
#define MAX_SEGMENTS 256

enum
{
  STEP_MDS,
  STEP_STORE,
  STEP_SEGMENTS,
  STEP_TRANSFER,
  STEP_ENTRIES,
  STEP_DONE,
};

static void
event_free (gpointer data)
{
  BenkSurveyEvent *event = data;

  g_clear_pointer (&event->info, g_bytes_unref);
  g_clear_pointer (&event->observations, g_ptr_array_unref);
  g_free (event);
}

static void
segment_free (gpointer data)
{
  BenkSurveySegment *segment = data;

  g_byte_array_unref (segment->entries);
  g_free (segment);
}

static void
store_free (gpointer data)
{
  BenkSurveyStore *store = data;

  g_clear_pointer (&store->attrs, g_ptr_array_unref);
  g_ptr_array_unref (store->segments);
  g_free (store);
}

/** benk_survey_new: Returns: (transfer full): a survey that knows nothing */
BenkSurvey *
benk_survey_new (void)
{
  BenkSurvey *self = g_new0 (BenkSurvey, 1);

  benk_mds_init (&self->mds);
  self->stores = g_ptr_array_new_with_free_func (store_free);
  self->events = g_ptr_array_new_with_free_func (event_free);
  self->faults = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/** benk_survey_free: @self: (transfer full): a survey */
void
benk_survey_free (BenkSurvey *self)
{
  g_free (self->assoc);
  g_clear_pointer (&self->config, benk_config_free);
  g_clear_pointer (&self->mds_attrs, g_ptr_array_unref);
  benk_mds_clear (&self->mds);
  g_ptr_array_unref (self->stores);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->faults);
  g_free (self);
}

static void
add_fault (BenkSurvey *self, const char *text)
{
  if (self->faults->len < BENK_SURVEY_MAX_EVENTS)
    g_ptr_array_add (self->faults, g_strdup (text));
}

static void
overhear_aarq (BenkSurvey *self, const BenkApdu *aarq)
{
  guint16 result = benk_manager_judge (aarq);
  g_autofree char *text = NULL;

  g_free (self->assoc);
  self->assoc = g_memdup2 (&aarq->assoc, sizeof aarq->assoc);
  if (result == BENK_ASSOC_ACCEPTED)
    return;

  text = g_strdup_printf (_ ("The agent asks for an association that is refused with "
                             "code %u."),
                          result);
  add_fault (self, text);
  self->end = BENK_SURVEY_REFUSED;
}

static void
overhear_config (BenkSurvey *self, const BenkApdu *event)
{
  g_autoptr (GError) error = NULL;
  BenkConfig *config = benk_config_parse (event->info, &error);

  if (config == NULL)
    {
      add_fault (self, error->message);
      return;
    }

  g_clear_pointer (&self->config, benk_config_free);
  self->config = config;
}

/**
 * benk_survey_overhear:
 * @self: a survey
 * @apdu: whatever came from the agent, before the manager has it
 *
 * Keeps what the manager itself deals with: the offer, the configuration, the goodbye.
 */
void
benk_survey_overhear (BenkSurvey *self, GBytes *apdu)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BenkApdu) parsed = benk_apdu_parse (apdu, &error);

  if (parsed == NULL)
    add_fault (self, error->message);
  else if (parsed->tag == BENK_APDU_AARQ)
    overhear_aarq (self, parsed);
  else if (parsed->tag == BENK_APDU_RLRQ || parsed->tag == BENK_APDU_RLRE)
    self->end = BENK_SURVEY_RELEASED;
  else if (parsed->tag == BENK_APDU_ABRT)
    self->end = BENK_SURVEY_ABORTED;
  else if (parsed->choice == BENK_CHOICE_EVENT_CONFIRMED &&
           parsed->type == BENK_EVT_CONFIG && parsed->info != NULL)
    overhear_config (self, parsed);
}

static BenkSurveyStore *
get_store (const BenkSurvey *self)
{
  return self->private.store < self->stores->len
           ? g_ptr_array_index (self->stores, self->private.store)
           : NULL;
}

static BenkSurveySegment *
get_segment (const BenkSurvey *self)
{
  BenkSurveyStore *store = get_store (self);

  return store != NULL && self->private.segment < store->segments->len
           ? g_ptr_array_index (store->segments, self->private.segment)
           : NULL;
}

static void
list_stores (BenkSurvey *self)
{
  for (guint i = 0; self->config != NULL && i < self->config->objects->len; i++)
    {
      const BenkConfigObject *object = g_ptr_array_index (self->config->objects, i);
      BenkSurveyStore *store;

      if (object->class_id != BENK_CLASS_PM_STORE)
        continue;
      store = g_new0 (BenkSurveyStore, 1);
      store->handle = object->handle;
      store->info.usage = -1;
      store->segments = g_ptr_array_new_with_free_func (segment_free);
      g_ptr_array_add (self->stores, store);
    }
}

static void
next_store (BenkSurvey *self, guint store)
{
  self->private.store = store;
  self->private.segment = 0;
  self->private.step = store < self->stores->len ? STEP_STORE : STEP_DONE;
}

static void
next_segment (BenkSurvey *self, guint segment)
{
  self->private.segment = segment;
  self->private.step = STEP_TRANSFER;
  if (get_segment (self) == NULL)
    next_store (self, self->private.store + 1);
}

/**
 * benk_survey_ask:
 * @self: a survey of an agent that is associated, whose last answer was taken
 *
 * Returns: (transfer full) (nullable): the next question; %NULL when there is none, for
 *   good or until the entries have come
 */
BenkApdu *
benk_survey_ask (BenkSurvey *self)
{
  BenkSurveyStore *store = get_store (self);
  g_autoptr (GBytes) info = NULL;

  switch (self->private.step)
    {
    case STEP_MDS:
      return benk_apdu_new_get (0, BENK_HANDLE_MDS, NULL, 0);
    case STEP_STORE:
      return benk_apdu_new_get (0, store->handle, NULL, 0);
    case STEP_SEGMENTS:
      info = benk_pm_select_all ();
      return benk_apdu_new_action (0, store->handle, BENK_ACT_SEG_GET_INFO, info);
    case STEP_TRANSFER:
      info = benk_pm_trig_compose (get_segment (self)->info.instance);
      return benk_apdu_new_action (0, store->handle, BENK_ACT_SEG_TRIG_XFER, info);
    case STEP_ENTRIES:
    case STEP_DONE:
    default:
      return NULL;
    }
}

static void
take_mds (BenkSurvey *self, const BenkApdu *apdu)
{
  g_clear_pointer (&self->mds_attrs, g_ptr_array_unref);
  self->mds_attrs = g_ptr_array_ref (apdu->attrs);
  benk_mds_update (&self->mds, apdu->attrs);
  if (self->mds.faults != NULL)
    add_fault (self, self->mds.faults);
}

static void
take_segments (BenkSurvey *self, const BenkApdu *apdu)
{
  BenkSurveyStore *store = get_store (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) infos = benk_pm_segments_parse (apdu->info, &error);

  if (infos == NULL)
    {
      add_fault (self, error->message);
      return;
    }

  for (guint i = 0; i < MIN (infos->len, MAX_SEGMENTS); i++)
    {
      BenkSurveySegment *segment = g_new0 (BenkSurveySegment, 1);

      segment->info = g_array_index (infos, BenkPmSegment, i);
      segment->entries = g_byte_array_new ();
      g_ptr_array_add (store->segments, segment);
    }
}

/* Whether entries of the segment will follow. */
static gboolean
is_started (BenkSurvey *self, const BenkApdu *apdu)
{
  g_autoptr (GError) error = NULL;
  guint16 instance;
  guint16 result;

  if (!benk_pm_trig_response_parse (apdu->info, &instance, &result, &error))
    {
      add_fault (self, error->message);
      return FALSE;
    }
  if (result == BENK_PM_EMPTY)
    get_segment (self)->whole = TRUE;
  else if (result != BENK_PM_OK)
    {
      g_autofree char *text =
        g_strdup_printf (_ ("Segment %u is not handed over (code %u)."), instance,
                         result);

      add_fault (self, text);
    }

  return result == BENK_PM_OK;
}

/* What the agent refuses is noted, and the rest is asked for all the same. */
static gboolean
is_refusal (BenkSurvey *self, const BenkApdu *apdu)
{
  g_autofree char *text = NULL;

  if (apdu->choice != BENK_CHOICE_ERROR && apdu->choice != BENK_CHOICE_REJECT)
    return FALSE;

  text = g_strdup_printf (_ ("The agent refuses a question (code %u)."), apdu->type);
  add_fault (self, text);

  return TRUE;
}

/**
 * benk_survey_take_answer:
 * @self: a survey
 * @apdu: the answer to the last question: RORS, ROER or RORJ
 */
void
benk_survey_take_answer (BenkSurvey *self, const BenkApdu *apdu)
{
  gboolean refused = is_refusal (self, apdu);
  BenkSurveyStore *store = get_store (self);

  switch (self->private.step)
    {
    case STEP_MDS:
      if (!refused)
        take_mds (self, apdu);
      list_stores (self);
      next_store (self, 0);
      break;
    case STEP_STORE:
      if (!refused)
        {
          store->attrs = g_ptr_array_ref (apdu->attrs);
          benk_pm_store_parse (&store->info, apdu->attrs);
        }
      self->private.step = STEP_SEGMENTS;
      break;
    case STEP_SEGMENTS:
      if (!refused)
        take_segments (self, apdu);
      next_segment (self, 0);
      break;
    case STEP_TRANSFER:
      /* The entries may have overtaken the answer. */
      if (!refused && is_started (self, apdu) && !get_segment (self)->whole)
        self->private.step = STEP_ENTRIES;
      else
        next_segment (self, self->private.segment + 1);
      break;
    default:
      break;
    }
}

/* Entries of the segment that was asked for; those of another are a report like any. */
static gboolean
take_entries (BenkSurvey *self, const BenkApdu *apdu)
{
  BenkSurveySegment *segment = get_segment (self);
  g_auto (BenkPmData) data = { 0 };
  gsize length = 0;
  const guint8 *octets;

  if (self->private.step < STEP_TRANSFER || self->private.step > STEP_ENTRIES ||
      !benk_pm_data_parse (&data, apdu->info, NULL) ||
      data.instance != segment->info.instance)
    return FALSE;

  octets = data.entries != NULL ? g_bytes_get_data (data.entries, &length) : NULL;
  if (self->private.n_stored + length <= BENK_SURVEY_MAX_STORED && length > 0)
    {
      g_byte_array_append (segment->entries, octets, (guint) length);
      segment->count += data.count;
      self->private.n_stored += length;
    }
  else if (length > 0)
    add_fault (self, _ ("The agent holds more than is kept of it."));
  segment->whole = (data.status & BENK_PM_LAST) != 0;
  if ((data.status & (BENK_PM_LAST | BENK_PM_AGENT_ABORT)) != 0 &&
      self->private.step == STEP_ENTRIES)
    next_segment (self, self->private.segment + 1);

  return TRUE;
}

/**
 * benk_survey_take_event:
 * @self: a survey
 * @apdu: a report that the manager has answered
 */
void
benk_survey_take_event (BenkSurvey *self, const BenkApdu *apdu)
{
  g_autoptr (GError) error = NULL;
  BenkSurveyEvent *event;

  if (apdu->type == BENK_EVT_SEGMENT_DATA && take_entries (self, apdu))
    return;
  if (self->events->len >= BENK_SURVEY_MAX_EVENTS)
    {
      self->n_dropped++;
      return;
    }

  event = g_new0 (BenkSurveyEvent, 1);
  event->confirmed = apdu->choice == BENK_CHOICE_EVENT_CONFIRMED;
  event->handle = apdu->handle;
  event->type = apdu->type;
  event->info = apdu->info != NULL ? g_bytes_ref (apdu->info) : NULL;
  g_ptr_array_add (self->events, event);
  if (event->info == NULL || event->type < BENK_EVT_SCAN_FIXED ||
      event->type > BENK_EVT_SCAN_MP_VAR)
    return;

  event->observations = benk_scan_parse (event->type, event->info, &error);
  if (event->observations == NULL)
    add_fault (self, error->message);
}

/** benk_survey_awaits_entries: Returns: whether entries of a segment are to come */
gboolean
benk_survey_awaits_entries (const BenkSurvey *self)
{
  return self->private.step == STEP_ENTRIES;
}

/**
 * benk_survey_skip_entries:
 * @self: a survey whose entries have not come in time
 *
 * Goes on to the next segment.
 */
void
benk_survey_skip_entries (BenkSurvey *self)
{
  if (self->private.step != STEP_ENTRIES)
    return;

  add_fault (self, _ ("The agent began to hand over a segment and did not go on."));
  next_segment (self, self->private.segment + 1);
}

/** benk_survey_is_complete: Returns: whether everything was asked */
gboolean
benk_survey_is_complete (const BenkSurvey *self)
{
  return self->private.step == STEP_DONE;
}
