/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dosebenk-shots [--size WIDTHxHEIGHT] DIR [SCENE…]: draws every page and dialog of the
 * program, or those of some scenes, on real stores, as PNG files in DIR. Language and
 * colours come from the environment. */

#include "benk-config.h"

#include "dosebenk-shots.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>

#include "benk-shot.h"

static const char *folder;
static int width = 1366;
static int height = 768;
static guint n_drawn;

static gboolean
pass (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

/* What threads read comes back within moments. */
static void
rest (void)
{
  gboolean passed = FALSE;

  g_timeout_add (180, pass, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

/* The window of @stage in the size of all pictures, or higher. */
void
benk_shots_show_window (BenkStage *stage, int at_least)
{
  benk_stage_show_window (stage, width, MAX (height, at_least));
}

void
benk_shots_draw (gpointer widget, const char *name)
{
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++n_drawn, name);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  /* The frame that stands in for a shadow where nothing composites. */
  gtk_widget_remove_css_class (GTK_WIDGET (widget), "solid-csd");
  rest ();
  if (!benk_shot_save (GTK_WIDGET (widget), path, &error))
    g_error ("%s", error->message);
}

void
benk_shots_draw_page (BenkStage *stage, const char *page, const char *name)
{
  benk_window_show_page (stage->window, page);
  benk_shots_draw (stage->window, name);
}

/* Draws a dialog and closes it. */
void
benk_shots_draw_dialog (GtkWindow *dialog, const char *name)
{
  gtk_window_present (dialog);
  benk_shots_draw (dialog, name);
  gtk_window_destroy (dialog);
  benk_stage_wait_idle ();
}

static void
draw_pages (BenkStage *stage, const char *suffix)
{
  static const char *const pages[] = { "alarms", "devices", "bench", "returns",
                                       "reports" };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *name = g_strdup_printf ("%s-%s", pages[i], suffix);

      benk_shots_draw_page (stage, pages[i], name);
    }
}

/* Pictures of an earlier run would pass for these. */
static void
remove_pictures (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".png"))
        g_unlink (path);
    }
}

static void
play_empty (void)
{
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_shots_show_window (&stage, 0);
  benk_window_choose_staff (stage.window);
  benk_shots_draw_dialog (benk_stage_wait_window (ADW_TYPE_MESSAGE_DIALOG), "staff");
  benk_shots_draw_page (&stage, "devices", "devices-look-only");
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  draw_pages (&stage, "empty");
  benk_shots_play_import (&stage);
  benk_stage_tear_down (&stage);
}

static void
play_full (void)
{
  BenkStage stage;

  benk_stage_set_up (&stage, TRUE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  benk_shots_fill (&stage);
  benk_shots_show_window (&stage, 0);
  benk_shots_plug_in (&stage);
  draw_pages (&stage, "full");
  benk_shots_play_bench (&stage);
  benk_shots_play_dialogs (&stage);
  benk_stage_close_window (&stage);

  benk_stage_show_window (&stage, 1920, 1080);
  draw_pages (&stage, "wide");
  benk_stage_tear_down (&stage);
}

/* The lists alone. */
static void
play_import (void)
{
  BenkStage stage;

  benk_stage_set_up (&stage, FALSE);
  benk_stage_choose_staff (&stage, "MH", "Mona Hansen");
  benk_shots_show_window (&stage, 0);
  benk_shots_play_import (&stage);
  benk_shots_draw_page (&stage, "devices", "import-list");
  benk_stage_tear_down (&stage);
}

static const struct
{
  const char *name;
  void (*play) (void);
} scenes[] = {
  { "import", play_import },
  { "empty", play_empty },
  { "full", play_full },
  { "bench", benk_shots_play_bench_states },
  { "outcomes", benk_shots_play_outcomes },
  { "refusals", benk_shots_play_refusals },
  { "checklist", benk_shots_play_checklist },
  { "devices", benk_shots_play_devices },
  { "export", benk_shots_play_export },
  { "models", benk_shots_play_models },
  { "plan", benk_shots_play_plan },
  { "shelf", benk_shots_play_shelf },
  { "reserve", benk_shots_play_reserve },
  { "visits", benk_shots_play_visits },
  { "scan", benk_shots_play_scan },
  { "alarms", benk_shots_play_alarms },
  { "away", benk_shots_play_away },
  { "batch", benk_shots_play_batch },
  { "closing", benk_shots_play_closing },
  { "reports", benk_shots_play_reports },
  { "feeds", benk_shots_play_feeds },
  { "flood", benk_shots_play_flood },
  { "duty", benk_shots_play_duty },
  { "vendor", benk_shots_play_vendor },
  { "call", benk_shots_play_call },
  { "guidance", benk_shots_play_guidance },
};

/* Without names, all. */
static gboolean
is_wanted (const char *name, char **wanted)
{
  return wanted[0] == NULL || g_strv_contains ((const char *const *) wanted, name);
}

int
main (int argc, char **argv)
{
  if (argc > 2 && g_str_equal (argv[1], "--size") &&
      sscanf (argv[2], "%dx%d", &width, &height) == 2)
    {
      argc -= 2;
      argv += 2;
    }
  if (argc < 2 || argv[1][0] == '-' || width < 360 || height < 360)
    {
      g_printerr ("usage: dosebenk-shots [--size WIDTHxHEIGHT] DIR [SCENE…]\n");
      return 2;
    }
  folder = argv[1];
  g_setenv ("TZ", "Europe/Oslo", TRUE);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, BENK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  adw_init ();

  remove_pictures ();
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    if (is_wanted (scenes[i].name, argv + 2))
      scenes[i].play ();
  g_print ("%u pictures\n", n_drawn);
  return 0;
}
