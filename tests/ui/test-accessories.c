/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-accessory-row.h"
#include "benk-device-card.h"
#include "benk-keys.h"
#include "benk-new-device-dialog.h"
#include "benk-shot.h"

/* What came with a device: said by a mouse that is pressed on a screen. */

static const BenkNewDevice SHELF[] = {
  { "medido", "MD0000001", NULL, "D-1", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
  { "medido", "MD0000002", NULL, "D-2", NULL, "Shelf 1", BENK_DEVICE_STATE_RECEIVED },
};

static void
set_up (BenkStage *stage, gconstpointer unused)
{
  benk_keys_set_up (stage, SHELF, G_N_ELEMENTS (SHELF));
}

static void
tear_down (BenkStage *stage, gconstpointer unused)
{
  benk_stage_tear_down (stage);
}

typedef struct
{
  BenkStage *stage;
  const char *serial;
  const char *kind;
  BenkAccessoryStatus status;
} Known;

static gboolean
is_known (gpointer data)
{
  Known *known = data;
  BenkInventory *inventory = benk_session_get_inventory (known->stage->session);
  g_autoptr (BenkDevice) device = benk_stage_find (known->stage, known->serial);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BenkDeviceCard) card = NULL;
  const BenkAccessory *one;

  benk_inventory_load_async (inventory, benk_device_get_id (device), NULL,
                             benk_stage_keep, &result);
  card = benk_inventory_load_finish (inventory, benk_stage_await (&result), NULL);
  one = benk_accessory_find (benk_device_card_get_accessories (card), known->kind);
  return one && one->status == known->status;
}

static void
expect (BenkStage *stage,
        const char *serial,
        const char *kind,
        BenkAccessoryStatus status)
{
  Known known = { stage, serial, kind, status };

  if (!benk_shot_wait (is_known, &known, 10))
    g_error ("%s of %s is not %s", kind, serial, benk_accessory_status_to_name (status));
}

typedef struct
{
  GtkWidget *inside;
  GType type;
  const char *text;
  GtkWidget *found;
} Search;

static GtkWidget *
look (GtkWidget *widget, Search *search)
{
  if (gtk_widget_get_mapped (widget) &&
      G_TYPE_CHECK_INSTANCE_TYPE (widget, search->type) &&
      ((GTK_IS_BUTTON (widget) &&
        g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), search->text) == 0) ||
       (BENK_IS_ACCESSORY_ROW (widget) &&
        g_strcmp0 (benk_accessory_row_get_kind (BENK_ACCESSORY_ROW (widget)),
                   search->text) == 0)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = look (child, search);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_there (gpointer data)
{
  Search *search = data;

  search->found = look (search->inside, search);
  return search->found != NULL;
}

static GtkWidget *
find (gpointer inside, GType type, const char *text)
{
  Search search = { GTK_WIDGET (inside), type, text, NULL };

  if (!benk_shot_wait (is_there, &search, 10))
    g_error ("there is no “%s”", text);
  return search.found;
}

static void
click (gpointer inside, const char *kind, const char *answer)
{
  GtkWidget *row = find (inside, BENK_TYPE_ACCESSORY_ROW, kind);

  /* Into sight first, as a person scrolls. */
  gtk_widget_grab_focus (row);
  benk_shot_settle (row);
  benk_keys_click (find (row, GTK_TYPE_TOGGLE_BUTTON, answer));
}

static gboolean
is_device_shown (gpointer details)
{
  GtkStack *stack = GTK_STACK (benk_stage_get_child (details, "stack"));

  return g_strcmp0 (gtk_stack_get_visible_child_name (stack), "device") == 0;
}

static GtkWidget *
show (BenkStage *stage, const char *serial)
{
  g_autoptr (BenkDevice) device = benk_stage_find (stage, serial);
  g_autofree char *id = benk_id_to_string (benk_device_get_id (device));
  GtkWidget *details =
    benk_stage_get_child (benk_window_get_page (stage->window, "devices"), "details");

  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-device", "s", id);
  g_assert_true (benk_shot_wait (is_device_shown, details, 10));
  benk_shot_settle (details);
  return details;
}

static void
test_details (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *details = show (stage, "MD0000001");
  GtkWidget *row;

  click (details, "power-adapter", "Missing");
  expect (stage, "MD0000001", "power-adapter", BENK_ACCESSORY_MISSING);
  click (details, "power-adapter", "There");
  expect (stage, "MD0000001", "power-adapter", BENK_ACCESSORY_THERE);
  row = find (details, BENK_TYPE_ACCESSORY_ROW, "power-adapter");
  g_assert_cmpint (benk_accessory_row_get_status (BENK_ACCESSORY_ROW (row)), ==,
                   BENK_ACCESSORY_THERE);
  /* A second press says that nobody has looked after all. */
  click (details, "power-adapter", "There");
  expect (stage, "MD0000001", "power-adapter", BENK_ACCESSORY_NOT_LOOKED_AT);
  expect (stage, "MD0000001", "collection-tray", BENK_ACCESSORY_NOT_LOOKED_AT);
  expect (stage, "MD0000002", "power-adapter", BENK_ACCESSORY_NOT_LOOKED_AT);
}

static gboolean
has_focus_inside (gpointer row)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (row));

  return focus && gtk_widget_is_ancestor (focus, row);
}

/* The adapter is there already, so the tray is where it leads. */
static void
test_guard_leads (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *details = show (stage, "MD0000001");
  GtkWidget *next = benk_stage_get_child (details, "next");
  GtkWidget *button;
  Search search = { next, GTK_TYPE_BUTTON, "Do It…", NULL };

  benk_stage_attest (stage, "MD0000001", BENK_FACT_LABEL_READ, NULL, NULL);
  benk_stage_attest (stage, "MD0000001", BENK_FACT_CE_MARK, NULL, NULL);
  benk_stage_attest (stage, "MD0000001", BENK_FACT_POWER_ON_TEST, NULL, NULL);
  click (details, "power-adapter", "There");
  expect (stage, "MD0000001", "power-adapter", BENK_ACCESSORY_THERE);
  g_assert_true (benk_shot_wait (is_there, &search, 10));
  benk_shot_settle (details);
  button = find (next, GTK_TYPE_BUTTON, "Do It…");
  gtk_widget_grab_focus (button);
  benk_shot_settle (details);
  benk_keys_click (button);
  g_assert_true (
    benk_shot_wait (has_focus_inside,
                    find (details, BENK_TYPE_ACCESSORY_ROW, "collection-tray"), 10));
}

static void
test_registered (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *dialog =
    benk_new_device_dialog_new (GTK_WINDOW (stage->window), stage->session, "MD0000009");
  GPtrArray *models =
    benk_inventory_get_models (benk_session_get_inventory (stage->session));
  guint place = 0;

  g_assert_true (g_ptr_array_find (models, benk_model_find (models, "medido"), &place));
  gtk_window_present (GTK_WINDOW (dialog));
  adw_combo_row_set_selected (ADW_COMBO_ROW (benk_stage_get_child (dialog, "model_row")),
                              place);
  benk_shot_settle (dialog);
  click (dialog, "power-adapter", "Missing");
  g_object_ref (dialog);
  g_signal_emit_by_name (benk_stage_get_child (dialog, "add_button"), "clicked");
  benk_stage_wait_unused (dialog);
  g_object_unref (dialog);
  expect (stage, "MD0000009", "power-adapter", BENK_ACCESSORY_MISSING);
  expect (stage, "MD0000009", "collection-tray", BENK_ACCESSORY_NOT_LOOKED_AT);
}

static void
test_many (BenkStage *stage, gconstpointer unused)
{
  GtkWidget *page = benk_window_get_page (stage->window, "devices");
  GtkColumnView *view;
  GtkWindow *dialog;

  show (stage, "MD0000001");
  view = GTK_COLUMN_VIEW (benk_stage_get_child (page, "view"));
  gtk_selection_model_select_all (gtk_column_view_get_model (view));
  benk_shot_settle (page);
  benk_keys_click (
    find (benk_stage_get_child (page, "selection_bar"), GTK_TYPE_BUTTON, "Accessories…"));
  dialog = benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_false (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go-on"));
  benk_shot_settle (GTK_WIDGET (dialog));
  click (dialog, "power-adapter", "There");
  g_assert_true (
    adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go-on"));
  benk_stage_respond (dialog, "go-on");
  expect (stage, "MD0000001", "power-adapter", BENK_ACCESSORY_THERE);
  expect (stage, "MD0000002", "power-adapter", BENK_ACCESSORY_THERE);
}

#define ADD(path, test)                                                                  \
  g_test_add ("/ui/accessories/" path, BenkStage, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("each-is-there-missing-or-not-looked-at", test_details);
  ADD ("guard-leads-to-what-is-not-there", test_guard_leads);
  ADD ("registered-with-what-came", test_registered);
  ADD ("said-of-many", test_many);

  return g_test_run ();
}
