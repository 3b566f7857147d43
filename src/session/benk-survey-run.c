/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-survey-run-private.h"

#include "benk-association-private.h"
#include "benk-error.h"

#include <glib/gi18n.h>

/* How long an agent may take to ask for an association: three tries of 10 s. */
#define PATIENCE_MS 35000
/* A segment that does not go on is left. */
#define ENTRIES_MS 10000

struct _BenkSurveyRun
{
  GObject parent_instance;

  BenkClock *clock;
  BenkSurveyLimits limits;
  BenkAssociation *association;
  BenkSurvey *survey;
  char *peer;
  char *problem;
  GSource *timer;
  GSource *whole_timer;
  gboolean up;
  gboolean releasing;
  gboolean timed_out;
  gboolean over;
};

G_DEFINE_FINAL_TYPE (BenkSurveyRun, benk_survey_run, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  OVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
stop_timer (GSource **timer)
{
  if (*timer != NULL)
    g_source_destroy (*timer);
  g_clear_pointer (timer, g_source_unref);
}

static void
start_timer (BenkSurveyRun *self, GSource **timer, guint ms, GSourceFunc func)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  stop_timer (timer);
  *timer = benk_clock_create_timer (self->clock, ms);
  g_source_set_callback (*timer, func, self, NULL);
  g_source_attach (*timer, context);
}

static void
tell (BenkSurveyRun *self, const char *text)
{
  g_signal_emit (self, signals[PROGRESS], 0, text);
}

static void
end (BenkSurveyRun *self, const char *problem)
{
  if (self->over)
    return;

  self->over = TRUE;
  stop_timer (&self->timer);
  stop_timer (&self->whole_timer);
  if (self->problem == NULL)
    self->problem = g_strdup (problem);
  benk_association_stop (self->association);
  g_signal_emit (self, signals[OVER], 0);
}

static void go_on (BenkSurveyRun *self);

static gboolean
on_quiet (gpointer data)
{
  BenkSurveyRun *self = data;

  stop_timer (&self->timer);
  if (benk_survey_awaits_entries (self->survey))
    {
      benk_survey_skip_entries (self->survey);
      go_on (self);
    }
  else
    benk_survey_run_release (self);

  return G_SOURCE_REMOVE;
}

static gboolean
on_too_long (gpointer data)
{
  BenkSurveyRun *self = data;

  stop_timer (&self->whole_timer);
  if (self->up && !benk_survey_is_complete (self->survey) && self->problem == NULL)
    self->problem = g_strdup (_ ("The time for this agent is over: not everything was "
                                 "read."));
  if (self->up)
    benk_survey_run_release (self);
  else
    {
      self->timed_out = TRUE;
      end (self, _ ("The agent did not associate in time."));
    }

  return G_SOURCE_REMOVE;
}

/* Asks the next question, or waits for reports. */
static void
go_on (BenkSurveyRun *self)
{
  g_autoptr (BenkApdu) question = NULL;

  if (!self->up || self->releasing || self->over)
    return;

  question = benk_survey_ask (self->survey);
  if (question != NULL)
    benk_association_request (self->association, question, 0);
  else
    start_timer (self, &self->timer,
                 benk_survey_awaits_entries (self->survey) ? ENTRIES_MS
                                                           : self->limits.quiet_ms,
                 on_quiet);
}

static void
on_up (BenkSurveyRun *self)
{
  self->up = TRUE;
  tell (self, _ ("associated"));
  go_on (self);
}

static void
on_response (BenkSurveyRun *self, const BenkApdu *apdu)
{
  benk_survey_take_answer (self->survey, apdu);
  if (benk_survey_is_complete (self->survey))
    tell (self, _ ("read; waiting for reports"));
  go_on (self);
}

/* Reports come at any time; while a question is open they are only kept. */
static void
on_report (BenkSurveyRun *self, const BenkApdu *apdu)
{
  gboolean waited =
    benk_survey_awaits_entries (self->survey) || benk_survey_is_complete (self->survey);

  benk_survey_take_event (self->survey, apdu);
  if (waited)
    go_on (self);
}

static void
on_ended (BenkSurveyRun *self, gboolean timed_out)
{
  const char *problem = NULL;

  self->timed_out = timed_out;
  if (timed_out)
    problem = _ ("The agent did not answer in time.");
  else if (self->survey->end == BENK_SURVEY_ABORTED)
    problem = _ ("The agent broke off.");
  else if (self->survey->end != BENK_SURVEY_RELEASED)
    problem = _ ("The agent answered against the protocol, and was broken off.");
  else if (!benk_survey_is_complete (self->survey))
    problem = _ ("The agent said goodbye before everything was read.");
  end (self, problem);
}

static void
on_association (BenkAssociation *association,
                const BenkAssociationEvent *event,
                gpointer user_data)
{
  g_autoptr (BenkSurveyRun) self = g_object_ref (BENK_SURVEY_RUN (user_data));

  switch (event->kind)
    {
    case BENK_ASSOCIATION_UP:
      on_up (self);
      break;
    case BENK_ASSOCIATION_RESPONSE:
      on_response (self, event->apdu);
      break;
    case BENK_ASSOCIATION_REPORT:
      on_report (self, event->apdu);
      break;
    case BENK_ASSOCIATION_ENDED:
      on_ended (self, event->timed_out);
      break;
    case BENK_ASSOCIATION_DOWN:
    default:
      self->timed_out = g_error_matches (event->error, BENK_ERROR, BENK_ERROR_TIMEOUT);
      end (self, self->timed_out && !self->up ? _ ("The agent did not associate in time.")
                 : event->error != NULL       ? event->error->message
                                              : NULL);
      break;
    }
}

/* An agent that is refused is told so, and that is all. */
static gboolean
on_refused (gpointer data)
{
  BenkSurveyRun *self = data;

  stop_timer (&self->timer);
  end (self, NULL);

  return G_SOURCE_REMOVE;
}

static void
on_received (BenkLink *link, GBytes *apdu, BenkSurveyRun *self)
{
  if (self->over)
    return;

  benk_survey_overhear (self->survey, apdu);
  if (self->survey->end == BENK_SURVEY_REFUSED && self->problem == NULL)
    {
      self->problem = g_strdup (_ ("The agent offers nothing that is spoken here."));
      start_timer (self, &self->timer, 0, on_refused);
    }
}

static void
benk_survey_run_dispose (GObject *object)
{
  BenkSurveyRun *self = BENK_SURVEY_RUN (object);

  stop_timer (&self->timer);
  stop_timer (&self->whole_timer);
  if (self->association != NULL)
    benk_association_stop (self->association);
  g_clear_object (&self->association);

  G_OBJECT_CLASS (benk_survey_run_parent_class)->dispose (object);
}

static void
benk_survey_run_finalize (GObject *object)
{
  BenkSurveyRun *self = BENK_SURVEY_RUN (object);

  benk_survey_free (self->survey);
  g_clear_object (&self->clock);
  g_free (self->peer);
  g_free (self->problem);

  G_OBJECT_CLASS (benk_survey_run_parent_class)->finalize (object);
}

static void
benk_survey_run_class_init (BenkSurveyRunClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_survey_run_dispose;
  G_OBJECT_CLASS (klass)->finalize = benk_survey_run_finalize;

  /**
   * BenkSurveyRun::progress:
   * @self: a run
   * @text: what has happened, in a few words
   */
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * BenkSurveyRun::over:
   * @self: a run
   *
   * The agent is gone; what was learned stays.
   */
  signals[OVER] =
    g_signal_new ("over", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
benk_survey_run_init (BenkSurveyRun *self)
{
  self->survey = benk_survey_new ();
}

/**
 * benk_survey_run_new:
 * @clock: a clock
 * @limits: how long to stay
 *
 * Reads one agent, whatever it is, and writes nothing to it.
 *
 * Returns: (transfer full): a run that has not begun
 */
BenkSurveyRun *
benk_survey_run_new (BenkClock *clock, const BenkSurveyLimits *limits)
{
  BenkSurveyRun *self = g_object_new (BENK_TYPE_SURVEY_RUN, NULL);

  self->clock = g_object_ref (clock);
  self->limits = *limits;
  self->association = benk_association_new (clock, on_association, self);

  return self;
}

/**
 * benk_survey_run_start:
 * @self: a run
 * @link: (transfer full): a link that is not open
 */
void
benk_survey_run_start (BenkSurveyRun *self, BenkLink *link)
{
  self->peer = g_strdup (benk_link_get_description (link));
  /* Before the association hears of it. */
  g_signal_connect_object (link, "received", G_CALLBACK (on_received), self, 0);
  if (self->limits.whole_ms > 0)
    start_timer (self, &self->whole_timer, self->limits.whole_ms, on_too_long);
  benk_association_open (self->association, link, PATIENCE_MS);
}

/**
 * benk_survey_run_release:
 * @self: a run
 *
 * Says goodbye; the end is told. One that is not associated is over at once.
 */
void
benk_survey_run_release (BenkSurveyRun *self)
{
  if (self->over || self->releasing)
    return;

  self->releasing = TRUE;
  stop_timer (&self->timer);
  if (self->up)
    benk_association_release (self->association);
  else
    end (self, _ ("Stopped before the agent had associated."));
}

/** benk_survey_run_is_whole: Returns: whether all was read, and it ended as it should */
gboolean
benk_survey_run_is_whole (BenkSurveyRun *self)
{
  return self->over && self->problem == NULL && benk_survey_is_complete (self->survey);
}

static const char *
get_outcome (BenkSurveyRun *self)
{
  if (self->survey->end == BENK_SURVEY_REFUSED)
    return "refused";
  if (self->timed_out)
    return "timeout";
  if (self->survey->end == BENK_SURVEY_RELEASED)
    return "released";

  return self->survey->end == BENK_SURVEY_ABORTED ? "aborted" : "lost";
}

/** benk_survey_run_to_json: Returns: (transfer full): what was learned */
char *
benk_survey_run_to_json (BenkSurveyRun *self)
{
  return benk_survey_to_json (self->survey, self->peer, get_outcome (self),
                              self->problem);
}
