/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-import-columns.h"

#include <glib/gi18n.h>

#include "benk-alarm-code.h"

/* A list that is wider is told by hand in a spreadsheet. */
#define MAX_COLUMNS 60

/* The first two choices for a word; the states come after them. */
#define CHOICE_UNKNOWN 0
#define CHOICE_LEAVE_OUT 1
#define CHOICE_STATES 2

struct _BenkImportColumns
{
  GtkWidget parent_instance;

  BenkImport *import;
  GtkWidget *box;
  GtkWidget *sheet_row;
  GtkDropDown *sheets;
  GtkGrid *columns;
  GtkWidget *words_title;
  GtkGrid *words;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (BenkImportColumns, benk_import_columns, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_SHEET_CHOSEN,
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void show_words (BenkImportColumns *self);

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* Long text of a stranger takes no more room than there is. */
static GtkWidget *
make_cell (const char *text, const char *style, int width)
{
  GtkWidget *label = make_label (text, style);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), width);
  gtk_label_set_max_width_chars (GTK_LABEL (label), width);
  gtk_widget_set_tooltip_text (label, *text != '\0' ? text : NULL);
  return label;
}

static void
clear_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))))
    gtk_grid_remove (grid, child);
}

static guint
get_index (gpointer widget)
{
  return GPOINTER_TO_UINT (g_object_get_data (widget, "benk-index"));
}

/* What a column of such a list may hold. */
static const BenkImportField *
list_fields (BenkImportColumns *self, guint *n_fields)
{
  static BenkImportField of_devices[BENK_N_IMPORT_FIELDS];

  if (benk_import_is_of_alarms (self->import))
    return benk_import_list_alarm_fields (n_fields);
  for (guint i = 0; i < BENK_N_IMPORT_FIELDS; i++)
    of_devices[i] = i;
  *n_fields = BENK_N_IMPORT_FIELDS;
  return of_devices;
}

static guint
find_field (BenkImportColumns *self, BenkImportField field)
{
  guint n_fields;
  const BenkImportField *fields = list_fields (self, &n_fields);

  for (guint i = 0; i < n_fields; i++)
    if (fields[i] == field)
      return i;
  return 0;
}

/* What was taken for the same is left alone now, and says so. */
static void
follow_fields (BenkImportColumns *self)
{
  self->filling = TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->columns)); child;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_DROP_DOWN (child))
      gtk_drop_down_set_selected (
        GTK_DROP_DOWN (child),
        find_field (self, benk_import_get_field (self->import, get_index (child))));
  self->filling = FALSE;
}

static void
on_field_chosen (BenkImportColumns *self, GParamSpec *pspec, GtkDropDown *down)
{
  guint n_fields;
  const BenkImportField *fields = list_fields (self, &n_fields);
  guint selected = gtk_drop_down_get_selected (down);

  if (self->filling || selected >= n_fields)
    return;
  benk_import_set_field (self->import, get_index (down), fields[selected]);
  follow_fields (self);
  show_words (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_field_choice (BenkImportColumns *self, guint column)
{
  GtkStringList *names = gtk_string_list_new (NULL);
  const char *heading = benk_import_get_heading (self->import, column);
  guint n_fields;
  const BenkImportField *fields = list_fields (self, &n_fields);
  GtkWidget *down;

  for (guint i = 0; i < n_fields; i++)
    gtk_string_list_append (names, benk_import_field_get_label (fields[i]));
  down = gtk_drop_down_new (G_LIST_MODEL (names), NULL);
  g_object_set_data (G_OBJECT (down), "benk-index", GUINT_TO_POINTER (column));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (down),
                              find_field (self,
                                          benk_import_get_field (self->import, column)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  heading, -1);
  g_signal_connect_object (down, "notify::selected", G_CALLBACK (on_field_chosen), self,
                           G_CONNECT_SWAPPED);
  return down;
}

static void
show_columns (BenkImportColumns *self)
{
  guint n = MIN (benk_import_get_n_columns (self->import), MAX_COLUMNS);

  clear_grid (self->columns);
  gtk_grid_attach (self->columns, make_label (_ ("Heading"), "dim-label"), 0, 0, 1, 1);
  gtk_grid_attach (self->columns, make_label (_ ("Is taken for"), "dim-label"), 1, 0, 1,
                   1);
  gtk_grid_attach (self->columns, make_label (_ ("First rows"), "dim-label"), 2, 0, 3, 1);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) samples = benk_import_get_samples (self->import, i);
      int row = (int) i + 1;

      gtk_grid_attach (self->columns,
                       make_cell (benk_import_get_heading (self->import, i), "heading",
                                  16),
                       0, row, 1, 1);
      gtk_grid_attach (self->columns, make_field_choice (self, i), 1, row, 1, 1);
      for (guint s = 0; samples[s]; s++)
        gtk_grid_attach (self->columns, make_cell (samples[s], "numeric", 15),
                         2 + (int) s, row, 1, 1);
    }
}

static void
on_word_chosen (BenkImportColumns *self, GParamSpec *pspec, GtkDropDown *down)
{
  const char *word = g_object_get_data (G_OBJECT (down), "benk-word");
  guint selected = gtk_drop_down_get_selected (down);
  int choice = BENK_IMPORT_WORD_UNKNOWN;

  /* No alarm is left out by its name. */
  if (benk_import_is_of_alarms (self->import))
    choice = selected == CHOICE_UNKNOWN ? BENK_IMPORT_WORD_UNKNOWN : (int) selected - 1;
  else if (selected == CHOICE_LEAVE_OUT)
    choice = BENK_IMPORT_WORD_LEAVE_OUT;
  else if (selected >= CHOICE_STATES)
    choice = (int) (selected - CHOICE_STATES);
  benk_import_set_word (self->import, word, choice);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static guint
get_selected (BenkImportColumns *self, int choice)
{
  if (benk_import_is_of_alarms (self->import))
    return choice >= 0 ? (guint) choice + 1 : CHOICE_UNKNOWN;
  if (choice == BENK_IMPORT_WORD_LEAVE_OUT)
    return CHOICE_LEAVE_OUT;
  return choice >= 0 ? (guint) choice + CHOICE_STATES : CHOICE_UNKNOWN;
}

static void
list_states (GtkStringList *choices)
{
  gtk_string_list_append (choices, _ ("Not known: the rows are left out"));
  gtk_string_list_append (choices, _ ("Leave these rows out"));
  for (int i = 0; i < BENK_N_DEVICE_STATES; i++)
    gtk_string_list_append (choices, benk_device_state_get_label (i, FALSE));
}

static void
list_codes (GtkStringList *choices)
{
  gsize n_codes;
  const BenkAlarmCode *codes = benk_alarm_code_get_all (&n_codes);

  gtk_string_list_append (choices, _ ("Not known: kept as another alarm"));
  for (gsize i = 0; i < n_codes; i++)
    {
      g_autofree char *name =
        g_strdup_printf ("%s %s", codes[i].code, benk_alarm_code_get_label (&codes[i]));

      gtk_string_list_append (choices, name);
    }
}

static GtkWidget *
make_word_choice (BenkImportColumns *self, const BenkImportWord *word)
{
  GtkStringList *choices = gtk_string_list_new (NULL);
  GtkWidget *down;

  if (benk_import_is_of_alarms (self->import))
    list_codes (choices);
  else
    list_states (choices);
  down = gtk_drop_down_new (G_LIST_MODEL (choices), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (down), get_selected (self, word->choice));
  gtk_accessible_update_property (GTK_ACCESSIBLE (down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  word->word, -1);
  g_object_set_data_full (G_OBJECT (down), "benk-word", g_strdup (word->word), g_free);
  g_signal_connect_object (down, "notify::selected", G_CALLBACK (on_word_chosen), self,
                           G_CONNECT_SWAPPED);
  return down;
}

static void
show_words (BenkImportColumns *self)
{
  g_autoptr (GPtrArray) words = benk_import_get_words (self->import);

  clear_grid (self->words);
  gtk_label_set_text (GTK_LABEL (self->words_title),
                      benk_import_is_of_alarms (self->import)
                        ? _ ("Words for what happened that are not known yet")
                        : _ ("Words for the state that are not known yet"));
  gtk_widget_set_visible (self->words_title, words->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->words), words->len > 0);
  for (guint i = 0; i < words->len; i++)
    {
      const BenkImportWord *word = g_ptr_array_index (words, i);
      g_autofree char *rows =
        g_strdup_printf (ngettext ("%u row", "%u rows", word->n_rows), word->n_rows);

      gtk_grid_attach (self->words, make_cell (word->word, "heading", 16), 0, (int) i, 1,
                       1);
      gtk_grid_attach (self->words, make_word_choice (self, word), 1, (int) i, 1, 1);
      gtk_grid_attach (self->words, make_label (rows, "numeric"), 2, (int) i, 1, 1);
    }
}

static void
on_sheet_chosen (BenkImportColumns *self)
{
  const char *const *sheets = benk_import_get_sheets (self->import);
  guint selected = gtk_drop_down_get_selected (self->sheets);

  if (!self->filling && sheets && selected < g_strv_length ((GStrv) sheets))
    g_signal_emit (self, signals[SIGNAL_SHEET_CHOSEN], 0, sheets[selected]);
}

static void
show_sheets (BenkImportColumns *self)
{
  const char *const *sheets = benk_import_get_sheets (self->import);
  GtkStringList *names = gtk_string_list_new (sheets);

  self->filling = TRUE;
  gtk_widget_set_visible (self->sheet_row,
                          sheets != NULL && g_strv_length ((GStrv) sheets) > 1);
  gtk_drop_down_set_model (self->sheets, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->sheets, benk_import_get_sheet (self->import));
  self->filling = FALSE;
  g_object_unref (names);
}

static void
benk_import_columns_dispose (GObject *object)
{
  BenkImportColumns *self = BENK_IMPORT_COLUMNS (object);

  g_clear_object (&self->import);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (benk_import_columns_parent_class)->dispose (object);
}

static void
benk_import_columns_class_init (BenkImportColumnsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_import_columns_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_SHEET_CHOSEN] =
    g_signal_new ("sheet-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);
}

static GtkGrid *
make_grid (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  return GTK_GRID (grid);
}

static void
benk_import_columns_init (BenkImportColumns *self)
{
  GtkWidget *sheet_label = make_label (_ ("Sheet"), "heading");

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->sheet_row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->sheets = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sheets),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Sheet"), -1);
  g_signal_connect_object (self->sheets, "notify::selected", G_CALLBACK (on_sheet_chosen),
                           self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->sheet_row), sheet_label);
  gtk_box_append (GTK_BOX (self->sheet_row), GTK_WIDGET (self->sheets));
  gtk_box_append (GTK_BOX (self->box), self->sheet_row);
  self->columns = make_grid ();
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->columns));
  self->words_title = make_label (NULL, "heading");
  gtk_widget_set_margin_top (self->words_title, 6);
  gtk_box_append (GTK_BOX (self->box), self->words_title);
  self->words = make_grid ();
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->words));
}

/**
 * benk_import_columns_show:
 * @self: the columns
 * @import: a list that was read
 *
 * Shows what the list is taken for.
 */
void
benk_import_columns_show (BenkImportColumns *self, BenkImport *import)
{
  g_return_if_fail (BENK_IS_IMPORT_COLUMNS (self));
  g_set_object (&self->import, import);
  show_sheets (self);
  show_columns (self);
  show_words (self);
}
