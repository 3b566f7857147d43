/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-guidance-version.h"

#include "benk-config.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"
#include "benk-error.h"
#include "benk-guidance.h"
#include "benk-names.h"
#include "benk-plan.h"

static const BenkName part_names[] = {
  [BENK_GUIDANCE_ANY] = { "any", N_ ("Any time") },
  [BENK_GUIDANCE_DAY] = { "day", N_ ("Weekday, office hours") },
  [BENK_GUIDANCE_EVENING] = { "evening", N_ ("Weekday, evening and night") },
  [BENK_GUIDANCE_WEEKEND] = { "weekend", N_ ("Weekend and holiday") },
};

BENK_DEFINE_NAMES (BenkGuidancePart, benk_guidance_part, part_names)

/**
 * benk_guidance_part_of:
 * @duty: a duty
 *
 * Returns: the part of the week that it is in
 */
BenkGuidancePart
benk_guidance_part_of (BenkDuty duty)
{
  switch (duty)
    {
    case BENK_DUTY_DAY:
      return BENK_GUIDANCE_DAY;
    case BENK_DUTY_WEEKEND:
      return BENK_GUIDANCE_WEEKEND;
    case BENK_DUTY_EVENING:
    case BENK_DUTY_NIGHT:
    default:
      return BENK_GUIDANCE_EVENING;
    }
}

/**
 * benk_guidance_version_new:
 * @model_id: (nullable): a make
 * @code: an alarm code
 * @part: a part of the week
 *
 * Returns: (transfer full): a version without steps, proposed by the program
 */
BenkGuidanceVersion *
benk_guidance_version_new (const char *model_id, const char *code, BenkGuidancePart part)
{
  BenkGuidanceVersion *self = g_new0 (BenkGuidanceVersion, 1);

  self->model_id = g_strdup (model_id);
  self->code = g_strdup (code);
  self->part = part;
  self->origin = g_strdup (BENK_VERSION_PROGRAM);
  return self;
}

/** benk_guidance_version_copy: Returns: (transfer full): the same */
BenkGuidanceVersion *
benk_guidance_version_copy (const BenkGuidanceVersion *self)
{
  BenkGuidanceVersion *copy = g_memdup2 (self, sizeof *self);

  copy->model_id = g_strdup (self->model_id);
  copy->code = g_strdup (self->code);
  copy->origin = g_strdup (self->origin);
  copy->steps = g_strdupv (self->steps);
  copy->initials = g_strdup (self->initials);
  copy->decided_by = g_strdup (self->decided_by);
  return copy;
}

/** benk_guidance_version_free: @self: (nullable) (transfer full): a version */
void
benk_guidance_version_free (BenkGuidanceVersion *self)
{
  if (self == NULL)
    return;
  g_free (self->model_id);
  g_free (self->code);
  g_free (self->origin);
  g_strfreev (self->steps);
  g_free (self->initials);
  g_free (self->decided_by);
  g_free (self);
}

/**
 * benk_guidance_version_dup_steps:
 * @self: a version
 *
 * Returns: (transfer full): its steps as they are shown; none where it has none
 */
GStrv
benk_guidance_version_dup_steps (const BenkGuidanceVersion *self)
{
  gboolean translate = g_strcmp0 (self->origin, BENK_VERSION_PROGRAM) == 0;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; self->steps != NULL && self->steps[i] != NULL; i++)
    g_strv_builder_add (builder, translate ? g_dgettext (GETTEXT_PACKAGE, self->steps[i])
                                           : self->steps[i]);
  return g_strv_builder_end (builder);
}

static char *
describe_day (gint64 ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ms / 1000);
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, _ ("%-d %b %Y")) : g_strdup ("?");
}

/**
 * benk_guidance_version_describe:
 * @self: a version
 *
 * Returns: (transfer full): who decided it and when, or that nobody has, a sentence
 */
char *
benk_guidance_version_describe (const BenkGuidanceVersion *self)
{
  g_autofree char *day = NULL;
  const char *who = self->decided_by;

  if (self->decided_ms > 0)
    {
      day = describe_day (self->decided_ms);
      return g_strdup_printf (_ ("Decided by %s, %s"),
                              who != NULL && *who != '\0' ? who : _ ("(erased)"), day);
    }
  if (g_strcmp0 (self->origin, BENK_VERSION_PROGRAM) == 0)
    return g_strdup (benk_proposed_label ());
  if (g_strcmp0 (self->origin, BENK_VERSION_MODEL) == 0)
    return g_strdup (_ ("From the file of the make, not decided by the district"));
  if (g_strcmp0 (self->origin, BENK_VERSION_IMPORTED) == 0)
    return g_strdup (_ ("Taken from another district, not decided here yet"));
  return g_strdup (_ ("Changed here, not decided by the district yet"));
}

/**
 * benk_guidance_version_describe_place:
 * @self: a version
 * @model: (nullable): its make, if that is known
 *
 * Returns: (transfer full): the alarm, the make and the part of the week that it is for
 */
char *
benk_guidance_version_describe_place (const BenkGuidanceVersion *self, BenkModel *model)
{
  return g_strdup_printf ("%s · %s · %s",
                          benk_alarm_code_get_label (
                            benk_alarm_code_resolve (self->code)),
                          model != NULL            ? benk_model_get_name (model)
                          : self->model_id != NULL ? self->model_id
                                                   : _ ("All makes"),
                          benk_guidance_part_get_label (self->part));
}

/**
 * benk_guidance_split:
 * @text: (nullable): steps, one a line
 *
 * Returns: (transfer full): the steps, without blanks around them and empty lines
 */
GStrv
benk_guidance_split (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (builder, lines[i]);
  return g_strv_builder_end (builder);
}

/** benk_guidance_join: Returns: (transfer full): the steps, one a line */
char *
benk_guidance_join (const char *const *steps)
{
  return g_strjoinv ("\n", (char **) steps);
}

/**
 * benk_guidance_check:
 * @steps: what to do
 * @error: %BENK_ERROR_INVALID in words
 *
 * Returns: whether that can be kept
 */
gboolean
benk_guidance_check (const char *const *steps, GError **error)
{
  gsize n = 0;

  for (; steps[n] != NULL; n++)
    {
      if (!g_utf8_validate (steps[n], -1, NULL) || *steps[n] == '\0' ||
          g_utf8_strlen (steps[n], -1) > BENK_GUIDANCE_MAX_STEP)
        {
          g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                       _ ("Step %d is empty or longer than %d characters."), (int) n + 1,
                       BENK_GUIDANCE_MAX_STEP);
          return FALSE;
        }
      for (const char *p = steps[n]; *p != '\0'; p = g_utf8_next_char (p))
        if (g_unichar_iscntrl (g_utf8_get_char (p)))
          {
            g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                         _ ("Step %d holds a character that cannot be shown."),
                         (int) n + 1);
            return FALSE;
          }
    }
  if (n > 0 && n <= BENK_GUIDANCE_MAX_STEPS)
    return TRUE;
  g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
               _ ("What to do has at least one step and at most %d."),
               BENK_GUIDANCE_MAX_STEPS);
  return FALSE;
}

/**
 * benk_guidance_find:
 * @current: (element-type BenkGuidanceVersion): what the district keeps, the newest of
 *   each place
 * @model_id: (nullable): a make
 * @code: an alarm code
 * @part: a part of the week
 *
 * Returns: (transfer none) (nullable): what is kept for just that
 */
const BenkGuidanceVersion *
benk_guidance_find (const GPtrArray *current,
                    const char *model_id,
                    const char *code,
                    BenkGuidancePart part)
{
  for (guint i = 0; i < current->len; i++)
    {
      const BenkGuidanceVersion *one = g_ptr_array_index (current, i);

      if (one->part == part && g_strcmp0 (one->code, code) == 0 &&
          g_strcmp0 (one->model_id, model_id) == 0)
        return one;
    }
  return NULL;
}

static const BenkGuidanceVersion *
find_filled (const GPtrArray *current,
             const char *model_id,
             const char *code,
             BenkGuidancePart part)
{
  const BenkGuidanceVersion *one = benk_guidance_find (current, model_id, code, part);

  if (one != NULL && one->steps != NULL)
    return one;
  if (part == BENK_GUIDANCE_ANY)
    return NULL;
  one = benk_guidance_find (current, model_id, code, BENK_GUIDANCE_ANY);
  return one != NULL && one->steps != NULL ? one : NULL;
}

static BenkGuidanceVersion *
new_from (const char *model_id,
          const char *code,
          const char *origin,
          const char *const *steps)
{
  BenkGuidanceVersion *self =
    benk_guidance_version_new (model_id, code, BENK_GUIDANCE_ANY);

  g_free (self->origin);
  self->origin = g_strdup (origin);
  self->steps = g_strdupv ((char **) steps);
  return self;
}

/**
 * benk_guidance_resolve:
 * @current: (element-type BenkGuidanceVersion): what the district keeps, the newest of
 *   each place
 * @model: (nullable): the make
 * @code: an alarm code; one that is not known is answered as the unspecified one
 * @part: a part of the week
 *
 * Finds what to do: what the district keeps for the make, in that part of the week or at
 * any time; what the file of the make says; what the district keeps for every make; what
 * the program proposes.
 *
 * Returns: (transfer full): a version with steps
 */
BenkGuidanceVersion *
benk_guidance_resolve (const GPtrArray *current,
                       BenkModel *model,
                       const char *code,
                       BenkGuidancePart part)
{
  const char *known = benk_alarm_code_resolve (code)->code;
  const char *model_id = model != NULL ? benk_model_get_id (model) : NULL;
  const char *const *own = model != NULL ? benk_model_get_guidance (model, known) : NULL;
  const BenkGuidanceVersion *kept =
    model != NULL ? find_filled (current, model_id, known, part) : NULL;

  if (kept == NULL && own != NULL)
    return new_from (model_id, known, BENK_VERSION_MODEL, own);
  if (kept == NULL)
    kept = find_filled (current, NULL, known, part);
  return kept != NULL
           ? benk_guidance_version_copy (kept)
           : new_from (NULL, known, BENK_VERSION_PROGRAM, benk_guidance_get (known));
}
