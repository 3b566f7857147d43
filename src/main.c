/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>

#include "benk-application.h"

int
main (int argc, char **argv)
{
  g_autoptr (BenkApplication) application = NULL;
  int status;

  setlocale (LC_ALL, "");
  /* Not once more by GTK, while a thread opens the store. */
  gtk_disable_setlocale ();
  bindtextdomain (GETTEXT_PACKAGE, BENK_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_set_application_name ("Dosebenk");
  gtk_window_set_default_icon_name (BENK_APP_ID);
  application = benk_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);
  if (status == EXIT_SUCCESS && benk_application_has_failed (application))
    status = EXIT_FAILURE;
  return status;
}
