/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-count-start.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "benk-place.h"
#include "benk-plan.h"
#include "benk-rows.h"
#include "benk-stocktake.h"

struct _BenkCountStart
{
  GtkWidget parent_instance;

  BenkSession *session;
  GtkStringList *names; /* the first is all places */
  GPtrArray *rows;

  AdwComboRow *place;
  GtkWidget *start;
  AdwPreferencesGroup *earlier;
};

enum
{
  SHOW_COUNT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BenkCountStart, benk_count_start, GTK_TYPE_WIDGET)

static void
tell (BenkCountStart *self, const GError *error)
{
  if (self->session)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountStart) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!benk_stocktake_change_finish (BENK_STOCKTAKE (source), result, NULL, &error))
    tell (self, error);
}

static void
on_start (BenkCountStart *self)
{
  guint chosen = adw_combo_row_get_selected (self->place);

  if (self->session)
    benk_stocktake_start_async (benk_session_get_stocktake (self->session),
                                chosen > 0
                                  ? gtk_string_list_get_string (self->names, chosen)
                                  : NULL,
                                NULL, on_started, g_object_ref (self));
}

static void
on_row_activated (AdwActionRow *row, BenkCountStart *self)
{
  g_signal_emit (self, signals[SHOW_COUNT], 0,
                 g_object_get_data (G_OBJECT (row), "benk-id"));
}

static void
add_count (BenkCountStart *self, const BenkCount *count)
{
  g_autoptr (GTimeZone) zone = benk_time_zone_new_district ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (count->started_ms / 1000);
  g_autoptr (GDateTime) at = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (at, "%Y-%m-%d %H:%M");
  g_autofree char *title = g_strdup_printf ("%s · %s", benk_count_get_title (count), day);
  g_autofree char *numbers =
    g_strdup_printf (_ ("%u of %u found, %u not settled (missing and differences)"),
                     count->n_found, count->n_expected, count->n_open);
  g_autofree char *subtitle = count->dropped
                                ? g_strdup_printf ("%s · %s", _ ("Dropped"), numbers)
                                : g_strdup (numbers);
  GtkWidget *row = benk_rows_add (self->earlier, self->rows, title, subtitle);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data_full (G_OBJECT (row), "benk-id", benk_id_to_string (&count->id),
                          g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountStart) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) counts =
    benk_stocktake_list_finish (BENK_STOCKTAKE (source), result, &error);

  if (!counts || !self->session)
    {
      if (error)
        tell (self, error);
      return;
    }
  benk_rows_clear (self->earlier, self->rows);
  for (guint i = 0; i < counts->len; i++)
    if (!benk_count_is_open (g_ptr_array_index (counts, i)))
      add_count (self, g_ptr_array_index (counts, i));
  gtk_widget_set_visible (GTK_WIDGET (self->earlier), self->rows->len > 0);
}

/* Only a change of the places makes the choice anew: it may be open. */
static void
on_places (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountStart) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) places =
    benk_stocktake_list_places_finish (BENK_STOCKTAKE (source), result, &error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->names));
  gboolean same;

  if (!places || !self->session)
    {
      if (error)
        tell (self, error);
      return;
    }
  g_strv_builder_add (builder, _ ("All places of our own"));
  for (guint i = 0; i < places->len; i++)
    g_strv_builder_add (builder, benk_place_get_name (g_ptr_array_index (places, i)));
  names = g_strv_builder_end (builder);
  same = g_strv_length (names) == n_shown;
  for (guint i = 0; same && names[i]; i++)
    same = g_str_equal (names[i], gtk_string_list_get_string (self->names, i));
  if (!same)
    gtk_string_list_splice (self->names, 0, n_shown, (const char *const *) names);
}

static void
benk_count_start_dispose (GObject *object)
{
  BenkCountStart *self = BENK_COUNT_START (object);
  GtkWidget *child;

  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->names);
  G_OBJECT_CLASS (benk_count_start_parent_class)->dispose (object);
}

static void
benk_count_start_class_init (BenkCountStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_count_start_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-count-start.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkCountStart, place);
  gtk_widget_class_bind_template_child (widget_class, BenkCountStart, start);
  gtk_widget_class_bind_template_child (widget_class, BenkCountStart, earlier);
  gtk_widget_class_bind_template_callback (widget_class, on_start);

  /**
   * BenkCountStart::show-count:
   * @self: the widget
   * @id: a count's id, as text
   *
   * A person wants to see an earlier count.
   */
  signals[SHOW_COUNT] =
    g_signal_new ("show-count", BENK_TYPE_COUNT_START, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
benk_count_start_init (BenkCountStart *self)
{
  self->rows = g_ptr_array_new ();
  self->names = gtk_string_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->place, G_LIST_MODEL (self->names));
}

/**
 * benk_count_start_set_session:
 * @self: the widget
 * @session: the open session
 *
 * Says where it works.
 */
void
benk_count_start_set_session (BenkCountStart *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_COUNT_START (self));

  g_set_object (&self->session, session);
  benk_count_start_load (self);
}

/**
 * benk_count_start_load:
 * @self: the widget
 *
 * Reads the places and the earlier counts again.
 */
void
benk_count_start_load (BenkCountStart *self)
{
  BenkStocktake *stocktake;

  g_return_if_fail (BENK_IS_COUNT_START (self));

  if (!self->session)
    return;
  stocktake = benk_session_get_stocktake (self->session);
  gtk_widget_set_sensitive (self->start, benk_session_get_staff (self->session) != NULL);
  benk_stocktake_list_async (stocktake, NULL, on_listed, g_object_ref (self));
  benk_stocktake_list_places_async (stocktake, NULL, on_places, g_object_ref (self));
}

/**
 * benk_count_start_get_places:
 * @self: the widget
 *
 * Returns: (transfer none): the names of the places, “all” first
 */
GListModel *
benk_count_start_get_places (BenkCountStart *self)
{
  g_return_val_if_fail (BENK_IS_COUNT_START (self), NULL);

  return G_LIST_MODEL (self->names);
}
