/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "benk-model.h"

G_BEGIN_DECLS

struct _BenkModel
{
  GObject parent_instance;

  char *id;
  char *name;
  char *maker;
  char *vendor;
  char **aliases;
  BenkModelKind kind;
  BenkPackaging packaging;
  guint chambers;
  BenkKnown times_from_roll;
  BenkKnown has_imei;
  char *identifier_system;
  GRegex *serial_pattern;
  BenkKnown usb_standard;
  BenkKnown usb_extension;
  char **usb_ouis;
  char **usb_system_models;
  char **alarm_codes;
  char **accessories;
  gboolean accessories_proposed;
  GHashTable *guidance; /* code → GStrv */
  char **phones;
  char *hours;
  char **serial_examples;
  GPtrArray *checklists[BENK_N_TASKS]; /* (element-type BenkChecklistStep) */
  GPtrArray *own_steps;                /* those of them that are not the program's */
  GBytes *body;
  gboolean own;
};

char *benk_model_dup_text (GKeyFile *file, const char *group, const char *key);
gboolean benk_model_read_support (BenkModel *self, GKeyFile *file, GError **error);
gboolean benk_model_read_serials (BenkModel *self, GKeyFile *file, GError **error);
gboolean benk_model_read_lists (BenkModel *self, GKeyFile *file, GError **error);
GPtrArray *benk_model_new_steps (void);
void benk_model_clear_support (BenkModel *self);

G_END_DECLS
