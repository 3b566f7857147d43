/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "benk-find.h"

#include "benk-shot.h"

typedef struct
{
  GtkWidget *from;
  GType type;
  const char *label;
  const char *text;
} Sought;

static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_INSCRIPTION (widget))
    return gtk_inscription_get_text (GTK_INSCRIPTION (widget));
  return GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : NULL;
}

static gboolean
is_sought (GtkWidget *widget, const Sought *sought)
{
  if (sought->type != G_TYPE_NONE)
    return G_TYPE_CHECK_INSTANCE_TYPE (widget, sought->type);
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (sought->label)
    return GTK_IS_BUTTON (widget) &&
           g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), sought->label) == 0;
  return get_text (widget) && strstr (get_text (widget), sought->text) != NULL;
}

static GtkWidget *
find (GtkWidget *from, const Sought *sought)
{
  GtkWidget *found = NULL;

  if (is_sought (from, sought))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, sought);
  return found;
}

GtkWidget *
benk_find_typed (GtkWidget *from, GType type)
{
  return find (from, &(Sought){ .type = type });
}

GtkWidget *
benk_find_text (GtkWidget *from, const char *text)
{
  return find (from, &(Sought){ .type = G_TYPE_NONE, .text = text });
}

GtkWidget *
benk_find_button (GtkWidget *from, const char *label)
{
  return find (from, &(Sought){ .type = G_TYPE_NONE, .label = label });
}

static gboolean
is_there (gpointer data)
{
  Sought *sought = data;

  return benk_find_text (sought->from, sought->text) != NULL;
}

GtkWidget *
benk_find_wait_text (GtkWidget *from, const char *text)
{
  Sought sought = { .from = from, .text = text };

  if (!benk_shot_wait (is_there, &sought, 10))
    g_error ("“%s” is not shown", text);
  return benk_find_text (from, text);
}
