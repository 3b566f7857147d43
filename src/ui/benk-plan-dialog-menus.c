/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-plan-dialog-private.h"

#include <glib/gi18n.h>

#include "benk-plan-proposal.h"
#include "benk-plan-templates.h"
#include "benk-reason-dialog.h"

/* --- templates --- */

static void refresh (BenkPlanDialog *self);

static void
on_changed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  benk_plans_change_template_finish (BENK_PLANS (source), result, &error);
  if (g_cancellable_is_cancelled (benk_plan_dialog_get_cancellable (self)))
    return;
  benk_plan_dialog_tell (self, error);
  refresh (self);
}

static void
append (GMenu *menu, const char *label, const char *action, const char *name)
{
  /* A name is no mnemonic. */
  g_auto (GStrv) parts = g_strsplit (label, "_", -1);
  g_autofree char *plain = g_strjoinv ("__", parts);
  g_autoptr (GMenuItem) item = g_menu_item_new (plain, NULL);

  g_menu_item_set_action_and_target (item, action, "s", name);
  g_menu_append_item (menu, item);
}

static GMenuModel *
make_menu (GPtrArray *templates)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) proposed = g_menu_new ();
  g_autoptr (GMenu) own = g_menu_new ();
  g_autoptr (GMenu) rename = g_menu_new ();
  g_autoptr (GMenu) delete = g_menu_new ();
  g_autoptr (GMenu) change = g_menu_new ();

  for (guint i = 0; i < templates->len; i++)
    {
      BenkPlanTemplate *template = g_ptr_array_index (templates, i);
      const char *name = benk_plan_template_get_name (template);
      gboolean builtin = benk_plan_template_is_builtin (template);

      append (builtin ? proposed : own, name, "plan.apply", name);
      if (builtin)
        continue;
      append (rename, name, "plan.rename", name);
      append (delete, name, "plan.delete", name);
    }
  g_menu_append_section (menu, _ ("Proposed by the Program"), G_MENU_MODEL (proposed));
  if (g_menu_model_get_n_items (G_MENU_MODEL (own)) > 0)
    g_menu_append_section (menu, _ ("The District’s Own"), G_MENU_MODEL (own));
  g_menu_append (change, _ ("_Save as Template…"), "plan.save-template");
  if (g_menu_model_get_n_items (G_MENU_MODEL (own)) > 0)
    {
      g_menu_append_submenu (change, _ ("_Rename"), G_MENU_MODEL (rename));
      g_menu_append_submenu (change, _ ("_Delete"), G_MENU_MODEL (delete));
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  return G_MENU_MODEL (menu);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) templates =
    benk_plans_list_templates_finish (BENK_PLANS (source), result, &error);
  g_autoptr (GMenuModel) menu = NULL;

  if (g_cancellable_is_cancelled (benk_plan_dialog_get_cancellable (self)))
    return;
  if (!templates)
    {
      benk_plan_dialog_tell (self, error);
      return;
    }
  menu = make_menu (templates);
  gtk_menu_button_set_menu_model (benk_plan_dialog_get_templates_button (self), menu);
  g_object_set_data_full (G_OBJECT (self), "benk-templates", g_steal_pointer (&templates),
                          (GDestroyNotify) g_ptr_array_unref);
}

static void
refresh (BenkPlanDialog *self)
{
  benk_plans_list_templates_async (benk_plan_dialog_get_plans (self),
                                   benk_plan_dialog_get_cancellable (self), on_listed,
                                   g_object_ref (self));
}

static void
apply (GSimpleAction *action, GVariant *name, gpointer user_data)
{
  BenkPlanDialog *self = user_data;
  BenkPlanDraft *draft = benk_plan_dialog_get_draft (self);
  GPtrArray *templates = g_object_get_data (G_OBJECT (self), "benk-templates");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; templates && i < templates->len; i++)
    {
      BenkPlanTemplate *template = g_ptr_array_index (templates, i);
      g_autoptr (BenkPlan) pattern = NULL;
      BenkPlan *plan;

      if (g_strcmp0 (benk_plan_template_get_name (template),
                     g_variant_get_string (name, NULL)) != 0)
        continue;
      pattern = benk_plan_template_get_plan (template, &error);
      if (!pattern)
        break;
      plan = benk_plan_copy (benk_plan_draft_get_plan (draft));
      benk_plan_apply (plan, pattern);
      benk_plan_draft_take (draft, plan, NULL);
    }
  benk_plan_dialog_tell (self, error);
}

static void
on_name (const char *text, gpointer user_data)
{
  BenkPlanDialog *self = user_data;

  benk_plans_save_template_async (benk_plan_dialog_get_plans (self), text,
                                  benk_plan_draft_get_plan (
                                    benk_plan_dialog_get_draft (self)),
                                  NULL, on_changed, g_object_ref (self));
}

static void
save_template (GSimpleAction *action, GVariant *unused, gpointer user_data)
{
  benk_reason_dialog_ask (GTK_WINDOW (user_data), _ ("What is the template called?"),
                          _ ("No name of a person. The user and the first day are not "
                             "part of it."),
                          _ ("_Save"), on_name, G_OBJECT (user_data));
}

static void
on_new_name (const char *text, gpointer user_data)
{
  BenkPlanDialog *self = user_data;
  const char *name = g_object_get_data (G_OBJECT (self), "benk-renamed");

  benk_plans_rename_template_async (benk_plan_dialog_get_plans (self), name, text, NULL,
                                    on_changed, g_object_ref (self));
}

static void
rename_template (GSimpleAction *action, GVariant *name, gpointer user_data)
{
  const char *old = g_variant_get_string (name, NULL);
  g_autofree char *body = g_strdup_printf (_ ("It is called “%s” now."), old);

  g_object_set_data_full (G_OBJECT (user_data), "benk-renamed", g_strdup (old), g_free);
  benk_reason_dialog_ask (GTK_WINDOW (user_data),
                          _ ("What is the template to be called?"), body, _ ("_Rename"),
                          on_new_name, G_OBJECT (user_data));
}

static void
on_delete_response (AdwMessageDialog *dialog, const char *response, BenkPlanDialog *self)
{
  const char *name = g_object_get_data (G_OBJECT (dialog), "benk-name");

  if (g_strcmp0 (response, "delete") == 0)
    benk_plans_delete_template_async (benk_plan_dialog_get_plans (self), name, NULL,
                                      on_changed, g_object_ref (self));
}

static void
delete_template (GSimpleAction *action, GVariant *name, gpointer user_data)
{
  const char *old = g_variant_get_string (name, NULL);
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s”?"), old);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (user_data), heading,
                            _ ("Settings that were made from it stay as they are."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"),
                                    "delete", _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "benk-name", g_strdup (old), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_delete_response), user_data,
                           0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- files --- */

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  BenkPlan *plan = benk_plans_load_file_finish (BENK_PLANS (source), result, &error);

  if (plan && benk_plan_dialog_get_draft (self))
    benk_plan_draft_take (benk_plan_dialog_get_draft (self), plan, NULL);
  else if (plan)
    benk_plan_unref (plan);
  benk_plan_dialog_tell (self, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BenkPlanDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  benk_plans_save_file_finish (BENK_PLANS (source), result, &error);
  benk_plan_dialog_tell (self, error);
}

static void
on_file_response (GtkNativeDialog *native, int response, BenkPlanDialog *self)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (native);
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  BenkPlans *plans = benk_plan_dialog_get_plans (self);

  if (file && response == GTK_RESPONSE_ACCEPT &&
      gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_OPEN)
    benk_plans_load_file_async (plans, file, benk_plan_dialog_get_cancellable (self),
                                on_loaded, g_object_ref (self));
  else if (file && response == GTK_RESPONSE_ACCEPT)
    benk_plans_save_file_async (plans,
                                benk_plan_draft_get_plan (
                                  benk_plan_dialog_get_draft (self)),
                                file, NULL, on_written, g_object_ref (self));
  g_object_unref (native);
}

static void
choose_file (BenkPlanDialog *self, const char *title, GtkFileChooserAction action)
{
  GtkFileChooserNative *native =
    gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), _ ("settings.json"));
  g_signal_connect_object (native, "response", G_CALLBACK (on_file_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

static void
open_file (GSimpleAction *action, GVariant *unused, gpointer user_data)
{
  choose_file (user_data, _ ("Settings from a File"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
save_file (GSimpleAction *action, GVariant *unused, gpointer user_data)
{
  choose_file (user_data, _ ("Settings to a File"), GTK_FILE_CHOOSER_ACTION_SAVE);
}

void
benk_plan_dialog_add_menus (BenkPlanDialog *self)
{
  static const GActionEntry entries[] = {
    { "apply", apply, "s", NULL, NULL },
    { "save-template", save_template, NULL, NULL, NULL },
    { "rename", rename_template, "s", NULL, NULL },
    { "delete", delete_template, "s", NULL, NULL },
    { "open-file", open_file, NULL, NULL, NULL },
    { "save-file", save_file, NULL, NULL, NULL },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "plan", G_ACTION_GROUP (group));
  refresh (self);
}
