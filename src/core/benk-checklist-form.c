/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-checklist-form.h"

#include "benk-config.h"
#include "benk-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define OWN_PREFIX "own-"
#define MAX_TEXT 400

static void
form_step_free (BenkFormStep *self)
{
  g_free (self->id);
  g_free (self->text);
  g_free (self);
}

/**
 * benk_form_step_get_text:
 * @self: a step
 *
 * Returns: (transfer none): what to do: the district's words, or the program's,
 * translated
 */
const char *
benk_form_step_get_text (const BenkFormStep *self)
{
  const BenkChecklistStep *own = benk_checklist_step_find (self->id);

  if (self->text != NULL)
    return self->text;
  return own != NULL ? benk_checklist_step_get_text (own) : _ ("(erased)");
}

/**
 * benk_form_step_get_fact:
 * @self: a step
 *
 * Returns: the fact that a tick attests; a step in the district's own words alone has
 *   %BENK_FACT_NONE
 */
BenkFactKind
benk_form_step_get_fact (const BenkFormStep *self)
{
  const BenkChecklistStep *own = benk_checklist_step_find (self->id);

  return own != NULL ? own->fact : BENK_FACT_NONE;
}

/** benk_checklist_form_new: Returns: (transfer full): a list without steps */
BenkChecklistForm *
benk_checklist_form_new (BenkTask task)
{
  BenkChecklistForm *self = g_new0 (BenkChecklistForm, 1);

  self->task = task;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) form_step_free);
  return self;
}

/** benk_checklist_form_copy: Returns: (transfer full): the same list, to be changed */
BenkChecklistForm *
benk_checklist_form_copy (const BenkChecklistForm *self)
{
  BenkChecklistForm *copy = benk_checklist_form_new (self->task);

  copy->kind = self->kind;
  for (guint i = 0; i < self->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (self->steps, i);
      BenkFormStep *added =
        benk_checklist_form_add (copy, step->id, step->kind, step->text);

      added->text_id = step->text_id;
    }
  return copy;
}

/**
 * benk_checklist_form_new_proposed:
 * @kind: what the model is
 * @steps: (element-type BenkChecklistStep): the steps of a model's file
 *
 * Returns: (transfer full): the list as the program proposes it
 */
BenkChecklistForm *
benk_checklist_form_new_proposed (BenkModelKind kind, BenkTask task, GPtrArray *steps)
{
  BenkChecklistForm *self = benk_checklist_form_new (task);

  self->kind = kind;
  for (guint i = 0; i < steps->len; i++)
    {
      const BenkChecklistStep *step = g_ptr_array_index (steps, i);

      const BenkChecklistStep *own = benk_checklist_step_find (step->id);

      benk_checklist_form_add (self, step->id, step->kind,
                               own != NULL && own->text == step->text ? NULL
                                                                      : step->text);
    }
  return self;
}

/** benk_checklist_form_free: @self: (transfer full): a list */
void
benk_checklist_form_free (BenkChecklistForm *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->steps);
  g_free (self);
}

/**
 * benk_checklist_form_add:
 * @id: of the program's own step, or of one in the district's words
 * @text: (nullable): own words
 *
 * Returns: (transfer none): the step, at the end of the list
 */
BenkFormStep *
benk_checklist_form_add (BenkChecklistForm *self,
                         const char *id,
                         BenkStepKind kind,
                         const char *text)
{
  BenkFormStep *step = g_new0 (BenkFormStep, 1);

  step->id = g_strdup (id);
  step->kind = kind;
  step->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  g_ptr_array_add (self->steps, step);
  return step;
}

/**
 * benk_checklist_form_add_own:
 * @text: what to do, in the district's words
 *
 * Returns: (transfer none): a step of the district's own, at the end of the list
 */
BenkFormStep *
benk_checklist_form_add_own (BenkChecklistForm *self, BenkStepKind kind, const char *text)
{
  g_autofree char *id = NULL;

  for (guint i = 1; id == NULL; i++)
    {
      id = g_strdup_printf (OWN_PREFIX "%u", i);
      if (benk_checklist_form_find (self, id) != NULL)
        g_clear_pointer (&id, g_free);
    }
  return benk_checklist_form_add (self, id, kind, text);
}

/**
 * benk_checklist_form_find:
 * @step: (nullable): the id of a step
 *
 * Returns: (transfer none) (nullable): the step, or %NULL
 */
const BenkFormStep *
benk_checklist_form_find (const BenkChecklistForm *self, const char *step)
{
  for (guint i = 0; i < self->steps->len; i++)
    {
      const BenkFormStep *one = g_ptr_array_index (self->steps, i);

      if (g_strcmp0 (one->id, step) == 0)
        return one;
    }
  return NULL;
}

static gboolean
check_step (const BenkChecklistForm *self, guint i, GError **error)
{
  const BenkFormStep *step = g_ptr_array_index (self->steps, i);
  const BenkChecklistStep *own = benk_checklist_step_find (step->id);
  const char *text = benk_form_step_get_text (step);

  if (benk_checklist_form_find (self, step->id) != step)
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("The step “%s” stands twice in the list."), text);
  else if (own == NULL && (!g_str_has_prefix (step->id, OWN_PREFIX) ||
                           (step->text == NULL && benk_id_is_nil (&step->text_id))))
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("“%s” is not a step that this program knows."), step->id);
  else if (own != NULL && own->kind != BENK_STEP_KIND_TICK && step->kind != own->kind)
    g_set_error (error, BENK_ERROR, BENK_ERROR_REFUSED,
                 _ ("The step “%s” asks for more than a tick, and must keep that."),
                 text);
  else if (step->text != NULL && (g_utf8_strlen (step->text, -1) > MAX_TEXT ||
                                  strchr (step->text, '\n') != NULL))
    g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID,
                 _ ("A step is one line of at most %d characters."), MAX_TEXT);
  else
    return TRUE;
  return FALSE;
}

/**
 * benk_checklist_form_check:
 * @error: what is wrong with it, for a person
 *
 * Whether the list may be used: every step once, none unknown, and what its task cannot
 * do without is there.
 *
 * Returns: %FALSE with %BENK_ERROR_INVALID or %BENK_ERROR_REFUSED
 */
gboolean
benk_checklist_form_check (const BenkChecklistForm *self, GError **error)
{
  const char *const *required = benk_task_get_required (self->task, self->kind);

  if (self->steps->len == 0 || self->steps->len > BENK_FORM_MAX_STEPS)
    {
      g_set_error (error, BENK_ERROR, BENK_ERROR_INVALID, _ ("A list has 1 to %d steps."),
                   BENK_FORM_MAX_STEPS);
      return FALSE;
    }
  for (guint i = 0; i < self->steps->len; i++)
    if (!check_step (self, i, error))
      return FALSE;
  for (guint i = 0; required[i] != NULL; i++)
    if (benk_checklist_form_find (self, required[i]) == NULL)
      {
        g_set_error (
          error, BENK_ERROR, BENK_ERROR_REFUSED,
          _ ("The list must keep the step “%s”: without it, it would say more than "
             "was done. It may be moved and put in other words."),
          benk_checklist_step_get_text (benk_checklist_step_find (required[i])));
        return FALSE;
      }
  return TRUE;
}

/**
 * benk_checklist_form_to_body:
 *
 * Returns: (transfer full): the list as it is stored: a step a line, with its id, what it
 *   asks for and where its own words are kept, never the words
 */
char *
benk_checklist_form_to_body (const BenkChecklistForm *self)
{
  GString *body = g_string_new (NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (self->steps, i);
      g_autofree char *id =
        benk_id_is_nil (&step->text_id) ? NULL : benk_id_to_string (&step->text_id);

      g_string_append_printf (body, "%s %s %s\n", step->id,
                              benk_step_kind_to_name (step->kind), id != NULL ? id : "-");
    }
  return g_string_free (body, FALSE);
}

static gboolean
add_line (BenkChecklistForm *self, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  BenkStepKind kind;
  BenkId text_id = BENK_ID_NIL;

  if (g_strv_length (words) != 3 || !benk_step_kind_from_name (words[1], &kind) ||
      (strcmp (words[2], "-") != 0 && !benk_id_parse (words[2], &text_id)))
    return FALSE;
  benk_checklist_form_add (self, words[0], kind, NULL)->text_id = text_id;
  return TRUE;
}

/**
 * benk_checklist_form_from_body:
 * @body: what benk_checklist_form_to_body() gave
 * @error: %BENK_ERROR_CORRUPT
 *
 * Returns: (transfer full) (nullable): the list; own words are not looked up yet
 */
BenkChecklistForm *
benk_checklist_form_from_body (BenkTask task, const char *body, GError **error)
{
  g_autoptr (BenkChecklistForm) self = benk_checklist_form_new (task);
  g_auto (GStrv) lines = g_strsplit (body != NULL ? body : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !add_line (self, lines[i]))
      {
        g_set_error (error, BENK_ERROR, BENK_ERROR_CORRUPT,
                     _ ("A checklist in the store cannot be read: “%s”."), lines[i]);
        return NULL;
      }
  return g_steal_pointer (&self);
}

/**
 * benk_checklist_form_digest:
 *
 * Returns: (transfer full): SHA-256 over the steps, what they ask for and their own
 * words: two lists with one digest are one list
 */
GBytes *
benk_checklist_form_digest (const BenkChecklistForm *self)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (self->steps, i);
      g_autofree char *line =
        g_strdup_printf ("%s\n%s\n%s\n", step->id, benk_step_kind_to_name (step->kind),
                         step->text != NULL ? step->text : "");

      g_checksum_update (sum, (const guchar *) line, (gssize) strlen (line) + 1);
    }
  g_checksum_get_digest (sum, digest, &length);
  return g_bytes_new (digest, length);
}

static guint
find_place (const BenkChecklistForm *self, const char *id)
{
  for (guint i = 0; i < self->steps->len; i++)
    if (g_str_equal (((BenkFormStep *) g_ptr_array_index (self->steps, i))->id, id))
      return i;
  return G_MAXUINT;
}

static void
compare_step (const BenkChecklistForm *before,
              const BenkFormStep *step,
              guint place,
              GPtrArray *lines)
{
  guint was_at = find_place (before, step->id);
  const char *text = benk_form_step_get_text (step);
  const BenkFormStep *was;

  if (was_at == G_MAXUINT)
    {
      g_ptr_array_add (lines, g_strdup_printf (_ ("%u new: %s"), place + 1, text));
      return;
    }
  was = g_ptr_array_index (before->steps, was_at);
  if (g_strcmp0 (benk_form_step_get_text (was), text) != 0)
    g_ptr_array_add (lines,
                     g_strdup_printf (_ ("%u in other words: %s (before: %s)"), place + 1,
                                      text, benk_form_step_get_text (was)));
  if (was->kind != step->kind)
    g_ptr_array_add (lines, g_strdup_printf (_ ("%u asks for something else: %s (%s)"),
                                             place + 1, text,
                                             benk_step_kind_get_label (step->kind)));
}

/* Of the steps that both lists have, as many as possible stand still: those of the
 * longest run whose order is the same. The others have moved. */
static void
find_still (const guint *was_at, guint n, gboolean *still)
{
  guint length[BENK_FORM_MAX_STEPS] = { 0 };
  guint wanted = 0;
  guint limit = G_MAXUINT;

  for (guint i = 0; i < n; i++)
    {
      if (was_at[i] == G_MAXUINT)
        continue;
      length[i] = 1;
      for (guint k = 0; k < i; k++)
        if (length[k] > 0 && was_at[k] < was_at[i] && length[k] >= length[i])
          length[i] = length[k] + 1;
      wanted = MAX (wanted, length[i]);
    }
  for (guint i = n; i > 0 && wanted > 0; i--)
    if (length[i - 1] == wanted && was_at[i - 1] < limit)
      {
        still[i - 1] = TRUE;
        limit = was_at[i - 1];
        wanted--;
      }
}

static void
compare_order (const BenkChecklistForm *before,
               const BenkChecklistForm *after,
               GPtrArray *lines)
{
  guint was_at[BENK_FORM_MAX_STEPS];
  gboolean still[BENK_FORM_MAX_STEPS] = { FALSE };
  guint n = MIN (after->steps->len, BENK_FORM_MAX_STEPS);

  for (guint i = 0; i < n; i++)
    was_at[i] =
      find_place (before, ((BenkFormStep *) g_ptr_array_index (after->steps, i))->id);
  find_still (was_at, n, still);
  for (guint i = 0; i < n; i++)
    if (!still[i] && was_at[i] != G_MAXUINT)
      g_ptr_array_add (lines,
                       g_strdup_printf (_ ("%u moved, was %u: %s"), i + 1, was_at[i] + 1,
                                        benk_form_step_get_text (
                                          g_ptr_array_index (after->steps, i))));
}

/**
 * benk_checklist_form_compare:
 * @before: a version
 * @after: another
 *
 * Returns: (transfer full): what is different in @after, a line each; empty if nothing is
 */
GStrv
benk_checklist_form_compare (const BenkChecklistForm *before,
                             const BenkChecklistForm *after)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  for (guint i = 0; i < after->steps->len; i++)
    compare_step (before, g_ptr_array_index (after->steps, i), i, lines);
  for (guint i = 0; i < before->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (before->steps, i);

      if (find_place (after, step->id) == G_MAXUINT)
        g_ptr_array_add (lines, g_strdup_printf (_ ("%u gone: %s"), i + 1,
                                                 benk_form_step_get_text (step)));
    }
  compare_order (before, after, lines);
  g_ptr_array_add (lines, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
