/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "benk-return-case.h"
#include "benk-session.h"

G_BEGIN_DECLS

#define BENK_TYPE_RETURN_STEP_DIALOG (benk_return_step_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BenkReturnStepDialog,
                      benk_return_step_dialog,
                      BENK,
                      RETURN_STEP_DIALOG,
                      AdwMessageDialog)

/* What a step is called on its button: "Pack…". */
const char *benk_return_step_get_label (BenkReturnState state);
/* An outcome's name for a person; NULL and unknown ones as they are. */
const char *benk_return_outcome_get_label (const char *outcome);

GtkWidget *benk_return_step_dialog_new (GtkWindow *parent,
                                        BenkSession *session,
                                        BenkReturnCase *return_case,
                                        BenkReturnState state);

G_END_DECLS
