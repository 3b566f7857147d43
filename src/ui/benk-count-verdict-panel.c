/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-count-verdict-panel.h"

#include <glib/gi18n.h>

#include "benk-error.h"
#include "benk-inventory.h"
#include "benk-lifecycle.h"
#include "benk-model.h"
#include "benk-models.h"
#include "benk-stocktake.h"
#include "benk-twin-check.h"

struct _BenkCountVerdictPanel
{
  GtkWidget parent_instance;

  GPtrArray *models; /* those that the drop-down names below its first line */
  BenkSession *session;
  BenkCountItem *item;
  char *place; /* where one stands, where the count does not know */
  GArray *states;

  GtkWidget *panel;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *name;
  GtkLabel *detail;
  GtkWidget *actions;
  GtkWidget *move;
  GtkWidget *change;
  GtkDropDown *state;
  GtkWidget *add;
  GtkDropDown *model;
  GtkWidget *leave;
  GtkWidget *show;
  BenkTwinCheck *another;
};

G_DEFINE_FINAL_TYPE (BenkCountVerdictPanel, benk_count_verdict_panel, GTK_TYPE_WIDGET)

static const struct
{
  const char *icon;
  const char *css_class;
} looks[BENK_N_COUNT_VERDICTS] = {
  [BENK_COUNT_FOUND] = { "object-select-symbolic", "good" },
  [BENK_COUNT_MISSING] = { "dialog-question-symbolic", "bad" },
  [BENK_COUNT_WRONG_PLACE] = { "dialog-warning-symbolic", "attend" },
  [BENK_COUNT_WRONG_STATE] = { "dialog-warning-symbolic", "attend" },
  [BENK_COUNT_ADDED] = { "object-select-symbolic", "good" },
  [BENK_COUNT_UNKNOWN] = { "dialog-error-symbolic", "bad" },
};

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkCountVerdictPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (benk_stocktake_change_finish (BENK_STOCKTAKE (source), result, NULL, &error) ||
      !self->session)
    return;
  if (g_error_matches (error, BENK_ERROR, BENK_ERROR_CONFLICT) && self->item &&
      gtk_widget_get_visible (self->add))
    benk_twin_check_offer (self->another, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.tell-error", "s", error->message);
}

static void
settle (BenkCountVerdictPanel *self, BenkStocktakeFix *fix)
{
  if (!self->item || !self->session)
    return;
  fix->item = *benk_count_item_get_id (self->item);
  fix->place = self->place;
  benk_stocktake_settle_async (benk_session_get_stocktake (self->session), fix, NULL,
                               on_settled, g_object_ref (self));
}

static void
on_move (BenkCountVerdictPanel *self)
{
  settle (self, &(BenkStocktakeFix){ .fix = BENK_COUNT_FIX_MOVE });
}

static void
on_change (BenkCountVerdictPanel *self)
{
  guint chosen = gtk_drop_down_get_selected (self->state);

  if (chosen > 0 && chosen <= self->states->len)
    settle (self, &(BenkStocktakeFix){
                    .fix = BENK_COUNT_FIX_STATE,
                    .state = g_array_index (self->states, BenkDeviceState, chosen - 1) });
}

static void
on_add (BenkCountVerdictPanel *self)
{
  GPtrArray *models = self->models;
  guint chosen = gtk_drop_down_get_selected (self->model);

  if (chosen > 0 && chosen <= models->len)
    settle (self, &(BenkStocktakeFix){ .fix = BENK_COUNT_FIX_REGISTER,
                                       .another = benk_twin_check_is_said (self->another),
                                       .model_id = benk_model_get_id (
                                         g_ptr_array_index (models, chosen - 1)) });
}

static void
on_leave (BenkCountVerdictPanel *self)
{
  settle (self, &(BenkStocktakeFix){ .fix = BENK_COUNT_FIX_LEAVE });
}

static void
on_show (BenkCountVerdictPanel *self)
{
  g_autofree char *id =
    self->item ? benk_id_to_string (benk_count_item_get_device_id (self->item)) : NULL;

  if (id)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-device", "s", id);
}

/* Nobody has said which model it is until somebody does; its serial may look like one. */
static void
guess_model (BenkCountVerdictPanel *self)
{
  BenkModel *guess =
    benk_model_guess (self->models, benk_count_item_get_name (self->item));
  guint position;

  gtk_drop_down_set_selected (self->model,
                              guess && g_ptr_array_find (self->models, guess, &position)
                                ? position + 1
                                : 0);
}

static void
on_model_chosen (BenkCountVerdictPanel *self)
{
  gtk_widget_set_sensitive (self->add, gtk_drop_down_get_selected (self->model) > 0);
}

static void
on_state_chosen (BenkCountVerdictPanel *self)
{
  gtk_widget_set_sensitive (self->change, gtk_drop_down_get_selected (self->state) > 0);
}

/* Where the life cycle may lead from here, but for what only a return sets. */
static void
list_states (BenkCountVerdictPanel *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) next = NULL;
  BenkDeviceState from;

  g_array_set_size (self->states, 0);
  gtk_string_list_append (labels, _ ("Choose…"));
  if (benk_device_state_from_name (benk_count_item_get_state (self->item), &from))
    next = benk_lifecycle_next (
      benk_inventory_get_model_kind (benk_session_get_inventory (self->session),
                                     benk_count_item_get_model_id (self->item)),
      from);
  for (guint i = 0; next && i < next->len; i++)
    {
      const BenkLifecycleRow *row = g_ptr_array_index (next, i);

      if (BENK_DEVICE_STATES_BY_RETURN_CASE & BENK_DEVICE_STATE_MASK (row->to))
        continue;
      g_array_append_val (self->states, row->to);
      gtk_string_list_append (labels, benk_device_state_get_label (row->to, TRUE));
    }
  gtk_drop_down_set_model (self->state, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (self->state, 0);
  on_state_chosen (self);
}

static void
show_actions (BenkCountVerdictPanel *self)
{
  BenkCountVerdict verdict = benk_count_item_get_verdict (self->item);
  gboolean known = !benk_id_is_nil (benk_count_item_get_device_id (self->item));
  gboolean has_place =
    !benk_id_is_nil (benk_count_item_get_found_place_id (self->item)) || self->place;
  gboolean open = benk_count_item_get_settled (self->item) == NULL &&
                  verdict != BENK_COUNT_FOUND && verdict != BENK_COUNT_ADDED &&
                  benk_session_get_staff (self->session) != NULL;
  gboolean may_change =
    open && known && (verdict == BENK_COUNT_WRONG_STATE || verdict == BENK_COUNT_MISSING);

  if (may_change)
    list_states (self);
  gtk_widget_set_visible (self->move, open && verdict == BENK_COUNT_WRONG_PLACE);
  gtk_widget_set_sensitive (self->move, has_place);
  gtk_widget_set_tooltip_text (self->move,
                               has_place ? NULL : _ ("Say above where you are."));
  gtk_widget_set_visible (self->change, may_change);
  gtk_widget_set_visible (GTK_WIDGET (self->state), may_change);
  gtk_widget_set_visible (self->add, open && !known);
  gtk_widget_set_visible (GTK_WIDGET (self->model), open && !known);
  gtk_widget_set_visible (self->leave, open);
  gtk_widget_set_visible (self->show, known);
}

static void
show_text (BenkCountVerdictPanel *self, gboolean already)
{
  BenkInventory *inventory = benk_session_get_inventory (self->session);
  BenkCountVerdict verdict = benk_count_item_get_verdict (self->item);
  const char *model =
    benk_inventory_get_model_name (inventory, benk_count_item_get_model_id (self->item));
  const char *serial = benk_count_item_get_serial (self->item);
  g_autofree char *settled =
    benk_count_settled_describe (benk_count_item_get_settled (self->item));
  g_autofree char *what = benk_count_item_describe (self->item);
  g_autofree char *detail =
    g_strdup_printf ("%s%s%s%s%s%s%s", model ? model : "", model ? " " : "",
                     model && serial ? serial : "", model ? " · " : "", what,
                     settled ? " · " : "", settled ? settled : "");

  gtk_label_set_text (self->title, already ? _ ("Already scanned")
                                           : benk_count_verdict_get_label (verdict));
  gtk_label_set_text (self->name, benk_count_item_get_name (self->item));
  gtk_label_set_text (self->detail, detail);
  gtk_image_set_from_icon_name (self->icon,
                                already ? "view-refresh-symbolic" : looks[verdict].icon);
  for (guint i = 0; i < BENK_N_COUNT_VERDICTS; i++)
    gtk_widget_remove_css_class (self->panel, looks[i].css_class);
  gtk_widget_add_css_class (self->panel,
                            already || settled ? "good" : looks[verdict].css_class);
}

static void
benk_count_verdict_panel_dispose (GObject *object)
{
  BenkCountVerdictPanel *self = BENK_COUNT_VERDICT_PANEL (object);
  GtkWidget *child;

  g_clear_object (&self->session);
  g_clear_object (&self->item);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->place, g_free);
  g_clear_pointer (&self->states, g_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (benk_count_verdict_panel_parent_class)->dispose (object);
}

static void
benk_count_verdict_panel_class_init (BenkCountVerdictPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_count_verdict_panel_dispose;
  g_type_ensure (BENK_TYPE_TWIN_CHECK);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-count-verdict-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, panel);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, icon);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, title);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, name);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, detail);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, actions);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, move);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, change);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, state);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, add);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, model);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, leave);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, show);
  gtk_widget_class_bind_template_child (widget_class, BenkCountVerdictPanel, another);
  gtk_widget_class_bind_template_callback (widget_class, on_model_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_state_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_bind_template_callback (widget_class, on_change);
  gtk_widget_class_bind_template_callback (widget_class, on_add);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
}

static void
benk_count_verdict_panel_init (BenkCountVerdictPanel *self)
{
  self->states = g_array_new (FALSE, FALSE, sizeof (BenkDeviceState));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
list_models (BenkCountVerdictPanel *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  if (!self->session)
    return;
  g_clear_pointer (&self->models, g_ptr_array_unref);
  self->models = g_ptr_array_ref (
    benk_inventory_get_models (benk_session_get_inventory (self->session)));
  gtk_string_list_append (names, _ ("Choose…"));
  for (guint i = 0; i < self->models->len; i++)
    gtk_string_list_append (names, benk_model_get_name (self->models->pdata[i]));
  gtk_drop_down_set_model (self->model, G_LIST_MODEL (names));
}

/**
 * benk_count_verdict_panel_set_session:
 * @self: the panel
 * @session: the open session
 *
 * Says where it works.
 */
void
benk_count_verdict_panel_set_session (BenkCountVerdictPanel *self, BenkSession *session)
{
  g_return_if_fail (BENK_IS_COUNT_VERDICT_PANEL (self));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_connect_object (benk_session_get_models (session), "changed",
                           G_CALLBACK (list_models), self, G_CONNECT_SWAPPED);
  list_models (self);
}

/**
 * benk_count_verdict_panel_set_place:
 * @self: the panel
 * @place: (nullable): where one stands
 *
 * Says where a device is when it is fixed, where the count does not know.
 */
void
benk_count_verdict_panel_set_place (BenkCountVerdictPanel *self, const char *place)
{
  g_return_if_fail (BENK_IS_COUNT_VERDICT_PANEL (self));

  g_free (self->place);
  self->place = g_strdup (place);
  if (self->item)
    show_actions (self);
}

/**
 * benk_count_verdict_panel_show:
 * @self: the panel
 * @item: (nullable): what to show; %NULL asks for a scan
 * @already: whether it had been scanned before
 *
 * Shows another verdict.
 */
void
benk_count_verdict_panel_show (BenkCountVerdictPanel *self,
                               BenkCountItem *item,
                               gboolean already)
{
  g_return_if_fail (BENK_IS_COUNT_VERDICT_PANEL (self));

  g_set_object (&self->item, item);
  benk_twin_check_offer (self->another, FALSE);
  gtk_widget_set_visible (self->actions, item != NULL);
  if (item)
    {
      guess_model (self);
      show_text (self, already);
      show_actions (self);
      return;
    }
  for (guint i = 0; i < BENK_N_COUNT_VERDICTS; i++)
    gtk_widget_remove_css_class (self->panel, looks[i].css_class);
  gtk_label_set_text (self->title, _ ("Scan the first device"));
  gtk_label_set_text (self->name, "");
  gtk_label_set_text (self->detail, "");
  gtk_image_set_from_icon_name (self->icon, "edit-find-symbolic");
}

/**
 * benk_count_verdict_panel_get_item:
 * @self: the panel
 *
 * Returns: (transfer none) (nullable): what is shown
 */
BenkCountItem *
benk_count_verdict_panel_get_item (BenkCountVerdictPanel *self)
{
  g_return_val_if_fail (BENK_IS_COUNT_VERDICT_PANEL (self), NULL);

  return self->item;
}
