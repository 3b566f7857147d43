/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "benk-model-draft.h"

#include "benk-alarm-code.h"
#include "benk-config.h"
#include "benk-error.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_ID 40

static GStrv
dup_list (const char *const *list)
{
  return list[0] != NULL ? g_strdupv ((char **) list) : NULL;
}

/**
 * benk_model_draft_new:
 * @from: (nullable): a model to begin with
 *
 * Returns: (transfer full): what a person may change of it
 */
BenkModelDraft *
benk_model_draft_new (BenkModel *from)
{
  BenkModelDraft *self = g_new0 (BenkModelDraft, 1);
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  self->guidance =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  if (from == NULL)
    return self;

  self->id = g_strdup (benk_model_get_id (from));
  self->name = g_strdup (benk_model_get_name (from));
  self->kind = benk_model_get_kind (from);
  self->packaging = benk_model_get_packaging (from);
  self->maker = g_strdup (benk_model_get_maker (from));
  self->vendor = g_strdup (benk_model_get_vendor (from));
  self->aliases = dup_list (benk_model_get_aliases (from));
  self->imei = benk_model_get_has_imei (from);
  self->examples = dup_list (benk_model_get_serial_examples (from));
  self->codes = dup_list (benk_model_get_alarm_codes (from));
  self->phones = dup_list (benk_model_get_phones (from));
  self->hours = g_strdup (benk_model_get_hours (from));
  self->accessories = dup_list (benk_model_get_accessories (from));
  for (gsize i = 0; i < n_codes; i++)
    if (benk_model_get_guidance (from, codes[i].code) != NULL)
      g_hash_table_insert (self->guidance, g_strdup (codes[i].code),
                           g_strdupv (
                             (char **) benk_model_get_guidance (from, codes[i].code)));
  return self;
}

/** benk_model_draft_free: @self: (transfer full): a draft */
void
benk_model_draft_free (BenkModelDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->name);
  g_free (self->maker);
  g_free (self->vendor);
  g_strfreev (self->aliases);
  g_strfreev (self->examples);
  g_strfreev (self->codes);
  g_hash_table_unref (self->guidance);
  g_strfreev (self->phones);
  g_free (self->hours);
  g_strfreev (self->accessories);
  g_free (self);
}

static GKeyFile *
open_body (BenkModel *model)
{
  GKeyFile *file = g_key_file_new ();

  if (model != NULL)
    g_key_file_load_from_bytes (file, benk_model_get_body (model), G_KEY_FILE_NONE, NULL);
  return file;
}

static void
set_text (GKeyFile *file, const char *group, const char *key, const char *text)
{
  g_autofree char *clean = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  if (clean != NULL && *clean != '\0')
    g_key_file_set_string (file, group, key, clean);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

static void
set_list (GKeyFile *file, const char *group, const char *key, GStrv list)
{
  guint n = list != NULL ? g_strv_length (list) : 0;

  if (n > 0)
    g_key_file_set_string_list (file, group, key, (const char *const *) list, n);
  else
    g_key_file_remove_key (file, group, key, NULL);
}

/* A group that nothing is left in says nothing. */
static void
drop_empty (GKeyFile *file, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (file, group, NULL, NULL);

  if (keys != NULL && keys[0] == NULL)
    g_key_file_remove_group (file, group, NULL);
}

static void
set_identity (const BenkModelDraft *self, GKeyFile *file)
{
  set_text (file, "Model", "Id", self->id);
  set_text (file, "Model", "Name", self->name);
  set_text (file, "Model", "Kind",
            benk_model_kind_gives_doses (self->kind)
              ? NULL
              : benk_model_kind_to_name (self->kind));
  set_text (file, "Model", "Maker", self->maker);
  set_text (file, "Model", "Vendor", self->vendor);
  set_list (file, "Model", "Aliases", self->aliases);
  set_text (file, "Model", "Packaging",
            self->packaging == BENK_PACKAGING_UNKNOWN
              ? NULL
              : benk_packaging_to_name (self->packaging));
}

static void
set_identifiers (const BenkModelDraft *self, BenkModel *base, GKeyFile *file)
{
  const char *imei = self->imei == BENK_KNOWN_YES  ? "true"
                     : self->imei == BENK_KNOWN_NO ? "false"
                                                   : NULL;

  set_text (file, "Identifiers", "Imei", imei);
  set_list (file, "Identifiers", "SerialExamples", self->examples);
  /* Where there are examples, they say what the pattern is. */
  if (self->examples != NULL ||
      (base != NULL && benk_model_get_serial_examples (base)[0] != NULL))
    g_key_file_remove_key (file, "Identifiers", "SerialPattern", NULL);
}

static void
set_guidance (const BenkModelDraft *self, GKeyFile *file)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  g_key_file_remove_group (file, "Guidance", NULL);
  for (gsize i = 0; i < n_codes; i++)
    if (g_hash_table_lookup (self->guidance, codes[i].code) != NULL)
      set_list (file, "Guidance", codes[i].code,
                g_hash_table_lookup (self->guidance, codes[i].code));
}

static void
set_accessories (const BenkModelDraft *self, BenkModel *base, GKeyFile *file)
{
  const char *const *before = base != NULL ? benk_model_get_accessories (base) : NULL;

  if (before != NULL && self->accessories != NULL &&
      g_strv_equal (before, (const char *const *) self->accessories))
    return;
  set_list (file, "Accessories", "Kinds", self->accessories);
  g_key_file_remove_key (file, "Accessories", "Proposed", NULL);
}

static void
copy_group (GKeyFile *from, GKeyFile *to, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (from, group, NULL, NULL);

  g_key_file_remove_group (to, group, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *value = g_key_file_get_value (from, group, keys[i], NULL);

      g_key_file_set_value (to, group, keys[i], value);
    }
}

static void
copy_lists (BenkModel *lists, GKeyFile *file)
{
  g_autoptr (GKeyFile) from = open_body (lists);

  copy_group (from, file, "Checklists");
  for (guint task = 0; task < BENK_N_TASKS; task++)
    copy_group (from, file, benk_model_get_task_key ((BenkTask) task));
}

static GBytes *
close_body (GKeyFile *file)
{
  gsize length;
  char *text = g_key_file_to_data (file, &length, NULL);

  return g_bytes_new_take (text, length);
}

/**
 * benk_model_draft_compose:
 * @self: a draft
 * @base: (nullable): the model that is changed; what the draft says nothing of stays
 * @lists: (nullable): a model whose checklists it gets
 * @error: return location for a %BENK_ERROR_INVALID
 *
 * Returns: (transfer full): the file of the model, whole and valid; %NULL if it would not
 *   be
 */
GBytes *
benk_model_draft_compose (const BenkModelDraft *self,
                          BenkModel *base,
                          BenkModel *lists,
                          GError **error)
{
  static const char *const groups[] = { "Identifiers", "Vendor", "Alarms",
                                        "Accessories" };
  g_autoptr (GKeyFile) file = open_body (base);
  g_autoptr (BenkModel) model = NULL;
  g_autoptr (GBytes) body = NULL;

  if (self->name == NULL || self->name[strspn (self->name, " \t")] == '\0')
    {
      g_set_error_literal (error, BENK_ERROR, BENK_ERROR_INVALID,
                           _ ("The model has no name."));
      return NULL;
    }
  set_identity (self, file);
  set_identifiers (self, base, file);
  set_list (file, "Vendor", "Phones", self->phones);
  set_text (file, "Vendor", "Hours", self->hours);
  set_list (file, "Alarms", "Seen", self->codes);
  set_guidance (self, file);
  set_accessories (self, base, file);
  if (lists != NULL)
    copy_lists (lists, file);
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    drop_empty (file, groups[i]);

  body = close_body (file);
  model = benk_model_new_from_bytes (body, error);
  return model != NULL ? g_steal_pointer (&body) : NULL;
}

/**
 * benk_model_suggest_id:
 * @name: (nullable): what a model is called
 * @models: (element-type BenkModel): models that are known
 *
 * Returns: (transfer full): an id made of @name that no model has
 */
char *
benk_model_suggest_id (const char *name, GPtrArray *models)
{
  g_autofree char *ascii = g_str_to_ascii (name != NULL ? name : "", NULL);
  g_autoptr (GString) id = g_string_new (NULL);
  gsize length;

  for (const char *c = ascii; *c != '\0' && id->len < MAX_ID; c++)
    if (g_ascii_isalnum (*c))
      g_string_append_c (id, g_ascii_tolower (*c));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  if (id->len == 0)
    g_string_assign (id, "model");

  length = id->len;
  for (guint i = 2; benk_model_find (models, id->str) != NULL; i++)
    {
      g_string_truncate (id, length);
      g_string_append_printf (id, "-%u", i);
    }
  return g_string_free (g_steal_pointer (&id), FALSE);
}

static void
set_form (GKeyFile *file, const BenkChecklistForm *form)
{
  const char *key = benk_model_get_task_key (form->task);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_key_file_remove_group (file, key, NULL);
  for (guint i = 0; i < form->steps->len; i++)
    {
      const BenkFormStep *step = g_ptr_array_index (form->steps, i);
      const BenkChecklistStep *program = benk_checklist_step_find (step->id);
      g_autofree char *line =
        g_strdup_printf ("%s|%s", benk_step_kind_to_name (step->kind),
                         step->text != NULL ? step->text : "");

      g_ptr_array_add (ids, step->id);
      if (program == NULL || step->text != NULL || step->kind != program->kind)
        g_key_file_set_string (file, key, step->id, line);
    }
  g_key_file_set_string_list (file, "Checklists", key, (const char *const *) ids->pdata,
                              ids->len);
}

/**
 * benk_model_compose_with_lists:
 * @model: a model
 * @forms: (element-type BenkChecklistForm): lists that stand in place of the model's own
 *
 * Returns: (transfer full): the file of the model with these lists, without comments:
 * what another district gets
 */
GBytes *
benk_model_compose_with_lists (BenkModel *model, GPtrArray *forms)
{
  g_autoptr (GKeyFile) file = open_body (model);

  for (guint i = 0; i < forms->len; i++)
    set_form (file, g_ptr_array_index (forms, i));
  return close_body (file);
}

static gboolean
is_same_group (GKeyFile *one, GKeyFile *other, const char *group)
{
  g_auto (GStrv) keys = g_key_file_get_keys (one, group, NULL, NULL);
  g_auto (GStrv) others = g_key_file_get_keys (other, group, NULL, NULL);

  if ((keys != NULL ? g_strv_length (keys) : 0) !=
      (others != NULL ? g_strv_length (others) : 0))
    return FALSE;
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      g_autofree char *a = g_key_file_get_value (one, group, keys[i], NULL);
      g_autofree char *b = g_key_file_get_value (other, group, keys[i], NULL);

      if (g_strcmp0 (a, b) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
append_part (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
}

/**
 * benk_model_describe_difference:
 * @self: a model
 * @other: what it may become
 *
 * Returns: (transfer full): what is different, in words; empty if nothing is
 */
char *
benk_model_describe_difference (BenkModel *self, BenkModel *other)
{
  static const struct
  {
    const char *group;
    const char *label;
  } parts[] = {
    { "Model", N_ ("name and kind") },
    { "Identifiers", N_ ("identifiers") },
    { "Vendor", N_ ("the vendor’s support") },
    { "Alarms", N_ ("alarm codes") },
    { "Guidance", N_ ("guidance") },
    { "Accessories", N_ ("accessories") },
    { "Checklists", N_ ("order of checklists") },
  };
  g_autoptr (GKeyFile) one = open_body (self);
  g_autoptr (GKeyFile) two = open_body (other);
  GString *text = g_string_new (NULL);
  gboolean steps = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (!is_same_group (one, two, parts[i].group))
      append_part (text, _ (parts[i].label));
  for (guint task = 0; task < BENK_N_TASKS; task++)
    steps = steps && is_same_group (one, two, benk_model_get_task_key ((BenkTask) task));
  if (!steps)
    append_part (text, _ ("words of checklists"));
  return g_string_free (text, FALSE);
}
