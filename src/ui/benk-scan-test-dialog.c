/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-scan-test-dialog.h"

#include <glib/gi18n.h>

#include "benk-rows.h"
#include "benk-scan-burst.h"
#include "benk-scan-desk.h"

/* Nobody waits longer for the Enter of a scanner. */
#define NO_ENTER_MS 1500

struct _BenkScanTestDialog
{
  AdwWindow parent_instance;

  BenkClock *clock;
  GSource *timer;
  gboolean clearing;
  GPtrArray *came_rows;
  GPtrArray *meant_rows;
  GPtrArray *advice_rows;

  GtkEditable *entry;
  AdwPreferencesGroup *came;
  AdwPreferencesGroup *meant;
  AdwPreferencesGroup *advice;
};

G_DEFINE_FINAL_TYPE (BenkScanTestDialog, benk_scan_test_dialog, ADW_TYPE_WINDOW)

static void
stop_timer (BenkScanTestDialog *self)
{
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

static void
clear (BenkScanTestDialog *self)
{
  benk_rows_clear (self->came, self->came_rows);
  benk_rows_clear (self->meant, self->meant_rows);
  benk_rows_clear (self->advice, self->advice_rows);
  gtk_widget_set_visible (GTK_WIDGET (self->came), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->meant), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->advice), FALSE);
}

static void
add_advice (BenkScanTestDialog *self, const char *icon, const char *text)
{
  GtkWidget *row = benk_rows_add (self->advice, self->advice_rows, text, NULL);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_visible (GTK_WIDGET (self->advice), TRUE);
}

/* With a sign for what cannot be seen. */
static char *
make_visible (const char *raw)
{
  GString *out = g_string_new (NULL);

  for (const char *p = raw; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0x1d)
        g_string_append (out, "<GS>");
      else
        g_string_append_unichar (out, c < 0x20 ? 0xb7 : c == ' ' ? 0x2423 : c);
    }
  return g_string_free (out, FALSE);
}

static void
show_came (BenkScanTestDialog *self, const BenkScan *scan, const BenkScanTyping *typing)
{
  g_autofree char *visible = make_visible (scan->raw);
  g_autofree char *keys = NULL;

  benk_rows_add_fact (self->came, self->came_rows, _ ("Typed"), visible);
  if (typing)
    {
      keys = g_strdup_printf (ngettext ("%u key in %d ms, then %s",
                                        "%u keys in %d ms, then %s", typing->n_keys),
                              typing->n_keys, (int) typing->ms,
                              typing->ended_by == GDK_KEY_Tab ? _ ("Tab") : _ ("Enter"));
      benk_rows_add_fact (self->came, self->came_rows, _ ("Keys"), keys);
      benk_rows_add_fact (self->came, self->came_rows, _ ("Caps Lock"),
                          typing->caps_lock ? _ ("on") : _ ("off"));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->came), TRUE);
}

static void
show_meant (BenkScanTestDialog *self, const BenkScan *scan)
{
  const struct
  {
    const char *name;
    const char *value;
  } facts[] = {
    { _ ("Read as"), scan->text },
    { _ ("Serial"), scan->serial },
    { _ ("IMEI"), scan->imei },
    { _ ("Asset number"), scan->asset },
    { _ ("Product (GTIN)"), scan->gtin },
    { _ ("Batch"), scan->batch },
    { _ ("Packer"), scan->packer },
    { _ ("Article"), scan->article },
    { _ ("Best before"), scan->expiry },
    { _ ("Sort of barcode (AIM)"), *scan->symbology ? scan->symbology : NULL },
  };

  benk_rows_add_fact (self->meant, self->meant_rows, _ ("It is"),
                      benk_scan_kind_get_label (scan->kind));
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    if (facts[i].value)
      {
        g_autofree char *visible = make_visible (facts[i].value);

        benk_rows_add_fact (self->meant, self->meant_rows, facts[i].name, visible);
      }
  gtk_widget_set_visible (GTK_WIDGET (self->meant), TRUE);
}

static void
show_scan (BenkScanTestDialog *self, const BenkScan *scan, const BenkScanTyping *typing)
{
  guint odd = scan->findings & ~(guint) BENK_SCAN_PREFIX;

  stop_timer (self);
  clear (self);
  show_came (self, scan, typing);
  show_meant (self, scan);
  for (guint i = 0; i < BENK_N_SCAN_FINDINGS; i++)
    if (scan->findings & (1u << i))
      add_advice (self,
                  odd & (1u << i) ? "dialog-warning-symbolic" : "emblem-ok-symbolic",
                  benk_scan_finding_get_label (1 << i));
  if (!typing)
    add_advice (self, "dialog-warning-symbolic",
                _ (
                  "The keys came too slowly for a scanner. Set it to type with less than "
                  "40 ms between characters. Typed by hand, this is as it should be."));
  else if (odd == 0)
    add_advice (self, "emblem-ok-symbolic", _ ("Nothing needs to be set."));
}

static void
on_scanned (GtkWidget *widget, const BenkScan *scan, const BenkScanTyping *typing)
{
  show_scan (BENK_SCAN_TEST_DIALOG (widget), scan, typing);
}

static void
set_entry (BenkScanTestDialog *self, const char *text)
{
  self->clearing = TRUE;
  gtk_editable_set_text (self->entry, text);
  self->clearing = FALSE;
}

/* Enter, but not as fast as a scanner. */
static void
on_activated (BenkScanTestDialog *self)
{
  g_autoptr (BenkScan) scan =
    benk_scan_read (gtk_editable_get_text (self->entry), BENK_SCAN_CAPS_UNKNOWN);

  if (*scan->raw == '\0')
    return;
  set_entry (self, "");
  show_scan (self, scan, NULL);
}

static gboolean
on_no_enter (gpointer user_data)
{
  BenkScanTestDialog *self = user_data;

  stop_timer (self);
  clear (self);
  add_advice (self, "dialog-warning-symbolic",
              _ ("No Enter came after it. Set the scanner to end with Enter (carriage "
                 "return) or Tab."));
  return G_SOURCE_REMOVE;
}

static void
on_changed (BenkScanTestDialog *self)
{
  stop_timer (self);
  if (self->clearing || *gtk_editable_get_text (self->entry) == '\0')
    return;
  self->timer = benk_clock_create_timer (self->clock, NO_ENTER_MS);
  g_source_set_callback (self->timer, on_no_enter, self, NULL);
  g_source_attach (self->timer, NULL);
}

static void
benk_scan_test_dialog_dispose (GObject *object)
{
  BenkScanTestDialog *self = BENK_SCAN_TEST_DIALOG (object);

  stop_timer (self);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->came_rows, g_ptr_array_unref);
  g_clear_pointer (&self->meant_rows, g_ptr_array_unref);
  g_clear_pointer (&self->advice_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (benk_scan_test_dialog_parent_class)->dispose (object);
}

static void
benk_scan_test_dialog_class_init (BenkScanTestDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = benk_scan_test_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
    widget_class, "/no/dosebenk/Dosebenk/ui/benk-scan-test-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BenkScanTestDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, BenkScanTestDialog, came);
  gtk_widget_class_bind_template_child (widget_class, BenkScanTestDialog, meant);
  gtk_widget_class_bind_template_child (widget_class, BenkScanTestDialog, advice);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
benk_scan_test_dialog_init (BenkScanTestDialog *self)
{
  self->came_rows = g_ptr_array_new ();
  self->meant_rows = g_ptr_array_new ();
  self->advice_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  benk_scan_take (GTK_WIDGET (self), on_scanned);
}

/**
 * benk_scan_test_dialog_new:
 * @parent: the main window
 * @clock: tells when no Enter came
 *
 * Returns: (transfer none): a dialog that tries a scanner
 */
GtkWidget *
benk_scan_test_dialog_new (GtkWindow *parent, BenkClock *clock)
{
  BenkScanTestDialog *self =
    g_object_new (BENK_TYPE_SCAN_TEST_DIALOG, "transient-for", parent, NULL);

  self->clock = g_object_ref (clock);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WIDGET (self);
}
